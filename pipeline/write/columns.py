"""The tables: their columns, and the rows that a record gives.  The one place that says so, for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import UNSET

from pipeline.model import Record

Type = Literal["text", "integer", "number", "date"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, type and what it holds."""

    name: str
    type: Type
    meaning: str


def _columns(*described: tuple[str, Type, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in described)


_RELEASE: tuple[str, Type, str] = ("release", "text", "id of the release (table releases)")
_SPAN: tuple[tuple[str, Type, str], ...] = (
    ("start", "integer", "first character in the release's text"),
    ("end", "integer", "character behind the last one"),
    ("text", "text", "the words"),
)
_DAYS: tuple[tuple[str, Type, str], ...] = (
    ("first_day", "date", "first day, inclusive"),
    ("last_day", "date", "last day, inclusive"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "releases": _columns(
        ("id", "text", "digest of the content"),
        ("source", "text", "the input, as the user named it"),
        ("title", "text", "title from the metadata"),
        ("published", "date", "publication day"),
        ("published_method", "text", "how the day is known"),
        ("issuer_kind", "text", "kind of the issuer"),
        ("issuer_code", "text", "INSEE or SIREN code of the issuer"),
        ("issuer_name", "text", "name of the issuer"),
        ("type", "text", "announcement type"),
        ("type_score", "number", "probability of the type"),
        ("text", "text", "the text"),
        ("warnings", "text", "what a person should look at, one a line"),
        ("sources", "text", "all inputs that hold the same words, one a line"),
        ("near_duplicate_of", "text", "id of an earlier release with nearly the same words"),
    ),
    "distinctions": _columns(
        _RELEASE,
        ("recipient_kind", "text", "kind of the recipient"),
        ("recipient_code", "text", "INSEE or SIREN code, empty for others"),
        ("recipient_name", "text", "name of the recipient"),
        ("award_id", "text", "id in the catalogue, empty for an unknown award"),
        ("award_name", "text", "name of the award"),
        ("organiser", "text", "who gives it"),
        ("edition", "integer", "year of the edition"),
        ("category", "text", "category, as the text names it"),
        ("level", "text", "level"),
        ("status", "text", "candidate, nominated, awarded, renewed or lost"),
        ("object", "text", "what it was given for"),
        ("decided_first_day", "date", "day it was decided, first"),
        ("decided_last_day", "date", "day it was decided, last"),
        ("score", "number", "confidence"),
        ("evidence", "text", "the words that say it"),
        ("source", "text", "the input that says it"),
    ),
    "places": _columns(
        _RELEASE, *_SPAN,
        ("kind", "text", "commune, epci, departement, region or other"),
        ("code", "text", "INSEE or SIREN code"),
        ("name", "text", "official name"),
        ("type", "text", "type of the commune"),
        ("departement", "text", "code of its département"),
        ("score", "number", "probability of the link"),
    ),
    "dates": _columns(
        _RELEASE, *_SPAN, *_DAYS,
        ("edtf", "text", "Extended Date/Time Format"),
        ("timex_type", "text", "TIMEX3 type"),
        ("timex_value", "text", "TIMEX3 value"),
        ("timex_mod", "text", "TIMEX3 mod"),
    ),
    "quantities": _columns(
        _RELEASE, *_SPAN,
        ("value", "number", "the number, in full"),
        ("value_max", "number", "upper end of a range"),
        ("unit", "text", "ISO 4217, standard code, or the counted noun"),
        ("comparator", "text", "= > >= < <= ~"),
        ("indicator", "text", "what is measured"),
        ("holder", "text", "code of the collectivity it describes"),
        ("platform", "text", "social network"),
    ),
    "events": _columns(
        _RELEASE, ("name", "text", "name of the event"), ("ordinal", "integer", "its number"), *_DAYS,
        ("place_code", "text", "code of the host"), ("place_name", "text", "name of the host"), *_SPAN,
    ),
}  # fmt: skip


def rows_of(record: Record) -> Iterator[tuple[str, Row]]:
    """The rows of a record, each with the name of its table."""
    release = record.release
    yield "releases", {
        "id": release.id, "source": release.source, "title": release.title,
        "published": release.published.date, "published_method": release.published.method,
        "issuer_kind": release.issuer.kind, "issuer_code": release.issuer.code, "issuer_name": release.issuer.name,
        "type": record.announcement.type, "type_score": _score(record.announcement.score), "text": release.text,
        "warnings": "\n".join(record.warnings) or None,
        "sources": "\n".join(release.sources or (release.source,)),
        "near_duplicate_of": release.near_duplicate_of or None,
    }  # fmt: skip
    for one in record.distinctions:
        yield "distinctions", {
            "release": release.id, "recipient_kind": one.recipient.kind, "recipient_code": one.recipient.code,
            "recipient_name": one.recipient.name, "award_id": one.award.id, "award_name": one.award.name,
            "organiser": one.organiser, "edition": one.edition, "category": one.category, "level": one.level,
            "status": one.status, "object": one.object,
            "decided_first_day": one.decided.first_day if one.decided else None,
            "decided_last_day": one.decided.last_day if one.decided else None,
            "score": _score(one.score), "evidence": " […] ".join(said.text for said in one.evidence),
            "source": release.source,
        }  # fmt: skip
    for place in record.places:
        yield "places", {
            "release": release.id, **_span(place), "kind": place.kind, "code": place.code, "name": place.name,
            "type": place.type, "departement": place.departement, "score": _score(place.score),
        }  # fmt: skip
    for found in record.dates:
        yield "dates", {
            "release": release.id, **_span(found), "first_day": found.first_day, "last_day": found.last_day,
            "edtf": found.edtf, "timex_type": found.timex.type, "timex_value": found.timex.value,
            "timex_mod": found.timex.mod,
        }  # fmt: skip
    for quantity in record.quantities:
        yield "quantities", {
            "release": release.id, **_span(quantity), "value": quantity.value, "value_max": quantity.value_max,
            "unit": quantity.unit, "comparator": quantity.comparator, "indicator": quantity.indicator,
            "holder": quantity.holder, "platform": quantity.platform,
        }  # fmt: skip
    for event in record.events:
        yield "events", {
            "release": release.id, "name": event.name, "ordinal": event.ordinal, "first_day": event.first_day,
            "last_day": event.last_day, "place_code": event.place.code if event.place else None,
            "place_name": event.place.name if event.place else None, **_span(event),
        }  # fmt: skip


def _span(fact: Any) -> Row:
    return {"start": fact.start, "end": fact.end, "text": fact.text}


def _score(score: Any) -> float | None:
    return None if score is UNSET else float(score)
