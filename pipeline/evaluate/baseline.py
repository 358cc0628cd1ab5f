"""What a program without grammar finds: every award named goes to the nearest town in the nearest year.

It takes awards and towns from the finders of this program, so what it lacks is how they are related: that
is the difference that the table shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from pipeline import awards
from pipeline.model import AwardRef, Collectivity, Distinction, Evidence, Record
from pipeline.text import View

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_Value = TypeVar("_Value")


def baseline(record: Record) -> Record:
    """The record with other distinctions: one for every award, town and year that stand nearest.

    The issuer stands in where no town is named, the publication year where no year is; the status is
    always ``awarded``, level and category are those written inside the mention of the award.
    """
    found: dict[object, Distinction] = {}
    for one in _distinctions(record):
        found.setdefault((one.recipient, one.award, one.edition, one.level, one.category), one)
    return msgspec.structs.replace(record, distinctions=tuple(found.values()))


def _distinctions(record: Record) -> Iterator[Distinction]:
    text = record.release.text
    view = View(text)
    towns = [
        (place.start, place.end, Collectivity(kind="commune", code=place.code, name=place.name))
        for place in record.places
        if place.kind == "commune"
    ]
    years = [(match.start(), match.end(), int(match[0])) for match in _YEAR.finditer(text)]
    issuer, day = record.release.issuer, record.release.published.date
    publisher = (
        Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "") if issuer.kind else None
    )
    for mention in awards.find(view):
        start, end = view.to_source(mention.start, mention.end)
        recipient = _nearest(start, end, towns) or publisher
        if recipient is None:
            continue
        known = mention.award
        yield Distinction(
            recipient=recipient,
            award=AwardRef(id=known.id if known else None, name=known.name if known else mention.name),
            edition=_nearest(start, end, years) or (day.year if day else None),
            level=mention.level,
            category=mention.category,
            status="awarded",
            evidence=(Evidence(start=start, end=end, text=text[start:end]),),
        )


def _nearest(start: int, end: int, spans: Iterable[tuple[int, int, _Value]]) -> _Value | None:
    """What stands nearest to a mention, inside it or the fewest characters away; the earlier of two."""
    return min(
        ((max(start - last, first - end, 0), first, value) for first, last, value in spans),
        key=lambda candidate: candidate[:2],
        default=(0, 0, None),
    )[2]
