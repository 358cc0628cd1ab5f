"""Spans that look like dates and are none: telephone numbers, addresses, names with a fixed year."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.openings import openings, tree
from pipeline.dates.scan import atoms, blanks, either


@cache
def _patterns(marked: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All shields in one pattern; where one that begins with a word may begin; the others alone."""
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
    of_marks = [pattern for patterns in words.shields.marked.values() for pattern in patterns]
    parts = (*(of_marks if marked else ()), *words.shields.patterns, named, years)
    at_word: list[str] = []
    others: list[str] = []
    begun: set[str] = set()
    for part in map(blanks, parts):
        opened = openings(part.removeprefix(r"\b")) if part.startswith(r"\b") and r"|\b" not in part else None
        if opened is None:
            others.append(part)
        else:
            at_word.append(part.removeprefix(r"\b"))
            begun |= opened
    words_only = rf"\b(?:{'|'.join(at_word)})"
    return (
        re.compile("|".join([*others, words_only])),
        re.compile(rf"\b{tree(begun)}"),
        re.compile("|".join(others)),
    )


def shields(folded: str) -> list[tuple[int, int]]:
    """Spans of the folded text in which no date may begin or end, in order.

    >>> shields("rue du 8 mai 1945, le 8 mai")
    [(0, 17)]
    """
    marked = any(mark in folded for mark in lexicon().shields.marked)
    pattern, words_begin, others = _patterns(marked)
    spans: list[tuple[int, int]] = []
    word, other = words_begin.search(folded), others.search(folded)
    while word or other:
        start = min(begun.start() for begun in (word, other) if begun)
        match = pattern.match(folded, start)
        position = match.end() if match else start + 1
        if match:
            spans.append(match.span())
        if word and word.start() < position:
            word = words_begin.search(folded, position)
        if other and other.start() < position:
            other = others.search(folded, position)
    return spans
