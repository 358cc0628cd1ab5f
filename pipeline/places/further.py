"""Mentions that no name of the gazetteer makes: short forms, towns abroad."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate

from pipeline.model import Issuer, Place
from pipeline.places.context import WINDOW, context, heads_in, leading
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.places.scene import Candidate
from pipeline.text import View, fold


@cache
def _foreign() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = context()
    name = r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?:[ -](?:(?:de|du|la|le|les|sur|an|am|der|im|bei|del|di|da|do|on|upon)[ -]){0,2}[A-ZÀ-ÖØ-Þ][\w'-]+){0,2})"
    countries = "|".join(sorted(data["countries"], key=len, reverse=True))
    far = rf"(?:(?:en |au |aux )?(?:{countries})(?![\w-]))"
    row = rf"{name}(?:(?:,| et| à)(?: de | d'| ) ?{name.replace('<name>', '<other>')})?"
    return (
        re.compile(
            rf"(?<![\w-]){name}(?: \({far}\)|, (?:en|au|aux) {far}|, capitale (?:de la |de l'|du |des ){far}|,? (?:ville|cité|commune) (?:{data['demonyms']})e?s?(?!\w))"
        ),
        re.compile(
            rf"(?:homologues? (?:\w+ )?|(?:[Vv]ille|[Cc]ité|[Cc]ommune|[Aa]mis|[Aa]mies|[Vv]oisins|[Cc]ollègues) (?:{data['demonyms']})e?s? )(?:de |d'){name}"
        ),
        re.compile(
            rf"(?:[Jj]umelages? (?:avec |de \w+ avec |avec la ville de )|[Jj]umelé(?:e?s?) (?:à |avec )|amis (?:\w+ )?(?:de |d')|"
            rf"(?:villes?|cités?|communes?) (?:jumelles?|partenaires?),? (?:de |d')?){row}"
        ),
        re.compile(
            rf"(?<!\w)(?:[Mm]aires?|[Bb]ourgmestre|[Dd]élégation (?:\w+ )?(?:venue|viendra|vient|venant|arriv\w+)) (?:de |d'){name}"
        ),
    )


_TWINS = ("umel", "partenaire", "mis de ", "mis d'")
_ENVOYS = ("umel", "élégation", "ourgmestre")
_FOLLOWED = 50  # towns abroad that are looked for again in the rest of a text


class Spans:
    """Spans of a text that are taken, asked in logarithmic time."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with this one."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start


def abroad_towns(view: View, gazetteer: Gazetteer) -> list[Place]:
    """Towns that the words around them place in another country: "Gubbio (Italie)", "son homologue de Gubbio".

    A twin town whose name is that of no French commune is taken to be abroad.
    """
    bracketed, told, twins, envoys = _foreign()
    text, data = view.text, context()
    found: list[Place] = []
    matches: list[re.Match[str]] = []
    # the patterns begin with any name: they are tried only where a country is named
    if any(country in text for country in data["countries"]) or data["demonym"].search(text):
        matches += [*bracketed.finditer(text), *told.finditer(text)]
    elif "omologue" in text:
        matches += told.finditer(text)
    for match in matches:
        if fold(match["name"].split()[0]) in data["given_names"]:
            continue  # "Paul, en Italie"
        start, end = match.span("name")
        around = view.folded[max(0, start - WINDOW) : start]
        if "never" in heads_in(around) and leading("never", around):
            continue  # "rue de Schweinfurt, cité allemande"
        found.append(Place(start=start, end=end, text=match["name"], kind="other", name=match["name"]))
    for match in twins.finditer(text) if any(sign in text for sign in _TWINS) else ():
        for group in ("name", "other"):
            if match[group] and not gazetteer.rows(key(match[group])):
                start, end = match.span(group)
                found.append(Place(start=start, end=end, text=match[group], kind="other", name=match[group]))
    for match in envoys.finditer(text) if any(sign in text for sign in _ENVOYS) else ():
        if key(match["name"]).split(" ")[0] not in gazetteer.longest:  # no name of a commune begins so
            start, end = match.span("name")
            found.append(Place(start=start, end=end, text=match["name"], kind="other", name=match["name"]))
    names = sorted({place.text for place in found}, key=len, reverse=True)[:_FOLLOWED]
    if names:
        taken = Spans((place.start, place.end) for place in found)
        again = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
        for match in again.finditer(text):
            start, end = match.span()
            if not taken.meet(start, end):
                found.append(Place(start=start, end=end, text=match[0], kind="other", name=match[0]))
    return found


_TAG = re.compile(r"(?<![\w&/])#(?:[Vv]ille(?:[Dd]e|[Dd])?)?(?P<name>[A-ZÀ-ÖØ-Þ]\w{3,40})")
_KNOWN, _LARGE = 1000, 5000  # inhabitants of a town that a hashtag is taken for, and one that is a word


