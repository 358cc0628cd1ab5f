"""Training the decider: annotated releases give each slot its status, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.gold import GoldRelease
from pipeline.model import Collectivity
from pipeline.relate.anchors import Facts
from pipeline.relate.decider import MODEL_NAME, NONE, Weights
from pipeline.relate.distinctions import slots
from pipeline.relate.features import Features, features_of
from pipeline.relate.slots import Slot
from pipeline.text import View, fold

CONFIGURATION: dict[str, Any] = {"C": 1.0, "max_iter": 3000}
_DIGITS = 4  # of a weight; more change no decision


def examples(gold: GoldRelease, view: View, facts: Facts) -> list[tuple[Features, str]]:
    """The slots of one release with their label.

    A slot of somebody who has a distinction that the annotator quoted elsewhere is left out: it may well say
    the same again.
    """
    found = slots(view, facts)
    labelled = zip(features_of(view, facts, found), _labels(gold, view, found), strict=True)
    return [(features, label) for features, label in labelled if label is not None]


def _labels(gold: GoldRelease, view: View, found: Sequence[Slot]) -> Iterable[str | None]:
    distinctions = gold.record.distinctions
    for slot in found:
        first, last = view.to_source(slot.start, slot.end)
        held = [one for one in distinctions if _same(one.recipient, slot.actor.who)]
        at = (first + last) / 2 if slot.implied else sum(view.to_source(slot.actor.start, slot.actor.end)) / 2
        here = [
            (
                not evidence.start <= at <= evidence.end,
                abs((evidence.start + evidence.end) / 2 - at),
                one.status,
            )
            for one in held
            for evidence in one.evidence
            if evidence.start < last and first < evidence.end
        ]
        yield min(here)[2] if here else None if held else NONE


def _same(one: Collectivity, other: Collectivity) -> bool:
    if one.code or other.code:
        return (one.kind, one.code) == (other.kind, other.code)
    mine, theirs = fold(one.name), fold(other.name)
    return mine in theirs or theirs in mine


def fit(labelled: Sequence[tuple[Features, str]]) -> Weights:
    """A logistic regression of the labels on the features, as plain numbers."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([features for features, _ in labelled])
    model = LogisticRegression(**CONFIGURATION).fit(table, [label for _, label in labelled])
    columns = {
        name: tuple(round(float(weight), _DIGITS) for weight in model.coef_[:, number])
        for number, name in enumerate(vectorizer.get_feature_names_out())
    }
    return Weights(
        classes=tuple(str(name) for name in model.classes_),
        intercept=tuple(round(float(value), _DIGITS) for value in model.intercept_),
        weights={name: weights for name, weights in columns.items() if any(weights)},
    )


def save(model: Weights, folder: Path) -> Path:
    """Write the model into `folder`, a feature a line; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_NAME
    path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=0) + b"\n")
    return path
