"""Finding names of collectivities: one linear pass over the words of a text.

Every word that can begin a name looks up the longest name that goes on from it; the cost does not
grow with the number of names.  What stands around a name makes it sure, impossible or doubtful
(`pipeline.places.mention`); doubtful ones wait for the language model and for the rest of the text
(`pipeline.places.resolve`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.places.context import WINDOW, before, context, heads_in
from pipeline.places.gazetteer import Gazetteer, key
from pipeline.places.mention import weigh
from pipeline.places.scene import Candidate
from pipeline.text import View

_TOKEN = re.compile(r"[a-z0-9œæ]+")
# the next word of a name, behind what can stand between two of them
_NEXT = re.compile(r"(?:[ '\n-]{1,3}|, | & |/|\. )(?P<word>[a-z0-9œæ]+)")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
# a capital or a digit at which a word begins; the class first, so that the engine skips to it
_CAPITAL = re.compile(r"(?s)[A-ZÀ-ÖØ-ÞŒÆ0-9](?<![^\W_].)")
# what stands before a name in small letters: "ville de paris"
_HEADS = ("ville de ", "ville d'", "commune de ", "mairie de ", "maire de ", "village de ")
_ISLANDS = ("ile de ", "ile d'")
_GROUPS = ("communaut", "agglo")
_LABELS = ("communaut", "agglo", "cc ", "ca ", "c.c. ", "comcom ", "intercommunalite ")
# what a name in capitals can be: "Pays de Honfleur", "Val d'Yerres"
_PHRASE = re.compile(
    r"[A-ZÀ-ÖØ-ÞŒÆ][\w-]*(?:(?: de la | de l'| du | des | de | d'| et | |-)[A-ZÀ-ÖØ-ÞŒÆ][\w-]*){1,6}"
)
_GROUP = re.compile(
    r"(?<!\w)(?:communaute de communes|communaute d'agglomeration|communaute urbaine|agglo|agglomeration)"
    r" (?:(?P<article>de )(?:la |l')|du |des |de |d')"
)


def find(view: View, gazetteer: Gazetteer | None = None) -> list[Candidate]:
    """Candidates in order, without overlaps; offsets into `view.text`."""
    gazetteer = gazetteer or Gazetteer.load()
    found: list[Candidate] = []
    for start, end, name in names(view, gazetteer):
        candidate = weigh(view, start, end, name, gazetteer, found[-1] if found else None)
        if candidate is not None:
            found.append(candidate)
    return found


def names(view: View, gazetteer: Gazetteer) -> Iterator[tuple[int, int, str]]:
    """Every name of the gazetteer that stands in a text, whatever it means there: its span and key.

    In order, the longest at each place, without overlaps.
    """
    folded, longest, abroad = view.folded, gazetteer.longest, context()["abroad_longest"]
    token = _TOKEN.match
    labelled = any(label in folded for label in _LABELS)
    reach = 0
    for start in _beginnings(view):
        if start < reach:
            continue
        first = token(folded, start)
        if first is None:
            continue
        word = first[0]
        if word not in longest:
            word = _spelled(word)
            if word not in longest and word not in abroad:
                continue
        span, foreign = longest.get(word, 0), abroad.get(word, 0)
        name, end = _longest(view, first.end(), word, max(span, foreign), gazetteer, foreign)
        if labelled and (phrase := _epci_phrase(view, start, end, gazetteer)):
            name, end = phrase
        if name:
            reach = end
            yield start, end, name


def _beginnings(view: View) -> list[int]:
    """Where a name can begin: at a capital, a digit, a small word with a hyphen, or behind "ville de"."""
    text = view.text
    starts = [match.start() for match in _CAPITAL.finditer(text)]
    others = _behind_heads(view)
    hyphen = text.find("-")
    while hyphen >= 0:
        begin = hyphen
        while begin and text[begin - 1].isalpha():
            begin -= 1
        if begin < hyphen and not (begin and text[begin - 1].isalnum()):
            others.append(begin)
        hyphen = text.find("-", hyphen + 1)
    return sorted({*starts, *others}) if others else starts


def _behind_heads(view: View) -> list[int]:
    """Where a name in small letters can begin, behind "ville de" or "communauté de communes"."""
    folded = view.folded
    ends = []
    for head in _HEADS:
        position = folded.find(head)
        while position >= 0:
            ends.append(position + len(head))
            position = folded.find(head, position + 1)
    for island in _ISLANDS:
        position = folded.find(island)
        while position >= 0:
            if view.text[position + len(island) : position + len(island) + 1].isupper():
                ends.append(position)
            position = folded.find(island, position + 1)
    if any(group in folded for group in _GROUPS):
        for match in _GROUP.finditer(folded):
            ends += (match.end(), match.end("article"))
    return [end for end in ends if 0 < end < len(folded) and view.text[end].islower()]


def _epci_phrase(view: View, start: int, end: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The key and end of the EPCI whose label stands before a phrase that its name goes on from.

    "CC du Pays de Honfleur" is that of Pays de Honfleur-Beuzeville, the only one that begins so.
    """
    around = view.folded[max(0, start - WINDOW) : start].rpartition("\n")[2]
    if before("epci").search(around, heads_in(around)) is None:
        return None
    phrase = _PHRASE.match(view.text, start)
    if phrase is None or phrase.end() <= end or key(phrase[0]) in gazetteer._rows:
        return None
    return (name, phrase.end()) if (name := gazetteer.epci_beginning(key(phrase[0]))) else None


def _spelled(word: str) -> str:
    """A word of a text as the gazetteer's keys have it: "st" in full, "œ" in two letters."""
    if word.isascii():
        return _SHORT.get(word, word)
    return word.replace("œ", "oe").replace("æ", "ae")


def _longest(
    view: View, end: int, name: str, span: int, gazetteer: Gazetteer, foreign: int
) -> tuple[str, int]:
    """The longest name of at most `span` words that begins with the word that ends at `end`, and where it ends.

    ("", 0) when there is none.  A beginning that no name goes on from ends the search; towns abroad, of
    at most `foreign` words, are few and are tried in full.
    """
    folded, known, abroad, ordered = view.folded, gazetteer._rows, context()["abroad"], gazetteer._sorted
    best = (name, end) if name in known or name in abroad else ("", 0)
    for size in range(2, span + 1):
        following = _NEXT.match(folded, end)
        if following is None:
            break
        end = following.end()
        word = _spelled(following["word"])
        if word == "s" and folded.startswith("/", end):
            word = "sur"
        name = f"{name} {word}"
        if name in known or name in abroad:
            best = (name, end)
        elif size >= foreign:
            place = bisect_left(ordered, name)
            if place == len(ordered) or not ordered[place].startswith(name):
                break
    return best
