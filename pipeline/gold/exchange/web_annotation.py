"""W3C Web Annotation (JSON-LD): a collection with a page for each release and an annotation for each mark.

A target has a TextPositionSelector and a TextQuoteSelector with some context, so that a mark is found again in a text
that has moved.  Bodies are tags (the layer and the kind, purpose ``tagging``) and the fields of the fact as JSON
(purpose ``describing``).  The first annotation of a page has the whole text as its body, and facts without a place.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.gold.exchange.parts import LAYERS, ExchangeError, Mark, Parts, put_together, take_apart
from pipeline.gold.format import GoldRelease

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_LENGTH = 32  # characters before and after a quotation


def dump(releases: Iterable[GoldRelease]) -> bytes:
    """The releases as one AnnotationCollection, its pages in order."""
    pages = [_page(take_apart(gold)) for gold in releases]
    # a list of pages is not of the vocabulary, a chain of embedded ones is unreadable: a graph holds them side by side
    for page, following in itertools.pairwise(pages):
        page["next"] = following["id"]
    collection: dict[str, Any] = {
        "id": "urn:beffroi:corpus",
        "type": "AnnotationCollection",
        "label": "beffroi corpus",
        "total": sum(len(page["items"]) for page in pages),
    }
    if pages:
        collection |= {"first": pages[0]["id"], "last": pages[-1]["id"]}
    told = {"@context": CONTEXT, "@graph": [collection, *pages]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _page(parts: Parts) -> dict[str, Any]:
    source = f"urn:beffroi:release:{parts.id}"
    whole = {
        "id": f"{source}:text",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": parts.text, "format": "text/plain", "language": "fr"},
            _json(parts.head),
        ],
        "target": source,
    }
    items = [whole, *(_annotation(mark, parts.text, source) for mark in parts.marks)]
    return {"id": f"{source}:page", "type": "AnnotationPage", "partOf": "urn:beffroi:corpus", "items": items}


def _annotation(mark: Mark, text: str, source: str) -> dict[str, Any]:
    return {
        "id": f"{source}:{mark.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mark.layer},
            {"type": "TextualBody", "purpose": "classifying", "value": mark.label},
            _json(mark.facts),
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[mark.start : mark.end],
                    "prefix": text[max(0, mark.start - _CONTEXT_LENGTH) : mark.start],
                    "suffix": text[mark.end : mark.end + _CONTEXT_LENGTH],
                },
            ],
        },
    }


def _json(told: dict[str, Any]) -> dict[str, Any]:
    value = json.dumps(told, ensure_ascii=False)
    return {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value}


def load(content: bytes) -> Sequence[GoldRelease]:
    """The releases of such a collection.  Raises `ExchangeError`."""
    try:
        graph = json.loads(content)["@graph"]
        return [put_together(_parts(page)) for page in graph if page["type"] == "AnnotationPage"]
    except (KeyError, IndexError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ExchangeError(f"no collection of annotations of ours: {error!r}") from error


def _parts(page: dict[str, Any]) -> Parts:
    whole, *items = page["items"]
    text = whole["body"][0]["value"]
    source = whole["target"]
    marks = []
    for item in items:
        bodies = {body["purpose"]: body["value"] for body in item["body"]}
        if bodies["tagging"] not in LAYERS:
            raise ExchangeError(f"{item['id']}: {bodies['tagging']!r} is none of {', '.join(LAYERS)}")
        start, end = _found(text, {one["type"]: one for one in item["target"]["selector"]}, item["id"])
        name = item["id"].removeprefix(f"{source}:")
        facts = json.loads(bodies["describing"])
        marks.append(Mark(name, bodies["tagging"], bodies["classifying"], start, end, facts))
    head = json.loads(whole["body"][1]["value"])
    return Parts(source.removeprefix("urn:beffroi:release:"), text, tuple(marks), head)


def _found(text: str, selectors: dict[str, Any], name: str) -> tuple[int, int]:
    """Where a target lies: its position, unless its quotation stands elsewhere."""
    quote = selectors["TextQuoteSelector"]
    position = selectors.get("TextPositionSelector", {"start": 0, "end": 0})
    start, end = position["start"], position["end"]
    if text[start:end] == quote["exact"] and "TextPositionSelector" in selectors:
        return start, end
    prefix = quote.get("prefix", "")
    at = text.find(prefix + quote["exact"] + quote.get("suffix", ""))
    if at < 0:
        raise ExchangeError(f"{name}: the text does not hold {quote['exact']!r} where it should")
    return at + len(prefix), at + len(prefix) + len(quote["exact"])
