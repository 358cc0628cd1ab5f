"""The words of quantities, compiled from the data files once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, cast

import yaml

from pipeline.dates.openings import tree
from pipeline.model import Comparator, Indicator


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns over folded text."""

    words: dict[str, int]
    multipliers: dict[str, int]
    magnitudes: dict[str, int]
    approximate: dict[str, int]
    fractions: dict[str, float]
    suffixes: dict[str, int]
    before: re.Pattern[str]
    before_signs: dict[str, Comparator]
    behind: re.Pattern[str]
    behind_signs: dict[str, Comparator]
    measures: re.Pattern[str]
    measure_codes: tuple[tuple[str, Indicator | None], ...]
    nouns: dict[Indicator, re.Pattern[str]]
    money: dict[Indicator, re.Pattern[str]]
    around: dict[Indicator, re.Pattern[str]]
    platforms: dict[str, re.Pattern[str]]
    not_before: re.Pattern[str]
    addresses: re.Pattern[str]
    not_behind: re.Pattern[str]
    adjectives: re.Pattern[str]
    no_nouns: re.Pattern[str]
    compound_nouns: re.Pattern[str]
    watched: re.Pattern[str]
    nobody_nouns: re.Pattern[str]
    never_nouns: re.Pattern[str]
    invariables: re.Pattern[str]
    participle_nouns: re.Pattern[str]
    never_heads: re.Pattern[str]
    nobody_before: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The compiled words (``data/numbers.yaml``, ``data/units.yaml``)."""
    numbers, units = _yaml("numbers.yaml"), _yaml("units.yaml")
    before, before_signs = _comparators(numbers["comparators_before"])
    behind, behind_signs = _comparators(numbers["comparators_behind"])
    measures = [(entry["code"], entry["indicator"], entry["forms"]) for entry in units["measures"]]
    return Lexicon(
        words={**numbers["units"]},
        multipliers=numbers["multipliers"],
        magnitudes=numbers["magnitudes"],
        approximate=numbers["approximate"],
        fractions=numbers["fractions"],
        suffixes=numbers["suffixes"],
        before=re.compile(rf"(?<!\w)(?P<words>{before})\s*(?:les |le |la |l'|des |de |d'|un |une )?$"),
        before_signs=before_signs,
        behind=re.compile(rf"\s*(?P<words>{behind})(?!\w)"),
        behind_signs=behind_signs,
        measures=re.compile(
            r"\s?(?:"
            + "|".join(
                f"(?P<u{number}>(?:{'|'.join(sorted(forms, key=len, reverse=True))}))(?!\\w)"
                for number, (_, _, forms) in enumerate(measures)
            )
            + ")"
        ),
        measure_codes=tuple((code, cast("Indicator | None", indicator)) for code, indicator, _ in measures),
        nouns=_patterns(units["nouns"], whole=True),
        money=_patterns(units["money"]),
        around=_patterns(units["words"]),
        platforms=_patterns(units["platforms"]),
        not_before=re.compile(units["not_before"]),
        addresses=re.compile(units["addresses"]),
        not_behind=re.compile(units["not_behind"]),
        adjectives=re.compile(rf"(?:{units['adjectives']})$"),
        no_nouns=re.compile(rf"(?:{units['no_nouns']})$"),
        compound_nouns=re.compile(rf"\s(?P<noun>{units['compound_nouns']})(?!\w)"),
        watched=re.compile(r"(?<!\w)" + units["watched"]),
        nobody_nouns=re.compile(units["nobody_nouns"]),
        never_nouns=re.compile(units["never_nouns"]),
        invariables=re.compile(units["invariables"]),
        participle_nouns=re.compile(units["participle_nouns"]),
        never_heads=re.compile(units["never_heads"]),
        nobody_before=re.compile(rf"(?<!\w){units['nobody_before']}"),
    )


@dataclass(frozen=True, slots=True)
class Cues:
    """Cues of whose figure it is (``data/holder.yaml``): whole words, beginnings, rows of words."""

    words: dict[str, tuple[str, ...]]
    beginnings: dict[str, tuple[str, ...]]
    #: The first word of a row, with what follows it and the class.
    longer: dict[str, tuple[tuple[str, str], ...]]


_SHORTEST = 3  # letters of the shortest beginning ("bus*")


@lru_cache(maxsize=16384)
def cue_of(word: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The classes of cues of one folded word, and the rows that it opens: what follows, with the class."""
    known = cues()
    found = list(known.words.get(word, ()))
    for length in range(_SHORTEST, len(word) + 1):
        found.extend(known.beginnings.get(word[:length], ()))
    return tuple(found), known.longer.get(word, ())


@lru_cache(maxsize=16384)
def noun_indicator(noun: str) -> Indicator | None:
    """What a folded counted noun measures; None for one that the data file does not list."""
    return next((name for name, pattern in lexicon().nouns.items() if pattern.fullmatch(noun)), None)


@cache
def cues() -> Cues:
    """The cues of holders, by their words."""
    data = _yaml("holder.yaml")
    words: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    longer: dict[str, tuple[tuple[str, str], ...]] = {}
    for kind, entries in data.items():
        for entry in entries:
            first, _, rest = entry.partition(" ")
            if rest:
                longer[first] = (*longer.get(first, ()), (f" {rest}", kind))
            elif first.endswith("*"):
                beginnings[first[:-1]] = (*beginnings.get(first[:-1], ()), kind)
            else:
                words[first] = (*words.get(first, ()), kind)
    return Cues(words, beginnings, longer)


def _comparators(data: dict[str, list[str]]) -> tuple[str, dict[str, Comparator]]:
    signs = {words: cast(Comparator, sign) for sign, forms in data.items() for words in forms}
    return tree(signs), signs


def _patterns(data: dict[str, str], *, whole: bool = False) -> dict[Any, re.Pattern[str]]:
    end = "$" if whole else r"(?!\w)"
    start = "" if whole else r"(?<!\w)"
    return {name: re.compile(f"{start}(?:{pattern}){end}") for name, pattern in data.items()}


def _yaml(name: str) -> Any:
    source = (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
    return yaml.load(source, Loader=yaml.CSafeLoader)
