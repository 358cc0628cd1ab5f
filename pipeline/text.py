"""The text as given, and the view of it that the finders read.

Town halls paste from word processors: typographic apostrophes and quotes, non-breaking and thin
spaces, soft hyphens, unusual dashes, decomposed accents.  `View` evens these out once, so that no
lexicon, pattern or language model has to know them, and keeps the way back to the text as given.

>>> view = View("Fos\\u2011sur\\u2011Mer\\u00a0: l\\u2019e\\u0301te\\u0301")
>>> view.text
"Fos-sur-Mer : l'été"
>>> view.folded
"fos-sur-mer : l'ete"
>>> start = view.text.index("été"); view.source[slice(*view.to_source(start, start + 3))]
'e\u0301te\u0301'
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

import msgspec

from pipeline.model import Date, Event, Evidence, Place, Quantity

_Spanned = TypeVar("_Spanned", Date, Event, Evidence, Place, Quantity)

# One character for one: what a typewriter would have used.
_EVEN = {
    **dict.fromkeys("\u2019\u2018\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2039\u203a", "'"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\u000b\u000c\u0085", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\r\u2028\u2029", "\n"),
}  # fmt: skip
# What a typewriter has no key for, and those of its characters that `_EVEN` knows.
_UNUSUAL = re.compile(r"[^\n -_a-~]")
# Written but not read: soft hyphens, zero-width characters, byte-order marks, directional marks.
_SILENT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_COMBINING = re.compile("[\u0300-\u036f]")
_COMPOSED = re.compile(f"{_SILENT.pattern}|{_COMBINING.pattern}")


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


class _Folding(dict[int, str]):
    """Translation table filled as characters are met; most texts hold a hundred different ones."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDING = _Folding()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# The one letter whose lower case depends on the letters beside it.
_SIGMA = "\u03a3"


def fold(text: str) -> str:
    """Lower case without accents, character for character: ``len(fold(text)) == len(text)``.

    >>> fold("L'Haÿ-les-Roses")
    "l'hay-les-roses"
    """
    folded = text.lower()
    if len(folded) != len(text) or _SIGMA in text:
        return text.translate(_FOLDING)
    # a text holds few different accents: replacing each at once is faster than a look at every character
    for character in {*_NOT_ASCII.findall(folded)}:
        folded = folded.replace(character, _FOLDING[ord(character)])
    return folded


class Starting(Protocol):
    """What begins at an offset of a view."""

    @property
    def start(self) -> int:
        """The offset of its first character."""


_Starting = TypeVar("_Starting", bound=Starting)


def within(facts: Sequence[_Starting], start: int, end: int) -> Sequence[_Starting]:
    """Those of the facts, in order of their starts, that begin at or behind `start` and before `end`.

    By bisection: a text of n sentences asks for the facts of each.
    """
    first = bisect_left(facts, start, key=lambda fact: fact.start)
    return facts[first : bisect_left(facts, end, lo=first, key=lambda fact: fact.start)]


