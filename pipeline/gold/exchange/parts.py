"""An annotated release taken apart into text, marks and a head, as every exchange format needs it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from pipeline.gold.format import GoldRelease, told_beside
from pipeline.model import Record

LAYERS = ("places", "dates", "quantities", "distinctions", "events")


class ExchangeError(ValueError):
    """A file that does not hold annotated releases as it should; the message says where and what is wrong."""


class Mark(NamedTuple):
    """Words that bear a fact.  Offsets count code points; `facts` are the fields of the record but for them.

    A mark of the layer ``distinctions`` is a quotation: its `facts` hold the number of the distinction (``of``).
    """

    id: str
    layer: str
    label: str
    start: int
    end: int
    facts: dict[str, Any]


class Parts(NamedTuple):
    """A release: its name, its text, its marks, and all that stands in no place of the text."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    head: dict[str, Any]


def take_apart(gold: GoldRelease) -> Parts:
    """The parts of a release; `put_together` is the inverse."""
    told = msgspec.to_builtins(gold.record)
    release = told.pop("release")
    text = release.pop("text")
    marks: list[Mark] = []
    for layer in ("places", "dates", "quantities", "events"):
        marks.extend(_mark(layer, number, fact) for number, fact in enumerate(told.pop(layer)))
    for number, fact in enumerate(told["distinctions"]):
        quotes = fact.pop("evidence")
        marks.extend(
            _mark("distinctions", f"{number}.{which}", {"status": fact["status"], "of": number, **quote})
            for which, quote in enumerate(quotes)
        )
    return Parts(gold.id, text, tuple(marks), {**told, "release": release, "about": gold.about})


def put_together(parts: Parts) -> GoldRelease:
    """The release of its parts.  Raises `ExchangeError` when they do not make one."""
    told = {name: value for name, value in parts.head.items() if name != "about"}
    told["release"] = {"id": parts.id, "source": parts.id, **told.get("release", {}), "text": parts.text}
    told["distinctions"] = [{**one, "evidence": []} for one in told.get("distinctions", ())]
    told |= {layer: [] for layer in LAYERS if layer != "distinctions"}
    for mark in parts.marks:
        at = {"start": mark.start, "end": mark.end, "text": parts.text[mark.start : mark.end]}
        if not 0 <= mark.start <= mark.end <= len(parts.text):
            raise ExchangeError(f"{parts.id}: mark {mark.id} lies outside the text")
        if mark.layer == "distinctions":
            quote = {name: value for name, value in mark.facts.items() if name not in ("of", "status")}
            try:
                told["distinctions"][mark.facts["of"]]["evidence"].append({**quote, **at})
            except (KeyError, IndexError, TypeError):
                raise ExchangeError(f"{parts.id}: mark {mark.id} is of no distinction") from None
        elif mark.layer in LAYERS:
            told[mark.layer].append({**mark.facts, **at})
        else:
            raise ExchangeError(f"{parts.id}: {mark.layer!r} is none of {', '.join(LAYERS)}")
    try:
        record = msgspec.convert(told, Record)
    except msgspec.ValidationError as error:
        raise ExchangeError(f"{parts.id}: {error}") from error
    day, issuer = told_beside(record.release)
    return GoldRelease(parts.id, record, parts.head.get("about"), day, issuer)


def outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Marks of places, dates and quantities of which none lies in or crosses another, in order of the text."""
    kept: list[Mark] = []
    spans = [
        mark for mark in marks if mark.layer in ("places", "dates", "quantities") and mark.end > mark.start
    ]
    for mark in sorted(spans, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _mark(layer: str, number: int | str, fact: dict[str, Any]) -> Mark:
    facts = {name: value for name, value in fact.items() if name not in ("start", "end", "text")}
    label = {
        "places": facts.get("kind"),
        "dates": facts.get("timex", {}).get("type"),
        "quantities": facts.get("indicator"),
        "distinctions": facts.get("status"),
        "events": "event",
    }[layer]
    return Mark(f"{layer}-{number}", layer, str(label), fact["start"], fact["end"], facts)
