"""Whether scores mean what they say: right as often as they claim, and the doubtful ones the wrong ones."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.evaluate.figures import Compared
from pipeline.evaluate.scores import match_distinctions

#: Edges of the bins of distinctions: what is below one half is one bin, since little is written there.
DISTINCTION_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
TYPE_EDGES = tuple(step / 10 for step in range(11))
COVERAGES = (1.0, 0.95, 0.9, 0.8)


class Bin(NamedTuple):
    """Facts whose score is in [low, high), or in [low, 1] for the last bin.

    `right` are shares right, one for each way of judging; mean and shares are NaN where `n` is 0.
    """

    low: float
    high: float
    n: int
    mean: float
    right: tuple[float, ...]


class Scored(NamedTuple):
    """A fact's score, and whether it is right, judged in one way or several."""

    score: float
    right: tuple[bool, ...]


class Coverage(NamedTuple):
    """Accuracy when only the surest `kept` releases are answered, the share `coverage` of all."""

    coverage: float
    kept: int
    accuracy: float


def scored_distinctions(compared: Sequence[Compared]) -> list[Scored]:
    """Every distinction found that has a score, judged core and strict."""
    result = []
    for one in compared:
        truth, found = one.gold.record.distinctions, one.predicted.distinctions
        core, strict = ({j for _, j in match_distinctions(truth, found, strict=how)} for how in (False, True))
        result += [
            Scored(fact.score, (j in core, j in strict))
            for j, fact in enumerate(found)
            if isinstance(fact.score, float | int)
        ]
    return result


def scored_types(compared: Sequence[Compared]) -> list[Scored]:
    """The announcement type of every release, where it has a score."""
    return [
        Scored(found.score, (found.type == one.gold.record.announcement.type,))
        for one in compared
        for found in (one.predicted.announcement,)
        if isinstance(found.score, float | int)
    ]


def bins(scored: Sequence[Scored], edges: Sequence[float]) -> list[Bin]:
    """How often facts are right, by score.

    >>> [(part.n, part.mean, part.right) for part in bins([Scored(0.5, (True,)), Scored(1, (False,))], (0.5, 1))]
    [(2, 0.75, (0.5,))]
    """
    ways = len(scored[0].right) if scored else 1
    result = []
    for low, high in itertools.pairwise(edges):
        part = [one for one in scored if low <= one.score < high or (high == edges[-1] == one.score)]
        shares = (
            tuple(sum(one.right[way] for one in part) / len(part) for way in range(ways))
            if part
            else (math.nan,) * ways
        )
        mean = math.fsum(one.score for one in part) / len(part) if part else math.nan
        result.append(Bin(low, high, len(part), mean, shares))
    return result


def calibration_error(parts: Sequence[Bin]) -> float:
    """Expected calibration error: |share right − mean score|, weighted by the facts of each bin.

    Only the first way of judging counts; NaN without facts.
    """
    total = sum(part.n for part in parts)
    if not total:
        return math.nan
    return math.fsum(part.n * abs(part.right[0] - part.mean) for part in parts if part.n) / total


def risk_coverage(scored: Sequence[Scored], coverages: Sequence[float] = COVERAGES) -> list[Coverage]:
    """Accuracy of the surest part of the releases, for each share of them; empty without any.

    Where the limit falls among equal scores, those count with their mean.
    """
    result = []
    for coverage in coverages if scored else ():
        kept = math.ceil(coverage * len(scored) - 1e-9)
        least = sorted((one.score for one in scored), reverse=True)[kept - 1]
        surer = [one.right[0] for one in scored if one.score > least]
        equal = [one.right[0] for one in scored if one.score == least]
        right = sum(surer) + (kept - len(surer)) * sum(equal) / len(equal)
        result.append(Coverage(coverage, kept, right / kept))
    return result
