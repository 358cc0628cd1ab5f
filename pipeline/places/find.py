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

from pipeline.places.context import WINDOW, context, heads_in, leading
from pipeline.places.gazetteer import Gazetteer, key
from pipeline.places.mention import weigh
from pipeline.places.scene import Candidate
from pipeline.text import View

_TOKEN = re.compile(r"[a-z0-9œæ]+")
# the next word of a name, behind what can stand between two of them
_NEXT = re.compile(r"(?:[ '\n-]{1,3}|, | & |/|\. )(?P<word>[a-z0-9œæ]+)")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
# a capital at which a word begins; the class first, so that the engine skips to it
_CAPITAL = re.compile(r"(?s)[A-ZÀ-ÖØ-ÞŒÆ](?<![^\W_].)")
# what stands before a name in small letters ("ville de paris"), by what all of it ends with
_HEADS = {
    "e de ": ("ville de ", "commune de ", "mairie de ", "maire de ", "village de "),
    "e d'": ("ville d'",),
}
_LONGEST_HEAD = 11  # characters
_ISLAND = ("ile de ", "ile d'")
_SMALL_LETTERS = "".join(letter for letter in map(chr, range(0x250)) if letter.islower())
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
    labels = sorted(place for label in _LABELS for place in _places_of(label, folded))
    reach = 0
    for start in _beginnings(view, gazetteer):
        if start < reach or (first := token(folded, start)) is None:
            continue
        word = first[0]
        span = longest.get(word, 0)
        if not span and (word in _SHORT or not word.isascii()):
            word = _spelled(word)
            span = longest.get(word, 0)
        foreign = abroad.get(word, 0)
        if not span and not foreign:
            continue
        name, end = _longest(view, first.end(), word, span if span > foreign else foreign, gazetteer, foreign)
        if labels and (place := bisect_left(labels, start)) and labels[place - 1] >= start - WINDOW:
            name, end = _epci_phrase(view, start, end, gazetteer) or (name, end)
        if name:
            reach = end
            yield start, end, name


def _beginnings(view: View, gazetteer: Gazetteer) -> list[int]:
    """Where a name can begin: at a capital, a number, a small word with a hyphen, or behind "ville de"."""
    text = view.text
    starts = [match.start() for match in _CAPITAL.finditer(text)]
    others = _behind_heads(view)
    for number in gazetteer.numbers:  # few; most digits begin no name
        others += (
            place
            for place in _places_of(number, view.folded)
            if not text[max(0, place - 1) : place].isalnum()
        )
    hyphen = text.find("-")
    behind = 0  # the last hyphen
    while hyphen >= 0:
        piece = text[behind:hyphen]
        begin = behind + len(piece.rstrip(_SMALL_LETTERS))
        if begin < hyphen and not text[begin - 1 : begin].isalnum():
            others.append(begin)
        behind = hyphen
        hyphen = text.find("-", hyphen + 1)
    return sorted({*starts, *others}) if others else starts


def _behind_heads(view: View) -> list[int]:
    """Where a name in small letters can begin, behind "ville de" or "communauté de communes"."""
    text, folded = view.text, view.folded
    ends: list[int] = []
    for tail, heads in _HEADS.items():
        for position in _places_of(tail, folded):
            end = position + len(tail)
            said = folded[max(0, end - _LONGEST_HEAD) : end]
            if said.endswith(heads):
                ends.append(end)
            elif said.endswith(_ISLAND) and text[end : end + 1].isupper():
                ends.append(position - len("il"))  # "île de Ré" is a name
    for group in _GROUPS:
        for position in _places_of(group, folded):
            if match := _GROUP.match(folded, position):
                ends += (match.end(), match.end("article"))
    return [end for end in ends if 0 < end < len(folded) and text[end].islower()]


def _places_of(words: str, folded: str) -> list[int]:
    """Where these words stand in a text, in order."""
    found: list[int] = []
    position = folded.find(words)
    while position >= 0:
        found.append(position)
        position = folded.find(words, position + 1)
    return found


def _epci_phrase(view: View, start: int, end: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The key and end of the EPCI whose label stands before a phrase that its name goes on from.

    "CC du Pays de Honfleur" is that of Pays de Honfleur-Beuzeville, the only one that begins so.
    """
    around = view.folded[max(0, start - WINDOW) : start].rpartition("\n")[2]
    phrase = _PHRASE.match(view.text, start)
    if phrase is None or phrase.end() <= end or key(phrase[0]) in gazetteer._rows:
        return None
    if "epci" not in heads_in(around) or leading("epci", around) is None:
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
    folded, known, abroad = view.folded, gazetteer._rows, context()["abroad"]
    best = (name, end) if name in known or name in abroad else ("", 0)
    for size in range(2, span + 1):
        following = _NEXT.match(folded, end)
        if following is None:
            break
        end = following.end()
        word = _spelled(following[1])
        if word == "s" and folded.startswith("/", end):
            word = "sur"
        name = f"{name} {word}"
        if name in known or name in abroad:
            best = (name, end)
        elif foreign <= size < span and not gazetteer.goes_on(name):
            break
    return best
