"""The words around names (``data/context.yaml``), compiled once a process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

from pipeline.places.gazetteer import key
from pipeline.text import fold

_WORD = re.compile(r"[a-z0-9]++\.?+(?:-[a-z0-9]++)*+")
#: Characters before a name that are read.
WINDOW = 56


_NONE: frozenset[str] = frozenset()


def heads_in(before: str) -> frozenset[str]:
    """The sorts of heads under ``before`` ("sure", "never" …) of which a folded text has a first word.

    Most names have none of the heads before them; looking words up in a set is many times cheaper than
    trying each head at each word.
    """
    sorts = _sorts()
    found = _NONE
    for word in _WORD.findall(before):
        if word in sorts:
            found = found | sorts[word] if found else sorts[word]
    return found


def leading(sort: str, before: str) -> re.Match[str] | None:
    """The head of this sort and the link that end a folded text: "conseil municipal" + "de"; None without."""
    return _heads()[sort].search(before)


@cache
def _heads() -> dict[str, re.Pattern[str]]:
    """The compiled heads with their links by sort."""
    return {
        sort: re.compile(rf"(?<!\w)(?P<head>{_any_of(told['heads'])}){told['link']}")
        for sort, told in _data()["before"].items()
    }


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first, by first letters: the engine tries each alternative in turn."""
    letters: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        letters.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in letters.items())


@cache
def _sorts() -> dict[str, frozenset[str]]:
    """The sorts of heads that begin with a word, by that word."""
    found: dict[str, set[str]] = {}
    for sort, told in _data()["before"].items():
        for head in told["heads"]:
            word = _WORD.match(head)
            if word is None:
                raise ValueError(f"context.yaml: the head {head!r} ({sort}) begins with no word")
            found.setdefault(word[0], set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


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
