"""Named events: ceremonies, salons, festivals, with their ordinal, days and host."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from pipeline.awards import AwardMention
from pipeline.model import Collectivity, Date, Event, Place
from pipeline.naming import name_end
from pipeline.text import View, fold

_LONGEST = 62  # days; a longer period is not when an event takes place
_HOST = re.compile(r"(?<!\w)(?:a|au|aux)\s+$")


@dataclass(frozen=True, slots=True)
class _Words:
    head: re.Pattern[str]
    edition: re.Pattern[str]
    common: frozenset[str]
    not_events: re.Pattern[str]
    ordinals: dict[str, int]


@cache
def _words() -> _Words:
    source = (resources.files(__package__) / "data" / "events.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    heads = "|".join(sorted(map(re.escape, set(data["heads"])), key=len, reverse=True))
    ordinals = "|".join(sorted(data["ordinals"], key=len, reverse=True))
    number = rf"(?P<ordinal>\d{{1,3}}\s?(?:ères?|ère|er|ers|re|res|èmes?|emes?|es|e)|{ordinals}|{ordinals.title()})"
    return _Words(
        head=re.compile(
            rf"(?<![\w'-])(?:{number}\s+)?(?P<head>{heads}|(?<=\s)(?:{heads.lower()}))(?=\s|\s*\")"
        ),
        edition=re.compile(
            rf"(?<!\w){number}\s+édition\s+(?:de la\s+|de l'|des\s+|du\s+|de\s+|d')?(?P<name>\"[^\"\n]{{2,60}}\"|[A-ZÀ-ÖØ-Þa-zà-ÿ][\w'-]*)"
        ),
        common=frozenset(data["common"]),
        not_events=re.compile(data["not_events"]),
        ordinals=data["ordinals"],
    )


def events(
    view: View, dates: Sequence[Date], places: Sequence[Place], awards: Sequence[AwardMention]
) -> list[Event]:
    """Events that the text names, each once, where it is first named; offsets into `view.text`."""
    found: dict[str, Event] = {}
    for start, end, name, ordinal in _names(view):
        if any(start < award.end and award.start < end for award in awards):
            continue
        known = fold(name)
        first, last = _days(view, start, end, dates)
        host = _host(view, start, end, places)
        previous = found.get(known)
        if previous is None:
            found[known] = Event(
                name=name, ordinal=ordinal, first_day=first, last_day=last, place=host, start=start, end=end,
                text=view.text[start:end],
            )  # fmt: skip
            continue
        found[known] = Event(
            name=previous.name,
            ordinal=previous.ordinal or ordinal,
            first_day=previous.first_day or first,
            last_day=previous.last_day or last,
            place=previous.place or host,
            start=previous.start,
            end=previous.end,
            text=previous.text,
        )
    return list(found.values())


def _names(view: View) -> list[tuple[int, int, str, int | None]]:
    """Spans, names and ordinals of events in order."""
    words, text = _words(), view.text
    result: list[tuple[int, int, str, int | None]] = []
    taken = 0
    for match in words.edition.finditer(text):
        start = match.start("name")
        end = match.end() if match["name"].startswith('"') else name_end(text, start - 1, False)[0]
        name = text[start:end].strip('" ')
        if len(name) > 3 and not words.not_events.match(name):
            result.append(
                (match.start(), max(end, match.end()), name[0].upper() + name[1:], _ordinal(match["ordinal"]))
            )
    for match in words.head.finditer(text):
        start = match.start("head")
        if match.start() < taken or any(s <= start < e for s, e, _, _ in result):
            continue
        head, ordinal = match["head"], match["ordinal"]
        if head[0].islower() and not ordinal:
            continue
        quoted = re.compile(r"\s*\"([^\"\n]{2,60})\"").match(text, match.end())
        end, capitals = (quoted.end(), 1) if quoted else name_end(text, match.end(), False)
        name = re.sub(r"\s+", " ", text[start:end]).strip(' "')
        name = re.sub(r"\s(?:19|20)\d\d$", "", name).replace('"', "")
        begins = view.sentence_at(start)[0] == start
        if name == head or words.not_events.match(name):
            continue
        if not ordinal and (
            (not capitals and (head in words.common or begins))
            or (head in words.common and begins and capitals < 2)
        ):
            continue
        taken = end
        result.append(
            (match.start(), end, name[0].upper() + name[1:], _ordinal(ordinal) if ordinal else None)
        )
    return sorted(result)


def _ordinal(written: str) -> int | None:
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else _words().ordinals.get(written.lower())


def _days(view: View, start: int, end: int, dates: Sequence[Date]) -> tuple[date | None, date | None]:
    """Days of the event: the nearest placed date of its sentence, else of the next one."""
    index = view.sentence_index(start)
    for number in (index, index + 1):
        if number >= len(view.sentences):
            break
        first, last = view.sentences[number]
        near = [
            found
            for found in dates
            if first <= found.start < last
            and found.first_day
            and found.last_day
            and (found.last_day - found.first_day).days <= _LONGEST
        ]
        if near:
            best = min(
                near,
                key=lambda found: max(0, found.start - end) if found.start >= end else 20 + start - found.end,
            )
            return best.first_day, best.last_day
    return None, None


def _host(view: View, start: int, end: int, places: Sequence[Place]) -> Collectivity | None:
    first, last = view.sentence_at(start)
    for place in places:
        if (
            end <= place.start < last
            and place.start - end < 120
            and _HOST.search(view.folded[max(first, place.start - 6) : place.start])
        ):
            return Collectivity(kind=place.kind, code=place.code, name=place.name)
    return None
