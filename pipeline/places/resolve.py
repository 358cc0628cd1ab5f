"""Deciding which candidates are mentions, and linking them to their codes.

What is sure decides what is doubtful: a name that is sure once is a mention each time, an
enumeration with sure towns is one of towns, the départements of the unambiguous towns choose among
homonyms.  The language model is asked only about what remains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from msgspec import UNSET

from pipeline.language.reading import Reading, Readings
from pipeline.model import Collectivity, Issuer, Place
from pipeline.places.context import context
from pipeline.places.further import Spans, abroad_towns, short_forms, tagged_places
from pipeline.places.gazetteer import Gazetteer
from pipeline.places.issuer import choose_issuer
from pipeline.places.linking import Evidence, Link, link_of, stray_short_names
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

#: Below this probability a link is told in the record's warnings.
UNSURE = 0.6
#: Below this one it is a guess: a name that nothing else makes a mention is none.
_GUESS = 0.5
#: How often a name that was taken for a mention is one, by how sure its context was (of the 2,444 in train).
_MENTION = {"sure": 0.99, "likely": 0.98, "doubtful": 0.96}
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
    evidence = Evidence(gazetteer, kept, issuer_given)
    linked = [(candidate, link_of(candidate, gazetteer, evidence)) for candidate in kept]
    strays = stray_short_names(linked, gazetteer, evidence)
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
        again = [(candidate, link_of(candidate, gazetteer, evidence)) for candidate in kept]
        if [link.entry for _, link in again] != [link.entry for _, link in linked]:
            mentions = [(c.start, c.end, link.entry) for c, link in again if link.entry]
            issuer = choose_issuer(view, mentions, hints, gazetteer, issuer_given)
        if issuer_given is None:
            # that a name is the publisher's must not make its reading surer than it was without
            again = [
                (
                    candidate,
                    Link(now.entry, min(now.score, was.score), was.other or now.other)
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


def _is_issuer(now: Link, was: Link, issuer: Issuer) -> bool:
    """Whether a name was linked to the publisher before it was known to publish."""
    entry = now.entry
    return entry is not None and entry == was.entry and (entry.kind, entry.code) == (issuer.kind, issuer.code)


def _weighed_by_link(issuer: Issuer, links: Sequence[Link]) -> Issuer:
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


__all__ = ["Resolution", "doubtful", "resolve"]
