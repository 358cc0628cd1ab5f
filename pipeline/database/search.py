"""Looking things up: filters that every list and export shares, lists by pages, palmarès, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Table,
    TextClause,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)

from pipeline.awards import catalogue
from pipeline.database.rows import Row, row, rows
from pipeline.database.schema import POSTGRES_VECTOR, distinctions, nominees, releases, sources

#: Rows on a page of a list.
PAGE = 50
#: Totals are counted up to here: beyond, "more than" is enough for a person and spares the database.
COUNTED = 2000
_WORD = re.compile(r"\w+")
#: A code alone, "departement:30", or either behind a name: "Fos-sur-Mer (13039)".
_CODE = re.compile(r"(?:^|\()(?:(?P<kind>departement|region):)?(?P<code>\d[\dAB]\d*)\)?$")
#: Where more releases than this hold the words, each row is asked rather than the releases listed.
_BROAD = 3000

Reviewed = Literal["", "open", "done", "differs", "contradiction", "rejected"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; "" and None mean no narrowing.  Made from an address by `of`."""

    q: str = ""  # words of the release
    recipient: str = (
        ""  # code ("departement:30" where two kinds share one), or the name of one without a code
    )
    departement: str = ""
    region: str = ""
    award: str = ""  # id, or the name of one without an id
    edition: int | None = None
    status: str = ""
    level: str = ""
    category: str = ""
    since: date | None = None  # publication days
    until: date | None = None
    below: float | None = None  # score below this
    reviewed: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """From the parameters of an address; a value that can't be read narrows nothing."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            raw = query.get(field.name, "").strip()[:200]
            if not raw:
                continue
            read = _READ.get(field.name, str)
            try:
                found[field.name] = read(raw.replace(",", ".") if read is float else raw)
            except ValueError:
                continue
        return cls(**found)

    def query(self, **changes: Any) -> dict[str, str]:
        """Parameters of an address that gives these filters back."""
        changed = replace(self, **changes)
        told = {field.name: getattr(changed, field.name) for field in fields(changed)}
        return {name: str(value) for name, value in told.items() if value not in ("", None)}

    def __bool__(self) -> bool:
        return bool(self.query())


_READ: Mapping[str, Any] = {
    "edition": int, "since": date.fromisoformat, "until": date.fromisoformat, "below": float,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `total` stops at `COUNTED`."""

    rows: list[Row]
    number: int
    total: int

    @property
    def more(self) -> bool:
        """Whether there are rows behind this page."""
        return self.total > self.number * PAGE or (self.total >= COUNTED and len(self.rows) == PAGE)

    @property
    def counted(self) -> str:
        """The total as staff read it."""
        return f"plus de {COUNTED:,}".replace(",", " ") if self.total >= COUNTED else str(self.total)


def _conditions(connection: Connection, table: Table, filters: Filters) -> Iterator[ColumnElement[bool]]:
    column = table.c
    for name in ("departement", "region", "edition", "status"):
        if wanted := getattr(filters, name):
            yield column[name] == wanted
    for name in ("level", "category"):
        if wanted := getattr(filters, name):
            # the few values there are, found in their index, then the rows that have them
            held = select(column[name]).where(column[name].ilike(f"%{_escaped(wanted)}%", escape="\\"))
            yield column[name].in_(held.distinct())
    if filters.recipient:
        if coded := _CODE.search(filters.recipient):
            yield column.recipient_code == coded["code"]
            if coded["kind"]:
                yield column.recipient_kind == coded["kind"]
        else:
            yield column.recipient_name == filters.recipient
    if filters.award:
        known = filters.award in catalogue()
        yield (column.award_id if known else column.award_name) == filters.award
    if filters.below is not None:
        yield column.score < filters.below
    if filters.q:
        yield from _about(connection, table, filters.q)
    yield from _days(table, filters)
    yield from _reviewed(table, filters.reviewed)


