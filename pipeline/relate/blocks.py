"""Where the lists of a text are: runs of lines that look like items, with their heads and the line above.

Offsets point into the view.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.relate.anchors import Facts
from pipeline.text import View, within

BULLET = r"\s*(?:[-*•·▪►▶➤➢→✓✔>★◆○●]+\s*)?"
YEAR = re.compile(rf"{BULLET}(?:en )?(?P<year>(?:19|20)\d\d)(?!\s?[-/]\s?\d)\s?(?:[:,|]|-|\))\s*")
LABEL = re.compile(rf"{BULLET}(?P<label>[^:\n|]{{2,70}}?)\s?(?::|\|)\s*")
TIMES = re.compile(r"\d{1,2}\s?h(?:\s?\d\d)?(?!\w)|^[^(]*(?:€|euros)")
_MARKED = re.compile(r"\s*(?:[-*•·▪►▶➤➢→✓✔>★◆○●]|\d{1,2}\s?[./)]\s)")
# a name and where it lives: "Arnaud Leroux, Alençon", "GAEC des Deux Ruisseaux (Crédin)"
_WITH_PLACE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][^,;:.()\n]{2,45}(?:, (?!maire|adjoint)[A-ZÀ-ÖØ-Þ][^,;:\n]{2,40}|\s\([^()\n]{3,40}\))(?:\s\([^()\n]{3,40}\))?$"
)
_LONGEST = 260  # characters of a line; a longer one is prose
_BARE_HEAD = re.compile(r"[^\n:,;.(|]{4,50}")
_HEAD_LONGEST = 75
_MOSTLY = 0.6  # of a line that its names make up, for a line that is but an enumeration


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it."""

    start: int
    end: int


class Blocks:
    """The list blocks of one release."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        #: Starts of lines with a bullet that head the lines without one below: "➤ Médailles d'or".
        self._bulleted_heads: frozenset[int] = frozenset()

    def _lines(self) -> list[Line]:
        lines, start = [], 0
        for piece in self.view.text.split("\n"):
            if piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                lines.append(Line(first, first + len(piece.strip())))
            start += len(piece) + 1
        return lines

    def __iter__(self) -> Iterator[tuple[Line, list[Line]]]:
        """Runs of lines that look like items, with the heads among and above them, and the line before all."""
        lines = self._lines()
        self._bulleted_heads = frozenset(
            line.start
            for line, following in itertools.pairwise(lines)
            if _MARKED.match(self.view.text, line.start)
            and not _MARKED.match(self.view.text, following.start)
            and _BARE_HEAD.fullmatch(self.view.text, line.start, line.end)
            and not within(self.facts.places, line.start, line.end)
        )
        number = 0
        while number < len(lines):
            if not self.is_item(lines[number]):
                number += 1
                continue
            stop = number
            while stop < len(lines) and (
                self.is_item(lines[stop])
                or (self._is_head(lines[stop]) and stop + 1 < len(lines) and self.is_item(lines[stop + 1]))
            ):
                stop += 1
            first = number
            while first > 0 and number - first < 2 and self._is_head(lines[first - 1]):
                if self.view.text[lines[first - 1].end - 1] == ":":
                    break  # the intro itself
                first -= 1
            intro = lines[first - 1] if first else Line(lines[first].start, lines[first].start)
            heads = self.view.text[intro.end - 1 : intro.end] == ":"
            if stop - number >= 2 or heads or _MARKED.match(self.view.text, lines[number].start):
                yield intro, lines[first:stop]
            number = stop

    def is_item(self, line: Line) -> bool:
        text = self.view.text[line.start : line.end]
        if len(text) > _LONGEST or text[-1] == ":" or line.start in self._bulleted_heads:
            return False
        if _MARKED.match(text) or "|" in text or YEAR.match(text):
            return True
        if any(
            line.start <= level.start <= line.start + 2 and level.end < line.end
            for level in within(self.facts.levels, line.start, line.end)
        ):
            return len(text) < 120
        named = sum(p.end - p.start for p in within(self.facts.places, line.start, line.end))
        if _WITH_PLACE.match(text) and within(self.facts.places, line.start + 4, line.end):
            return True  # "Maison Dierickx, Tournai"
        if "," in text and named > _MOSTLY * len(text):
            return True  # "Autun, Paray-le-Monial et Cluny"
        return bool(LABEL.match(text)) and text[-1] not in "!?" and ". " not in text

    def _is_head(self, line: Line) -> bool:
        text = self.view.text[line.start : line.end]
        return len(text) <= _HEAD_LONGEST and text[-1] not in ".!?;," and not TIMES.search(text.lower())
