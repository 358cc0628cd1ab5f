"""Who got what: distinctions from triggers, awards, levels, years and possible recipients.

A sentence is read as an archivist reads it.  Each trigger rules a stretch of it (`clauses`); the
award named there, or meant by "ce label", the level, the years and the recipients that stand there
belong to it.  What a sentence leaves out is taken from what was said before, last from the release
itself: its issuer and its publication day.  A list takes what its head says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.awards import AwardMention, LevelMention, catalogue
from pipeline.language.reading import Readings
from pipeline.model import AwardRef, Collectivity, Date, Days, Distinction, Evidence, Issuer, Place, Status
from pipeline.relate.actors import Actor, Referent, actors, group_around
from pipeline.relate.categories import categories, object_of
from pipeline.relate.clauses import Trigger, triggers
from pipeline.relate.editions import years_of
from pipeline.relate.lexicon import lexicon
from pipeline.text import View, fold


@dataclass(frozen=True, slots=True)
class Facts:
    """What the earlier stages found in a release; all offsets point into the view."""

    awards: Sequence[AwardMention]
    levels: Sequence[LevelMention]
    dates: Sequence[Date]
    places: Sequence[Place]
    issuer: Issuer
    published: date | None
    readings: Readings = field(default_factory=dict)
    referent: Referent = lambda _view, _start, _end: None


@dataclass(slots=True)
class _Anchor:
    """An award as a sentence refers to it: by its name, by a level, or by "ce label"."""

    start: int
    end: int
    mention: AwardMention
    kind: str  # "award" | "level" | "anaphor" | "implied"
    levels: list[LevelMention] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A distinction being put together, with why it was."""

    who: Collectivity
    mention: AwardMention
    status: Status
    edition: int | None
    level: str | None
    category: str | None
    object: str | None
    decided: Days | None
    start: int
    end: int
    rule: str
    score: float
    dated: bool


@dataclass(slots=True)
class _Head:
    """What the head of a list says of all its lines."""

    mention: AwardMention | None
    status: Status
    edition: int | None
    level: str | None
    category: str | None
    until: int


_LIST_LINE = re.compile(r"\s*(?:[-*•·▪►▶➤✓✔>|]|\d{1,2}[.)]\s|\w[^:\n]{0,60}\s?:|[^\n]{0,70}\|)")
_LAUREATE_HEAD = re.compile(
    r"laureat|palmares|nomin|finalist|recompens|labell?is|distingu|prime|resultats?|prix|candidat|ont ete|sont"
)
# "gardent le leur": the same award, of their own
_POSSESSED = re.compile(r"\s+(?:aussi |egalement )?(?:le|la|les) (?:leurs?|siens?|siennes?|notres?)(?!\w)")
_BEING = re.compile(r"(?:est|sont|etait|etaient|sera|ete)\s(?:\w+\s){0,2}$")
_OF_QUOTED = re.compile(r"\s*(?:du|de la|de l'|des|de|d')\s*\"\s*([^\"\n]{2,90}?)\s*\"")
_BY = re.compile(r"\s+(?:\w+\s+)?par(?!\w)")
_NEEDS_OBJECT = r"decroch|obt|remport|re[cç]|rafl|arbor|acced|conserv(?!ee)|renouvel(?!lee|ee)|entr|rejoin|s'offr|fai|mont|decern|attribu|octroy|accord|delivr|perd|depos|present|postul|concour"
_TITLE_FOR = re.compile(
    r"\s*(?:\"|\d{4}|[,:!-]|\(|\)|\s)*\s*(?:pour|a|au|:|-)\s+(?:la ville |la commune |le village )?(?:de |d'|du )?$"
)


def distinctions(view: View, facts: Facts) -> list[Distinction]:
    """The distinctions that a text asserts, one a (recipient, award, edition, category, level, status).

    Offsets of the evidence point into `view.text`.
    """
    return _Relating(view, facts).run()


