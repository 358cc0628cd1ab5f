"""Whether a figure is a collectivity's own, or a person's, a contest's, the country's: what the model sees.

A linear model weighs cues around the figure (`data/holder.yaml`); the model is trained with scikit-learn
(`pipeline.quantities.train`) and read here as a table of weights, so that a figure costs a few sums.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pipeline.model import Issuer, Place, Quantity
from pipeline.quantities.lexicon import cue_of, lexicon
from pipeline.regression import Scorer
from pipeline.text import View, fold
from pipeline.trained import read_model

MODEL_NAME = "quantity-holder.json"
Features = dict[str, float]

_WORD = re.compile(r"[a-z0-9œæ]+(?:-[a-zœæ]+)*")
_STEM = 7  # letters of a counted noun that are kept: its ending says little of whose figure it is
_WINDOW = 300  # characters around a figure in which its sentence is read
_BEHIND = 40  # characters behind a figure that tell what it counts
_PARTING = re.compile(r"[;:()]| - |, (?:et|mais|ou|qui|dont) ")
_ARTICLE = re.compile(r"(?<!\w)(?:les|aux|des|deux|chaque) $")
_OWNED = re.compile(r"(?<!\w)(?:ses|nos|notre|vos|leurs)\s(?:\w+\s)?$")
_SIR = re.compile(r"(?<!\w)M\. [A-ZÀ-Þ]")


@cache
def ownership(path: Path | None = None) -> Scorer:
    """How likely a figure is a collectivity's own: the committed model, or the one at `path`.

    Raises what `read_model` raises.
    """
    return read_model(path, MODEL_NAME, Scorer)


def features_of(
    quantities: Sequence[Quantity], view: View, places: Sequence[Place], issuer: Issuer
) -> Iterator[Features]:
    """The features of each quantity of a release, in order."""
    last: tuple[int, int] | None = None
    found: list[tuple[int, str]] = []
    ordered = sorted(places, key=lambda place: place.start)
    for one in quantities:
        span = view.sentence_at(one.start)
        if span != last:
            last, found = span, _cued(view, *span)
        near = max(span[0], one.start - _WINDOW), min(span[1], one.end + _WINDOW)
        beside = ordered[
            bisect_left(ordered, near[0], key=_begin) : bisect_left(ordered, near[1], key=_begin)
        ]
        around = found[bisect_left(found, (near[0], "")) : bisect_left(found, (near[1], ""))]
        yield _features(one, view, near, around, beside, issuer)


def _begin(place: Place) -> int:
    return place.start


def _cued(view: View, start: int, end: int) -> list[tuple[int, str]]:
    """Every cue of a sentence: where it stands and of which class it is."""
    folded = view.folded
    found: list[tuple[int, str]] = []
    for token in _WORD.finditer(folded, start, end):
        kinds, rows = cue_of(token[0])
        for kind in kinds:
            found.append((token.start(), kind))
        for rest, kind in rows:
            if folded.startswith(rest, token.end()) and not folded[token.end() + len(rest) :][:1].isalnum():
                found.append((token.start(), kind))
    return found


def _features(
    one: Quantity,
    view: View,
    span: tuple[int, int],
    found: Sequence[tuple[int, str]],
    places: Sequence[Place],
    issuer: Issuer,
) -> Features:
    start, end = span
    folded, measured = view.folded, one.indicator
    noun = fold(one.unit or "-")
    features: Features = {"indicator=" + measured: 1.0, "unit=" + noun[:_STEM]: 1.0}
    features["comparator=" + one.comparator] = 1.0
    clause = start
    for parting in _PARTING.finditer(folded, start, one.start):
        clause = parting.end()
    for position, kind in found:
        features["in " + kind] = 1.0
        if position < one.start:
            features[("before " if position >= clause else "left ") + kind] = 1.0
        elif one.end <= position < one.end + _BEHIND:
            features["behind " + kind] = 1.0
    before = folded[max(start, one.start - 40) : one.start]
    words = lexicon()
    told = {
        "age": measured == "other" and one.unit in ("ans", "mois"),
        "class before": words.nobody_before.search(before),
        "nobody's noun": words.nobody_nouns.fullmatch(noun),
        "article": _ARTICLE.search(before),
        "owned": _OWNED.search(before),
        "apart": measured == "distance" and before.endswith(" a "),
        "member": noun == "communes" and issuer.kind in ("epci", "departement", "region"),
        "quoted": folded.find('"', start, one.start) >= 0,
        "opens": one.start == start,
        "short": end - start < 60,
        f"few {measured}": one.value <= 10,
        "in person": _SIR.search(view.text, start, end),
    }
    for place in places:
        if place.code == issuer.code:
            told["issuer named"] = True
        else:
            told["other before" if place.start < one.start else "other behind"] = True
            told["place abroad"] = told.get("place abroad") or not place.code
    for name, holds in told.items():
        if holds:
            features[name] = 1.0
    return features
