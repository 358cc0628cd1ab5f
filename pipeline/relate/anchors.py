"""What the relation stage starts from, and the awards that a sentence refers to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.awards import METALS, AwardMention, LevelMention, catalogue
from pipeline.language.reading import Readings
from pipeline.model import Collectivity, Date, Issuer, Place
from pipeline.relate.actors import Actor, Referent
from pipeline.relate.clauses import Trigger, ruler
from pipeline.relate.lexicon import lexicon
from pipeline.text import View, fold, within


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

    @property
    def publisher(self) -> Collectivity | None:
        """The issuer when it is known well enough to be meant where nobody is named, else None."""
        issuer, score = self.issuer, self.issuer.score
        if issuer.kind is None or issuer.code is None or (isinstance(score, float) and score < KNOWN):
            return None
        return Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "")


#: Probability of the issuer from which a distinction that names nobody is taken for its own: of those below, a third
#: are wrong on train and dev (n=31).
KNOWN = 0.7
_REACH = 110  # characters over which a level belongs to an award
_LAST = 4  # levels before a level that it may belong with
NAME_LONGEST = 200  # characters of the name of an award


@dataclass(slots=True)
class Anchor:
    """An award as a sentence refers to it: by its name, by a level, or by "ce label"."""

    start: int
    end: int
    mention: AwardMention
    kind: str  # "award" | "level" | "anaphor" | "implied"
    levels: list[LevelMention] = field(default_factory=list)


# "au niveau Engagé", "le niveau « Or »": a level that the catalogue need not know
_AT_LEVEL = re.compile(r"(?<!\w)(?:niveau|échelon|palier)\s\"?\s?(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+)(?!\w)")


_HIGHEST = re.compile(
    r"(?<!\w)(?:plus haut niveau|niveau (?:le plus (?:haut|eleve)|maximal|maximum)|plus haute distinction)(?= (?:du|de ce|de la|possible)|[,.;]|$)"
)


class NamedLevels:
    """Levels that only the awards of this release have, by their names: "au niveau Engagé", "son Bronze"."""

    def __init__(self, facts: Facts) -> None:
        self._known = facts.levels
        self._awards = bool(facts.awards)
        self._ladders = {
            m.award.id: m.award.levels for m in facts.awards if m.award and len(m.award.levels) > 1
        }
        self._of: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}
        for mention in facts.awards:
            for name in mention.award.levels if mention.award else ():
                if name[0].isalpha() and " " not in name and mention.award:
                    self._names[fold(name)] = name
                    ids = self._of.setdefault(name, [])
                    if mention.award.id not in ids:
                        ids.append(mention.award.id)
        names = "|".join(map(re.escape, self._names))
        self._pattern = (
            re.compile(
                rf"(?<!\w)(?:niveau|palier|echelon|stade|statut|label|son|le|l'|du|de|,)\s?(?P<name>{names})(?!\w)"
            )
            if names
            else None
        )

    def __call__(self, view: View, start: int, end: int) -> list[LevelMention]:
        """The levels in a stretch of the view that no other rule has found."""
        found = []
        for match in self._pattern.finditer(view.folded, start, end) if self._pattern else ():
            first, last = match.span("name")
            if view.text[first].isupper() and not any(k.start < last and first < k.end for k in self._known):
                level = self._names[match["name"]]
                found.append(LevelMention(first, last, level, "grade", tuple(self._of[level])))
        for match in _HIGHEST.finditer(view.folded, start, end):
            if len(self._ladders) == 1:
                (award, ladder), *_ = self._ladders.items()
                found.append(LevelMention(match.start(), match.end(), ladder[-1], "grade", (award,)))
        for match in _AT_LEVEL.finditer(view.text, start, end) if self._awards else ():
            first, last = match.span("name")
            if not any(k.start < last and first < k.end for k in (*self._known, *found)):
                found.append(LevelMention(first, last, match["name"], "grade"))
        return found


def is_programme(mention: AwardMention) -> bool:
    """Whether it is a programme (funds, a network), whose members have won nothing."""
    return mention.award is not None and mention.award.kind == "programme"


def fits(level: LevelMention, mention: AwardMention) -> bool:
    """Whether a level can be one of the award."""
    if level.award_ids:
        return mention.award is not None and mention.award.id in level.award_ids
    if level.kind == "metal" and mention.award is not None and mention.award.levels:
        ranked = all(name[0].isdigit() and name.endswith("place") for name in mention.award.levels)
        # a label has the metals of its rules; a prize may have others in one category
        open_to_all = mention.award.kind in ("prize", "competition") and not any(
            name in METALS.values() for name in mention.award.levels
        )
        return ranked or open_to_all or level.level in mention.award.levels
    return True


def gap(anchor: Anchor, level: LevelMention) -> int:
    """Characters between an award and a level."""
    return max(0, level.start - anchor.end, anchor.start - level.end)


def bare(mention: AwardMention) -> AwardMention:
    """An award that is only referred to: the level that one recipient got is not the next one's."""
    return replace(mention, level=None)


def without_categories(view: View, anchors: list[Anchor]) -> list[Anchor]:
    """An unknown "Prix de l'innovation" beside a known award is its category, not an award."""
    known = [a for a in anchors if a.mention.award is not None]
    if not known or len(known) == len(anchors):
        return anchors
    return [
        a
        for a in anchors
        if a.mention.award is not None
        or not re.match(r"(?i)(?:prix|mention|troph)", a.mention.name)
        or not _inside(view, a, known)
    ]


