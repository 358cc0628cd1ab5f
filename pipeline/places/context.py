"""The words around names (``data/context.yaml``), compiled once a process."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from pipeline.places.gazetteer import key
from pipeline.text import fold

_WORD = re.compile(r"[a-z0-9]++\.?+(?:-[a-z0-9]++)*+")
#: Characters before a name that are read.
WINDOW = 56


@dataclass(frozen=True, slots=True)
class Before:
    """Heads and the link that lead up to a name: "conseil municipal" + "de".

    Most names have none of the heads before them; looking their first words up in a set is many
    times cheaper than trying each of them at each word.
    """

    first: frozenset[str]
    pattern: re.Pattern[str]

    def search(self, before: str, words: Collection[str]) -> re.Match[str] | None:
        """The head and link that end `before`, `words` being its `heads_in`; None when there are none."""
        return self.pattern.search(before) if words and not self.first.isdisjoint(words) else None


def heads_in(before: str) -> frozenset[str]:
    """Those words of a folded text with which a head begins, as `Before.search` wants them."""
    return _first_words().intersection(_WORD.findall(before))


@cache
def _first_words() -> frozenset[str]:
    return frozenset().union(*(before(name).first for name in _data()["before"]))


@cache
def before(name: str) -> Before:
    """The compiled heads of one name under ``before`` ("sure", "never", "person" …)."""
    told = _data()["before"][name]
    heads = sorted(told["heads"], key=len, reverse=True)
    return Before(
        first=frozenset(_WORD.match(head)[0] for head in heads),  # type: ignore[index]  # no head is empty
        pattern=re.compile(rf"(?<!\w)(?P<head>{'|'.join(map(re.escape, heads))}){told['link']}"),
    )


@cache
def context() -> dict[str, Any]:
    """The compiled patterns and sets of words beside those of `before`."""
    compiled: dict[str, Any] = {}
    for name, value in _data().items():
        if name in ("countries", "demonyms"):
            compiled[name] = value.split("|") if name == "countries" else value
            if name == "demonyms":
                compiled["demonym"] = re.compile(
                    rf"(?:ville|cité|commune|amie?s|voisins|collègues) (?:{value})"
                )
        elif isinstance(value, str):
            compiled[name] = re.compile(value)
        elif name == "abroad":
            compiled[name] = {
                key(town.split(" (")[0]): town.split(" (")[0] for town in value if "(" not in town
            }
        elif name != "before":
            compiled[name] = frozenset(map(fold, map(str, value)))
    #: How many words the longest town abroad has that begins with a word.
    compiled["abroad_longest"] = {}
    for town in compiled["abroad"]:
        first, count = town.split(" ", 1)[0], town.count(" ") + 1
        compiled["abroad_longest"][first] = max(count, compiled["abroad_longest"].get(first, 0))
    return compiled


@cache
def _data() -> dict[str, Any]:
    source = (resources.files(__package__) / "data" / "context.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return data