class _Relating:
    """One reading of one release, sentence by sentence."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self.words = lexicon()
        self.drafts: list[_Draft] = []
        self.last: AwardMention | None = None
        self.head: _Head | None = None
        #: Where a category was named last, of which award, and what: it holds to the end of the paragraph.
        self.category: tuple[int, str, list[str]] | None = None
        self._here: list[Actor] = []
        self.context = {mention.award.id for mention in facts.awards if mention.award}
        self.editions: dict[str, list[int]] = {}
        for mention in facts.awards:
            if mention.edition is not None:
                self.editions.setdefault(_name(mention), []).append(mention.edition)

    def run(self) -> list[Distinction]:
        view = self.view
        if not self.facts.awards and not self.facts.levels:
            return []
        for number, (start, end) in enumerate(view.sentences):
            self._sentence(number, start, end)
        return _settle(view, self.drafts)

    # --- one sentence

    def _sentence(self, number: int, start: int, end: int) -> None:
        view, facts = self.view, self.facts
        found = triggers(view, start, end)
        anchors = self._anchors(start, end, found)
        in_list = self.head is not None and self._is_list_line(start, end)
        if not anchors and not found and not in_list:
            if self.head and start > self.head.until:
                self.head = None
            return
        who = actors(view, start, end, facts.places, facts.referent, facts.readings.get(number))
        self._here = who
        left = self._dated(start, end, anchors, found, who)
        if len(left) < len(anchors):
            # a trigger whose award was written down has said what it had to say
            gone = [_ruler(found, a.start) for a in anchors if a not in left]
            kept = {_ruler(found, a.start) for a in left}
            found = [t for number, t in enumerate(found) if number not in gone or number in kept]
        anchors = left
        if not anchors and not found and not in_list:
            return
        if in_list and self.head and (not found or not anchors):
            self._line(start, end, anchors, who)
        elif found:
            self.head = None
            self._triggered(start, end, anchors, found, who)
        else:
            self._untriggered(start, end, anchors, who)
        for anchor in anchors:
            if anchor.kind == "award" and not _is_programme(anchor.mention):
                self.last = anchor.mention
        self._open_list(start, end, anchors, found)

    def _anchors(self, start: int, end: int, found: Sequence[Trigger]) -> list[_Anchor]:
        """Awards that the sentence refers to, with the levels that stand beside each."""
        facts, view = self.facts, self.view
        anchors = [_Anchor(m.start, m.end, m, "award") for m in facts.awards if start <= m.start < end]
        for level in facts.levels:
            if not start <= level.start < end:
                continue
            near = [
                a
                for a in anchors
                if _fits(level, a.mention)
                and _gap(a, level) < 110
                and (a.kind == "award" or _ruler(found, a.start) == _ruler(found, level.start))
            ]
            owner = min(near, key=lambda a: (_gap(a, level), a.start), default=None)
            if owner is not None:
                owner.levels.append(level)
                continue
            mention = self._award_of(level, anchors)
            if mention is not None:
                anchors.append(_Anchor(level.start, level.end, mention, "level", [level]))
        if not anchors and self.last is not None:
            match = self.words.anaphor.search(view.folded, start, end)
            if match:
                anchors.append(_Anchor(match.start(), match.end(), _bare(self.last), "anaphor"))
        return sorted(anchors, key=lambda anchor: anchor.start)

    def _award_of(self, level: LevelMention, anchors: Sequence[_Anchor]) -> AwardMention | None:
        """The award that a level standing alone belongs to."""
        known = [award for award in level.award_ids if award in self.context]
        if level.award_ids and not known:
            if len(level.award_ids) > 1:
                return None
            known = [level.award_ids[0]]
        if known:
            for mention in (*([self.last] if self.last else []), *self.facts.awards):
                if mention.award and mention.award.id in known:
                    return mention
            award = catalogue()[known[0]]
            return AwardMention(level.start, level.end, award, award.name, rule="level")
        return self.last if not anchors else None

    # --- levels and labels that bear their own year

    def _dated(
        self, start: int, end: int, anchors: list[_Anchor], found: list[Trigger], who: list[Actor]
    ) -> list[_Anchor]:
        """Write down what bears its own year ("3 fleurs depuis 2011", "une libellule en 2012, deux en 2014").

        Returns the anchors that remain to be read.
        """
        view, facts = self.view, self.facts
        if self.words.wish.search(view.folded, start, end) or view.text[end - 1] == "?":
            return anchors
        remaining: list[_Anchor] = []
        for anchor in anchors:
            own = [level for level in anchor.levels if self._year_behind(level.end)]
            held = self._year_behind(anchor.end, held=True) if anchor.kind == "award" and not own else None
            if _is_programme(anchor.mention) or not (own or held):
                remaining.append(anchor)
                continue
            trigger = next((t for t in found if t.first <= anchor.start < t.last), None)
            if trigger is not None and trigger.status in ("lost", "candidate", "nominated"):
                remaining.append(anchor)
                continue
            several = len([a for a in anchors if a.levels]) > 1 or len(own) > 1
            since = held or any(self._year_behind(level.end, held=True) for level in own)
            if not since and not several and trigger is not None:
                remaining.append(anchor)
                continue
            subjects = [a for a in who if a.end <= anchor.start and not a.located]
            got = group_around(view, subjects[-1], who) if subjects else self._issuer()
            dated: Sequence[LevelMention | None] = own or (None,)
            for level in dated:
                year = self._year_behind(level.end) if level else held
                for actor in got:
                    self._add(
                        actor, anchor.mention, "awarded", year, level.level if level else anchor.mention.level,
                        anchor.start, level.end if level else anchor.end, "dated award",
                    )  # fmt: skip
            left = [level for level in anchor.levels if level not in own]
            if left or (trigger is not None and trigger.status == "renewed" and not trigger.rule.weak):
                remaining.append(replace(anchor, levels=left))
        del facts
        return remaining

    def _year_behind(self, position: int, *, held: bool = False) -> int | None:
        """The year right behind: "depuis 2011", and unless `held` is asked "en 2012", "(2012)", "dès 2012"."""
        words = r"(?:de l'unesco |de france )?depuis" if held else r"depuis|en|des|\(|de"
        match = re.compile(
            rf"\"?,?\s*(?:{words})\s?(?:le |l'annee )?(?:\d{{1,2}} )?(?:\w+ )?((?:19|20)\d\d)(?!\d|\s?-)"
        ).match(self.view.folded, position)
        return int(match[1]) if match else None

    def _add(
        self, who: Actor, mention: AwardMention, status: Status, edition: int | None, level: str | None,
        start: int, end: int, rule: str, category: str | None = None,
    ) -> None:  # fmt: skip
        self.drafts.append(
            _Draft(
                who=who.who, mention=mention, status=status, edition=edition, level=level, category=category, object=None,
                decided=None, start=min(start, who.start or start), end=max(end, who.end), rule=rule, score=0.9, dated=True,
            )
        )  # fmt: skip

    # --- sentences with a trigger

    def _triggered(
        self, start: int, end: int, anchors: list[_Anchor], found: list[Trigger], who: list[Actor]
    ) -> None:
        recipients: list[Actor] = []
        before: list[_Anchor] = []
        for trigger in found:
            mine = [a for a in anchors if trigger.first <= a.start < trigger.last]
            named = [a for a in mine if a.kind in ("award", "level")]
            used = named or mine or self._borrowed(trigger, before, anchors)
            if mine:
                before = mine
            used = [a for a in used if not _is_programme(a.mention)]
            if not used and any(_is_programme(a.mention) for a in mine):
                continue
            if not used:
                continue
            if trigger.rule.weak and not self._close(trigger, used):
                continue
            got = self._recipients(trigger, who, recipients, used, start, end)
            if not got:
                continue
            recipients = got
            for anchor in self._without_categories(used):
                if anchor.kind in ("anaphor", "implied"):
                    anchor = replace(anchor, mention=self._award_had_by(got[0], anchor.mention))
                self._record(trigger, anchor, got, start, end)

    def _close(self, trigger: Trigger, used: list[_Anchor]) -> bool:
        """Whether a weak trigger has the award as its object ("confirme sa 3e fleur", not "confirme son rang")."""
        if trigger.participle or trigger.rule.voice != "subject":
            return min(_distance(trigger, anchor) for anchor in used) <= 90
        return any(
            anchor.kind == "implied"
            or 0 <= anchor.start - trigger.end <= 60
            or self._is_relative(anchor, trigger)
            for anchor in used
        )

    def _is_relative(self, anchor: _Anchor, trigger: Trigger) -> bool:
        between = self.view.folded[anchor.end : trigger.start]
        return re.fullmatch(r"\"?[\s,]*(?:que|qu')\s?(?:\S+\s){0,4}", between) is not None

    def _award_had_by(self, who: Actor, last: AwardMention) -> AwardMention:
        """The award that "ce label" means for a recipient: the last that it was said to have, else the last named."""
        had = [d.mention for d in self.drafts if d.who.code == who.who.code and d.who.name == who.who.name]
        if not had or any(_name(mention) == _name(last) for mention in had):
            return last
        return had[-1]

    def _borrowed(self, trigger: Trigger, before: list[_Anchor], anchors: list[_Anchor]) -> list[_Anchor]:
        """The award of a trigger that names none: the clause before, else what was spoken of last."""
        behind = [a for a in anchors if a.end <= trigger.start]
        if behind and self._is_relative(behind[-1], trigger):
            return [behind[-1]]
        said = self.view.folded[max(0, trigger.start - 24) : trigger.start]
        clitic = re.search(
            r"(?<!\w)(?:le|la|l'|les|l'a|l'avait|l'ont|en|n'en|y)\s?(?:a |avait |ont |avaient |avions |avons )?(?:\w+ment )?$",
            said,
        )
        if before and not trigger.rule.weak and trigger.rule.voice != "noun":
            return (
                [replace(before[-1], levels=[], mention=_bare(before[-1].mention))]
                if before[-1].kind != "level" or trigger.status != "awarded"
                else []
            )
        if self.last is None or any(a.kind == "award" for a in anchors):
            return []
        implied = [_Anchor(trigger.start, trigger.end, _bare(self.last), "implied")]
        possessed = _POSSESSED.match(self.view.folded, trigger.end)
        if (clitic or possessed) and trigger.rule.voice == "subject":
            return implied
        if trigger.rule.weak and not (trigger.status == "nominated" and _BEING.search(said)):
            return []
        # verbs that say nothing without an object name it; participles and nouns may leave it out
        if re.match(_NEEDS_OBJECT, self.view.folded[trigger.start : trigger.end]):
            return []
        return implied if trigger.participle or trigger.rule.voice != "salute" else []

    def _without_categories(self, anchors: list[_Anchor]) -> list[_Anchor]:
        """An unknown "Prix de l'innovation" beside a known award is its category, not an award."""
        known = [a for a in anchors if a.mention.award is not None]
        if not known or len(known) == len(anchors):
            return anchors
        return [
            a
            for a in anchors
            if a.mention.award is not None
            or not re.match(r"(?i)(?:prix|mention|troph)", a.mention.name)
            or not self._inside(a, known)
        ]

    def _inside(self, part: _Anchor, known: Sequence[_Anchor]) -> bool:
        for award in known:
            between = self.view.folded[min(part.end, award.end) : max(part.start, award.start)]
            if (
                len(between) < 60
                and re.search(r"(?:\b(?:aux|des|du|lors|dans le cadre|au sein|de la|de l')\b)", between)
                and " et " not in between
            ):
                return True
        return False

    def _recipients(
        self,
        trigger: Trigger,
        who: list[Actor],
        carried: list[Actor],
        used: list[_Anchor],
        start: int,
        end: int,
    ) -> list[Actor]:
        view = self.view
        voice = trigger.rule.voice
        spans = [(a.start, a.end) for a in used]
        free = [a for a in who if not any(s <= a.start < e for s, e in spans)]
        inside = [a for a in free if trigger.first <= a.start < trigger.last]
        if voice == "salute" and not trigger.participle:
            objects = [a for a in inside if a.start > trigger.end and not a.located]
            return group_around(view, objects[0], free) if objects and objects[0].role != "self" else []
        if voice == "give":
            given = [a for a in free if a.start > trigger.start and a.given]
            if given and re.search(r",|\d{4}|\blors\b|\bau\b", view.folded[trigger.end : given[0].start]):
                given = []
            if given:
                return group_around(view, given[0], free)
            before = view.folded[max(start, trigger.start - 30) : trigger.start]
            if _BY.match(view.folded, trigger.end) and not _BEING.search(before):
                return []  # "une distinction attribuée par l'Observatoire" says what the award is
            if re.search(r"(?<!\w)(?:lui|leur|nous)\s", before):
                return self._issuer()
            return [] if trigger.rule.weak else ([] if not self._about_us(start, end) else self._issuer())
        if voice == "object":
            behind = [a for a in free if a.start >= trigger.end and a.role != "self"]
            return group_around(view, behind[0], free) if behind else self._listed_names(trigger.end, end)
        if voice == "noun":
            owners = [a for a in inside if a.start >= trigger.end and not a.given and a.role != "other"][:1]
            owners = [
                a
                for a in owners
                if re.match(
                    r"\s*(?:\"?[^.;]{0,60}?)?(?:de|du|d'|des|pour|par)\s",
                    view.folded[trigger.end : a.start] or "",
                )
            ]
            subjects = [a for a in inside if a.start < trigger.start and not a.located]
            if subjects:
                return group_around(view, subjects[-1], free)
            if owners:
                return group_around(view, owners[0], free)
            return self._issuer()
        subjects = [a for a in inside if a.end <= trigger.start and not a.located]
        if not subjects and not carried:
            subjects = [a for a in free if a.end <= trigger.start and not a.located]
        if subjects:
            chosen = subjects[-1]
            named = [a for a in subjects if a.role != "self"]
            if named and view.folded[chosen.start : chosen.end] in ("elle", "elles", "on", "celle-ci"):
                # "Saint-Leu, elle, n'a pas été retenue"
                group = [a for a in group_around(view, named[-1], free) if a.role != "self"]
            else:
                group = group_around(view, chosen, free)
            return self._with_companions(trigger, group, free)
        behind = [a for a in inside if a.start >= trigger.end and not a.located and not a.given]
        if trigger.participle or trigger.rule.generic or not carried:
            apposed = [
                a
                for a in (
                    behind or [a for a in free if a.start >= trigger.end and not a.located and not a.given]
                )
                if re.search(
                    r"(?:[,:]|\best\b|\bsont\b|\baussi\b|-)\s*(?:\w+\s+){0,4}$",
                    view.folded[trigger.end : a.start],
                )
            ]
            if apposed:
                return group_around(view, apposed[0], free)
        if carried and not trigger.rule.generic:
            return carried
        if trigger.rule.generic:
            return []
        return self._with_companions(trigger, self._issuer(), free)

    def _listed_names(self, start: int, end: int) -> list[Actor]:
        """Names of an enumeration that no stage knows ("Vantaa, Trondheim et Maribor"): recipients `other`."""
        found = []
        for match in re.compile(
            r"(?:^|,|;|\set|:)\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?:[ -][A-ZÀ-ÖØ-Þ][\w'-]+){0,3})(?=\s*(?:[,.;]|et\s|\(|$))"
        ).finditer(self.view.text, start, end):
            who = Collectivity(kind="other", name=match["name"])
            found.append(Actor(match.start("name"), match.end("name"), who, "other"))
        return found

    def _with_companions(self, trigger: Trigger, group: list[Actor], free: list[Actor]) -> list[Actor]:
        """Those named "aux côtés de", "avec", "comme": they share the fact."""
        view = self.view
        result = list(group)
        for match in self.words.co_recipients.finditer(view.folded, trigger.first, trigger.last):
            if trigger.status == "lost" and self.words.rivals.match(match[0]):
                continue  # who loses to it is not lost with it
            if match[0] == "et" or re.search(
                r"partenariat $|lien $", view.folded[max(0, match.start() - 14) : match.start()]
            ):
                continue
            near = [
                a for a in free if 0 <= a.start - match.end() < 70 and a not in result and a.role != "self"
            ]
            if near and not re.search(
                r"[.;:]|(?<!\w)(?:pour|a|lors|sur)\s", view.folded[match.end() : near[0].start]
            ):
                result.extend(a for a in group_around(view, near[0], free) if a not in result)
        return result

    def _issuer(self) -> list[Actor]:
        issuer = self.facts.issuer
        if issuer.kind is None or issuer.code is None:
            return []
        who = Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "")
        return [Actor(0, 0, who, "self")]

    def _about_us(self, start: int, end: int) -> bool:
        return bool(re.search(r"(?<!\w)(?:nous|notre|nos)(?!\w)", self.view.folded[start:end])) or start < 200

    # --- writing down

    def _record(self, trigger: Trigger, anchor: _Anchor, got: list[Actor], start: int, end: int) -> None:
        view, facts = self.view, self.facts
        levels = self._levels(trigger, anchor)
        kinds = self._categories(trigger, anchor, start, end)
        special = next((level.category for level in anchor.levels if level.category), None)
        years, dated = self._years(trigger, anchor, start, end, len(levels))
        chosen: list[str | None] = [*kinds] or [special]
        in_turn = self._in_turn(trigger, anchor, got, years)
        pairs = in_turn or _pair(levels or (None,), years, got)
        decided = self._decided(trigger, start, end)
        for who, level, year in pairs:
            own = self._category_of_level(trigger, anchor, level) if in_turn else None
            for category in [own] if own else chosen:
                status = trigger.status
                if (
                    status == "nominated"
                    and trigger.rule.weak
                    and anchor.kind != "award"
                    and who.role == "other"
                ):
                    continue  # a person who is "nommé" takes an office
                self.drafts.append(
                    _Draft(
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
                        score=_score(trigger, anchor, who),
                        dated=dated,
                    )
                )
        del facts

    def _categories(self, trigger: Trigger, anchor: _Anchor, start: int, end: int) -> list[str]:
        """The categories of a clause: named in it, behind the award, before it in the sentence or the paragraph."""
        view, mention = self.view, anchor.mention
        found = categories(view, trigger.first, end, mention.category)
        if not found and mention.award is not None and anchor.kind in ("award", "level"):
            behind = max([anchor.end, *(level.end for level in anchor.levels)])
            quoted = _OF_QUOTED.match(view.text, behind, end)
            found = [quoted[1].strip()] if quoted else []
        found = found or categories(view, start, trigger.first, None)
        if found:
            self.category = (end, _name(mention), found)
        elif anchor.kind != "award" and self.category is not None:
            position, award, told = self.category
            if award == _name(mention) and "\n" not in view.text[position:start]:
                return told
        return found

    def _category_of_level(self, trigger: Trigger, anchor: _Anchor, level: str | None) -> str | None:
        """The category right behind one level of a row ("X l'or en Santé, Y l'argent en Culture")."""
        marks = [one for one in anchor.levels if trigger.start <= one.start < trigger.last]
        for number, one in enumerate(marks):
            if one.level == level:
                stop = marks[number + 1].start if number + 1 < len(marks) else trigger.last
                return next(iter(categories(self.view, one.start, stop, None)), None)
        return None

    def _in_turn(
        self, trigger: Trigger, anchor: _Anchor, got: list[Actor], years: list[int | None]
    ) -> list[tuple[Actor, str | None, int | None]]:
        """ "X reçoit l'or, Y l'argent": each level with the recipient before it; empty for any other sentence."""
        levels = [level for level in anchor.levels if trigger.start <= level.start < trigger.last]
        if len(levels) < 2 or len({level.level for level in levels}) < 2:
            return []
        pairs: list[tuple[Actor, str | None, int | None]] = [(who, levels[0].level, years[0]) for who in got]
        for previous, level in itertools.pairwise(levels):
            between = [a for a in self._here if previous.end <= a.start < level.start and not a.located]
            if not between or between[-1].role == "self":
                return []
            pairs.append((between[-1], level.level, years[0]))
        return pairs

    def _levels(self, trigger: Trigger, anchor: _Anchor) -> list[str | None]:
        inside = [level for level in anchor.levels if trigger.first <= level.start < trigger.last]
        if trigger.rule.voice == "subject" and inside[-1:] and inside[-1].start > trigger.start:
            # "14 ans après sa première fleur, Vitré obtient sa quatrième": what follows the verb is its object
            inside = [level for level in inside if level.start > trigger.start]
        chosen = inside or (anchor.levels if anchor.mention.start < trigger.start else [])
        folded = self.view.folded
        several = len(chosen) > 1 and trigger.status == "awarded"
        if several and re.search(r"(?<!\w)de\s+$", folded[max(0, chosen[0].start - 4) : chosen[0].start]):
            chosen = chosen[1:]  # "passe de deux à trois fleurs": the first is the level it had
        result: list[str | None] = list(dict.fromkeys(level.level for level in chosen))
        if anchor.mention.level and anchor.mention.level not in result:
            result = [anchor.mention.level]
        return result

    def _years(
        self, trigger: Trigger, anchor: _Anchor, start: int, end: int, levels: int
    ) -> tuple[list[int | None], bool]:
        """The editions that the clause names; else those told elsewhere, else the year of publication."""
        if anchor.mention.edition is not None and anchor.kind == "award":
            return [anchor.mention.edition], True
        years = years_of(self.view, self.facts.dates, trigger, anchor.start, start, end, self.facts.published)
        if years:
            return list(years), True
        told = self.editions.get(_name(anchor.mention))
        if anchor.kind in ("anaphor", "implied") and anchor.mention.edition is not None:
            return [anchor.mention.edition], False
        published = self.facts.published
        if told and (
            published is None or abs(told[-1] - published.year) <= 1 or trigger.status == "nominated"
        ):
            return [
                told[-1] if published is None else min(told, key=lambda y: abs(y - published.year))
            ], False
        return [published.year if published else None], False

    def _decided(self, trigger: Trigger, start: int, end: int) -> Days | None:
        """The day on which it was decided or given, when the sentence tells it to the month at least."""
        for found in self.facts.dates:
            first, last = found.first_day, found.last_day
            if trigger.first <= found.start < trigger.last and first and last and (last - first).days <= 31:
                return Days(first_day=first, last_day=last)
        return None

    # --- sentences without a trigger, titles and lists

    def _untriggered(self, start: int, end: int, anchors: list[_Anchor], who: list[Actor]) -> None:
        """Titles such as "Une 3e fleur pour Ornans" or "Hashtags 2021 : l'or à Nantes"."""
        view = self.view
        if end - start > 160 or view.text[end - 1] == "?":
            return
        for anchor in anchors:
            if (
                _is_programme(anchor.mention)
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

    def _open_list(self, start: int, end: int, anchors: list[_Anchor], found: list[Trigger]) -> None:
        view = self.view
        if view.text[end - 1] != ":" and not (end - start < 90 and view.text[end - 1] not in ".!?;,"):
            return
        folded = view.folded[start:end]
        award = next(
            (a for a in anchors if a.kind in ("award", "level") and not _is_programme(a.mention)), None
        )
        if not _LAUREATE_HEAD.search(folded) and award is None:
            return
        if view.text[end - 1] != ":" and award is None:
            return
        mention = award.mention if award else self.last
        if mention is None:
            return
        status: Status = "awarded"
        for trigger in found:
            status = trigger.status
        if re.search(r"nomin|nomme|finalist|en lice|shortlist", folded):
            status = "nominated"
        elif re.search(r"candidat", folded):
            status = "candidate"
        elif re.search(r"conserv|renouvel|maint", folded):
            status = "renewed"
        published = self.facts.published
        years = [d.first_day.year for d in self.facts.dates if start <= d.start < end and d.first_day]
        told = self.editions.get(_name(mention))
        edition = mention.edition or (years[0] if years else None) or (told[-1] if told else None)
        level = award.levels[0].level if award and len(award.levels) == 1 else None
        self.head = _Head(
            mention=mention,
            status=status,
            edition=edition or (published.year if published else None),
            level=level,
            category=next(iter(categories(view, start, end, None)), None),
            until=end + 400,
        )

    def _is_list_line(self, start: int, end: int) -> bool:
        if self.head is None or start > self.head.until + 600:
            return False
        return bool(_LIST_LINE.match(self.view.text, start, end)) and end - start < 260

    def _prize_segments(self, start: int, end: int) -> list[tuple[LevelMention, int, int]]:
        """Names behind the prizes of a line: "1er prix, Jeannine Schmitt ; 2e prix, famille Colmar"."""
        found = []
        for level in self.facts.levels:
            if start <= level.start < end and level.kind == "prize":
                name = _SEGMENT.match(self.view.text, level.end, end)
                if name and re.search(r"[A-ZÀ-ÖØ-Þ]", name["name"]):
                    found.append((level, name.start("name"), name.end("name")))
        return found

    def _write_segments(self, start: int, end: int, segments: list[tuple[LevelMention, int, int]]) -> None:
        head, text = self.head, self.view.text
        if head is None or head.mention is None:
            return
        first_line = text.rfind("\n", start, segments[0][0].start) + 1 or start
        label = re.match(r"\s*[-*•·▪>|]?\s*([^:\n]{3,60}?)\s*:", text[first_line : segments[0][0].start])
        for level, first, last in segments:
            line = text.rfind("\n", start, level.start) + 1 or start
            own = re.match(r"\s*[-*•·▪>|]?\s*([^:\n]{3,60}?)\s*:", text[line : level.start])
            named = own or label
            category = named[1].strip() if named else head.category
            who = Collectivity(
                kind="other", name=re.sub(r"^(?:M\.|Mme|MM\.|Mlle)\s+", "", text[first:last].strip())
            )
            self._add(
                Actor(first, last, who, "other"),
                head.mention,
                head.status,
                head.edition,
                level.level,
                line,
                last,
                "list of prizes",
                category,
            )

    def _line(self, start: int, end: int, anchors: list[_Anchor], who: list[Actor]) -> None:
        """One line of a list of laureates: "- Or : Ville de Nevers (58), catégorie « Vidéo »"."""
        head, view = self.head, self.view
        if head is None or head.mention is None:
            return
        named = [a for a in who if a.role != "self" and not _in_brackets(view, a)]
        segments = self._prize_segments(start, end)
        if segments and not any(a.role == "named" for a in named):
            self._write_segments(start, end, segments)
            head.until = end + 200
            return
        if not named:
            return
        head.until = end + 200
        levels = [level.level for level in self.facts.levels if start <= level.start < end]
        kinds = list(categories(view, start, end, None))
        if not kinds and not levels:
            label = re.match(r"\s*[-*•·▪>|]?\s*(?:prix\s+)?\"?([^:\n\"]{3,60}?)\"?\s*:", view.text[start:end])
            if label and view.text[start:end].index(":") + start < named[0].start:
                kinds = [label[1].strip()]
        mention = next((a.mention for a in anchors if a.kind == "award"), head.mention)
        if mention.award is None and head.mention.award is not None:
            mention = head.mention
        first = named[0]
        for actor in group_around(view, first, named):
            self.drafts.append(
                _Draft(
                    who=actor.who, mention=mention, status=head.status, edition=mention.edition or head.edition,
                    level=levels[0] if levels else head.level, category=kinds[0] if kinds else head.category,
                    object=None, decided=None, start=min(start, actor.start), end=max(end, actor.end),
                    rule="list", score=0.8, dated=True,
                )
            )  # fmt: skip


_SEGMENT = re.compile(
    r"\s*[,:|–-]\s*(?:à |a )?(?P<name>[^,;:|()\n–]{3,60}?)(?=\s*(?:[,;:|(\n]|$|\.\s|\.$|–| - ))"
)


# --- small questions


def _ruler(found: Sequence[Trigger], position: int) -> int:
    """The number of the trigger that rules a place of the sentence; -1 for none."""
    return next((number for number, t in enumerate(found) if t.first <= position < t.last), -1)


def _bare(mention: AwardMention) -> AwardMention:
    """An award that is only referred to: the level that one recipient got is not the next one's."""
    return replace(mention, level=None)


