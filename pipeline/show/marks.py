"""A release's text cut at the edges of its facts, each piece with the facts that cover it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Record

#: Kinds of facts in the order in which they lie over one another, the last on top, with their French names.
KINDS = {
    "evidence": "Preuve d'une distinction",
    "event": "Événement",
    "quantity": "Quantité",
    "date": "Date",
    "place": "Lieu",
}


class Mark(NamedTuple):
    """A fact's stretch of the text; `row` is the number of the distinction that it is evidence of."""

    start: int
    end: int
    kind: str
    tip: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `kinds` cover it, `distinctions` are the rows whose evidence it is, `tip` explains."""

    text: str
    kinds: tuple[str, ...]
    distinctions: tuple[int, ...]
    tip: str


def pieces(record: Record) -> list[Piece]:
    """The whole text in order; joined, the pieces give it back."""
    return cut(record.release.text, _marks(record))


def _marks(record: Record) -> Iterator[Mark]:
    for place in record.places:
        yield Mark(place.start, place.end, "place", f"{place.name} ({place.code or place.kind})")
    for found in record.dates:
        tip = day_tip(found.first_day, found.last_day)
        yield Mark(found.start, found.end, "date", tip)
    for quantity in record.quantities:
        tip = f"{quantity.comparator} {quantity.value} {quantity.unit or ''} ({quantity.indicator})"
        yield Mark(quantity.start, quantity.end, "quantity", tip)
    for event in record.events:
        yield Mark(event.start, event.end, "event", event.name)
    for number, one in enumerate(record.distinctions):
        yield from (Mark(said.start, said.end, "evidence", "", number) for said in one.evidence)


def day_tip(first_day: object, last_day: object) -> str:
    """The days of a date, as the tip of its mark says them."""
    if not first_day:
        return "sans jour"
    return str(first_day) if first_day == last_day else f"{first_day} – {last_day}"


def cut(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The text in pieces, cut where a mark begins or ends."""
    waiting = sorted((mark for mark in marks if mark.start < mark.end), reverse=True)
    edges = sorted({0, len(text), *(mark.start for mark in waiting), *(mark.end for mark in waiting)})
    result = []
    over: list[Mark] = []
    for start, end in itertools.pairwise(edges):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        kinds = tuple(kind for kind in KINDS if any(mark.kind == kind for mark in over))
        rows = tuple(sorted({mark.row for mark in over if mark.row is not None}))
        tips = dict.fromkeys(mark.tip for mark in over if mark.tip)
        result.append(Piece(text[start:end], kinds, rows, " · ".join(tips)))
    return result
