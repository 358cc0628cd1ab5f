"""Web pages: the article's text by trafilatura; title, day and publisher from metadata and from what is shown."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.read.bulletin import parts_of
from pipeline.read.incoming import Content, ReadError
from pipeline.read.options import Limits

_DAY_META = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "dcterms.date",
    "publish-date",
    "pubdate",
)
_BLANK_LINES = re.compile(r"\n{3,}")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
    )
)
_BLANK_LINES = re.compile(r"\n{3,}")
_SEPARATOR = re.compile(r"\s+[-–—|/·»:]\s+")
_LETTERS = re.compile(r"\W+")
_MOST_NOISE = 0.5  # share of a page's words that an element may hold and still be left out for its name
_LONGEST_LINE = 80  # characters of a line that shows the day, of a heading that announces other pages
_LONGEST_TITLE = 300
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr", "td")
_SMALL = 40  # words of a box


@cache
def _names() -> dict[str, Any]:
    """The patterns of data/pages.yaml."""
    told = yaml.safe_load((Path(__file__).parent / "data" / "pages.yaml").read_text(encoding="utf-8"))
    return {
        name: re.compile(
            value.replace(" ", "") if name == "noise" else value.replace("| ", "|"), re.IGNORECASE
        )
        if isinstance(value, str)
        else tuple(value)
        for name, value in told.items()
    }


def read_html(page: str, limits: Limits | None = None) -> Content:
    """The release of a web page: its title, the line with its day, the article.

    Raises `ReadError` for a page without an article, and for one that is beyond the limits.
    """
    return _whole(page, *_bared(page, limits or Limits()))


def read_page(page: str, limits: Limits | None = None) -> list[Content]:
    """The releases of a web page: most often one, several of a list of news or a bulletin.

    Raises `ReadError` as `read_html` does.
    """
    tree, meta, heading, clean = _bared(page, limits or Limits())
    parts = parts_of(clean)
    if not parts:
        return [_whole(page, tree, meta, heading, clean)]
    site = meta.get("site") or _site_of_title(tree, meta, heading)
    hints = tuple(value for value in (site, meta.get("url"), heading) if value)
    return [Content(one.text, one.title, one.day or meta.get("published"), hints=hints) for one in parts]


def _bared(page: str, limits: Limits) -> tuple[Any, dict[str, str], str | None, Any]:
    """The tree of a page, what its head tells, its heading, and the tree without what is no release."""
    tree = tree_of(page, limits)
    meta = _metadata(tree)
    heading = _heading(tree, meta)
    return tree, meta, heading, _without_noise(copy.deepcopy(tree), heading)


def tree_of(page: str, limits: Limits) -> Any:
    """The tree of a page.  Raises `ReadError` for one that is beyond the limits."""
    from lxml import html as lxml_html

    if page.count("<") > limits.tags:
        raise ReadError(
            "too-large", f"more than {limits.tags:,} tags; is it one release? --max-tags allows more"
        )
    if deepest(page, limits.depth) > limits.depth:
        raise ReadError(
            "too-deep", f"more than {limits.depth:,} elements in one another; --max-depth allows more"
        )
    try:
        return lxml_html.fromstring(
            page.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise ReadError("html", f"no page in it ({error})") from error


def _whole(page: str, tree: Any, meta: dict[str, str], heading: str | None, clean: Any) -> Content:
    """A page as one release."""
    day, line = _shown_day(tree, meta.get("published"))
    site = meta.get("site") or _site_of_title(tree, meta, heading)
    text = _article(tree, clean)
    if not text.strip():
        raise ReadError("no-text", "the page holds no text; was it drawn by a script? save the rendered page")
    return Content(
        _put_together(heading, line, text),
        title=heading or meta.get("title"),
        published=meta.get("published") or day or _searched_day(page),
        hints=tuple(str(value) for value in (site, meta.get("url")) if value),
    )


def _put_together(heading: str | None, line: str | None, text: str) -> str:
    """The text with the title first and the line of the day behind it, where the extractor left them out."""
    text = _BLANK_LINES.sub("\n\n", text.strip())
    start = _plain(text[: len(heading or "") + 200])
    if heading and _plain(heading) not in start:
        return "\n\n".join(filter(None, (heading, line, text)))
    if heading and line and _plain(line) not in _plain(text):
        first, _, rest = text.partition("\n")
        if _plain(first) == _plain(heading):
            return f"{first}\n\n{line}\n\n{rest.strip()}"
    elif line and not heading and _plain(line) not in _plain(text):
        return f"{line}\n\n{text}"
    return text


def _article(tree: Any, clean: Any) -> str:
    """The article of a page, from the tree whose menus, neighbours and notices were taken out."""
    import trafilatura

    tables = [_rows_of(table) for table in clean.iter("table") if not table.xpath(".//table | .//a")]
    text = trafilatura.extract(
        clean,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
        output_format="txt",
    )
    if not text or not text.strip():
        return _bare(tree)
    # a list of laureates in a block of its own is sometimes taken for no part of the article
    there = _plain(text)
    missed = [rows for rows in tables if len(rows) > 1 and not any(_plain(row) in there for row in rows)]
    return "\n\n".join([text, *("\n".join(rows) for rows in missed)])


def _rows_of(table: Any) -> list[str]:
    rows = (
        [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    )
    return [" | ".join(cells) for cells in rows if any(cells)]


def _without_noise(tree: Any, heading: str | None) -> Any:
    """The tree without elements whose name or heading says that they are no release.

    What holds the title, or half of all words, stays whatever it is called.
    """
    names = _names()
    whole = max(len(tree.text_content()), 1)
    title = _plain(heading or "")

    def may_go(node: Any) -> bool:
        words = node.text_content()
        if len(words) > _MOST_NOISE * whole:
            return False
        holds = node.tag in ("h1", "h2") or node.xpath(".//h1 | .//h2[@itemprop]")
        return not (title and holds and title in _plain(words))

    doomed = []
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in ("html", "body", "head", "main", "article"):
            continue
        called = _called(node)
        if node.tag in names["elements"] or names["noise"].search(called):
            if node.tag in ("script", "style") or may_go(node):
                doomed.append(node)
        elif names["boxes"].search(called) and len(node.text_content().split()) < _SMALL and may_go(node):
            doomed.append(node)
        elif node.tag in ("h2", "h3", "h4", "h5", "p") and _announces(node):
            doomed.extend(one for one in _announced(node) if one is node or may_go(one))
    for node in doomed:
        if node.getparent() is not None:
            node.drop_tree()
    _unframe(tree)
    return tree


def _unframe(tree: Any) -> None:
    """Tables that only place things on the page made blocks: their cells are no cells of a row."""
    frames = {table for table in tree.iter("table") if _is_frame(table)}
    for part in list(tree.iter(*_TABLE_PARTS)) if frames else ():
        if next(part.iterancestors("table"), None) in frames:
            part.tag = "div"
    for table in frames:
        table.tag = "div"


def _is_frame(table: Any) -> bool:
    """Whether a table holds tables or headings, or is one cell."""
    if next(table.iter("th", "caption"), None) is not None:
        return False
    inner = next((one for one in table.iterdescendants("table", "h1", "h2", "h3")), None)
    cells = table.iterdescendants("td")
    return inner is not None or (next(cells, None) is not None and next(cells, None) is None)


def _called(node: Any) -> str:
    return " ".join(node.get(name, "") for name in ("class", "id", "role", "data-hook")).lower()


def _announces(node: Any) -> bool:
    """Whether a line is the heading of links to other pages."""
    words = " ".join(node.text_content().split())
    return len(words) < _LONGEST_LINE and bool(_names()["headings"].fullmatch(words))


def _announced(node: Any) -> list[Any]:
    """A heading with what it announces: its whole parent when it is the first thing there, or what follows."""
    parent, follower = node.getparent(), node.getnext()
    first = next((one for one in parent if isinstance(one.tag, str)), None) if parent is not None else None
    if first is node and parent.tag in ("div", "section", "ul"):
        return [node, parent]
    return [node, follower] if follower is not None and follower.tag in ("ul", "ol", "div") else [node]


def _plain(words: str) -> str:
    return _LETTERS.sub(" ", words.lower()).strip()


def deepest(page: str, enough: int) -> int:
    """How many elements lie in one another, counted no further than a little beyond `enough`.

    A cheap count over the tags as they are written: elements whose end may be left out are not counted.
    """
    depth = most = 0
    if page.count("<") <= enough:
        return 0
    for match in _TAG.finditer(page):
        if match[3] or match[2].lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > most:
            most = depth
            if most > enough:
                break
    return most


def _metadata(tree: Any) -> dict[str, str]:
    """Title, day, site and address that the page's head and its linked data give."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        content = (node.get("content") or "").strip()
        if not content:
            continue
        if name in _DAY_META:
            found.setdefault("published", content)
        elif name == "og:title":
            found.setdefault("title", content)
        elif name == "og:site_name":
            found.setdefault("site", content)
        elif name == "og:url":
            found.setdefault("url", content)
    for node in tree.xpath("//script[@type='application/ld+json']"):
        _linked_data(node.text or "", found)
    for node in tree.xpath("//link[@rel='canonical']/@href")[:1]:
        found.setdefault("url", str(node))
    return found


