"""BIO lines in the four columns of CoNLL-2003: word, part of speech, chunk, tag; a text's line is a sentence.

Part of speech and chunk are not known (``-X-``, ``O``).  Tags are ``PLACE_commune``, ``DATE_SET``,
``QUANTITY_budget`` and so on, of the outermost marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.gold.exchange.parts import ExchangeError, Mark, Parts, outermost, put_together, take_apart
from pipeline.gold.exchange.tokens import tokens
from pipeline.gold.format import GoldRelease

LOST = (
    "BIO keeps words, lines, announcement type and the outermost marks with their kind; it leaves out distinctions, "
    "events, head, white space, codes of places, days of dates, values of quantities (read back: places as 'other', "
    "dates without days, quantities not at all)"
)
_START = "-DOCSTART-"
_NAMES = {"places": "PLACE", "dates": "DATE", "quantities": "QUANTITY"}


def dump(releases: Iterable[GoldRelease]) -> bytes:
    """The releases as lines of UTF-8."""
    return "".join(line + "\n" for gold in releases for line in _lines(take_apart(gold))).encode()


def _lines(parts: Parts) -> Iterator[str]:
    # the two middle columns of a document's first line are free: they name the release and its type
    yield f"{_START} {parts.id} {parts.head['announcement']['type']} O"
    yield ""
    marks = outermost(parts.marks)
    at, written, tagged = 0, False, -1
    for start, end in tokens(parts.text, marks):
        word = parts.text[start:end]
        while at < len(marks) and marks[at].end <= start:
            at += 1
        if word.isspace():
            if word == "\n" and written:
                yield ""
                written = False
            continue
        tag = "O"
        if at < len(marks) and marks[at].start <= start:
            tag = f"{'I' if tagged == at else 'B'}-{_NAMES[marks[at].layer]}_{marks[at].label}"
            tagged = at
        yield f"{word} -X- O {tag}"
        written = True
    if written:
        yield ""


def load(content: bytes) -> Sequence[GoldRelease]:
    """Releases of such lines, with what they keep (`LOST`).  Raises `ExchangeError` naming the line."""
    return [put_together(parts) for parts in read(content)]


def read(content: bytes) -> Iterator[Parts]:
    """The parts of each release, quantities left out.  Raises `ExchangeError` naming the line."""
    documents: list[tuple[str, str, list[tuple[str, str]]]] = []
    for number, line in enumerate(content.decode("utf-8").split("\n"), 1):
        columns = line.split(" ")
        if not line.strip():
            if documents and documents[-1][2] and documents[-1][2][-1][0] != "\n":
                documents[-1][2].append(("\n", "O"))
        elif len(columns) != 4:
            raise ExchangeError(f"line {number}: four columns are needed, parted by one space")
        elif columns[0] == _START:
            documents.append((columns[1], columns[2], []))
        elif not documents:
            raise ExchangeError(f"line {number}: a word before the first {_START}")
        else:
            documents[-1][2].append((columns[0], columns[3]))
    for name, kind, words in documents:
        text, marks = _joined(words)
        yield Parts(name, text, tuple(marks), {"announcement": {"type": kind}})


def _joined(words: Sequence[tuple[str, str]]) -> tuple[str, list[Mark]]:
    text = ""
    open_marks: list[tuple[str, int, int]] = []
    before = "O"
    for word, tag in words:
        if word != "\n" and text and not text.endswith("\n"):
            text += " "
        start, text = len(text), text + word
        if tag.startswith("I-") and before[2:] == tag[2:]:
            open_marks[-1] = (*open_marks[-1][:2], len(text))
        elif tag != "O":
            open_marks.append((tag[2:], start, len(text)))
        before = tag if word != "\n" else before
    text = text.rstrip("\n")
    marks = []
    for number, (label, start, end) in enumerate(open_marks):
        layer, _, kind = label.partition("_")
        facts: dict[str, Any] = {"kind": "other", "name": text[start:end]}
        if layer == "DATE":
            facts = {"timex": {"type": kind or "DATE"}}
        elif layer != "PLACE":
            continue
        marks.append(
            Mark(str(number), "dates" if layer == "DATE" else "places", kind or "other", start, end, facts)
        )
    return text, marks
