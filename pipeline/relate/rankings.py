"""Places in a ranking that stand right behind a name: "devant Paimpol, deuxième, et Plouha (3e)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.awards import place_level, place_number
from pipeline.relate.actors import Actor
from pipeline.relate.anchors import Anchor, Facts, bare
from pipeline.relate.categories import categories
from pipeline.relate.lexicon import lexicon
from pipeline.relate.settle import Draft, name_of
from pipeline.text import View

_PLACE_BEHIND = re.compile(
    r"\s?[,(]\s?(?:(?:a la|au|en) )?(?P<place>\d{1,3}(?:re|er|e|eme)|[a-z]+ieme|premiere?|seconde?)"
    r"(?: place| rang| position)?(?=\s?(?:[,.;)]|et\s|$|\n))"
)
_RANKING = re.compile(
    r"classe|palmares|podium|devant|derriere|suivi|place|concours|\bprix\b|arriv|termin|rang"
)


def ranked_aside(
    view: View,
    facts: Facts,
    start: int,
    end: int,
    anchors: Sequence[Anchor],
    who: Sequence[Actor],
    editions: Mapping[str, list[int]],
) -> tuple[list[Draft], list[Actor]]:
    """What the sentence (start, end) says of those with a place behind their name, and the actors that remain.

    `editions` are the years that the release names, by award.  The anchors lose the levels told here.
    """
    award = next((a for a in anchors if a.kind != "anaphor"), None)
    if (
        award is None
        or not _RANKING.search(view.folded, start, end)
        or lexicon().wish.search(view.folded, start, end)
    ):
        return [], list(who)
    mention = bare(award.mention)
    told = editions.get(name_of(mention))
    year = mention.edition or (told[-1] if told else facts.published.year if facts.published else None)
    category = next(iter(categories(view, start, end, mention.category)), None)
    prizes = any(level.kind == "prize" for level in award.levels)
    drafts: list[Draft] = []
    remaining: list[Actor] = []
    for actor in who:
        place = _place_behind(view, actor) if actor.role != "self" and not actor.given else None
        if place is None:
            remaining.append(actor)
            continue
        number, stop = place
        drafts.append(
            Draft(
                who=actor.who, mention=mention, status="awarded", edition=year, category=category,
                level=f"{number}{'er' if number == 1 else 'e'} prix" if prizes else place_level(number),
                start=actor.start, end=stop, rule="place behind a name", score=0.9, dated=mention.edition is not None,
            )
        )  # fmt: skip
        for anchor in anchors:
            anchor.levels = [one for one in anchor.levels if not actor.end <= one.start < stop]
    return drafts, remaining


def _place_behind(view: View, actor: Actor) -> tuple[int, int] | None:
    """The number of the place right behind a name, and where it ends."""
    match = _PLACE_BEHIND.match(view.folded, actor.end)
    number = place_number(match["place"]) if match else None
    return (number, match.end()) if match and number else None
