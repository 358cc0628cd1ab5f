"""Deciding which candidates are mentions, and linking them to their codes.

What is sure decides what is doubtful: a name that is sure once is a mention each time, an
enumeration with sure towns is one of towns, the départements of the unambiguous towns choose among
homonyms.  The language model is asked only about what remains.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from pipeline.language.reading import Reading, Readings
from pipeline.model import Collectivity, Issuer, Kind, Place
from pipeline.places.context import context
from pipeline.places.further import Spans, abroad_towns, short_forms, tagged_places
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.places.issuer import choose_issuer
from pipeline.places.numbers import numbered_places
from pipeline.places.scene import (
    BARE,
    BEGINS,
    CAPITAL_WORD,
    ENUMERATED,
    EPCI_WORD,
    FACILITY,
    ORDINARY,
    SITE,
    SMALL,
    Candidate,
)
from pipeline.text import View

#: From this probability the reading that was not chosen is named beside the one that was.
RUNNER_UP = 0.01
#: Below this probability a link is told in the record's warnings.
UNSURE = 0.6
#: Below this one it is a guess: a name that nothing else makes a mention is none.
_GUESS = 0.5
#: How often a name that was taken for a mention is one, by how sure its context was (of the 2,444 in train).
_MENTION = {"sure": 0.99, "likely": 0.98, "doubtful": 0.96}
#: What a name for short counts less than a name in full: "Clermont" for Clermont-Ferrand.
_CALLED_SHORT = 2.0
#: What makes even the first part of a name a certain one.
_TOLD = ("head of a collectivity", "dateline")
_ARTICLE = re.compile(r"^(?:le|la|les|l) ")
_CITY = 20_000  # inhabitants from which "Vannes, Auray et Sens" means the town wherever it is
#: Doubts that the text as a whole settles, without the language model.
_BY_TEXT = (CAPITAL_WORD, FACILITY, SITE, EPCI_WORD)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions of a text, its issuer, and what a person should look at (in French)."""

    places: tuple[Place, ...]
    issuer: Issuer
    warnings: tuple[str, ...]


def doubtful(view: View, candidates: Sequence[Candidate]) -> set[int]:
    """Indices of the sentences with candidates that only the language model can decide."""
    settled = {candidate.key for candidate in candidates if candidate.verdict in ("sure", "likely")}
    return {
        view.sentence_index(candidate.start)
        for candidate in candidates
        if candidate.verdict == "doubtful" and candidate.key not in settled and candidate.why not in _BY_TEXT
    }