def _escaped(words: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", words)


def _days(table: Table, filters: Filters) -> Iterator[ColumnElement[bool]]:
    first, last = (
        (table.c.first_day, table.c.last_day) if table is nominees else (table.c.published, table.c.published)
    )
    if filters.since:
        yield last >= filters.since
    if filters.until:
        yield first <= filters.until


def _reviewed(table: Table, reviewed: str) -> Iterator[ColumnElement[bool]]:
    if table is nominees:
        if reviewed == "open":
            yield table.c.state.in_(("open", "part"))
        elif reviewed == "done":
            yield table.c.state == "done"
        elif reviewed == "contradiction":
            yield table.c.contradiction.is_not(None)
        elif reviewed == "differs":
            yield exists().where(distinctions.c.nominee == table.c.id, distinctions.c.differs.is_(True))
        return
    if reviewed == "open":
        yield table.c.state == "open"
    elif reviewed == "done":
        yield table.c.state.in_(("accepted", "corrected", "added"))
    elif reviewed == "rejected":
        yield table.c.state == "rejected"
    elif reviewed == "differs":
        yield table.c.differs.is_(True)
    elif reviewed == "contradiction":
        told = select(nominees.c.id).where(nominees.c.contradiction.is_not(None))
        yield table.c.nominee.in_(told)


def _about(connection: Connection, table: Table, words: str) -> Iterator[ColumnElement[bool]]:
    """Facts whose releases hold all the words; the last may be but begun, unless many releases hold it whole."""
    found = _WORD.findall(words)
    if not found:
        return
    if connection.dialect.name == "sqlite":
        whole = " ".join(f'"{word}"' for word in found)
        if connection.execute(select(func.count()).select_from(_some(whole))).scalar_one() == _BROAD:
            yield _holds(table, whole)
            return
        beginning: Select[Any] = select(literal_column("rowid")).select_from(text("releases_search"))
        matching = select(releases.c.id).where(releases.c.number.in_(beginning.where(_matches(f"{whole}*"))))
    else:
        vector = text(f"{POSTGRES_VECTOR} @@ plainto_tsquery('french', :words)").bindparams(words=words)
        matching = select(releases.c.id).where(vector)
    if table is nominees:
        yield table.c.id.in_(select(distinctions.c.nominee).where(distinctions.c.release.in_(matching)))
    else:
        yield table.c.release.in_(matching)


def _matches(query: str) -> TextClause:
    return text("releases_search MATCH :words").bindparams(words=query)


def _some(query: str) -> Subquery:
    found: Select[Any] = select(literal_column("rowid")).select_from(text("releases_search"))
    return found.where(_matches(query)).limit(_BROAD).subquery()


def _holds(table: Table, query: str) -> ColumnElement[bool]:
    """Whether the release of a row holds the words: asked row by row, until the page is full."""
    of_this = text("releases_search.rowid = releases.number")
    held: Select[Any] = select(literal_column("1")).select_from(releases, text("releases_search"))
    held = held.where(_matches(query), of_this, releases.c.id == distinctions.c.release)
    if table is nominees:
        held = held.where(distinctions.c.nominee == nominees.c.id)
    return exists(held.correlate(table))


def work(connection: Connection, filters: Filters, page: int = 1) -> Page:
    """Distinctions, what is most worth checking first; without filters, those that nobody has decided on."""
    where = list(_conditions(connection, distinctions, filters))
    if not filters.reviewed:
        where.append(distinctions.c.state == "open")
    return _page(connection, distinctions, where, (distinctions.c.priority.desc(), distinctions.c.id), page)


def list_nominees(connection: Connection, filters: Filters, page: int = 1) -> Page:
    """Nominees, those of the latest releases first."""
    where = list(_conditions(connection, nominees, filters))
    return _page(connection, nominees, where, (nominees.c.last_day.desc(), nominees.c.id), page)


def _page(
    connection: Connection, table: Table, where: list[ColumnElement[bool]], order: tuple[Any, ...], page: int
) -> Page:
    found = select(table).where(*where).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    some = select(literal_column("1")).select_from(table).where(*where).limit(COUNTED).subquery()
    total = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return Page(rows(connection, found), page, total)


def every_nominee(connection: Connection, filters: Filters) -> Iterator[Mapping[str, Any]]:
    """All nominees of a view, streamed, with the names of their sources; by place, award and edition."""
    where = list(_conditions(connection, nominees, filters))
    order = (nominees.c.recipient_name, nominees.c.award_name, nominees.c.edition, nominees.c.id)
    statement = select(nominees).where(*where).order_by(*order).execution_options(yield_per=1000)
    for chunk in connection.execute(statement).mappings().partitions():
        told = select(distinctions.c.nominee, sources.c.source).join(
            sources, sources.c.release == distinctions.c.release
        )
        by_nominee: dict[str, set[str]] = {}
        for said in connection.execute(told.where(distinctions.c.nominee.in_([one["id"] for one in chunk]))):
            by_nominee.setdefault(said.nominee, set()).add(said.source)
        for one in chunk:
            yield {**one, "sources": "\n".join(sorted(by_nominee.get(one["id"], ())))}


def next_work(connection: Connection, filters: Filters, behind: str | None = None) -> Row | None:
    """What is worth checking next under these filters, in another release than `behind`."""
    where = list(_conditions(connection, distinctions, replace(filters, reviewed="")))
    where.append(distinctions.c.state == "open")
    if behind:
        where.append(distinctions.c.release != behind)
    statement = select(distinctions.c.id, distinctions.c.release).where(*where)
    statement = statement.order_by(distinctions.c.priority.desc(), distinctions.c.id).limit(1)
    return row(connection, statement)


def told_by(connection: Connection, where: ColumnElement[bool]) -> list[Row]:
    """Nominees of a palmarès (a town, an award, an edition), latest edition first, at most 500."""
    order = (nominees.c.edition.desc(), nominees.c.award_name, nominees.c.recipient_name, nominees.c.id)
    statement = select(nominees).where(where).order_by(*order).limit(500)
    return rows(connection, statement)


def of_town(kind: str, code: str) -> ColumnElement[bool]:
    """Nominees of one collectivity."""
    return and_(nominees.c.recipient_code == code, nominees.c.recipient_kind == kind)


def of_award(award: str, edition: int | None = None) -> ColumnElement[bool]:
    """Nominees of one award, by its id or, when it has none, its name."""
    named = or_(
        nominees.c.award_id == award, and_(nominees.c.award_id.is_(None), nominees.c.award_name == award)
    )
    return named if edition is None else and_(named, nominees.c.edition == edition)


def facts_of(connection: Connection, nominee_ids: list[str]) -> list[Row]:
    """The distinctions that make up nominees, each with its release's title and source, in order of days."""
    statement = (
        select(distinctions, releases.c.title, releases.c.issuer_name)
        .join(releases, releases.c.id == distinctions.c.release)
        .where(distinctions.c.nominee.in_(nominee_ids))
        .order_by(distinctions.c.published, distinctions.c.id)
    )
    return rows(connection, statement)


def progress(connection: Connection) -> dict[str, int]:
    """How far the review is: distinctions by state, releases, releases vouched for."""
    states = connection.execute(
        select(distinctions.c.state, func.count().label("n")).group_by(distinctions.c.state)
    )
    counted: dict[str, int] = {one.state: one.n for one in states}
    checked = select(func.count()).select_from(releases)
    return {
        **{state: counted.get(state, 0) for state in ("open", "accepted", "corrected", "rejected", "added")},
        "differs": connection.execute(
            select(func.count()).select_from(distinctions).where(distinctions.c.differs.is_(True))
        ).scalar_one(),
        "releases": connection.execute(checked).scalar_one(),
        "checked": connection.execute(checked.where(releases.c.checked_by.is_not(None))).scalar_one(),
    }


_WON = ("awarded", "renewed")


def counts(connection: Connection, filters: Filters, by: str, limit: int | None = None) -> list[Row]:
    """Nominees by a column (``departement``, ``edition``, ``award_name``): how many in all, how many won."""
    column = nominees.c[by]
    won = func.sum(case((nominees.c.status.in_(_WON), 1), else_=0))
    where = [*_conditions(connection, nominees, filters), column.is_not(None)]
    statement = select(column.label("key"), func.count().label("all"), won.label("won")).where(*where)
    statement = statement.group_by(column).order_by(func.count().desc(), column).limit(limit)
    return rows(connection, statement)
