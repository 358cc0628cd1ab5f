"""Readers of months, years, seasons, decades and parts of a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.dates.almanac import (
    Days,
    make_day,
    make_month,
    make_year,
    nth_weekday,
    season_days,
    season_of,
    shift,
)
from pipeline.dates.days import choose, is_past_year
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention

_ROMAN = {"i": 1, "v": 5, "x": 10}


def read_month(mention: Mention, context: Context) -> list[Reading]:
    """ "mars 2024", "décembre dernier", "juin" alone, "09/2024"."""
    found = mention.found
    month = int(found["monthnumber"]) if "monthnumber" in found else lexicon().months[found["monthfull"]]
    year = int(found["year"]) if "year" in found else None
    own = year is not None
    if year is None:
        side = lexicon().deixis.get(found.get("deixis", ""))
        year = month_year(month, side, mention.start, mention.end, context)
    if year is None:
        return [Reading(mention.start, mention.end, f"XXXX-{month:02}", unit="M")]
    return [
        Reading(
            mention.start,
            mention.end,
            f"{year:04}-{month:02}",
            make_month(year, month),
            unit="M",
            own_year=own,
        )
    ]


_THEN = re.compile(r",? (?:puis|et|ensuite|et puis)(?: en| de| a| au)? $")


def _goes_on(month: int, year: int, start: int, context: Context) -> bool:
    """Whether a list goes over New Year: "en octobre 2024, puis en mars"."""
    anchor = context.anchor
    if anchor is None or anchor.days is None or anchor.days[1].year != year or anchor.days[1].month <= month:
        return False
    return _THEN.fullmatch(context.view.folded[anchor.end : start]) is not None


def month_year(month: int, side: str | None, start: int, end: int, context: Context) -> int | None:
    """The year of a month that is named without one."""
    published = context.published
    if side in ("after", "before") and context.anchor and context.anchor.days:
        first, last = context.anchor.days
        if side == "after":
            return last.year + (month <= last.month)
        return first.year - (month >= first.month)
    if published and side == "next":
        return published.year + (month <= published.month)
    if published and side == "last":
        return published.year - (month >= published.month)
    if context.forced_year is not None:
        return context.forced_year
    if context.not_before:
        return context.not_before.year + (month < context.not_before.month)
    lent = context.year_from_text(start)
    if lent is not None and is_past_year(lent, context, start, end):
        lent = None
    if lent is not None:
        return lent + _goes_on(month, lent, start, context)
    if published is None:
        return context.document_year
    if month == published.month and context.tense(start, end) != "past":
        return published.year
    years = range(published.year - 1, published.year + 2)
    # a month still runs on its last day and has begun on its first
    past = context.tense(start, end) == "past"
    candidates = {
        (month_days(year, month)[0] if past else month_days(year, month)[1]): year for year in years
    }
    chosen = choose(candidates, context, start, end)
    return candidates[chosen] if chosen else None


def month_days(year: int, month: int) -> Days:
    """Days of a month of a year that the calendar holds; of year 1 or 9999 beyond its ends."""
    return make_month(min(max(year, 1), 9999), month) or make_year(1)


def read_year(mention: Mention, context: Context) -> list[Reading]:
    """ "2020"."""
    year = int(mention.found["year"])
    return [Reading(mention.start, mention.end, f"{year}", make_year(year), unit="Y", own_year=True)]


def read_years(mention: Mention, context: Context) -> list[Reading]:
    """ "2020-2026", "2024/25": from the first to the last year."""
    first = int(mention.found["year"])
    last = (
        int(mention.found["year2"])
        if "year2" in mention.found
        else first // 100 * 100 + int(mention.found["shortyear"])
    )
    if not first < last <= first + 200:
        return []
    days = (make_year(first)[0], make_year(last)[1])
    return [Reading(mention.start, mention.end, f"{first}/{last}", days, unit="Y", own_year=True)]


def read_season(mention: Mention, context: Context) -> list[Reading]:
    """ "été 2024", "hiver 2023-2024", "l'automne dernier", "printemps"."""
    found = mention.found
    season = lexicon().seasons[found["season"]]
    side = lexicon().deixis.get(found.get("deixis", ""))
    if "year" in found:
        return [_season(mention, season, _first_year(found, season), own=True)]
    published = context.published
    if side in ("after", "before") and context.anchor and context.anchor.days:
        year = context.anchor.days[1].year
        after = season_days(season, year)[0] <= context.anchor.days[1]
        shift_by = int(after) if side == "after" else -int(not after)
        return [_season(mention, season, year + shift_by)]
    if published is None:
        lent = context.year_from_text(mention.start) or context.document_year
        if lent is None:
            return [Reading(mention.start, mention.end, f"XXXX-{season}", unit=season)]
        return [_season(mention, season, lent)]
    return [_season(mention, season, _season_year(season, side, mention, context))]


def _first_year(found: dict[str, str], season: str) -> int:
    """ "hiver 2024" alone is the one that begins in it, as "hiver 2024-2025" is."""
    return int(found["year"])


def _season_year(season: str, side: str | None, mention: Mention, context: Context) -> int:
    published = context.published or date(2000, 1, 1)
    years = range(published.year - 2, published.year + 3)
    spans = {year: season_days(season, year) for year in years}
    if side == "last":
        return max(year for year, (_, last) in spans.items() if last < published)
    if side == "next":
        return min(year for year, (first, _) in spans.items() if first > published)
    lent = context.year_from_text(mention.start)
    if lent is not None and not is_past_year(lent, context, mention.start, mention.end):
        return lent
    current = [year for year, (first, last) in spans.items() if first <= published <= last]
    tense = context.tense(mention.start, mention.end)
    if current and (side == "this" or tense != "past"):
        return current[0]
    if tense == "past":
        return max(year for year, (first, _) in spans.items() if first <= published)
    return min(year for year, (_, last) in spans.items() if last >= published)


def this_season(season: str, published: date) -> int:
    """Year of "cet été": the season that runs, else the next one, unless it has just ended."""
    for year in (published.year - 1, published.year):
        first, last = season_days(season, year)
        if first <= published <= last + timedelta(days=45):
            return year
    first, _ = season_days(season, published.year)
    return published.year + (first < published)


def _season(mention: Mention, season: str, year: int, own: bool = False) -> Reading:
    return Reading(
        mention.start,
        mention.end,
        f"{year:04}-{season}",
        season_days(season, year),
        unit=season,
        own_year=own,
    )


def season_value(day: date) -> tuple[str, int]:
    """The season of a day and the year in which it began."""
    season = season_of(day)
    return season, day.year - (season == "WI" and day.month < 6)


def read_decade(mention: Mention, context: Context) -> list[Reading]:
    """ "les années 1980", "les années 80", "les années 1960-1970"."""
    first = _decade(mention.found["decade"])
    last = _decade(mention.found.get("decade2", mention.found["decade"]))
    if last < first:
        return []
    days = (date(first, 1, 1), date(last + 9, 12, 31))
    value = f"{first // 10}" if first == last else f"{first // 10}/{last // 10}"
    edtf = f"{first // 10}X" if first == last else None
    return [Reading(mention.start, mention.end, value, days, unit="DE", edtf=edtf)]


def _decade(written: str) -> int:
    """The first year of a decade: 1980 of "80"."""
    decade = int(written)
    return decade if decade >= 100 else decade + (1900 if decade >= 20 else 2000)


def read_century(mention: Mention, context: Context) -> list[Reading]:
    """ "XIXe siècle": 1801-1900."""
    written = mention.found["century"]
    if written.isdigit():
        century = int(written)
    else:
        values = [_ROMAN[letter] for letter in written]
        century = sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))
    if not 1 <= century <= 30:
        return []
    days = (date(century * 100 - 99, 1, 1), date(century * 100, 12, 31))
    return [Reading(mention.start, mention.end, f"{century - 1:02}", days, unit="CE")]


def read_quarter(mention: Mention, context: Context) -> list[Reading]:
    """ "T3 2024"."""
    year, nth = int(mention.found["year"]), int(mention.found["nth"])
    days = _months(year, 3 * nth - 2, 3 * nth)
    return [Reading(mention.start, mention.end, f"{year}-Q{nth}", days, unit="Q", own_year=True)]


def _months(year: int, first: int, last: int) -> Days:
    return month_days(year, first)[0], month_days(year, last)[1]


def read_nth(mention: Mention, context: Context) -> list[Reading]:
    """ "première quinzaine de juin", "premier trimestre 2024", "troisième week-end de septembre"."""
    found = mention.found
    nth, unit = lexicon().ordinals[found["ordinal"]], found["unit"]
    own = "year" in found
    if unit in ("trimestre", "semestre"):
        if "monthfull" in found:
            return []
        size, letter = (3, "Q") if unit == "trimestre" else (6, "H")
        count = 12 // size
        nth = nth if nth > 0 else count
        year = int(found["year"]) if own else context.year_from_text(mention.start) or _this_year(context)
        if nth > count:
            return []
        if year is None:
            return [Reading(mention.start, mention.end, f"XXXX-{letter}{nth}", unit="Q")]
        days = _months(year, size * (nth - 1) + 1, size * nth)
        return [Reading(mention.start, mention.end, f"{year}-{letter}{nth}", days, unit="Q", own_year=own)]
    if "monthfull" not in found:
        return []
    month = lexicon().months[found["monthfull"]]
    chosen = int(found["year"]) if own else month_year(month, None, mention.start, mention.end, context)
    if chosen is None:
        return [Reading(mention.start, mention.end, f"XXXX-{month:02}", unit="M")]
    placed = _nth_of_month(chosen, month, nth, unit)
    if placed is None:
        return []
    first, last = placed
    value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    kind = "D" if first == last else "WE"
    return [Reading(mention.start, mention.end, value, placed, unit=kind, own_year=own, takes_time=True)]


def _nth_of_month(year: int, month: int, nth: int, unit: str) -> Days | None:
    first, last = month_days(year, month)
    if unit in ("quinzaine", "moitie"):
        if nth == 1:
            return first, date(year, month, 15)
        return (date(year, month, 16), last) if nth in (2, -1) else None
    if unit == "week-end":
        saturday = nth_weekday(year, month, nth, 5)
        return (saturday, saturday + timedelta(days=1)) if saturday else None
    if unit == "semaine":
        if nth == -1:
            return last - timedelta(days=6), last
        monday = nth_weekday(year, month, nth, 0)
        return (monday, monday + timedelta(days=6)) if monday else None
    day = nth_weekday(year, month, nth, lexicon().weekdays[unit])
    return (day, day) if day else None


def _this_year(context: Context) -> int | None:
    return context.published.year if context.published else context.document_year


def unit_days(unit: str, day: date) -> tuple[Days | None, str]:
    """The year, month, week … that holds a day, with its TIMEX value."""
    from pipeline.dates.almanac import week, week_end

    if unit == "Y":
        return make_year(day.year), f"{day.year:04}"
    if unit == "M":
        return make_month(day.year, day.month), day.isoformat()[:7]
    if unit in ("W", "WE"):
        iso = day.isocalendar()
        value = f"{iso.year:04}-W{iso.week:02}"
        return (week(day), value) if unit == "W" else (week_end(day), f"{value}-WE")
    if unit == "Q":
        quarter = (day.month - 1) // 3
        return _months(day.year, 3 * quarter + 1, 3 * quarter + 3), f"{day.year:04}-Q{quarter + 1}"
    if unit == "HY":
        half = (day.month - 1) // 6
        return _months(day.year, 6 * half + 1, 6 * half + 6), f"{day.year:04}-H{half + 1}"
    if unit == "DE":
        first = max(1, day.year // 10 * 10)
        return (date(first, 1, 1), date(first + 9 if first > 1 else 9, 12, 31)), f"{day.year // 10:03}"
    if unit == "CE":
        century = (day.year - 1) // 100
        last = make_day(century * 100 + 100, 12, 31) or date.max
        return (date(century * 100 + 1, 1, 1), last), f"{century:02}"
    if unit in ("SP", "SU", "FA", "WI"):
        year = day.year - (unit == "WI" and day.month < 6)
        return season_days(unit, year), f"{year:04}-{unit}"
    return (day, day), day.isoformat()


def shifted(day: date, count: int, unit: str) -> date | None:
    """A day `count` units on, seasons counted in years."""
    return shift(day, count, "Y" if unit in ("SP", "SU", "FA", "WI") else unit)
