"""What the classifier of announcement types sees of a release: words of its text, facts of its record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Protocol

import yaml

from pipeline.model import Date, Distinction, Event, Place, Published, Quantity
from pipeline.text import View

_IMPERATIVE = re.compile(r"(?<!\w)(?!nous|vous)\w{3,}ez(?!\w)")
_HOUR = re.compile(r"(?<!\w)\d{1,2}\s?h(?:\s?\d{2})?(?!\w)")
_QUOTE = re.compile(r"\"[^\"\n]{40,}\"")
_FIRST_WORDS = 220  # characters of the opening that count as title and lead


class Classified(Protocol):
    """What is asked of a release on its way through the stages (`pipeline.job.Draft` has it all)."""

    view: View
    published: Published
    dates: Sequence[Date]
    places: Sequence[Place]
    quantities: Sequence[Quantity]
    distinctions: Sequence[Distinction]
    events: Sequence[Event]


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    source = (resources.files(__package__) / "data" / "cues.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    return {name: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for name, words in data.items()}


def text_of(draft: Classified) -> str:
    """The folded text, its opening said twice: title and lead tell more than the rest."""
    folded = draft.view.folded
    return f"{folded[:_FIRST_WORDS]}\n{folded}"


def facts_of(draft: Classified) -> dict[str, float]:
    """Numbers taken from the record and the text, each between 0 and about 1."""
    folded = draft.view.folded
    words = max(30, folded.count(" "))
    opening = folded[:_FIRST_WORDS]
    features: dict[str, float] = {}
    for name, pattern in _cues().items():
        features[f"cue {name}"] = min(1.0, 12 * len(pattern.findall(folded)) / words)
        features[f"opening {name}"] = min(1.0, len(pattern.findall(opening)) / 3)
    day = draft.published.date or date.max
    placed = [found for found in draft.dates if found.first_day]
    features["dates to come"] = min(
        1.0, sum(found.first_day > day for found in placed if found.first_day) / 5
    )
    features["dates past"] = min(1.0, sum(found.first_day < day for found in placed if found.first_day) / 5)
    features["recurrences"] = min(1.0, sum(found.timex.type == "SET" for found in draft.dates) / 3)
    for status, count in Counter(one.status for one in draft.distinctions).items():
        features[f"status {status}"] = min(1.0, count / 2)
    first = min((one.evidence[0].start for one in draft.distinctions if one.evidence), default=10**6)
    features["distinction in opening"] = float(first < 400)
    features["no distinction"] = float(not draft.distinctions)
    for indicator, count in Counter(one.indicator for one in draft.quantities).items():
        features[f"indicator {indicator}"] = min(1.0, count / 4)
    features["events"] = min(1.0, len(draft.events) / 3)
    features["hours"] = min(1.0, len(_HOUR.findall(folded)) / 6)
    features["imperatives"] = min(1.0, len(_IMPERATIVE.findall(folded)) / 5)
    features["quotes"] = min(1.0, len(_QUOTE.findall(draft.view.text)) / 3)
    return features