def _linked_data(source: str, found: dict[str, str]) -> None:
    """Title, day and publisher of a schema.org article; a broken block says nothing."""
    try:
        items = list(_items(json.loads(source)))
    except (ValueError, RecursionError):
        return
    named = {
        str(item["@id"]): item["name"]
        for item in items
        if "@id" in item and isinstance(item.get("name"), str)
    }
    for item in items:
        kind = str(item.get("@type", ""))
        if "Article" in kind or "BlogPosting" in kind:
            for name, key in (("datePublished", "published"), ("headline", "headline")):
                if isinstance(item.get(name), str):
                    found.setdefault(key, item[name])
            publisher = item.get("publisher")
            if isinstance(publisher, dict):
                site = publisher.get("name") or named.get(str(publisher.get("@id")))
                if isinstance(site, str):
                    found.setdefault("site", site)


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _items(one)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []))


def _heading(tree: Any, meta: dict[str, str]) -> str | None:
    """The title as the page shows it: the heading that its <title> begins with, else what the metadata say."""
    told = [meta.get("headline"), meta.get("title"), tree.findtext(".//title")]
    starts = [_plain(one) for one in told if one]
    shown: list[str] = []
    for node in tree.xpath("//*[@itemprop='headline'] | //h1 | //h2"):
        words = " ".join(node.text_content().split())
        if words and len(words) <= _LONGEST_TITLE:
            if any(_plain(words) and start.startswith(_plain(words)) for start in starts):
                return words
            if node.tag == "h1":
                shown.append(words)
    if meta.get("headline"):
        return meta["headline"]
    if shown:
        return shown[0]
    title = next((" ".join(one.split()) for one in told if one), None)
    return _SEPARATOR.split(title)[0] if title and not meta.get("title") else title


