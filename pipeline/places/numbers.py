"""Collectivities given by a number: "Nevers (58)", "dans le 93", "Marseille 8e", "le 15e arrondissement"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Issuer, Place
from pipeline.places.context import context
from pipeline.places.further import Spans
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.text import View

_BRACKETED = re.compile(r"\((\d{2,3}|2[ABab])\)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ORDINAL = r"(?P<number>\d{1,2}|[ivx]{1,5})\s?(?:eme|er|e)"
# "Lyon 3e", but neither "Lyon, 3e ville de France" nor "Marseille 8e édition"
_BEHIND_CITY = re.compile(
    rf"(?: {_ORDINAL}(?: arrondissement|(?! (?:edition|fois|rang|place|prix|ville|port|metropole|au|du|des|sur)\b))"
    rf"|, ?(?:dans le )?{_ORDINAL.replace('<number>', '<other>')} arrondissement)(?!\w)"
)
_ARRONDISSEMENT = re.compile(
    rf"(?<!\w){_ORDINAL} arrondissement(?: de (?P<city>paris|lyon|marseille)(?!\w))?(?!\w)"
)
_CITIES = {"paris": "75056", "lyon": "69123", "marseille": "13055"}


# a number behind an article, and what says that it counts, dates or labels something
_NUMBER = re.compile(
    r"(?<!\w)(?P<link>le|du|au) (?P<number>\d{2}|97[1-46]|2[ab])(?![\w/€%]|[.,:]\d|\s*(?:h\b|euros?|ans|au \d|\d))"
)
_NEXT_NUMBER = re.compile(r"(?:,| et| ou|, et) (?:le |du |au )$")
_COUNTS = re.compile(
    r" ?(?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|rue|avenue|boulevard|place|chemin|allee|quai|route|cours|impasse|bis\b|ter\b|m\b|km|cm|premier|dernier|[a-z]+s\b)"
)
_LAST_DAY = 31  # of a month


def numbered_places(
    view: View, places: Sequence[Place], issuer: Issuer, gazetteer: Gazetteer
) -> tuple[list[Place], list[Place]]:
    """Départements and municipal arrondissements by their numbers: those beside `places`, and those instead of some.

    An arrondissement without its city is of the one named last before it, else of the publisher.
    """
    beside = [*_bracketed(view, places, gazetteer), *_departements(view, gazetteer)]
    told = Spans((place.start, place.end) for place in beside)
    beside += [
        place
        for place in _known_numbers(view, places, issuer, gazetteer)
        if not told.meet(place.start, place.end)
    ]
    instead: list[Place] = []
    if any(place.code in _CITIES.values() for place in places) or issuer.code in _CITIES.values():
        instead = [*_behind_cities(view, places, gazetteer)]
        beside += _arrondissements(view, places, issuer, gazetteer)
    return beside, instead


def _bracketed(view: View, places: Sequence[Place], gazetteer: Gazetteer) -> Iterator[Place]:
    for place in places:
        number = _BRACKETED.match(view.text, place.end + (view.text[place.end : place.end + 1] == " "))
        entry = gazetteer.by_code("departement", number[1].upper()) if number else None
        if number and entry:
            yield _place(view, *number.span(1), entry, 0.99)


def _departements(view: View, gazetteer: Gazetteer) -> Iterator[Place]:
    """ "Dans le 93", "les communes du 93 et du 94": where no date, address or count can be meant."""
    if not any(sign in view.folded for sign in ("le ", "du ")):
        return
    for row in context()["departement_numbers"].finditer(view.folded):
        for number in re.finditer(r"(?<!\w)(?:\d{2,3}|2[ab])(?!\w)", row["numbers"]):
            entry = gazetteer.by_code("departement", number[0].upper())
            if entry is None:
                break
            start = row.start("numbers") + number.start()
            yield _place(view, start, start + len(number[0]), entry, 0.9)


def _known_numbers(
    view: View, places: Sequence[Place], issuer: Issuer, gazetteer: Gazetteer
) -> Iterator[Place]:
    """ "Le 70 finance", "au 25, au 70 et au 90": numbers that no day bears, of the départements of the text.

    A row of them counts when one is such a number; it lends the others what it is.
    """
    home = gazetteer.by_code(issuer.kind, issuer.code) if issuer.kind and issuer.code else None
    known = {place.departement for place in places if place.departement} | {
        home.departement if home else None
    }
    row: list[Place] = []
    sure = False
    end = -1
    for number in _NUMBER.finditer(view.folded):
        entry = gazetteer.by_code("departement", number["number"].upper())
        goes_on = end >= 0 and _NEXT_NUMBER.fullmatch(view.folded[end : number.start("number")])
        if not goes_on:
            if sure:
                yield from row
            row, sure = [], False
        if entry is None or _COUNTS.match(view.folded, number.end()):
            row, sure, end = [], False, -1
            continue
        end = number.end()
        row.append(_place(view, *number.span("number"), entry, 0.85))
        sure = sure or (entry.code in known and not (entry.code.isdigit() and int(entry.code) <= _LAST_DAY))
    if sure:
        yield from row


def _behind_cities(view: View, places: Sequence[Place], gazetteer: Gazetteer) -> Iterator[Place]:
    """ "Marseille 8e": the arrondissement instead of the city."""
    for place in places:
        if place.code not in _CITIES.values():
            continue
        number = _BEHIND_CITY.match(view.folded, place.end)
        if number and (
            entry := _arrondissement(number["number"] or number["other"], place.code or "", gazetteer)
        ):
            yield _place(view, place.start, number.end(), entry, 0.95)


def _arrondissements(
    view: View, places: Sequence[Place], issuer: Issuer, gazetteer: Gazetteer
) -> Iterator[Place]:
    """ "Le 15e arrondissement", with its city behind it, named before, or publishing."""
    cities = [place for place in places if place.code in _CITIES.values()]
    for number in _ARRONDISSEMENT.finditer(view.folded):
        before = [place for place in cities if place.end <= number.start()]
        if before and _BEHIND_CITY.match(view.folded, before[-1].end, number.end()):
            continue  # "Paris 15e arrondissement"
        city = _CITIES.get(number["city"] or "") or (before[-1].code if before else None) or issuer.code
        entry = _arrondissement(number["number"], city or "", gazetteer)
        if entry:
            yield (
                _place(view, number.start(), number.end(), entry, 0.9)
                if not number["city"]
                else _place(view, number.start(), number.start("city") - len(" de "), entry, 0.95)
            )


def _arrondissement(number: str, city: str, gazetteer: Gazetteer) -> Entry | None:
    count = int(number) if number.isdigit() else _roman(number)
    wanted = f"{'1er' if count == 1 else f'{count}e'} arrondissement"
    return next((part for part in gazetteer.parts(city) if key(part.name).endswith(" " + wanted)), None)


def _roman(letters: str) -> int:
    """The number that letters write; 0 for letters that write none."""
    if letters.startswith("x") and len(letters) > 1:
        return 10 + _ROMAN.get(letters[1:], -10)
    return _ROMAN.get(letters, 0)


def _place(view: View, start: int, end: int, entry: Entry, score: float) -> Place:
    return Place(
        start=start, end=end, text=view.text[start:end], kind=entry.kind, code=entry.code, name=entry.name,
        type=entry.type if entry.kind == "commune" else None, departement=entry.departement, score=score,
    )  # fmt: skip


__all__ = ["numbered_places"]
