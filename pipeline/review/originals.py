"""Where a fact stands in the original: the web page without its scripts, or the page of the PDF."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
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
from pipeline.read.incoming import ReadError
from pipeline.read.origin import HtmlOrigin, PdfOrigin, origin_of
from pipeline.review.templates import render

router = APIRouter()

_SHOWN = (".html", ".htm", ".xhtml", ".pdf")
#: Share of a release's letters that its original must hold to be it.
_SAME = 0.6
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
_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "head", "iframe", "object", "svg", "textarea", "select"]
)


def can_show(named: list[str]) -> bool:
    """Whether one of the sources looks like a page or a PDF."""
    return any(name.lower().endswith(_SHOWN) for name in named)


@router.get("/communiques/{release}/original")
def original_page(request: Request, release: str, debut: int = 0, fin: int = 0) -> Response:
    """The original of a release, with a span of its text marked (``?debut=10&fin=42``)."""
    database: Database = request.app.state.database
    found, told, name = _origin(database, release)
    said: dict[str, Any] = {"release": found, "source": name, "debut": debut, "fin": fin}
    try:
        if isinstance(told, HtmlOrigin):
            ranges = told.ranges(debut, fin)
            where = told.places(debut, fin)
            said |= {"markup": Markup(safe_markup(told, ranges)), "where": where[:1], "pages": []}
        else:
            boxes = told.places(debut, fin)
            said |= {"pages": sorted({box.page for box in boxes}) or [1], "where": boxes[:1], "markup": None}
    except ReadError as error:
        raise HTTPException(404, f"{name} : {error}") from error
    return render(request, "original.html", **said)


@router.get("/communiques/{release}/original/page-{page}.png")
def original_picture(request: Request, release: str, page: int, debut: int = 0, fin: int = 0) -> Response:
    """A page of a PDF as a picture, with a span of the release's text marked."""
    _, told, name = _origin(request.app.state.database, release)
    if not isinstance(told, PdfOrigin):
        raise HTTPException(404, f"{name} : ce n’est pas un PDF.")
    try:
        return Response(told.picture(page, told.places(debut, fin)), media_type="image/png")
    except IndexError:
        raise HTTPException(404, f"{name} : pas de page {page}.") from None


def _origin(database: Database, release: str) -> tuple[Row, HtmlOrigin | PdfOrigin, str]:
    """The release, its first original that can be shown, and that one's name.  Raises `HTTPException`."""
    with database.reading() as connection:
        found = row(connection, select(releases).where(releases.c.id == release))
        named = sorted(
            connection.execute(select(sources.c.source).where(sources.c.release == release)).scalars()
        )
    if found is None:
        raise HTTPException(404, "Ce communiqué n’est pas dans la base.")
    why = "L’original n’est ni une page HTML ni un PDF."
    for name in named:
        if not can_show([name]):
            continue
        # only what a run has read can be asked for, and only if it still holds the release's words
        path = Path(name)
        try:
            stamp = path.stat().st_mtime_ns if path.is_file() else 0
            told = _read(path, stamp, found["text"] or "")
            if told.share >= _SAME:
                return found, told, name
            why = f"{name} : le fichier ne contient plus ce communiqué."
        except ReadError as error:
            why = f"{name} : {error}."
    raise HTTPException(404, why)


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int, text: str) -> HtmlOrigin | PdfOrigin:
    """The original; a page and its pictures are asked for one after the other, `stamp` tells a change."""
    return origin_of(path, text)


def safe_markup(origin: HtmlOrigin, ranges: list[tuple[int, int]]) -> str:
    """The page's words in their headings, lists and tables, the ranges marked; the first mark is ``#ici``.

    It is built anew, from the elements of a list and without attributes: nothing of the page can run,
    load or point anywhere.
    """
    texts = {(id(node.element), node.is_tail): node for node in origin.nodes}
    marks = _Marks(sorted(ranges))
    written: list[str] = []
    waiting: list[tuple[object, bool]] = [(origin.tree, False)]
    while waiting:
        element, leaving = waiting.pop()
        tag = getattr(element, "tag", None)
        kept = tag if isinstance(tag, str) and tag in _KEPT else None
        if leaving:
            if kept:
                written.append(f"</{kept}>")
            node = texts.get((id(element), True))
            if node is not None:
                written.append(marks.put(node.start, node.text))
            continue
        waiting.append((element, True))
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            continue
        if kept:
            written.append(f"<{kept}>")
        elif tag == "br":
            written.append("<br>")
        node = texts.get((id(element), False))
        if node is not None:
            written.append(marks.put(node.start, node.text))
        waiting.extend((child, False) for child in reversed(list(element)))  # type: ignore[call-overload]
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
