"""The words of the relation stage, compiled from its data files once a process.

`triggers.yaml` says which words assert which status, `cues.yaml` what takes an assertion back and
which common nouns stand for a collectivity, an award or a recipient that is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast, get_args

import yaml

from pipeline.model import Kind, Status

Voice = Literal["subject", "give", "salute", "object", "noun"]
# What is matched first where two rules begin at the same place.
_ORDER = ("lost", "renewed", "candidate", "nominated", "awarded")


class LexiconError(ValueError):
    """A data file of the relation stage is wrong; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One line of ``triggers.yaml``."""

    status: Status
    voice: Voice
    pattern: str
    weak: bool = False
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Whose:
    """Patterns that tell whose a distinction is, for folded text; ``cues.yaml`` says what each is for."""

    to_official: re.Pattern[str]
    not_ours: re.Pattern[str]
    many: re.Pattern[str]
    one_of_them: re.Pattern[str]
    goes_to: re.Pattern[str]
    gives: re.Pattern[str]
    given_by: re.Pattern[str]
    medium: re.Pattern[str]
    these: re.Pattern[str]
    wins: re.Pattern[str]
    ahead_of: re.Pattern[str]
    several: re.Pattern[str]
    not_one: re.Pattern[str]
    apposed: re.Pattern[str]
    ours: re.Pattern[str]
    these_are: re.Pattern[str]
    dignitary: re.Pattern[str]
    for_whom: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled patterns, all for folded text (`View.folded`)."""

    rules: tuple[TriggerRule, ...]
    triggers: re.Pattern[str]
    wish: re.Pattern[str]
    described: re.Pattern[str]
    asserted_infinitive: re.Pattern[str]
    verdict: re.Pattern[str]
    negation: re.Pattern[str]
    selves: re.Pattern[str]
    self_kinds: dict[str, Kind | None]
    anaphor: re.Pattern[str]
    head_of: re.Pattern[str]
    giver: re.Pattern[str]
    located: re.Pattern[str]
    co_recipients: re.Pattern[str]
    rivals: re.Pattern[str]
    other_heads: re.Pattern[str]
    kept_heads: re.Pattern[str]
    got_where: re.Pattern[str]
    no_strangers: frozenset[str]
    title: re.Pattern[str]
    whose: Whose


@cache
def lexicon() -> Lexicon:
    """The compiled words.  Raises `LexiconError` when a data file is wrong."""
    rules = sorted(_rules(), key=lambda rule: _ORDER.index(rule.status))
    cues = data_file("cues.yaml")
    selves = cast(dict[str, list[str]], cues["self"])
    self_kinds: dict[str, Kind | None] = {
        noun: None if kind == "any" else cast(Kind, kind) for kind, nouns in selves.items() for noun in nouns
    }
    longest_first = sorted(self_kinds, key=len, reverse=True)
    return Lexicon(
        rules=tuple(rules),
        # the name behind each, not around it: so the engine sees from the first letter which cannot match
        triggers=_any([f"(?:{rule.pattern})(?P<t{number}>)" for number, rule in enumerate(rules)]),
        wish=_any(cues["wish"], whole=False),
        described=_any(cues["described"], whole=False),
        asserted_infinitive=_any(cues["asserted_infinitive"], whole=False),
        verdict=_any(cues["verdict"], whole=False),
        negation=_any(cues["negation"], whole=False),
        selves=_any([re.escape(noun) for noun in longest_first]),
        self_kinds=self_kinds,
        anaphor=_any([cues["anaphor"]]),
        head_of=re.compile(cues["head_of"] + "$"),
        giver=re.compile(cues["giver"] + "$"),
        located=re.compile(cues["located"]),
        co_recipients=_any([cues["co_recipients"]]),
        rivals=_any([cues["rivals"]]),
        other_heads=_any([cues["other_heads"]]),
        got_where=re.compile(rf"(?<!\w){cues['got_where']}"),
        kept_heads=re.compile(rf"(?<![\w-])(?:{cues['kept_heads']})\s(?:(?:du|des|de la|de l'|de|d')\s?)?$"),
        no_strangers=frozenset(cues["no_strangers"]),
        title=re.compile(cues["title"]),
        whose=_whose(cues["whose"]),
    )


def _whose(told: dict[str, str]) -> Whose:
    numbers = told["numbers"]
    try:
        patterns = {
            name: re.compile(pattern.replace("{numbers}", numbers))
            for name, pattern in told.items()
            if name != "numbers"
        }
        return Whose(**patterns)
    except (TypeError, re.error) as error:
        raise LexiconError(f"cues.yaml, whose: {error}") from error


def _rules() -> list[TriggerRule]:
    rules = []
    for number, entry in enumerate(data_file("triggers.yaml")["triggers"], start=1):
        where = f"triggers.yaml, entry {number}"
        try:
            rule = TriggerRule(**entry)
            re.compile(rule.pattern)
        except (TypeError, re.error) as error:
            raise LexiconError(f"{where}: {error}") from error
        if rule.status not in get_args(Status) or rule.voice not in get_args(Voice):
            raise LexiconError(f"{where}: unknown status {rule.status!r} or voice {rule.voice!r}")
        rules.append(rule)
    return rules


def _any(patterns: list[str], *, whole: bool = True) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    try:
        return re.compile(rf"(?<!\w)(?:{joined})" + (r"(?!\w)" if whole else ""))
    except re.error as error:
        raise LexiconError(f"cues.yaml: {error} in {joined[:80]}") from error


def data_file(name: str) -> Any:
    """The content of a data file of the relation stage."""
    source = (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")
    return yaml.load(source, Loader=yaml.CSafeLoader)