def resolve(
    view: View,
    candidates: Sequence[Candidate],
    readings: Readings | None = None,
    issuer_given: Collectivity | None = None,
    hints: Sequence[str] = (),
    gazetteer: Gazetteer | None = None,
) -> Resolution:
    """Mentions with their codes, and the issuer; offsets into `view.text`.

    `readings` are of the sentences that `doubtful` named (fewer do no harm); `issuer_given` is known
    from elsewhere; `hints` are site names and addresses from the metadata.
    """
    gazetteer = gazetteer or Gazetteer.load()
    kept = _decide(view, candidates, readings or {}, gazetteer)
    evidence = _Evidence(gazetteer, kept, issuer_given)
    linked = [(candidate, _link(candidate, gazetteer, evidence)) for candidate in kept]
    strays = _stray_short_names(linked, gazetteer, evidence)
    kept = [candidate for candidate in kept if candidate.key not in strays]
    linked = [(candidate, link) for candidate, link in linked if candidate.key not in strays]
    issuer = choose_issuer(
        view,
        [(c.start, c.end, link.entry) for c, link in linked if link.entry],
        hints,
        gazetteer,
        issuer_given,
    )
    anchor = issuer_given or (
        Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "") if issuer.kind else None
    )
    if anchor is not None and anchor.code:
        evidence.add_issuer(anchor)
        again = [(candidate, _link(candidate, gazetteer, evidence)) for candidate in kept]
        if [link.entry for _, link in again] != [link.entry for _, link in linked]:
            mentions = [(c.start, c.end, link.entry) for c, link in again if link.entry]
            issuer = choose_issuer(view, mentions, hints, gazetteer, issuer_given)
        if issuer_given is None:
            # that a name is the publisher's must not make its reading surer than it was without
            again = [
                (
                    candidate,
                    _Link(now.entry, min(now.score, was.score), was.other or now.other)
                    if _is_issuer(now, was, issuer)
                    else now,
                )
                for (candidate, now), (_, was) in zip(again, linked, strict=True)
            ]
            issuer = _weighed_by_link(issuer, [link for _, link in again])
        linked = again
    places: list[Place] = []
    warnings: list[str] = []
    for candidate, (entry, score, second) in linked:
        text = view.text[candidate.start : candidate.end]
        if entry is None:
            name = candidate.abroad or context()["abroad"].get(candidate.key, text)
            places.append(Place(start=candidate.start, end=candidate.end, text=text, kind="other", name=name))
            continue
        places.append(
            Place(
                start=candidate.start,
                end=candidate.end,
                text=text,
                kind=entry.kind,
                code=entry.code,
                name=entry.name,
                type=entry.type if entry.kind == "commune" else None,
                departement=entry.departement,
                score=round(score * _MENTION[candidate.verdict], 3),
                runner_up=second.collectivity if second else UNSET,
            )
        )
        own = entry.kind == issuer.kind and entry.code == issuer.code
        if score < _GUESS and candidate.verdict != "sure" and entry.kind == "commune" and not own:
            places.pop()
            warning = f"« {text} » : plusieurs communes portent ce nom, aucune n'est retenue"
            if warning not in warnings:
                warnings.append(warning)
        elif score < UNSURE:
            instead = (
                f"autre possibilité : {second.name} ({second.code})" if second else "des homonymes existent"
            )
            warning = f"« {text} » : {entry.name} ({entry.code}) retenu sans certitude, {instead}"
            if warning not in warnings:
                warnings.append(warning)
    short = short_forms(view, places, candidates, issuer, gazetteer)
    places = _replaced(places, short)
    places = _replaced(places, tagged_places(view, issuer, gazetteer))
    places = _replaced(places, abroad_towns(view, gazetteer))
    numbered, better = numbered_places(view, sorted(places, key=lambda place: place.start), issuer, gazetteer)
    taken = Spans((place.start, place.end) for place in places)
    places = _replaced(places, better)
    places += [place for place in numbered if not taken.meet(place.start, place.end)]
    return Resolution(tuple(sorted(places, key=lambda place: place.start)), issuer, tuple(warnings))


def _is_issuer(now: _Link, was: _Link, issuer: Issuer) -> bool:
    """Whether a name was linked to the publisher before it was known to publish."""
    entry = now.entry
    return entry is not None and entry == was.entry and (entry.kind, entry.code) == (issuer.kind, issuer.code)


def _weighed_by_link(issuer: Issuer, links: Sequence[_Link]) -> Issuer:
    """The publisher with the probability that its name was read rightly, too."""
    scores = [
        link.score
        for link in links
        if link.entry and (link.entry.kind, link.entry.code) == (issuer.kind, issuer.code)
    ]
    if not scores or not isinstance(issuer.score, float):
        return issuer
    return msgspec.structs.replace(issuer, score=round(issuer.score * max(scores), 3))


def _replaced(places: list[Place], better: list[Place]) -> list[Place]:
    """The places, those of `better` instead of what they overlap."""
    spans = Spans((place.start, place.end) for place in better)
    return [place for place in places if not spans.meet(place.start, place.end)] + better


# --- mention or not


def _decide(
    view: View, candidates: Sequence[Candidate], readings: Readings, gazetteer: Gazetteer
) -> list[Candidate]:
    alive = [candidate for candidate in candidates if candidate.verdict != "never"]
    persons = {
        candidate.key for candidate in candidates if candidate.why in ("a person", "a given name before it")
    }
    sure = {candidate.key for candidate in alive if candidate.verdict == "sure"}
    told = {row for candidate in alive if candidate.verdict == "sure" for row in candidate.rows}
    towns = _enumerated(view, alive)
    accepted: list[Candidate] = []
    left: list[Candidate] = []
    for candidate in alive:
        reading = readings.get(view.sentence_index(candidate.start))
        person = _label(candidate, reading) == "PER"
        if candidate.why in _BY_TEXT and candidate.verdict == "doubtful":
            agreed = not told.isdisjoint(candidate.rows)
        elif candidate.verdict == "sure":
            agreed = True
        elif candidate.key in sure and candidate.why != SMALL:
            agreed = candidate.key not in persons or not person
        elif candidate.key in persons and candidate not in towns:
            continue
        elif candidate.verdict == "likely":
            # the model takes many towns that begin a sentence for persons
            agreed = candidate in towns or candidate.why == BEGINS or not person
        else:
            agreed = candidate in towns or _model_says_place(candidate, reading)
        (accepted if agreed else left).append(candidate)
    # what is a town in one sentence is the same town where nothing around it tells
    known = {row for candidate in accepted for row in candidate.rows}
    near = _departements_of(accepted, gazetteer, 2)
    around = _departements_of(accepted, gazetteer, 1)
    columns, people = gazetteer._columns["departement"], gazetteer._columns["population"]
    for candidate in left:
        again = candidate.why in (BARE, ORDINARY, FACILITY, SITE) and not known.isdisjoint(candidate.rows)
        local = any(columns[row] in near for row in candidate.rows)
        if candidate.verdict == "likely":
            local = local or any(columns[row] in around for row in candidate.rows)
        elif candidate.why == CAPITAL_WORD:
            known_well = any(int(people[row] or 0) >= _CITY for row in candidate.rows)
            there = any(columns[row] in around for row in candidate.rows)
            local = candidate in towns and (local or known_well or there)
        elif candidate.why == SITE:
            largest = max(candidate.rows, key=lambda row: int(people[row] or 0))
            local = local or columns[largest] in around
        elif candidate.why not in (BARE, BEGINS, FACILITY, EPCI_WORD):
            local = False
        if again or local:
            accepted.append(candidate)
    return sorted(accepted, key=lambda candidate: candidate.start)


