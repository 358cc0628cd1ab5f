"""The second map: from the text of a record back to the page or PDF that it was read from.

The map is not kept.  It is worked out from the original and the record's text when somebody asks where
a fact stands (`HtmlOrigin`, `PdfOrigin`), by the words that both hold (`pipeline.read.align`).  Records,
database and ``--resume`` therefore carry nothing more, it does not matter which reader made the text,
and an original that was replaced since shows as one that holds other words (`share`).  An original is a file or
lies in an archive, a mailbox or a mail (`pipeline.read.locate`).  It is as hostile as when it was read: a server asks
for it by `child.show`, which does all of this in the process that reads documents, within its limits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import islice
from typing import Any

from pipeline.read.align import align
from pipeline.read.incoming import ReadError
from pipeline.read.locate import file_of, locate
from pipeline.read.mail import open_mail
from pipeline.read.options import Options
from pipeline.read.passage import Asked, Box, Element, Piece, Shown
from pipeline.read.plain import decode
from pipeline.read.unpack import Document

#: Bytes of an original beyond which it is not shown.
LARGEST = 20_000_000
#: Share of a release's letters that its original must hold to be it.
SAME = 0.6
#: Share from which on it is certain, and no other document of the name is looked at.
_CERTAIN = 0.98
_MOST_ALIKE = 10  # documents of one name in an archive that are looked at
_MOST_BOXES = 2_000
_MOST_LETTERS = 2_000_000
_MOST_PAGES = 300
_SILENT = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "textarea", "select")


@dataclass(frozen=True, slots=True)
class TextNode:
    """A piece of text in a page: the element it stands in, and where it begins in the page's words."""

    element: Any
    is_tail: bool
    start: int
    text: str


class _Origin:
    """What both kinds share: their words, and the alignment with the record's text."""

    text: str
    words: str

    @cached_property
    def _places(self) -> list[int]:
        if len(self.words) > _MOST_LETTERS or len(self.text) > _MOST_LETTERS:
            raise ReadError("too-large", "too long for its places to be found")
        return align(self.text, self.words)

    @property
    def share(self) -> float:
        """Share of the record's letters that stand in the original, from 0 to 1."""
        letters = [place for place, sign in zip(self._places, self.text, strict=True) if sign.isalnum()]
        return sum(place >= 0 for place in letters) / len(letters) if letters else 0.0

    def ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where a span of the record's text stands in the original's words: (start, end), in reading order.

        Letters that follow each other are one range, with the signs and spaces between them.
        """
        found: list[tuple[int, int]] = []
        for place in self._places[start:end]:
            if place < 0:
                continue
            if found and found[-1][1] <= place and not _has_letter(self.words[found[-1][1] : place]):
                found[-1] = (found[-1][0], place + 1)
            elif not found or found[-1][1] != place + 1:  # a ligature gives its place once
                found.append((place, place + 1))
        return found


class HtmlOrigin(_Origin):
    """A web page (`data`, as it came) and the record's `text`.  Raises `ReadError` for what is no page."""

    def __init__(self, data: bytes, text: str) -> None:
        from lxml import etree
        from lxml import html as lxml_html

        self.text = text
        try:
            parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
            self.tree = lxml_html.fromstring(decode(data).encode("utf-8", "replace"), parser=parser)
        except (ValueError, etree.ParserError) as error:
            raise ReadError("html", f"no page in it ({error})") from error
        self.nodes: list[TextNode] = []
        at = 0
        for element, is_tail, words in _text_nodes(self.tree):
            self.nodes.append(TextNode(element, is_tail, at, words))
            at += len(words)
        self.words = "".join(node.text for node in self.nodes)

    def places(self, start: int, end: int) -> list[Element]:
        """The elements that hold a span of the record's text (offsets in code points)."""
        roots = self.tree.getroottree()
        found = []
        for first, last in self.ranges(start, end):
            for node in self.nodes:
                low, high = max(first, node.start), min(last, node.start + len(node.text))
                if low < high and node.text[low - node.start : high - node.start].strip():
                    holder = node.element.getparent() if node.is_tail else node.element
                    found.append(
                        Element(
                            roots.getpath(holder),
                            node.text[low - node.start : high - node.start],
                            low - node.start,
                            high - node.start,
                        )
                    )
        return found

    def pieces(self) -> Iterator[Piece]:
        """Elements and words in the order of the page; without recursion, since pages are as deep as they like."""
        texts = {(id(node.element), node.is_tail): node for node in self.nodes}
        waiting: list[tuple[Any, bool]] = [(self.tree, False)]
        while waiting:
            element, leaving = waiting.pop()
            tag = element.tag if isinstance(element.tag, str) else None
            if leaving and tag is not None and tag not in _SILENT:
                yield Piece(tag, ends=True)
            node = texts.get((id(element), leaving))
            if not leaving:
                waiting.append((element, True))
                if tag is None or tag in _SILENT:
                    continue
                yield Piece(tag)
                waiting.extend((child, False) for child in reversed(element))
            if node is not None:
                yield Piece("", text=node.text, start=node.start)


