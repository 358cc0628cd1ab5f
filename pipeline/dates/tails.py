"""What stands behind a form and belongs to it: "au plus tard", "au maximum", "sauf le mardi"."""

from __future__ import annotations

import re

from pipeline.dates import links
from pipeline.dates.left import Left
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Reading
from pipeline.dates.scan import either

_DAYS = either(lexicon().weekdays_in_full)
_PART = r"(?: (?:matin|soir|apres-midi))?"
#: "tous les jours sauf le lundi", "le matin (sauf mardi et jeudi)"; a date after "sauf" is one of its own
_EXCEPT = re.compile(
    rf",? \(?(?:sauf|hors|hormis|excepte)(?: les?| en)? (?:{_DAYS}s?{_PART}(?:(?:,| et| ou)(?: les?)? {_DAYS}s?{_PART}){{0,3}}"
    rf"|week-ends?)(?! \d| de | d')(?![\w-])\)?"
)


def compare(reading: Reading, compared: Left) -> None:
    """Give a reading the meaning of a comparator and widen it to where the comparator begins."""
    if reading.type in ("SET", "DURATION"):
        return
    reading.start = min(reading.start, compared.start)
    if reading.mod in ("START", "MID", "END") and reading.days:
        # one mod is all that TIMEX3 has: "avant fin mars" keeps its days in the value
        reading.value = "/".join(day.isoformat() for day in reading.days)
    reading.mod = compared.meaning


def join_tail(reading: Reading, folded: str) -> None:
    """Widen a reading by what follows it: "vendredi 17 mai au plus tard", "six heures au maximum"."""
    if reading.type == "DURATION":
        if reading.mod is None and (match := links.AT_MOST.match(folded, reading.end)):
            reading.end = match.end()
            least = match["least"] or match["some"]
            reading.mod = "APPROX" if match["about"] else "EQUAL_OR_MORE" if least else "EQUAL_OR_LESS"
    elif reading.type == "SET":
        if match := _EXCEPT.match(folded, reading.end):
            bracketed = "(" in match[0]
            reading.end = match.end() if bracketed or not match[0].endswith(")") else match.end() - 1
    elif match := links.LATEST.match(folded, reading.end):
        reading.end = match.end()
        compare(reading, Left(reading.start, "ON_OR_BEFORE" if match["late"] else "AFTER"))
