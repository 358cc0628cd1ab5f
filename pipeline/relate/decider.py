"""The learned decider: who has which distinction where the rules have no wording for it.

A logistic regression over what stands around each possible recipient (`features`) gives the probability of every
status, or of none.  What the rules wrote stands; of an award that they gave a recipient nowhere, the model adds
what it is sure of.  Trained by ``beffroi train`` on the slots of the training split; `models/README.md` says
what was compared and what it gave.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

import msgspec

from pipeline.model import Collectivity, Status
from pipeline.regression import Scorer
from pipeline.relate.anchors import Facts
from pipeline.relate.choices import LEAST_CATEGORY, LEAST_LEVEL, chosen
from pipeline.relate.features import Features, features_of, neighbours
from pipeline.relate.options import category_options, level_options
from pipeline.relate.settle import Draft, name_of
from pipeline.relate.slots import Slot, with_status
from pipeline.relate.trust import Belief
from pipeline.text import View
from pipeline.trained import read_model

MODEL_NAME = "distinction-slots.json"
NONE = "none"
#: Probability that something is said of a recipient from which it is added: chosen by leaving out one writer of
#: the training releases after the other (see models/README.md).
ADD = 0.7
#: Probability that its likeliest status must have: below, that something is said is sure and what it is is not.
LEAST_STATUS = 0.4
#: Probability below which a rule is not believed that took the publisher for want of another recipient.
BELIEVE = 0.15
#: Score of a rule from which it is believed all the same.
SURE = 0.75


class Regression(msgspec.Struct, frozen=True):
    """A multinomial logistic regression as plain numbers: what a feature adds to the score of each class."""

    classes: tuple[str, ...]
    intercept: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def __call__(self, *parts: Features) -> dict[str, float]:
        """The probability of every class, given features in one or more parts that share no name."""
        rows = [self.intercept]
        for name, value in itertools.chain.from_iterable(part.items() for part in parts):
            if (row := self.weights.get(name)) is not None:
                rows.append(row if value == 1.0 else tuple(weight * value for weight in row))
        scores = [sum(column) for column in zip(*rows, strict=True)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return {name: power / total for name, power in zip(self.classes, powers, strict=True)}


class Weights(msgspec.Struct, frozen=True):
    """The decider as plain numbers: two readings of the slots, and which level and category is meant."""

    #: What each slot says, seen alone.
    first: Regression
    #: What it says when one knows what the first reading thought of those around it.
    second: Regression
    level: Scorer = Scorer()
    category: Scorer = Scorer()
    #: How likely a distinction is right (`trust`); None while nothing calibrates it.
    score: Scorer | None = None


class Decider:
    """Fills slots; made once a process."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    @staticmethod
    @cache
    def load(path: Path | None = None) -> Decider:
        """The committed model, or the one at `path`; raises what `read_model` raises."""
        return Decider(read_model(path, MODEL_NAME, Weights))

    def probabilities(self, slots: Sequence[Slot], features: Sequence[Features]) -> list[dict[str, float]]:
        """The probability of every status, and of none, for each slot of one release."""
        said = [1.0 - self.weights.first(one)[NONE] for one in features]
        around = neighbours(slots, features, said)
        return [self.weights.second(one, more) for one, more in zip(features, around, strict=True)]

    def __call__(
        self, view: View, facts: Facts, slots: Sequence[Slot], drafts: Sequence[Draft]
    ) -> list[Draft]:
        """The drafts of the rules but for those that it does not believe at all, and those that the model adds."""
        chances = self.probabilities(slots, features_of(view, facts, slots))
        doubted = [
            (slot.start, slot.end)
            for slot, chance in zip(slots, chances, strict=True)
            if slot.implied and 1.0 - chance[NONE] < BELIEVE
        ]
        kept = [
            one
            for one in drafts
            if not (
                one.implied
                and one.score < SURE
                and any(first <= one.start and one.end <= last for first, last in doubted)
            )
        ]
        _believe(kept, slots, chances)
        told = {(_who(draft.who), name_of(draft.mention)) for draft in kept}
        for slot, chance in zip(slots, chances, strict=True):
            if (said := 1.0 - chance[NONE]) < ADD or slot.listed:
                continue
            status = max((name for name in chance if name != NONE), key=lambda name: (chance[name], name))
            if chance[status] < LEAST_STATUS:
                continue
            drafted = with_status(slot, cast(Status, status), round(said, 3))
            if all((_who(draft.who), name_of(draft.mention)) in told for draft in drafted):
                continue
            self.fill(view, facts, slot, drafted)
            for draft in drafted:
                draft.belief = Belief(said, chance[status])
            kept.extend(drafted)
        return kept

    def fill(self, view: View, facts: Facts, slot: Slot, drafts: Sequence[Draft]) -> None:
        """Give the drafts of a slot the level and category that are likeliest meant."""
        status = drafts[0].status
        options = level_options(view, facts, slot)
        level = chosen(self.weights.level, view, slot, options, status, LEAST_LEVEL)
        kinds = category_options(view, facts, slot)
        category = chosen(self.weights.category, view, slot, kinds, status, LEAST_CATEGORY)
        for draft in drafts:
            draft.level = level
            draft.category = category or draft.category


def _believe(drafts: Sequence[Draft], slots: Sequence[Slot], chances: Sequence[Mapping[str, float]]) -> None:
    """Note what the slots of a saying are thought of: those of its sentence, else of its recipient and award anywhere."""
    of: dict[tuple[tuple[str, str], str], list[tuple[Slot, Mapping[str, float]]]] = {}
    for slot, chance in zip(slots, chances, strict=True):
        of.setdefault((_who(slot.actor.who), name_of(slot.anchor.mention)), []).append((slot, chance))
    for draft in drafts:
        known = of.get((_who(draft.who), name_of(draft.mention)), [])
        here = [one for one in known if one[0].start <= draft.start < one[0].end] or known
        if here:
            chance = min((chance for _, chance in here), key=lambda chance: chance[NONE])
            draft.belief = Belief(1.0 - chance[NONE], chance.get(draft.status, 0.0))


def _who(who: Collectivity) -> tuple[str, str]:
    return who.kind, who.code or who.name
