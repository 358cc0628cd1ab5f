"""Intervals, slices and comparisons of runs, on counts that can be worked out by hand."""

from __future__ import annotations

import math
import time

import numpy
import pytest

from pipeline.evaluate import compare, compare_each, gaps, slices, table
from pipeline.evaluate.bootstrap import differences, f1, intervals, macro_f1
from pipeline.evaluate.figures import MACRO, By
from pipeline.evaluate.scores import KINDS, match_distinctions
from tests.evaluate.releases import PAVILLON, UNKNOWN, gold, mixed, record, wrong_award


def test_intervals_hold_the_figure_and_shrink_with_releases() -> None:
    widths = []
    for count in (12, 48, 480):
        rows = table(mixed(count))
        for row in rows:
            if not math.isnan(row.f1.low):
                assert row.f1.low <= row.f1.value <= row.f1.high, row
        places = next(row for row in rows if row.name == "places")
        # a third of the releases lacks one of two places: right 5/3, missed 1/3 a release
        assert places.f1.value == pytest.approx(10 / 11)
        widths.append(places.f1.high - places.f1.low)
    assert widths[0] > widths[1] > widths[2] > 0
    # sixteen and ten times the releases: about a quarter, about a third of the width
    assert widths[1] == pytest.approx(widths[0] / 2, rel=0.35)


def test_an_interval_agrees_with_the_binomial_one() -> None:
    counts = numpy.zeros((400, 1, 3))
    counts[:300, 0, 0] = 1
    counts[300:, 0, 1:] = 1
    (interval,) = intervals(counts)
    half = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert interval.value == 0.75
    assert interval.low == pytest.approx(0.75 - half, abs=0.01)
    assert interval.high == pytest.approx(0.75 + half, abs=0.01)


def test_what_cannot_be_measured_has_no_interval() -> None:
    counts = numpy.zeros((5, 2, 3))
    counts[0, 1] = (1, 1, 0)
    nothing, single = intervals(counts)
    assert math.isnan(nothing.value)
    assert math.isnan(nothing.low)
    assert single.value == pytest.approx(2 / 3)
    assert math.isnan(single.low)


def test_the_same_counts_give_the_same_interval_quickly() -> None:
    counts = numpy.random.default_rng(1).integers(6, size=(200, 15, 3)).astype(float)
    began = time.perf_counter()
    first = intervals(counts)
    assert time.perf_counter() - began < 1
    assert intervals(counts) == first


def test_macro_f1_is_the_mean_of_the_types_in_use() -> None:
    # types: one all right, one found for another, one never seen
    sums = numpy.array([[4.0, 0, 0], [2.0, 1, 1], [0, 0, 0]])
    assert macro_f1(sums).tolist() == [pytest.approx((1 + 2 / 3) / 2)]
    rows = {row.name: row for row in table(mixed(12))}
    # of four releases each, type distinction loses 0, event loses 4, works loses 8; alert is found for them
    assert rows[MACRO].f1.value == pytest.approx((3 * (6 / 7) + 0) / 4)
    assert rows["type"].f1.value == pytest.approx(9 / 12)


def test_the_table_counts_what_the_whole_comparison_counts() -> None:
    compared = mixed(30)
    whole = compare((one.gold, one.predicted) for one in compared)
    rows = {row.name: row for row in table(compared)}
    for kind in KINDS:
        score = whole.scores[kind]
        assert (rows[kind].right, rows[kind].extra, rows[kind].missed) == (
            score.right,
            score.extra,
            score.missed,
        )
    for status, score in whole.by_status.items():
        assert rows[f"  {status}"][1:4] == (score.right, score.extra, score.missed)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("type", ["distinction", "event", "works"]),
        ("length", ["short", "medium", "long"]),
        ("status", ["nominated", "awarded"]),
        ("award", ["known", "unknown"]),
    ],
)
def test_slices_add_up_to_the_whole(by: By, names: list[str]) -> None:
    compared = mixed(30)
    parts = slices(compared, by)
    assert [part.name for part in parts] == names
    assert sum(part.distinctions for part in parts) == sum(
        len(one.gold.record.distinctions) for one in compared
    )
    if by in ("type", "length"):
        assert sum(part.releases for part in parts) == 30
    whole = {row.name: row for row in table(compared)}
    kinds = KINDS if by in ("type", "length") else ("distinctions (core)", "distinctions (strict)")
    for kind in kinds:
        rows = [row for part in parts for row in part.rows if row.name == kind]
        assert sum(row.right for row in rows) == whole[kind].right, kind
        assert sum(row.extra for row in rows) == whole[kind].extra, kind
        assert sum(row.missed for row in rows) == whole[kind].missed, kind


def test_an_unknown_award_is_found_under_its_name() -> None:
    one = gold("a", PAVILLON, UNKNOWN)
    known, unknown = one.record.distinctions
    found = record(one, distinctions=(wrong_award(known), unknown))
    parts = {part.name: part.rows[0] for part in slices(compare_each([one], [found]), "award")}
    # the award that was found wrongly is extra where it was filed
    assert parts["known"][1:4] == (0, 0, 1)
    assert parts["unknown"][1:4] == (1, 1, 0)


def test_a_core_match_keeps_the_partner_alike_in_level() -> None:
    one = gold("a", PAVILLON)
    (truth,) = one.record.distinctions
    other = gold("b", PAVILLON.replace("status", "level: Or, status")).record.distinctions[0]
    assert match_distinctions([truth], [other, truth], strict=False) == [(0, 1)]
    assert match_distinctions([truth, truth], [truth], strict=True) == [(0, 0)]
    assert match_distinctions([truth], [other], strict=True) == []


def test_identical_runs_do_not_differ() -> None:
    compared = mixed(20)
    for gap in gaps(compared, compared):
        if not math.isnan(gap.ours):
            assert gap.ours == gap.theirs
            assert gap.difference.value == 0
            assert gap.difference.p == 1


def test_a_run_that_is_right_where_the_other_is_wrong() -> None:
    releases = [gold(f"r{number}", PAVILLON) for number in range(20)]
    right = compare_each(releases, [record(one) for one in releases])
    wrong = compare_each(
        releases, [record(one, distinctions=(wrong_award(one.record.distinctions[0]),)) for one in releases]
    )
    rows = {gap.name: gap.difference for gap in gaps(right, wrong)}
    core = rows["distinctions (core)"]
    assert (core.value, core.low, core.high) == (1, 1, 1)
    assert core.p < 0.001
    assert rows["places"].p == 1
    back = {gap.name: gap.difference for gap in gaps(wrong, right)}["distinctions (core)"]
    assert (back.value, back.p) == (-1, core.p)


def test_the_p_value_of_few_releases_is_that_of_all_swaps() -> None:
    # three releases, right against wrong: of the eight swaps two are as extreme, so p is 1/4
    ours, theirs = numpy.zeros((3, 1, 3)), numpy.zeros((3, 1, 3))
    ours[:, 0, 0] = 1
    theirs[:, 0, 1:] = 1
    (gap,) = differences(ours, theirs, rounds=20_000)
    assert gap.p == pytest.approx(0.25, abs=0.01)


def test_finding_nothing_where_there_is_nothing_beats_finding_something() -> None:
    ours, theirs = numpy.zeros((6, 1, 3)), numpy.zeros((6, 1, 3))
    theirs[:, 0, 1] = 1
    (gap,) = differences(ours, theirs)
    assert math.isnan(f1(ours.sum(axis=0))[0])
    assert gap.value == 1
