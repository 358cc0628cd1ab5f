"""Where the lists of a text are: runs of lines that look like items, with their heads and the line above.

Offsets point into the view.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.awards import place_number
from pipeline.relate.anchors import Facts
from pipeline.text import View, within

_SIGN = "[-*•·▪►▶➤➢→✓✔>★◆○●]"
BULLET = rf"\s*(?:(?:{_SIGN}+|[a-h]\)(?=\s))\s*)?"
YEAR = re.compile(rf"{BULLET}(?:en )?(?P<year>(?:19|20)\d\d)(?!\s?[-/]\s?\d)\s?(?:[:,|]|-|\))\s*")
LABEL = re.compile(rf"{BULLET}(?P<label>[^:\n|]{{2,70}}?)\s?(?::|\|)\s*")
TIMES = re.compile(r"\d{1,2}\s?h(?:\s?\d\d)?(?!\w)|^[^(]*(?:€|euros)")
_MARKED = re.compile(rf"\s*(?:{_SIGN}|[a-h]\)\s|\d{{1,2}}\s?[./)]\s|\d{{1,2}}\s[-–]\s)")
# a name and where it lives: "Arnaud Leroux, Alençon", "GAEC des Deux Ruisseaux (Crédin)"
_WITH_PLACE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][^,;:.()\n]{2,45}(?:, (?!maire|adjoint)[A-ZÀ-ÖØ-Þ][^,;:\n]{2,40}|\s\([^()\n]{3,40}\))(?:\s\([^()\n]{3,40}\))?$"
)
_SENTENCE_END = re.compile(r"(?<!\bM)(?<!\bMM)\. ")
# the number that a place in a list begins with, and the name behind it
_STEP = re.compile(
    r"(?:(?<=[:;,.–•-]\s)|(?<=\A)|(?<=\n))(?:(?P<number>\d{1,2}|(?:[Pp]remier|[Dd]euxième|[Ss]econd|[Tt]roisième|[Qq]uatrième)(?= prix\s?[:,]))(?:(?:er|[èe]re|re|nde?|[èe]me|e)(?!\w)(?:\s(?:[Pp]rix|[Pp]lace|[Ll]ot))?(?:\s?[:,–-])?|[.)]| prix\s?[:,])\s)"
    r"(?=(?:la |le |les |l')?(?:famille |école |mairie |collège )?\"?[A-ZÀ-ÖØ-Þ])"
)
_STEPS_LEAST = 2  # numbers in a line from which it is a list
# where the head of the next part of such a line begins, or a sentence
_CUT = re.compile(
    r"(?:\s[–•-]\s|;\s)(?=[A-ZÀ-ÖØ-Þ][^:;\n]{2,60}?\s?:\s)|(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\d)\.\s(?=[A-ZÀ-ÖØ-Þ])"
)
_ASIDE = re.compile(r"\"[^\"\n]+\"(?:\s?\([^()\n]+\))?|\([^()\n]+\)")
_LONGEST = 260  # characters of a line; a longer one is prose
_BARE_HEAD = re.compile(r"[^\n:,;.(|]{4,50}")
_HEAD_LONGEST = 75
_LEAD = 32  # characters of what kind a name is of, before it: "Communauté d'agglomération"
_SECTION = 2  # lines above a line in which the head of its section may stand
_ROW = 4  # names that a long line has at least that is but a row of them
_MOSTLY = 0.6  # of a line that its names make up, for a line that is but an enumeration


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it."""

    start: int
    end: int


_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


