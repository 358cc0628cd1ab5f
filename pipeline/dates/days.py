"""Readers of days: "12 juin", "les 3, 4 et 10 mai", "samedi 8", "03/09/2024"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from pipeline.dates.almanac import Days, feast_days, make_day, shift
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import DEICTIC, Mention, either

#: Years on either side of the publication day in which a weekday is looked for; the same weekday
#: comes back within eleven years.
_REACH = 11


@cache
def _item() -> re.Pattern[str]:
    weekday = either(lexicon().weekdays).replace(" ", r"\s")
    return re.compile(
        rf"(?:(?P<weekday>{weekday})s?\.?(?:\s{DEICTIC})?,?\s{{1,2}}(?:le\s{{1,2}})?)?(?P<day>1\s?(?:er|ᵉʳ)|premier|\d{{1,2}})"
    )


def _number(day: str) -> int:
    return int(day) if day.isdigit() else 1


def choose(candidates: Iterable[date], context: Context, start: int, end: int) -> date | None:
    """The day that is meant among those that the words allow: the side of the publication day that
    tense tells, then the nearest; a coming day rather than a past one where nothing tells.
    """
    published = context.published
    days = sorted(candidates)
    if context.not_before:
        days = [day for day in days if day >= context.not_before] or days
        return days[0] if days else None
    if not days or published is None:
        return None
    side = context.tense(start, end)
    # a verb may belong to another clause: it weighs, it does not forbid, unless "depuis" stands there
    sure = context.done(start) if side == "past" else context.will(start)
    against = 100.0 if context.hint or sure else 4.0
    ahead, behind = {"past": (against, 1.0), "future": (1.0, against)}.get(side or "", (1.0, 1.4))
    return min(
        days,
        key=lambda day: (
            (day - published).days * ahead if day >= published else (published - day).days * behind
        ),
    )


def place_day(
    context: Context, month: int, day: int, weekday: int | None, start: int, end: int
) -> tuple[date | None, str]:
    """A day without its year: the day where it can be told, and the TIMEX value."""
    unresolved = f"XXXX-{month:02}-{day:02}"
    forced = context.forced_year or context.year_from_text(start)
    if forced and context.forced_year is None and is_past_year(forced, context, start, end):
        forced = None
    if forced is not None and not (context.not_before and context.forced_year is None):
        placed = make_day(forced, month, day)
        if placed and (weekday is None or placed.weekday() == weekday):
            return placed, placed.isoformat()
    centre = context.published.year if context.published else context.document_year
    if context.not_before:
        centre = context.not_before.year
    if centre is None:
        return None, unresolved
    candidates = _candidates(month, day, weekday, centre)
    if context.published is None and not context.not_before:
        placed = next((found for found in candidates if found.year == context.document_year), None)
    else:
        placed = choose(candidates, context, start, end)
    return placed, placed.isoformat() if placed else unresolved


@lru_cache(maxsize=8192)
def _candidates(month: int, day: int, weekday: int | None, centre: int) -> tuple[date, ...]:
    """The days around a year that a day without its year may be, in order."""
    reach = _REACH if weekday is not None else 1 if (month, day) != (2, 29) else 4
    years = range(centre - reach, centre + reach + 1)
    days = [found for year in years if (found := make_day(year, month, day))]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday]
        # the same weekday years away is a slip of the pen only when a nearer year is named
        days = [found for found in days if abs(found.year - centre) <= 1] or days
    return tuple(days)


def _is_near(context: Context, month: int, day: int) -> bool:
    """Whether a day has the weekday that the words before it ask for in a year beside the publication."""
    published = context.published
    return published is not None and any(
        abs(found.year - published.year) <= 1
        for found in _candidates(month, day, context.weekday, published.year)
    )


def is_past_year(year: int, context: Context, start: int, end: int) -> bool:
    """Whether a year named before is over while the words around the date do not speak of the past."""
    published = context.published
    if published is None or year >= published.year or context.lent_year is None:
        return False
    side = context.tense(start, end)
    return side == "future" or (side is None and not context.lent_year[2])


def read_days(mention: Mention, context: Context) -> list[Reading]:
    """Days of a month, alone, listed or from one to another, with a month and perhaps a year."""
    found = mention.found
    items = _items(mention)
    if "month" not in found:
        return _days_without_month(mention, items, context)
    month = lexicon().months[found["month"].rstrip(".")]
    year = int(found["fullyear"]) if "fullyear" in found else None
    if len(items) > 1 and items[-1][2] < items[-2][2] and _ascending(items[:-1]):
        return _across_months(mention, items, month, context)
    if not _ascending(items):
        items = items[-1:]
    own = year is not None
    placed: list[date | None] = []
    for position, (start, weekday, day) in enumerate(items):
        if year is None and "deixis" in found:
            year = _deictic_year(found["deixis"], month, day, context)
        if year is None and make_day(2024, month, day) is None:
            return []
        if year is not None:
            placed.append(make_day(year, month, day))
        else:
            first = weekday is None and position == 0
            wanted = _weekday_of_others(items, day) if first else weekday
            if wanted is None and context.weekday is not None and _is_near(context, month, day):
                wanted = context.weekday
            chosen, _ = place_day(context, month, day, wanted, start, mention.end)
            placed.append(chosen)
            year = chosen.year if chosen else None
    if year is not None and any(day is None for day in placed):
        return []  # 31 février: no such day
    stem = f"{year:04}" if year is not None else "XXXX"
    values = [f"{stem}-{month:02}-{day:02}" for _, _, day in items]
    return _entries(mention, items, placed, values, own)


def _across_months(
    mention: Mention, items: list[tuple[int, int | None, int]], month: int, context: Context
) -> list[Reading]:
    """ "samedi 31 et dimanche 1er novembre": what stands before a smaller number is of the month before."""
    start, weekday, number = items[-1]
    written = mention.found.get("fullyear")
    last = (
        make_day(int(written), month, number)
        if written
        else place_day(context, month, number, weekday, start, mention.end)[0]
    )
    if last is None:
        return []
    placed: list[date | None] = []
    for _, _, day in items[:-1]:
        before = last.replace(day=1) - timedelta(days=1)
        placed.append(make_day(before.year, before.month, day))
    placed.append(last)
    if any(day is None for day in placed):
        return []
    values = [day.isoformat() for day in placed if day]
    return _entries(mention, items, placed, values, written is not None)


def _weekday_of_others(items: list[tuple[int, int | None, int]], day: int) -> int | None:
    """The weekday that a later member of the list gives to the first one."""
    for _, weekday, other in items:
        if weekday is not None:
            return (weekday - (other - day)) % 7
    return None


def _deictic_year(word: str, month: int, day: int, context: Context) -> int | None:
    published = context.published
    if published is None:
        return None
    side = lexicon().deixis[word]
    this = make_day(published.year, month, day)
    if this is None:
        return None
    if side == "next":
        return this.year if this > published else this.year + 1
    if side == "last":
        return this.year if this < published else this.year - 1
    return None


def _items(mention: Mention) -> list[tuple[int, int | None, int]]:
    """Offset, weekday and number of every day of a list."""
    start = mention.list_span[0] if mention.list_span else mention.start
    weekdays = lexicon().weekdays
    return [
        (
            start + match.start(),
            weekdays[match["weekday"]] if match["weekday"] else None,
            _number(match["day"]),
        )
        for match in _item().finditer(mention.found["list"])
    ]


def _ascending(items: list[tuple[int, int | None, int]]) -> bool:
    return all(one[2] < other[2] for one, other in itertools.pairwise(items)) and items[-1][2] <= 31


_TO = re.compile(r"\s(?:au|a)\s|\d(?:er)?\s?-\s?\d|-\s?[a-z]")


def _entries(
    mention: Mention,
    items: list[tuple[int, int | None, int]],
    placed: list[date | None],
    values: list[str],
    own_year: bool,
) -> list[Reading]:
    """One entry for consecutive days or a range, else one for each day."""

    def entry(start: int, end: int, first: int, last: int) -> Reading:
        one, two = placed[first], placed[last]
        days = (one, two) if one and two else None
        value = values[first] if first == last else f"{values[first]}/{values[last]}"
        return Reading(start, end, value, days, own_year=own_year, takes_time=True)

    span = mention.list_span or (mention.start, mention.end)
    text = mention.found["list"]
    if len(items) == 1:
        return [entry(items[0][0], mention.end, 0, 0)]
    links = [text[items[i][0] - span[0] : items[i + 1][0] - span[0] + 2] for i in range(len(items) - 1)]
    ranges = [bool(_TO.search(" " + link[link.find(str(items[i][2])) :])) for i, link in enumerate(links)]
    consecutive = all(two[2] == one[2] + 1 for one, two in itertools.pairwise(items))
    if consecutive or (len(items) == 2 and ranges[0]):
        return [entry(items[0][0], mention.end, 0, len(items) - 1)]
    readings = []
    index = 0
    while index < len(items):
        last = index
        if index < len(ranges) and ranges[index]:
            last = index + 1
        end = mention.end if last == len(items) - 1 else _end_of(mention, items, last)
        readings.append(entry(items[index][0], end, index, last))
        index = last + 1
    return readings


def _end_of(mention: Mention, items: list[tuple[int, int | None, int]], index: int) -> int:
    start = mention.list_span[0] if mention.list_span else mention.start
    match = _item().match(mention.found["list"], items[index][0] - start)
    return start + (match.end() if match else 0)


def _days_without_month(
    mention: Mention, items: list[tuple[int, int | None, int]], context: Context
) -> list[Reading]:
    """ "samedi 8", "les 12 et 13": the month is the one named before, else the one that agrees."""
    if not _ascending(items):
        if all(item[1] is not None for item in items):
            return _one_by_one(mention, items, context)
        items = items[:1]
        mention.end = _end_of(mention, items, 0)
    start, weekday, day = items[0]
    if not 1 <= day <= 31:
        return []
    if weekday is None:
        weekday = _weekday_of_others(items, day)
    first = _in_month_ahead(context, items, weekday, mention)
    context.of_month_ahead = first is not None
    first = first or _ahead_of_event(context, start, day, weekday) or _in_lent_month(context, day, weekday)
    if first is None:
        reference = context.published
        if reference is None:
            values = [f"XXXX-XX-{number:02}" for _, _, number in items]
            return _entries(mention, items, [None] * len(items), values, False)
        first = choose(_nearby(reference, day, weekday), context, start, mention.end)
        if first is None:
            return []
    placed = [make_day(first.year, first.month, number) for _, _, number in items]
    if any(one is None for one in placed):
        return []
    return _entries(mention, items, placed, [one.isoformat() for one in placed if one], False)


def _one_by_one(
    mention: Mention, items: list[tuple[int, int | None, int]], context: Context
) -> list[Reading]:
    """ "samedi 31 et dimanche 1er": across the end of a month, consecutive days in one entry."""
    readings: list[Reading] = []
    for index, item in enumerate(items):
        start, end = item[0], _end_of(mention, items, index)
        text = context.view.folded[start:end]
        one = Mention(start, end, "days", {"list": text}, (start, end))
        for reading in _days_without_month(one, [item], context):
            last = readings[-1].days if readings else None
            if last and reading.days and last[1] + timedelta(days=1) == reading.days[0]:
                readings[-1].days, readings[-1].end = (last[0], reading.days[1]), reading.end
                readings[-1].value = f"{last[0].isoformat()}/{reading.value}"
            else:
                readings.append(reading)
    return readings


def _in_lent_month(context: Context, day: int, weekday: int | None) -> date | None:
    if context.lent_month is None:
        return None
    year, month = context.lent_month
    placed = make_day(year, month, day)
    if placed is None or (weekday is not None and placed.weekday() != weekday):
        return None
    # the month of the dateline lends itself only to days that are not over when it is published
    return placed


def _ahead_of_event(context: Context, start: int, day: int, weekday: int | None) -> date | None:
    """ "réservez avant le 25" beside a feast of 2 October: the last such day before the feast."""
    if context.published is None or not context.view.folded.endswith(("avant le ", "d'ici le "), 0, start):
        return None
    ahead = [r.days[0] for r in context.recent[-8:] if r.days and r.unit in ("D", "WE") and r.mod is None]
    event = max(ahead, default=context.published)
    found = [one for one in _nearby(event, day, weekday) if context.published < one <= event]
    return max(found, default=None)


def _in_month_ahead(
    context: Context, items: list[tuple[int, int | None, int]], weekday: int | None, mention: Mention
) -> date | None:
    """The first day of a list in the month that a later day of the sentence names."""
    if context.month_ahead is None:
        return None
    year, month = context.month_ahead
    context.forced_year = year
    placed = place_day(context, month, items[0][2], weekday, items[0][0], mention.end)[0]
    context.forced_year = None
    return placed


def _nearby(reference: date, day: int, weekday: int | None) -> list[date]:
    """Days of that number (and weekday) in the six months on either side."""
    found = []
    reach = 6 if weekday is not None else 1
    for count in range(-reach, reach + 1):
        month = shift(reference.replace(day=1), count, "M")
        placed = make_day(month.year, month.month, day) if month else None
        if placed and (weekday is None or placed.weekday() == weekday):
            found.append(placed)
    return found


def read_digits(mention: Mention, context: Context) -> list[Reading]:
    """ "03/09/2024", "3.9.24", "2024-09-03", "samedi 12/06"."""
    found = mention.found
    start = mention.start
    month, day = int(found["monthnumber"]), _number(found["day"])
    weekday = lexicon().weekdays.get(found.get("weekdayany", ""))
    if "shortyear" in found:
        written = found["shortyear"]
        year = int(written) if len(written) == 4 else _century(int(written), context)
        placed = make_day(year, month, day)
        if placed is None:
            return []
        time = found.get("isotime")
        value = placed.isoformat() + (f"T{time}" if time else "")
        kind: Literal["DATE", "TIME"] = "TIME" if time else "DATE"
        return [
            Reading(
                start, mention.end, value, (placed, placed), type=kind, own_year=True, takes_time=not time
            )
        ]
    if make_day(2024, month, day) is None:
        return []
    chosen, value = place_day(context, month, day, weekday, start, mention.end)
    return [Reading(start, mention.end, value, (chosen, chosen) if chosen else None, takes_time=True)]


def _century(year: int, context: Context) -> int:
    """A year of two digits: not more than twenty years after the publication day."""
    now = context.published.year if context.published else 2000 + year
    return 2000 + year if 2000 + year <= now + 20 else 1900 + year


def read_holiday(mention: Mention, context: Context) -> list[Reading]:
    """A feast or observance, in the year named or the one that tense tells."""
    key = lexicon().feast_of[re.sub(r"\s+", " ", mention.found["holiday"])]
    if "year" in mention.found:
        days: Days | None = feast_days(key, int(mention.found["year"]))
    elif (forced := context.forced_year or context.year_from_text(mention.start)) is not None:
        days = feast_days(key, min(max(forced, 1583), 9998))
    elif context.published is not None:
        by_day = {
            feast_days(key, year)[0]: year
            for year in range(context.published.year - 1, context.published.year + 2)
        }
        chosen = choose(by_day, context, mention.start, mention.end)
        days = feast_days(key, by_day[chosen]) if chosen else None
    else:
        days = None
    value = None
    if days:
        value = days[0].isoformat() if days[0] == days[1] else f"{days[0].isoformat()}/{days[1].isoformat()}"
    return [
        Reading(
            mention.start,
            mention.end,
            value or "XXXX-XX-XX",
            days,
            own_year="year" in mention.found,
            takes_time=True,
        )
    ]
