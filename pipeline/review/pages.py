"""What can be read: lists, releases, palmarès, figures, the journal, exports, completions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from pipeline.awards import catalogue
from pipeline.awards import search as search_awards
from pipeline.database import Database, Filters, list_nominees, work
from pipeline.database.export import FORMATS
from pipeline.database.rows import Row, row, rows
from pipeline.database.schema import MENTIONS, distinctions, nominees, releases, reviews, sources
from pipeline.database.search import (
    PAGE,
    counts,
    every_nominee,
    facts_of,
    next_work,
    of_award,
    of_town,
    progress,
    told_by,
)
from pipeline.places import Gazetteer
from pipeline.review.figures import bars, tiles
from pipeline.review.originals import can_show
from pipeline.review.recipients import complete, written
from pipeline.review.templates import address, render
from pipeline.show.marks import Mark, Piece, cut, day_tip

router = APIRouter()


def database_of(request: Request) -> Database:
    """The database that the application was made for."""
    database: Database = request.app.state.database
    return database


def _page(request: Request) -> int:
    number = request.query_params.get("page", "1")
    return min(max(int(number), 1), 100_000) if number.isascii() and number.isdigit() else 1


@cache
def departements() -> Mapping[str, str]:
    """Names of the départements by code."""
    return _names("departement")


@cache
def regions() -> Mapping[str, str]:
    """Names of the régions by code."""
    return _names("region")


def _names(kind: str) -> Mapping[str, str]:
    gazetteer = Gazetteer.load()
    entries = (gazetteer.entry(number) for number in range(len(gazetteer)))
    return {entry.code: entry.name for entry in entries if entry.kind == kind}


@router.get("/")
def home() -> Response:
    """The work list is where everybody begins."""
    return RedirectResponse("/a-verifier", 303)


@router.get("/a-verifier")
def work_list(request: Request) -> Response:
    """Distinctions, what is most worth checking first."""
    filters = Filters.of(request.query_params)
    with database_of(request).reading() as connection:
        return render(
            request, "work.html", page=work(connection, filters, _page(request)), filters=filters,
            progress=progress(connection), path="/a-verifier", formats=FORMATS, **_choices(),
        )  # fmt: skip


@router.get("/nominations")
def nominee_list(request: Request) -> Response:
    """Nominees, filtered, to read or to take away."""
    filters = Filters.of(request.query_params)
    with database_of(request).reading() as connection:
        return render(
            request, "nominees.html", page=list_nominees(connection, filters, _page(request)), filters=filters,
            formats=FORMATS, path="/nominations", **_choices(),
        )  # fmt: skip


def _choices() -> dict[str, Any]:
    return {"departements": departements(), "regions": regions()}


@router.get("/communiques/{release}")
def release_page(request: Request, release: str) -> Response:
    """A release with its facts highlighted, and what can be decided about each."""
    filters = Filters.of(request.query_params)
    with database_of(request).reading() as connection:
        return render(request, "release.html", **release_view(connection, release, filters))


def release_view(connection: Connection, release: str, filters: Filters) -> dict[str, Any]:
    """What the page of a release shows.  Raises `HTTPException` when it is not there."""
    found = row(connection, select(releases).where(releases.c.id == release))
    if found is None:
        raise HTTPException(404, "Ce communiqué n’est pas dans la base.")
    facts = facts_in(connection, release)
    following = next_work(connection, filters, behind=release)
    named = sorted(connection.execute(select(sources.c.source).where(sources.c.release == release)).scalars())
    return {
        "release": found, "facts": facts, "pieces": _pieces(connection, found, facts), "filters": filters,
        "following": following, "sources": named, "original": can_show(named), "written": written, "message": "", "alarm": "",
        "focus": None,
    }  # fmt: skip


def facts_in(connection: Connection, release: str) -> list[Row]:
    """The distinctions of a release, in the order of the text, each with the words that say it."""
    facts = rows(connection, select(distinctions).where(distinctions.c.release == release))
    return sorted(
        facts, key=lambda fact: (min((span[0] for span in fact["spans"]), default=1 << 30), fact["id"])
    )


def _pieces(connection: Connection, release: Row, facts: list[Row]) -> list[Piece]:
    marks = []
    for name, kind in (
        ("places", "place"),
        ("dates", "date"),
        ("quantities", "quantity"),
        ("events", "event"),
    ):
        table = MENTIONS[name]
        for mention in rows(connection, select(table).where(table.c.release == release["id"])):
            marks.append(Mark(mention["start"], mention["end"], kind, _tip(kind, mention)))
    for number, fact in enumerate(facts):
        if fact["state"] != "rejected":
            marks.extend(Mark(start, end, "evidence", "", number) for start, end, _ in fact["spans"])
    return cut(release["text"] or "", marks)


def _tip(kind: str, mention: Row) -> str:
    if kind == "place":
        return f"{mention['name']} ({mention['code'] or mention['kind']})"
    if kind == "date":
        return day_tip(mention["first_day"], mention["last_day"])
    if kind == "quantity":
        return (
            f"{mention['comparator']} {mention['value']:g} {mention['unit'] or ''} ({mention['indicator']})"
        )
    return str(mention["name"])


@router.get("/collectivites/{kind}/{code}")
def town_page(request: Request, kind: str, code: str) -> Response:
    """The palmarès of a collectivity."""
    wanted = f"{kind}:{code}" if kind in ("departement", "region") else code
    entry = Gazetteer.load().find_code(f"{kind}:{code}")
    if entry is None:
        raise HTTPException(404, "Cette collectivité n’est pas dans les listes officielles.")
    where = f"Département {entry.departement}" if entry.departement and kind == "commune" else ""
    with database_of(request).reading() as connection:
        told = told_by(connection, of_town(kind, code))
        return _palmares(request, connection, entry.name, where, told, Filters(recipient=wanted))


@router.get("/prix/{award:path}")
def award_page(request: Request, award: str) -> Response:
    """The palmarès of an award, or of one of its editions (``?edition=2024``)."""
    edition = Filters.of(request.query_params).edition
    known = catalogue().get(award)
    with database_of(request).reading() as connection:
        told = told_by(connection, of_award(award, edition))
        if not told and known is None:
            raise HTTPException(404, "Aucune nomination pour ce prix.")
        about = known.organiser or "" if known else "hors catalogue"
        name = known.name if known else award
        return _palmares(
            request, connection, f"{name} {edition}" if edition else name, about, told,
            Filters(award=award, edition=edition), unknown=None if known else award,
        )  # fmt: skip


def _palmares(
    request: Request, connection: Connection, title: str, about: str, nominated: list[Row],
    filters: Filters, unknown: str | None = None,
) -> Response:  # fmt: skip
    by_nominee: dict[str, list[Row]] = {}
    for fact in facts_of(connection, [one["id"] for one in nominated]):
        by_nominee.setdefault(fact["nominee"], []).append(fact)
    years = Counter(one["edition"] for one in nominated if one["edition"])
    return render(
        request, "palmares.html", title=title, about=about, rows=nominated, told=by_nominee, filters=filters,
        timeline=bars([(str(year), count, _won(nominated, year)) for year, count in sorted(years.items())]),
        rivals=rival_winners(nominated), unknown=unknown, formats=FORMATS,
    )  # fmt: skip


def _won(nominated: list[Row], year: int) -> int:
    return sum(one["edition"] == year and one["status"] in ("awarded", "renewed") for one in nominated)


def rival_winners(nominated: list[Row]) -> list[str]:
    """First places that two releases give to different recipients: one of them must be wrong, or joint."""
    first: dict[tuple[object, ...], set[str]] = {}
    for one in nominated:
        if one["level"] == "1re place" and one["status"] == "awarded" and one["edition"]:
            key = (one["award_name"], one["edition"], one["category"])
            first.setdefault(key, set()).add(one["recipient_name"])
    return [
        f"{award} {edition}{f', {category}' if category else ''} : 1re place à {' et à '.join(sorted(names))}"
        for (award, edition, category), names in sorted(first.items(), key=str)
        if len(names) > 1
    ]


@router.get("/carte")
def figures_page(request: Request) -> Response:
    """The map of the départements, and charts by year and by award."""
    filters = Filters.of(request.query_params)
    with database_of(request).reading() as connection:
        by_departement = {one["key"]: one for one in counts(connection, filters, "departement")}
        years = sorted(counts(connection, filters, "edition"), key=lambda one: one["key"])[-30:]
        awards = counts(connection, filters, "award_name", limit=20)
    return render(
        request, "map.html", filters=filters, path="/carte", tiles=tiles(by_departement, departements()),
        years=bars([(str(one["key"]), one["all"], one["won"]) for one in years]),
        awards=bars([(one["key"], one["all"], one["won"]) for one in awards]), **_choices(),
    )  # fmt: skip


@router.get("/journal")
def journal(request: Request) -> Response:
    """Who decided what, latest first."""
    number = _page(request)
    statement = (
        select(reviews, releases.c.title, releases.c.source)
        .join(releases, releases.c.id == reviews.c.release)
        .order_by(reviews.c.id.desc())
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    )
    with database_of(request).reading() as connection:
        decided = rows(connection, statement)
    return render(request, "journal.html", rows=decided[:PAGE], number=number, more=len(decided) > PAGE)


@router.get("/export/{form}")
def export(request: Request, form: str) -> Response:
    """The nominees under the filters as a file."""
    told = FORMATS.get(form)
    if told is None:
        raise HTTPException(404, "Ce format d’export n’existe pas.")
    filters = Filters.of(request.query_params)

    def content() -> Any:
        with database_of(request).reading() as connection:
            yield from told.write(every_nominee(connection, filters))

    headers = {"Content-Disposition": f'attachment; filename="nominations{told.suffix}"'}
    return StreamingResponse(content(), media_type=told.media_type, headers=headers)


@router.get("/completer/{what}")
def completions(request: Request, what: str) -> Response:
    """Options for a field, as somebody types."""
    words = next(iter(request.query_params.values()), "")[:100].strip()
    options: list[str] = []
    if len(words) >= 2 and what == "collectivites":
        options = complete(words)
    elif len(words) >= 2 and what == "prix":
        options = _award_names(database_of(request), words)
    return render(request, "options.html", options=options)


def _award_names(database: Database, words: str) -> list[str]:
    known = [award.name for award in search_awards(words)][:10]
    statement = select(nominees.c.award_name).where(
        nominees.c.award_id.is_(None), nominees.c.award_name.ilike(f"%{words}%")
    )
    with database.reading() as connection:
        unknown = connection.execute(statement.distinct().limit(5)).scalars().all()
    return [*known, *(name for name in unknown if name not in known)]


@router.get("/suivant")
def following(request: Request) -> Response:
    """The release that is most worth checking next, under the same filters."""
    filters = Filters.of(request.query_params)
    with database_of(request).reading() as connection:
        waiting = next_work(connection, filters, behind=request.query_params.get("apres"))
    if waiting is None:
        return RedirectResponse("/a-verifier", 303)
    query = replace(filters, reviewed="").query()
    return RedirectResponse(
        address(f"/communiques/{waiting['release']}", {**query, "fait": waiting["id"]}), 303
    )
