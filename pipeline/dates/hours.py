"""Times of day that stand alone: those of a programme have the day told above them, hours that come back none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
#: an hour, wherever it stands; the words before it and the longest time ("de 14 h 30 à 17 h 30") are looked at after
_HOUR = re.compile(r"\d{1,2} ?(?:h(?!a|l)|:[0-5])|midi|minuit")
_WORDS_BEFORE, _LONGEST = 24, 60
#: words that compare a time and belong to its mention
_COMPARES = ("pas avant", "des", "depuis", "vers", "jusqu", "avant", "apres", "a partir", "a compter")
#: what says that hours come back
_HABIT = re.compile(
    r"\b(?:toujours|jamais|ouverture|horaires?|habitu\w*|permanences?|d'ordinaire|quotidien\w*|en semaine|en periode|seuls)\b"
)
#: an hour before which "jusqu'à" ends in the next day
_SMALL_HOURS = "06"
#: what an alert says of the day on which it is sent
_BULLETIN = re.compile(
    r"\b(?:(?:prochain|nouveau) (?:point|bulletin|communique)|cotes?|releve\w*|vigilance)\b"
)
#: a day farther from the publication day than this is history, or another year's
_PAST, _COMING = timedelta(days=10), timedelta(days=400)


_BESIDE = 4  # dates on either side of a time that may stand in its sentence
_REACH = 200  # characters on either side of a time in which its sentence is read
_HEADING = 60  # characters of a line that heads others
_HEADING_BEFORE = 24  # characters of such a line in front of its date


@dataclass(slots=True)
class _Told:
    """What the dates before a time tell: the last single day near the publication day, the last heading."""

    context: Context
    day: date | None = None
    heading: Reading | None = None

    def add(self, one: Reading) -> None:
        """Take a date into account that stands before all times to come."""
        self.day = _single_day(self.context, one) or self.day
        if _heads(self.context.view.folded, one):
            self.heading = one


def times_alone(context: Context, readings: Sequence[Reading]) -> list[Reading]:
    """Clock times outside the readings, each with the day that is told for it.

    Parameters
    ----------
    readings : the dates of the text, in order.
    """
    folded = context.view.folded
    times: list[Reading] = []
    told = _Told(context)
    index = 0
    position = 0
    for hour in _HOUR.finditer(folded):
        while index < len(readings) and readings[index].end <= hour.start():
            told.add(readings[index])
            index += 1
        if hour.start() < position or (index < len(readings) and readings[index].start < hour.end()):
            continue
        free = max(position, readings[index - 1].end) if index else position
        match = _ALONE.search(folded, max(free, hour.start() - _WORDS_BEFORE), hour.end() + _LONGEST)
        if match is None or match.start() > hour.start():
            continue
        position = match.end()
        start, end = match.span(match.lastgroup or 0)
        if index < len(readings) and readings[index].start < end:
            continue
        value = clock_value(folded[start:end])
        if value is None or _LASTS.match(folded, start):
            continue
        if match["word"] and match["word"].startswith(_COMPARES):
            start = match.start()
        time = Reading(start, end, value, type="TIME")
        if match["line"]:
            times.append(_of_programme(told, times[-1] if times else None, time))
        else:
            times.append(_of_prose(told, readings[max(0, index - _BESIDE) : index + _BESIDE], time))
    return times


def _placed(time: Reading, day: date | None) -> Reading:
    """A time on its day, or on none."""
    if day is None:
        time.value = f"T{time.value}"
    else:
        time.value, time.days = _on(day.isoformat(), time.value or ""), (day, day)
    return time


def _recurring(time: Reading) -> Reading:
    time.type, time.value = "SET", _on("XXXX-XX-XX", time.value or "")
    return time


def _on(day: str, value: str) -> str:
    """ "10:00/T12:00" on a day: both ends with it."""
    return "/".join(f"{day}T{time.lstrip('T')}" for time in value.split("/"))


def _of_programme(told: _Told, last: Reading | None, time: Reading) -> Reading:
    """A time that opens a line: of the day of the line above, or of the day that heads the lines."""
    context, heading = told.context, told.heading
    if (
        last
        and last.days
        and context.same_paragraph(last.start, time.start)
        and (heading is None or heading.start < last.start)
    ):
        return _placed(time, last.days[0])
    if heading and heading.type == "SET" and context.same_paragraph(heading.start, time.start):
        return _recurring(time)
    if heading and heading.days and one_day(heading) and _near(context, heading.days[0]):
        return _placed(time, heading.days[0])
    return _placed(time, told.day)


def _heads(folded: str, one: Reading) -> bool:
    """Whether a date opens a line of a few words, or is all but all of it."""
    first = folded.rfind("\n", max(0, one.start - _HEADING), one.start) + 1
    last = folded.find("\n", one.end, one.end + _HEADING)
    last = last if last >= 0 else min(len(folded), one.end + _HEADING)
    return (
        (first > 0 or one.start < _HEADING)
        and last - first < _HEADING
        and one.start - first < _HEADING_BEFORE
    )


def _near(context: Context, day: date) -> bool:
    published = context.published
    return published is None or published - _PAST <= day <= published + _COMING


def _single_day(context: Context, one: Reading) -> date | None:
    """The day of a date that is one day, near the publication day."""
    single = one.days and one.unit == "D" and one.type != "SET" and one_day(one) and one.mod is None
    return one.days[0] if single and one.days and _near(context, one.days[0]) else None


def _of_prose(told: _Told, beside: Sequence[Reading], time: Reading) -> Reading:
    """A time in a sentence: of the day told in it or the coming day told last, unless it comes back.

    Parameters
    ----------
    beside : the dates around the time, in order.
    """
    context = told.context
    view, published = context.view, context.published
    first, last = view.sentence_at(time.start)
    same = [one for one in beside if first <= one.start < last]
    first, last = max(first, time.start - _REACH), min(last, time.end + _REACH)
    days = [day for one in same if one.start < time.start and (day := _single_day(context, one))]
    ranged = "/" in (time.value or "")
    if days and not (ranged and published and days[-1] < published):
        ends_next = view.folded.startswith("jusqu", time.start) and (time.value or "")[:2] < _SMALL_HOURS
        return _placed(time, (shift(days[-1], 1, "D") or days[-1]) if ends_next else days[-1])
    if published and view.folded.startswith("depuis", time.start):
        return _placed(time, published)
    if any(one.type == "SET" for one in same) or _HABIT.search(view.folded, first, last):
        return _recurring(time)
    if published and _BULLETIN.search(view.folded, first, last):
        return _placed(time, published)
    over = told.day is not None and published is not None and told.day < published
    # "la ligne 1 part dès 5 h 40" every day, unless the sentence names one
    return _placed(time, None if over or view.folded.startswith("des ", time.start) else told.day)
