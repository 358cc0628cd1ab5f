"""Finding names of collectivities: one linear pass over the words of a text.

Every word that can begin a name looks up the longest name that goes on from it; the cost does not
grow with the number of names.  What stands around a name makes it sure, impossible or doubtful
(`pipeline.places.mention`); doubtful ones wait for the language model and for the rest of the text
(`pipeline.places.resolve`).
"""

from __future__ import annotations

import re

from pipeline.places.context import context
from pipeline.places.gazetteer import Gazetteer
from pipeline.places.mention import weigh
from pipeline.places.scene import Candidate
from pipeline.text import View

_TOKEN = re.compile(r"[a-z0-9œæ]+")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
_BEGINNING = re.compile(r"(?<![^\W_])(?:[A-ZÀ-ÖØ-ÞŒÆ0-9]|[^\W\d_]+(?=-))")
# what stands before a name in small letters: "ville de paris"
_HEAD = re.compile(
    r"(?:ville de |commune de |maire de |mairie de |ville d'|village de "
    r"|(?<!\w)(?:communaute de communes|communaute d'agglomeration|communaute urbaine|agglo|agglomeration)"
    r" (?:(?P<article>de )(?:la |l')|du |des |de |d'))"
)


def find(view: View, gazetteer: Gazetteer | None = None) -> list[Candidate]:
    """Candidates in order, without overlaps; offsets into `view.text`."""
    gazetteer = gazetteer or Gazetteer.load()
    longest, abroad = gazetteer.longest, context()["abroad"]
    found: list[Candidate] = []
    reach = 0
    for start in _beginnings(view):
        if start < reach:
            continue
        first = _TOKEN.match(view.folded, start)
        if first is None:
            continue
        word = _spelled(first[0])
        span = longest.get(word, 0)
        if not span and word not in abroad:
            continue
        match = _longest(view, start, max(span, 3), gazetteer)
        if match is None:
            continue
        name, reach = match
        candidate = weigh(view, start, reach, name, gazetteer, found[-1] if found else None)
        if candidate is not None:
            found.append(candidate)
    return found


def _beginnings(view: View) -> list[int]:
    """Where a name can begin: at a capital, a digit, a small word with a hyphen, or behind "ville de"."""
    starts = [match.start() for match in _BEGINNING.finditer(view.text)]
    folded = view.folded
    behind = {
        end
        for match in _HEAD.finditer(folded)
        for end in (match.end(), match.end("article"))
        if 0 < end < len(folded) and view.text[end].islower()
    }
    return sorted({*starts, *behind}) if behind else starts


def _spelled(word: str) -> str:
    """A word of a text as the gazetteer's keys have it: "st" in full, "œ" in two letters."""
    if word.isascii():
        return _SHORT.get(word, word)
    return word.replace("œ", "oe").replace("æ", "ae")


def _longest(view: View, begin: int, span: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The longest name that begins at an offset, with the offset where it ends."""
    parts: list[str] = []
    abroad = context()["abroad"]
    best: tuple[str, int] | None = None
    previous = begin
    for size, token in enumerate(_TOKEN.finditer(view.folded, begin), 1):
        start, end = token.span()
        word = token[0]
        if size > 1:
            if not _joins(view.text[previous:start]):
                break
            if word == "s" and view.text[end : end + 1] == "/":
                word = "sur"
        parts.append(_spelled(word))
        previous = end
        name = " ".join(parts)
        if name in gazetteer._rows or name in abroad:
            best = (name, end)
        if size == span:
            break
    return best


def _joins(gap: str) -> bool:
    """Whether what stands between two words can stand inside a name."""
    if gap in (", ", " & ", " ", "-", "'", "- ", " -", "/", ". ", "' ", "-\n", " - ", "\n", "  "):
        return True
    return len(gap) <= 3 and gap.strip(" -'\n") == ""
