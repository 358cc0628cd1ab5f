"""What stands right behind a name (its place, its level or category in brackets), and rows of names and levels."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.awards import AwardMention, place_level, place_number
from pipeline.model import Status
from pipeline.relate.actors import Actor, group_around
from pipeline.relate.anchors import Anchor, Facts, bare, fits
from pipeline.relate.categories import categories, prize_of
from pipeline.relate.clauses import Trigger
from pipeline.relate.editions import year_behind
from pipeline.relate.lexicon import lexicon
from pipeline.relate.settle import Draft, name_of
from pipeline.text import View, within

_PLACE_BEHIND = re.compile(
    r"\s?[,(]\s?(?:(?:a la|au|en) )?(?P<place>\d{1,3}(?:re|er|e|eme)|[a-z]+ieme|premiere?|seconde?)"
    r"(?: place| rang| position)?(?=\s?(?:[,.;)]|et\s|$|\n))"
)
# Where places are being told: "Lectoure est deuxième, Plaisance troisième."
_PLACE_SAID = re.compile(
    r"\s(?:(?:est|reste|demeure|arrive|termine|finit) )?(?P<place>\d{1,3}(?:re|er|e|eme)|[a-z]+ieme|premiere?|seconde?)"
    r"(?=\s?(?:[,.;)]|et\s|$|\n))"
)
_BRACKETS = re.compile(r"\s?\((?P<inside>[^()\n]{2,70})\)")
# "les autres lauréats sont Martigues (Sport), Vitrolles (Numérique)"
_LAUREATES = re.compile(r"laureat|nomm?ine|nommes|finalist|recompens|primes|distingue")
_CATEGORY = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’ -]{3,50}")
_AHEAD_REACH = 45  # characters from "devant" to whom it names: an article and what they are
_BESIDE_REACH = 20  # characters from a name to the level beside it
# "Arras (62) @@@"
_BESIDE = re.compile(r"\s?\((?:\d[\dab]|\d{3})\)\s?|\s(?=@)")
_APPOSED = re.compile(r",\s(?:le |la |les |un |une |l')?")
_RANKING = re.compile(
    r"classe|palmares|podium|(?:est|sont|finit|termine) (?:premi|deuxi|troisi|second|\d+e\b)|(?<!\w)(?:suit|suivent|precede)|devant|derriere|suivi|place|concours|\bprix\b|arriv|termin|rang"
)


def asides(
    view: View,
    facts: Facts,
    start: int,
    end: int,
    anchors: Sequence[Anchor],
    found: Sequence[Trigger],
    who: Sequence[Actor],
    editions: Mapping[str, list[int]],
    last: AwardMention | None,
    *,
    ranked: bool = False,
    spoken: tuple[int, str, list[str]] | None = None,
) -> tuple[list[Draft], list[Actor]]:
    """What the sentence (start, end) says behind the names in it, and the actors that remain.

    `editions` are the years that the release names, by award; `last` is the award spoken of last; `ranked`
    when places in a ranking have just been told, `spoken` the category named last (where, award, names).
    The anchors lose the levels that are told here.
    """
    anchor = next((a for a in anchors if a.kind != "anaphor"), None)
    award = anchor.mention if anchor else last
    ranking = _RANKING.search(view.folded, start, end)
    if award is None or lexicon().wish.search(view.folded, start, end):
        return [], list(who)
    mention = bare(award)
    told = editions.get(name_of(mention))
    year = mention.edition or (told[-1] if told else facts.published.year if facts.published else None)
    general = next(iter(categories(view, start, end, mention.category)), None)
    series = spoken[2][0] if spoken and spoken[2] and spoken[1] == name_of(mention) else None
    prizes = anchor is not None and any(level.kind == "prize" for level in anchor.levels)
    drafts: list[Draft] = []
    remaining: list[Actor] = []
    for actor in who:
        aside = None
        if actor.role != "self" and not actor.given:
            aside = (
                _place(view, actor, prizes=prizes, ranked=bool(ranked or ranking))
                if ranking or ranked
                else None
            ) or _level(view, facts, actor, mention)
        if aside is None:
            remaining.append(actor)
            continue
        level, category, stop = aside
        if category is None and ranked and view.text[actor.end] == " ":
            category = series
        own_year = year_behind(view, stop - 1) or year_behind(view, stop)
        drafts.append(
            Draft(
                who=actor.who, mention=mention, status=_status(view, found, actor),
                edition=own_year or year, category=category or general, level=level, start=actor.start, end=stop,
                rule="niveau ou rang dit derrière le nom", score=0.9, dated=mention.edition is not None or own_year is not None,
            )
        )  # fmt: skip
        for one in anchors:
            one.levels = [mark for mark in one.levels if not actor.end <= mark.start < stop]
    return drafts, remaining


def runners_up(view: View, trigger: Trigger, end: int, who: Sequence[Actor]) -> list[Actor]:
    """Whom a winner has left behind, the second first: "l'emporte devant X et Y"; `end` is the sentence's."""
    words = lexicon().whose
    if not words.wins.match(view.folded, trigger.start):
        return []
    ahead = words.ahead_of.search(view.folded, trigger.end, end)
    if ahead is None or re.search(r"[.;:]", view.folded[trigger.end : ahead.start()]):
        return []
    behind = [
        replace(one, located=False, given=False)
        for one in who
        if one.start >= ahead.end() and one.role != "self"
    ]
    if not behind or behind[0].start - ahead.end() > _AHEAD_REACH:
        return []
    return group_around(view, behind[0], behind)


