"""Days of the calendar: Easter and its feasts, seasons, weeks, months, nth weekdays."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from pipeline.dates.lexicon import lexicon

Days = tuple[date, date]
#: Twelve months of thirty days: how a unit of TIMEX3 counts in months.
MONTHS_OF = {"Y": 12, "M": 1, "Q": 3, "HY": 6, "DE": 120, "CE": 1200}
DAYS_OF = {"D": 1, "W": 7, "NI": 1, "WE": 7}


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none ("31 février")."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def make_month(year: int, month: int) -> Days | None:
    """First and last day of a month."""
    first = make_day(year, month, 1)
    return (first, date(year, month, monthrange(year, month)[1])) if first else None


def make_year(year: int) -> Days:
    """First and last day of a year from 1 to 9999."""
    return date(year, 1, 1), date(year, 12, 31)


def shift(day: date, count: int, unit: str) -> date | None:
    """The day `count` units of TIMEX3 (D, W, M, Y, …) later, None beyond the calendar.

    >>> shift(date(2024, 1, 31), 1, "M")
    datetime.date(2024, 2, 29)
    """
    try:
        if unit in MONTHS_OF:
            months = day.year * 12 + day.month - 1 + count * MONTHS_OF[unit]
            year, month = divmod(months, 12)
            if not MINYEAR <= year <= MAXYEAR:
                return None
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return day + timedelta(days=count * DAYS_OF.get(unit, 0))
    except OverflowError:
        return None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    x = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, day = divmod(h + x - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth Monday (0) to Sunday (6) of a month; the last one for -1, None where there is none."""
    days = make_month(year, month)
    if days is None:
        return None
    first, last = days
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return make_day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def feast_days(key: str, year: int) -> Days:
    """First and last day of a feast of `holidays.yaml` in a year (1583 to 9998)."""
    feast = lexicon().feasts[key]
    if feast.day is not None:
        first = date(year, *feast.day)
    elif feast.easter is not None:
        first = easter(year) + timedelta(days=feast.easter)
    else:
        nth, weekday, month = feast.nth or (1, 0, 1)
        first = nth_weekday(year, month, nth, weekday) or date(year, month, 1)
        if feast.unless_pentecost and first == easter(year) + timedelta(days=49):
            first += timedelta(days=7)
    return first, first + timedelta(days=feast.days - 1)


@lru_cache(maxsize=1024)
def season_days(season: str, year: int) -> Days:
    """Days of a season that begins in a year, after the contract (winter ends in the next year)."""
    order = ["SP", "SU", "FA", "WI"]
    starts = lexicon().season_starts
    following = order[(order.index(season) + 1) % 4]
    end = date(year + (following == "SP"), *starts[following]) - timedelta(days=1)
    return date(year, *starts[season]), end


def season_of(day: date) -> str:
    """The season of a day.

    >>> season_of(date(2024, 9, 22))
    'SU'
    """
    starts = lexicon().season_starts
    found = "WI"
    for season in ("SP", "SU", "FA", "WI"):
        if (day.month, day.day) >= starts[season]:
            found = season
    return found


def week(day: date) -> Days:
    """Monday to Sunday of the week of a day, cut at the ends of the calendar."""
    number = day.toordinal() - day.weekday()
    return date.fromordinal(max(1, number)), date.fromordinal(min(date.max.toordinal(), number + 6))


def week_end(day: date) -> Days:
    """Saturday and Sunday of the week of a day."""
    sunday = week(day)[1]
    return sunday - timedelta(days=min(1, sunday.toordinal() - 1)), sunday


_DECADE = 3000  # days; what lasts longer is a decade or a century


def third(days: Days, part: str) -> Days:
    """Beginning, middle or end of a period: of a month, days 1-10, 11-20, 21-end (the contract);
    of a year, the same days of its first and last month; of a season or a week, about a third.
    """
    first, last = days
    length = (last - first).days + 1
    if length > _DECADE:  # of a decade or century, about a third of its years
        years = (last.year - first.year + 1) // 3
        if part == "START":
            return first, date(first.year + years - 1, 12, 31)
        if part == "MID":
            return date(first.year + years, 1, 1), date(last.year - years, 12, 31)
        return date(last.year - years + 1, 1, 1), last
    if length > 200:
        if part == "START":
            return first, first + timedelta(days=9)
        if part == "END":
            return date(last.year, last.month, 21), last
        middle = first + timedelta(days=length // 2)
        return date(middle.year, 6, 11), date(middle.year, 7, 20)
    size = 10 if 28 <= length <= 31 else max(1, length // 3)
    if part == "START":
        return first, first + timedelta(days=size - 1)
    if part == "MID":
        return first + timedelta(days=size), first + timedelta(days=2 * size - 1)
    return first + timedelta(days=2 * size), last
