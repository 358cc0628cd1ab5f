"""Every place of a text where somebody may be said to have a distinction, whether a rule saw it or not.

A slot is one possible recipient in one sentence of a release that speaks of awards, with the award, level,
years and categories that it would have there.  The learned decider (`decider`) looks at all of them and adds
what the rules (`distinctions`) have no wording for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.awards import AwardMention, LevelMention
from pipeline.model import Status
from pipeline.relate.actors import Actor, group_around
from pipeline.relate.anchors import NAME_LONGEST, Anchor, Facts, bare, fits, is_programme
from pipeline.relate.blocks import LABEL
from pipeline.relate.categories import categories
from pipeline.relate.clauses import Trigger
from pipeline.relate.editions import decided_in, years_of
from pipeline.relate.lexicon import lexicon
from pipeline.relate.list_words import list_words
from pipeline.relate.settle import Draft, name_of
from pipeline.relate.strangers import strangers
from pipeline.text import View, fold, within

_CLAUSE_END = re.compile(r"[;:\n]| - |, (?:mais|tandis|alors|puis)(?!\w)")
_LINE_LEVEL = 4  # characters from the start of a line to a level that holds for the whole line
_LONGEST = 600  # characters of a sentence; a longer one is a table run together


@dataclass(slots=True)
class Slot:
    """One possible recipient in one sentence; offsets point into the view.

    `group` is the enumeration that it stands in, `implied` whether it is the publisher without being named;
    `fill` is what it would have had.
    """

    sentence: int
    start: int
    end: int
    actor: Actor
    group: tuple[Actor, ...]
    implied: bool
    anchors: Sequence[Anchor]
    anchor: Anchor
    triggers: Sequence[Trigger]
    line_level: LevelMention | None
    #: All possible recipients of the sentence, in order.
    people: Sequence[Actor] = ()
    #: Whether a list of laureates has said already what its line says.
    listed: bool = False
    #: The category that an earlier sentence of the paragraph has told.
    told: str | None = None
    fill: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the rules read it: what the slots of the sentence start from."""

    number: int
    start: int
    end: int
    actors: Sequence[Actor]
    anchors: Sequence[Anchor]
    triggers: Sequence[Trigger]
    #: The award spoken of last before the sentence, or first behind it where none was.
    last: AwardMention | None
    category: str | None
    #: Whether awards are spoken of so near that a bare name may be a laureate's.
    near: bool = False
    listed: bool = False


def slots_of(
    view: View,
    facts: Facts,
    reading: Reading,
    editions: Mapping[str, list[int]],
) -> list[Slot]:
    """The slots of one sentence."""
    start, end = reading.start, reading.end
    if end - start > _LONGEST:
        return []
    anchors = [a for a in reading.anchors if not is_programme(a.mention)]
    if not anchors and (reading.last is None or _says_otherwise(view, reading)):
        return []
    names = [(m.start, m.end) for m in within(facts.awards, start, end)]
    people = [a for a in reading.actors if not any(s < a.end and a.start < e for s, e in names)]
    people = [
        a for a in people if not lexicon().giver.search(view.folded, max(start, a.start - 110), a.start)
    ]
    speaks = anchors or reading.triggers
    if speaks or reading.near:
        taken = [
            *names,
            *((a.start, a.end) for a in people),
            *((d.start, d.end) for d in within(facts.dates, start, end)),
        ]
        unknown = strangers(
            view, start, end, [*taken, *((p.start, p.end) for p in within(facts.places, start, end))]
        )
        people = sorted([*people, *unknown], key=lambda one: one.start)
    people = [a for a in people if a.role != "other" or not _only_speaks(view, facts, a)]
    people = [
        a for a in people if not lexicon().got_where.search(view.folded, max(start, a.start - 40), a.start)
    ]
    issuer = facts.publisher
    line_level = _line_level(view, facts, start, end)
    result: list[Slot] = []
    for actor in people:
        group = tuple(group_around(view, actor, people))
        result.append(_slot(view, facts, reading, anchors, actor, group, line_level, editions, people))
    heads_list = view.text[start:end].rstrip().endswith(":")
    if issuer and speaks and not heads_list and all(a.who.code != issuer.code for a in people):
        actor = Actor(start, start, issuer, "self")
        result.append(
            _slot(
                view,
                facts,
                reading,
                anchors,
                actor,
                (actor,),
                line_level,
                editions,
                people,
                implied=True,
            )
        )
    return result


def _only_speaks(view: View, facts: Facts, actor: Actor) -> bool:
    """Whether a name is of who gives the award or tells of it, or part of the award's name or its organiser's.

    "Villes Internet lui en attribue trois", "attribuée par l'Observatoire de la Communication Publique".
    """
    whose, folded = lexicon().whose, view.folded
    if whose.gives.match(folded, actor.end) or whose.medium.search(
        folded, max(0, actor.start - 30), actor.start
    ):
        return True
    if whose.given_by.search(folded, max(0, actor.start - 110), actor.start):
        return True
    name = f" {fold(actor.who.name)} "
    return any(
        name in f" {fold(known)} "
        for one in (mention.award for mention in facts.awards)
        if one is not None
        for known in (one.name, one.organiser or "", *one.organiser_aliases)
    )


def _says_otherwise(view: View, reading: Reading) -> bool:
    """Whether a line is headed by what no list of laureates says: "Tarifs : Imphy, 5 €"."""
    label = LABEL.match(view.text, reading.start, reading.end)
    return (
        label is not None
        and not reading.triggers
        and bool(list_words().other_labels.match(view.folded, label.start("label")))
    )