def _site_of_title(tree: Any, meta: dict[str, str], heading: str | None) -> str | None:
    """The publisher in a <title> such as "Piscine / Actualités / Ville de Nevers": its last part."""
    title = " ".join((tree.findtext(".//title") or "").split())
    if not heading or not title.lower().startswith(heading.lower()):
        return None
    parts = [part.strip() for part in _SEPARATOR.split(title[len(heading) :]) if part.strip(" -–—|/·»:")]
    named = [part for part in parts if not _names()["sections"].fullmatch(part)]
    return named[-1] if named else None


def _shown_day(tree: Any, told: str | None) -> tuple[str | None, str | None]:
    """The day that the page shows near its title, and the line with it ("Publié le 5 mars 2024")."""
    names = _names()
    for node in tree.iter("time", "abbr", "span", "p", "div", "dd", "li", "em", "small"):
        if node.tag != "time" and not names["day"].search(_called(node)):
            continue
        words = " ".join(node.text_content().split())
        parent = node.getparent()
        if node.tag in ("time", "abbr", "span") and parent is not None:
            around = " ".join(parent.text_content().split())
            words = (
                around
                if len(around) <= _LONGEST_LINE and parent.tag not in ("ul", "ol", "dl", "tr")
                else words
            )
        if not words or len(words) > _LONGEST_LINE or _is_neighbour(node):
            continue
        day = next((one for one in _written_days(node) if one), None)
        if day is None:
            continue
        if told is None or day[:10] == told[:10]:
            return day, words
    return None, None


def _written_days(node: Any) -> Iterator[str | None]:
    from pipeline.read.shown import day_of_words

    for one in (node, *node.xpath(".//time | .//abbr")):
        for name in ("datetime", "title", "content"):
            written = str(one.get(name) or "").strip()
            if re.match(r"\d{4}-\d{2}-\d{2}", written):
                yield written
    yield day_of_words(node.text_content())


def _is_neighbour(node: Any) -> bool:
    """Whether a day belongs to a list of other pages."""
    noise, elements = _names()["noise"], _names()["elements"]
    for one in node.iterancestors():
        if one.tag in ("body", "main", "article"):
            return False
        if one.tag in elements or noise.search(_called(one)):
            return True
    return False


def _searched_day(page: str) -> str | None:
    """The day that htmldate finds anywhere else in a page: addresses, words, scripts."""
    from htmldate import find_date

    try:
        found = find_date(page, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError):  # htmldate over broken pages: they tell no day
        return None
    return str(found) if found else None


def _bare(tree: Any) -> str:
    """All text of the page but for what is no content."""
    for node in tree.xpath("//script | //style | //nav | //footer | //header | //noscript"):
        node.drop_tree()
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)