def _departements_of(accepted: Sequence[Candidate], gazetteer: Gazetteer, least: int) -> set[str]:
    """Where the text plays: the départements of so many of its towns that have no namesakes.

    A département that is named counts as one of them.
    """
    codes, kinds = gazetteer._columns["departement"], gazetteer._columns["kind"]
    towns: dict[str, set[str]] = {}
    for candidate in accepted:
        if candidate.departement:
            towns.setdefault(candidate.departement, set()).update((candidate.key, "beside"))
            continue
        for code in {codes[row] for row in candidate.rows if kinds[row] != "region"}:
            if len({codes[row] for row in candidate.rows}) == 1 and code:
                towns.setdefault(code, set()).add(candidate.key)
    return {code for code, names in towns.items() if len(names) >= least}


def _label(candidate: Candidate, reading: Reading | None) -> str | None:
    if reading is None:
        return None
    for entity in reading.entities:
        if entity.start < candidate.end and candidate.start < entity.end:
            return entity.label
    return None


def _model_says_place(candidate: Candidate, reading: Reading | None) -> bool:
    """Whether the model calls the name a place, and nothing longer than it."""
    if reading is None:
        return False
    for entity in reading.entities:
        if entity.start < candidate.end and candidate.start < entity.end:
            longer = entity.end - entity.start > candidate.end - candidate.start + 12
            return entity.label == "LOC" and not longer
    return False


def _enumerated(view: View, alive: Sequence[Candidate]) -> set[Candidate]:
    """Candidates in an enumeration that holds a sure or likely town ("Nevers, Tours et Béziers")."""
    found: set[Candidate] = set()
    chain: list[Candidate] = []
    for number, candidate in enumerate(alive):
        chain.append(candidate)
        following = alive[number + 1] if number + 1 < len(alive) else None
        if following and ENUMERATED.fullmatch(view.folded[candidate.end : following.start]):
            continue
        if len(chain) > 1 and any(town.verdict in ("sure", "likely") for town in chain):
            found.update(chain)
        chain = []
    return found


# --- which one


class _Evidence:
    """What the text as a whole says of where it plays: départements and régions, and the issuer."""

    def __init__(self, gazetteer: Gazetteer, kept: Sequence[Candidate], issuer: Collectivity | None) -> None:
        self.departements: Counter[str] = Counter()
        self.named: set[str] = set()
        self.regions: set[str] = set()
        self.issuer_code: str | None = None
        self.epci: str | None = None
        self.home: str | None = None
        self._gazetteer = gazetteer
        self._told: dict[str, set[str]] = {}
        #: What the publisher's département calls by the first part of its name, as it was asked for.
        self.short: dict[str, list[Entry]] = {}
        #: "Saint-Denis (974)" once makes every bare "Saint-Denis" the same town.
        self.pinned: dict[str, str] = {}
        for candidate in kept:
            entries = [gazetteer.entry(row) for row in candidate.rows]
            if candidate.departement:
                self.departements[candidate.departement] += 2
                self.pinned.setdefault(candidate.key, candidate.departement)
            if candidate.kind == "departement":
                codes = [entry.code for entry in entries if entry.kind == "departement"]
                self.named.update(codes)
            elif candidate.kind == "region":
                self.regions.update(entry.code for entry in entries if entry.kind == "region")
            elif len({entry.code for entry in entries}) == 1 and entries[0].departement:
                self.departements[entries[0].departement] += 1
                self._told.setdefault(entries[0].departement, set()).add(candidate.key)
        if issuer is not None:
            self.add_issuer(issuer)

    def near(self, key: str) -> set[str]:
        """The départements in which towns of other names lie."""
        return {code for code, names in self._told.items() if names - {key}}

    def add_issuer(self, issuer: Collectivity) -> None:
        entry = self._gazetteer.by_code(issuer.kind, issuer.code) if issuer.code else None
        if entry is not None:
            self.issuer_code, self.home, self.epci = entry.code, entry.departement, entry.epci
            self.short.clear()


