"""Times of day that go with a date."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Reading
from pipeline.dates.scan import blanks, either

#: one time of day; one or two of them; two
CLOCK = r"(?:(?:[01]?\d|2[0-4])(?:~h(?:eures?)?(?![a-z])(?! ?(?:sur|/) ?24)(?:~[0-5]\d(?![\d/]))?|:[0-5]\d(?!\d))|(?:midi|minuit)\b(?: et demie?\b)?)"
#: an hour that leaves its word to a second one
HOUR = r"(?:[01]?\d|2[0-4])"
#: "de 14 à 17 heures": the first hour leaves its word to the second
_HOUR_SHARED = re.compile(r"(?<=de )(\d{1,2}) (?=a \d{1,2} ?h)|(?<=entre )(\d{1,2}) (?=et \d{1,2} ?h)")
_UNTIL = r"(?:~-~| a |~/~| jusqu.a | et )(?:de )?"
ONE = rf"{CLOCK}(?:{_UNTIL}{CLOCK})?"
TWO = rf"(?:{HOUR} (?:a|et) {CLOCK}|{CLOCK}{_UNTIL}{CLOCK})"
#: "début de", "en milieu de" before a part of the day
_PIECE = r"(?:(?:tout )?(?:debut|milieu|fin) (?:de la |de |d'))"
_WORD = r"(?:des |de |a partir de |a compter de |a |entre |vers |jusqu.a |avant |apres )"
_READ = re.compile(r"(\d{1,2})\s?(?:h(?:eures?)?|:)\s?(\d\d)?|(midi|minuit)(\set\sdemi)?")


@cache
def _after_date() -> re.Pattern[str]:
    part = either(lexicon().day_parts)
    return re.compile(
        blanks(
            rf"(?:,? (?:en {_PIECE}(?P<whole>{part}|journee)(?![a-z-])"
            rf"|(?:au |dans la |dans l'|en )?{_PIECE}?(?P<part>{part})(?![a-z-]| du | de | d')))?"
            rf"(?P<clock>(?:~[:,-] ?| )(?:{_WORD})?{ONE}(?:(?:,| et| puis|~/) ?{_WORD}?{ONE}){{0,2}}|~\({_WORD}?{ONE}\)"
            rf"|,? (?:de |entre ){HOUR} (?:a|et) {CLOCK})?"
        )
    )


#: a value that a time of day can be added to: one day, or one weekday of every week
_ONE_DAY = re.compile(r"(?P<day>[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d))(?P<part>T[A-Z]{2})?")
_NEXT_LINE = re.compile(r"\n\s*(?:\d|midi|minuit)")


def clock_value(text: str) -> str | None:
    """ "18h30" as "18:30", "de 9 h à 17 h" as "09:00/T17:00"; None without a time that exists."""
    times = []
    text = _HOUR_SHARED.sub(lambda match: f"{match[1] or match[2]} h ", text)
    for hours, minutes, named, half in _READ.findall(text):
        hour = int(hours) if hours else 12 if named == "midi" else 0 if half else 24
        times.append(f"{hour:02}:{30 if half else int(minutes or 0):02}")
    if times and times[0] == "24:00" and len(times) > 1:
        times[0] = "00:00"  # "de minuit à 5 h" begins a day; "jusqu'à minuit" ends one
    return "/T".join(times[:2]) if times else None


def join_time(reading: Reading, folded: str) -> None:
    """Widen a reading by the part of day or the clock time that follows it."""
    match = _after_date().match(folded, reading.end)
    if match and _NEXT_LINE.search(match[0]):  # the hour opens the next line of a programme
        match = _after_date().match(folded, reading.end, folded.index("\n", reading.end))
    if match is None or match.end() == reading.end:
        return
    reading.end = match.end()
    clock = clock_value(match["clock"]) if match["clock"] else None
    part = match["whole"] or match["part"]
    if reading.value is None or not (one_day(reading) or reading.type == "SET"):
        return
    value = "XXXX-XX-XX" if reading.value == "P1D" else reading.value
    day = _ONE_DAY.fullmatch(value)
    if day and clock:
        reading.value = "/".join(f"{day['day']}T{time.lstrip('T')}" for time in clock.split("/"))
    elif day and part and not day["part"]:
        reading.value = value + _part_value(match[0], re.sub(r"\s+", " ", part))
    if reading.type != "SET":
        reading.type = "TIME"


def one_day(reading: Reading) -> bool:
    """Whether a reading is one day, placed or not."""
    return reading.days is None or reading.days[0] == reading.days[1]


def _part_value(written: str, part: str) -> str:
    """The TIMEX part of the day; the day's own beginning, middle and end are morning, noon and evening."""
    if part == "journee":
        return "TMO" if "debut" in written else "TMI" if "milieu" in written else "TEV"
    return lexicon().day_parts[part]