def _inside(view: View, part: Anchor, known: Sequence[Anchor]) -> bool:
    for award in known:
        between = view.folded[min(part.end, award.end) : max(part.start, award.start)]
        if (
            len(between) < 60
            and re.search(r"(?:\b(?:aux|des|du|lors|dans le cadre|au sein|de la|de l')\b)", between)
            and " et " not in between
        ):
            return True
    return False


class Anchors:
    """Finds the awards that a sentence of one release refers to.  Offsets point into the view."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self._named = NamedLevels(facts)
        self._context = {mention.award.id for mention in facts.awards if mention.award}

    def __call__(
        self, start: int, end: int, found: Sequence[Trigger], last: AwardMention | None
    ) -> list[Anchor]:
        """Awards that the sentence (start, end) refers to, with the levels that stand beside each; `last` was spoken of last."""
        facts, view = self.facts, self.view
        named = [
            Anchor(m.start, m.end, m, "award")
            for m in within(facts.awards, start, end)
            if view.folded[max(0, m.start - 7) : m.start] != "charte "
        ]
        more: list[Anchor] = []  # levels that no name takes, in order
        for level in (*within(facts.levels, start, end), *self._named(view, start, end)):
            if self._is_wished(level, found) or self._is_of_name(level):
                continue
            reach = [*within(named, level.start - NAME_LONGEST - _REACH, level.end + _REACH), *more[-_LAST:]]
            near = [
                a
                for a in reach
                if gap(a, level) < _REACH
                and fits(level, a.mention)
                and (a.kind == "award" or ruler(found, a.start) == ruler(found, level.start))
            ]
            owner = min(near, key=lambda a: (gap(a, level), a.start), default=None)
            if owner is not None:
                if self._is_taken(level, owner, found):
                    more.append(Anchor(level.start, level.end, bare(owner.mention), "level", [level]))
                else:
                    owner.levels.append(level)
                continue
            mention = self._award_of(level, more or named, last)
            if mention is not None:
                more.append(Anchor(level.start, level.end, bare(mention), "level", [level]))
        if not named and not more and last is not None:
            match = lexicon().anaphor.search(view.folded, start, end)
            if match:
                more.append(Anchor(match.start(), match.end(), bare(last), "anaphor"))
        return sorted([*named, *more], key=lambda anchor: anchor.start)

    def _is_of_name(self, level: LevelMention) -> bool:
        """Whether it stands inside an award's own name, and so is no level: "la Casserole d'or"."""
        return any(
            m.start <= level.start and level.end <= m.end and m.level is None and m.award is None
            for m in within(self.facts.awards, level.start - NAME_LONGEST, level.start + 1)
        )

    def _is_wished(self, level: LevelMention, found: Sequence[Trigger]) -> bool:
        """Whether a hope stands between the level and the fact before it: "primée en 2019, vise une première fleur"."""
        number = ruler(found, level.start)
        if number < 0 or found[number].end > level.start:
            return False
        return lexicon().wish.search(self.view.folded, found[number].end, level.start) is not None

    @staticmethod
    def _is_taken(level: LevelMention, owner: Anchor, found: Sequence[Trigger]) -> bool:
        """Whether a verb of its own takes the level: "le concours « X » ; Redon reçoit une mention spéciale"."""
        number = ruler(found, level.start)
        if number < 0 or number == ruler(found, owner.start) or owner.start > level.start:
            return False
        return 0 <= level.start - found[number].end <= 40

    def _award_of(
        self, level: LevelMention, anchors: Sequence[Anchor], last: AwardMention | None
    ) -> AwardMention | None:
        """The award that a level standing alone belongs to."""
        known = [award for award in level.award_ids if award in self._context]
        if level.award_ids and not known:
            if len(level.award_ids) > 1:
                return None
            known = [level.award_ids[0]]
        if known:
            for mention in (*([last] if last else []), *self.facts.awards):
                if mention.award and mention.award.id in known:
                    return mention
            award = catalogue()[known[0]]
            return AwardMention(level.start, level.end, award, award.name, rule="level")
        if anchors and anchors[-1].kind == "level":
            return bare(anchors[-1].mention)  # "L'or est allé à Bayonne ; X et Y se partagent le bronze"
        return last if not anchors else None


_ANCHORED = {
    "award": "prix nommé",
    "level": "niveau",
    "anaphor": "prix rappelé par",
    "implied": "prix sous-entendu",
}


def reason_of(view: View, trigger: Trigger, anchor: Anchor, who: Actor, *, dated: bool) -> str:
    """Which words gave award, status, recipient and edition, in French."""
    said = f"« {view.text[trigger.start : trigger.end].strip()} »"
    award = _ANCHORED[anchor.kind]
    if anchor.kind != "implied":
        award += f" « {view.text[anchor.start : anchor.end].strip()} »"
    if not who.end:
        recipient = "bénéficiaire : l'émetteur, faute d'un autre"
    elif who.role == "self":
        recipient = f"bénéficiaire : « {view.text[who.start : who.end]} »"
    else:
        recipient = "bénéficiaire nommé"
    year = "année dite" if dated else "année du contexte ou de la publication"
    return f"{said} ; {award} ; {recipient} ; {year}"


def score_of(trigger: Trigger, anchor: Anchor, who: Actor) -> float:
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
