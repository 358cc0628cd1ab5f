"""A distinction as a row: what a person can change in it, and the keys by which rows belong together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from pipeline.model import Status
from pipeline.places import Gazetteer
from pipeline.text import fold

Fact = dict[str, Any]

#: The fields that say who got what: what people decide about.
FIELDS = (
    "recipient_kind", "recipient_code", "recipient_name", "award_id", "award_name", "organiser",
    "edition", "category", "level", "status", "object",
)  # fmt: skip
#: A machine's fact and a person's are the same when these are.
IDENTITY = ("recipient_kind", "recipient_code", "recipient_name", "award_id", "award_name",
            "edition", "category", "level", "status")  # fmt: skip
#: How far a status has gone; the furthest is the nominee's.
STATUSES: tuple[str, ...] = get_args(Status)


def same_name(name: str | None) -> str:
    """A name as names are compared: case, accents, hyphens and spaces apart."""
    return " ".join(fold(name or "").replace("-", " ").replace("’", "'").split())


def _key(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def values(row: Mapping[str, Any]) -> Fact:
    """The fields of a row that people decide about."""
    return {name: row[name] for name in FIELDS}


def identity(release: str, fact: Mapping[str, Any]) -> str:
    """Id of a machine's fact: the same release and the same fact give the same id, run after run."""
    return _key(release, *(fact[name] for name in IDENTITY))


def same(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether two facts say the same of who got what; a name's spelling does not matter where there is a code."""
    if one is None or other is None:
        return one is other
    return _compared(one) == _compared(other)


def disagrees(row: Mapping[str, Any], machine: Mapping[str, Any] | None) -> bool:
    """Whether what the machine says now is news to the person who decided on `row`.

    That it still makes the mistake which was corrected or thrown out is no news.
    """
    if same(row["decided_on"], machine):
        return False
    return machine is not None if row["state"] == "rejected" else not same(row, machine)


def _compared(fact: Mapping[str, Any]) -> tuple[object, ...]:
    return (_recipient(fact), _award(fact), fact["edition"], same_name(fact["category"]),
            same_name(fact["level"]), fact["status"])  # fmt: skip


def _recipient(fact: Mapping[str, Any]) -> str:
    return f"{fact['recipient_kind']}:{fact['recipient_code'] or same_name(fact['recipient_name'])}"


def _award(fact: Mapping[str, Any]) -> str:
    return fact["award_id"] or same_name(fact["award_name"])


def subject(fact: Mapping[str, Any]) -> str:
    """Key of what a fact is about: recipient, award and edition."""
    return _key(_recipient(fact), _award(fact), fact["edition"])


def nominee_id(subject_key: str, category: str) -> str:
    """Id of a nominee row: what it is about, and its category ("" without one)."""
    return _key(subject_key, category)


@cache
def territory(kind: str, code: str | None) -> tuple[str | None, str | None]:
    """Département and région of a recipient; None where it has none."""
    if code is None or kind == "other":
        return None, None
    if kind == "region":
        return None, code
    entry = Gazetteer.load().find_code(f"{kind}:{code}")
    if entry is None:
        return None, None
    return (code if kind == "departement" else entry.departement), entry.region


def priority(fact: Mapping[str, Any], *, differs: bool = False, warned: bool = False) -> float:
    """What is most worth checking: uncertainty times importance, between 0 and about 2.

    Uncertainty is what the score leaves open, more when the release has warnings or the machine
    disagrees with a person.  A prize counts for more than a candidature, and an award that the catalogue
    does not know counts for more than a known one: confirming it teaches the next run.
    """
    score = 0.5 if fact.get("score") is None else float(fact["score"])
    uncertainty = 1.0 - score + 0.15 * warned + 0.5 * differs
    importance = 1.0 if fact["status"] in ("awarded", "renewed") else 0.85
    return round(uncertainty * importance * (1.0 if fact["award_id"] else 1.25), 4)