class PdfOrigin(_Origin):
    """A PDF (`data`) and the record's `text`.  Raises `ReadError` for a broken or locked one.

    PDFium is not safe to use from two threads: ask for one at a time.
    """

    def __init__(self, data: bytes, text: str) -> None:
        import pypdfium2.raw as raw

        self.text = text
        self._data = data
        self._starts: list[int] = []
        words: list[str] = []
        with self._opened() as document:
            for number in range(min(len(document), _MOST_PAGES)):
                self._starts.append(len(words))
                page = document[number].get_textpage()
                # one sign for each of PDFium's, so that its numbers are offsets
                words.extend(
                    chr(raw.FPDFText_GetUnicode(page, sign) or 32) for sign in range(page.count_chars())
                )
        self.words = "".join(words)

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(io.BytesIO(self._data))
        except pypdfium2.PdfiumError as error:
            raise ReadError("pdf", f"PDF abîmé ou verrouillé ({error})") from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise ReadError("pdf", f"PDF abîmé ({error})") from error
        finally:
            document.close()

    def places(self, start: int, end: int) -> list[Box]:
        """The boxes, one a line, that hold a span of the record's text (offsets in code points)."""
        found: list[Box] = []
        with self._opened() as document:
            for first, last in self.ranges(start, end):
                for number, (low, high) in self._by_page(first, last):
                    found.extend(_boxes(document[number], number + 1, low, high))
        return found[:_MOST_BOXES]

    def _by_page(self, first: int, last: int) -> list[tuple[int, tuple[int, int]]]:
        behind = [*self._starts[1:], len(self.words)]
        return [
            (number, (max(first, low) - low, min(last, high) - low))
            for number, (low, high) in enumerate(zip(self._starts, behind, strict=True))
            if max(first, low) < min(last, high)
        ]

    def picture(self, page: int, boxes: list[Box], scale: float = 1.5) -> bytes:
        """A page (from 1) as PNG with the boxes marked.  Raises `IndexError` for a page that is not there."""
        from PIL import Image, ImageChops, ImageDraw

        with self._opened() as document:
            if not 1 <= page <= len(document):
                raise IndexError(page)
            sheet = document[page - 1]
            # a poster of square metres would ask for gigabytes
            scale = min(scale, 2500 / max(sheet.get_width(), sheet.get_height(), 1))
            image = sheet.render(scale=scale).to_pil().convert("RGB")
        veil = Image.new("RGB", image.size, "white")
        draw = ImageDraw.Draw(veil)
        edges = ImageDraw.Draw(image)
        marked = [
            (box.left * scale - 2, box.top * scale - 2, box.right * scale + 2, box.bottom * scale + 2)
            for box in boxes
            if box.page == page
        ]
        for corners in marked:
            draw.rectangle(corners, fill=(255, 226, 120))
            edges.rectangle(corners, outline=(176, 96, 0), width=2)
        written = io.BytesIO()
        ImageChops.multiply(image, veil).save(written, "PNG")
        return written.getvalue()


