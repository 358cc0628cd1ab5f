"""Several releases on one web page: a list of news in full, a bulletin, a newsletter.

A page is parted only where it is certain.  Its releases lie beside one another in one element, each opens with a heading
of the same level (or with "Communiqué de presse n° 12", or behind a rule), each is long enough to be one, and each
shows that it is one: it is an ``<article>``, or has a day of publication of its own.  Next to nothing may stand
around them: a title with an introduction above sections with headings is one release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.read.digests import BEGINNING, FEWEST_WORDS, Lines, bare, patterns
from pipeline.read.shown import day_of_words

#: Words that may stand around the releases, links not counted: a title, a greeting.
_MOST_AROUND = 2 * FEWEST_WORDS
#: The same where a release shows but a bare day, as the sections of a programme do: no more than a title.
_MOST_TITLE = 15
#: Words of a release that only announces a page, at most.
_TEASER = 60
_LEVELS = ("h1", "h2", "h3", "h4")
_HEADINGS = (*_LEVELS, "h5", "h6")
_LONGEST_HEADING = 300  # characters
_MOST = 500  # releases of one page
_ARTICLE = re.compile(r"Article|BlogPosting")
_SILENT = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "textarea", "select")
_PARAGRAPHS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl",
    "table", "blockquote", "pre", "figure", "address", "hr",
))  # fmt: skip
_LINES = frozenset(("li", "dt", "dd", "tr", "br", "caption", "figcaption", "option", "center"))


@dataclass(frozen=True, slots=True)
class Part:
    """One release of a page: its heading, its text, the day (ISO 8601) that it shows."""

    title: str | None
    text: str
    day: str | None


@dataclass(frozen=True, slots=True)
class _Section:
    """Elements beside one another that make one release; `heading` is None where a rule opens it."""

    nodes: tuple[Any, ...]
    heading: Any | None
    lines: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)


class Words:
    """How many words each element of a page holds, links not counted, worked out in one pass."""

    def __init__(self, tree: Any) -> None:
        self._held = [
            one for one in tree.iter() if isinstance(one.tag, str)
        ]  # keeps the elements' identities
        self._counts: dict[Any, int] = {}
        linked = {inner for one in self._held if one.tag == "a" for inner in one.iter()}
        for one in reversed(self._held):
            count = len((one.text or "").split()) if one not in linked else 0
            for child in one:
                count += self._counts.get(child, 0)
                count += len((child.tail or "").split()) if one not in linked else 0
            self._counts[one] = count if one.tag not in _SILENT else 0

    def of(self, element: Any) -> int:
        """The words in an element."""
        return self._counts.get(element, 0)


def parts_of(tree: Any) -> list[Part]:
    """The releases of a page whose menus and neighbours were taken out; none when it holds one release."""
    told = patterns()
    body = tree.find(".//body") if tree.tag == "html" else tree
    body = tree if body is None else body
    counts: Words | None = None
    for starters in _starters(body, told):
        if not 2 <= len(starters) <= _MOST:
            continue
        counts = counts or Words(body)
        for container, kids in _containers(starters, body):
            around = _around(body, container, counts)
            if around > _MOST_AROUND:
                continue
            sections, masthead = _sections(container, kids, set(starters), told)
            if _certain(sections, kids, around + masthead, told):
                return [_part(section, told) for section in sections]
    return []


def _starters(body: Any, told: Lines) -> Iterator[list[Any]]:
    """Elements that may open a release: headings level by level, heads, rules."""
    by_tag: dict[str, list[Any]] = {}
    for one in body.iter(*_LEVELS, "hr"):
        if one.tag == "hr" or _said(one):
            by_tag.setdefault(one.tag, []).append(one)
    for level in _LEVELS:
        yield by_tag.get(level, [])
    yield [
        one
        for one in body.iter("p", "div", "td", "strong", "b", *_HEADINGS)
        if len(one) <= 3 and 0 < len(words := _said(one)) <= 90 and told.head.fullmatch(bare(words))
    ]
    yield by_tag.get("hr", [])


def _containers(starters: Sequence[Any], body: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Elements with several children in each of which a starter lies, the outermost first, and those children."""
    kids: dict[Any, list[Any]] = {}
    for one in starters:
        child, parent = one, one.getparent()
        while parent is not None and child is not body:
            beside = kids.setdefault(parent, [])
            if beside and beside[-1] is child:
                break  # what lies above has been seen
            beside.append(child)
            child, parent = parent, parent.getparent()
    found = [(parent, beside) for parent, beside in kids.items() if len(beside) > 1]
    yield from sorted(found, key=lambda one: sum(1 for _ in one[0].iterancestors()))[:8]


def _around(body: Any, container: Any, counts: Words) -> int:
    """Words of the page outside the container, its head and foot not counted."""
    inside = {container, *container.iterancestors()}
    edges = sum(
        counts.of(one)
        for one in body.iter("header", "footer")
        if one not in inside and not any(above.tag in ("header", "footer") for above in one.iterancestors())
        and container not in one.iterancestors()
    )  # fmt: skip
    return counts.of(body) - counts.of(container) - edges