def _status(view: View, found: Sequence[Trigger], actor: Actor) -> Status:
    if any(t.status == "nominated" and t.first <= actor.start < t.last for t in found):
        return "nominated"
    return "renewed" if re.match(r"\s(?:reste|demeure)\s", view.folded[actor.end :][:12]) else "awarded"


_Aside = tuple[str | None, str | None, int]


def _place(view: View, actor: Actor, *, prizes: bool, ranked: bool) -> _Aside | None:
    """Level, no category, and the end of the place in a ranking right behind a name."""
    match = _PLACE_BEHIND.match(view.folded, actor.end)
    if match is None and ranked and actor.role == "named":
        match = _PLACE_SAID.match(view.folded, actor.end)
    number = place_number(match["place"]) if match else None
    if match is None or not number:
        return None
    level = f"{number}{'er' if number == 1 else 'e'} prix" if prizes else place_level(number)
    return level, None, match.end()


def _level(view: View, facts: Facts, actor: Actor, mention: AwardMention) -> _Aside | None:
    """Level, category and end of what stands in brackets or apposed behind a name: "Lons (3 @)"."""
    brackets = _BRACKETS.match(view.folded, actor.end)
    if brackets:
        first, stop = brackets.span("inside")
        marks = [one for one in within(facts.levels, first, stop) if fits(one, mention)]
        category = prize_of(view, first, stop + 1) or next(iter(categories(view, first, stop, None)), None)
        if category is None and not marks and _LAUREATES.search(view.folded, *view.sentence_at(actor.start)):
            inside = view.text[first:stop]
            named = any(p.start < stop and first < p.end for p in facts.places)
            category = inside if _CATEGORY.fullmatch(inside) and not named else None
        if not marks and category is None:
            return None
        level = marks[0] if marks else None
        return (level.level if level else None), (level.category if level else None) or category, stop + 1
    beside = _BESIDE.match(view.folded, actor.end)
    near = within(facts.levels, actor.end, actor.end + _BESIDE_REACH)
    for one in near if beside and actor.role == "named" else ():
        if beside and one.start == beside.end() and one.kind == "count" and fits(one, mention):
            return one.level, one.category, one.end
    apposed = _APPOSED.match(view.folded, actor.end)
    for one in near if apposed else ():
        if apposed and one.start == apposed.end() and one.kind == "prize":
            return one.level, one.category, one.end
    return None


def category_of_level(view: View, trigger: Trigger, anchor: Anchor, level: str | None) -> str | None:
    """The category right behind one level of a row ("X l'or en Santé, Y l'argent en Culture")."""
    marks = [one for one in anchor.levels if trigger.start <= one.start < trigger.last]
    for number, one in enumerate(marks):
        if one.level == level:
            if one.category:
                return one.category
            stop = marks[number + 1].start if number + 1 < len(marks) else trigger.last
            return next(iter(categories(view, one.start, stop, None)), None)
    return None


def _given_in_turn(
    here: Sequence[Actor], trigger: Trigger, anchor: Anchor, years: Sequence[int | None]
) -> list[tuple[Actor, str | None, int | None]]:
    """ "Le 1er prix revient à Joigny, le 3e à Tonnerre": each level with the recipient behind it."""
    levels = [level for level in anchor.levels if trigger.first <= level.start < trigger.last]
    pairs: list[tuple[Actor, str | None, int | None]] = []
    for level, following in itertools.pairwise([*levels, None]):
        stop = following.start if following else trigger.last
        behind = [a for a in here if level and level.end <= a.start < stop and a.given]
        if level is None or not behind:
            return []
        pairs.append((behind[0], level.level, years[0]))
    return pairs if len(pairs) > 1 else []


def in_turn(
    view: View,
    here: Sequence[Actor],
    trigger: Trigger,
    anchor: Anchor,
    got: Sequence[Actor],
    years: Sequence[int | None],
) -> list[tuple[Actor, str | None, int | None]]:
    """ "X reçoit l'or, Y l'argent": each level with the recipient before it; empty for any other sentence."""
    if trigger.rule.voice == "give":
        return _given_in_turn(here, trigger, anchor, years)
    levels = [level for level in anchor.levels if trigger.start <= level.start < trigger.last]
    if len(levels) < 2 or len({level.level for level in levels}) < 2:
        return []
    pairs: list[tuple[Actor, str | None, int | None]] = [(who, levels[0].level, years[0]) for who in got]
    for previous, level in itertools.pairwise(levels):
        between = [a for a in here if previous.end <= a.start < level.start and not a.located]
        behind = between[-1].end if between else previous.end
        nobody = not between or between[-1].role == "self"
        if nobody and re.search(r"[A-ZÀ-Þ][a-zà-ÿ]", view.text[behind : level.start]):
            continue  # it belongs to a name that no stage knows: "la communauté d'agglomération Caux Vallée de Seine"
        if not between or between[-1].role == "self":
            return []
        pairs.append((between[-1], level.level, years[0]))
    return pairs
