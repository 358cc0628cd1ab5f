"""Readers of what has no days: recurrences, opening days, lengths of time, "la rentrée"."""

from __future__ import annotations

import re
from datetime import date

from pipeline.dates.almanac import week, week_end
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.relative import duration, number_of, unit_of
from pipeline.dates.scan import Mention

_WEEKDAY = re.compile(r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche")


def _repeat(mention: Mention, value: str) -> list[Reading]:
    return [Reading(mention.start, mention.end, value, type="SET", repeats=True, takes_time=True)]


def _value_of(what: str, count: int = 1) -> str:
    """The TIMEX value of what comes back: "mardi" → XXXX-WXX-2, "mois" → P1M."""
    weekday = _WEEKDAY.search(what)
    if weekday:
        return f"XXXX-WXX-{lexicon().weekdays[weekday[0]] + 1}"
    for word in reversed(what.split()):  # "mois de janvier" comes back as January does
        if word in lexicon().months:
            return f"XXXX-{lexicon().months[word]:02}"
    for word in what.split():
        if word in ("heure", "heures", "h", "minute", "minutes", "demi-heures", "demi-heure"):
            return f"PT{count}{'M' if word[0] == 'm' else 'H'}" if word[0] != "d" else "PT30M"
        if word in ("soir", "soirs", "matin", "matins", "nuit", "nuits"):
            return f"XXXX-XX-XX{lexicon().day_parts[word.rstrip('s')]}"
        unit = lexicon().units.get(word) or lexicon().units.get(word.rstrip("s"))
        if unit in lexicon().season_starts:
            return f"XXXX-{unit}"
        if unit == "WE" and count == 1:
            return "XXXX-WXX-WE"
        if unit:
            return f"P{count}{unit}"
        if word in ("j", "fin"):
            return "P1D"
    return "P1D"


_PART = re.compile(r"(matin|soir|apres-midi)s?$")


def _part_of(mention: Mention, context: Context, value: str) -> str:
    """The part of the day of "tous les samedis matin", which follows the weekday in the value."""
    match = _PART.search(context.view.folded, mention.start, mention.end)
    return lexicon().day_parts[match[1]] if match and "WXX" in value and "T" not in value else ""


def read_every(mention: Mention, context: Context) -> list[Reading]:
    """ "tous les mardis", "chaque premier dimanche du mois", "par an"."""
    number = mention.found.get("number")
    value = _value_of(mention.found["what"], number_of(number) if number else 1)
    return _repeat(mention, value + _part_of(mention, context, value))


def read_often(mention: Mention, context: Context) -> list[Reading]:
    """ "deux fois par semaine", "un samedi sur deux", "les lundis et jeudis"."""
    what = mention.found.get("what") or mention.found.get("weekday", "")
    value = "P1D" if what in ("h", "heures") else _value_of(what)  # "24 h sur 24"
    return _repeat(mention, value + _part_of(mention, context, value))


def read_week_end_of(mention: Mention, context: Context) -> list[Reading]:
    """ "tout le week-end" of the festival that the release announces."""
    if context.occasion is None or context.occasion.days is None:
        return []
    days = week_end(context.occasion.days[1])
    iso = days[0].isocalendar()
    value = f"{iso.year:04}-W{iso.week:02}-WE"
    return [Reading(mention.start, mention.end, value, days, unit="WE")]


def read_week_number(mention: Mention, context: Context) -> list[Reading]:
    """ "semaine 37" of the year that holds the publication day, or of the year written."""
    week_number, written = int(mention.found["week"]), mention.found.get("year")
    year = int(written) if written else context.published.year if context.published else context.document_year
    if year is None:
        return [Reading(mention.start, mention.end, f"XXXX-W{week_number:02}", unit="W")]
    try:
        days = week(date.fromisocalendar(year, week_number, 1))
    except ValueError:
        return []
    return [
        Reading(
            mention.start, mention.end, f"{year:04}-W{week_number:02}", days, unit="W", own_year=bool(written)
        )
    ]


def read_weekday_range(mention: Mention, context: Context) -> list[Reading]:
    """ "(du) lundi au vendredi"."""
    days = lexicon().weekdays
    first, last = days[mention.found["weekday"]] + 1, days[mention.found["weekday2"]] + 1
    return _repeat(mention, f"XXXX-WXX-{first}/XXXX-WXX-{last}")


def read_weekday_list(mention: Mention, context: Context) -> list[Reading]:
    """ "mardi et vendredi" of opening hours."""
    return _repeat(mention, _value_of(mention.found["weekday"]))


def read_vague(mention: Mention, context: Context) -> list[Reading]:
    """ "bientôt", "la rentrée", "les fêtes", "vacances de la Toussaint"."""
    return [Reading(mention.start, mention.end, lexicon().vague[re.sub(r"\s+", " ", mention.found["vague"])])]


def read_duration(mention: Mention, context: Context) -> list[Reading]:
    """ "trois semaines", "18 mois", "un an et demi"."""
    count = number_of(mention.found["number"])
    second = number_of(mention.found["number2"]) if "number2" in mention.found else None
    if not count:
        return []
    half = "half" in mention.found
    return [duration(mention, unit_of(mention.found["span"]), count, None, second, half)]


def read_career(mention: Mention, context: Context) -> list[Reading]:
    """ "quarante ans, douze de métier": the years that leave their unit to the age before."""
    count = number_of(mention.found["number"])
    return [duration(mention, "Y", count, None)] if count else []


def read_overnight(mention: Mention, context: Context) -> list[Reading]:
    """ "de 22 heures à 6 heures" of every night."""
    start = mention.start - len(
        "entre " if context.view.folded.startswith("entre", mention.start - 6) else "de "
    )
    value = f"XXXX-XX-XXT{int(mention.found['from']):02}:00/XXXX-XX-XXT{int(mention.found['to']):02}:00"
    return [Reading(start, mention.end, value, type="SET", repeats=True)]


#: TIMEX3 units of what is counted by its sittings
_SITTINGS = {"soir": "EV", "mati": "MO", "apre": "AF", "sais": "Y", "exer": "Y"}


def read_sittings(mention: Mention, context: Context) -> list[Reading]:
    """ "en cinq soirées", "pour trois saisons"."""
    count = number_of(mention.found["number"])
    return [duration(mention, _SITTINGS[mention.found["span"][:4]], count, None)] if count else []


def read_some(mention: Mention, context: Context) -> list[Reading]:
    """ "quelques semaines": nobody says how many."""
    unit = unit_of(mention.found["span"])
    value = f"PTX{'M' if unit == 'MIN' else unit}" if unit in ("H", "MIN", "S") else f"PX{unit}"
    return [Reading(mention.start, mention.end, value, type="DURATION", unit=unit)]


def read_all_night(mention: Mention, context: Context) -> list[Reading]:
    """ "toute la nuit": that of the publication day where an alert speaks of it, else how long and not which."""
    published, told = context.published, context.recent[-1].days if context.recent else None
    # "une salle ouverte toute la nuit" is open, not over
    over = context.tense(mention.start, mention.end) == "past" and not context.done(mention.start)
    if published and told == (published, published) and not over:
        value = f"{published.isoformat()}TNI"
        return [Reading(mention.start, mention.end, value, told, type="TIME", unit="NI")]
    return [Reading(mention.start, mention.end, "P1NI", type="DURATION", unit="NI")]


def read_length(mention: Mention, context: Context) -> list[Reading]:
    """ "trois quarts d'heure", "une demi-journée", "une heure trente", "1 h 30" that something lasts."""
    found = mention.found
    if "quarters" in found:
        value = f"PT{15 * number_of(found['quarters'])}M"
    elif "half" in found:
        value = "PT30M" if "heure" in found["half"] else "P0.5D"
    else:
        value = f"PT{number_of(found['hours'])}H{number_of(found['minutes']):02}M"
    return [Reading(mention.start, mention.end, value, type="DURATION", unit="MIN")]
