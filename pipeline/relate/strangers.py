"""Names that no stage before knows: possible recipients that only the learned decider looks at.

"Yann Dinard, du manoir de la Bécannière, terminent ex æquo": nothing says that this is a person, and most
capitalised words of a release have won nothing, so rules leave such names alone.  Offsets point into the view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Collectivity
from pipeline.relate.actors import OF_OFFICE, OFFICER, Actor, names_apart
from pipeline.relate.lexicon import lexicon
from pipeline.text import View

_WORD = r"[A-ZÀ-ÖØ-ÞŒ](?:[\w'-]|\.(?=\w))+"
_LINK = r"(?:de la |de l'|des |du |de |d'|et |& |au |aux |en |sur |la |le |les |l')"
_STRANGER = re.compile(rf"(?<![\w'@#/.-])(?P<name>{_WORD}(?:[ ](?:(?:{_LINK})?{_WORD}|\d+(?=\W))){{0,5}})")
_SMALL = frozenset(("de", "du", "des", "la", "le", "les", "et", "aux", "au", "en", "sur"))
_APOSTROPHE = re.compile(r"^(?:l|d|n|s|c|j|m|qu)'")


def strangers(view: View, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[Actor]:
    """Capitalised names between `start` and `end` that overlap nothing in `taken`, in order."""
    return [
        Actor(first, last, Collectivity(kind="other", name=view.text[first:last]), "other")
        for first, last in _names(view, start, end)
        if not any(first < stop and begin < last for begin, stop in taken)
        and not OFFICER.match(view.folded, last)
        and not lexicon().whose.dignitary.match(view.folded, last)
        and not OF_OFFICE.search(view.folded, max(start, first - 70), first)
    ]


def _names(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    no_name = lexicon().no_strangers
    for match in _STRANGER.finditer(view.text, start, end):
        first, last = match.span("name")
        words = view.folded[first:last].split(" ")
        # "Les Canetons" keeps its article, "Le camping" has none to keep
        while words and words[0] in no_name and not (len(words) > 1 and words[0] in ("le", "la", "les")):
            first += len(words[0]) + 1
            words = words[1:]
            if not words or not view.text[first : first + 1].isupper():
                words = []
        while words and words[-1] in _SMALL:  # "LE NOM DES GAGNANTS"
            last -= len(words[-1]) + 1
            words = words[:-1]
        if not any(word[0].isalpha() for word in words[words[:1] in (["le"], ["la"], ["les"]) :]):
            continue  # "Les 28"
        if words[0:1] in (["le"], ["la"], ["les"]) and words[1] in no_name:
            continue  # "Le Trophée"
        if not words or (len(words) == 1 and (_APOSTROPHE.sub("", words[0]) in no_name or len(words[0]) < 3)):
            continue
        whole = _with_head(view, start, first)
        yield from names_apart(view.text, whole, last)


def _with_head(view: View, start: int, first: int) -> int:
    """Where a name begins whose noun belongs to it: "le lycée Jacques-de-Romas", "le camping des Trois Rivières"."""
    head = lexicon().kept_heads.search(view.folded, max(start, first - 40), first)
    return head.start() if head else first
