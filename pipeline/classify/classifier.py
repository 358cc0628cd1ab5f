"""The type of an announcement: a linear model of scikit-learn on the text and the record together.

Stored with skops, which loads no code from a stranger's file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.classify.features import Classified, facts_of, text_of
from pipeline.model import Announcement, AnnouncementType

MODEL_NAME = "announcement-type.skops"


def models_folder() -> Path:
    """Where the models lie: ``$BEFFROI_MODELS``, beside the package, or where the installation put them."""
    beside = Path(__file__).resolve().parents[2] / "models"
    installed = Path(sys.prefix) / "share" / "beffroi" / "models"
    chosen = os.environ.get("BEFFROI_MODELS")
    if chosen:
        return Path(chosen)
    return beside if beside.is_dir() else installed


class Classifier:
    """Gives each release its type with the probabilities of a logistic regression (not calibrated yet)."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._classes = [str(name) for name in model.classes_]

    @staticmethod
    @cache
    def load(path: Path | None = None) -> Classifier:
        """The committed model, or the one at `path`.

        Raises `FileNotFoundError` when there is none, `TypeError` when the file holds untrusted types.
        """
        from skops.io import get_untrusted_types, load

        path = path or models_folder() / MODEL_NAME
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no model; run 'beffroi train' to make it")
        strangers = set(get_untrusted_types(file=path)) - _OURS
        if strangers:
            raise TypeError(f"{path}: holds types that are not trusted: {', '.join(sorted(strangers))}")
        return Classifier(load(path, trusted=sorted(_OURS)))

    def classify(self, drafts: Sequence[Classified]) -> list[Announcement]:
        """Types of the releases, in order, with a probability for each type."""
        if not drafts:
            return []
        import numpy

        table = self._model.predict_proba(numpy.array(inputs(drafts), dtype=object))
        return [self._announcement([float(value) for value in row]) for row in table]

    def _announcement(self, row: list[float]) -> Announcement:
        scores = {
            name: round(value, 4)
            for value, name in sorted(
                zip(row, self._classes, strict=True), key=lambda pair: (-pair[0], pair[1])
            )
        }
        best = next(iter(scores))
        return Announcement(type=cast(AnnouncementType, best), score=scores[best], scores=scores)


# functions and dtypes that our pipeline refers to; everything else in a file is refused
_OURS = frozenset({"numpy.dtype", "scipy.sparse._csr.csr_matrix"})


def inputs(drafts: Sequence[Classified]) -> list[list[Any]]:
    """One row a release: its text and its facts."""
    return [[text_of(draft), facts_of(draft)] for draft in drafts]