def _sections(container: Any, kids: list[Any], starters: set[Any], told: Lines) -> tuple[list[_Section], int]:
    """The releases of a container, and how many words stand before the first and, of frames, behind the last."""
    children = [one for one in container if isinstance(one.tag, str)]
    starts = [children.index(kid) for kid in kids]
    rules = kids[0].tag == "hr"
    if not rules and all(at and _is_day(children[at - 1], told) for at in starts):
        starts = [at - 1 for at in starts]  # the day stands above its heading
    bounds = [*starts, len(children)]
    if rules and starts[0]:
        bounds.insert(0, 0)
    groups = [children[low:high] for low, high in pairwise(bounds)]
    masthead = [] if rules else children[: bounds[0]]
    if all(kid not in starters for kid in kids):  # frames: what stands behind the last belongs to the page
        last = groups[-1].index(kids[-1]) + 1
        behind = groups[-1][last:]
        if len(" ".join(lines_of(behind)).split()) < FEWEST_WORDS:
            masthead, groups[-1] = [*masthead, *behind], groups[-1][:last]
    sections = []
    for group in groups:
        lines = tuple(lines_of(group))
        if lines:
            opening = next((one for node in group for one in node.iter() if one in starters), None)
            sections.append(_Section(tuple(group), None if rules else opening, lines))
    return sections, len(" ".join(lines_of(masthead)).split())


def _certain(sections: list[_Section], kids: list[Any], around: int, told: Lines) -> bool:
    """Whether each section is a release of its own."""
    if len(sections) < 2 or around > _MOST_AROUND:
        return False
    for section in sections:
        title = _said(section.heading) if section.heading is not None else ""
        if len(title) > _LONGEST_HEADING or section.words - len(title.split()) < FEWEST_WORDS:
            return False
    teasers = [_is_teaser(section, told) for section in sections]
    if any(teasers) and not all(teasers):
        return False  # one release, and beside it what leads to others
    heads = [
        section.heading is not None and told.head.fullmatch(bare(_said(section.heading)))
        for section in sections
    ]
    if all(heads):
        return True
    if all(_is_article(kid) for kid in kids):
        return True
    if any(section.heading is not None and _is_day(section.heading, told) for section in sections):
        return False  # the days of a programme
    if all(_is_published(section, told) for section in sections):
        return True
    return around <= _MOST_TITLE and all(_has_day(section, told) for section in sections)


def _is_article(element: Any) -> bool:
    return element.tag == "article" or bool(_ARTICLE.search(element.get("itemtype") or ""))


def _is_published(section: _Section, told: Lines) -> bool:
    """Whether a section shows a day of publication: as such, in a machine's form, or in a dateline."""
    if any(told.published.fullmatch(bare(line)) for line in section.lines):
        return True
    return any(
        re.match(r"\d{4}-\d\d-\d\d", one.get("datetime") or "")
        for node in section.nodes
        for one in node.iter("time")
    ) or any(told.dateline.match(bare(line)) and ", le " in bare(line) for line in section.lines[:BEGINNING])


def _has_day(section: _Section, told: Lines) -> bool:
    """Whether a day stands beside the heading of a section."""
    return any(told.dateline.fullmatch(bare(line)) for line in section.lines[:3])


def _is_day(element: Any, told: Lines) -> bool:
    words = _said(element)
    return 0 < len(words) <= 80 and bool(
        told.dateline.fullmatch(bare(words)) or told.published.fullmatch(bare(words))
    )


def _is_teaser(section: _Section, told: Lines) -> bool:
    return section.words <= _TEASER and any(
        told.more.fullmatch(bare(_said(link))) for node in section.nodes for link in node.iter("a")
    )


def _part(section: _Section, told: Lines) -> Part:
    title = _said(section.heading) if section.heading is not None else None
    if title is not None and told.head.fullmatch(bare(title)):
        title = None  # "Communiqué de presse n° 12" names nothing
    lines = [line for line in section.lines if not told.more.fullmatch(bare(line))]
    return Part(title, "\n".join(lines).strip("\n"), _day_of(section, told))


def _day_of(section: _Section, told: Lines) -> str | None:
    """The day that a section shows as its own."""
    for node in section.nodes:
        for one in node.iter("time"):
            written = one.get("datetime") or ""
            if re.match(r"\d{4}-\d\d-\d\d", written):
                return written[:10]
    lines = [line for line in section.lines if told.published.fullmatch(bare(line))]
    lines += [line for line in section.lines[:BEGINNING] if told.dateline.match(bare(line))]
    return next((day for line in lines if (day := day_of_words(line[:120]))), None)


def _said(element: Any) -> str:
    return " ".join(element.text_content().split())


def lines_of(nodes: Sequence[Any]) -> list[str]:
    """The words of elements as lines, an empty one between paragraphs; cells of a row are parted by " | "."""
    written: list[str] = []
    for node in nodes:
        written.append("\n\n")
        for words in _pieces(node):
            written.append(words)
        written.append("\n\n")
    lines = [" ".join(line.split()) for line in re.sub(r"[ \t\r\f\v]+", " ", "".join(written)).split("\n")]
    found: list[str] = []
    for line in lines:
        line = line.strip("| ").strip()
        if line or (found and found[-1]):
            found.append(line)
    return found[:-1] if found and not found[-1] else found


def _pieces(root: Any) -> Iterator[str]:
    """Words and the breaks among them, in order; without recursion, since pages are as deep as they like."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        element, leaving = waiting.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        mark = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""
        if tag in ("td", "th"):
            mark = " | " if _in_table_of_words(element) else "\n\n"
        if leaving:
            yield mark
            if element is not root and element.tail:
                yield _flat(element.tail)
            continue
        waiting.append((element, True))
        if not tag or tag in _SILENT:
            continue
        yield mark if tag not in ("td", "th") or mark != " | " else ""
        if element.text:
            yield _flat(element.text)
        waiting.extend((child, False) for child in reversed(element))


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _in_table_of_words(cell: Any) -> bool:
    """Whether a cell is one of a table with rows of short cells, and not the frame of a letter."""
    row = cell.getparent()
    cells = [one for one in row if one.tag in ("td", "th")] if row is not None else []
    return len(cells) > 1 and not any(
        len(one.text_content()) > 200 or one.find(".//p") is not None or one.find(".//table") is not None
        for one in cells
    )
