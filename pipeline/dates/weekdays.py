"""Readers of weekdays without a day: "samedi", "lundi prochain", "jeudi en huit", and what lends them a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.dates.almanac import shift
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention


def read_weekday(mention: Mention, context: Context) -> list[Reading]:
    """A weekday alone: "samedi", "lundi prochain", "ce mardi", "le jeudi suivant"."""
    weekday = lexicon().weekdays[mention.found["weekday"]]
    if "weeks" in mention.found and context.published:  # "jeudi en huit": a week after the coming one
        ahead = (weekday - context.published.weekday()) % 7 or 7
        day = shift(context.published, ahead + (7 if mention.found["weeks"] == "huit" else 14), "D")
        return [Reading(mention.start, mention.end, f"{day}", (day, day), takes_time=True)] if day else []
    side = lexicon().deixis.get(mention.found.get("deixis", ""))
    placed = _weekday_from(weekday, side, "this" in mention.found, mention, context)
    if placed is None:
        return [Reading(mention.start, mention.end, f"XXXX-WXX-{weekday + 1}", takes_time=True)]
    return [Reading(mention.start, mention.end, placed.isoformat(), (placed, placed), takes_time=True)]


def _weekday_from(
    weekday: int, side: str | None, this: bool, mention: Mention, context: Context
) -> date | None:
    published = context.published
    if side in ("after", "before") and context.anchor and context.anchor.days:
        first, last = context.anchor.days
        if side == "after":
            return last + timedelta(days=(weekday - last.weekday() - 1) % 7 + 1)
        return first - timedelta(days=(first.weekday() - weekday - 1) % 7 + 1)
    if context.not_before:
        return context.not_before + timedelta(days=(weekday - context.not_before.weekday()) % 7)
    tense = context.tense(mention.start, mention.end)
    past = tense == "past" or (tense is None and _of_what_was_told(mention, context))
    named = named_lately(weekday, context, mention.start) if side is None and not this else None
    if named and not (past and published and named > published):
        return named
    if published is None:
        return None
    ahead = (weekday - published.weekday()) % 7
    if side == "next":
        return published + timedelta(days=ahead or 7)
    if side == "last":
        return published - timedelta(days=(7 - ahead) % 7 or 7)
    if ahead == 0:
        return published
    return published + timedelta(days=ahead - 7 if past else ahead)


def read_weekday_beside(mention: Mention, context: Context) -> list[Reading]:
    """ "montage le vendredi, rangement le lundi": the nearest such days before or after a festival."""
    if context.occasion is None or context.occasion.days is None:
        return []
    number = lexicon().weekdays[mention.found["weekday"]]
    first, last = context.occasion.days
    ahead, behind = (first.weekday() - number) % 7, (number - last.weekday()) % 7
    day = shift(first, -ahead, "D") if ahead <= behind else shift(last, behind, "D")
    return [Reading(mention.start, mention.end, f"{day}", (day, day), takes_time=True)] if day else []


def read_weekdays_ahead(mention: Mention, context: Context) -> list[Reading]:
    """ "samedi et dimanche" that are days to come: one entry when they follow each other."""
    weekdays = lexicon().weekdays
    text = context.view.folded[mention.start : mention.end]
    readings: list[Reading] = []
    for match in re.finditer("|".join(sorted(lexicon().weekdays_in_full)), text):
        one = Mention(mention.start + match.start(), mention.start + match.end(), "weekday", {})
        context.not_before = readings[-1].days[1] if readings and readings[-1].days else None
        day = _weekday_from(weekdays[match[0]], None, False, one, context)
        context.not_before = None
        value = day.isoformat() if day else f"XXXX-WXX-{weekdays[match[0]] + 1}"
        last = readings[-1].days if readings else None
        if day and last and last[1] + timedelta(days=1) == day:
            readings[-1].end, readings[-1].days = one.end, (last[0], day)
            readings[-1].value = f"{last[0].isoformat()}/{value}"
            continue
        readings.append(Reading(one.start, one.end, value, (day, day) if day else None, takes_time=True))
    return readings


#: "à la suite de l'orage de lundi"
_AFTERMATH = re.compile(
    r"\b(?:a la suite|suite (?:a|au|aux)|apres|au lendemain) [^.,;:]{0,40} de $"
    r"|\b(?:orages?|tempete|incendie|inondations?|crue|accident|agression|drame|attentat|explosion|eboulement) de $"
)


def _of_what_was_told(mention: Mention, context: Context) -> bool:
    """ "les analyses de mardi" after "dimanche, l'eau a monté": of the days before that are told."""
    before = context.view.folded[max(0, mention.start - 60) : mention.start].replace("\n", " ")
    if not before.endswith(" de "):
        return False
    if _AFTERMATH.search(before):
        return True
    if not context.recent or context.published is None:
        return False
    last = context.recent[-1]
    near = last.days is not None and 0 < (context.published - last.days[1]).days < 8
    return near and context.same_paragraph(last.start, mention.start)


def named_lately(weekday: int, context: Context, start: int) -> date | None:
    """The day of that weekday in a date named just before ("du 13 au 15 juin … samedi"), or in the
    festival that the release announces.
    """
    readings = [*context.recent[-4:]]
    if context.occasion:
        readings.insert(0, context.occasion)
    for reading in reversed(readings):
        if reading.days is None or reading.unit not in ("D", "WE") or reading.deictic or reading.mod:
            continue
        first, last = reading.days
        if (
            context.published
            and last < context.published
            and not context.same_paragraph(reading.start, start)
        ):
            continue  # what is over and told elsewhere lends nothing
        day = first + timedelta(days=(weekday - first.weekday()) % 7)
        if day <= last and (last - first).days < 7 and first != context.published:
            return day
    return None


def day_before(first: Mention, second: Mention, context: Context) -> date | None:
    """ "de samedi 20 h à dimanche 21 h" beside "dimanche 22 mai": the Saturday before that Sunday."""
    if (
        first.means != "weekday"
        or second.means != "weekday"
        or {"deixis", "this"} & {*first.found, *second.found}
    ):
        return None
    one, two = (lexicon().weekdays[mention.found["weekday"]] for mention in (first, second))
    named = named_lately(two, context, second.start)
    if named is None or named_lately(one, context, first.start):
        return None
    return shift(named, -((two - one) % 7), "D")
