"""Which function reads which form: the names that `means` may have in `forms.yaml`."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.dates import days, periods, relative, repeats, weekdays
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention

READERS: dict[str, Callable[[Mention, Context], list[Reading]]] = {
    "days": days.read_days,
    "bare_days": days.read_days,
    "digits": days.read_digits,
    "weekday": weekdays.read_weekday,
    "weekday_beside": weekdays.read_weekday_beside,
    "weekdays_ahead": weekdays.read_weekdays_ahead,
    "holiday": days.read_holiday,
    "month": periods.read_month,
    "year": periods.read_year,
    "years": periods.read_years,
    "season": periods.read_season,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "quarter": periods.read_quarter,
    "nth": periods.read_nth,
    "day_word": relative.read_day_word,
    "part_today": relative.read_part_today,
    "part_this": relative.read_part_this,
    "next_day": relative.read_next_day,
    "relative_unit": relative.read_relative_unit,
    "this_unit": relative.read_this_unit,
    "same_unit": relative.read_same_unit,
    "ago": relative.read_ago,
    "ahead": relative.read_ahead,
    "within": relative.read_within,
    "since": relative.read_since,
    "later": relative.read_later,
    "last_spans": relative.read_last_spans,
    "every": repeats.read_every,
    "often": repeats.read_often,
    "weekday_range": repeats.read_weekday_range,
    "weekday_list": repeats.read_weekday_list,
    "vague": repeats.read_vague,
    "duration": repeats.read_duration,
    "length": repeats.read_length,
    "career": repeats.read_career,
    "overnight": repeats.read_overnight,
    "sittings": repeats.read_sittings,
    "each": repeats.read_often,
    "part_of_days": repeats.read_often,
    "some": repeats.read_some,
    "all_night": repeats.read_all_night,
    "week_end_of": repeats.read_week_end_of,
    "week_number": repeats.read_week_number,
}
