"""Levels and labels that bear their own year: "3 fleurs depuis 2011", "une libellule en 2012, deux en 2014"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.awards import AwardMention, LevelMention
from pipeline.relate.actors import Actor, group_around
from pipeline.relate.anchors import Anchor, Facts, gap, is_programme
from pipeline.relate.clauses import Trigger
from pipeline.relate.editions import year_behind
from pipeline.relate.lexicon import lexicon
from pipeline.relate.recipients import Recipients
from pipeline.relate.settle import Draft
from pipeline.text import View

_ABSENT = re.compile(r"(?<!\w)absente?s? d(?:e|u)(?!\w)")
_REACHED = re.compile(
    r"[^.;]{0,60}?,? qu(?:e |')(?:\w+ ){0,4}?(?:avait|avaient|avions|a|ont|avons) (?:deja )?"
    r"(?:attein|obten|decroch|recu|gagn|conquis|remport)\w* (?:en|des) (?P<year>(?:19|20)\d\d)"
    r"|,? qu(?:e |')(?:\w+ ){0,4}?(?:arbor|deten|affich|port|av)(?:ait|aient|ions) depuis (?P<since>(?:19|20)\d\d)"
)
_OF_YEAR = re.compile(
    r",?\s(?:de |(?:obtenu|decroche|gagne|recu|conquis|acquis)e?s? (?:en|des) )(?:19|20)\d\d"
)


def _clause_end(view: View, start: int, end: int) -> int:
    """Where the clause ends that a name closes: what is hoped behind it is no matter of the name."""
    comma = view.text.find(",", start, end)
    return comma if comma >= 0 else end


class OwnYears:
    """Reads them sentence by sentence into `drafts`; offsets point into the view."""

    def __init__(self, view: View, facts: Facts, recipients: Recipients, drafts: list[Draft]) -> None:
        self.view = view
        self.facts = facts
        self.recipients = recipients
        self.drafts = drafts
        #: Where years stand that a level of their own has taken ("(11e en 2023)").
        self.spent: list[tuple[int, int]] = []

    def read(
        self, start: int, end: int, anchors: list[Anchor], found: list[Trigger], who: list[Actor]
    ) -> list[Anchor]:
        """Write down what bears its own year ("3 fleurs depuis 2011", "une libellule en 2012, deux en 2014").

        Returns the anchors that remain to be read.
        """
        view = self.view
        if view.text[end - 1] == "?":
            return anchors
        remaining: list[Anchor] = []
        for anchor in anchors:
            if lexicon().wish.search(view.folded, start, _clause_end(view, anchor.end, end)):
                remaining.append(anchor)
                continue
            self._reached_before(anchor, end, who)
            own = [level for level in anchor.levels if year_behind(self.view, level.end)]
            held = (
                year_behind(self.view, anchor.end, held=True) if anchor.kind == "award" and not own else None
            )
            if held and _ABSENT.search(view.folded, start, anchor.start):
                self.spent.append((anchor.end, anchor.end + 24))  # "absente du palmarès X depuis 2019"
                held = None
            if is_programme(anchor.mention) or not (own or held):
                remaining.append(anchor)
                continue
            trigger = next((t for t in found if t.first <= anchor.start < t.last), None)
            if trigger is not None and trigger.status in ("lost", "candidate", "nominated"):
                remaining.append(anchor)
                continue
            several = (
                len([a for a in anchors if a.levels]) > 1
                or len(own) > 1
                or any(view.text[level.start - 1] == "(" for level in own)
            )
            if trigger is not None and trigger.status == "renewed" and self._kept(anchor, own, who):
                remaining.append(anchor)
                continue
            since = held or any(year_behind(self.view, level.end, held=True) for level in own)
            if not since and not several and trigger is not None:
                remaining.append(anchor)
                continue
            subjects = [a for a in who if a.end <= anchor.start and not a.located]
            got = group_around(view, subjects[-1], who) if subjects else self.recipients.issuer()
            beside = [level for level in anchor.levels if held and gap(anchor, level) < 60]
            dated: Sequence[LevelMention | None] = own or beside[:1] or (None,)
            for level in dated:
                year = (year_behind(self.view, level.end) if level else None) or held
                if level:
                    self.spent.append((level.end, level.end + 24))
                for actor in got:
                    self.add(
                        actor, anchor.mention, year, level.level if level else anchor.mention.level,
                        anchor.start, level.end if level else anchor.end, "année dite derrière le prix ou le niveau",
                    )  # fmt: skip
            left = [level for level in anchor.levels if level not in dated]
            if left or (
                trigger is not None
                and trigger.status == "renewed"
                and "," not in view.text[trigger.end : anchor.start]
            ):
                remaining.append(replace(anchor, levels=left))
        return remaining

    def _reached_before(self, anchor: Anchor, end: int, who: list[Actor]) -> None:
        """Write down when a level was reached that is told of now: "conserve cinq arobases, qu'elle avait atteintes en 2019"."""
        told: Sequence[LevelMention | None] = anchor.levels or [None]
        for level in told:
            start, stop = (level.start, level.end) if level else (anchor.start, anchor.end)
            match = _REACHED.match(self.view.folded, stop, end)
            if match is None:
                continue
            year = match["year"] or match["since"]
            self.spent.append((match.end() - len("depuis 2000"), match.end()))
            subjects = [a for a in who if a.end <= start and not a.located]
            for actor in group_around(self.view, subjects[-1], who) if subjects else self.recipients.issuer():
                self.add(
                    actor, anchor.mention, int(year), level.level if level else None, start, match.end(),
                    "année dite dans une relative",
                )  # fmt: skip

    def _kept(self, anchor: Anchor, own: Sequence[LevelMention], who: list[Actor]) -> bool:
        """Write down when a level was had first that is kept now: "conserve les deux libellules de 2017"."""
        of_year = [level for level in own if _OF_YEAR.match(self.view.folded, level.end)]
        subjects = [a for a in who if a.end <= anchor.start and not a.located]
        got = group_around(self.view, subjects[-1], who) if subjects else self.recipients.issuer()
        for level in of_year:
            year = year_behind(self.view, level.end)
            self.spent.append((level.end, level.end + 24))
            for actor in got:
                self.add(
                    actor,
                    anchor.mention,
                    year,
                    level.level,
                    anchor.start,
                    level.end,
                    "année dite derrière le niveau conservé",
                )
        return bool(of_year)

    def add(
        self, who: Actor, mention: AwardMention, edition: int | None, level: str | None,
        start: int, end: int, rule: str, category: str | None = None,
    ) -> None:  # fmt: skip
        self.drafts.append(
            Draft(
                who=who.who, mention=mention, status="awarded", edition=edition, level=level, category=category, start=min(start, who.start or start), end=max(end, who.end), rule=rule, score=0.9, dated=True,
            )
        )  # fmt: skip
