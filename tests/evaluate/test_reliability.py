"""Scores held against how often they are right, worked out by hand."""

from __future__ import annotations

import math

import pytest

from pipeline.evaluate import compare_each
from pipeline.evaluate.reliability import (
    DISTINCTION_EDGES,
    TYPE_EDGES,
    Scored,
    bins,
    calibration_error,
    risk_coverage,
    scored_distinctions,
    scored_types,
)
from tests.evaluate.releases import PAVILLON, gold, record, wrong_award


def test_distinctions_fall_into_their_bins() -> None:
    releases = [gold(f"r{number}", PAVILLON) for number in range(4)]
    level = gold("level", PAVILLON.replace("status", "level: Or, status")).record.distinctions
    records = [
        record(releases[0], score=0.3, distinctions=(wrong_award(releases[0].record.distinctions[0]),)),
        record(releases[1], score=0.9),
        record(releases[2], score=1.0, distinctions=level),  # right but for its level
        record(releases[3], score=0.65),
    ]
    parts = {
        part.low: part
        for part in bins(scored_distinctions(compare_each(releases, records)), DISTINCTION_EDGES)
    }
    assert [parts[low].n for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)] == [1, 0, 1, 0, 0, 2]
    assert parts[0.0].right == (0, 0)
    assert parts[0.9].mean == pytest.approx(0.95)
    assert parts[0.9].right == (1, 0.5)
    assert math.isnan(parts[0.5].mean)


def test_the_calibration_error_is_the_weighted_distance() -> None:
    # 0.9–1.0: three of four right at 0.95 (gap 0.20); 0.2–0.3: one of one right at 0.25 (gap 0.75)
    scored = [Scored(0.95, (right,)) for right in (True, True, True, False)] + [Scored(0.25, (True,))]
    parts = bins(scored, TYPE_EDGES)
    assert calibration_error(parts) == pytest.approx(4 / 5 * 0.20 + 1 / 5 * 0.75)
    assert math.isnan(calibration_error(bins([], TYPE_EDGES)))


def test_the_surest_are_answered_first() -> None:
    scored = [Scored(score / 10, (score > 2,)) for score in range(1, 11)]  # the two least sure are wrong
    parts = risk_coverage(scored)
    assert [one.kept for one in parts] == [10, 10, 9, 8]  # 9.5 releases are ten
    assert [one.accuracy for one in parts] == pytest.approx([0.8, 0.8, 8 / 9, 1])
    assert risk_coverage([]) == []


def test_equal_scores_count_with_their_mean_in_any_order() -> None:
    scored = [Scored(0.5, (right,)) for right in (True, False, True, False)]
    for order in (scored, scored[::-1]):
        assert [one.accuracy for one in risk_coverage(order, (0.5, 0.25))] == [0.5, 0.5]


def test_types_are_judged_by_the_gold() -> None:
    releases = [gold("a"), gold("b", type="event")]
    records = [record(releases[0], score=0.7), record(releases[1], score=0.4, type="alert")]
    assert scored_types(compare_each(releases, records)) == [Scored(0.7, (True,)), Scored(0.4, (False,))]
