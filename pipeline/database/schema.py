"""The tables of the nominee database, on SQLite and PostgreSQL alike.

What a run says of a release stands in the tables of `pipeline.write.columns`, under the same names.
`distinctions` holds more: what people decided of each fact, and beside it what the machine says now.
`nominees` gathers the distinctions that tell of the same thing; it is worked out, never written by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)

from pipeline.write.columns import TABLES

#: The migration that these tables are the end of (`migrations/versions`).
REVISION = "0003"

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_name)s",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_name)s_key",
        "pk": "%(table_name)s_pkey",
    }
)

_TYPES = {"text": Text, "integer": Integer, "number": Float, "date": Date}


def _said(table: str, *without: str) -> list[Column[Any]]:
    """The columns of a run's table."""
    return [
        Column(column.name, _TYPES[column.type]()) for column in TABLES[table] if column.name not in without
    ]


def _release() -> Column[Any]:
    return Column("release", Text, ForeignKey("releases.id"), nullable=False, index=True)


runs = Table(
    "runs", METADATA,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),  # empty while it runs, and when it was cut off
    Column("version", String(32), nullable=False),
    Column("options", JSON, nullable=False),
    Column("releases", Integer, nullable=False, default=0),
    Column("distinctions", Integer, nullable=False, default=0),
)  # fmt: skip

releases = Table(
    "releases", METADATA,
    # a number of its own: the full-text index refers to it
    Column("number", Integer, primary_key=True),
    Column("id", Text, unique=True, nullable=False),
    *_said("releases", "id"),
    Column("run", Integer, ForeignKey("runs.id"), index=True),
    Column("checked_by", Text, index=True),  # who vouches that its distinctions are all there and right
    Column("checked_at", String(32)),
)  # fmt: skip

sources = Table(
    "sources", METADATA,
    Column("release", Text, ForeignKey("releases.id"), primary_key=True),
    Column("source", Text, primary_key=True),
)  # fmt: skip

MENTIONS = {
    name: Table(name, METADATA, _release(), *_said(name, "release"))
    for name in ("places", "dates", "quantities", "events")
}

distinctions = Table(
    "distinctions", METADATA,
    Column("id", String(20), primary_key=True),
    _release(),
    *_said("distinctions", "release"),
    Column("departement", Text),
    Column("region", Text),
    Column("published", Date),
    Column("subject", String(20), nullable=False, index=True),  # recipient, award and edition together
    Column("nominee", String(20), index=True),
    # open, accepted, corrected, rejected or added: see pipeline.database.decide
    Column("state", String(10), nullable=False, default="open"),
    Column("machine", JSON(none_as_null=True)),  # what the last run says; null when it says nothing
    Column("decided_on", JSON(none_as_null=True)),  # what the machine said when a person decided
    Column("differs", Boolean, nullable=False, default=False),  # the last run disagrees with a person
    Column("spans", JSON, nullable=False),  # [[start, end, reason], …] in the release's text
    Column("priority", Float, nullable=False, default=0.0),  # what is most worth checking comes first
    Column("version", Integer, nullable=False, default=1),
    Column("reviewer", Text),
    Column("reviewed_at", String(32)),
    Index("distinctions_work", "state", "priority", "id"),
    Index("distinctions_differs", "differs"),
    *(Index(f"distinctions_{name}", name, "state", "priority", "id")
      for name in ("recipient_code", "recipient_name", "award_id", "award_name", "edition", "status", "departement", "region",
                   "published", "level", "category")),
)  # fmt: skip

nominees = Table(
    "nominees", METADATA,
    Column("id", String(20), primary_key=True),
    Column("subject", String(20), nullable=False, index=True),
    *(Column(name, Text) for name in (
        "recipient_kind", "recipient_code", "recipient_name", "departement", "region", "award_id", "award_name")),
    Column("edition", Integer),
    Column("category", Text),
    Column("level", Text),
    Column("status", Text),
    Column("course", Text),  # how the status went on: "2021-03-02 candidate; 2021-06-10 awarded"
    Column("first_day", Date),  # publication days of the first and the last release that tell it
    Column("last_day", Date),
    Column("releases", Integer, nullable=False),
    Column("score", Float),
    Column("state", String(10), nullable=False),  # open, part or done
    Column("contradiction", Text),
    Index("nominees_place", "recipient_code", "edition"),
    Index("nominees_other", "recipient_name"),
    Index("nominees_award", "award_id", "edition"),
    *(Index(f"nominees_{name}", name, "status") for name in ("departement", "edition", "award_name")),
    *(Index(f"nominees_{name}", name)
      for name in ("region", "status", "state", "last_day", "contradiction", "level", "category")),
)  # fmt: skip

reviews = Table(
    "reviews", METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(10), nullable=False),
    Column("distinction", String(20), nullable=False, index=True),
    Column("release", Text, nullable=False, index=True),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("why", Text),
    Column("undone_by", Integer),
    Index("reviews_who", "who", "id"),
)  # fmt: skip

#: Full-text search over title and text; each statement for its own kind of database.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE releases_search USING fts5(title, text, content='releases',
    content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER releases_search_insert AFTER INSERT ON releases BEGIN
    INSERT INTO releases_search(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
    """CREATE TRIGGER releases_search_delete AFTER DELETE ON releases BEGIN
    INSERT INTO releases_search(releases_search, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text); END""",
    """CREATE TRIGGER releases_search_update AFTER UPDATE OF title, text ON releases BEGIN
    INSERT INTO releases_search(releases_search, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO releases_search(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
)
POSTGRES_VECTOR = "to_tsvector('french', coalesce(releases.title, '') || ' ' || releases.text)"
POSTGRES_SEARCH = (f"CREATE INDEX releases_search ON releases USING gin ({POSTGRES_VECTOR})",)

_ddl: Callable[[str], DDL] = DDL  # its constructor is not typed

for _dialect, _statements in (("sqlite", SQLITE_SEARCH), ("postgresql", POSTGRES_SEARCH)):
    for _statement in _statements:
        event.listen(releases, "after_create", _ddl(_statement).execute_if(dialect=_dialect))