class _Link(NamedTuple):
    """The collectivity meant, its probability among the readings of the name, and the next likely reading."""

    entry: Entry | None
    score: float
    other: Entry | None = None


def _link(candidate: Candidate, gazetteer: Gazetteer, evidence: _Evidence) -> _Link:
    if (candidate.abroad and not candidate.rows) or _is_rather_abroad(candidate, gazetteer, evidence):
        return _Link(None, 1.0)
    entries = [gazetteer.entry(row) for row in candidate.rows]
    if candidate.kind == "epci_of":
        code = next((entry.epci for entry in entries if entry.epci), None)
        epci = gazetteer.by_code("epci", code) if code else None
        return _Link(epci, 0.9, entries[0]) if epci else _Link(entries[0], 0.5)
    if candidate.kind:
        entries = [entry for entry in entries if entry.kind == candidate.kind] or entries
    if candidate.departement is None and (pinned := evidence.pinned.get(candidate.key)):
        entries = [entry for entry in entries if entry.departement == pinned] or entries
    entries = _own_names_first(candidate, entries)
    weights = [(_weight(entry, candidate, evidence), entry) for entry in entries]
    weights += [
        (_weight(entry, candidate, evidence) - _CALLED_SHORT, entry)
        for entry in _called_short(candidate, entries, gazetteer, evidence)
    ]
    weights.sort(key=lambda item: (-item[0], item[1].code))
    best, chosen = weights[0]
    total = sum(math.exp(weight - best) for weight, _ in weights)
    # a commune nouvelle and its chef-lieu share their code
    others = [
        entry
        for weight, entry in weights[1:]
        if entry.code != chosen.code and math.exp(weight - best) / total >= RUNNER_UP
    ]
    return _Link(chosen, 1 / total, others[0] if others else None)


def _own_names_first(candidate: Candidate, entries: Sequence[Entry]) -> list[Entry]:
    """Without the communes nouvelles of which one that is called just so is a part: "Binic" of Binic-Étables-sur-Mer.

    Source: the data contract, "a commune that has become part of a commune nouvelle keeps its own code".
    """
    names = (candidate.key, _plain(candidate.key))
    whole = {
        entry.parent
        for entry in entries
        if entry.type == "commune-deleguee" and entry.code != entry.parent and _plain(entry.name) in names
    }
    return [entry for entry in entries if entry.code not in whole or _plain(entry.name) in names]


def _called_short(
    candidate: Candidate, entries: Sequence[Entry], gazetteer: Gazetteer, evidence: _Evidence
) -> list[Entry]:
    """The largest commune where the publisher is whose name goes on from this one, when none there is called so.

    "Nogent" in the Aube is Nogent-sur-Seine, wherever there are others of the name.
    """
    home = evidence.home
    if not home or candidate.departement or candidate.kind not in (None, "commune") or " " in candidate.key:
        return []
    if any(entry.departement == home for entry in entries):
        return []
    if candidate.key not in evidence.short:
        there = [
            entry
            for entry in map(gazetteer.entry, gazetteer.begun(candidate.key))
            if entry.departement == home
        ]
        towns = [entry for entry in there if entry.kind == "commune" and entry.type == "commune-actuelle"]
        evidence.short[candidate.key] = sorted(towns, key=lambda entry: -entry.population)[:1]
    return evidence.short[candidate.key]


