"""Finding quantities: numbers that measure something, with unit, comparator and indicator.

A number is read (digits, words, magnitudes, fractions), then what stands behind it names its unit;
what names nothing, or is a date, an address, a label or an ordinal, is no quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from pipeline.model import Comparator, Date, Indicator, Quantity
from pipeline.quantities.elided import headed, is_ballot, is_participle, leans_on, named_before, of_service
from pipeline.quantities.indicators import indicator_of, of_audience, platform_of
from pipeline.quantities.lexicon import lexicon, noun_indicator
from pipeline.quantities.measuring import Blocked, is_clock, may_measure
from pipeline.quantities.numbers import Number, numbers, spelled_number, times
from pipeline.text import View


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    code: str | None
    indicator: Indicator | None
    noun: bool = False


def find(view: View, dates: Sequence[Date] = ()) -> list[Quantity]:
    """Quantities of the view in order, holders left null; offsets into `view.text`.

    `dates` are the temporal expressions of the same view: their numbers are no quantities, but a
    bare duration is one.
    """
    blocked = Blocked(view, dates)
    read = [
        replace(number, lasting=True) if blocked.lasts(number.start) else number
        for number in numbers(view)
        if not blocked.covers(number.start, number.end)
        and (blocked.lasts(number.start) or may_measure(view, number))
        and (not _is_one(number) or _one_counts(view, number))
    ]
    found: list[Quantity] = []
    index = 0
    while index < len(read):
        if found and read[index].start < found[-1].end:
            index += 1  # "dix pour cent": the hundred is the unit's
            continue
        quantity, used = _quantity(view, read, index)
        if not quantity:
            quantity = _elided(view, read[index], found[-1] if found else None)
            if not quantity and len(found) > 1 and found[-1].indicator == "duration":
                # "9 000 festivaliers sur trois soirs, 2 000 de mieux qu'en 2023"
                quantity = _elided(view, read[index], found[-2])
        found.extend(_follow_up(view, found[-1], one) if found else one for one in quantity)
        index += used
    return found


_TOLD = re.compile(r"[+-]|hausse|baisse|bond")
_CHANGED = re.compile(
    r"\s?(?:\(|,|;)?\s?(?:soit|en hausse de|en baisse de|une hausse de|une baisse de|un bond de)?\s?[+-]?\s?\(?[+-]?\s?"
)


def _follow_up(view: View, last: Quantity, one: Quantity) -> Quantity:
    """ "14 820 abonnés (+ 6 %)": a change measures what changes."""
    if one.unit != "%" or last.unit == "%":
        return one
    between = view.folded[last.end : one.start]
    if len(between) >= 24 or not _CHANGED.fullmatch(between):
        return one
    if not _TOLD.search(between + view.folded[one.start : one.start + 2]):
        return one
    return msgspec.structs.replace(one, indicator=last.indicator, platform=last.platform)


def _elided(view: View, number: Number, last: Quantity | None) -> list[Quantity]:
    """A number without its noun: it counts what the last one counted, or what its line is headed with."""
    noun = headed(view, number) if number.value >= 2 and not number.fraction else None
    if noun is not None:
        unit = _Unit(number.end, number.end, view.text[slice(*noun)].lower(), None, noun=True)
        return [_make(view, number.start, number.end, number, None, unit)]
    taken_up = named_before(view, number, last) if number.value >= 2 and not number.fraction else None
    if taken_up is not None:
        unit = _Unit(number.end, number.end, view.text[slice(*taken_up)].lower(), None, noun=True)
        return [_make(view, number.start, number.end, number, None, unit)]
    if votes := is_ballot(view, number):
        unit = _Unit(number.end, number.end, votes, "participants", noun=True)
        return [_make(view, number.start, number.end, number, None, unit)]
    if last is not None and leans_on(view, number, last):
        if last.unit == "EUR" and last.value >= 1_000_000 and number.value < 1000 and number.magnitude == 1:
            # "sur 3,4 millions d'euros, la commune en met 1,6"
            number = replace(number, value=times(number.value, 1_000_000), magnitude=1_000_000)
        unit = _Unit(number.end, number.end, last.unit, last.indicator, noun=False)
        made = _make(view, number.start, number.end, number, None, unit)
        if of_service(view, number, last):
            made = msgspec.structs.replace(made, indicator="duration")
        elif last.unit == "EUR" and last.indicator == "grant" and made.indicator == "budget":
            made = msgspec.structs.replace(made, indicator="grant")  # "500 € pour le premier, 300 pour …"
        return [made]
    return []


# "un an et demi", "un mètre cinquante"
_AND_A_PART = re.compile(
    r"\s(?:(?:an|heure|metre|kilometre|hectare|mois|jour|siecle|point) et demie?|heure et quart|"
    r"(?:metre|heure) (?:dix|quinze|vingt|trente|quarante|cinquante|soixante|quatre-vingt)[a-z-]*)(?!\w)"
)
_HUNDREDTHS = re.compile(
    r"\s(?P<part>(?:dix|quinze|vingt|trente|quarante|cinquante|soixante|quatre-vingt)[a-z-]*)(?!\w)"
)


def _is_one(number: Number) -> bool:
    return number.spelled and number.value <= 1 and number.magnitude == 1


def _one_counts(view: View, number: Number) -> bool:
    """Whether "un / une" is more than an article: "plus d'un hectare", "un habitant sur deux", "un an et demi"."""
    if _AND_A_PART.match(view.folded, number.end) or _share(view, number) is not None:
        return True
    match = lexicon().before.search(view.folded, max(0, number.start - 40), number.start)
    return match is not None and match["words"] != "sous"  # "sous un ciel gris"


# --- units


_ALONE = re.compile(r"(?! [A-ZÀ-ÖØ-Þ])")
_NOUN = re.compile(r"(?P<link>\s+(?:de |d'|des )?)?(?P<noun>[a-z0-9œæ]+(?:['-][a-zœæ]+)*(?:·[a-z]+)?)")


# "6 ASVP", "2 300 PDF": not the capitals of a heading, of a house number or of a tax
_ACRONYM = re.compile(
    r"\s((?!BIS\b|TER\b|CEDEX|BP\b|CS\b|TTC\b|HT\b|TVA\b|ETP\b|RUE\b|ANS\b|MOIS\b|PLACE\b|EUR\b|PTS\b)[A-Z]{3,5})(?![\w'-])(?! [A-ZÀ-Þ]{2})"
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,}[^a-zà-ÿ]*$")
_LINK = re.compile(r"\s(?:d'|de )")
_TIMES = re.compile(r"\sfois(?!\w)")
_TIMES_MORE = re.compile(r" (?:sur|par|rien|mieux|pire|la|le|les|l'|\d)")
_PEOPLE = re.compile(r"jeunes|anciens|anciennes|petits|nouveaux")
# "quinze habitantes et habitants"
_BOTH_GENDERS = re.compile(
    r"(?P<stem>[a-zœ]{4,})(?:e|le|ne|trice|euse)?s et (?P=stem)(?:e|le|ne|eur|ice)?s(?!\w)"
)
_NOUN_BEHIND = re.compile(
    r"\s(?!(?:des|dans|sous|sans|mais|puis|ans|plus|tous|chez|ont|sont)(?!\w))[a-zœ]{3,}[sx](?!\w)"
)
# "les sept autres": of what was counted
_OTHERS = re.compile(r"(?:autres|precedent(?:e)?s|suivant(?:e)?s|restant(?:e)?s)")


def _unit(view: View, end: int, number: Number) -> _Unit | None:
    """The unit or counted noun behind a number; None when nothing is counted."""
    words, folded, text = lexicon(), view.folded, view.text
    position = end
    link = _LINK.match(folded, position)
    if (number.magnitude > 1 or number.approximate) and link:
        position = link.end() - 1
        if folded[position] != " ":
            position = link.end()
    measure = words.measures.match(folded, position)
    if measure:
        index = int((measure.lastgroup or "u0")[1:])
        code, indicator = words.measure_codes[index]
        if code == "h" and not number.lasting and is_clock(folded, number, position):
            return None
        if not (
            code == "h"
            and re.match(r"\s?h(?:eures?)?\s?\d|\s?h(?!\w)\s*(?:a|-)\s*\d", folded[position : position + 14])
        ):
            group = measure.lastgroup or ""
            return _Unit(measure.start(group), measure.end(group), code, indicator)
    compound = words.compound_nouns.match(folded, position)
    if compound:
        start, stop = compound.span("noun")
        return _Unit(start, stop, text[start:stop].lower(), None, noun=True)
    times = _TIMES.match(folded, position)
    if times and not _TIMES_MORE.match(folded, times.end()):
        seen = words.watched.search(folded, max(0, number.start - 40), number.start) is not None
        return _Unit(times.start() + 1, times.end(), "fois", "views" if seen else "count", noun=True)
    acronym = None if number.spelled else _ACRONYM.match(text, end)
    if acronym and number.value >= 2 and not _CAPITALS.search(text, max(0, number.start - 20), number.start):
        return _Unit(*acronym.span(1), acronym[1].lower(), None, noun=True)
    skipped = 0
    people: _Unit | None = None  # "612 jeunes avaient": an adjective that may be the noun itself
    while skipped < 4:
        match = _NOUN.match(folded, position)
        if match is None or "\n" in folded[position : match.start("noun")]:
            return people
        noun = match["noun"]
        if skipped == 0 and not match["link"] and position == end:
            return None
        if match["link"] and match["link"].strip() and not (number.magnitude > 1 or number.approximate):
            return people  # "deux de Saint-Paul"
        if "'" in noun and noun.split("'")[0] in ("d", "l", "qu", "s", "n", "c", "jusqu"):
            if noun.startswith("d'") and (number.magnitude > 1 or number.approximate):
                start = match.start("noun") + 2
                return _Unit(
                    start, match.end("noun"), text[start : match.end("noun")].lower(), None, noun=True
                )
            return None
        if skipped == 0 and _OTHERS.fullmatch(noun) and not _NOUN_BEHIND.match(folded, match.end()):
            return None
        if words.adjectives.fullmatch(noun):
            if _PEOPLE.fullmatch(noun):
                people = _Unit(*match.span("noun"), text[slice(*match.span("noun"))].lower(), None, noun=True)
            position = match.end()
            skipped += 1
            timed = words.measures.match(folded, position)  # "cinq bonnes minutes"
            if timed and words.measure_codes[int((timed.lastgroup or "u0")[1:])][0] in ("min", "h", "km"):
                group = timed.lastgroup or ""
                return _Unit(*timed.span(group), *words.measure_codes[int(group[1:])])
            continue
        if words.no_nouns.fullmatch(noun) or noun[0].isdigit() or len(noun) < 2:
            return people
        start, stop = match.span("noun")
        if words.invariables.fullmatch(noun):
            return _Unit(start, stop, text[start:stop].lower(), None, noun=True)
        if both := _BOTH_GENDERS.match(folded, start):
            return _Unit(start, both.end(), text[start : both.end()].lower(), noun_indicator(noun), noun=True)
        if (
            text[start].isupper()
            and not text[start:stop].isupper()
            and not (skipped == 0 and noun.endswith("s") and not number.spelled)
            and not (number.spelled and text[number.start].islower() and _ALONE.match(text, stop))
        ):
            return None
        if is_participle(view, start, stop):
            return people
        # a verb or an adjective standing alone counts nothing; a noun in the plural does
        if not noun.rstrip("'").endswith(("s", "x", "z")) and not _is_known_noun(noun) and number.value >= 2:
            return people
        return _Unit(start, stop, text[start:stop].lower(), None, noun=True)
    return None


def _is_known_noun(noun: str) -> bool:
    return noun_indicator(noun) is not None


# --- quantities


_RANGE = re.compile(
    r"(?:\s?(?:€|%|km|m|euros?|ha))?\s*(?:a|et|ou|-)\s*(?:pres de |environ |moins de |plus de )?"
)


def _no_count(view: View, unit: _Unit) -> bool:
    return view.folded[unit.start - 2 : unit.start] not in ("d'", "e ") and not _is_known_noun(
        view.folded[unit.start : unit.end]
    )


_SHARE_OF = re.compile(
    r"\s(?P<noun>[\w' -]{2,40}?)\s?sur\s(?P<total>\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent)(?![\w-])"
)
_BARE_SHARE = re.compile(
    r"\s(?P<noun>)sur\s(?P<total>\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent)(?![\w-])(?!\s?(?:€|m|km))"
)
_WHOLES = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 100})
_FROM = re.compile(r"(?<!\w)(?:entre|de)\s+(?:environ )?$")
_CHANGE = re.compile(
    r"(?:passe\w*|augment\w*|progress\w*|recul\w*|chut\w*|baiss\w*|grimp\w*|bond\w*|evolu\w*|tomb\w*|monte\w*|descend\w*|reduit\w*|ramen\w*|porte\w*|diminu\w*|hausse|\bfait passer)\s+(?:\S+\s+){0,4}de\s+$"
)


# "durée : 1 h 30"
_HOURS_AND_MINUTES = re.compile(r"\s?h(?:eures?)?\s?(?P<minutes>[0-5]\d)(?!\w)")


def _long(view: View, hours: Number, minutes: int, end: int) -> Quantity:
    """A length of time in hours and minutes: in hours where quarters tell it, else in minutes."""
    quarters = minutes % 15 == 0
    value = hours.value + minutes / 60 if quarters else hours.value * 60 + minutes
    unit = _Unit(end, end, "h" if quarters else "min", "duration")
    return _make(view, hours.start, end, replace(hours, value=value), None, unit)


def _quantity(view: View, read: Sequence[Number], index: int) -> tuple[list[Quantity], int]:
    """The quantities that begin at a number, and how many numbers they use."""
    number = read[index]
    share = _share(view, number)
    if share is not None:
        used = 2 if index + 1 < len(read) and read[index + 1].start < share.end else 1
        return [share], used
    long = _HOURS_AND_MINUTES.match(view.folded, number.end) if number.lasting else None
    if long:
        return [_long(view, number, int(long["minutes"]), long.end())], 2
    if number.fraction:
        part = _Unit(number.end, number.end, None, "share")
        if view.folded.startswith(" d'heure", number.end):
            part = _Unit(number.end + 3, number.end + 8, "h", "duration")  # "trois quarts d'heure"
            if number.value == 0.25:
                minutes = replace(number, value=15)
                return [_make(view, number.start, part.end, minutes, None, replace(part, code="min"))], 1
        return [_make(view, number.start, part.end, number, None, part)], 1
    following = read[index + 1] if index + 1 < len(read) else None
    unit = _unit(view, number.end, number)
    if following is not None:
        ranged = _ranged(view, number, following, unit)
        if ranged is not None:
            return ranged, 2
    if unit is None and following is not None and _OUT_OF.fullmatch(view.folded, number.end, following.start):
        whole = _unit(view, following.end, following)
        if whole is not None and whole.noun and number.value < following.value:
            return [
                _make(
                    view,
                    number.start,
                    number.end,
                    number,
                    None,
                    replace(whole, start=number.end, end=number.end),
                )
            ], 1
    if (unit is None and number.magnitude >= 1_000_000) or (
        unit is not None and unit.noun and number.magnitude >= 1_000_000 and _no_count(view, unit)
    ):
        unit = _Unit(number.end, number.end, "EUR", None)
    if unit is None:
        return [], 1
    return [_make(view, number.start, unit.end, number, None, unit)], 1


# "onze des seize internes", "quinze de ses quarante fontaines"
_OUT_OF = re.compile(r"\s(?:des|de (?:ses|nos|leurs|vos|ces))\s")
_BALLOT_AGAINST = re.compile(r"(?<!\w)voix contre $")


def _ranged(view: View, low: Number, high: Number, unit: _Unit | None) -> list[Quantity] | None:
    """ "Entre 10 et 15 %" is one quantity; "de 3 200 à 4 200 abonnés" of a change is two."""
    folded = view.folded
    between = folded[low.end : high.start]
    before = folded[max(0, low.start - 60) : low.start]
    if len(between) > 30:
        return None
    shared = _unit(view, high.end, high)
    if shared is None and high.magnitude >= 1_000_000:
        shared = _Unit(high.end, high.end, "EUR", None)  # "6 à 7 millions par an"
    if shared is None:
        return None
    linked = _RANGE.fullmatch(between) is not None
    if linked and unit is not None and unit.code != shared.code:
        return None  # "8 000 euros à deux associations"
    if not linked:
        contrast = re.fullmatch(r"\s(?:contre|au lieu de|sur)\s|,?\s(?:puis|et)\s", between)
        both = contrast is not None and contrast[0].strip() == "et" and not shared.noun and low.value >= 2
        if contrast and unit is None and (both or contrast[0].strip() in ("contre", "au lieu de")):
            return [
                _make(view, low.start, low.end, low, None, shared),
                _make(view, high.start, shared.end, high, None, shared),
            ]
        return None
    word = between.strip().split(" ")[-1] if between.strip() else ""
    value = low.value
    if low.spelled and high.spelled and low.value < 10 and high.value % 100 == 0 and 100 < high.value < 1000:
        value = low.value * 100  # "deux à trois cents spectateurs"
    elif high.magnitude > 1 and low.magnitude == 1 and low.value < 1000:
        value = times(low.value, high.magnitude)
    low = Number(low.start, low.end, value, low.approximate, False, low.magnitude, low.spelled)
    opens = _FROM.search(before)
    if word == "et" and _BALLOT_AGAINST.search(before):
        return None  # "onze voix contre quatre et trois abstentions"
    if word in ("et", "ou") and not (opens and opens[0].strip().startswith("entre")):
        if (
            word == "et"
            and unit is None
            and not shared.noun
            and low.value >= 2
            and low.value < high.value * 100
        ):
            return [
                _make(view, low.start, low.end, low, None, shared),
                _make(view, high.start, shared.end, high, None, shared),
            ]
        if word == "ou" and unit is None and low.value < high.value:
            return [_make(view, low.start, shared.end, low, high, shared)]
        return None
    if value >= high.value or _CHANGE.search(before):
        own = unit if unit is not None and unit.code == shared.code else shared
        first_end = unit.end if unit is not None and unit.code == shared.code else low.end
        return [
            _make(view, low.start, first_end, low, None, own),
            _make(view, high.start, shared.end, high, None, shared),
        ]
    start = low.start - len(opens[0]) if opens else low.start
    return [_make(view, start, shared.end, low, high, shared)]


def _share(view: View, number: Number) -> Quantity | None:
    """ "9 habitants sur 10" is 0.9."""
    if number.value > 100 or number.fraction:
        return None
    match = _SHARE_OF.match(view.folded, number.end)
    if match is None:
        match = _BARE_SHARE.match(view.folded, number.end)
    if match is None:
        return None
    total = (
        float(match["total"]) if match["total"].isdigit() else float(lexicon().words.get(match["total"], 100))
    )
    if total not in _WHOLES and match["noun"] and (number.value > 1 or total > 20):
        return None  # "41 dossiers sur 58" are two counts
    noun = match["noun"].split(" ")[0]
    if (
        re.match(
            r"\s?(?:ans?|mois|jours?|€|euros?|%|m2|km|metres?|kilometres?)(?!\w)",
            view.folded[match.end() :][:12],
        )
        or total <= number.value
        or total > 100
        or re.search(r"\b(?:jours|heures)$", match["noun"])
        or noun in ("jours", "h", "heures", "voix", "mois", "places")
    ):
        return None
    fraction = Number(number.start, match.end(), round(number.value / total, 10), fraction=True)
    return _make(
        view, number.start, match.end(), fraction, None, _Unit(match.end(), match.end(), None, "share")
    )


_HALF = re.compile(r"\set (?:(?P<half>demie?)|quart)(?!\w)")


def _make(view: View, start: int, end: int, number: Number, high: Number | None, unit: _Unit) -> Quantity:
    words, folded = lexicon(), view.folded
    sign: Comparator = "~" if number.approximate else "="
    before = folded[max(0, start - 42) : start]
    match = words.before.search(before)
    ranged = high is not None
    article = match is not None and match["words"] == "des" and not _opens_price(view, number)
    if match and not article and not (ranged and match["words"] == "a partir de"):
        sign = words.before_signs[match["words"]]
        start -= len(before) - match.start("words")
    behind = words.behind.match(folded, end)
    if behind and sign == "=" and behind["words"]:
        sign = words.behind_signs[behind["words"]]
        end = behind.end()
    end = max(end, number.end)
    value = number.value
    half = _HALF.match(folded, end)
    if half and (half["half"] or unit.code == "h"):
        value, end = value + (0.5 if half["half"] else 0.25), half.end()
    if unit.code in ("m", "h") and number.spelled and (part := _HUNDREDTHS.match(folded, end)):
        added = spelled_number(part["part"])
        if added is not None and unit.code == "m":
            value, end = value + added / 100, part.end()
        elif added is not None and added < 60:
            return _long(view, replace(number, start=start), added, part.end())
    if unit.code == "an" and value > 1:
        unit = replace(unit, code="ans")
    indicator = indicator_of(view, start, end, unit.code, unit.indicator, unit.noun)
    return Quantity(
        start=start,
        end=end,
        text=view.text[start:end],
        value=_plain(value),
        value_max=_plain(high.value) if high else None,
        unit=unit.code,
        comparator=sign,
        indicator=indicator,
        platform=platform_of(view, start, end)
        if indicator in ("followers", "likes", "views", "users") or of_audience(view, start, unit.code)
        else None,
    )


def _opens_price(view: View, number: Number) -> bool:
    """ "dès 5 €", "dès 6 ans" compare; "des 12 communes" does not."""
    return view.text[max(0, number.start - 4) : number.start].lower().startswith("dès")


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 10)
