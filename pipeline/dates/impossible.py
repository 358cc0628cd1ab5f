"""Dates that no calendar has and numbers that nobody can read: nothing is made of them, but a person is told."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.almanac import make_day
from pipeline.dates.lexicon import lexicon
from pipeline.dates.openings import tree
from pipeline.text import View

#: a leap year, for a day whose year is not told
_LEAP = 2024
#: how much of what was written a warning repeats
_SHOWN = 40
#: beyond this many digits a number measures nothing (`pipeline.quantities.numbers` reads fifteen)
_READ = 15
_MOST = 20  # warnings of one text: a table of broken dates is one mistake

_NUMBER = re.compile(rf"(?<![\w./-])\d{{{_READ + 1},}}(?![\w/-])")


@cache
def _dates() -> re.Pattern[str]:
    months = tree(lexicon().months_in_full)
    return re.compile(
        # "n° 45 mars 2024" is the number of a paper
        rf"(?<![\w/.-])(?<!n[°o] )(?<!n[°o])(?<!numero )(?<!page )(?<!page[ \n])"
        rf"(?:(?P<day>\d{{1,2}}) (?P<month>{months})(?: (?P<year>\d{{4,12}}))?(?![\w-])"
        r"|(?P<d>\d{1,2})(?P<mark>[/.-])(?P<m>\d{1,2})(?P=mark)(?P<y>\d{4,12})(?![\w/-]|\.\d)"
        r"|(?P<iy>[12]\d{3})-(?P<im>\d\d)-(?P<id>\d\d)(?![\w/-]|\.\d))"
    )


def impossible(view: View) -> list[str]:
    """What to tell a person (in French) of the dates and numbers of a view that cannot be.

    >>> impossible(View("Réunion le 31 février, vote le 32/13/2024."))
    ['date impossible, laissée de côté : « 31 février »', 'date impossible, laissée de côté : « 32/13/2024 »']
    """
    told: list[tuple[int, str]] = []
    for match in _dates().finditer(view.folded):
        if not _exists(match):
            written = view.text[match.start() : match.end()]
            told.append((match.start(), f"date impossible, laissée de côté : « {written[:_SHOWN]} »"))
    for match in _NUMBER.finditer(view.folded):
        told.append(
            (match.start(), f"nombre de {len(match[0])} chiffres, laissé de côté : « {_short(match[0])} »")
        )
    return list(dict.fromkeys(warning for _, warning in sorted(told)))[:_MOST]


def _short(digits: str) -> str:
    return digits if len(digits) <= _SHOWN else f"{digits[: _SHOWN - 1]}…"


def _exists(match: re.Match[str]) -> bool:
    if match["month"]:
        month, year = lexicon().months[match["month"]], match["year"]
        # four digits behind the month that are no year are something else's ("le 3 mai 4500 tulipes")
        if year and len(year) == 4:
            year = year if year[0] in "12" else None
        return make_day(int(year) if year else _LEAP, month, int(match["day"])) is not None
    year, month_number, day = (
        (match["y"], match["m"], match["d"]) if match["y"] else (match["iy"], match["im"], match["id"])
    )
    if match["mark"] == "-" and len(year) > 4:
        return True  # a reference, not a day
    return make_day(int(year), int(month_number), int(day)) is not None
