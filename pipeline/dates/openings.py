"""What lets the engine pass over text that cannot begin a match: prefix trees, and the openings of patterns.

An alternation of two hundred words is tried word by word at every place of a text; the same words as a
tree cost one comparison where no word begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LITERAL = re.compile(r"[a-z0-9]+")
_QUANTIFIER = re.compile(r"[?*{+]")


def tree(words: Iterable[str]) -> str:
    """A regular expression for any of the words, with their common beginnings shared; the longest wins.

    >>> tree(["mardi", "mars", "mar"])
    'mar(?:di|s)?'
    """
    rests: dict[str, list[str]] = {}
    whole = False
    for word in sorted(set(words)):
        if word:
            rests.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    branches = [re.escape(first) + tree(rest) for first, rest in rests.items()]
    if not branches:
        return ""
    alone = len(branches) == 1 and not whole
    return branches[0] if alone else f"(?:{'|'.join(branches)}){'?' if whole else ''}"


def openings(pattern: str) -> set[str] | None:
    """The letters or digits that every match of a pattern begins with, None where they cannot be told.

    >>> sorted(openings(r"(?:rue|places?)\\b") or ()), openings(r"[ab]c")
    (['place', 'rue'], None)
    """
    if pattern.startswith("(?:"):
        found: set[str] = set()
        for branch in _branches(pattern[3:]):
            told = openings(branch)
            if told is None:
                return None
            found |= told
        return found
    match = _LITERAL.match(pattern)
    if match is None:
        return None
    literal = match[0]
    if _QUANTIFIER.match(pattern, match.end()):
        literal = literal[:-1]
    # one letter begins too many words to spare the engine anything
    return {literal} if len(literal) > 1 else None


def _branches(group: str) -> list[str]:
    """The alternatives of a group whose opening bracket has been taken off, without what follows the group."""
    branches, depth, first, position = [], 0, 0, 0
    while position < len(group):
        character = group[position]
        if character == "\\":
            position += 1
        elif character == "[":
            position = group.index("]", position + 2)
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif character == ")" or (character == "|" and not depth):
            branches.append(group[first:position])
            first = position + 1
            if character == ")":
                # an optional group may match nothing
                return [*branches, ""] if _QUANTIFIER.match(group, position + 1) else branches
        position += 1
    return branches