def _line_level(view: View, facts: Facts, start: int, end: int) -> LevelMention | None:
    """The level that a line begins with and that holds for all its names: "@@@ Saujon, La Tremblade"."""
    for level in within(facts.levels, start, start + _LINE_LEVEL + 1):
        if level.end < end:
            return level
    return None


def _slot(
    view: View,
    facts: Facts,
    reading: Reading,
    anchors: Sequence[Anchor],
    actor: Actor,
    group: tuple[Actor, ...],
    line_level: LevelMention | None,
    editions: Mapping[str, list[int]],
    people: Sequence[Actor],
    *,
    implied: bool = False,
) -> Slot:
    anchor = _nearest(anchors, actor, reading, implied=implied)
    slot = Slot(
        sentence=reading.number,
        start=reading.start,
        end=reading.end,
        actor=actor,
        group=group,
        implied=implied,
        anchors=anchors,
        anchor=anchor,
        triggers=reading.triggers,
        line_level=line_level,
        people=people,
        listed=reading.listed,
        told=reading.category,
    )
    slot.fill = _filled(view, facts, reading, slot, editions, people)
    return slot


def _nearest(anchors: Sequence[Anchor], actor: Actor, reading: Reading, *, implied: bool) -> Anchor:
    """The award that a recipient would have here: the nearest named , else the last."""
    named = [a for a in anchors if a.kind in ("award", "level")] or list(anchors)
    if named:
        return (
            named[0]
            if implied
            else min(named, key=lambda a: max(0, a.start - actor.end, actor.start - a.end))
        )
    mention = reading.last
    assert mention is not None  # `slots_of` asked for it
    return Anchor(actor.start, actor.end, bare(mention), "implied")


def _filled(
    view: View,
    facts: Facts,
    reading: Reading,
    slot: Slot,
    editions: Mapping[str, list[int]],
    people: Sequence[Actor],
) -> list[Draft]:
    """What the slot would say if it were true: one draft a year, its status still open ("awarded")."""
    trigger = _trigger_for(view, slot)
    mention = slot.anchor.mention
    following = min((a.start for a in people if a.start > slot.group[-1].end), default=slot.end)
    level = _level_for(view, facts, slot, mention, following)
    category = mention.category or (level.category if level else None)
    if category is None:
        stretch = (slot.start, slot.end) if slot.implied else (trigger.first, trigger.last)
        category = next(iter(categories(view, *stretch, None)), None)
    category = category or reading.category
    years: list[int | None] = []
    if mention.edition is not None and slot.anchor.kind == "award":
        years = [mention.edition]
    else:
        years = list(
            years_of(view, facts.dates, trigger, slot.anchor.start, slot.start, slot.end, facts.published)
        )
    if not years:
        years = [_default_year(facts, mention, editions)]
    return [
        Draft(
            who=slot.actor.who,
            mention=mention,
            status="awarded",
            edition=year,
            level=level.level if level else mention.level,
            category=category,
            start=min(slot.start if slot.implied else slot.actor.start, slot.anchor.start),
            end=max(slot.end if slot.implied else slot.actor.end, slot.anchor.end),
            rule="modèle",
            reason="modèle appris : aucune règle n'a lu cette tournure",
            score=0.5,
            learned=True,
            dated=bool(mention.edition),
            decided=decided_in(facts.dates, trigger),
        )
        for year in years
    ]


def _default_year(facts: Facts, mention: AwardMention, editions: Mapping[str, list[int]]) -> int | None:
    told, published = editions.get(name_of(mention)), facts.published
    if told and published is not None and abs(told[-1] - published.year) <= 1:
        return min(told, key=lambda year: abs(year - published.year))
    if told and published is not None and told[-1] > published.year:
        return told[-1]  # a title of a year to come
    if published is not None:
        return published.year
    return told[-1] if told else None


def _trigger_for(view: View, slot: Slot) -> Trigger:
    """The trigger that rules the recipient, else the clause that it stands in taken for one."""
    for trigger in slot.triggers:
        if trigger.first <= slot.actor.start < trigger.last:
            return trigger
    if slot.triggers and slot.implied:
        return slot.triggers[0]
    first, last = slot.start, slot.end
    for match in _CLAUSE_END.finditer(view.folded, slot.start, slot.end):
        if match.end() <= slot.actor.start:
            first = match.end()
        elif match.start() >= slot.actor.end:
            last = match.start()
            break
    at = slot.actor
    return Trigger(at.start, at.end, first, last, "awarded", lexicon().rules[0], False)


def _level_for(
    view: View, facts: Facts, slot: Slot, mention: AwardMention, following: int
) -> LevelMention | None:
    """The level that a recipient would have: that of its line, else the first behind it, else the last before it."""
    if slot.line_level is not None and not slot.implied:
        return slot.line_level
    inside = [
        one
        for one in within(facts.levels, slot.start, slot.end)
        if fits(one, mention)
        and not any(
            one.end <= m.end and m.level is None
            for m in within(facts.awards, one.start - NAME_LONGEST, one.start + 1)
        )
    ]
    if slot.implied:
        return inside[0] if inside else None
    behind = [one for one in inside if slot.group[-1].end <= one.start < max(following, slot.group[-1].end)]
    if behind:
        return behind[0]
    before = [one for one in inside if one.end <= slot.group[0].start]
    return before[-1] if before and ";" not in view.text[before[-1].end : slot.actor.start] else None


def with_status(slot: Slot, status: Status, score: float) -> list[Draft]:
    """The drafts of a slot that the decider fills, with the status that it gives."""
    return [replace(draft, status=status, score=score) for draft in slot.fill]
