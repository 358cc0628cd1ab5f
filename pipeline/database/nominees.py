"""Consolidation: the distinctions that tell of the same thing become one nominee, with the course of its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pipeline.database.facts import STATUSES, nominee_id, priority, same_name, subject, territory
from pipeline.database.rows import rows
from pipeline.database.schema import distinctions, nominees

_COPIED = ("subject", "recipient_kind", "recipient_code", "recipient_name", "departement", "region",
           "award_id", "award_name", "edition")  # fmt: skip
_READ = (*_COPIED, "id", "release", "category", "level", "status", "published", "score", "state", "nominee")
_CHUNK = 400
#: One key for people's fields, whatever the order in which facts came in.
_DECIDED = {"accepted": 0, "corrected": 0, "added": 0, "open": 1}


def consolidate(connection: Connection, subjects: Iterable[str]) -> None:
    """Work out anew the nominees of these subjects (see `facts.subject`)."""
    wanted = sorted(set(subjects))
    for first in range(0, len(wanted), _CHUNK):
        _consolidate(connection, wanted[first : first + _CHUNK])


def rework(connection: Connection) -> None:
    """Work out anew all that follows from the facts' values: after a migration."""
    statement = update(distinctions).where(distinctions.c.id == bindparam("fact"))
    names = ("subject", "departement", "region", "priority")
    facts = rows(connection, select(distinctions))
    for first in range(0, len(facts), _CHUNK):
        changed = []
        for fact in facts[first : first + _CHUNK]:
            departement, region = territory(fact["recipient_kind"], fact["recipient_code"])
            changed.append({
                "fact": fact["id"], "new_subject": subject(fact), "new_departement": departement,
                "new_region": region, "new_priority": priority(fact, differs=fact["differs"]),
            })  # fmt: skip
        connection.execute(statement.values({name: bindparam(f"new_{name}") for name in names}), changed)
    connection.execute(delete(nominees))
    consolidate(connection, set(connection.execute(select(distinctions.c.subject)).scalars()))


def _consolidate(connection: Connection, subjects: Sequence[str]) -> None:
    statement = select(*(distinctions.c[name] for name in _READ))
    facts = rows(connection, statement.where(distinctions.c.subject.in_(subjects)))
    by_subject: dict[str, list[Mapping[str, Any]]] = {}
    moved: list[dict[str, Any]] = []
    for fact in facts:
        if fact["state"] != "rejected":
            by_subject.setdefault(fact["subject"], []).append(fact)
        elif fact["nominee"] is not None:
            moved.append({"fact": fact["id"], "row": None})
    worked_out = []
    for key, told in by_subject.items():
        for category, group in _categories(told).items():
            row = _nominee(nominee_id(key, category), group)
            worked_out.append(row)
            moved.extend(
                {"fact": fact["id"], "row": row["id"]} for fact in group if fact["nominee"] != row["id"]
            )
    connection.execute(delete(nominees).where(nominees.c.subject.in_(subjects)))
    if worked_out:
        connection.execute(insert(nominees), worked_out)
    if moved:
        belongs = update(distinctions).where(distinctions.c.id == bindparam("fact"))
        connection.execute(belongs.values(nominee=bindparam("row")), moved)


def _categories(told: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The facts of a subject by category; one that names no category joins the only category there is."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for fact in told:
        groups.setdefault(same_name(fact["category"]), []).append(fact)
    if "" in groups and len(groups) == 2:
        bare = groups.pop("")
        next(iter(groups.values())).extend(bare)
    return groups


def _nominee(key: str, group: list[Mapping[str, Any]]) -> dict[str, Any]:
    # a person's word before a machine's, then the surest, then by id: the same facts give the same row
    best = min(group, key=lambda fact: (_DECIDED[fact["state"]], -(fact["score"] or 0), fact["id"]))
    furthest = max(STATUSES.index(fact["status"]) for fact in group)
    final = [fact for fact in group if STATUSES.index(fact["status"]) == furthest]
    days = sorted({fact["published"] for fact in group if fact["published"]})
    levels = _different(final, "level")
    opened = sum(fact["state"] == "open" for fact in group)
    scores = [fact["score"] for fact in group if fact["score"] is not None]
    decided_level = next(
        (fact["level"] for fact in sorted(final, key=lambda fact: _DECIDED[fact["state"]]) if fact["level"]),
        None,
    )
    return {
        **{name: best[name] for name in _COPIED},
        "id": key,
        "category": next((fact["category"] for fact in [best, *group] if fact["category"]), None),
        "level": decided_level or next((fact["level"] for fact in group if fact["level"]), None),
        "status": STATUSES[furthest],
        "course": _course(group),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "releases": len({fact["release"] for fact in group}),
        "score": max(scores) if scores else None,
        "state": "open" if opened == len(group) else "part" if opened else "done",
        "contradiction": _contradiction(group, levels),
    }


def _different(facts: list[Mapping[str, Any]], name: str) -> list[str]:
    return sorted({same_name(fact[name]): fact[name] for fact in facts if fact[name]}.values())


def _course(group: list[Mapping[str, Any]]) -> str:
    steps: dict[str, date | None] = {}
    for fact in sorted(
        group, key=lambda fact: (fact["published"] or date.max, STATUSES.index(fact["status"]))
    ):
        steps.setdefault(fact["status"], fact["published"])
    return "; ".join(f"{day or '?'} {status}" for status, day in steps.items())


def _contradiction(group: list[Mapping[str, Any]], levels: list[str]) -> str | None:
    """What releases say against one another, in French; two levels, or both given and lost."""
    statuses = {fact["status"] for fact in group}
    said = []
    if len(levels) > 1:
        said.append("niveaux : " + " / ".join(levels))
    if "lost" in statuses and statuses & {"awarded", "renewed"}:
        said.append("obtention et perte ou refus")
    return " ; ".join(said) or None