def digest(text: str) -> str:
    """Identity of a release: the same words are the same release, whatever their typography and spaces."""
    words = " ".join(View(text).text.split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


class View:
    """A text with its typography evened out, and the way back to the text as given.

    `text` keeps case and accents; `folded` has neither and is as long as `text`, so an offset into
    one is an offset into the other.  `to_source` turns such offsets into offsets of `source`.
    """

    __slots__ = ("__dict__", "_starts", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self._starts: list[int] | None = None
        unusual = {*_UNUSUAL.findall(source)}
        if _COMPOSED.search("".join(unusual)):
            source, self._starts = _compose(source)
        for character in unusual & _EVEN.keys():
            source = source.replace(character, _EVEN[character])
        self.text = source

    @cached_property
    def folded(self) -> str:
        """`text` in lower case, without accents, of the same length."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans (start, end) of the sentences of `text`, in order, without the white space around."""
        return split_sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """Which sentence an offset falls in (or follows); 0 for a text without any."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Span of the sentence that an offset falls in (or follows); (0, 0) for a text without any."""
        return self.sentences[self.sentence_index(offset)] if self.sentences else (0, 0)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into `source` for a non-empty span of `text`."""
        if self._starts is None:
            return start, end
        last = self._starts[end - 1] if end > start else self._starts[start] - 1
        # a letter takes its combining accents with it, never a silent character after it
        stop = last + 1
        while stop < len(self.source) and _COMBINING.match(self.source, stop):
            stop += 1
        return self._starts[start], stop

    def give_back(self, fact: _Spanned) -> _Spanned:
        """The same fact with its span in `source` and its text as it was given."""
        start, end = self.to_source(fact.start, fact.end)
        return msgspec.structs.replace(fact, start=start, end=end, text=self.source[start:end])


def _compose(source: str) -> tuple[str, list[int]]:
    """Drop silent characters, join combining accents to their letter; one source offset a character."""
    kept: list[str] = []
    starts: list[int] = []
    for offset, character in enumerate(source):
        if _SILENT.match(character):
            continue
        if kept and _COMBINING.match(character):
            joined = unicodedata.normalize("NFC", kept[-1] + character)
            if len(joined) == 1:
                kept[-1] = joined
            continue
        kept.append(character)
        starts.append(offset)
    return "".join(kept), [*starts, len(source)]


_ABBREVIATION = re.compile(
    r"(?:^|[\s('\"])(?:m|mm|mme|mmes|mlle|dr|pr|st|ste|me|mgr|gal|cdt|cf|art|al|env|av|bd|bld|etc|ex|hab|janv|"
    r"fevr|févr|avr|juil|sept|oct|nov|dec|déc|tel|tél|p|n|no|vol|chap|rdv|min|max|[a-z])$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 4
# one set of first characters, which the engine looks for fast
_STOP = re.compile(r"[.!?…\n](?:(?<=\n)|(?<!\n)[.!?…]*[\"')\]]*(?=\s))")
_BULLET = re.compile(r"\s*(?:[-*•·▪►▶➤✓✔–—>]|\d{1,2}[.)]|#+)\s")
_SPACES = re.compile(r"\s*")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of an evened text: cheap, linear, made for the prose of town halls.

    A line end closes a sentence unless the line was merely wrapped (long, unfinished, and the next
    line goes on in lower case or without a bullet).
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        position, end = stop.span()
        if end <= start:
            continue
        mark = text[position]
        if mark == "\n":
            if _is_wrapped(text, start, position, end):
                continue
        elif mark in ".…":
            if end == position + 1 and mark == "." and _is_abbreviated(text, start, position):
                continue
            following = _SPACES.match(text, end).end()  # type: ignore[union-attr]  # "\s*" always matches
            if text[following : following + 1].islower():
                continue
        _close(spans, text, start, end)
        start = end
    _close(spans, text, start, len(text))
    return spans


def _close(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a sentence without the white space around it, unless nothing is left."""
    sentence = text[start:end]
    last = start + len(sentence.rstrip())
    if last > start:
        spans.append((end - len(sentence.lstrip()), last))


def _is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` ends an abbreviation, whose letters are few."""
    if (
        text[max(start, stop - _LONGEST_ABBREVIATION - 1) : stop].isalpha()
        and stop - start > _LONGEST_ABBREVIATION
    ):
        return False
    return _ABBREVIATION.search(text, max(start, stop - 8), stop) is not None


def _is_wrapped(text: str, start: int, line_end: int, next_line: int) -> bool:
    """Whether the line that ends here goes on in the next one."""
    before = text[max(start, line_end - 1) : line_end]
    following = text[next_line : next_line + 1]
    if not before or (before.isspace() and not text[start:line_end].strip()) or not following.strip():
        return False
    if before in ".!?…:;" or _BULLET.match(text, next_line):
        return False
    line_length = line_end - (text.rfind("\n", 0, line_end) + 1)
    return (
        before == "-" or following.islower() or (line_length >= 60 and before in ",('\"") or line_length >= 72
    )
