"""What lets the engine pass over text that cannot begin a match: prefix trees.

An alternation of two hundred words is tried word by word at every place of a text; the same words as a
tree cost one comparison where no word begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


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
