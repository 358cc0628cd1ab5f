"""A distinction as the sentences say it, and what the release as a whole says: one a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.awards import AwardMention, catalogue
from pipeline.model import AwardRef, Collectivity, Days, Distinction, Evidence, Status
from pipeline.relate.trust import Belief, Features, features_of
from pipeline.text import View, fold


@dataclass(slots=True)
class Draft:
    """A distinction as one place of the text says it; `rule` says why, `dated` that the text names its year."""

    who: Collectivity
    mention: AwardMention
    status: Status
    edition: int | None
    level: str | None
    category: str | None
    start: int
    end: int
    rule: str
    score: float
    dated: bool
    object: str | None = None
    decided: Days | None = None
    #: Whether nobody is named and the publisher was taken for the recipient.
    implied: bool = False
    #: Which words and rules gave the fields, for a person who checks them (in French).
    reason: str = ""
    #: Whether no rule but the decider says it.
    learned: bool = False
    #: What the decider thinks of it; None where it saw no such slot.
    belief: Belief | None = None


class Settled(NamedTuple):
    """A distinction with the roughest of scores, and what tells whether it is right."""

    distinction: Distinction
    features: Features


def name_of(mention: AwardMention) -> str:
    """The id of a known award, the folded name of another: what makes two mentions the same award."""
    return mention.award.id if mention.award else fold(mention.name)


_RANK: Mapping[Status, int] = {"candidate": 0, "nominated": 1, "awarded": 2, "renewed": 3, "lost": 4}


def settle(view: View, drafts: Sequence[Draft]) -> list[Settled]:
    """One distinction a fact: the vaguer saying joins the fuller one, the last status stands."""
    groups: dict[tuple[str, str], list[Draft]] = {}
    ranked = any((draft.level or "").endswith(" prix") for draft in drafts)
    for draft in (_in_contest(draft) for draft in drafts) if ranked else drafts:
        who = draft.who.code or fold(draft.who.name)
        groups.setdefault((f"{draft.who.kind}:{who}", name_of(draft.mention)), []).append(draft)
    merged = [sayings for group in groups.values() for sayings in _merged(group)]
    return sorted(
        (_settled(view, sayings, len(merged)) for sayings in merged),
        key=lambda one: (
            one.distinction.evidence[0].start,
            one.distinction.recipient.name,
            one.distinction.edition or 0,
            one.distinction.level or "",
        ),
    )


_PRIZE = re.compile(r"(?:e|er) prix$|^(?:Prix|Coup de cœur|Félicitations|Mention)")


def _in_contest(draft: Draft) -> Draft:
    """The same draft, in the contest of the label's name where a prize was won ("1er prix des villages fleuris")."""
    award = draft.mention.award
    if award is None or award.contest is None or not _PRIZE.search(draft.level or ""):
        return draft
    contest = catalogue()[award.contest]
    return replace(draft, mention=replace(draft.mention, award=contest, name=contest.name))


def _merged(group: Sequence[Draft]) -> list[list[Draft]]:
    """The sayings of one recipient's award, those of one fact together."""
    merged: list[list[Draft]] = []
    for draft in sorted(
        group, key=lambda d: (not d.dated, d.edition is None, d.category is None, d.level is None)
    ):
        for others in merged:
            if _same(others[0], draft):
                others.append(draft)
                break
        else:
            merged.append([draft])
    return merged


def _settled(view: View, sayings: Sequence[Draft], around: int) -> Settled:
    best = max(sayings, key=lambda d: (_RANK[d.status], d.score))
    if best.status == "renewed":
        raised = [d for d in sayings if d.status == "awarded" and d.level and d.rule.startswith("(?:passe")]
        best = raised[0] if raised else best  # "renouvelé, et passe même de deux à trois lauriers"
    reasons: dict[tuple[int, int], str] = {}
    for draft in sayings:
        reasons.setdefault((draft.start, draft.end), draft.reason or draft.rule)
    award = best.mention.award
    return Settled(
        Distinction(
            recipient=best.who,
            award=AwardRef(id=award.id if award else None, name=best.mention.name),
            organiser=award.organiser if award else None,
            edition=sayings[0].edition,
            category=next((d.category for d in sayings if d.category), None),
            level=next((d.level for d in sayings if d.status == best.status and d.level), None),
            status=best.status,
            object=next((d.object for d in sayings if d.object), None),
            decided=next((d.decided for d in sayings if d.decided), None),
            evidence=tuple(
                Evidence(start=s, end=e, text=view.text[s:e], reason=reason)
                for (s, e), reason in sorted(reasons.items())
            ),
            score=max(d.score for d in sayings),
        ),
        features_of(sayings, best, around),
    )


def _same(one: Draft, other: Draft) -> bool:
    """Whether two sayings tell of the same fact: nothing in them differs that both tell."""
    years = (one.edition, other.edition)
    apart = one.dated and other.dated and one.edition != other.edition
    if None not in years and (apart or abs((one.edition or 0) - (other.edition or 0)) > 1):
        return False
    if one.category and other.category and fold(one.category) != fold(other.category):
        return False
    return not (one.level and other.level and one.level != other.level)