def _name(mention: AwardMention) -> str:
    return mention.award.id if mention.award else fold(mention.name)


def _is_programme(mention: AwardMention) -> bool:
    return mention.award is not None and mention.award.kind == "programme"


def _fits(level: LevelMention, mention: AwardMention) -> bool:
    if level.award_ids:
        return mention.award is not None and mention.award.id in level.award_ids
    if level.kind == "metal" and mention.award is not None and mention.award.levels:
        ranked = all(name[0].isdigit() and name.endswith("place") for name in mention.award.levels)
        return ranked or level.level in mention.award.levels
    return True


def _gap(anchor: _Anchor, level: LevelMention) -> int:
    return max(0, level.start - anchor.end, anchor.start - level.end)


def _distance(trigger: Trigger, anchor: _Anchor) -> int:
    return max(0, anchor.start - trigger.end, trigger.start - anchor.end)


def _in_brackets(view: View, actor: Actor) -> bool:
    return view.text[max(0, actor.start - 1) : actor.start] == "("


def _pair(
    levels: Sequence[str | None], years: Sequence[int | None], got: Sequence[Actor]
) -> list[tuple[Actor, str | None, int | None]]:
    """Who has which level of which year: in step where the counts agree, else each with each."""
    if len(years) == len(got) > 1 and len(levels) == 1:
        return [(who, levels[0], year) for who, year in zip(got, years, strict=True)]
    if len(levels) == len(got) > 1:
        return [(who, level, years[0]) for who, level in zip(got, levels, strict=True)]
    if len(levels) == len(years) > 1:
        return [(who, level, year) for who in got for level, year in zip(levels, years, strict=True)]
    return [(who, levels[0], year) for who in got for year in years]


