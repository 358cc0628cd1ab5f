"""Training the finder of award names: annotated texts say which spans are names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.awards.catalogue import words
from pipeline.awards.find import catalogued
from pipeline.awards.learned import MODEL_NAME, NameFinder, is_name, name_in
from pipeline.awards.mention import AwardMention
from pipeline.awards.spans import spans
from pipeline.awards.unknown import familiar, unknown_awards
from pipeline.model import Distinction
from pipeline.regression import Scorer, fitted
from pipeline.text import View
from pipeline.trained import write_model

CONFIGURATION: dict[str, Any] = {"C": 1.0, "max_iter": 3000, "solver": "liblinear", "random_state": 0}
LEAST = 3  # spans that a feature must be seen in
Example = tuple[dict[str, float], bool]


def examples(text: str, distinctions: Sequence[Distinction]) -> Iterator[Example]:
    """What one annotated text teaches: each span, and whether it is the name of an award that somebody has there.

    Awards of the catalogue teach as well: once more without it, as if it had none.
    """
    view = View(text)
    known = catalogued(view)
    sure = [*known, *familiar(view, known)]
    names = {words(one.award.name) for one in distinctions if one.award.id is None}
    yield from _examples(view, sure, unknown_awards(view, sure), names)
    if known:
        ids = {one.award.id for one in distinctions if one.award.id}
        said = {
            words(name_in(view, one.start, one.end)) for one in known if one.award and one.award.id in ids
        }
        yield from _examples(view, (), (), said)


def _examples(
    view: View, known: Sequence[AwardMention], ruled: Sequence[AwardMention], names: set[tuple[str, ...]]
) -> Iterator[Example]:
    for span in spans(view, known, ruled):
        yield dict.fromkeys((*span.left, *span.own), 1.0), is_name(view, span, names)


def fit(taught: Iterable[Example]) -> Scorer:
    """The model that these examples teach."""
    return fitted(list(taught), CONFIGURATION, LEAST)


def save(model: Scorer, folder: Path) -> Path:
    """Write the model into `folder`; returns its path."""
    return write_model(model, folder, MODEL_NAME)


__all__ = ["MODEL_NAME", "NameFinder", "examples", "fit", "save"]