def shown(asked: Asked, options: Options) -> Shown:
    """The first original among the sources that holds the release, with the span that is asked for.

    Raises `ReadError`, with what is wrong in French for staff: when the last source fails, or holds other words.
    """
    why = ReadError("kind", "aucun original")
    for source in asked.sources:
        try:
            told = _origin(source, _stamp(source), asked.text, options)
        except ReadError as error:
            why = ReadError(error.kind, f"{source} : {error}")
            continue
        try:
            return _passage(source, told, asked)
        except IndexError:
            raise ReadError("no-page", f"{source} : pas de page {asked.page}") from None
    raise why


def _passage(source: str, told: HtmlOrigin | PdfOrigin, asked: Asked) -> Shown:
    if isinstance(told, HtmlOrigin):
        if asked.page is not None:
            raise ReadError("kind", f"{source} : ce n’est pas un PDF")
        ranges = told.ranges(asked.start, asked.end)
        elements = told.places(asked.start, asked.end)
        return Shown(source, "page", pieces=list(told.pieces()), ranges=ranges, elements=elements)
    boxes = told.places(asked.start, asked.end)
    if asked.page is None:
        return Shown(source, "pdf", boxes=boxes)
    return Shown(source, "pdf", boxes=boxes, picture=told.picture(asked.page, boxes))


@lru_cache(maxsize=4)
def _origin(source: str, stamp: tuple[int, ...], text: str, options: Options) -> HtmlOrigin | PdfOrigin:
    """The original; a page and its pictures are asked for one after the other, `stamp` tells a change."""
    why = ReadError("not-found", "l’archive ne le contient plus")
    best: HtmlOrigin | PdfOrigin | None = None
    for document in islice(locate(source, options), _MOST_ALIKE):
        try:
            told = origin_of(document, text)
        except ReadError as error:
            why = error
            continue
        why = ReadError("other", "le fichier ne contient plus ce communiqué")
        if told.share >= max(SAME, best.share if best is not None else 0):
            best = told
        if told.share > _CERTAIN:
            break
    if best is None:
        raise why
    return best


def _stamp(source: str) -> tuple[int, ...]:
    """What changes when the file that a source lies in is another now.  Raises `ReadError` when it is gone."""
    told = file_of(source)[0].stat()
    return told.st_mtime_ns, told.st_size, told.st_ino


def origin_of(document: Document, text: str) -> HtmlOrigin | PdfOrigin:
    """A document as the original of a record's `text`.  Raises `ReadError` for one of a kind that is not shown."""
    if len(document.data) > LARGEST:
        raise ReadError("too-large", "le fichier est trop grand pour être montré")
    if document.kind == "pdf":
        return PdfOrigin(document.data, text)
    if document.kind in ("html", "press-page"):
        return HtmlOrigin(document.data, text)
    if document.kind == "mail":
        mail = open_mail(document.data)
        page = (
            mail.body if mail.kind == "page" else f"<html><body><pre>{escape(mail.body)}</pre></body></html>"
        )
        return HtmlOrigin(page.encode("utf-8", "replace"), text)
    raise ReadError("kind", "seuls les pages HTML, les PDF et les mails sont montrés")


def _text_nodes(tree: Any) -> list[tuple[Any, bool, str]]:
    """The pieces of text of a page that can be read on it, in their order; without recursion."""
    found: list[tuple[Any, bool, str]] = []
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        element, leaving = waiting.pop()
        if leaving:
            if element.tail and element is not tree:
                found.append((element, True, element.tail))
            continue
        waiting.append((element, True))
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            continue
        if element.text:
            found.append((element, False, element.text))
        waiting.extend((child, False) for child in reversed(element))
    return found


def _boxes(page: Any, number: int, low: int, high: int) -> list[Box]:
    """The boxes of a page's signs, those of one line together."""
    text = page.get_textpage()
    edge_left, _, _, edge_top = page.get_mediabox()
    found: list[Box] = []
    for sign in range(low, high):
        left, bottom, right, top = text.get_charbox(sign)
        if right <= left or top <= bottom:
            continue
        box = Box(number, left - edge_left, edge_top - top, right - edge_left, edge_top - bottom)
        last = found[-1] if found else None
        if last and min(last.bottom, box.bottom) > max(last.top, box.top) and box.left >= last.left:
            found[-1] = Box(
                number,
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            found.append(box)
    return found


def _has_letter(words: str) -> bool:
    return any(sign.isalnum() for sign in words)
