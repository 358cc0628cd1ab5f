"""Where a fact stands in the original: the web page without its scripts, or the page of the PDF.

The original is found, parsed and drawn in the process that reads documents (`pipeline.read.child`), within limits of
time and memory: a hostile file stops nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from pipeline.database import Database
from pipeline.database.rows import Row, row
from pipeline.database.schema import releases, sources
from pipeline.read import Limits, Options
from pipeline.read.child import show
from pipeline.read.incoming import ReadError
from pipeline.read.passage import Asked, Piece, Shown
from pipeline.review.templates import render

router = APIRouter()

#: Kinds of originals that have no place of their own to be shown: a text is the record's, a table has no pages.
_NEVER = (
    ".txt", ".md", ".text", ".docx", ".odt", ".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".parquet", ".xml", ".rss", ".atom",
)  # fmt: skip
_NUMBERS = re.compile(r"(?:#[1-9]\d*)+$")
_LIMITS = Options(limits=Limits(seconds=20, memory=2_000_000_000), french_only=False)
#: What the reading process says of itself, for staff.
_SAID = {
    "too-slow": "l’original demande trop de temps pour être montré",
    "reader-died": "l’original fait échouer son lecteur",
    "too-large": "l’original est trop grand pour être montré",
    "too-deep": "l’original est trop imbriqué pour être montré",
}
#: What is built anew of a page: these elements, without a single attribute.
_KEPT = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "pre",
        "em",
        "strong",
        "b",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "small",
        "figure",
        "figcaption",
        "article",
        "section",
        "main",
        "div",
        "span",
        "time",
        "address",
    ]
)


def can_show(named: list[str]) -> bool:
    """Whether one of the sources may be a page, a PDF or a mail, itself or in an archive."""
    return any(_may_show(name) for name in named)


def _may_show(name: str) -> bool:
    bare = _NUMBERS.sub("", name).lower()
    last = re.split("[/\\\\]", bare)[-1]
    return "#http" in bare or ("." in last and not last.endswith(_NEVER))


@router.get("/communiques/{release}/original")
def original_page(request: Request, release: str, debut: int = 0, fin: int = 0) -> Response:
    """The original of a release, with a span of its text marked (``?debut=10&fin=42``)."""
    found, told = _shown(request.app.state.database, release, debut, fin)
    said: dict[str, Any] = {"release": found, "source": told.source, "debut": debut, "fin": fin}
    if told.kind == "page":
        markup = Markup(safe_markup(told.pieces, told.ranges))
        said |= {"markup": markup, "where": told.elements[:1], "pages": []}
    else:
        pages = sorted({box.page for box in told.boxes}) or [1]
        said |= {"pages": pages, "where": told.boxes[:1], "markup": None}
    return render(request, "original.html", **said)


@router.get("/communiques/{release}/original/page-{page}.png")
def original_picture(request: Request, release: str, page: int, debut: int = 0, fin: int = 0) -> Response:
    """A page of a PDF as a picture, with a span of the release's text marked."""
    _, told = _shown(request.app.state.database, release, debut, fin, page)
    return Response(told.picture, media_type="image/png")


def _shown(
    database: Database, release: str, start: int, end: int, page: int | None = None
) -> tuple[Row, Shown]:
    """The release, and its first original that can be shown.  Raises `HTTPException`.

    Only what a run has read can be asked for, and only if it still holds the release's words.
    """
    with database.reading() as connection:
        found = row(connection, select(releases).where(releases.c.id == release))
        named = sorted(
            connection.execute(select(sources.c.source).where(sources.c.release == release)).scalars()
        )
    if found is None:
        raise HTTPException(404, "Ce communiqué n’est pas dans la base.")
    asked = tuple(name for name in named if _may_show(name))
    if not asked:
        raise HTTPException(404, "L’original n’est ni une page HTML, ni un PDF, ni un mail.")
    start, end = (min(max(one, 0), len(found["text"] or "")) for one in (start, end))
    try:
        return found, show(Asked(asked, found["text"] or "", start, end, page), _LIMITS)
    except ReadError as error:
        told = _SAID.get(error.kind)
        raise HTTPException(404, f"{asked[0]} : {told}." if told else f"{error}.") from error


def safe_markup(pieces: Iterable[Piece], ranges: list[tuple[int, int]]) -> str:
    """The page's words in their headings, lists and tables, the ranges marked; the first mark is ``#ici``.

    It is built anew, from the elements of a list and without attributes: nothing of the page can run,
    load or point anywhere.
    """
    marks = _Marks(sorted(ranges))
    written: list[str] = []
    for piece in pieces:
        if piece.text:
            written.append(marks.put(piece.start, piece.text))
        elif piece.tag in _KEPT:
            written.append(f"</{piece.tag}>" if piece.ends else f"<{piece.tag}>")
        elif piece.tag == "br" and not piece.ends:
            written.append("<br>")
    return "".join(written)


class _Marks:
    """Puts marks into pieces of text; the first is where the page is opened."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = ranges
        self._first = True

    def put(self, start: int, text: str) -> str:
        """The text escaped, with what of the ranges falls into it (`start` is its offset) marked."""
        written = []
        at = 0
        for low, high in self._ranges:
            low, high = max(low - start, at), min(high - start, len(text))
            if low >= high:
                continue
            name = ' id="ici"' if self._first else ""
            self._first = False
            written += [escape(text[at:low]), f'<mark class="here"{name}>', escape(text[low:high]), "</mark>"]
            at = high
        return "".join([*written, escape(text[at:])])
