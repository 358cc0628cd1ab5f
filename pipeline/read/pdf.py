"""PDF: the text layer in reading order, without running headers and footers; scans by Tesseract.

PDFium gives characters with their boxes.  From them come the pieces of lines, the columns of each page,
the lines that return on every page, and paragraphs.  Lengths are points (1/72 inch), y grows upwards.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.read.incoming import Content, ReadError
from pipeline.read.ocr import recognise
from pipeline.read.options import Limits

_LIGATURES = str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "", "\u200b": "",
})  # fmt: skip
_LINE_END_HYPHENS = "\x02\ufffe"  # how PDFium gives a hyphen that it takes for a broken word's
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—]?\s*\d{1,3}\s*(?:(?:/|sur|of)\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE
)
_HYPHENATED = re.compile(r"(?<=\w)[-\x02\ufffe]\n(?=\w)")
#: Words before and after a hyphen that stays when the line is mended: "peut-être", "a-t-il", "celui-ci".
_KEPT_BEFORE = re.compile(
    r"\b(?:peut|vice|rendez|non|demi|mi|semi|après|avant|porte|sous|contre|celui|celle|ceux|celles|elle|lui|eux|"
    r"chef|haut|bas|grand|petit|ex|quasi|sapeurs|est|sud|nord|ouest|[ât]|\w+-t|dix|vingt|trente|quarante|cinquante|"
    r"soixante|quatre|c|au|ci|par|là|aujourd'hui|sus)$",
    re.IGNORECASE,
)
_KEPT_AFTER = re.compile(
    r"(?:t-)?(?:ils?|elles?|on|ce|ci|là|même|mêmes|vous|nous|je|tu)\b"
    # the links in names of towns, capitals, figures: "Bourg-en-Bresse", "Saint-Denis", "Covid-19"
    r"|(?:en|sur|sous|l[eèé]s|la|de|du|des|d|l|aux?|à|et|devant|près|entre)-|[^\Wa-zà-öø-ÿœ]"
)
_NO_TITLE = re.compile(
    r"\.(?:docx?|odt|pdf|indd|pages)$|^microsoft word|^(?:sans[ -])?(?:titre|untitled|anonymous)",
    re.IGNORECASE,
)
_STANDS_OUT = 1.25  # times the size of the other letters
_LONGEST_TITLE = 250  # characters
_EDGE = 0.11  # share of the page's height at its top and bottom where lines may be running ones
_GAP = 1.6  # font sizes of white that part two pieces of one line
_LEAST_LINES = 4  # on either side of a gutter
_LEAST_WORDS = 16  # characters of a line of running prose; the cells of tables are shorter


@dataclass(slots=True)
class _Piece:
    """Words on one line without a wide gap among them, and the box around them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int


def read_pdf(data: bytes, limits: Limits | None = None) -> Content:
    """The text of a PDF.  Raises `ReadError` for a broken, locked or scanned one."""
    import pypdfium2

    limits = limits or Limits()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("locked", "the PDF asks for a password; save it without one") from error
        raise ReadError("pdf", f"broken PDF ({error}); open it and save it again") from error
    try:
        count = len(document)
        if count > limits.pages:
            raise ReadError(
                "too-large",
                f"{count} pages, more than {limits.pages}; is it one release? --max-pages allows more",
            )
        told = document.get_metadata_dict(skip_empty=True)
        pages = [_pieces(document, number) for number in range(count)]
        if not any(pieces for pieces, _ in pages):
            text = recognise(document, limits)
        else:
            text = "\n\n".join(filter(None, (_flow(pieces) for pieces in _without_running(pages))))
    except pypdfium2.PdfiumError as error:
        raise ReadError("pdf", f"broken PDF ({error}); open it and save it again") from error
    finally:
        document.close()
    title = _headline(pages[0][0] if pages else []) or _told_title(told.get("Title", ""))
    # the day on which the file was made is no day of publication: a release is often drawn up days before
    return Content(_mended(text), title=_mended(title) or None)


