"""Readers of what is told from the publication day or from another date of the text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.dates.almanac import third
from pipeline.dates.lexicon import lexicon
from pipeline.dates.periods import season_value, shifted, this_season, unit_days
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention

_PLACELESS = "XXXX-XX-XX"
#: units that a duration keeps when it places a date: "il y a trois ans" is a year, "… jours" a day
_FINE = ("D", "W", "NI", "WE")


def unit_of(word: str) -> str:
    """The TIMEX unit of a word ("semaines" → W)."""
    word = re.sub(r"\s+", " ", word)
    return lexicon().units.get(word) or lexicon().units.get(word.rstrip("s"), "D")


def number_of(text: str) -> int:
    """The number of a word or digits, blanks and "de" after it left out."""
    word = re.sub(r"\s+(?:de|d.)\s*$", "", re.sub(r"\s+", " ", text).strip())
    return int(word) if word.isdigit() else lexicon().numbers.get(word, 0)


def read_day_word(mention: Mention, context: Context) -> list[Reading]:
    """ "hier", "demain", "aujourd'hui" (which is no day when it means nowadays)."""
    word = re.sub(r"\s+", " ", mention.found["dayword"])
    away = lexicon().day_words[word]
    if word == "aujourd'hui" and not _this_very_day(mention, context):
        return [Reading(mention.start, mention.end, "PRESENT_REF")]
    if word == "demain" and context.view.folded[mention.end : mention.end + 2].strip() == "?":
        return [Reading(mention.start, mention.end, "FUTURE_REF")]  # "Et demain ?"
    reading = _day(mention, context, away)
    if part := mention.found.get("part"):  # "hier soir lundi"
        reading.type, reading.value = "TIME", f"{reading.value}{lexicon().day_parts[part]}"
    return [reading]


_DONE_TODAY = re.compile(
    r"\b(?:a|ont|avons|est|sont|s'est|se sont|etait|sera|seront|aura|auront)(?: [a-z]+){1,3} $"
)
_NOT_DONE = re.compile(r"\b(?:est|sont) (?:devenu|reconnu|connu|encore|considere|toujours|plus|bien)")
#: what is done once, on that day: "publie aujourd'hui son palmarès"; not "accueille aujourd'hui 300 élèves"
_ACTS = re.compile(
    r"\b(?:(?:publi|devoil|annonc|inaugur|lanc|sign|celebr|fet|depos|demarr|debut|vot|adopt|install|se reuni|clotur|ouvr)(?:e|ent|ons)"
    r"|remet(?:tent|tons)?|rouvr(?:e|ent)|entr(?:e|ent) en vigueur|rend(?:ent|ons)? hommage) $"
)
_HONOURS = re.compile(
    r",? (?:[a-z'-]+ ){0,6}(?:s'inclin(?:e|ent)|nous inclinons|rend(?:ent|ons)? hommage|se recueill(?:e|ent)|commemor(?:e|ent|ons)"
    r"|inaugur(?:e|ent|ons)|celebr(?:e|ent|ons)|dit adieu|disons adieu"
    # "Aujourd'hui, le pont reste fermé": what an alert says of its own day
    r"|rest(?:e|ent) (?:fermee?s?|close?s?|interdite?s?|coupee?s?|inaccessibles?|suspendue?s?|evacuee?s?|confinee?s?))\b"
)
_DAY_AFTER = re.compile(
    r",? (?:et (?:demain|ce soir)|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: \d|,)|a \d|a partir de \d|de \d{1,2} ?h|midi|minuit|a midi|a minuit|"
    r"\d{1,2} [a-z]|dans l.apres-midi|matin|apres-midi|en (?:debut|fin) d)"
)


def _this_very_day(mention: Mention, context: Context) -> bool:
    folded = context.view.folded
    before = folded[max(0, mention.start - 60) : mention.start].replace("\n", " ")
    if _DAY_AFTER.match(folded, mention.end):
        return True
    if re.search(r"\b(?:des|ce|jusqu'a|a compter d'|a partir d'|hier et|depuis) ?$", before):
        return True
    if _ACTS.search(before) or _HONOURS.match(folded, mention.end, mention.end + 90):
        return True
    # of an event of the day: "a signé aujourd'hui", not "est devenue aujourd'hui"
    match = _DONE_TODAY.search(before)
    return bool(match) and not _NOT_DONE.match(match[0]) if match else False


def _day(mention: Mention, context: Context, away: int) -> Reading:
    if context.published is None:
        return Reading(mention.start, mention.end, _PLACELESS, takes_time=True)
    day = context.published + timedelta(days=away)
    return Reading(mention.start, mention.end, day.isoformat(), (day, day), takes_time=True, deictic=True)


def _night(mention: Mention, published: date, past: bool) -> Reading:
    """The night that ends (`past`) or begins on the publication day: its two days."""
    first = published - timedelta(days=1) if past else published
    value = f"{first.isoformat()}TNI"
    days = (first, first + timedelta(days=1))
    return Reading(mention.start, mention.end, value, days, type="TIME", unit="NI", deictic=True)


def read_part_today(mention: Mention, context: Context) -> list[Reading]:
    """ "ce matin", "cette nuit", of the publication day."""
    part = lexicon().day_parts[re.sub(r"\s", " ", mention.found["part"])]
    if part == "TNI" and "this" in mention.found and context.published:
        night = _day(mention, context, 0)
        night.type, night.value, night.unit = "TIME", f"{night.value}{part}", "NI"
        return [night]
    reading = _day(mention, context, 0)
    reading.type = "TIME"
    reading.value = f"{reading.value}{part}"
    return [reading]


def read_part_this(mention: Mention, context: Context) -> list[Reading]:
    """ "fin de l'année", "début du mois", "fin de semaine" of the publication day."""
    part = lexicon_part(mention.found["partword"])
    unit = unit_of(mention.found["unit"])
    if context.published is None:
        return [Reading(mention.start, mention.end, "PRESENT_REF", mod=part, unit=unit)]
    reading = _unit_at(mention, context.published, unit)
    reading.mod = part
    if reading.days:
        reading.days = third(reading.days, part)
    return [reading]


def lexicon_part(word: str) -> str:
    """START, MID or END of "début", "milieu", "fin"."""
    return next(part for part, words in lexicon().parts.items() if word in words)


def read_next_day(mention: Mention, context: Context) -> list[Reading]:
    """ "la veille", "le lendemain" of the date that was named last."""
    away = lexicon().next_day_words[mention.found["nextday"]]
    days = [reading for reading in context.recent[-8:] if reading.unit in ("D", "WE")]
    # a deadline is not what the text tells of, unless it tells of nothing else
    day = next((reading for reading in reversed(days) if reading.mod is None), days[-1] if days else None)
    if day is None or _each_time(mention, context):
        return [Reading(mention.start, mention.end, _PLACELESS, takes_time=True)]
    return [next_day(mention, away, day)]


#: what the public is asked to do before each of several days: "sortez vos bacs la veille"
_ASKED = re.compile(
    r"\b(?:[a-z]{3,}ez|merci de|priere de|a sortir|doi(?:t|vent)(?: etre)?|sont a|reservations?|reserver)\b[^.;:!?]{0,60}\b(?:la|des la) $"
)


def _each_time(mention: Mention, context: Context) -> bool:
    """Whether "la veille" is that of every collection, every trip, not of one day."""
    folded = context.view.folded
    if not _ASKED.search(folded[max(0, mention.start - 80) : mention.start].replace("\n", " ")):
        return False
    days = {reading.days for reading in context.recent if reading.unit == "D" and not reading.deictic}
    days.discard(context.published and (context.published, context.published))
    anchor = context.anchor.start if context.anchor else 0
    if "\n" not in folded[anchor : mention.start]:
        return False
    return context.recurs or len(days) > 1


def next_day(mention: Mention, away: int, anchor: Reading) -> Reading:
    """The day that lies so many days before or after a reading."""
    first, last = anchor.days or (date.min, date.min)
    try:
        day = (first if away < 0 else last) + timedelta(days=away)
    except OverflowError:
        return Reading(mention.start, mention.end, _PLACELESS)
    return Reading(mention.start, mention.end, day.isoformat(), (day, day), takes_time=True)


def read_relative_unit(mention: Mention, context: Context) -> list[Reading]:
    """ "la semaine prochaine", "le mois dernier", "l'année suivante"."""
    side = lexicon().deixis[re.sub(r"\s+", " ", mention.found["deixis"])]
    if mention.found["unit"] == "saison":
        return [Reading(mention.start, mention.end, "XXXX", unit="Y")]
    unit = unit_of(mention.found["unit"])
    away = 1 if side in ("next", "after") else -1
    start = context.published
    if side in ("after", "before"):
        anchor = context.anchor.days if context.anchor else None
        start = (anchor[1] if side == "after" else anchor[0]) if anchor else None
    if start is None:
        return [Reading(mention.start, mention.end, "FUTURE_REF" if away > 0 else "PAST_REF", unit=unit)]
    if unit == "NI" and side in ("last", "next"):
        return [_night(mention, start, side == "last")]
    if unit == "WE" and side == "last" and start.weekday() == 6:
        away = -1
    return [_unit_at(mention, shifted(start, away, unit), unit)]


def _unit_at(mention: Mention, day: date | None, unit: str) -> Reading:
    if day is None:
        return Reading(mention.start, mention.end, "XXXX", unit=unit)
    days, value = unit_days(unit, day)
    return Reading(mention.start, mention.end, value, days, unit=unit, takes_time=unit in ("D", "WE", "NI"))


def read_this_unit(mention: Mention, context: Context) -> list[Reading]:
    """ "cette année", "ce week-end", "cet été", "cette année-là"."""
    word = mention.found["unit"]
    if word == "saison":
        return [Reading(mention.start, mention.end, "PRESENT_REF", unit="Y")]
    unit = unit_of(word)
    if mention.found.get("far", "").endswith("la"):
        return _of_anchor(mention, context, unit)
    if context.published is None:
        return [Reading(mention.start, mention.end, "PRESENT_REF", unit=unit)]
    if unit in lexicon().season_starts:
        year = this_season(unit, context.published)
        month, day = lexicon().season_starts[unit]
        return [_unit_at(mention, date(year, month, day), unit)]
    told = context.published
    if unit == "WE" and told.weekday() < 5 and context.tense(mention.start, mention.end) == "past":
        told -= timedelta(days=7)  # "ce week-end, on a dansé": told in the week after
    return [_unit_at(mention, told, unit)]


def read_same_unit(mention: Mention, context: Context) -> list[Reading]:
    """ "la même année", "le même jour"."""
    unit = "D" if mention.found["unit"] == "soir" else unit_of(mention.found["unit"])
    return _of_anchor(mention, context, unit)


def _of_anchor(mention: Mention, context: Context, unit: str) -> list[Reading]:
    anchor = context.anchor
    if "itself" in mention.found:  # "le jour même": of the date in its sentence
        sentence = context.view.sentence_index(mention.start)
        if anchor is None or context.view.sentence_index(anchor.start) != sentence:
            return [Reading(mention.start, mention.end, _PLACELESS, unit=unit)]
    if unit == "D":  # "ce soir-là" points to a day, not to the year that was named since
        anchor = next((r for r in reversed(context.recent) if r.days and r.days[0] == r.days[1]), None)
    if anchor is None or anchor.days is None:
        return [Reading(mention.start, mention.end, "XXXX", unit=unit)]
    day = anchor.days[1]
    if unit in lexicon().season_starts and season_value(day)[0] != unit:
        month, number = lexicon().season_starts[unit]
        day = date(day.year, month, number)
    return [_unit_at(mention, day, unit)]


def _counted(mention: Mention, context: Context, sign: int, start: date | None, exact: bool) -> Reading:
    """The date that lies a number of units from another; coarse units give the unit unless `exact`."""
    unit = unit_of(mention.found["span"])
    count = number_of(mention.found["number"])
    measure = mention.found.get("measure")
    mod = lexicon().measures[re.sub(r"\s+", " ", measure)] if measure else None
    mod = mod if mod == "APPROX" else None
    if unit in ("H", "MIN", "S") or count == 0:
        return duration(mention, unit, count, mod)
    if start is None:
        value = "PAST_REF" if sign < 0 else "FUTURE_REF"
        return Reading(mention.start, mention.end, value, unit=unit, mod=mod)
    day = shifted(start, sign * count, unit)
    if day is not None and (exact or unit in _FINE):
        return Reading(
            mention.start, mention.end, day.isoformat(), (day, day), mod=mod, takes_time=unit == "D"
        )
    reading = _unit_at(mention, day, unit)
    reading.mod = mod
    return reading


def duration(
    mention: Mention, unit: str, count: int, mod: str | None, second: int | None = None, half: bool = False
) -> Reading:
    """A length of time without days; `half` adds the half unit of "un an et demi"."""
    if half:
        value = {"Y": f"P{12 * count + 6}M", "H": f"PT{count}H30M", "MIN": f"PT{count}M30S"}.get(
            unit, f"P{count}.5{unit}"
        )
        return Reading(mention.start, mention.end, value, type="DURATION", mod=mod, unit=unit)
    value = f"PT{count}{'M' if unit == 'MIN' else unit}" if unit in ("H", "MIN", "S") else f"P{count}{unit}"
    if second:
        value += f"/{value.replace(str(count), str(second), 1)}"
    return Reading(mention.start, mention.end, value, type="DURATION", mod=mod, unit=unit)


#: what happens on one day: "mort il y a tout juste un an"
_ON_ONE_DAY = re.compile(r"\b(?:mort|morte|decedee?|disparue?|tuee?|tombee?|assassinee?|emportee?)s? $")
_TO_THE_DAY = re.compile(r"\b(?:tout juste|exactement)\b")


def read_ago(mention: Mention, context: Context) -> list[Reading]:
    """ "il y a trois ans"; a day of "mort il y a tout juste un an", "il y a un an jour pour jour"."""
    folded = context.view.folded
    exact = folded.startswith(" jour pour jour", mention.end) or bool(
        _TO_THE_DAY.search(folded, mention.start, mention.end)
        and _ON_ONE_DAY.search(folded[max(0, mention.start - 20) : mention.start].replace("\n", " "))
    )
    return [_counted(mention, context, -1, context.published, exact=exact)]


def read_ahead(mention: Mention, context: Context) -> list[Reading]:
    """ "dans quinze jours"."""
    return [_counted(mention, context, 1, context.published, exact=False)]


def read_within(mention: Mention, context: Context) -> list[Reading]:
    """ "d'ici trois mois", "sera rétabli sous huit jours": a date; "réponse sous huit jours": a delay."""
    unit = unit_of(mention.found["span"])
    if mention.found.get("sous") and context.tense(mention.start, mention.end) != "future":
        return [duration(mention, unit, number_of(mention.found["number"]), "LESS_THAN")]
    reading = _counted(mention, context, 1, context.published, exact=False)
    reading.mod = "LESS_THAN" if reading.type == "DURATION" else "ON_OR_BEFORE"
    return [reading]


def read_since(mention: Mention, context: Context) -> list[Reading]:
    """ "depuis cinq ans": the year in which it began."""
    if mention.found.get("measure", "").startswith("moins"):  # no beginning is known
        begin = context.view.folded.index("moins", mention.start)
        unit, count = unit_of(mention.found["span"]), number_of(mention.found["number"])
        reading = duration(mention, unit, count, "LESS_THAN")
        reading.start = begin
        return [reading]
    reading = _counted(mention, context, -1, context.published, exact=False)
    if reading.type != "DURATION":
        reading.mod = "AFTER"
    return [reading]


def _hours_later(mention: Mention, context: Context) -> Reading:
    """ "deux heures plus tard": the same day, where one was told in the paragraph."""
    anchor = context.anchor
    told = anchor is not None and context.same_paragraph(anchor.start, mention.start)
    if anchor is None or not told or anchor.days is None or anchor.days[0] != anchor.days[1]:
        return Reading(mention.start, mention.end, "XXXX-XX-XX", type="TIME")
    return Reading(mention.start, mention.end, anchor.days[0].isoformat(), anchor.days, type="TIME")


def read_later(mention: Mention, context: Context) -> list[Reading]:
    """ "trois ans plus tard", "deux jours auparavant", from the date that was named last."""
    sooner = any(name.startswith("sooner") for name in mention.found)
    anchor = context.anchor.days if context.anchor else None
    if not sooner and unit_of(mention.found["span"]) in ("H", "MIN", "S"):
        return [_hours_later(mention, context)]
    start = (anchor[0] if sooner else anchor[1]) if anchor else None
    if "later2" in mention.found and start == context.published and start is not None:
        # "Cinquante ans après, …" that opens a release looks back from its own day
        mention.found["number"] = "0"
        return [_unit_at(mention, start, unit_of(mention.found["span"]))]
    return [_counted(mention, context, -1 if sooner else 1, start, exact=False)]


def read_last_spans(mention: Mention, context: Context) -> list[Reading]:
    """ "ces dix dernières années", "les trois prochains mois", up to or from the publication day."""
    written = mention.found.get("number") or mention.found.get("number2")
    past = mention.found["side"].startswith("dernier")
    unit = unit_of(mention.found["span"])
    if written is None or context.published is None:
        return [Reading(mention.start, mention.end, "PAST_REF" if past else "FUTURE_REF", unit=unit)]
    count = number_of(written)
    other = shifted(context.published, -count if past else count, unit)
    if other is None or unit in ("H", "MIN", "S"):
        return [duration(mention, unit, count, None)]
    days = (other, context.published) if past else (context.published, other)
    value = f"{days[0].isoformat()}/{days[1].isoformat()}"
    return [Reading(mention.start, mention.end, value, days, unit=unit)]
