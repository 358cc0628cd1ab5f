"""Label Studio's JSON: a task for each release, with one annotation.

Marks are regions of type ``labels``; the fields of a fact stand as JSON in the region's note (``meta.text``), the
announcement type is a choice, and a relation leads from each quotation of a distinction to the places of its
recipient.  Facts that stand nowhere in the text are in the task's ``data.head``.  `CONFIG` is the labelling interface
to go with it.  Offsets count code points; a region's ``text`` settles them where a browser counts otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pipeline.gold.exchange.parts import LAYERS, ExchangeError, Mark, Parts, put_together, take_apart
from pipeline.gold.format import GoldRelease
from pipeline.model import AnnouncementType

CONFIG = "\n".join(
    [
        "<View>",
        '  <Choices name="type" toName="text" choice="single">',
        *(f'    <Choice value="{kind}"/>' for kind in get_args(AnnouncementType)),
        "  </Choices>",
        '  <Labels name="facts" toName="text">',
        *(f'    <Label value="{layer}"/>' for layer in LAYERS),
        "  </Labels>",
        '  <Relations><Relation value="recipient"/></Relations>',
        '  <Text name="text" value="$text"/>',
        "</View>",
        "",
    ]
)


def dump(releases: Iterable[GoldRelease]) -> bytes:
    """The releases as a JSON list of tasks."""
    tasks = [_task(number, take_apart(gold)) for number, gold in enumerate(releases, 1)]
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode() + b"\n"


def _task(number: int, parts: Parts) -> dict[str, Any]:
    head = {name: value for name, value in parts.head.items() if name != "announcement"}
    choice = {
        "id": "type",
        "from_name": "type",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": [parts.head["announcement"]["type"]]},
    }
    regions = [_region(mark, parts.text) for mark in parts.marks]
    result = [choice, *regions, *_relations(parts)]
    return {
        "id": number,
        "data": {"id": parts.id, "text": parts.text, "head": head},
        "annotations": [{"id": number, "result": result}],
    }


def _region(mark: Mark, text: str) -> dict[str, Any]:
    return {
        "id": mark.id,
        "from_name": "facts",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": mark.start,
            "end": mark.end,
            "text": text[mark.start : mark.end],
            "labels": [mark.layer],
        },
        "meta": {"text": [json.dumps(mark.facts, ensure_ascii=False)]},
    }


def _relations(parts: Parts) -> Iterator[dict[str, Any]]:
    for quote in parts.marks:
        if quote.layer != "distinctions":
            continue
        code = parts.head["distinctions"][quote.facts["of"]]["recipient"]["code"]
        for place in parts.marks:
            inside = quote.start <= place.start and place.end <= quote.end
            if place.layer == "places" and code and place.facts["code"] == code and inside:
                yield {
                    "type": "relation",
                    "from_id": quote.id,
                    "to_id": place.id,
                    "direction": "right",
                    "labels": ["recipient"],
                }


def load(content: bytes) -> Sequence[GoldRelease]:
    """The releases of an export (its first annotation that was not cancelled).  Raises `ExchangeError`."""
    try:
        return [put_together(_parts(task)) for task in json.loads(content)]
    except (KeyError, IndexError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ExchangeError(f"no JSON export of Label Studio of ours: {error!r}") from error


def _parts(task: dict[str, Any]) -> Parts:
    data = task["data"]
    text = data["text"]
    answer = next(one for one in task["annotations"] if not one.get("was_cancelled"))
    marks = []
    head = dict(data.get("head") or {})
    for item in answer["result"]:
        if item["type"] == "choices":
            head["announcement"] = {"type": item["value"]["choices"][0]}
        elif item["type"] == "labels":
            value = item["value"]
            start, end = value["start"], value["end"]
            if value.get("text", text[start:end]) != text[start:end]:
                raise ExchangeError(f"{data['id']}: region {item['id']} does not hold {value['text']!r}")
            layer = value["labels"][0]
            notes = item.get("meta", {}).get("text") or []
            if not notes:
                raise ExchangeError(
                    f"{data['id']}: region {item['id']} ({text[start:end]!r}) has no note with its facts"
                )
            marks.append(Mark(item["id"], layer, layer, start, end, json.loads(notes[0])))
    return Parts(data["id"], text, tuple(marks), head)
