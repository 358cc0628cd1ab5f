"""Learning curves: what growing shares of the training split teach, measured on dev."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.classify.train import Example, fit
from pipeline.classify.vectors import static_vectors
from pipeline.evaluate.scores import Score
from pipeline.gold.corpus import Split
from pipeline.job import facts_for
from pipeline.language import Reader
from pipeline.relate import learn
from pipeline.relate.decider import NONE, Decider
from pipeline.training import analysed, training_releases, type_examples

SHARES = (0.125, 0.25, 0.5, 0.75, 1.0)
SEED = 20240910


class Point(NamedTuple):
    """What a share of train gives on dev: releases of train, and the figure; NaN where nothing could be learnt."""

    share: float
    releases: int
    figure: float


def grown(total: int, share: float) -> list[int]:
    """Numbers of the releases in a share of train; a smaller share lies within every larger one.

    >>> set(grown(8, 0.25)) <= set(grown(8, 0.5))
    True
    """
    order = list(range(total))
    random.Random(SEED).shuffle(order)
    return sorted(order[: max(1, round(share * total))])


def type_curve(corpus: Path, shares: Sequence[float] = SHARES) -> list[Point]:
    """Accuracy of the announcement types.  Titles with leads join in the same share as the releases.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read or without the vectors.
    """
    train, dev = (type_examples(corpus, (split,)) for split in _SPLITS)
    releases = [one for one in train if one.group is not None]
    leads = [one for one in train if one.group is None]
    measured = [one for one in dev if one.group is not None]
    return [
        Point(
            share,
            len(grown(len(releases), share)),
            _accuracy(
                [part[at] for part in (releases, leads) if part for at in grown(len(part), share)], measured
            ),
        )
        for share in shares
    ]


_SPLITS: tuple[Split, Split] = ("train", "dev")


def _accuracy(taught: Sequence[Example], measured: Sequence[Example]) -> float:
    if len({one.type for one in taught}) < 2 or not measured:
        return math.nan
    model = fit(taught, static_vectors())
    right = [model.classes[int(model.scores(one.seen).argmax())] == one.type for one in measured]
    return sum(right) / len(right)


def decider_curve(corpus: Path, shares: Sequence[float] = SHARES) -> list[Point]:
    """F1 of the statuses that the decider alone gives to slots, from one half on; rules and passages have no part in it.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read.
    """
    train, dev = (_slots(corpus, split) for split in _SPLITS)
    points = []
    for share in shares:
        chosen = grown(len(train), share)
        taught = learn.joined(train[at] for at in chosen)
        points.append(Point(share, len(chosen), _slot_f1(taught, dev)))
    return points


def _slots(corpus: Path, split: Split) -> list[learn.Examples]:
    releases = list(training_releases(corpus, split))
    drafts = analysed(releases, Reader())
    return [
        learn.examples(gold, draft.view, facts_for(draft))
        for gold, draft in zip(releases, drafts, strict=True)
    ]


def _slot_f1(taught: learn.Examples, dev: Sequence[learn.Examples]) -> float:
    if len(taught.labels()) < 2:
        return math.nan
    decider = Decider(learn.fit(taught))
    right = extra = missed = 0
    for release in dev:
        for slots, features, labels in release.releases:
            for chance, label in zip(decider.probabilities(slots, features), labels, strict=True):
                if label is None:
                    continue
                found = max(chance, key=lambda name: (chance[name], name))
                right += found == label != NONE
                extra += found not in (label, NONE)
                missed += label not in (found, NONE)
    return Score(right, extra, missed).f1
