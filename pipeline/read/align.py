"""Where the characters of one text stand in another that holds the same words.

Letters and digits count alone, in one case and without ligatures, so that line breaks, hyphens,
typographic quotes and running headers between the words do not matter.
"""

from __future__ import annotations

import unicodedata
from array import array

#: Letters in a row that stand once in the original and are therefore the same place.
_CERTAIN = 20
#: Letters that are enough between two places that are known.
_ENOUGH = 3


class Letters:
    """The letters and digits of a text, and where each stands in it."""

    def __init__(self, text: str) -> None:
        kept: list[str] = []
        self.places = array("q")
        for place, sign in enumerate(text):
            for one in unicodedata.normalize("NFKC", sign).casefold():
                if one.isalnum():
                    kept.append(one)
                    self.places.append(place)
        self.word = "".join(kept)


def align(text: str, original: str) -> list[int]:
    """For each character of `text` its place in `original`, -1 for one that has none.

    Linear in both lengths but for passages between two known places, which are sought within those.

    >>> align("la fête", "« La  fête »")
    [2, 3, -1, 6, 7, 8, 9]
    """
    mine, theirs = Letters(text), Letters(original)
    found = _certain(mine.word, theirs.word)
    _between(mine.word, theirs.word, found)
    places = [-1] * len(text)
    for letter, there in enumerate(found):
        if there >= 0:
            places[mine.places[letter]] = theirs.places[there]
    return places


def _certain(mine: str, theirs: str) -> array[int]:
    """Places by rows of letters that the original holds once, as far to both sides as they agree."""
    found = array("q", [-1]) * len(mine)
    once: dict[str, int] = {}
    for at in range(len(theirs) - _CERTAIN + 1):
        row = theirs[at : at + _CERTAIN]
        once[row] = -1 if row in once else at
    at = behind = 0
    while at + _CERTAIN <= len(mine):
        there = once.get(mine[at : at + _CERTAIN], -1)
        if there < 0:
            at += 1
            continue
        first, place = at, there
        while first > behind and place > 0 and mine[first - 1] == theirs[place - 1]:
            first, place = first - 1, place - 1
        while first < len(mine) and place < len(theirs) and mine[first] == theirs[place]:
            found[first] = place
            first, place = first + 1, place + 1
        at = behind = max(first, at + 1)
    return found


def _between(mine: str, theirs: str, found: array[int]) -> None:
    """What is left between two known places, when the original holds it between them."""
    at = 0
    while at < len(mine):
        if found[at] >= 0:
            at += 1
            continue
        end = at
        while end < len(mine) and found[end] < 0:
            end += 1
        low = found[at - 1] + 1 if at else 0
        high = found[end] if end < len(mine) else len(theirs)
        if low > high:  # a passage that stands elsewhere in the original
            low, high = 0, len(theirs)
        # behind a known place the next one counts, before one the nearest: a title stands in a menu, too
        place = theirs.find(mine[at:end], low, high) if at else theirs.rfind(mine[at:end], low, high)
        if place >= 0 and (end - at >= _ENOUGH or high - low < 200):
            found[at:end] = array("q", range(place, place + end - at))
        at = end
