"""Finding quantities: numbers that measure something, with unit, comparator and indicator.

A number is read (digits, words, magnitudes, fractions), then what stands behind it names its unit;
what names nothing, or is a date, an address, a label or an ordinal, is no quantity.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pipeline.model import Comparator, Date, Indicator, Quantity
from pipeline.quantities.indicators import indicator_of, platform_of
from pipeline.quantities.lexicon import lexicon
from pipeline.quantities.numbers import Number, numbers
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
    blocked = _Blocked(view, dates)
    read = [
        number
        for number in numbers(view)
        if not blocked.covers(number.start, number.end) and _may_measure(view, number)
    ]
    found: list[Quantity] = []
    index = 0
    while index < len(read):
        quantity, used = _quantity(view, read, index)
        if not quantity and found:
            quantity = _shared(view, read[index], found[-1])
        found.extend(_follow_up(view, found[-1], one) if found else one for one in quantity)
        index += used
    return found


_CHANGED = re.compile(
    r"\s?(?:\(|,|;)?\s?(?:soit|en hausse de|en baisse de|une hausse de|une baisse de|un bond de)?\s?[+-]?\s?\(?[+-]?\s?"
)


def _follow_up(view: View, last: Quantity, one: Quantity) -> Quantity:
    """ "14 820 abonnés (+ 6 %)": a change measures what changes."""
    between = view.folded[last.end : one.start]
    told = re.search(r"[+-]|hausse|baisse|bond", between + view.folded[one.start : one.start + 2])
    if one.unit == "%" and last.unit != "%" and len(between) < 24 and told and _CHANGED.fullmatch(between):
        return msgspec.structs.replace(one, indicator=last.indicator, platform=last.platform)
    return one


_SHARING = re.compile(
    r"(?:,? (?:contre|dont|puis|et|soit)|[,;] (?:contre|dont)|,? au lieu de|\s:|\s?\(\s?[+-]|(?<!\w)en (?:totalis|compt|affich|recens|reuni|denombr|cumul)\w*(?: desormais| deja| aujourd'hui| maintenant)?)\s(?:(?:plus|moins|pres) de |environ |seulement )?$|\(\s?[+-]\s?$"
)


def _shared(view: View, number: Number, last: Quantity) -> list[Quantity]:
    """A number without its noun takes the unit of the one that it is held against: "120 contre 90"."""
    between = view.folded[last.end : number.start]
    if last.unit is None or len(between) > 90 or re.search(r"[.!?\n]", between):
        return []
    # "l'État a mis 400 000 €, la Région 250 000"; "Rodez est à 38 kilomètres, Figeac à 28"
    sum_too = last.unit == "EUR" and number.value >= 1000 and number.value % 10 == 0 and not number.spelled
    of_total = re.fullmatch(r"\ssur\s", between) is not None and number.value > last.value
    far_too = last.indicator == "distance" and between.endswith(" a ")
    if not (sum_too or far_too or of_total or _SHARING.search(between)):
        return []
    if re.match(r"\s*[a-z]", view.folded[number.end :]) and not re.match(
        r"\s(?:en|l'an|il y a|a|au|pour|dans|sont|ont|hier|seulement|auparavant|abstentions?|par|de plus|de moins|du|de la|de l'|et|puis)\b",
        view.folded[number.end :],
    ):
        return []
    if " et" in between[-6:] or " puis" in between[-8:]:
        return []
    unit = _Unit(number.end, number.end, last.unit, last.indicator)
    return [_make(view, number.start, number.end, number, None, unit)]


class _Blocked:
    """Spans of dates, whose numbers measure nothing."""

    def __init__(self, view: View, dates: Sequence[Date]) -> None:
        spans = [(d.start, d.end) for d in dates if not _is_bare_duration(view, d)]
        self._starts = [start for start, _ in sorted(spans)]
        self._ends = [end for _, end in sorted(spans)]

    def covers(self, start: int, end: int) -> bool:
        number = bisect_right(self._starts, start) - 1
        return number >= 0 and self._ends[number] > start


def _is_bare_duration(view: View, found: Date) -> bool:
    return found.timex.type == "DURATION" and found.first_day is None


# --- what measures

_PHONE = re.compile(r"(?:\d{2}[ .]){3,}\d{2}")


_POSTCODE = re.compile(r"\d{5} (?=[A-ZÀ-ÖØ-Þ])")
# "18 h" is an hour of the day unless something says that it lasts
_CLOCK = re.compile(r"\s?h(?![\w])")
# "après 18 heures", "entre 20 heures et 8 heures"
_HOUR = re.compile(r"\s?heures?(?!\w)(?! (?:de|d'|par|supplementaires|hebdo))")
_HOUR_BEFORE = re.compile(
    r"(?<!\w)(?:apres|avant|a|des|vers|jusqu'a|entre|et|a partir de|(?<!plus )(?<!moins )(?<!pres )de)\s$"
)
_LASTS_BEFORE = re.compile(
    r"(?:pendant|durant|moins d[e']|plus d[e']|environ|pres de|dure\w*|total\w* de|forfait de|volume de|soit|en|duree de|duree :|stage de|formation de|atelier de|sur)\s*$"
)
_LASTS_BEHIND = re.compile(r"\s?h (?:d'|de (?!la |l'|\d)|par |hebdo|annuel|/)")


def _may_measure(view: View, number: Number) -> bool:
    """Whether a number is neither an ordinal, an address, a label nor part of a phone number."""
    words, folded = lexicon(), view.folded
    before = folded[max(0, number.start - 24) : number.start]
    after = folded[number.end : number.end + 30]
    if number.fraction or number.approximate:
        return True
    hyphened = re.match(r"-\d{1,3}\s?(?:ans|%|€|km|m|h|jours|mois)(?!\w)", after) or re.search(
        r"(?<![\d-])\d{1,3}-$", before
    )
    if (words.not_behind.match(after) and not hyphened) or words.addresses.match(after):
        return False
    if (
        not number.spelled
        and not hyphened
        and words.not_before.search(before)
        and not before.endswith(("- ", "+ "))
        and not re.search(r"(?:^|[\s(,;])[+-]$", before)
    ):
        return False
    if _POSTCODE.match(view.text, number.start):
        return False
    around = folded[max(0, number.start - 14) : number.end + 14]
    if not number.spelled and _PHONE.search(around):
        return False
    if number.spelled and number.value <= 1 and number.magnitude == 1:
        return _compared(folded, number) or _share(view, number) is not None
    return True


def _compared(folded: str, number: Number) -> bool:
    return lexicon().before.search(folded[max(0, number.start - 40) : number.start]) is not None


# --- units


_ALONE = re.compile(r"(?! [A-ZÀ-ÖØ-Þ])")
_NOUN = re.compile(r"(?P<link>\s+(?:de |d'|des )?)?(?P<noun>[a-z0-9œæ]+(?:['-][a-zœæ]+)*(?:·[a-z]+)?)")


_PEOPLE = re.compile(r"jeunes|anciens|anciennes|petits|nouveaux|autres")


def _unit(view: View, end: int, number: Number) -> _Unit | None:
    """The unit or counted noun behind a number; None when nothing is counted."""
    words, folded, text = lexicon(), view.folded, view.text
    position = end
    link = re.compile(r"\s(?:d'|de )").match(folded, position)
    if (number.magnitude > 1 or number.approximate) and link:
        position = link.end() - 1
        if folded[position] != " ":
            position = link.end()
    measure = words.measures.match(folded, position)
    if measure:
        index = int((measure.lastgroup or "u0")[1:])
        code, indicator = words.measure_codes[index]
        if code == "h" and _is_clock(folded, number, position):
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
    times = re.compile(r"\sfois(?!\w)").match(folded, position)
    if times and words.watched.search(folded[max(0, number.start - 40) : number.start]):
        return _Unit(times.start() + 1, times.end(), "fois", "views", noun=True)
    skipped = 0
    people: _Unit | None = None  # "612 jeunes avaient": an adjective that may be the noun itself
    while skipped < 4:
        match = _NOUN.match(folded, position)
        if match is None or "\n" in folded[position : match.start("noun")]:
            return people
        noun = match["noun"]
        if skipped == 0 and not match["link"] and position == end:
            return None
        if "'" in noun and noun.split("'")[0] in ("d", "l", "qu", "s", "n", "c", "jusqu"):
            if noun.startswith("d'") and (number.magnitude > 1 or number.approximate):
                start = match.start("noun") + 2
                return _Unit(
                    start, match.end("noun"), text[start : match.end("noun")].lower(), None, noun=True
                )
            return None
        if words.adjectives.fullmatch(noun):
            if _PEOPLE.fullmatch(noun):
                people = _Unit(*match.span("noun"), text[slice(*match.span("noun"))].lower(), None, noun=True)
            position = match.end()
            skipped += 1
            continue
        if words.no_nouns.fullmatch(noun) or noun[0].isdigit() or len(noun) < 2:
            return people
        start, stop = match.span("noun")
        if (
            text[start].isupper()
            and not text[start:stop].isupper()
            and not (skipped == 0 and noun.endswith("s") and not number.spelled)
            and not (number.spelled and text[number.start].islower() and _ALONE.match(text, stop))
        ):
            return None
        # a verb or an adjective standing alone counts nothing; a noun in the plural does
        if not noun.rstrip("'").endswith(("s", "x", "z")) and not _is_known_noun(noun) and number.value >= 2:
            return people
        return _Unit(start, stop, text[start:stop].lower(), None, noun=True)
    return None


def _is_clock(folded: str, number: Number, position: int) -> bool:
    if number.value > 24 or (number.spelled and not _HOUR.match(folded, position)):
        return False
    if _HOUR.match(folded, position):
        opened = _HOUR_BEFORE.search(folded[max(0, number.start - 20) : number.start])
        if opened and opened[0].strip() == "de":
            return re.match(r"\s?heures? (?:a|jusqu'a) ", folded[position : position + 20]) is not None
        return opened is not None
    if number.spelled or not _CLOCK.match(folded, position):
        return False
    before = folded[max(0, number.start - 20) : number.start]
    return not (_LASTS_BEFORE.search(before) or _LASTS_BEHIND.match(folded, position))


def _is_known_noun(noun: str) -> bool:
    return any(pattern.fullmatch(noun) for pattern in lexicon().nouns.values())


# --- quantities


_RANGE = re.compile(r"(?:\s?(?:€|%|km|m|euros?|ha))?\s*(?:a|et|ou|-)\s*(?:pres de |environ )?")


def _no_count(view: View, unit: _Unit) -> bool:
    return view.folded[unit.start - 2 : unit.start] not in ("d'", "e ") and not _is_known_noun(
        view.folded[unit.start : unit.end]
    )


_SHARE_OF = re.compile(
    r"\s(?P<noun>[\w' -]{2,40}?)\s?sur\s(?P<total>\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent)(?!\w)"
)
_WHOLES = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 100})
_FROM = re.compile(r"(?<!\w)(?:entre|de)\s+(?:environ )?$")
_CHANGE = re.compile(
    r"(?:passe\w*|augment\w*|progress\w*|recul\w*|chut\w*|baiss\w*|grimp\w*|bond\w*|evolu\w*|tomb\w*|monte\w*|descend\w*|reduit\w*|ramen\w*|porte\w*|diminu\w*|hausse|\bfait passer)\s+(?:\S+\s+){0,4}de\s+$"
)


def _quantity(view: View, read: Sequence[Number], index: int) -> tuple[list[Quantity], int]:
    """The quantities that begin at a number, and how many numbers they use."""
    number = read[index]
    share = _share(view, number)
    if share is not None:
        used = 2 if index + 1 < len(read) and read[index + 1].start < share.end else 1
        return [share], used
    if number.fraction:
        return [
            _make(view, number.start, number.end, number, None, _Unit(number.end, number.end, None, "share"))
        ], 1
    following = read[index + 1] if index + 1 < len(read) else None
    unit = _unit(view, number.end, number)
    if following is not None:
        ranged = _ranged(view, number, following, unit)
        if ranged is not None:
            return ranged, 2
    if (unit is None and number.magnitude >= 1_000_000) or (
        unit is not None and unit.noun and number.magnitude >= 1_000_000 and _no_count(view, unit)
    ):
        unit = _Unit(number.end, number.end, "EUR", None)
    if unit is None:
        return [], 1
    return [_make(view, number.start, unit.end, number, None, unit)], 1


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
    if high.magnitude > 1 and low.magnitude == 1 and low.value < 1000:
        value = low.value * high.magnitude
    low = Number(low.start, low.end, value, low.approximate, False, low.magnitude, low.spelled)
    opens = _FROM.search(before)
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
    if unit is not None and unit.noun and unit.code != shared.code:
        return None
    start = low.start - len(opens[0]) if opens else low.start
    return [_make(view, start, shared.end, low, high, shared)]


def _share(view: View, number: Number) -> Quantity | None:
    """ "9 habitants sur 10" is 0.9."""
    if number.value > 100 or number.fraction:
        return None
    match = _SHARE_OF.match(view.folded, number.end)
    if match is None:
        match = re.compile(
            r"\s(?P<noun>)sur\s(?P<total>\d+|deux|trois|quatre|cinq|dix|cent)(?!\w)(?!\s?(?:€|m|km))"
        ).match(view.folded, number.end)
    if match is None:
        return None
    total = (
        float(match["total"]) if match["total"].isdigit() else float(lexicon().words.get(match["total"], 100))
    )
    if total not in _WHOLES and match["noun"]:
        return None  # "41 dossiers sur 58" are two counts
    noun = match["noun"].split(" ")[0]
    if (
        re.match(
            r"\s?(?:ans?|mois|jours?|€|euros?|%|m2|km|metres?|kilometres?)(?!\w)",
            view.folded[match.end() :][:12],
        )
        or total <= number.value
        or total > 100
        or noun in ("jours", "jour", "h", "heures", "voix", "mois", "places")
    ):
        return None
    fraction = Number(number.start, match.end(), round(number.value / total, 10), fraction=True)
    return _make(
        view, number.start, match.end(), fraction, None, _Unit(match.end(), match.end(), None, "share")
    )


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
    half = re.match(r"\set demie?(?!\w)", folded[end : end + 10])
    if half:
        value, end = value + 0.5, end + half.end()
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
        if indicator in ("followers", "likes", "views", "users")
        else None,
    )


def _opens_price(view: View, number: Number) -> bool:
    """ "dès 5 €", "dès 6 ans" compare; "des 12 communes" does not."""
    return view.text[max(0, number.start - 4) : number.start].lower().startswith("dès")


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 10)
