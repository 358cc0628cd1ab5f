"""A passage of a record's text in the original: what is asked for, and what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Element:
    """A passage in a web page: XPath of the element, and the words in it (`start` and `end` in its text)."""

    path: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A passage on a page of a PDF: page from 1; points from the page's left and upper edge."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a web page in its order: an element that begins or ends (`tag`), or words and their offset."""

    tag: str
    ends: bool = False
    text: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the span from `start` to `end` of a release's `text` stands in one of its `sources`.

    With `page` (from 1) the picture of a PDF's page is asked for instead.
    """

    sources: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The original `source`: of a web page (`kind` "page") its pieces, the span as `ranges` of offsets of their
    words and its `elements`; of a PDF ("pdf") the `boxes` of the span, or the `picture` of a page as PNG.
    """

    source: str
    kind: str
    pieces: list[Piece] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    picture: bytes = b""
