"""What measures nothing: numbers of dates, phones, addresses, labels, ordinals and hours of the day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.model import Date
from pipeline.quantities.lexicon import lexicon
from pipeline.quantities.numbers import Number
from pipeline.text import View


class Blocked:
    """Spans of dates, whose numbers measure nothing, and of lengths of time, whose numbers do."""

    def __init__(self, view: View, dates: Sequence[Date]) -> None:
        spans = sorted((found.start, found.end, _is_bare_duration(view, found)) for found in dates)
        self._spans = [(start, end) for start, end, lasts in spans if not lasts]
        self._lengths = [(start, end) for start, end, lasts in spans if lasts]

    def covers(self, start: int, end: int) -> bool:
        """Whether a number belongs to a date."""
        return _inside(self._spans, start)

    def lasts(self, start: int) -> bool:
        """Whether a number belongs to a length of time."""
        return _inside(self._lengths, start)


def _inside(spans: Sequence[tuple[int, int]], start: int) -> bool:
    number = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return number >= 0 and spans[number][1] > start


def _is_bare_duration(view: View, found: Date) -> bool:
    return found.timex.type == "DURATION" and found.first_day is None


_PHONE = re.compile(r"(?:\d{2}[ .]){3,}\d{2}")


_POSTCODE = re.compile(r"\d{5} (?=[A-ZÀ-ÖØ-Þ])")
# "18 h" is an hour of the day unless something says that it lasts
_CLOCK = re.compile(r"\s?h(?![\w])")
# "après 18 heures", "entre 20 heures et 8 heures"
_HOUR = re.compile(r"\s?heures?(?!\w)(?! (?:de|d'|par|supplementaires|hebdo))")
_HOUR_BEFORE = re.compile(
    r"(?<!\w)(?:apres|avant|a|des|vers|jusqu'a|entre|et|a partir de|(?<!plus )(?<!moins )(?<!pres )de)\s$"
)
_LASTS_BEFORE = re.compile(
    r"(?:pendant|durant|moins d[e']|plus d[e']|environ|pres de|dure\w*|total\w* de|forfait de|volume de|soit|en|duree de|duree :|stage de|formation de|atelier de|sur)\s*$"
)
_LASTS_BEHIND = re.compile(r"\s?h (?:d'|de (?!la |l'|\d)|par |hebdo|annuel|/)")


# "3-6 ans": a range, not a label
_HYPHENED = re.compile(r"-\d{1,3}\s?(?:ans|%|€|km|m|h|jours|mois)(?!\w)")
_HYPHENED_BEFORE = re.compile(r"(?<![\d-])\d{1,3}-$")
_SIGN_BEFORE = re.compile(r"(?:^|[\s(,;])[+-]$")


def may_measure(view: View, number: Number) -> bool:
    """Whether a number is neither an ordinal, an address, a label nor part of a phone number."""
    words, folded = lexicon(), view.folded
    before = folded[max(0, number.start - 24) : number.start]
    after = folded[number.end : number.end + 30]
    if number.fraction or number.approximate:
        return True
    hyphened = _HYPHENED.match(after) or _HYPHENED_BEFORE.search(before)
    # "Lyon (520 000) et" counts; "Tarn (81) et" does not
    bracketed = number.value >= 1000 and " " in folded[number.start : number.end] and after.startswith(")")
    if (words.not_behind.match(after) and not hyphened and not bracketed) or words.addresses.match(after):
        return False
    if (
        not number.spelled
        and not hyphened
        and words.not_before.search(before)
        and not before.endswith(("- ", "+ "))
        and not _SIGN_BEFORE.search(before)
    ):
        return False
    if _POSTCODE.match(view.text, number.start):
        return False
    around = folded[max(0, number.start - 14) : number.end + 14]
    return number.spelled or _PHONE.search(around) is None


def is_clock(folded: str, number: Number, position: int) -> bool:
    """Whether hours behind a number are an hour of the day: "à 18 h", "entre 20 heures et 8 heures"."""
    if number.value > 24 or (number.spelled and not _HOUR.match(folded, position)):
        return False
    if _HOUR.match(folded, position):
        opened = _HOUR_BEFORE.search(folded[max(0, number.start - 20) : number.start])
        if opened and opened[0].strip() == "de":
            return re.match(r"\s?heures? (?:a|jusqu'a) ", folded[position : position + 20]) is not None
        return opened is not None
    if number.spelled or not _CLOCK.match(folded, position):
        return False
    before = folded[max(0, number.start - 20) : number.start]
    return not (_LASTS_BEFORE.search(before) or _LASTS_BEHIND.match(folded, position))
