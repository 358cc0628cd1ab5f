"""Times of day: those that go with a date, and those that stand alone."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Reading
from pipeline.dates.scan import blanks, either

_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])(?:~h(?:eures?)?(?![a-z])(?:~[0-5]\d(?![\d/]))?|:[0-5]\d(?!\d))|midi\b|minuit\b)"
)
_ONE = rf"{_CLOCK}(?:(?:~-~| a |~/~| jusqu.a | et )(?:de )?{_CLOCK})?"
_WORD = r"(?:des |de |a partir de |a compter de |a |entre |vers |jusqu.a |avant |apres )"
_READ = re.compile(r"(\d{1,2})\s?(?:h(?:eures?)?|:)\s?(\d\d)?|(midi)|(minuit)")


@cache
def _after_date() -> re.Pattern[str]:
    part = either(lexicon().day_parts)
    return re.compile(
        blanks(
            rf"(?:(?:,? (?:au |dans la |dans l.|en )?(?:debut de |fin de |fin d.|debut d.)?)(?P<part>{part})(?![a-z-]| du | de | d.))?"
            rf"(?P<clock>(?:~[:,-] ?| )(?:{_WORD})?{_ONE}(?:(?:,| et| puis) {_WORD}?{_ONE}){{0,2}})?"
        )
    )


_ALONE = re.compile(blanks(rf"(?<![\w-])(?P<word>{_WORD})(?P<clock>{_ONE})(?![\w%])"))


_NEXT_LINE = re.compile(r"\n\s*(?:\d|midi|minuit)")


def clock_value(text: str) -> str | None:
    """ "18h30" as "18:30", "de 9 h à 17 h" as "09:00/T17:00"; None without a time that exists."""
    times = []
    for hours, minutes, noon, midnight in _READ.findall(text):
        hour = 12 if noon else 0 if midnight else int(hours)
        times.append(f"{hour % 24:02}:{int(minutes or 0):02}")
    return "/T".join(times[:2]) if times else None


def join_time(reading: Reading, folded: str) -> None:
    """Widen a reading by the part of day or the clock time that follows it."""
    match = _after_date().match(folded, reading.end)
    if match and _NEXT_LINE.search(match[0]):  # the hour opens the next line of a programme
        match = _after_date().match(folded, reading.end, folded.index("\n", reading.end))
    if match is None or match.end() == reading.end:
        return
    reading.end = match.end()
    if reading.type == "SET":
        return
    single = reading.days is None or reading.days[0] == reading.days[1]
    clock = clock_value(match["clock"]) if match["clock"] else None
    if single and reading.value and "T" not in reading.value:
        if clock:
            day = reading.value
            reading.value = "/".join(f"{day}T{time.lstrip('T')}" for time in clock.split("/"))
        elif match["part"]:
            reading.value += lexicon().day_parts[re.sub(r"\s+", " ", match["part"])]
        reading.type = "TIME"


def times_alone(folded: str, taken: list[tuple[int, int]]) -> list[Reading]:
    """Clock times that belong to no date, outside the spans that are taken (in order)."""
    readings = []
    index = 0
    for match in _ALONE.finditer(folded):
        start, end = match.span("clock")
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] < end:
            continue
        value = clock_value(match["clock"])
        if value:
            ranged = "/" in value
            readings.append(Reading(match.start() if ranged else start, end, f"T{value}", type="TIME"))
    return readings
