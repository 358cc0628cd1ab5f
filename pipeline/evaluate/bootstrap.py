"""How far a figure may be trusted: percentile bootstrap and approximate randomisation over releases.

The release is the unit that is drawn, since the facts of one release stand or fall together.  Everything
works on counts by release, an array (releases, rows, 3) of right, extra and missed, so that a round is
one row of a matrix product.  The seed is fixed: the same counts give the same interval.

A figure without a single error has an interval without width.  That says that resampling cannot see
errors that did not happen, not that there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

ROUNDS = 2000
SEED = 20240910
#: Drawn releases held in memory at once, over all rounds of a block.
_BLOCK = 4_000_000

Counts = NDArray[numpy.float64]
#: From summed counts (…, rows, 3) to figures.
Statistic = Callable[[Counts], Counts]


class Interval(NamedTuple):
    """A figure and the ends of its 95 % interval; NaN where there is nothing to measure."""

    value: float
    low: float
    high: float


class Difference(NamedTuple):
    """One run's figure less the other's, its 95 % interval, and the p-value of "no difference"."""

    value: float
    low: float
    high: float
    p: float


def f1(sums: Counts) -> Counts:
    """F1 of counts (…, 3); NaN where nothing is in the gold and nothing was found.

    >>> f1(numpy.array([[3.0, 1.0, 1.0], [0.0, 0.0, 2.0]])).tolist()
    [0.75, 0.0]
    """
    right, extra, missed = sums[..., 0], sums[..., 1], sums[..., 2]
    total = 2 * right + extra + missed
    return _ratio(2 * right, total)


def macro_f1(sums: Counts) -> Counts:
    """Mean F1 of the classes (…, classes, 3) that gold or program use, as a last axis of one."""
    each = f1(sums)
    used = ~numpy.isnan(each)
    count = used.sum(axis=-1, keepdims=True)
    total = numpy.where(used, each, 0.0).sum(axis=-1, keepdims=True)
    return _ratio(total, count.astype(float))


def intervals(counts: Counts, statistic: Statistic = f1, rounds: int = ROUNDS) -> list[Interval]:
    """Figures of counts (releases, rows, 3) with their 95 % percentile intervals.

    `counts` are of one release at least.  Rounds that drew no release with facts of a row say nothing of it
    and are left out; the ends are NaN where a single release has such facts, which resampling cannot vary.
    """
    point = statistic(counts.sum(axis=0))
    drawn = numpy.concatenate([statistic(_sums(times, counts)) for times in _draws(len(counts), rounds)])
    return [
        Interval(float(value), *_ends(column, told))
        for value, column, told in zip(point, drawn.T, _told(counts, len(point)), strict=True)
    ]


def differences(
    ours: Counts, theirs: Counts, statistic: Statistic = f1, rounds: int = ROUNDS
) -> list[Difference]:
    """`ours` less `theirs`, counts of the same releases in the same order, row by row.

    The interval draws releases, the same for both runs.  The p-value is the share of rounds, the observed
    one among them, in which swapping the two runs' counts of releases chosen by a coin gives a difference at
    least as large (approximate randomisation, two-sided).
    """
    point = _less(statistic(ours.sum(axis=0)), statistic(theirs.sum(axis=0)))
    drawn = numpy.concatenate(
        [
            _less(statistic(_sums(times, ours)), statistic(_sums(times, theirs)))
            for times in _draws(len(ours), rounds)
        ]
    )
    larger = numpy.ones_like(point)
    both, change = ours.sum(axis=0) + theirs.sum(axis=0), theirs - ours
    for coins in _coins(len(ours), rounds):
        swapped = ours.sum(axis=0) + _sums(coins, change)
        shuffled = _less(statistic(swapped), statistic(both - swapped))
        # a hair of tolerance: the same counts summed in another order must count as equal
        larger += (numpy.abs(shuffled) >= numpy.abs(point) - 1e-12).sum(axis=0)
    p = numpy.where(numpy.isnan(point), numpy.nan, larger / (rounds + 1))
    return [
        Difference(float(value), *_ends(column, told), float(chance))
        for value, column, chance, told in zip(
            point, drawn.T, p, _told(ours + theirs, len(point)), strict=True
        )
    ]


def _ratio(part: Counts, whole: Counts) -> Counts:
    result = numpy.full_like(whole, numpy.nan)
    numpy.divide(part, whole, out=result, where=whole > 0)
    return result


def _told(counts: Counts, rows: int) -> Iterator[bool]:
    """Whether two releases at least have facts of a row; a statistic of all rows together is one row."""
    for row in numpy.array_split(counts, rows, axis=1):
        yield int((row.sum(axis=(1, 2)) > 0).sum()) > 1


def _less(one: Counts, other: Counts) -> Counts:
    # who found nothing where there is nothing is right; only where that is true of both is nothing measured
    neither = numpy.isnan(one) & numpy.isnan(other)
    gap = numpy.nan_to_num(one, nan=1.0) - numpy.nan_to_num(other, nan=1.0)
    return numpy.where(neither, numpy.nan, gap)


def _ends(column: Counts, told: bool) -> tuple[float, float]:
    defined = column[~numpy.isnan(column)]
    if not told or not defined.size:
        return numpy.nan, numpy.nan
    low, high = numpy.percentile(defined, (2.5, 97.5))
    return float(low), float(high)


def _sums(times: Counts, counts: Counts) -> Counts:
    """Counts (rounds, rows, 3) when each release is taken as often as `times` (rounds, releases) says."""
    flat: Counts = times @ counts.reshape(len(counts), -1)
    return flat.reshape(len(times), *counts.shape[1:])


def _draws(releases: int, rounds: int) -> Iterator[Counts]:
    """How often each release is drawn, blocks of rounds at a time."""
    random = numpy.random.default_rng(SEED)
    for size in _blocks(releases, rounds):
        drawn = random.integers(releases, size=(size, releases))
        drawn += numpy.arange(size)[:, None] * releases
        times = numpy.bincount(drawn.ravel(), minlength=size * releases)
        yield times.reshape(size, releases).astype(float)


def _coins(releases: int, rounds: int) -> Iterator[Counts]:
    random = numpy.random.default_rng(SEED + 1)
    for size in _blocks(releases, rounds):
        yield random.integers(2, size=(size, releases)).astype(float)


def _blocks(releases: int, rounds: int) -> Iterator[int]:
    size = max(1, _BLOCK // max(1, releases))
    for begin in range(0, rounds, size):
        yield min(size, rounds - begin)
