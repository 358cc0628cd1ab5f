"""A distinction as the sentences say it, and what the release as a whole says: one a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.awards import AwardMention, catalogue
from pipeline.model import AwardRef, Collectivity, Days, Distinction, Evidence, Status
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


def name_of(mention: AwardMention) -> str:
    """The id of a known award, the folded name of another: what makes two mentions the same award."""
    return mention.award.id if mention.award else fold(mention.name)


_RANK: Mapping[Status, int] = {"candidate": 0, "nominated": 1, "awarded": 2, "renewed": 3, "lost": 4}


def settle(view: View, drafts: Sequence[Draft]) -> list[Distinction]:
    """One distinction a fact: the vaguer saying joins the fuller one, the last status stands."""
    groups: dict[tuple[str, str], list[Draft]] = {}
    ranked = any((draft.level or "").endswith(" prix") for draft in drafts)
    for draft in (_in_contest(draft) for draft in drafts) if ranked else drafts:
        who = draft.who.code or fold(draft.who.name)
        groups.setdefault((f"{draft.who.kind}:{who}", name_of(draft.mention)), []).append(draft)
    result: list[Distinction] = []
    for group in groups.values():
        result.extend(_settle_group(view, group))
    return sorted(
        result, key=lambda d: (d.evidence[0].start, d.recipient.name, d.edition or 0, d.level or "")
    )


_PRIZE = re.compile(r"(?:e|er) prix$|^(?:Prix|Coup de cœur|Félicitations|Mention)")


def _in_contest(draft: Draft) -> Draft:
    """The same draft, in the contest of the label's name where a prize was won ("1er prix des villages fleuris")."""
    award = draft.mention.award
    if award is None or award.contest is None or not _PRIZE.search(draft.level or ""):
        return draft
    contest = catalogue()[award.contest]
    return replace(draft, mention=replace(draft.mention, award=contest, name=contest.name))


def _settle_group(view: View, group: list[Draft]) -> list[Distinction]:
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
    result = []
    for others in merged:
        best = max(others, key=lambda d: (_RANK[d.status], d.score))
        if best.status == "renewed":
            raised = [
                d for d in others if d.status == "awarded" and d.level and d.rule.startswith("(?:passe")
            ]
            best = raised[0] if raised else best  # "renouvelé, et passe même de deux à trois lauriers"
        category = next((d.category for d in others if d.category), None)
        level = next((d.level for d in others if d.status == best.status and d.level), None)
        reasons: dict[tuple[int, int], str] = {}
        for draft in others:
            reasons.setdefault((draft.start, draft.end), draft.reason or draft.rule)
        spans = sorted(reasons.items())
        award = best.mention.award
        result.append(
            Distinction(
                recipient=best.who,
                award=AwardRef(id=award.id if award else None, name=best.mention.name),
                organiser=award.organiser if award else None,
                edition=others[0].edition,
                category=category,
                level=level,
                status=best.status,
                object=next((d.object for d in others if d.object), None),
                decided=next((d.decided for d in others if d.decided), None),
                evidence=tuple(
                    Evidence(start=s, end=e, text=view.text[s:e], reason=reason) for (s, e), reason in spans
                ),
                score=max(d.score for d in others),
            )
        )
    return result


def _same(one: Draft, other: Draft) -> bool:
    """Whether two sayings tell of the same fact: nothing in them differs that both tell."""
    years = (one.edition, other.edition)
    apart = one.dated and other.dated and one.edition != other.edition
    if None not in years and (apart or abs((one.edition or 0) - (other.edition or 0)) > 1):
        return False
    if one.category and other.category and fold(one.category) != fold(other.category):
        return False
    return not (one.level and other.level and one.level != other.level)