class Blocks:
    """The list blocks of one release."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        #: Starts of lines with a bullet that head the lines without one below: "➤ Médailles d'or".
        self._bulleted_heads: frozenset[int] = frozenset()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the text that are not empty, in order."""
        lines: list[Line] = []
        start = 0
        for piece in self.view.text.split("\n"):
            if piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                lines.extend(self._items_in(Line(first, first + len(piece.strip()))))
            start += len(piece) + 1
        return lines

    def _items_in(self, line: Line) -> Iterator[Line]:
        """The items of a list that is told in one line, with what stands before them; else the line itself.

        "Édition 2020. 1. Airault SARL ; 2. Fromagerie du Val" and "Jardins : 1er prix Régine Prat ; 2e prix M. Roy" are
        such lists: numbers from one up, a name behind each.
        """
        last, told = 0, []
        for step in _STEP.finditer(self.view.text, line.start, line.end):
            number = place_number(self.view.folded[slice(*step.span("number"))])
            if number in (1, last, last + 1):
                told.append(step.start("number"))
                last = number
        if len(told) < _STEPS_LEAST or last < _STEPS_LEAST:
            yield line
            return
        cuts = {line.start, line.end, *told}
        cuts.update(cut.end() for cut in _CUT.finditer(self.view.text, line.start, line.end))
        for start, end in itertools.pairwise(sorted(cuts)):
            piece = self.view.text[start:end].rstrip(" ;,–-•")
            if piece.strip():
                yield Line(start, start + len(piece))

    def __iter__(self) -> Iterator[tuple[Line, list[Line]]]:
        """Runs of lines that look like items, with the heads among and above them, and the line before all."""
        lines = self.lines
        self._bulleted_heads = frozenset(
            line.start
            for before, line, following in zip([None, *lines], lines, lines[1:], strict=False)
            if _MARKED.match(self.view.text, line.start)
            # the last item of a list heads nothing
            and not (before and _MARKED.match(self.view.text, before.start))
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
                or self.is_aside(lines[stop])
                or (self._is_head(lines[stop]) and stop + 1 < len(lines) and self.is_item(lines[stop + 1]))
            ):
                stop += 1
            first = number
            while first > 0 and number - first < 2 and self._is_head(lines[first - 1]):
                if self._ends_in_colon(lines[first - 1]) and not self.goes_on(lines[first - 1]):
                    break  # the intro itself
                first -= 1
            intro = lines[first - 1] if first else Line(lines[first].start, lines[first].start)
            if first > 1 and self._ends_in_colon(lines[first - 1]) and self._ends_in_colon(lines[first - 2]):
                intro = Line(lines[first - 2].start, intro.end)  # "Les lauréats :", then "Niveau 1 :"
            heads = self.view.text[intro.end - 1 : intro.end] == ":"
            alone = _MARKED.match(self.view.text, lines[number].start) or self.is_titled(lines[number])
            if stop - number >= 2 or heads or alone:
                yield intro, lines[first:stop]
            number = stop

    def begins(self, line: Line) -> bool:
        """Whether a line of the text begins here, not just a part of one."""
        return not self.view.text[self.view.text.rfind("\n", 0, line.start) + 1 : line.start].strip()

    def goes_on(self, line: Line) -> bool:
        """Whether other parts of a line of the text follow here: "Balcons :" before "1er prix, …; 2e prix, …"."""
        return bool(self.view.text[line.end :].partition("\n")[0].strip(" ;,–-•"))

    def _ends_in_colon(self, line: Line) -> bool:
        return self.view.text[line.end - 1] == ":"

    def is_item(self, line: Line) -> bool:
        text = self.view.text[line.start : line.end]
        if len(text) > _LONGEST and not self._is_row(line):
            return False
        if text[-1] == ":" or line.start in self._bulleted_heads:
            return False
        if self.is_titled(line):
            return True
        if _MARKED.match(text) or "|" in text or YEAR.match(text):
            return True
        if self.is_aside(line):
            return False
        levels = within(self.facts.levels, line.start, line.end)
        if any(line.start <= level.start <= line.start + 2 and level.end < line.end for level in levels):
            return len(text) < 120 or self._is_row(line)
        places = within(self.facts.places, line.start, line.end)
        if levels and places and places[0].start - line.start < _LEAD and levels[-1].end == line.end:
            return len(text) < 80  # "Arras (62) @@@", "CA Amiens Métropole (80) @@@@"
        named = sum(p.end - p.start for p in places)
        if _WITH_PLACE.match(text) and within(self.facts.places, line.start + 4, line.end):
            return True  # "Maison Dierickx, Tournai"
        if "," in text and named > _MOSTLY * len(text):
            return True  # "Autun, Paray-le-Monial et Cluny"
        label = LABEL.match(text)
        if label is None or text[-1] in "!?" or _SENTENCE_END.search(text):
            return False
        # "Trophées de la jeunesse : palmarès 2024" names nobody
        awards = within(self.facts.awards, line.start, line.start + label.end())
        return not awards or _CAPITAL.search(text, label.end()) is not None

    def section_head(self, line: Line) -> Line | None:
        """The head of the section that a line of prose stands in: "8 FLEURS D'OR EN 2016", a paragraph above it."""
        number = bisect_right(self.lines, line.start, key=lambda one: one.end)
        above = reversed(self.lines[max(0, number - _SECTION) : number])
        return next((one for one in above if self._is_head(one) and not self.is_item(one)), None)

    def is_titled(self, line: Line) -> bool:
        """Whether a line is a name with the title of a work: "La ville de Cahors • Cahors Mag"."""
        dot = self.view.text.find(" • ", line.start, line.end)
        named = within(self.facts.places, line.start, line.end)
        return bool(named) and named[0].end == dot and line.end - line.start < _LONGEST

    def _is_row(self, line: Line) -> bool:
        """Whether a long line is but a row of names behind a level: "Or : aux villes d'Agde, Albi, …"."""
        label = LABEL.match(self.view.text, line.start, line.end)
        levels = within(self.facts.levels, *label.span("label")) if label else []
        names = within(self.facts.places, line.start, line.end)
        return (
            bool(levels)
            and len(names) > _ROW
            and not _SENTENCE_END.search(self.view.text, line.start, line.end)
        )

    def is_aside(self, line: Line) -> bool:
        """Whether a line only says more of the item above it: all of it quoted or in brackets."""
        return _ASIDE.fullmatch(self.view.text, line.start, line.end) is not None

    def _is_head(self, line: Line) -> bool:
        text = self.view.text[line.start : line.end]
        return len(text) <= _HEAD_LONGEST and text[-1] not in ".!?;," and not TIMES.search(text.lower())
