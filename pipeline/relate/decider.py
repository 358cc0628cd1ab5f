"""The learned decider: who has which distinction where the rules have no wording for it.

A logistic regression over what stands around each possible recipient (`features`) gives the probability of every
status, or of none.  What the rules wrote stands; of an award that they gave a recipient nowhere, the model adds
what it is sure of.  Trained by ``beffroi train`` on the slots of the training split; `models/README.md` says
what was compared and what it gave.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import msgspec

from pipeline.model import Collectivity, Status
from pipeline.relate.anchors import Facts
from pipeline.relate.features import Features, features_of
from pipeline.relate.settle import Draft, name_of
from pipeline.relate.slots import Slot, with_status
from pipeline.text import View
from pipeline.trained import models_folder

MODEL_NAME = "distinction-slots.json"
NONE = "none"
#: Probability that something is said of a recipient from which it is added: chosen by leaving out one writer of
#: the training releases after the other (see models/README.md).
ADD = 0.8


class Weights(msgspec.Struct, frozen=True):
    """A multinomial logistic regression as plain numbers: what a feature adds to the score of each class."""

    classes: tuple[str, ...]
    intercept: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


class Decider:
    """Fills slots; made once a process."""

    def __init__(self, model: Weights) -> None:
        self._model = model

    @staticmethod
    @cache
    def load(path: Path | None = None) -> Decider:
        """The committed model, or the one at `path`.

        Raises `FileNotFoundError` when there is none, `msgspec.ValidationError` when the file is no such model.
        """
        path = path or models_folder() / MODEL_NAME
        if not path.is_file():
            raise FileNotFoundError(f"{path}: no model; run 'beffroi train' to make it")
        return Decider(msgspec.json.decode(path.read_bytes(), type=Weights))

    def probabilities(self, features: Features) -> dict[str, float]:
        """The probability of every status, and of none, for one slot."""
        model = self._model
        scores = list(model.intercept)
        for name, value in features.items():
            for number, weight in enumerate(model.weights.get(name, ())):
                scores[number] += weight * value
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return {name: power / total for name, power in zip(model.classes, powers, strict=True)}

    def __call__(
        self, view: View, facts: Facts, slots: Sequence[Slot], drafts: Sequence[Draft]
    ) -> list[Draft]:
        """The drafts of the rules, and those that the model adds."""
        chances = [self.probabilities(features) for features in features_of(view, facts, slots)]
        kept = list(drafts)
        told = {(_who(draft.who), name_of(draft.mention)) for draft in kept}
        for slot, chance in zip(slots, chances, strict=True):
            if (said := 1.0 - chance.pop(NONE)) < ADD:
                continue
            status = max(chance, key=lambda name: (chance[name], name))
            kept.extend(
                draft
                for draft in with_status(slot, cast(Status, status), round(said, 3))
                if (_who(draft.who), name_of(draft.mention)) not in told
            )
        return kept


def _who(who: Collectivity) -> tuple[str, str]:
    return who.kind, who.code or who.name