def _headline(pieces: list[_Piece]) -> str:
    """The words in the largest letters of the first page, when they stand out and are not too many."""
    written = [one for one in pieces if len(one.text.strip()) > 3]
    if not written:
        return ""
    usual = sorted(one.size for one in written for _ in range(len(one.text)))
    largest = max(one.size for one in written)
    if largest < _STANDS_OUT * usual[len(usual) // 2]:
        return ""
    large = list(_rows([one for one in written if one.size > 0.93 * largest]))
    lines = [large[0]]
    for upper, lower in pairwise(large):
        if upper[0].bottom - lower[0].bottom > 2 * largest:
            break
        lines.append(lower)
    words = "\n".join(" ".join(one.text.strip() for one in row) for row in lines)
    words = _mended(words).replace("\n", " ")
    return words if len(words) <= _LONGEST_TITLE else ""


def _told_title(told: str) -> str:
    """The title that the file's properties give, unless a program put a file's name or nothing there."""
    told = " ".join(told.split())
    return "" if _NO_TITLE.search(told) else told


def _mended(text: str) -> str:
    """Ligatures opened, words that a line's end broke put together."""

    def joined(match: re.Match[str]) -> str:
        before, after = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 10]
        return "-" if _KEPT_BEFORE.search(before) or _KEPT_AFTER.match(after) else ""

    text = text.translate(_LIGATURES)
    text = _HYPHENATED.sub(joined, text)
    return re.sub(r"[\x02\ufffe]", "-", text).strip()


def _pieces(document: Any, number: int) -> tuple[list[_Piece], float]:
    """The pieces of a page's lines from its text layer, and the page's height."""
    page = document[number]
    layer = page.get_textpage()
    try:
        return list(_cut(layer.raw, layer.count_chars(), number)), page.get_height()
    finally:
        layer.close()
        page.close()