def tags(view: View, gazetteer: Gazetteer) -> list[tuple[int, int, Entry]]:
    """Collectivities that a release bears as a hashtag, with the span of the tag's word: "#Travaux #Vitrolles".

    The span of "#VilleDeMuret" begins at "Muret".
    """
    found: list[tuple[int, int, Entry]] = []
    for match in _TAG.finditer(view.text) if "#" in view.text else ():
        word = fold(match["name"])
        entries = [gazetteer.entry(row) for row in gazetteer.joined_rows(word)]
        towns = [entry for entry in entries if entry.kind == "commune"]
        for entry in (towns or entries)[:1]:
            common = word in gazetteer.ordinary and entry.population < _LARGE
            common = common or word in context()["capital_words"]
            if entry.kind != "commune" or (entry.population >= _KNOWN and not common):  # "#Contes"
                found.append((*match.span("name"), entry))
    return found


def tagged_places(view: View, issuer: Issuer, gazetteer: Gazetteer) -> list[Place]:
    """Mentions that are hashtags: of the publisher where it is called so, else of the largest."""
    home = gazetteer.by_code(issuer.kind, issuer.code) if issuer.kind and issuer.code else None
    found: list[Place] = []
    for start, end, entry in tags(view, gazetteer):
        if view.text[start - 1] != "#":
            continue  # "#VilleDeMuret" is no town's name
        own = home is not None and key(home.name).replace(" ", "") == fold(view.text[start:end])
        found.append(_place_of(view, start, end, home if own and home else entry, 0.9))
    return found


def _place_of(view: View, start: int, end: int, entry: Entry, score: float) -> Place:
    return Place(
        start=start, end=end, text=view.text[start:end], kind=entry.kind, code=entry.code, name=entry.name,
        type=entry.type if entry.kind == "commune" else None, departement=entry.departement, score=score,
    )  # fmt: skip


_SHORTEST = 5  # letters of a first word that can stand for the whole name
_SHORTEST_OWN = 3  # letters when it is the publisher's own name: "Vic" for Vic-en-Bigorre
_LINKED = re.compile(r"-(?:sur|sous|en|et|lès|lez|les|le|la|l|de|du|des|d|aux|au|près)(?:-|').*$")


def _short_of(name: str, *, own: bool) -> str | None:
    """The part of a name that people say: "Romans" for Romans-sur-Isère, and of their own town "Ramonville"."""
    short = _LINKED.sub("", name)
    if short == name and own:
        short = name.split("-")[0]
    if own and len(short) >= _SHORTEST_OWN and key(short) not in context()["capital_words"] and short != name:
        return short
    if short == name or len(short) < _SHORTEST or short in ("Saint", "Sainte", "Villers", "Notre"):
        return None
    return short


def short_forms(
    view: View, places: Sequence[Place], candidates: Sequence[Candidate], issuer: Issuer, gazetteer: Gazetteer
) -> list[Place]:
    """Communes by the first part of their names: the issuer, those named in full, members of its EPCI."""
    home = gazetteer.by_code(issuer.kind, issuer.code) if issuer.kind and issuer.code else None
    neighbours = gazetteer.members(home.epci) if home and home.epci else []
    neighbours += [part for entry in neighbours for part in gazetteer.parts(entry.code)]
    known: dict[str, Entry] = {}
    ambiguous: set[str] = set()
    named = {place.code for place in places if place.kind == "commune"}
    strayed = {place.text for place in places if _elsewhere(place, home)}
    for entry in neighbours:
        mine = entry.code == issuer.code
        short = _short_of(entry.name, own=mine)
        if short is None:
            continue
        if not (mine or entry.code in named or short in strayed) and key(short) in gazetteer.ordinary:
            continue
        if short in known and not mine:
            ambiguous.add(short)
        known[short] = entry
    wanted = {
        short: entry for short, entry in known.items() if short not in ambiguous or entry.code == issuer.code
    }
    wanted |= {short.upper(): entry for short, entry in wanted.items()}
    wanted = {short: entry for short, entry in wanted.items() if short in view.text}
    if not wanted:
        return []
    taken = Spans(
        [(p.start, p.end) for p in places if not _elsewhere(p, home) or (p.text not in wanted)]
        + [(c.start, c.end) for c in candidates if c.verdict == "never"]
    )
    found = []
    pattern = "|".join(map(re.escape, sorted(wanted, key=len, reverse=True)))
    for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", view.text):
        if taken.meet(*match.span()):
            continue
        if _GIVEN_NAME_BEFORE.search(view.text[max(0, match.start() - 24) : match.start()]):
            continue
        around = view.folded[max(0, match.start() - WINDOW) : match.start()].rpartition("\n")[2]
        behind = view.folded[match.end() : match.end() + 24]
        street = "never" in heads_in(around) and leading("never", around)
        if street or context()["never_after"].match(behind):
            continue
        entry = wanted[match[0]]
        found.append(_place_of(view, match.start(), match.end(), entry, 0.8))
    return found


_GIVEN_NAME_BEFORE = re.compile(
    r"(?:M\.|Mme|Mlle|[A-Z][a-zà-ÿ-]+) $|(?:rue|place|avenue|lycée|collège|école) (?:de |du |d')?$"
)


def _elsewhere(place: Place, home: Entry | None) -> bool:
    """Whether a name was linked far from the publisher, for want of a better reading."""
    return place.kind == "commune" and home is not None and place.departement != home.departement


__all__ = ["Spans", "abroad_towns", "short_forms", "tagged_places", "tags"]
