"""Words for formats that count words: cut wherever a mark begins or ends, so that every mark is whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.gold.exchange.parts import Mark

_TOKEN = re.compile(r"\w+|[^\w\s]|\s")


def tokens(text: str, marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """Offsets of the words, marks of punctuation and single white spaces that make up the text.

    >>> [("l'été", 0, 5)[0][start:end] for start, end in tokens("l'été", [])]
    ['l', "'", 'été']
    """
    cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    result: list[tuple[int, int]] = []
    at = 0
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < end:
            result.append((start, cuts[at]))
            start = cuts[at]
            at += 1
        result.append((start, end))
    return result