def _cut(layer: Any, count: int, page: int) -> Iterator[_Piece]:
    """Characters to pieces: a new one at each line and at each wide gap."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(value) for value in (left, right, bottom, top)]
    now: _Piece | None = None
    for index in range(count):
        code = raw.FPDFText_GetUnicode(layer, index)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if sign in "\r\n":
            if now is not None and sign:
                yield now
                now = None
            continue
        if sign.isspace():
            if now is not None and not now.text.endswith(" "):
                now.text += " "
            continue
        if not raw.FPDFText_GetCharBox(layer, index, *box):
            continue
        size = raw.FPDFText_GetFontSize(layer, index) or 10.0
        size = max(size, (top.value - bottom.value))
        if now is not None and not _follows(now, left.value, bottom.value, top.value):
            yield now
            now = None
        if now is None:
            now = _Piece(sign, left.value, bottom.value, right.value, top.value, size, page)
        else:
            now.text += sign
            now.left, now.right = min(now.left, left.value), max(now.right, right.value)
            now.bottom, now.top = min(now.bottom, bottom.value), max(now.top, top.value)
            now.size = max(now.size, size)
    if now is not None:
        yield now


def _follows(piece: _Piece, left: float, bottom: float, top: float) -> bool:
    """Whether a character goes on with a piece: on its line, and not behind a wide gap."""
    on_line = bottom < piece.top + 1 and top > piece.bottom - 0.35 * piece.size
    return on_line and -2 * piece.size < left - piece.right < _GAP * piece.size


def _without_running(pages: Sequence[tuple[list[_Piece], float]]) -> Iterator[list[_Piece]]:
    """The pages without page numbers and the lines that return at the edge of several pages.

    The first page keeps its header: there it is the letterhead, which belongs to the text.
    """
    seen = Counter(mask for pieces, height in pages for mask in {_mask(one) for one in _edge(pieces, height)})
    often = max(2, (len(pages) + 1) // 2)
    for number, (pieces, height) in enumerate(pages):
        edge = {id(one) for one in _edge(pieces, height)}
        kept = []
        for one in pieces:
            running = id(one) in edge and (
                _PAGE_NUMBER.fullmatch(one.text.strip())
                or (seen[_mask(one)] >= often and not (number == 0 and one.bottom > height / 2))
            )
            if not running:
                kept.append(one)
        yield kept


def _edge(pieces: Iterable[_Piece], height: float) -> list[_Piece]:
    return [one for one in pieces if one.bottom > height * (1 - _EDGE) or one.top < height * _EDGE]


def _mask(piece: _Piece) -> tuple[str, int]:
    return re.sub(r"\d+", "0", piece.text.strip().lower()), round(piece.bottom / 6)


def _flow(pieces: list[_Piece]) -> str:
    """The text of a page in reading order."""
    return "\n\n".join(_block(column) for column in _columns(pieces) if column)


def _columns(pieces: list[_Piece]) -> list[list[_Piece]]:
    """The pieces of a page from top to bottom, cut into columns where a gutter parts running prose.

    What lies across the gutter (a title, a picture's caption) stands by itself between what is above and below.
    """
    gutter = _gutter(pieces)
    if gutter is None:
        return [pieces]
    across = [one for one in pieces if one.left < gutter - 1 and one.right > gutter + 1]
    flowing = [one for one in pieces if not (one.left < gutter - 1 and one.right > gutter + 1)]
    found: list[list[_Piece]] = []
    edges = sorted({round(one.bottom, 1) for one in across}, reverse=True)
    above = float("inf")
    for edge in [*edges, float("-inf")]:
        band = [one for one in flowing if edge <= one.bottom < above]
        left = [one for one in band if one.right <= gutter + 1]
        right = [one for one in band if one.right > gutter + 1]
        crossing = [one for one in across if round(one.bottom, 1) == edge]
        if len(left) >= 2 and len(right) >= 2:
            found += [left, *_columns(right)]
        else:
            found.append(band)
        found.append(crossing)
        above = edge
    return _together([one for one in found if one])


def _together(blocks: list[list[_Piece]]) -> list[list[_Piece]]:
    """Blocks of single lines that follow one another made one."""
    joined: list[list[_Piece]] = []
    for block in blocks:
        if joined and len(block) == 1 and len(joined[-1]) < _LEAST_LINES and _near(joined[-1][-1], block[0]):
            joined[-1].extend(block)
        else:
            joined.append(list(block))
    return joined


def _near(upper: _Piece, lower: _Piece) -> bool:
    return 0 <= upper.bottom - lower.top < 1.5 * upper.size


def _gutter(pieces: list[_Piece]) -> float | None:
    """Where a second column begins: x of a white strip with running prose on either side."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    leftmost, rightmost = min(one.left for one in pieces), max(one.right for one in pieces)
    starts = Counter(round(one.left / 2) for one in pieces)
    for start, number in starts.most_common(6):
        place = start * 2 - 3.0
        if number < _LEAST_LINES or not leftmost + 40 < place < rightmost - 40:
            continue
        left = [one for one in pieces if one.right <= place + 1]
        right = [one for one in pieces if one.left >= place - 1]
        across = len(pieces) - len(left) - len(right)
        if across <= 0.35 * len(pieces) and _prose(left) and _prose(right):
            return place
    return None


def _prose(pieces: list[_Piece]) -> bool:
    lengths = sorted(len(one.text) for one in pieces)
    return len(lengths) >= _LEAST_LINES and lengths[len(lengths) // 2] >= _LEAST_WORDS


def _block(pieces: list[_Piece]) -> str:
    """Pieces to lines and paragraphs."""
    rows = _rows(pieces)
    if not rows:
        return ""
    right = max(row[-1].right for row in rows)
    steps = sorted(
        upper[0].bottom - lower[0].bottom
        for upper, lower in pairwise(rows)
        if 0 < upper[0].bottom - lower[0].bottom < 3 * upper[0].size
    )
    step = steps[len(steps) // 2] if steps else 0.0
    text = _line(rows[0])
    for upper, lower in pairwise(rows):
        gap = upper[0].bottom - lower[0].bottom
        words = _line(lower)
        if gap > 1.35 * step or gap < 0:
            text += "\n\n"
        elif len(upper) > 1 or len(lower) > 1 or not _full(upper[0], lower[0], words, right):
            text += "\n"
        elif text.endswith(("-", *_LINE_END_HYPHENS)):
            text += "\n"  # mended below, where the whole words are seen
        else:
            text += " "
        text += words
    return text


def _full(upper: _Piece, lower: _Piece, words: str, right: float) -> bool:
    """Whether a line went on because the column ended: the next word had no room any more."""
    letter = (upper.right - upper.left) / max(len(upper.text), 1)
    first = words.split(" ", 1)[0]
    room = right - upper.right
    return (
        abs(upper.size - lower.size) < 0.25 * upper.size
        and room < (len(first) + 2) * letter
        and not re.match(r"[-–—•●▪◦*]\s", words)
    )


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces on one height together, from left to right, from top to bottom."""
    rows: list[list[_Piece]] = []
    for one in sorted(pieces, key=lambda piece: (-(piece.bottom + piece.top) / 2, piece.left)):
        middle = (one.bottom + one.top) / 2
        if rows and rows[-1][0].bottom - 0.5 <= middle <= rows[-1][0].top + 0.5:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _line(row: Sequence[_Piece]) -> str:
    """The pieces of one line; a wide gap among them is that between two cells."""
    return " | ".join(one.text.strip() for one in row)
