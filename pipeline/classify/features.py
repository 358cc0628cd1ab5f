"""What the classifier of announcement types sees of a release: words of its text, facts of its record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Protocol

import yaml

from pipeline.model import Date, Distinction, Event, Place, Published, Quantity
from pipeline.text import View

_WORD = re.compile(r"(?<!\w)[a-zœæ]{2,}(?!\w)")
_IMPERATIVE = re.compile(r"(?<!\w)(?!nous|vous)\w{3,}ez(?!\w)")
_WE = re.compile(r"(?<!\w)(?:nous|notre|nos|je)(?!\w)")
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


# Lines of a letterhead: who and when, not what.
_LETTERHEAD = re.compile(
    r"(?:mairie|ville|commune|communique|publie|le \d|agglomeration|metropole|departement|service|cabinet|contact|"
    r"(?:[\w' -]+,? )?(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)? ?\d{1,2}(?:er)? \w+ \d{4})"
)


def opening_of(folded: str) -> str:
    """Title and lead: the first words of a folded text behind its letterhead."""
    kept: list[str] = []
    for line in folded.split("\n"):
        words = line.strip()
        if not words or (len(words) < 70 and _LETTERHEAD.match(words) and len(words.split()) < 9):
            continue
        kept.append(words)
        if sum(map(len, kept)) > _FIRST_WORDS:
            break
    return " ".join(kept)[: 2 * _FIRST_WORDS]


@dataclass(frozen=True, slots=True)
class Seen:
    """A release as the classifier sees it: its words, those of title and lead, and facts of its record."""

    words: tuple[str, ...]
    opening: tuple[str, ...]
    facts: dict[str, float]


@cache
def _linking() -> frozenset[str]:
    """Words that only link others (spaCy's list for French, folded)."""
    source = (resources.files(__package__) / "data" / "linking.txt").read_text(encoding="utf-8")
    return frozenset(source.split())


def content(said: Sequence[str]) -> list[str]:
    """The words that say what a release is for, in order: of three letters or more, and none that only links."""
    return [word for word in said if len(word) > 2 and word not in _linking()]


def seen_of(draft: Classified, *, facts: bool = True) -> Seen:
    """What the classifier sees of a release; without its `facts` for a model that looks at none."""
    folded = draft.view.folded
    told = facts_of(draft) if facts else {}
    return Seen(tuple(_WORD.findall(folded)), tuple(_WORD.findall(opening_of(folded))), told)


def facts_of(draft: Classified) -> dict[str, float]:
    """Numbers taken from the record and the text, each between 0 and about 1."""
    folded = draft.view.folded
    words = max(30, folded.count(" "))
    opening = opening_of(folded)
    title = opening[:90]
    features: dict[str, float] = {}
    for name, pattern in _cues().items():
        features[f"cue {name}"] = min(1.0, 12 * len(pattern.findall(folded)) / words)
        features[f"opening {name}"] = min(1.0, len(pattern.findall(opening)) / 3)
        features[f"title {name}"] = min(1.0, len(pattern.findall(title)) / 2)
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
    features["we"] = min(1.0, 20 * len(_WE.findall(folded)) / words)
    features["exclamations"] = min(1.0, folded.count("!") / 3)
    features["quotes"] = min(1.0, len(_QUOTE.findall(draft.view.text)) / 3)
    return features
