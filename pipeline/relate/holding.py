"""What holds for the lines of a list until a head changes it, and the distinction that a line then tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.awards import AwardMention
from pipeline.model import Collectivity, Status
from pipeline.relate.actors import Actor
from pipeline.relate.blocks import Line
from pipeline.relate.settle import Draft

#: "Communication, parrainé par X": not of the category's name
SPONSOR = re.compile(
    r"\s*[,(–-]?\s*(?:parrainée?s?|soutenue?s?|offerte?s?|dotée?s?|remise?s?) (?:par|de) .*$"
)
#: What a class of a contest is called, before its name.
CLASS_NOUN = r"(?i:catégories?|sections?|case|classe)"
# "CASE « MAIN VERTE »", "Catégorie « Balcons »"
_QUOTED_CLASS = re.compile(rf"(?:{CLASS_NOUN}|(?i:prix|trophée)) ?:? ?[\"«] ?(?P<name>[^\"»\n]+?) ?[\"»]\W*$")
# "2e catégorie, balcon ou terrasse"
_CLASS_NUMBER = re.compile(rf"^\W*\d{{1,2}}(?:re|e|ère|ème) {CLASS_NOUN}\s*[:,–-]?\s*(?=\w)")
_HOW_MANY = re.compile(r"\s?\(\d+ \w+\)")  # "(5 lauréats)"
# before a first name with a surname; a surname alone keeps it
_TITLE = re.compile(r"^(?:M\.|Mme|MM\.|Mlle)\s+(?=\S+ \S)")


@dataclass(slots=True)
class Holding:
    """What holds for a line; `ranks` when numbers before names are places."""

    mention: AwardMention
    status: Status
    edition: int | None
    level: str | None = None
    category: str | None = None
    ranks: bool = False

    @property
    def ladder(self) -> Sequence[str]:
        """The levels of the award in order; empty for an award that has none, or that nobody knows."""
        return self.mention.award.levels if self.mention.award else ()


def drafted(actor: Actor, line: Line, holding: Holding) -> Draft:
    """That a recipient has what holds for its line."""
    return Draft(
        who=actor.who, mention=holding.mention, status=holding.status, edition=holding.edition, level=holding.level,
        category=holding.category, start=line.start, end=line.end, rule="ligne d'un palmarès",
        reason="ligne d'un palmarès", score=0.8, dated=True,
    )  # fmt: skip


def unknown(name: str, start: int, end: int) -> Actor:
    """A recipient that no stage knows, under its name without "Mme" before a first name; offsets of the name in the view."""
    return Actor(start, end, Collectivity(kind="other", name=_TITLE.sub("", name.strip())), "other")


def category_of(head: str) -> str | None:
    """A head or label as a category: "Catégorie « Jeunesse »", "Prix de l'eau"; None when nothing is left of it."""
    head = re.sub(r"^[^\w\"«(]+", "", head)  # a pictogram before it
    if whole := _QUOTED_CLASS.match(head):
        return whole["name"].strip()
    head = _CLASS_NUMBER.sub("", _HOW_MANY.sub("", head))
    bare = re.sub(
        r"^(?i:(?:catégories?|sections?|prix|trophée)\s*:?\s*(?:de la |de l'|du |des |de |d')?)",
        "",
        head.strip(" :-*•>"),
    )
    return SPONSOR.sub("", bare).strip(' "') or None
