"""The figures of an evaluation as tables in the terminal."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence

from rich.box import HORIZONTALS
from rich.console import Console
from rich.table import Table

from pipeline.evaluate.against import Gap
from pipeline.evaluate.bootstrap import ROUNDS
from pipeline.evaluate.figures import MACRO, By, Compared, Row, Slice
from pipeline.evaluate.reliability import (
    DISTINCTION_EDGES,
    TYPE_EDGES,
    Bin,
    bins,
    calibration_error,
    risk_coverage,
    scored_distinctions,
    scored_types,
)
from pipeline.evaluate.scores import Report, Score
from pipeline.model import Record


def print_rows(console: Console, title: str, rows: Iterable[Row]) -> None:
    """One table: precision, recall, F1 with its interval, and counts; rows without any fact are left out."""
    table = _table(title, "precision", "recall", "F1", "95 %", "right", "extra", "missed")
    for row in rows:
        if math.isnan(row.f1.value):
            continue
        interval = _figure(row.f1.low) if math.isnan(row.f1.low) else f"{row.f1.low:.3f}–{row.f1.high:.3f}"
        if row.name == MACRO:
            table.add_row(row.name, "", "", _figure(row.f1.value), interval, "", "", "")
            continue
        score = Score(row.right, row.extra, row.missed)
        figures = (_figure(score.precision), _figure(score.recall), _figure(row.f1.value))
        table.add_row(row.name, *figures, interval, str(row.right), str(row.extra), str(row.missed))
    console.print(table)


def print_slices(console: Console, by: By, parts: Sequence[Slice]) -> None:
    """The same table for every slice, under its name and size."""
    if not parts:
        console.print(f"Nothing to divide by {by}: neither gold nor program has a distinction.")
    for part in parts:
        distinctions = f"{part.distinctions} distinction{'s' * (part.distinctions != 1)}"
        console.print()
        print_rows(console, f"{by} {part.name}: {count(part.releases)}, {distinctions} in them", part.rows)


def print_confusion(console: Console, report: Report) -> None:
    """The announcement types that were taken for others."""
    wrong = sorted((pair, number) for pair, number in report.confusion.items() if pair[0] != pair[1])
    told = ", ".join(f"{truth} → {found} {number}" for (truth, found), number in wrong)
    console.print(f"Types confused (gold → found): {told or 'none'}")


def print_gaps(console: Console, other: str, releases: int, rows: Iterable[Gap]) -> None:
    """This run beside another: F1 of each, the difference with its interval, and the p-value."""
    console.print()
    table = _table(f"against {other}: {count(releases)}", "F1 here", "F1 there", "difference", "95 %", "p")
    for row in rows:
        gap = row.difference
        if not math.isnan(gap.value):
            interval = "–" if math.isnan(gap.low) else f"{gap.low:+.3f} to {gap.high:+.3f}"
            p = f"{gap.p:.3f}" if gap.p >= 0.001 else "< 0.001"
            table.add_row(row.name, _figure(row.ours), _figure(row.theirs), f"{gap.value:+.3f}", interval, p)
    console.print(table)
    console.print(
        f"Paired by release: bootstrap and approximate randomisation, {ROUNDS} rounds; p is not corrected for "
        "the number of rows."
    )


def print_reliability(console: Console, compared: Sequence[Compared]) -> None:
    """Scores held against how often they are right: distinctions, then announcement types."""
    distinctions, types = scored_distinctions(compared), scored_types(compared)
    found = sum(len(one.predicted.distinctions) for one in compared)
    console.print()
    _bins(console, "distinctions by score", bins(distinctions, DISTINCTION_EDGES), "right, core", "strict")
    if found > len(distinctions):
        console.print(f"{found - len(distinctions)} of {found} distinctions have no score.")
    parts = bins(types, TYPE_EDGES)
    console.print()
    _bins(console, "announcement types by score", [part for part in parts if part.n], "right")
    if len(compared) > len(types):
        console.print(f"{len(compared) - len(types)} of {len(compared)} types have no score.")
    if types:
        console.print(f"Expected calibration error of types, 10 bins: {calibration_error(parts):.3f}")
        console.print(
            "Accuracy of the surest types: "
            + ", ".join(
                f"{one.accuracy:.3f} of {one.coverage:.0%} ({one.kept})" for one in risk_coverage(types)
            )
        )


def print_cost(console: Console, records: Sequence[Record]) -> None:
    """Processor time that the type of a release costs on this machine, once its facts are found."""
    from pipeline.classify import Classifier, again

    if not records:
        return
    classifier = Classifier.load()
    drafts = [again(record) for record in records]
    classifier.classify(
        drafts
    )  # the first time loads, compiles, and folds the texts, which the stages before have done
    begun = time.process_time()
    classifier.classify(drafts)
    spent = 1000 * (time.process_time() - begun) / len(records)
    console.print(f"Announcement type: {spent:.2f} ms of processor time a release (n={len(records)})")


def count(releases: int) -> str:
    """The number of releases in words: "1 release", "22 releases"."""
    return f"{releases} release{'s' * (releases != 1)}"


def _bins(console: Console, title: str, parts: Iterable[Bin], *ways: str) -> None:
    table = _table(title, "n", "mean score", *ways, first="score")
    for part in parts:
        shares = (_figure(share) for share in part.right) if part.n else ("–" for _ in ways)
        table.add_row(f"{part.low:.1f}–{part.high:.1f}", str(part.n), _figure(part.mean), *shares)
    console.print(table)


def _table(title: str, *columns: str, first: str = "kind") -> Table:
    table = Table(title=title, title_justify="left", box=HORIZONTALS, padding=0)
    table.add_column(first, no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
