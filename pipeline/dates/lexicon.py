"""The words, feasts, forms and shields of the room, read once from `data/` and checked on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml


class LexiconError(ValueError):
    """A data file of the room that cannot be used; the message names the file and the entry."""


class Feast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public holiday or observance and the rule that gives its first day."""

    names: list[str]
    day: tuple[int, int] | None = None
    easter: int | None = None
    nth: tuple[int, int, int] | None = None
    days: int = 1
    unless_pentecost: bool = False


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One written form: the words that set it going, its pattern, the reader that gives it sense."""

    first: tuple[str, ...]
    means: str
    like: str


class Shield(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What looks like a date and is none: the words that it begins with, its pattern."""

    first: tuple[str, ...]
    like: str


class Shields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that looks like a date and is none."""

    names_with_year: list[str]
    named_after_dates: str
    patterns: list[Shield]
    #: patterns that no text without a mark can hold, by that mark
    marked: dict[str, list[str]]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: dict[int, list[str]]
    weekdays: dict[int, list[str]]
    seasons: dict[str, list[str]]
    season_starts: dict[str, tuple[int, int]]
    day_parts: dict[str, list[str]]
    units: dict[str, list[str]]
    numbers: dict[int, list[str]]
    ordinals: dict[int, list[str]]
    day_words: dict[int, list[str]]
    next_day_words: dict[int, list[str]]
    deixis: dict[str, list[str]]
    parts: dict[str, list[str]]
    comparators: dict[str, list[str]]
    measures: dict[str, list[str]]
    vague: dict[str, list[str]]
    follow: str
    year_heads: str
    number_heads: str
    quantity_heads: list[str]
    stamps: list[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything that the forms speak of; tables go from the word to its value."""

    months: dict[str, int]
    months_in_full: frozenset[str]
    #: full name of each month by its number
    month_names: dict[int, str]
    weekdays: dict[str, int]
    weekdays_in_full: frozenset[str]
    seasons: dict[str, str]
    season_starts: dict[str, tuple[int, int]]
    day_parts: dict[str, str]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    day_words: dict[str, int]
    next_day_words: dict[str, int]
    deixis: dict[str, str]
    measures: dict[str, str]
    vague: dict[str, str]
    #: what stands before a date, by its meaning
    parts: dict[str, list[str]]
    comparators: dict[str, list[str]]
    follow: frozenset[str]
    year_heads: frozenset[str]
    number_heads: frozenset[str]
    quantity_heads: tuple[str, ...]
    stamps: tuple[str, ...]
    feasts: dict[str, Feast]
    feast_of: dict[str, str]
    forms: tuple[Form, ...]
    shields: Shields


def _load(name: str, kind: Any) -> Any:
    path = resources.files("pipeline.dates") / "data" / name
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return msgspec.convert(yaml.load(path.read_text(encoding="utf-8"), Loader=loader), kind)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise LexiconError(f"pipeline/dates/data/{name}: {error}; correct the entry that it names") from error


def _turned(table: dict[Any, list[str]], name: str) -> dict[str, Any]:
    """The table from word to value; a word that has two values is an error in the data."""
    turned: dict[str, Any] = {}
    for value, words in table.items():
        for word in words:
            if word in turned:
                raise LexiconError(f"pipeline/dates/data/{name}: {word!r} stands twice; keep one")
            turned[word] = value
    return turned


@cache
def lexicon() -> Lexicon:
    """The lexicon, loaded at the first call.  Raises `LexiconError` when a data file is wrong."""
    words: _Words = _load("words.yaml", _Words)
    feasts: dict[str, Feast] = _load("holidays.yaml", dict[str, Feast])
    turned = {
        name: _turned(getattr(words, name), "words.yaml")
        for name in ("months", "weekdays", "seasons", "day_parts", "units", "numbers", "ordinals", "day_words",
                     "next_day_words", "deixis", "measures", "vague")
    }  # fmt: skip
    return Lexicon(
        **turned,
        months_in_full=frozenset(forms[0] for forms in words.months.values()),
        month_names={number: forms[0] for number, forms in words.months.items()},
        weekdays_in_full=frozenset(forms[0] for forms in words.weekdays.values()),
        season_starts=words.season_starts,
        parts=words.parts,
        comparators=words.comparators,
        follow=frozenset(words.follow.split()),
        year_heads=frozenset(words.year_heads.split()),
        number_heads=frozenset(words.number_heads.split()),
        quantity_heads=tuple(words.quantity_heads),
        stamps=tuple(words.stamps),
        feasts=feasts,
        feast_of=_turned({key: feast.names for key, feast in feasts.items()}, "holidays.yaml"),
        forms=tuple(_load("forms.yaml", list[Form])),
        shields=_load("shields.yaml", Shields),
    )
