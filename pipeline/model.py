"""What goes in and what comes out: the types of the data contract, and nothing else.

Every room speaks these names.  The JSON Schema that ``beffroi schema`` prints is made from this
module, and so is the data dictionary; a field added here appears in both.

Offsets count Unicode code points into ``release.text``; ``end`` is exclusive; for everything that
has ``start``, ``end`` and ``text``, ``release.text[start:end] == text``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

SCHEMA_VERSION = "1.0"

Kind = Literal["commune", "epci", "departement", "region", "other"]
Method = Literal["metadata", "text", "given", "file"]
Status = Literal["candidate", "nominated", "awarded", "renewed", "lost"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Indicator = Literal[
    "followers", "likes", "views", "users", "inhabitants", "budget", "grant", "price", "visitors",
    "participants", "area", "distance", "duration", "score", "count", "share", "energy", "housing",
    "jobs", "trees", "other",
]  # fmt: skip
AnnouncementType = Literal[
    "distinction", "event", "inauguration", "works", "decision", "participation", "alert", "service",
    "partnership", "appointment", "tribute", "statement",
]  # fmt: skip
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

#: Probability between 0 and 1; absent where no model gave one.
Score = Annotated[float, Meta(ge=0, le=1)] | UnsetType
Offset = Annotated[int, Meta(ge=0, description="Unicode code points into release.text")]


class Published(Struct, frozen=True, kw_only=True):
    """Publication day of a release and how it is known; all null when nothing tells it."""

    date: date | None = None
    method: Method | None = None
    span: tuple[int, int] | None = None


class Issuer(Struct, frozen=True, kw_only=True):
    """Collectivity that publishes the release; all null when nothing tells it."""

    kind: Kind | None = None
    code: str | None = None
    name: str | None = None
    method: Method | None = None
    score: Score = UNSET


class Release(Struct, frozen=True, kw_only=True):
    """One press release as it was read: its text, and what its metadata say of it.

    `sources` are all inputs that hold these words, `source` first, in the order of the run; it is
    absent when there is but one.  `near_duplicate_of` is the id of an earlier release of the run with
    nearly the same words; it is absent when there is none.
    """

    id: str
    source: str
    title: str | None = None
    text: str
    language: str = "fr"
    published: Published = Published()
    issuer: Issuer = Issuer()
    sources: tuple[str, ...] | UnsetType = UNSET
    near_duplicate_of: str | UnsetType = UNSET


class Announcement(Struct, frozen=True, kw_only=True):
    """What the release is for, as a press officer would file it."""

    type: AnnouncementType
    score: Score = UNSET
    scores: dict[str, float] = {}


class Collectivity(Struct, frozen=True, kw_only=True):
    """Whoever receives a distinction or hosts an event; `code` is null for kind `other`."""

    kind: Kind
    code: str | None = None
    name: str


class Place(Struct, frozen=True, kw_only=True):
    """A mention that means a local authority or its territory.

    `score` is the probability of the link among the readings of the name, `runner_up` the next likely of
    these, where it is worth naming.
    """

    start: Offset
    end: Offset
    text: str
    kind: Kind
    code: str | None = None
    name: str
    type: str | None = None
    departement: str | None = None
    score: Score = UNSET
    runner_up: Collectivity | UnsetType = UNSET


class Timex(Struct, frozen=True, kw_only=True):
    """The expression in TIMEX3 terms (ISO-TimeML)."""

    type: TimexType
    value: str | None = None
    mod: str | None = None


class Date(Struct, frozen=True, kw_only=True):
    """A temporal expression; the days are inclusive, and null where no calendar can place it."""

    start: Offset
    end: Offset
    text: str
    first_day: date | None = None
    last_day: date | None = None
    edtf: str | None = None
    timex: Timex


class Quantity(Struct, frozen=True, kw_only=True):
    """A number that measures something, with its unit and whom it describes."""

    start: Offset
    end: Offset
    text: str
    value: float | int
    value_max: float | int | None = None
    unit: str | None = None
    comparator: Comparator = "="
    indicator: Indicator = "other"
    holder: str | None = None
    platform: str | None = None


class AwardRef(Struct, frozen=True, kw_only=True):
    """An award: its id in the catalogue, null for one that the catalogue does not know."""

    id: str | None = None
    name: str


class Days(Struct, frozen=True, kw_only=True):
    """A period of days, both ends included."""

    first_day: date
    last_day: date


class Evidence(Struct, frozen=True, kw_only=True):
    """Where the text says it, and which words gave what (`reason`, in French for those who check it)."""

    start: Offset
    end: Offset
    text: str
    reason: str | None = None


class Distinction(Struct, frozen=True, kw_only=True):
    """One fact of the nominee database: who got what, asserted by the text."""

    recipient: Collectivity
    award: AwardRef
    organiser: str | None = None
    edition: int | None = None
    category: str | None = None
    level: str | None = None
    status: Status
    object: str | None = None
    decided: Days | None = None
    evidence: tuple[Evidence, ...] = ()
    score: Score = UNSET


class Event(Struct, frozen=True, kw_only=True):
    """Something named that takes place: a ceremony, a salon, a festival."""

    name: str
    ordinal: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: Collectivity | None = None
    start: Offset
    end: Offset
    text: str


class Record(Struct, frozen=True, kw_only=True):
    """All that beffroi says of one release."""

    schema_version: str = SCHEMA_VERSION
    release: Release
    announcement: Announcement
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    distinctions: tuple[Distinction, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """The record as one line of JSON (UTF-8, no line end); the same record gives the same bytes."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, line: bytes | str) -> Record:
        """Read a record back.  Raises `msgspec.ValidationError` when the line is not one."""
        return msgspec.json.decode(line, type=cls)

    def _repr_html_(self) -> str:
        """The release with its facts highlighted, for notebooks."""
        from pipeline.show import fragment

        return fragment(self)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record, made from the types above."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "beffroi record", **schema}