def _is_rather_abroad(candidate: Candidate, gazetteer: Gazetteer, evidence: _Evidence) -> bool:
    """Whether a name is that of a large town abroad and of small ones here that nothing else in the text is near.

    "Montréal" is in Québec, but in a release of the Aude.
    """
    if candidate.why in _TOLD or candidate.departement or candidate.key not in context()["abroad"]:
        return False
    entries = [gazetteer.entry(row) for row in candidate.rows]
    if any(entry.population >= _CITY for entry in entries):
        return False
    places = {evidence.home, *evidence.named, *evidence.near(candidate.key)}
    return all(entry.departement not in places for entry in entries)


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    """The key of a name without its article."""
    return _ARTICLE.sub("", key(name))


def _stray_short_names(
    linked: Sequence[tuple[Candidate, _Link]], gazetteer: Gazetteer, evidence: _Evidence
) -> set[str]:
    """Keys that are the first part of several names and of none in full, where nothing tells which is meant.

    "Conflans" in a release of Savoie is not Conflans-Sainte-Honorine.
    """
    known: dict[str, set[str]] = {}
    for candidate, link in linked:
        if link.entry and link.entry.departement:
            known.setdefault(link.entry.departement, set()).add(candidate.key)
    strays: set[str] = set()
    for candidate, link in linked:
        entry = link.entry
        if entry is None or entry.kind != "commune" or candidate.why in _TOLD or candidate.departement:
            continue
        if " " in candidate.key or _plain(entry.name) in (candidate.key, _plain(candidate.key)):
            continue
        place = entry.departement or ""
        if place in evidence.named or place == evidence.home or known.get(place, set()) - {candidate.key}:
            continue
        begun = {gazetteer._columns["departement"][row] for row in gazetteer.begun(candidate.key)}
        if len(begun - {""}) > 1:
            strays.add(candidate.key)
    return strays


def _weight(entry: Entry, candidate: Candidate, evidence: _Evidence) -> float:
    weight = 0.8 * math.log(entry.population + 20)
    if entry.kind != "commune":
        return weight + 3.0
    if entry.type in ("commune-deleguee", "commune-associee"):
        weight += 1.0 if entry.code == entry.parent else -0.5
    if entry.code == evidence.issuer_code:
        weight += 8.0
    if len(candidate.rows) > 1 and _plain(entry.name) not in (candidate.key, _plain(candidate.key)):
        weight -= _CALLED_SHORT
    if candidate.departement and entry.departement == candidate.departement:
        weight += 10.0
    if entry.departement in evidence.named:
        weight += 3.0
    if entry.departement and entry.departement == evidence.home:
        weight += 2.5
    if entry.epci and entry.epci == evidence.epci:
        weight += 2.5
    overseas = (entry.departement or "").startswith("97") and entry.region not in evidence.regions
    if overseas and not (evidence.home or "").startswith("97"):
        weight -= 1.5  # "Saint-Denis" said on the mainland is that of Seine-Saint-Denis
    if entry.region in evidence.regions:
        weight += 1.0
    weight += 1.2 * min(3, evidence.departements.get(entry.departement or "", 0))
    return weight


def referent(
    view: View, start: int, kinds: str | None, places: Sequence[Place], issuer: Issuer
) -> Collectivity | None:
    """The collectivity that a common noun at `start` stands for ("la ville", "elle").

    The issuer when its kind fits, else the last collectivity of the kind that was named before, else the
    one in which the issuer lies ("le Département" in a release of Gien is the Loiret), else the issuer all
    the same.  `kinds` is the kind that the noun asks for, None for any.
    """
    own = Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "") if issuer.kind else None
    if own is not None and (kinds is None or own.kind == kinds):
        return own
    before = [
        p for p in places if p.start < start and p.kind != "other" and (kinds is None or p.kind == kinds)
    ]
    if before:
        last = before[-1]
        return Collectivity(kind=last.kind, code=last.code, name=last.name)
    return _around(own, kinds) or own


def _around(own: Collectivity | None, kind: str | None) -> Collectivity | None:
    """The EPCI, département or région in which a collectivity lies; None where it lies in none."""
    gazetteer = Gazetteer.load()
    entry = gazetteer.by_code(own.kind, own.code) if own is not None and own.code else None
    if entry is None:
        return None
    region = gazetteer.by_code("departement", entry.departement) if entry.departement else None
    lies: dict[str, tuple[Kind, str | None]] = {
        "epci": ("epci", entry.epci),
        "departement": ("departement", entry.departement),
        "region": ("region", entry.region or (region.region if region else None)),
    }
    wanted, code = lies.get(kind or "", ("other", None))
    found = gazetteer.by_code(wanted, code) if code else None
    return found.collectivity if found is not None and found.kind != entry.kind else None


__all__ = ["Resolution", "doubtful", "referent", "resolve"]
