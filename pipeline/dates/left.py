"""What stands before a form: the words that part it, compare it, or open a range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.openings import tree

#: How far back a form looks for the words that belong to it.
REACH = 48
#: How far back the words that open a range may begin ("entre les ").
_OPENING = 10
_LINKS = r"(?:(?:a la|a l'|au|aux|a|du mois de|du mois d'|du|de la|de l'|de|d'|des|en|le|la|l'|les|mois de|l'annee|annee|l'an|courant) ?)"


@dataclass(frozen=True, slots=True)
class Left:
    """A word before a form: where it begins and what it means."""

    start: int
    meaning: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    parts = "|".join(f"(?P<{meaning}>{tree(words)})" for meaning, words in lexicon().parts.items())
    comparators = "|".join(
        f"(?P<{meaning}>{tree(words)})" for meaning, words in lexicon().comparators.items()
    )
    return (
        re.compile(rf"(?<![\w-])(?:{parts})(?:-| {_LINKS}{{0,3}})$"),
        re.compile(rf"(?<![\w-])(?:{comparators})(?:'| )?{_LINKS}{{0,3}}$"),
        re.compile(
            r"(?<![\w-])(?:du|de[ \n]la|de[ \n]l'|de|des|d'|entre(?:[ \n](?:le|les|la|l'))?)(?:[ \n]|(?<='))$"
        ),
    )


def _before(folded: str, start: int) -> tuple[str, int]:
    first = max(0, start - REACH)
    return folded[first:start].replace("\n", " "), first


def part(folded: str, start: int) -> Left | None:
    """ "début", "mi-", "fin", "courant", "semaine du" that end where the form begins."""
    before, first = _before(folded, start)
    match = _patterns()[0].search(before)
    return Left(first + match.start(), match.lastgroup or "") if match else None


def comparator(folded: str, lowered: str, start: int) -> Left | None:
    """ "depuis", "avant", "jusqu'au" that end where the form begins."""
    before, first = _before(folded, start)
    match = _patterns()[1].search(before)
    if match is None:
        return None
    begin = first + match.start()
    # without its accent "dès" is the article of "des 12 et 13"
    if folded.startswith("des ", begin) and not lowered.startswith("dès", begin):
        return None
    return Left(begin, match.lastgroup or "")


def opening(folded: str, start: int) -> Left | None:
    """ "du", "de", "entre" that open a range."""
    match = _patterns()[2].search(folded, max(0, start - _OPENING), start)
    return Left(match.start(), match[0].split()[0]) if match else None


def text_before(folded: str, start: int, reach: int = 40) -> str:
    """The words before an offset on one line, at most `reach` characters."""
    return folded[max(0, start - reach) : start].replace("\n", " ")
