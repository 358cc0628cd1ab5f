"""A release's text cut at the edges of its facts, each piece with the facts that cover it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from pipeline.model import Record

#: Kinds of facts in the order in which they lie over one another, the last on top, with their French names.
KINDS = {
    "evidence": "Preuve d'une distinction",
    "event": "Événement",
    "quantity": "Quantité",
    "date": "Date",
    "place": "Lieu",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `kinds` cover it, `distinctions` are the rows whose evidence it is, `tip` explains."""

    text: str
    kinds: tuple[str, ...]
    distinctions: tuple[int, ...]
    tip: str


def pieces(record: Record) -> list[Piece]:
    """The whole text in order; joined, the pieces give it back."""
    text = record.release.text
    spans: list[tuple[int, int, str, str, int | None]] = []
    for place in record.places:
        spans.append((place.start, place.end, "place", f"{place.name} ({place.code or place.kind})", None))
    for found in record.dates:
        days = (
            f"{found.first_day} – {found.last_day}"
            if found.first_day != found.last_day
            else str(found.first_day)
        )
        spans.append((found.start, found.end, "date", days if found.first_day else "sans jour", None))
    for quantity in record.quantities:
        tip = f"{quantity.comparator} {quantity.value} {quantity.unit or ''} ({quantity.indicator})"
        spans.append((quantity.start, quantity.end, "quantity", tip, None))
    for event in record.events:
        spans.append((event.start, event.end, "event", event.name, None))
    for number, one in enumerate(record.distinctions):
        spans.extend((said.start, said.end, "evidence", "", number) for said in one.evidence)
    edges = sorted({0, len(text), *(span[0] for span in spans), *(span[1] for span in spans)})
    result = []
    for start, end in itertools.pairwise(edges):
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        kinds = tuple(kind for kind in KINDS if any(span[2] == kind for span in over))
        rows = tuple(sorted({span[4] for span in over if span[4] is not None}))
        tips = dict.fromkeys(span[3] for span in over if span[3])
        result.append(Piece(text[start:end], kinds, rows, " · ".join(tips)))
    return result
