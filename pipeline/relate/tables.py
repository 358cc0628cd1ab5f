"""Tables of laureates, their cells parted by "|": what the columns hold, and what a row says.

Offsets point into the view.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.awards import level_of_label, place_level
from pipeline.model import Status
from pipeline.relate.actors import Actor
from pipeline.relate.anchors import Facts
from pipeline.relate.blocks import Line
from pipeline.relate.holding import Holding, category_of, drafted, unknown
from pipeline.relate.list_words import list_words
from pipeline.relate.settle import Draft
from pipeline.text import View, within

_IN_CELL = re.compile(r"[A-ZÀ-ÖØ-Þ][^,;:|()\n\"]{2,60}?(?=\s*(?:[,(|;]| - |$))")
_PIECES = re.compile(r"(?:(?! - )[^|;])+")  # the names of a cell: "Nevers - Decize ; Imphy"
_PLACE_COLUMN = re.compile(r"rang|place|classement|\bn°")
_LAST_YEAR = re.compile(r"l'an (?:passe|dernier)|annee (?:precedente|derniere)|n-1")
_HEAD_LONGEST = 30  # characters of a column's head


@dataclass(frozen=True, slots=True)
class Role:
    """What a column of a table says of the names in it."""

    status: Status
    level: str | None


class Tables:
    """Reads the rows of tables of one release."""

    def __init__(self, view: View, facts: Facts) -> None:
        self.view = view
        self.facts = facts

    def is_head_of_places(self, line: Line) -> bool:
        """Whether the first column holds places of a ranking: "Rang | Ville | L'an passé"."""
        cells = self._cells(self.view.folded, line)
        return len(cells) > 2 and bool(_PLACE_COLUMN.search(cells[0]))

    def years(self, line: Line, edition: int | None) -> dict[int, int]:
        """The years of the columns by their number, when the line is the head of a table of several years."""
        cells = self._cells(self.view.folded, line)
        if len(cells) < 3 or edition is None:
            return {}
        years = {}
        for number, cell in enumerate(cells):
            year = re.fullmatch(r"\D*((?:19|20)\d\d)\D*", cell)
            if year:
                years[number] = int(year[1])
            elif _LAST_YEAR.search(cell):
                years[number] = edition - 1
        return years

    def roles(self, line: Line) -> dict[int, Role]:
        """What the columns hold: "Catégorie | Nommés | Lauréat", "Catégorie | Premier prix | Mention spéciale"."""
        cells = self._cells(self.view.folded, line)
        if len(cells) < 3 or within(self.facts.places, line.start, line.end):
            return {}
        roles: dict[int, Role] = {}
        first = 2 if not cells[0].strip() else 1  # "| Catégorie | Lauréat |"
        for number, cell in enumerate(cells[first:], first):
            level = level_of_label(cell.strip())
            status = list_words().status_in(cell.strip()) if len(cell) < _HEAD_LONGEST else None
            if level or status:
                roles[number] = Role(status or "awarded", level)
        return roles if len(roles) > 1 or any(role.level is None for role in roles.values()) else {}

    def row(
        self, line: Line, holding: Holding, roles: Mapping[int, Role], places: Sequence[Actor]
    ) -> list[Draft]:
        """What a row says: its first cell is the category, the names of a column share its status and level."""
        cells = self._cells(self.view.text, line)
        if len(cells) <= max(roles):
            return []
        category = category_of(next((cell.strip() for cell in cells if cell.strip()), ""))
        result: list[Draft] = []
        start = line.start
        for number, cell in enumerate(cells):
            end = start + len(cell)
            if number in roles and not list_words().nobody.search(self.view.folded, start, end):
                role = roles[number]
                here = replace(holding, status=role.status, level=role.level, category=category)
                result.extend(drafted(actor, line, here) for actor in self._in_cell(start, end, places))
            start = end + 1
        return result

    def _in_cell(self, start: int, end: int, places: Sequence[Actor]) -> list[Actor]:
        """Whose names the parts of a cell begin with: places, else names that no stage knows."""
        result = []
        for piece in _PIECES.finditer(self.view.text, start, end):
            first = piece.end() - len(piece[0].lstrip(" -"))
            known = next((a for a in places if a.start - first < 5 and a.start >= first), None)
            name = _IN_CELL.match(self.view.text, first, piece.end())
            if known and (name is None or name.end() <= known.end):
                result.append(known)
            elif name:  # "Lucé Ping" is more than Lucé
                result.append(unknown(name[0], first, name.end()))
        return result

    def earlier(self, line: Line, told: Draft, years: Mapping[int, int]) -> list[Draft]:
        """The places of earlier years that stand in the columns of a row."""
        cells = self._cells(self.view.text, line)
        return [
            replace(told, edition=year, level=place_level(int(cells[number])))
            for number, year in years.items()
            if number < len(cells) and cells[number].strip().isdigit() and year != told.edition
        ]

    @staticmethod
    def _cells(text: str, line: Line) -> list[str]:
        return text[line.start : line.end].split("|")
