"""A record as an annotated release: the inverse of `pipeline.gold.format`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from pipeline.gold.format import days
from pipeline.model import Collectivity, Date, Distinction, Event, Place, Quantity, Record

_RULE = re.compile(r"^---+[ \t]*$", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


def write_gold(record: Record, about: str | None = None) -> str:
    """The record in the corpus format; `pipeline.gold.parse_gold` reads it back.

    A line of dashes in the text becomes ``* * *``, which the format asks for.  A mark that crosses another
    without lying in it is left out, since the format can only nest them; so is one that begins or ends
    with a space.
    """
    text = _RULE.sub("* * *", record.release.text)
    if len(text) != len(record.release.text):
        record = _without_offsets(record)
    parts = ["", _yaml(_head(record, about)), _marked(record, text) + "\n", _yaml(_facts(record))]
    return "---\n".join(part for part in parts if part or part == "")


def _without_offsets(record: Record) -> Record:
    import msgspec

    return msgspec.structs.replace(record, places=(), dates=(), quantities=())


def _yaml(mapping: dict[str, Any]) -> str:
    return yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False, width=1000) if mapping else ""


def _head(record: Record, about: str | None) -> dict[str, Any]:
    release = record.release
    head: dict[str, Any] = {"type": record.announcement.type}
    if release.title and release.title not in release.text:
        head["title"] = release.title
    if release.published.date:
        head |= {"published": release.published.date, "published_by": release.published.method or "given"}
    issuer = release.issuer
    if issuer.kind and (issuer.code or issuer.name):
        head["issuer"] = f"{issuer.kind} {issuer.code or issuer.name}"
        head["issuer_by"] = issuer.method or "text"
    return head | ({"about": about} if about else {})


def _marked(record: Record, text: str) -> str:
    kept: list[tuple[int, int, str]] = []
    facts: list[Place | Date | Quantity] = [*record.places, *record.dates, *record.quantities]
    for fact in sorted(facts, key=lambda fact: (fact.start, -fact.end)):
        surface = text[fact.start : fact.end]
        crosses = any(start < fact.start < end < fact.end for start, end, _ in kept)
        if surface and surface == surface.strip() and not crosses:
            kept.append((fact.start, fact.end, _label(fact)))
    opening = [start for start, _, _ in kept]
    closing: dict[int, list[str]] = {}
    for _, end, label in reversed(kept):  # the innermost, which began last, closes first
        closing.setdefault(end, []).append(label)
    written: list[str] = []
    for position in range(len(text) + 1):
        written.extend(f"]{{{label}}}" for label in closing.get(position, ()))
        while opening and opening[0] == position:
            written.append("[")
            opening.pop(0)
        written.append(_BRACKET.sub(r"\\\g<0>", text[position : position + 1]))
    return "".join(written)


def _label(fact: Place | Date | Quantity) -> str:
    if isinstance(fact, Place):
        return f"{fact.kind} {fact.code}" if fact.code else "other"
    if isinstance(fact, Date):
        label = f"date {_days(fact.first_day, fact.last_day)}"
        if fact.timex.type != "DATE":
            label += f" {fact.timex.type}"
        named = {"value": fact.timex.value, "mod": fact.timex.mod}
        return label + "".join(f" {name}={value}" for name, value in named.items() if value)
    named = {
        "max": None if fact.value_max is None else f"{fact.value_max:.12g}",
        "unit": fact.unit,
        "cmp": None if fact.comparator == "=" else fact.comparator,
        "ind": fact.indicator,
        "holder": fact.holder,
        "platform": fact.platform,
    }
    told = (f" {name}={_word(value)}" for name, value in named.items() if value is not None)
    return f"qty {fact.value:.12g}" + "".join(told)


def _word(value: str) -> str:
    return value.replace(" ", "_").replace("}", "")


def _days(first: date | None, last: date | None) -> str:
    """Days as the format writes them, as short as they can be: "2024", "2024-09", "2024-09-03", a range."""
    if first is None or last is None:
        return "-"
    for written in (str(first.year), f"{first:%Y-%m}", first.isoformat()):
        if days(written) == (first, last):
            return written
    return f"{first.isoformat()}/{last.isoformat()}"


def _facts(record: Record) -> dict[str, Any]:
    told = {
        "distinctions": [dict(_distinction(one)) for one in record.distinctions],
        "events": [dict(_event(event)) for event in record.events],
    }
    return {name: facts for name, facts in told.items() if facts}


def _distinction(one: Distinction) -> Iterator[tuple[str, Any]]:
    yield "to", _collectivity(one.recipient)
    yield ("award", one.award.id) if one.award.id else ("award_name", one.award.name)
    for name in ("edition", "category", "level", "status", "organiser", "object"):
        if (value := getattr(one, name)) is not None:
            yield name, value
    if one.decided:
        yield "decided", _days(one.decided.first_day, one.decided.last_day)
    if quotes := [said.text for said in one.evidence if said.text]:
        yield "quote", quotes[0] if len(quotes) == 1 else quotes


def _event(event: Event) -> Iterator[tuple[str, Any]]:
    yield "name", event.name
    if event.ordinal is not None:
        yield "ordinal", event.ordinal
    if event.first_day:
        yield "days", _days(event.first_day, event.last_day)
    if event.place:
        yield "place", _collectivity(event.place)
    yield "at", event.text


def _collectivity(one: Collectivity) -> str:
    return f"{one.kind} {one.code or one.name}"
