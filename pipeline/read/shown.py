"""A day as a page or a mail shows it."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "janv": 1, "fevr": 2, "févr": 2, "mars": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "août": 8, "aout": 8,
    "sept": 9, "oct": 10, "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
_WORDS = re.compile(r"\b(\d{1,2})(?:er)?\s+(" + "|".join(_MONTHS) + r")[a-zé]*\.?\s+(\d{4})\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day_of_words(text: str) -> str | None:
    """The first day written out in a short line, as ISO 8601.

    >>> day_of_words("Publié le 1er mars 2024 à 9 h")
    '2024-03-01'
    """
    for pattern in (_ISO, _WORDS, _FIGURES):
        found = pattern.search(text)
        if found is None:
            continue
        first, middle, last = found.groups()
        if pattern is _ISO:
            year, month, day = int(first), int(middle), int(last)
        else:
            year, day = int(last), int(first)
            month = int(middle) if middle.isdigit() else _MONTHS[middle.lower()]
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None
