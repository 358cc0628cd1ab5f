"""Which collectivity a mention means: homonyms by where the text plays, short names, large towns abroad."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Collectivity
from pipeline.places.context import context
from pipeline.places.gazetteer import Entry, Gazetteer, key
from pipeline.places.scene import Candidate

#: From this probability the reading that was not chosen is named beside the one that was.
RUNNER_UP = 0.01
#: What a name for short counts less than a name in full: "Clermont" for Clermont-Ferrand.
_CALLED_SHORT = 2.0
#: What makes even the first part of a name a certain one.
_TOLD = ("head of a collectivity", "dateline")
_ARTICLE = re.compile(r"^(?:le|la|les|l) ")
_CITY = 20_000  # inhabitants from which "Vannes, Auray et Sens" means the town wherever it is


class Evidence:
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
        """Take the publisher for a sign of where the text plays."""
        entry = self._gazetteer.by_code(issuer.kind, issuer.code) if issuer.code else None
        if entry is not None:
            self.issuer_code, self.home, self.epci = entry.code, entry.departement, entry.epci
            self.short.clear()


class Link(NamedTuple):
    """The collectivity meant, its probability among the readings of the name, and the next likely reading."""

    entry: Entry | None
    score: float
    other: Entry | None = None


def link_of(candidate: Candidate, gazetteer: Gazetteer, evidence: Evidence) -> Link:
    """The likeliest collectivity of a candidate's name, by what the text as a whole says."""
    if (candidate.abroad and not candidate.rows) or _is_rather_abroad(candidate, gazetteer, evidence):
        return Link(None, 1.0)
    entries = [gazetteer.entry(row) for row in candidate.rows]
    if candidate.kind == "epci_of":
        code = next((entry.epci for entry in entries if entry.epci), None)
        epci = gazetteer.by_code("epci", code) if code else None
        return Link(epci, 0.9, entries[0]) if epci else Link(entries[0], 0.5)
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
    return Link(chosen, 1 / total, others[0] if others else None)


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
    candidate: Candidate, entries: Sequence[Entry], gazetteer: Gazetteer, evidence: Evidence
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


def _is_rather_abroad(candidate: Candidate, gazetteer: Gazetteer, evidence: Evidence) -> bool:
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


def stray_short_names(
    linked: Sequence[tuple[Candidate, Link]], gazetteer: Gazetteer, evidence: Evidence
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


def _weight(entry: Entry, candidate: Candidate, evidence: Evidence) -> float:
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
