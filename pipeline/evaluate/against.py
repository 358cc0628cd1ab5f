"""Two runs over the same annotated releases: kept as records, found again by id, compared in pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.evaluate.bootstrap import Difference, differences, f1, macro_f1
from pipeline.evaluate.figures import MACRO, Compared, kind_counts, type_counts
from pipeline.evaluate.scores import KINDS
from pipeline.gold import GoldRelease
from pipeline.model import Record
from pipeline.text import digest


class RecordsError(ValueError):
    """A file of records that cannot be compared with; the message says what to do."""


class Gap(NamedTuple):
    """One row of the comparison: F1 of both runs, and how far apart they are."""

    name: str
    ours: float
    theirs: float
    difference: Difference


def save_records(path: Path, records: Iterable[Record]) -> None:
    """Write records as lines of JSON, as `beffroi run` does."""
    with path.open("wb") as lines:
        for record in records:
            lines.write(record.to_json() + b"\n")


def find_records(path: Path, releases: Sequence[GoldRelease]) -> list[Record | None]:
    """The records that a run left of annotated releases, in their order; None for those that it lacks.

    A record belongs to a release whose name or whose text's digest is its id.  Raises `RecordsError` when
    the file is no file of records, has none of these releases, has one twice or read another text.
    """
    again = f"write its records with 'beffroi evaluate CORPUS --save {path.name}' on the same releases"
    places = {gold.id: number for number, gold in enumerate(releases)}
    for number, gold in enumerate(releases):
        places.setdefault(digest(gold.record.release.text), number)
    found: list[Record | None] = [None] * len(releases)
    read = 0
    for line, record in _records(path, again):
        read += 1
        place = places.get(record.release.id)
        if place is None:
            continue
        if record.release.text != releases[place].record.release.text:
            raise RecordsError(
                f"{path}, line {line}: the text of {releases[place].id} is not that of the corpus, so that no "
                f"offset can be compared; {again}"
            )
        if found[place] is not None:
            raise RecordsError(
                f"{path}, line {line}: {releases[place].id} is there twice; keep one line of each release"
            )
        found[place] = record
    if not any(found):
        raise RecordsError(
            f"{path}: none of its {read} records is of the {len(releases)} releases evaluated (no id is theirs); "
            f"choose the same --split, or {again}"
        )
    return found


def gaps(ours: Sequence[Compared], theirs: Sequence[Compared]) -> list[Gap]:
    """Every kind, and the macro-F1 of types: both runs over the same releases in the same order."""
    one, other = kind_counts(ours), kind_counts(theirs)
    rows = [
        Gap(name, float(mine), float(their), difference)
        for name, mine, their, difference in zip(
            KINDS, f1(one.sum(axis=0)), f1(other.sum(axis=0)), differences(one, other), strict=True
        )
    ]
    one, other = type_counts(ours), type_counts(theirs)
    (difference,) = differences(one, other, macro_f1)
    mine, their = (float(macro_f1(counts.sum(axis=0))[0]) for counts in (one, other))
    return [*rows, Gap(MACRO, mine, their, difference)]


def _records(path: Path, again: str) -> Iterator[tuple[int, Record]]:
    if not path.is_file():
        raise RecordsError(f"{path}: no such file; {again}")
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield number, Record.from_json(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise RecordsError(f"{path}, line {number}: no record ({error}); {again}") from error
