"""Several releases in one text: a digest, a bulletin, a day's mail to the press.

A text is parted only where it is certain: every part opens with a head of its own ("Communiqué de
presse n° 12"), or is parted by a rule and has a dateline of its own, and every part is long enough to be
a release.  Else it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import yaml

from pipeline.read.incoming import Content
from pipeline.text import View

#: Words of a part, at least: fewer are a summary or a list of titles.
FEWEST_WORDS = 25
#: Lines of a part in which its dateline stands.
BEGINNING = 6
#: Characters of a line that opens a release, at most.
_LONGEST = 200
#: Lines before the first head that are told to every part: a masthead names the publisher.
_MASTHEAD = 5


@dataclass(frozen=True, slots=True)
class Lines:
    """What tells that a text holds several releases (data/digests.yaml), over folded lines."""

    head: re.Pattern[str]
    rule: re.Pattern[str]
    dateline: re.Pattern[str]
    published: re.Pattern[str]
    more: re.Pattern[str]


@cache
def patterns() -> Lines:
    """The patterns, compiled."""
    told = yaml.safe_load((Path(__file__).parent / "data" / "digests.yaml").read_text(encoding="utf-8"))
    names = ("heads", "rules", "datelines", "published", "more")
    return Lines(*(re.compile("|".join(f"(?:{one})" for one in told[name])) for name in names))


def releases_in(content: Content) -> Iterator[Content]:
    """The releases that a content holds, in their order; the content itself when it holds one.

    Titles and days of the whole are not those of the parts: a part's title is left to its text, and the
    day of a digest (`published`) stays, since it is the day on which all were sent.
    """
    parts = _by_heads(content.text) or _by_rules(content.text)
    if parts is None:
        yield content
        return
    masthead = [line.strip() for line in parts[0].splitlines()[:_MASTHEAD] if line.strip()]
    hints = (*content.hints, *masthead)
    for number, part in enumerate(parts):
        yield replace(content, text=part, title=None, hints=content.hints if not number else hints)


def _by_heads(text: str) -> list[str] | None:
    """Parts that open with a head; what stands before the first belongs to it, so that nothing is lost."""
    lines = text.splitlines(keepends=True)
    head = patterns().head
    starts = [at for at, line in enumerate(lines) if len(line) <= _LONGEST and head.fullmatch(bare(line))]
    if len(starts) < 2:
        return None
    before = "".join(lines[: starts[0]])
    if len(before.split()) >= 2 * FEWEST_WORDS:
        return None  # a text about releases, or a first release without a head
    bounds = [0, *starts[1:], len(lines)]
    return _long_enough("".join(lines[low:high]) for low, high in pairwise(bounds))


def _by_rules(text: str) -> list[str] | None:
    """Parts between rules, each with a dateline of its own."""
    told = patterns()
    parts: list[list[str]] = [[]]
    for line in text.replace("\f", "\n-----\n").splitlines(keepends=True):
        if not line[:1].isalnum() and told.rule.fullmatch(bare(line)):
            parts.append([])
        else:
            parts[-1].append(line)
    filled = [part for part in parts if "".join(part).strip()]
    if len(filled) < 2:
        return None
    for part in filled:
        opening = [line for line in part if line.strip()][:BEGINNING]
        if not any(told.dateline.fullmatch(bare(line)) for line in opening):
            return None
    return _long_enough("".join(part) for part in filled)


def _long_enough(parts: Iterator[str]) -> list[str] | None:
    told = [part.strip("\n") for part in parts]
    return told if all(len(part.split()) >= FEWEST_WORDS for part in told) else None


def bare(line: str) -> str:
    """The line folded, without the marks of a heading or of emphasis around its words."""
    return _folded(line.strip()[:_LONGEST])


@lru_cache(maxsize=10_000)
def _folded(line: str) -> str:
    folded = View(line).folded.strip()
    words = folded.strip(" #*_>|")
    return words or folded
