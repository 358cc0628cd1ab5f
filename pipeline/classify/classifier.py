"""The type of an announcement: a linear model on the text and the record together, calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from pipeline.classify.features import Classified, Seen, seen_of
from pipeline.classify.model import Model, read_model
from pipeline.model import (
    Announcement,
    AnnouncementType,
    Date,
    Distinction,
    Event,
    Place,
    Published,
    Quantity,
    Record,
)
from pipeline.text import View
from pipeline.trained import models_folder

MODEL_NAME = "announcement-type.npz"


class Reason(NamedTuple):
    """A word or a fact that spoke for a type, and how much (in logits, beside the mean of all types)."""

    kind: str
    name: str
    weight: float


class Classifier:
    """Gives each release its type with a calibrated probability of each of the types.

    How often it is right: `models/README.md`.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    @staticmethod
    @cache
    def load(path: Path | None = None) -> Classifier:
        """The committed model, or the one at `path`.

        Raises `FileNotFoundError` when there is none, `ValueError` when the file is no such model.
        """
        return Classifier(read_model(path or models_folder() / MODEL_NAME))

    def classify(self, drafts: Sequence[Classified]) -> list[Announcement]:
        """Types of the releases, in order, with a probability for each type."""
        return [self._announcement(self._model.probabilities(self._seen(draft)).tolist()) for draft in drafts]

    def doubts(self, announcement: Announcement) -> tuple[str, ...]:
        """What to tell a person of a type that is not sure enough to stand unread (in French); mostly nothing."""
        score = announcement.score
        if not isinstance(score, float) or score >= self._model.threshold:
            return ()
        return (
            f"type d'annonce retenu sans certitude ({round(100 * score)} %), à confirmer en lisant le communiqué",
        )

    def explain(self, record: Record, most: int = 5) -> list[Reason]:
        """The words and facts that spoke most for the type of a record, the strongest first."""
        model = self._model
        chosen = model.classes.index(record.announcement.type)
        added: dict[tuple[str, str], float] = {}
        for kind, name, each in model.parts(self._seen(again(record))):
            added[kind, name] = added.get((kind, name), 0.0) + float(each[chosen] - each.mean())
        ranked = sorted(added.items(), key=lambda item: (-item[1], item[0]))[:most]
        return [Reason(*which, round(weight, 2)) for which, weight in ranked if weight > 0]

    def _seen(self, draft: Classified) -> Seen:
        return seen_of(draft, facts=bool(self._model.facts.names))

    def _announcement(self, row: list[float]) -> Announcement:
        scores = {
            name: round(value, 4)
            for value, name in sorted(
                zip(row, self._model.classes, strict=True), key=lambda pair: (-pair[0], pair[1])
            )
        }
        best = next(iter(scores))
        return Announcement(type=cast(AnnouncementType, best), score=scores[best], scores=scores)


@dataclass(slots=True)
class _Again:
    """A record as a stage would see its release."""

    view: View
    published: Published
    dates: Sequence[Date]
    places: Sequence[Place]
    quantities: Sequence[Quantity]
    distinctions: Sequence[Distinction]
    events: Sequence[Event]


def again(record: Record) -> Classified:
    release = record.release
    return _Again(
        view=View(release.text),
        published=release.published,
        dates=record.dates,
        places=record.places,
        quantities=record.quantities,
        distinctions=record.distinctions,
        events=record.events,
    )