def _score(trigger: Trigger, anchor: _Anchor, who: Actor) -> float:
    """How far the rule can be trusted, before calibration."""
    score = 0.97
    if trigger.rule.weak:
        score -= 0.12
    score -= {"award": 0.0, "level": 0.05, "anaphor": 0.1, "implied": 0.2}[anchor.kind]
    if anchor.mention.award is None:
        score -= 0.08
    if who.role == "self":
        score -= 0.03 if who.end else 0.1
    if who.role == "other":
        score -= 0.1
    return max(0.3, round(score, 3))


_RANK: Mapping[Status, int] = {"candidate": 0, "nominated": 1, "awarded": 2, "renewed": 3, "lost": 4}


def _settle(view: View, drafts: Sequence[_Draft]) -> list[Distinction]:
    """One distinction a fact: the vaguer saying joins the fuller one, the last status stands."""
    groups: dict[tuple[str, str], list[_Draft]] = {}
    for draft in drafts:
        who = draft.who.code or fold(draft.who.name)
        groups.setdefault((f"{draft.who.kind}:{who}", _name(draft.mention)), []).append(draft)
    result: list[Distinction] = []
    for group in groups.values():
        result.extend(_settle_group(view, group))
    return sorted(
        result, key=lambda d: (d.evidence[0].start, d.recipient.name, d.edition or 0, d.level or "")
    )


