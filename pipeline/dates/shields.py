"""Spans that look like dates and are none: telephone numbers, addresses, names with a fixed year."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.scan import atoms, blanks, either


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    known = atoms()
    month = either(words.months_in_full)
    street = either(words.shields.named_after_dates.split())
    feast = either(words.feast_of)
    named = (
        rf"\b{street}s?\.? (?:du |de la |de |de l.|d.|des )?(?:{known['day']}(?: |-){month}(?![a-z])(?:(?: |-)\d{{4}})?"
        rf"|{month}(?: |-)\d{{4}}|{feast}\b|(?:printemps|automne)\b)(?! (?:au|et) (?:le )?\d)"
    )
    years = rf"\b{either(words.shields.names_with_year)}(?!\d)"
    parts = (*words.shields.patterns, named, years)
    # most begin at a word: the engine then passes over the insides of words at once
    at_word = [part.removeprefix(r"\b") for part in parts if part.startswith(r"\b") and r"|\b" not in part]
    others = [part for part in parts if not part.startswith(r"\b") or r"|\b" in part]
    return re.compile("|".join([*map(blanks, others), rf"\b(?:{'|'.join(map(blanks, at_word))})"]))


def shields(folded: str) -> list[tuple[int, int]]:
    """Spans of the folded text in which no date may begin or end, in order.

    >>> shields("rue du 8 mai 1945, le 8 mai")
    [(0, 17)]
    """
    return [match.span() for match in _pattern().finditer(folded)]
