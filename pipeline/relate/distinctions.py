"""Who got what: distinctions from triggers, awards, levels, years and possible recipients.

A sentence is read as an archivist reads it.  Each trigger rules a stretch of it (`clauses`); the
award named there, or meant by "ce label", the level, the years and the recipients that stand there
belong to it.  What a sentence leaves out is taken from what was said before, last from the release
itself: its issuer and its publication day.  Lists of laureates are read as blocks (`palmares`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from pipeline.awards import AwardMention, place_level
from pipeline.model import Distinction, Status
from pipeline.relate.actors import Actor, actors, group_around
from pipeline.relate.anchors import (
    Anchor,
    Anchors,
    Facts,
    bare,
    is_programme,
    reason_of,
    score_of,
    without_categories,
)  # fmt: skip
from pipeline.relate.categories import object_of
from pipeline.relate.clauses import Trigger, ruler, triggers
from pipeline.relate.decider import Decider
from pipeline.relate.editions import decided_in, year_behind, years_before
from pipeline.relate.fields import Fields
from pipeline.relate.lexicon import lexicon
from pipeline.relate.own_labels import OwnLabels
from pipeline.relate.own_years import OwnYears
from pipeline.relate.palmares import Palmares
from pipeline.relate.rankings import asides, category_of_level, in_turn, runners_up
from pipeline.relate.recipients import BEING, Recipients, pair
from pipeline.relate.settle import Draft, Settled, name_of, settle
from pipeline.relate.slots import Reading, Slot, slots_of
from pipeline.text import View, within

# "gardent le leur": the same award, of their own
_POSSESSED = re.compile(
    r"\s+(?:aussi |egalement |le meme jour |cette annee |hier |a leur tour |a son tour )*(?:le|la|les) (?:leurs?|siens?|siennes?|notres?)(?!\w)"
)
_NEEDS_OBJECT = r"decroch|obt|remport|re[cç]|rafl|arbor|acced|conserv(?!ee)|renouvel(?!lee|ee)|entr|rejoin|s'offr|fai|mont|decern|attribu|octroy|accord|delivr|perd|depos|present|postul|concour"
_OBJECT = re.compile(r"\s(?:\w+ment )?(?:la |le |les |l'|des |un |une |ses |nos |\d)")
_FEMININE = re.compile(r"(?:ee|ue|te|se)s?$")
_FEMININE_LEVEL = re.compile(r"fleur|libellule|étoile|abeille|patte|mention|place")
_STILL = 4  # sentences behind one that speaks of awards in which a bare name may be a laureate's
_NEXT = 40  # characters from the end of a sentence to the verb of the next
_TITLE_FOR = re.compile(
    r"\s*(?:\"|\d{4}|[,:!-]|\(|\)|\s)*\s*(?:pour|a|au|aux|:|-)\s+(?:la ville |la commune |le village |la region |le departement |villes |communes |departements )?(?:de |d'|du |des )?$"
)


def distinctions(view: View, facts: Facts, decider: Decider | None = None) -> list[Distinction]:
    """The distinctions that a text asserts, one a (recipient, award, edition, category, level, status).

    `decider` adds what the rules have no wording for; without it the rules stand alone.  Offsets of the
    evidence point into `view.text`.
    """
    score = decider.weights.score if decider else None
    return [
        msgspec.structs.replace(one.distinction, score=round(score(one.features), 3))
        if score
        else one.distinction
        for one in settled(view, facts, decider)
    ]


def settled(view: View, facts: Facts, decider: Decider | None = None) -> list[Settled]:
    """The same before their scores are calibrated, each with what tells whether it is right: for training."""
    reading = _Relating(view, facts)
    drafts = reading.run()
    return settle(view, decider(view, facts, reading.slots, drafts) if decider else drafts)


def slots(view: View, facts: Facts) -> list[Slot]:
    """The slots of a text, for training and for those who want to see what the decider sees."""
    reading = _Relating(view, facts)
    reading.run()
    return reading.slots


class _Relating:
    """One reading of one release, sentence by sentence."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self.words = lexicon()
        self.drafts: list[Draft] = []
        self.last: AwardMention | None = None
        self.recipients = Recipients(view, facts)
        self._here: list[Actor] = []
        self.own_years = OwnYears(view, facts, self.recipients, self.drafts)
        #: The only award of the sentence before, with its level, and where that sentence ends.
        self.level: tuple[int, Anchor] | None = None
        self.find_anchors = Anchors(view, facts)
        self.editions: dict[str, list[int]] = {}
        for mention in facts.awards:
            if mention.edition is not None:
                self.editions.setdefault(name_of(mention), []).append(mention.edition)
        self.fields = Fields(view, facts, self.own_years, self.editions)
        self.own_labels = OwnLabels(view)
        self.slots: list[Slot] = []
        self._known_actors: dict[tuple[int, int], list[Actor]] = {}
        self._seen: tuple[Sequence[Anchor], Sequence[Trigger]] = ([], [])
        #: A trigger whose recipients the sentence before did not name, its awards, and the span of that sentence.
        self._unnamed: tuple[Trigger, list[Anchor], int, int] | None = None
        self._first_award = next((m for m in facts.awards if not is_programme(m)), None)

    def run(self) -> list[Draft]:
        view = self.view
        if not self.facts.awards and not self.facts.levels:
            return []
        listed = Palmares(view, self.facts, self._actors, self.editions)
        self.drafts.extend(listed.read(self.recipients.issuer()))
        self._listed = sorted(listed.spans)
        self._spoke = -_STILL
        for number, (start, end) in enumerate(view.sentences):
            self._slots(number, start, end)
        return self.drafts

    def _slots(self, number: int, start: int, end: int) -> None:
        """Let the rules read a sentence, then note its slots."""
        last = self.last or self._first_award
        self._seen = ([], [])
        listed = self._is_listed(start, end)
        if not listed:
            self._sentence(number, start, end)
        if not last:
            return
        told = self.fields.category
        category = told[2][0] if told and told[2] and "\n" not in self.view.text[told[0] : start] else None
        if any(self._seen):
            self._spoke = number
        near = number - self._spoke <= _STILL or bool(within(self.facts.levels, start, end))
        reading = Reading(
            number, start, end, self._actors(start, end), *self._seen, last, category, near, listed
        )
        self.slots.extend(slots_of(self.view, self.facts, reading, self.editions))

    def _actors(self, start: int, end: int) -> list[Actor]:
        """The possible recipients of a stretch: lists, rules and slots all ask for them."""
        if (start, end) not in self._known_actors:
            self._known_actors[start, end] = self._find_actors(start, end)
        return self._known_actors[start, end]

    def _find_actors(self, start: int, end: int) -> list[Actor]:
        facts = self.facts
        number = self.view.sentence_index(start)
        found = actors(self.view, start, end, facts.places, facts.referent, facts.readings.get(number))
        # "lauréate du Ciseau d'Aveyron": the département is part of the award's name
        names = [(m.start, m.end) for m in within(facts.awards, start, end) if m.award is None]
        return [a for a in found if not any(first < a.start and a.end <= last for first, last in names)]

    def _is_listed(self, start: int, end: int) -> bool:
        """Whether a list has said what a sentence says."""
        return any(first <= start and end <= last for first, last in self._listed)

    # --- one sentence

    def _sentence(self, number: int, start: int, end: int) -> None:
        view, facts, known = self.view, self.facts, len(self.drafts)
        if self._named_now(start, end):
            return
        names = [(m.start, m.end) for m in within(facts.awards, start, end)]
        spoken = names or self.last or within(facts.levels, start, end)
        # nothing is won before an award has been spoken of, and triggers are costly
        found = triggers(view, start, end, names) if spoken else []
        anchors = self.find_anchors(start, end, found, self.last)
        self._seen = ([replace(a, levels=[*a.levels]) for a in anchors], found)
        who: list[Actor] = []
        if not anchors:
            who = self._actors(start, end)
            if self.own_labels.open(start, end, who, self.recipients.issuer()) or not found:
                return
        who = who or self._actors(start, end)
        self._here = who
        who = [
            a
            for a in who
            if a.role != "other" or not any(first < a.end and a.start < last for first, last in names)
        ]
        ranked = any("place" in (draft.level or "") for draft in self.drafts[-6:])
        drafts, who = asides(
            view,
            facts,
            start,
            end,
            anchors,
            found,
            who,
            self.editions,
            self.last,
            ranked=ranked,
            spoken=self.fields.category,
        )
        self.drafts.extend(drafts)
        if drafts and not [a for a in who if not a.located]:
            found = []  # all that the sentence says is told behind its names
        left = self.own_years.read(start, end, anchors, found, who)
        if len(left) < len(anchors):
            # a trigger whose award was written down has said what it had to say
            gone = [ruler(found, a.start) for a in anchors if a not in left]
            kept = {ruler(found, a.start) for a in left}
            found = [t for number, t in enumerate(found) if number not in gone or number in kept]
        anchors = left
        if not anchors and not found:
            return
        owners = self.own_labels.line(start, end)
        if owners and anchors and not [a for a in who if not a.located and a.role == "named"]:
            self._own_line(start, end, anchors, found, owners)
        elif found:
            self._triggered(start, end, anchors, found, who)
        else:
            self._untriggered(start, end, anchors, who)
        for anchor in anchors:
            only_level = anchor.kind == "level" and self.last is None and len(self.drafts) > known
            of_level = anchor.kind == "level" and any(len(one.award_ids) == 1 for one in anchor.levels)
            said = anchor.kind == "award" or only_level or of_level
            if said and not is_programme(anchor.mention):
                self.last = anchor.mention
        one = anchors[0] if len(anchors) == 1 and len(anchors[0].levels) == 1 else None
        self.level = (end, one) if one else None

    def _named_now(self, start: int, end: int) -> bool:
        """Take a sentence for the names that the one before left out: "Six l'ont obtenue. Il s'agit d'Avoine, …"."""
        unnamed, self._unnamed = self._unnamed, None
        if (
            unnamed is None
            or start - unnamed[3] > 2
            or not self.words.whose.these_are.match(self.view.folded, start, end)
        ):
            return False
        people = [a for a in self._actors(start, end) if a.role != "self" and not a.located]
        if not people:
            return False
        trigger, used, first, _ = unnamed
        here = replace(trigger, last=end)
        for anchor in used:
            self._record(here, anchor, group_around(self.view, people[0], people), first, end)
        return True

    # --- lines of a list of one town's own awards

    def _own_line(
        self, start: int, end: int, anchors: list[Anchor], found: list[Trigger], owners: Sequence[Actor]
    ) -> None:
        if self.words.wish.search(self.view.folded, start, end):
            return
        status: Status = found[0].status if found else "awarded"
        for anchor in without_categories(self.view, anchors):
            if is_programme(anchor.mention) or anchor.kind == "anaphor":
                continue
            whole = Trigger(anchor.start, anchor.end, start, end, status, self.words.rules[0], True)
            self._record(whole, anchor, list(owners), start, end)

    # --- sentences with a trigger

    def _triggered(
        self, start: int, end: int, anchors: list[Anchor], found: list[Trigger], who: list[Actor]
    ) -> None:
        recipients: list[Actor] = []
        before: list[Anchor] = []
        said = start
        self.fields.first = found[0].start
        for trigger in found:
            mine = [a for a in anchors if trigger.first <= a.start < trigger.last]
            named = [a for a in mine if a.kind in ("award", "level")]
            used = named or mine or self._borrowed(trigger, before, anchors)
            if mine:
                before = mine
            used = [a for a in used if not is_programme(a.mention)]
            if any(0 <= a.start - trigger.end <= 30 for a in used):
                used = [a for a in used if a.start >= trigger.start]  # what it takes stands right behind it
            skipped = not used or (trigger.rule.weak and not self._close(trigger, used))
            if skipped or self._has_another_object(trigger, used):
                continue
            new = [a for a in who if said <= a.start < trigger.first and not a.located and a.role == "named"]
            if recipients and new and trigger.rule.voice == "subject":
                recipients = group_around(self.view, new[-1], who)  # the subject of a verb that took no award
            got = self.recipients.of(trigger, who, recipients, used, start, end)
            if not got:
                self._unnamed = (trigger, used, start, end)
                continue
            recipients, said = got, trigger.last
            for anchor in without_categories(self.view, self._rows(used)):
                if anchor.kind in ("anaphor", "implied"):
                    anchor = replace(anchor, mention=self._award_had_by(got[0], anchor.mention))
                self._record(trigger, anchor, got, start, end)
            self._left_behind(trigger, used, who, end)

    def _left_behind(self, trigger: Trigger, used: Sequence[Anchor], who: Sequence[Actor], end: int) -> None:
        """Write down the places of those named behind the winner: "l'emporte devant X et Y"."""
        if trigger.status != "awarded" or not used or not self.drafts:
            return
        won = self.drafts[-1]
        for place, actor in enumerate(runners_up(self.view, trigger, end, who), 2):
            self.drafts.append(
                replace(
                    won,
                    who=actor.who,
                    level=place_level(place),
                    object=None,
                    implied=False,
                    end=max(won.end, actor.end),
                    rule="devancé par le lauréat",
                    reason="nommé derrière le lauréat (« devant »)",
                )
            )

    def _rows(self, used: list[Anchor]) -> list[Anchor]:
        """Levels of one award with names between them are one row: "X obtient cinq @, Y quatre @, Z trois @"."""
        result: list[Anchor] = []
        for anchor in used:
            last = result[-1] if result else None
            joins = last is not None and anchor.kind == "level" and last.levels and anchor.levels
            if last and joins and name_of(last.mention) == name_of(anchor.mention):
                between = self.view.text[last.levels[-1].end : anchor.levels[0].start]
                if re.match(r"\s?[,;].*[A-ZÀ-Þ][a-zà-ÿ]", between):
                    result[-1] = replace(last, levels=[*last.levels, *anchor.levels])
                    continue
            result.append(anchor)
        return result

    def _close(self, trigger: Trigger, used: list[Anchor]) -> bool:
        """Whether a weak trigger has the award as its object ("confirme sa 3e fleur", not "confirme son rang")."""
        if trigger.participle or trigger.rule.voice != "subject":
            return min(_distance(trigger, anchor) for anchor in used) <= 90
        return any(
            anchor.kind == "implied"
            or any(trigger.start <= level.start <= trigger.end + 30 for level in anchor.levels)
            or 0 <= anchor.start - trigger.end <= 60
            or anchor.start <= trigger.start < anchor.end
            or self._is_relative(anchor, trigger)
            for anchor in used
        )

    def _has_another_object(self, trigger: Trigger, used: list[Anchor]) -> bool:
        """Whether a verb gets something else: "inscrite au patrimoine mondial, qui reçoit 900 000 visiteurs"."""
        folded = self.view.folded
        if trigger.participle or trigger.rule.voice != "subject" or used[-1].end > trigger.start:
            return False
        if not folded[max(0, trigger.start - 5) : trigger.start].endswith("qui "):
            return False
        return (
            re.match(
                r"\s(?:\S+\s){0,2}(?:\d|pres d|plus d|des |du |de la |plusieurs |chaque |tous )",
                folded[trigger.end :],
            )
            is not None
        )

    def _is_relative(self, anchor: Anchor, trigger: Trigger) -> bool:
        between = self.view.folded[anchor.end : trigger.start]
        return re.fullmatch(r"\"?[\s,]*(?:que|qu')\s?(?:\S+\s){0,4}", between) is not None

    def _award_had_by(self, who: Actor, last: AwardMention) -> AwardMention:
        """The award that "ce label" means for a recipient: the last that it was said to have, else the last named."""
        had = [d.mention for d in self.drafts if d.who.code == who.who.code and d.who.name == who.who.name]
        if not had or any(name_of(mention) == name_of(last) for mention in had):
            return last
        return had[-1]

    def _borrowed(self, trigger: Trigger, before: list[Anchor], anchors: list[Anchor]) -> list[Anchor]:
        """The award of a trigger that names none: the clause before, else what was spoken of last."""
        behind = [a for a in anchors if a.end <= trigger.start]
        if behind and self._is_relative(behind[-1], trigger):
            return [behind[-1]]
        said = self.view.folded[max(0, trigger.start - 24) : trigger.start]
        clitic = re.search(
            r"(?<!\w)(?:le|la|l'|les|l'a|l'avait|l'ont|en|n'en|y)\s?(?:a |avait |ont |avaient |avions |avons |sont |est |etait |etaient )?(?:\w+ment |aussi |deja )?$",
            said,
        )
        takes = re.match(_NEEDS_OBJECT, self.view.folded[trigger.start : trigger.end])
        possessed = _POSSESSED.match(self.view.folded, trigger.end)
        taken = _OBJECT.match(self.view.folded, trigger.end) and not (clitic or possessed)
        if takes and taken and not trigger.participle:
            return []  # "et recevra la commission à l'automne": what it takes is no award
        if before and not trigger.rule.weak and trigger.rule.voice != "noun":
            return (
                [replace(before[-1], levels=[], mention=bare(before[-1].mention))]
                if before[-1].kind != "level" or trigger.status != "awarded"
                else []
            )
        dated = trigger.participle and year_behind(self.view, trigger.end)
        if self.last is None or (any(a.kind == "award" for a in anchors) and not dated):
            return []
        implied = [Anchor(trigger.start, trigger.end, bare(self.last), "implied")]
        if clitic and (meant := self._level_meant(trigger)):
            implied = [replace(meant, start=trigger.start, end=trigger.end, kind="implied")]
        if (clitic or possessed) and trigger.rule.voice == "subject":
            return implied
        if trigger.rule.weak and not (trigger.status == "nominated" and BEING.search(said)):
            return []
        # verbs that say nothing without an object name it; participles and nouns may leave it out
        if takes and not trigger.participle:
            return []
        return implied if trigger.participle or trigger.rule.voice != "salute" else []

    def _level_meant(self, trigger: Trigger) -> Anchor | None:
        """The award with the level that "l'" means: "la troisième fleur. La commune l'avait décrochée en 2009"."""
        if self.level is None or trigger.start - self.level[0] > _NEXT:
            return None
        anchor = self.level[1]
        feminine = _FEMININE.search(self.view.folded, trigger.start, trigger.end)
        if anchor.kind == "level" or (feminine and _FEMININE_LEVEL.search(anchor.levels[0].level)):
            return anchor
        return None

    # --- writing down

    def _record(self, trigger: Trigger, anchor: Anchor, got: list[Actor], start: int, end: int) -> None:
        view = self.view
        levels = self.fields.levels(trigger, anchor)
        kinds = self.fields.categories(trigger, anchor, start, end)
        special = next((level.category for level in anchor.levels if level.category), None)
        years, dated = self.fields.years(trigger, anchor, start, end)
        chosen: list[str | None] = [*kinds] or [special]
        row = in_turn(view, self._here, trigger, anchor, got, years)
        pairs = row or pair(levels or (None,), years, got)
        decided = decided_in(self.facts.dates, trigger)
        if trigger.status in ("awarded", "renewed"):
            for earlier in years_before(view, trigger.first, trigger.last):
                for who, level, _ in pairs:
                    self.own_years.add(
                        who, anchor.mention, earlier, level, anchor.start, anchor.end, "« comme en » une année antérieure",
                    )  # fmt: skip
        several = not row and len(got) == 1 and len(levels) > 1 and len(years) == 1
        if several and any(category_of_level(view, trigger, anchor, level) for level in levels):
            pairs = [(got[0], level, years[0]) for level in levels]  # a prize in each of two categories
        for who, level, year in pairs:
            own = category_of_level(view, trigger, anchor, level) if row or several else None
            for category in [own] if own else chosen:
                status = trigger.status
                if status == "awarded" and self.fields.keeps(trigger, anchor):
                    status = "renewed"
                if (
                    status == "nominated"
                    and trigger.rule.weak
                    and anchor.kind != "award"
                    and who.role == "other"
                ):
                    continue  # a person who is "nommé" takes an office
                self.drafts.append(
                    Draft(
                        who=who.who,
                        mention=anchor.mention,
                        status=status,
                        edition=year,
                        level=level,
                        category=category,
                        object=object_of(view, max(anchor.end, trigger.end), min(end, trigger.last)),
                        decided=decided,
                        start=min(trigger.start, anchor.start, who.start or trigger.start),
                        end=max(trigger.end, anchor.end, who.end),
                        rule=trigger.rule.pattern[:40],
                        reason=reason_of(view, trigger, anchor, who, dated=dated),
                        score=score_of(trigger, anchor, who),
                        dated=dated,
                        implied=not who.end,
                    )
                )

    # --- sentences without a trigger, titles and lists

    def _untriggered(self, start: int, end: int, anchors: list[Anchor], who: list[Actor]) -> None:
        """Titles such as "Une 3e fleur pour Ornans" or "Hashtags 2021 : l'or à Nantes"."""
        view = self.view
        if end - start > 160 or view.text[end - 1] == "?":
            return
        for anchor in anchors:
            if (
                is_programme(anchor.mention)
                or anchor.kind == "anaphor"
                or not (anchor.levels or anchor.mention.level)
            ):
                continue
            behind = [a for a in who if a.start >= anchor.start and not (a.located and not a.given)]
            if behind and _TITLE_FOR.search(view.folded[anchor.end : behind[0].start] or ": "):
                got = group_around(view, behind[0], who)
            elif self.words.wish.search(view.folded, start, end):
                continue
            else:
                continue
            trigger = Trigger(anchor.start, anchor.end, start, end, "awarded", self.words.rules[0], False)
            self._record(trigger, anchor, got, start, end)


def _distance(trigger: Trigger, anchor: Anchor) -> int:
    return max(0, anchor.start - trigger.end, trigger.start - anchor.end)
