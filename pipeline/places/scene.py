"""A name where it stands, what is read around it, and the candidate that it can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import msgspec

from pipeline.places.context import leading
from pipeline.places.gazetteer import Gazetteer, Named
from pipeline.text import View

Verdict = Literal["sure", "likely", "doubtful", "never"]
#: Why a name is a candidate that only the rest of the text can make a mention.
CAPITAL_WORD = "an ordinary word with a capital"
FACILITY = "something that stands in a town"
SITE = "something that may be called after a town"
EPCI_WORD = "one word that is an EPCI"
#: Doubts that knowing where the text plays can settle.
ORDINARY, BEGINS, BARE = "an ordinary word", "begins a sentence", "no context"
SMALL = "small letters"
_TAIL = 12  # characters in which an article or a preposition stands before a name
_LINE = 300  # characters of a line, on either side, that are read for its case
_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
#: Behind the name that a line begins with: ", le 10 septembre", ", lundi 8 mars 2021", " - 12/04/2019".
DATELINE = re.compile(
    r"\s*[,-]?\s*(?:\([^)\n]{2,30}\),?\s*|[\w' -]{3,30}, (?=le |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))?(?:ce |le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    rf"(?:\d{{1,2}}(?:er)? {_MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?!\w)"
)
#: What stands between the names of a row: "Nevers, Tours et Béziers".
ENUMERATED = re.compile(
    r"(?:\s*\([^)\n]{1,40}\))?\s*(?:,|;|/| et| ou|, et| ainsi que| & )\s*(?:(?:a|au|aux|de|du|d'|la|le|les|l')\s*)?"
)
CONTRACTED = re.compile(r"(?<!\w)(?:au|aux|du|des|le|la|les|l')\s*$")
NOTHING = "-"


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A name that may mean a collectivity; `rows` are its readings in the gazetteer.

    `departement` is the code that stands beside it, in brackets or in a postcode.  `why` says which
    context decided.
    """

    start: int
    end: int
    key: str
    rows: tuple[int, ...]
    verdict: Verdict
    why: str
    departement: str | None = None
    kind: str | None = None
    abroad: str | None = None


@dataclass(slots=True)
class Scene:
    """A name in its line: what is read before it and behind it, both folded."""

    view: View
    gazetteer: Gazetteer
    start: int
    end: int
    name: str
    named: Named
    #: The readings of the name and their kinds.
    rows: tuple[int, ...]
    kinds: frozenset[str]
    surface: str
    #: Where its line begins, or what is read of it.
    line_start: int
    before: str
    after: str
    #: The sorts of heads that can stand before it (see `heads_in`).
    heads: frozenset[str]
    previous: Candidate | None

    def behind(self, heads: str) -> re.Match[str] | None:
        """The head of this sort that leads up to the name."""
        return leading(heads, self.before) if heads in self.heads else None

    def ends(self, pattern: re.Pattern[str], size: int = _TAIL) -> re.Match[str] | None:
        """What a pattern that ends with "$" finds in the last characters before the name."""
        return pattern.search(self.before, len(self.before) - size)

    def raw(self, size: int) -> str:
        """What stands before the name in its line, as written."""
        return self.view.text[max(self.line_start, self.start - size) : self.start]

    def column(self, name: str) -> list[str]:
        """A field of the readings of the name."""
        values = self.gazetteer._columns[name]
        return [values[row] for row in self.rows]

    def population(self) -> int:
        """Inhabitants of the largest reading."""
        return self.named.population


def make(
    scene: Scene, verdict: Verdict, why: str, kind: str | None = None, rows: tuple[int, ...] | None = None
) -> Candidate:
    return Candidate(
        scene.start, scene.end, scene.name, scene.rows if rows is None else rows, verdict, why, kind=kind
    )


def nothing(scene: Scene) -> Candidate:
    """What says that a name is no candidate at all."""
    return Candidate(scene.start, scene.end, NOTHING, (), "never", "nothing")


def is_upper_line(scene: Scene) -> bool:
    """Whether the line that the name stands in is all in capitals, as far as it is read."""
    text = scene.view.text
    if not scene.surface.isupper() and len(scene.surface) > 1:
        return False
    last = text.find("\n", scene.end, scene.end + _LINE)
    line = text[max(scene.line_start, scene.start - _LINE) : last if last >= 0 else scene.end + _LINE]
    return len(line) > len(scene.surface) + 4 and line.upper() == line
