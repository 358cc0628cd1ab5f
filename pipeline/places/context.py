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

_WORD = re.compile(r"[a-z0-9]+\.?(?:-[a-z0-9]+)*")
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
        """The head and link that end `before`, whose words are `words`; None when there are none."""
        return None if self.first.isdisjoint(words) else self.pattern.search(before)


def words_of(before: str) -> list[str]:
    """The words of a folded text, as `Before.search` wants them."""
    return _WORD.findall(before)


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
                compiled["demonym"] = re.compile(rf"(?:ville|cité|commune) (?:{value})")
        elif isinstance(value, str):
            compiled[name] = re.compile(value)
        elif name == "abroad":
            compiled[name] = {
                key(town.split(" (")[0]): town.split(" (")[0] for town in value if "(" not in town
            }
        elif name != "before":
            compiled[name] = frozenset(map(fold, map(str, value)))
    return compiled


@cache
def _data() -> dict[str, Any]:
    source = (resources.files(__package__) / "data" / "context.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return data
