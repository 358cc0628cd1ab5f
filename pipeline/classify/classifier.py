"""The type of an announcement: a linear model of scikit-learn on the text and the record together.

Stored with skops, which loads no code from a stranger's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.classify.features import Classified, facts_of, text_of
from pipeline.model import Announcement, AnnouncementType
from pipeline.trained import load_model, models_folder

MODEL_NAME = "announcement-type.skops"


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
        return Classifier(load_model(path or models_folder() / MODEL_NAME))

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


def inputs(drafts: Sequence[Classified]) -> list[list[Any]]:
    """One row a release: its text and its facts."""
    return [[text_of(draft), facts_of(draft)] for draft in drafts]
