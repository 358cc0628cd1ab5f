"""The table of an evaluation, of all releases or of slices of them, each figure with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy

from pipeline.evaluate.bootstrap import Counts, Interval, intervals, macro_f1
from pipeline.evaluate.scores import KINDS, Report, Score, compare, match_distinctions
from pipeline.gold import GoldRelease
from pipeline.model import AnnouncementType, Distinction, Record, Status

By = Literal["type", "status", "length", "award"]
#: Fewest words of a medium and of a long release.
MEDIUM, LONG = 150, 250
MACRO = "type, macro-F1"
_TYPES: tuple[str, ...] = get_args(AnnouncementType)
_Label = Callable[[Distinction], str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One release: its annotation, what was found, what differs, and what the baseline found."""

    gold: GoldRelease
    predicted: Record
    report: Report
    baseline: Record | None = None


class Row(NamedTuple):
    """One line of the table: counts summed over the releases, F1 with its interval.

    For what is right or wrong once a release F1 is the accuracy; `MACRO` has no counts of its own.
    """

    name: str
    right: int
    extra: int
    missed: int
    f1: Interval


class Slice(NamedTuple):
    """A part of the whole: its name, how many releases it holds, gold distinctions, and its table."""

    name: str
    releases: int
    distinctions: int
    rows: list[Row]


def compare_each(
    releases: Sequence[GoldRelease], records: Sequence[Record], *, baseline: bool = False
) -> list[Compared]:
    """Hold records against annotated releases, in the same order, keeping each release's own report."""
    from pipeline.evaluate.baseline import baseline as nearest

    return [
        Compared(gold, record, compare([(gold, record)]), nearest(record) if baseline else None)
        for gold, record in zip(releases, records, strict=True)
    ]


def table(compared: Sequence[Compared]) -> list[Row]:
    """The rows of the kinds of facts; statuses and baseline follow the distinctions that they are about.

    `compared` holds one release at least.
    """
    rows = _rows(KINDS, kind_counts(compared))
    whole = dict(zip(KINDS, rows, strict=True))
    result = []
    for kind, row in whole.items():
        result.append(row)
        if kind.startswith("distinctions"):
            strict = kind.endswith("(strict)")
            result.extend(_baseline(compared, strict))
            if not strict:
                named = _by_label(compared, _status, get_args(Status), strict=False)
                result.extend(row._replace(name=f"  {row.name}") for row in named)
    (macro,) = intervals(type_counts(compared), macro_f1)
    return [*result, Row(MACRO, 0, 0, 0, macro)]


def slices(compared: Sequence[Compared], by: By) -> list[Slice]:
    """The same table of every slice: of the releases of a type or length, or of the distinctions with a
    status or with an award that is in the catalogue (`known`) or not.

    A distinction that is right belongs to its gold's slice, one that is not to its own.
    """
    if by in ("type", "length"):
        label = _type if by == "type" else _length
        order = _TYPES if by == "type" else ("short", "medium", "long")
        parts = {name: [one for one in compared if label(one) == name] for name in order}
        return [
            Slice(name, len(part), sum(len(one.gold.record.distinctions) for one in part), table(part))
            for name, part in parts.items()
            if part
        ]
    labels = get_args(Status) if by == "status" else ("known", "unknown")
    return list(_fact_slices(compared, _status if by == "status" else _award, labels))


def kind_counts(compared: Iterable[Compared]) -> Counts:
    """Right, extra and missed of every kind of `KINDS` by release: (releases, kinds, 3)."""
    return numpy.array(
        [[_triple(one.report.scores[kind]) for kind in KINDS] for one in compared], dtype=float
    )


def type_counts(compared: Sequence[Compared]) -> Counts:
    """Right, extra and missed of every announcement type by release: (releases, types, 3)."""
    counts = numpy.zeros((len(compared), len(_TYPES), 3))
    for number, one in enumerate(compared):
        truth, found = one.gold.record.announcement.type, one.predicted.announcement.type
        if truth == found:
            counts[number, _TYPES.index(truth), 0] = 1
        else:
            counts[number, _TYPES.index(found), 1] = 1
            counts[number, _TYPES.index(truth), 2] = 1
    return counts


def distinction_counts(
    pairs: Sequence[tuple[GoldRelease, Record]], label: _Label, labels: Sequence[str], *, strict: bool
) -> Counts:
    """Right, extra and missed distinctions by release and label: (releases, labels, 3)."""
    counts = numpy.zeros((len(pairs), len(labels), 3))
    for number, (gold, record) in enumerate(pairs):
        truth, found = gold.record.distinctions, record.distinctions
        matched = match_distinctions(truth, found, strict=strict)
        right, used = {i for i, _ in matched}, {j for _, j in matched}
        for i, one in enumerate(truth):
            counts[number, labels.index(label(one)), 0 if i in right else 2] += 1
        for j, one in enumerate(found):
            if j not in used:
                counts[number, labels.index(label(one)), 1] += 1
    return counts


def _fact_slices(compared: Sequence[Compared], label: _Label, labels: Sequence[str]) -> Iterable[Slice]:
    rows: dict[str, list[Row]] = {name: [] for name in labels}
    for kind, strict in (("distinctions (core)", False), ("distinctions (strict)", True)):
        for row in _by_label(compared, label, labels, strict=strict):
            rows[row.name].append(row._replace(name=kind))
        if compared[0].baseline is not None:
            for row in _by_label(compared, label, labels, strict=strict, baseline=True):
                rows[row.name].append(row._replace(name="  baseline"))
    for name, part in rows.items():
        wanted = [sum(label(fact) == name for fact in one.gold.record.distinctions) for one in compared]
        if part:
            yield Slice(name, sum(count > 0 for count in wanted), sum(wanted), part)


def _by_label(
    compared: Sequence[Compared],
    label: _Label,
    labels: Sequence[str],
    *,
    strict: bool,
    baseline: bool = False,
) -> list[Row]:
    """The rows of the labels that gold or program use, named after them."""
    pairs = [(one.gold, one.baseline if baseline and one.baseline else one.predicted) for one in compared]
    rows = _rows(labels, distinction_counts(pairs, label, labels, strict=strict))
    return [row for row in rows if row.right + row.extra + row.missed]


def _baseline(compared: Sequence[Compared], strict: bool) -> list[Row]:
    pairs = [(one.gold, one.baseline) for one in compared if one.baseline is not None]
    if not pairs:
        return []
    return _rows(["  baseline"], distinction_counts(pairs, lambda _: "all", ["all"], strict=strict))


def _rows(names: Sequence[str], counts: Counts) -> list[Row]:
    sums = counts.sum(axis=0).astype(int).tolist()
    return [
        Row(name, right, extra, missed, interval)
        for name, (right, extra, missed), interval in zip(names, sums, intervals(counts), strict=True)
    ]


def _triple(score: Score) -> tuple[int, int, int]:
    return score.right, score.extra, score.missed


def _type(one: Compared) -> str:
    return one.gold.record.announcement.type


def _length(one: Compared) -> str:
    words = len(one.gold.record.release.text.split())
    if words >= LONG:
        return "long"
    return "medium" if words >= MEDIUM else "short"


def _status(one: Distinction) -> str:
    return one.status


def _award(one: Distinction) -> str:
    return "known" if one.award.id else "unknown"
