"""Training the decider: annotated releases give each slot its status, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.awards.catalogue import words
from pipeline.gold import GoldRelease
from pipeline.model import Collectivity, Distinction
from pipeline.regression import fitted
from pipeline.relate.anchors import Facts
from pipeline.relate.choices import option_features
from pipeline.relate.decider import MODEL_NAME, NONE, Regression, Weights
from pipeline.relate.distinctions import slots
from pipeline.relate.features import Features, features_of, neighbours
from pipeline.relate.options import category_options, level_options
from pipeline.relate.slots import Slot
from pipeline.text import View, fold
from pipeline.trained import write_model

#: Its solver takes an eighth of the time of scikit-learn's default on 22,000 slots.
CONFIGURATION: dict[str, Any] = {"C": 1.0, "max_iter": 3000, "solver": "newton-cg"}
CHOICE: dict[str, Any] = {"C": 0.5, "max_iter": 3000}
TRUST: dict[str, Any] = {"C": 0.3, "max_iter": 3000}
FOLDS = 5  # of the releases, to learn the second reading from first readings that had not seen them
_DIGITS = 4  # of a weight; more change no decision


@dataclass(slots=True)
class Examples:
    """What releases teach: slots with their status, "none", or None where nothing can be learned, release by release;
    levels and categories with whether they are meant.
    """

    releases: list[tuple[Sequence[Slot], list[Features], list[str | None]]] = field(default_factory=list)
    levels: list[tuple[Features, bool]] = field(default_factory=list)
    categories: list[tuple[Features, bool]] = field(default_factory=list)

    def extend(self, other: Examples) -> None:
        """Add those of another release."""
        self.releases.extend(other.releases)
        self.levels.extend(other.levels)
        self.categories.extend(other.categories)

    def labels(self) -> Counter[str]:
        """How many slots have each status, or none."""
        return Counter(label for *_, labels in self.releases for label in labels if label is not None)


def joined(parts: Iterable[Examples]) -> Examples:
    """What several releases teach together."""
    result = Examples()
    for part in parts:
        result.extend(part)
    return result


def examples(gold: GoldRelease, view: View, facts: Facts) -> Examples:
    """What one release teaches.

    A slot of somebody who has a distinction that the annotator quoted elsewhere is left out where it would say
    the same again; where it would say something else it is an example of saying nothing.
    """
    result = Examples()
    found = slots(view, facts)
    labels: list[str | None] = []
    result.releases.append((found, features_of(view, facts, found), labels))
    for slot, (held, here) in zip(found, _held(gold, view, found), strict=True):
        if not here:
            labels.append(None if any(_says(slot, one) for one in held) else NONE)
            continue
        labels.append(here[0].status)
        status = here[0].status
        meant = [one for one in here if one.status == status]
        options = level_options(view, facts, slot)
        levels = {fold(one.level) for one in meant if one.level}
        result.levels.extend(
            (told, fold(option.value) in levels)
            for option, told in zip(options, option_features(view, slot, options, status), strict=True)
        )
        options = category_options(view, facts, slot)
        kinds = {words(one.category) for one in meant if one.category}
        result.categories.extend(
            (told, words(option.value) in kinds)
            for option, told in zip(options, option_features(view, slot, options, status), strict=True)
        )
    return result


def _says(slot: Slot, one: Distinction) -> bool:
    """Whether a slot would tell of the award and the year of a distinction."""
    award = one.award.id or words(one.award.name)
    return any(
        (draft.mention.award.id if draft.mention.award else words(draft.mention.name)) == award
        and draft.edition == one.edition
        for draft in slot.fill
    )


def _held(
    gold: GoldRelease, view: View, found: Sequence[Slot]
) -> Iterable[tuple[list[Distinction], list[Distinction]]]:
    """The distinctions of each slot's recipient, and those that the annotator quoted here, the nearest first."""
    distinctions = gold.record.distinctions
    for slot in found:
        first, last = view.to_source(slot.start, slot.end)
        held = [one for one in distinctions if _same(one.recipient, slot.actor.who)]
        at = (first + last) / 2 if slot.implied else sum(view.to_source(slot.actor.start, slot.actor.end)) / 2
        here = [
            (
                not evidence.start <= at <= evidence.end,
                abs((evidence.start + evidence.end) / 2 - at),
                number,
            )
            for number, one in enumerate(held)
            for evidence in one.evidence
            if evidence.start < last and first < evidence.end
        ]
        yield held, [held[number] for *_, number in sorted(here)]


def _same(one: Collectivity, other: Collectivity) -> bool:
    if one.code or other.code:
        return (one.kind, one.code) == (other.kind, other.code)
    mine, theirs = fold(one.name), fold(other.name)
    return mine in theirs or theirs in mine


def fit(taught: Examples) -> Weights:
    """The decider that these releases teach, as plain numbers.

    The second reading learns from what first readings think of releases that they were not taught.
    Raises `ValueError` when all slots say the same.
    """
    first = _regression(
        [
            (one, label)
            for _, features, labels in taught.releases
            for one, label in zip(features, labels, strict=True)
        ]
    )
    second: list[tuple[Features, str | None]] = []
    for fold_number in range(FOLDS):
        apart = [release for number, release in enumerate(taught.releases) if number % FOLDS == fold_number]
        rest = [release for number, release in enumerate(taught.releases) if number % FOLDS != fold_number]
        examples = [
            (one, label) for _, features, labels in rest for one, label in zip(features, labels, strict=True)
        ]
        reading = _regression(examples) if len({label for _, label in examples if label}) > 1 else first
        for found, features, labels in apart:
            said = [1.0 - reading(one).get(NONE, 0.0) for one in features]
            around = neighbours(found, features, said)
            second.extend(
                ({**one, **more}, label) for one, more, label in zip(features, around, labels, strict=True)
            )
    return Weights(
        first, _regression(second), fitted(taught.levels, CHOICE), fitted(taught.categories, CHOICE)
    )


def calibrate(model: Weights, judged: Sequence[tuple[Features, bool]]) -> Weights:
    """The same decider with scores that say how likely a distinction is right, learned from distinctions judged.

    With none that is right, or none that is wrong, it stays without.
    """
    alike = len({right for _, right in judged}) < 2
    return msgspec.structs.replace(model, score=None if alike else fitted(judged, TRUST))


def _regression(labelled: Sequence[tuple[Features, str | None]]) -> Regression:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [(features, label) for features, label in labelled if label is not None]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([features for features, _ in known])
    model = LogisticRegression(**CONFIGURATION).fit(table, [label for _, label in known])
    columns = {
        str(name): tuple(round(float(weight), _DIGITS) for weight in model.coef_[:, number])
        for number, name in enumerate(vectorizer.get_feature_names_out())
    }
    return Regression(
        classes=tuple(str(name) for name in model.classes_),
        intercept=tuple(round(float(value), _DIGITS) for value in model.intercept_),
        weights={name: weights for name, weights in columns.items() if any(weights)},
    )


def save(model: Weights, folder: Path) -> Path:
    """Write the model into `folder`; returns its path."""
    return write_model(model, folder, MODEL_NAME)
