"""Times of day that stand alone: those of a programme have the day told above them, hours that come back none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.dates.almanac import shift
from pipeline.dates.clock import ONE, TWO, clock_value, one_day
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import blanks

_BEFORE = r"(?:pas avant |des |depuis |a partir de |a compter de |a |vers |jusqu.a |avant |apres |par (?=midi|minuit))"
# "de 3 h" alone may be a length: only "de 14 h à 17 h" is told
_ALONE = re.compile(
    blanks(
        rf"(?<![\w-])(?:(?P<word>{_BEFORE})(?P<clock>{ONE})|(?P<range>(?:de |entre ){TWO}))(?![\w%])"
        rf"|(?:\n|\A)[-*•·>→|]?[ ]{{0,2}}(?P<line>(?:de |des )?{ONE})(?![\w%])"
    )
)
#: "à 24 heures d'intervalle", "les 24 Heures du Mans": a length of time
_LASTS = re.compile(r"(?:\w+ )?24 ?h(?:eures?)?(?: d'| du | de |$)")
#: words that compare a time and belong to its mention
_COMPARES = ("pas avant", "des", "depuis", "vers", "jusqu", "avant", "apres", "a partir", "a compter")
#: what says that hours come back
_HABIT = re.compile(
    r"\b(?:toujours|jamais|ouverture|horaires?|habitu\w*|permanences?|d'ordinaire|quotidien\w*|en semaine|en periode|seuls)\b"
)
#: an hour before which "jusqu'à" ends in the next day
_SMALL_HOURS = "06"
#: what an alert says of the day on which it is sent
_BULLETIN = re.compile(r"\b(?:(?:prochain|nouveau) (?:point|bulletin|communique)|cotes?|releve\w*|vigilance)\b")
#: a day farther from the publication day than this is history, or another year's
_PAST, _COMING = timedelta(days=10), timedelta(days=400)


def times_alone(context: Context, readings: Sequence[Reading]) -> list[Reading]:
    """Clock times outside the readings, each with the day that is told for it.

    Parameters
    ----------
    readings : the dates of the text, in order.
    """
    folded = context.view.folded
    times: list[Reading] = []
    index = 0
    for match in _ALONE.finditer(folded):
        start, end = match.span(match.lastgroup or 0)
        while index < len(readings) and readings[index].end <= start:
            index += 1
        if index < len(readings) and readings[index].start < end:
            continue
        value = clock_value(folded[start:end])
        if value is None or _LASTS.match(folded, start):
            continue
        if match["word"] and match["word"].startswith(_COMPARES):
            start = match.start()
        if match["line"]:
            times.append(_of_programme(context, readings, index, times, Reading(start, end, value)))
        else:
            times.append(_of_prose(context, readings, index, Reading(start, end, value)))
    return times


def _placed(time: Reading, day: date | None) -> Reading:
    """A time on its day, or on none."""
    time.type = "TIME"
    if day is None:
        time.value = f"T{time.value}"
    else:
        time.value, time.days = _on(day.isoformat(), time.value or ""), (day, day)
    return time


def _on(day: str, value: str) -> str:
    """ "10:00/T12:00" on a day: both ends with it."""
    return "/".join(f"{day}T{time.lstrip('T')}" for time in value.split("/"))


def _of_programme(
    context: Context, readings: Sequence[Reading], index: int, times: Sequence[Reading], time: Reading
) -> Reading:
    """A time that opens a line: of the day of the line above, or of the day that heads the lines."""
    folded = context.view.folded
    heading = next((one for one in reversed(readings[:index]) if _heads(folded, one)), None)
    last = times[-1] if times else None
    if last and last.days and context.same_paragraph(last.start, time.start):
        if heading is None or heading.start < last.start:
            return _placed(time, last.days[0])
    if heading and heading.type == "SET" and context.same_paragraph(heading.start, time.start):
        time.type, time.value = "SET", _on("XXXX-XX-XX", time.value or "")
        return time
    if heading and heading.days and one_day(heading) and _near(context, heading.days[0]):
        return _placed(time, heading.days[0])
    return _placed(time, _last_day(context, readings[:index]))


def _heads(folded: str, one: Reading) -> bool:
    """Whether a date opens a line of a few words, or is all but all of it."""
    first = folded.rfind("\n", 0, one.start) + 1
    last = folded.find("\n", one.end)
    last = last if last >= 0 else len(folded)
    return last - first < _HEADING and one.start - first < _HEADING_BEFORE


_HEADING = 60  # characters of a line that heads others
_HEADING_BEFORE = 24  # characters of such a line in front of its date


def _near(context: Context, day: date) -> bool:
    published = context.published
    return published is None or published - _PAST <= day <= published + _COMING


def _last_day(context: Context, before: Sequence[Reading]) -> date | None:
    """The one day near the publication day that was told last."""
    for one in reversed(before):
        if one.days and one.unit == "D" and one.type != "SET" and one_day(one) and one.mod is None:
            if _near(context, one.days[0]):
                return one.days[0]
    return None


def _of_prose(context: Context, readings: Sequence[Reading], index: int, time: Reading) -> Reading:
    """A time in a sentence: of the day told in its paragraph or the coming day told last, unless it comes back."""
    view, published = context.view, context.published
    first, last = view.sentence_at(time.start)
    same = [one for one in readings[max(0, index - 4) : index + 4] if first <= one.start < last]
    ranged = "/" in (time.value or "")
    day = _last_day(context, [one for one in same if one.start < time.start])
    if day and not (ranged and published and day < published):
        ends_next = view.folded.startswith("jusqu", time.start) and (time.value or "")[:2] < _SMALL_HOURS
        return _placed(time, (shift(day, 1, "D") or day) if ends_next else day)
    if published and view.folded.startswith("depuis", time.start):
        return _placed(time, published)
    if any(one.type == "SET" for one in same) or _HABIT.search(view.folded, first, last):
        time.type, time.value = "SET", _on("XXXX-XX-XX", time.value or "")
        return time
    if published and _BULLETIN.search(view.folded, first, last):
        return _placed(time, published)
    day = _last_day(context, readings[:index])
    if day is None or (published and day < published):
        return _placed(time, None)
    return _placed(time, day)