def _settle_group(view: View, group: list[_Draft]) -> list[Distinction]:
    merged: list[list[_Draft]] = []
    for draft in sorted(group, key=lambda d: (not d.dated, d.category is None, d.level is None)):
        for others in merged:
            if _same(others[0], draft):
                others.append(draft)
                break
        else:
            merged.append([draft])
    result = []
    for others in merged:
        best = max(others, key=lambda d: (_RANK[d.status], d.score))
        category = next((d.category for d in others if d.category), None)
        level = next((d.level for d in others if d.status == best.status and d.level), None)
        spans = sorted({(d.start, d.end) for d in others})
        award = best.mention.award
        result.append(
            Distinction(
                recipient=best.who,
                award=AwardRef(id=award.id if award else None, name=best.mention.name),
                organiser=award.organiser if award else None,
                edition=best.edition,
                category=category,
                level=level,
                status=best.status,
                object=next((d.object for d in others if d.object), None),
                decided=next((d.decided for d in others if d.decided), None),
                evidence=tuple(Evidence(start=s, end=e, text=view.text[s:e]) for s, e in spans),
                score=max(d.score for d in others),
            )
        )
    return result


def _same(one: _Draft, other: _Draft) -> bool:
    """Whether two sayings tell of the same fact: nothing in them differs that both tell."""
    if one.edition != other.edition:
        apart = (one.dated and other.dated) or one.edition is None or other.edition is None
        if apart or abs((one.edition or 0) - (other.edition or 0)) > 1:
            return False
    if one.category and other.category and fold(one.category) != fold(other.category):
        return False
    return not (one.level and other.level and one.level != other.level)
