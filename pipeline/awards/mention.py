"""What the award finder gives: mentions of awards and of their levels, with offsets into the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipeline.awards.catalogue import Award

LevelKind = Literal["count", "metal", "rank", "prize", "grade"]


@dataclass(frozen=True, slots=True)
class AwardMention:
    """An award named in the text: `award` is its catalogue entry, None when the catalogue has none.

    `level`, `edition` and `category` are those written inside the mention ("Hashtag d'Argent 2023");
    `certain` is false for an everyday word that nothing around it confirms; `rule` says which alias
    or pattern found it.
    """

    start: int
    end: int
    award: Award | None
    name: str
    certain: bool = True
    level: str | None = None
    edition: int | None = None
    category: str | None = None
    rule: str = ""
    #: Whether it is a "prix" in small letters, perhaps but one of the prizes of a contest.
    small: bool = False


@dataclass(frozen=True, slots=True)
class LevelMention:
    """A level named in the text ("3e fleur", "quatre arobases", "coup de cœur du jury").

    `level` is written as the catalogue and the contract write it; `award_ids` are the awards that it
    belongs to, empty when any award may have it; `category` is what is quoted behind a special prize.
    """

    start: int
    end: int
    level: str
    kind: LevelKind
    award_ids: tuple[str, ...] = ()
    category: str | None = None
