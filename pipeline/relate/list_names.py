"""Names in the lines of a list of laureates that no stage before knows: neighbours, shops, schools.

Offsets point into the view.
"""

from __future__ import annotations

import re

from pipeline.relate.actors import Actor
from pipeline.relate.anchors import Facts
from pipeline.relate.blocks import BULLET, LABEL, Line
from pipeline.relate.holding import unknown
from pipeline.relate.lexicon import lexicon
from pipeline.relate.list_words import list_words
from pipeline.text import View, within

# what goes on behind the name of a laureate
_NAME_OVER = r"[,;:|(\n]|$|\.\s|\.$|\.{2}|…| - | (?:pour|avec|qui|dans)(?!\w)"
_BEHIND_PRIZE = re.compile(
    rf"(?: ex ?aequo)?(?:\s*(?:[,:|–-]|\.{{2,}}|…)\s*|\s(?=[A-ZÀ-ÖØ-Þ]))(?:à |a )?(?P<name>[^,;:|()\n–]{{3,60}}?)(?=\s*(?:{_NAME_OVER}))"
)
_LEADING = re.compile(rf"{BULLET}(?P<name>[A-ZÀ-ÖØ-Þ][^,;:|()\n–\"]{{2,50}}?)\s*(?:,|\(| - )")
_WHOLE = re.compile(
    rf"{BULLET}(?:(?:la|le|les) |l')?(?P<head>(?:[a-zà-ÿ]{{4,}} ){{0,2}})(?P<name>[A-ZÀ-ÖØ-Þ][^,;:|()\n–\"]{{2,50}}?)(?=\s*(?:{_NAME_OVER}))"
)
_COUPLE = re.compile(
    r"(?P<one>[A-ZÀ-ÖØ-Þ][\w'-]+ [A-ZÀ-ÖØ-Þ][\w'-]+) et (?P<other>[A-ZÀ-ÖØ-Þ][\w'-]+ [A-ZÀ-ÖØ-Þ][\w'-]+)"
)
_COMMA = re.compile(r"[,;] ")
_AND = re.compile(r" et (?=[A-ZÀ-ÖØ-Þ])")
_OF_ROW = re.compile(r"(?:la |le |les |l')?(?P<name>[A-ZÀ-ÖØ-Þ][^,;:|()\n\"]{2,50}?)\W*")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


class ListNames:
    """Finds such names in the lines of one release."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self.words = list_words()

    def behind_prizes(self, line: Line) -> list[Actor]:
        """Names behind prizes: "1er prix, Jeannine Schmitt ; 2e prix, famille Colmar"."""
        found = []
        for level in within(self.facts.levels, line.start, line.end):
            name = _BEHIND_PRIZE.match(self.view.text, level.end, line.end)
            if level.kind == "prize" and name and _CAPITAL.search(name["name"]):
                first, last = name.span("name")
                if not self._holds_place(line, first, last):
                    found.extend(self._row(line, first, last))
        return found

    def whole(self, line: Line, begin: int, *, headed: bool) -> list[Actor]:
        """Names that are all of a line from `begin` on, or all behind its label: "Culture : la chorale X".

        `headed` when a level or a category holds for the line; else it must begin with a number or a label.
        """
        label = LABEL.match(self.view.text, begin, line.end)
        if label and self.is_address(label.end()):
            label = None
        if label is None and begin == line.start and not headed:
            return []
        if label is not None and "|" in label[0]:
            return []  # cells of a table
        name = _WHOLE.match(self.view.text, label.end() if label else begin, line.end)
        if name is None:
            return []
        first, last = name.span("name")
        if self.view.folded[first:last] in lexicon().no_strangers:
            return []
        if self.words.street.search(self.view.folded, first, last):
            return []
        if name["head"] and lexicon().kept_heads.search(self.view.folded, name.start("head"), first):
            first = name.start("head")
        return [] if self._holds_place(line, first, last) else self._row(line, first, last)

    def leading(self, line: Line, begin: int) -> list[Actor]:
        """A name at the head of a line, where it lives behind it: "Maison Dierickx, Tournai"."""
        name = _LEADING.match(self.view.text, begin, line.end)
        if name is None or self._holds_place(line, *name.span("name")):
            return []
        return [unknown(name["name"], *name.span("name"))]

    def is_address(self, start: int) -> bool:
        """Whether an address begins here: "39 rue du Port"."""
        return self.words.address.match(self.view.folded, start) is not None

    def _holds_place(self, line: Line, first: int, last: int) -> bool:
        return any(p.start < last and first < p.end for p in within(self.facts.places, line.start, line.end))

    def _row(self, line: Line, first: int, last: int) -> list[Actor]:
        """The name in a span, and those behind it where several share a prize: "ex æquo : Bar du Stade, Fleurs Muta"."""
        alone = self._persons(first, last)
        if not self.words.shared.search(self.view.folded, line.start, last):
            return alone
        *pieces, end = self._pieces(_COMMA, first, line.end)
        if not pieces:
            return alone
        names = [_OF_ROW.fullmatch(self.view.text, *piece) for piece in [*pieces, *self._pieces(_AND, *end)]]
        if None in names:
            return alone
        return [person for name in names if name for person in self._persons(*name.span("name"))]

    def _pieces(self, link: re.Pattern[str], first: int, last: int) -> list[tuple[int, int]]:
        """What stands between the links in a span."""
        links = list(link.finditer(self.view.text, first, last))
        return list(zip([first, *(m.end() for m in links)], [*(m.start() for m in links), last], strict=True))

    def _persons(self, first: int, last: int) -> list[Actor]:
        """A name, or the two of a couple with a surname each: "Chantal Roy et Gérard Petit"."""
        if couple := _COUPLE.fullmatch(self.view.text, first, last):
            return [unknown(couple[group], *couple.span(group)) for group in ("one", "other")]
        return [unknown(self.view.text[first:last], first, last)]
