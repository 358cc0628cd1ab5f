"""Small annotated releases of our own making, and records that are right or wrong about them."""

from __future__ import annotations

import msgspec

from pipeline.evaluate import Compared, compare_each
from pipeline.gold import GoldRelease, parse_gold
from pipeline.model import AwardRef, Distinction, Record

_GOLD = """---
type: {type}
published: 2024-09-10
issuer: commune 58194
issuer_by: given
---
La ville de [Nevers]{{commune 58194}} reçoit [Tours]{{commune 37261}} : [300 visiteurs]{{qty 300 unit=visiteurs ind=visitors}}.
{words}
---
distinctions:
{distinctions}
"""
PAVILLON = "{to: commune 58194, award: pavillon-bleu, edition: 2024, status: awarded}"
UNKNOWN = (
    "{to: commune 37261, award_name: Prix des Roses, edition: 2023, status: nominated, category: Jardins}"
)


def gold(name: str, *distinctions: str, type: str = "distinction", words: str = "") -> GoldRelease:
    """An annotated release with two places, a quantity, and these distinctions."""
    lines = "\n".join(f"  - {one}" for one in distinctions) or "  []"
    return parse_gold(_GOLD.format(type=type, words=words, distinctions=lines), name)


def record(
    of: GoldRelease,
    *,
    places: int | None = None,
    distinctions: tuple[Distinction, ...] | None = None,
    type: str | None = None,
    score: float = 0.9,
) -> Record:
    """What a program finds that is right in all, but for what is given; its scores are `score`."""
    truth = of.record
    kept = truth.distinctions if distinctions is None else distinctions
    return msgspec.structs.replace(
        truth,
        places=truth.places[:places],
        distinctions=tuple(msgspec.structs.replace(one, score=score) for one in kept),
        announcement=msgspec.structs.replace(
            truth.announcement, type=type or truth.announcement.type, score=score
        ),
    )


def wrong_award(one: Distinction, name: str = "Prix des Lilas") -> Distinction:
    """The same distinction at another award, one that the catalogue lacks."""
    return msgspec.structs.replace(one, award=AwardRef(name=name))


def mixed(count: int) -> list[Compared]:
    """As many releases, of three types and two awards; every third lacks a place, every fourth a type."""
    releases, records = [], []
    for number in range(count):
        facts = (PAVILLON, UNKNOWN)[: number % 3]
        type = ("distinction", "event", "works")[number % 3]
        one = gold(f"r{number}", *facts, type=type, words="mot " * (number % 5 * 80))
        releases.append(one)
        others = tuple(wrong_award(fact) if number % 4 == 1 else fact for fact in one.record.distinctions)
        records.append(
            record(
                one,
                places=1 if number % 3 == 0 else None,
                type="alert" if number % 4 == 0 else None,
                distinctions=others,
                score=0.5 + number % 5 / 10,
            )
        )
    return compare_each(releases, records, baseline=True)
