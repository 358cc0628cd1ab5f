"""Figures drawn on the machine: the départements as tiles, and bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

#: Shades of the map, from none to most.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A département on the map: its place on the grid, how many were nominated, how many won."""

    code: str
    name: str
    column: int
    row: int
    all: int
    won: int
    shade: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its numbers, and its lengths in percent of the longest."""

    label: str
    all: int
    won: int
    length: float
    length_won: float


@cache
def _grid() -> Mapping[str, tuple[int, int]]:
    source = (resources.files(__package__) / "departements.yaml").read_text(encoding="utf-8")
    return {code: (column, row) for code, (column, row) in yaml.safe_load(source).items()}


def tiles(counted: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> list[Tile]:
    """The map: shades by rank among the départements that have any, so that one large one hides no other."""
    ordered = sorted(row["all"] for row in counted.values())
    result = []
    for code, (column, row) in _grid().items():
        found = counted.get(code)
        count = found["all"] if found else 0
        below = sum(other <= count for other in ordered)
        shade = -(-below * SHADES // len(ordered)) if count else 0
        result.append(
            Tile(code, names.get(code, code), column, row, count, found["won"] if found else 0, shade)
        )
    return result


def bars(counted: Iterable[tuple[str, int, int]]) -> list[Bar]:
    """Bars in the given order."""
    rows = list(counted)
    longest = max((count for _, count, _ in rows), default=1)
    return [Bar(label, count, won, 100 * count / longest, 100 * won / longest) for label, count, won in rows]
