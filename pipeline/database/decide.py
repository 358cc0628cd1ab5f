"""What people decide: accept, correct, reject, add, keep, undo; each decision is written down for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from pipeline.database.facts import (
    FIELDS,
    STATUSES,
    Fact,
    disagrees,
    priority,
    same,
    subject,
    territory,
    values,
)
from pipeline.database.load import now
from pipeline.database.nominees import consolidate
from pipeline.database.rows import inserted, rows
from pipeline.database.rows import row as one_row
from pipeline.database.schema import distinctions, releases, reviews

#: Longest text a person can write into a field, in characters.
LONGEST = 300
_KEPT = (*FIELDS, "state", "reviewer", "reviewed_at", "decided_on", "differs", "spans")


class DecisionError(ValueError):
    """A decision that can't be taken; the message (in French) says why and what to do."""


class ConflictError(DecisionError):
    """Somebody else changed the row meanwhile; `current` is the row as it is now."""

    def __init__(self, current: Mapping[str, Any]) -> None:
        super().__init__(
            f"Cette ligne a été modifiée entre-temps par {current['reviewer'] or 'une nouvelle analyse'} : "
            "voici son état actuel."
        )
        self.current = current


def accept(connection: Connection, fact: str, version: int, who: str, why: str | None = None) -> Fact:
    """The fact is right as it stands.  Raises `ConflictError`, `DecisionError`."""
    row = _current(connection, fact, version)
    return _decide(connection, row, "accept", {"state": "accepted", "decided_on": row["machine"]}, who, why)


def reject(connection: Connection, fact: str, version: int, who: str, why: str | None = None) -> Fact:
    """The release does not say that.  Raises `ConflictError`, `DecisionError`."""
    row = _current(connection, fact, version)
    return _decide(connection, row, "reject", {"state": "rejected", "decided_on": row["machine"]}, who, why)


def correct(
    connection: Connection,
    fact: str,
    version: int,
    corrected: Mapping[str, Any],
    who: str,
    why: str | None = None,
) -> Fact:
    """The fact with a person's values; values that change nothing are an acceptance.  Raises `ConflictError`, `DecisionError`."""
    row = _current(connection, fact, version)
    checked = check(corrected)
    if values(row) == checked and row["state"] != "rejected":
        return accept(connection, fact, version, who, why)
    state = "added" if row["state"] == "added" else "corrected"
    return _decide(
        connection, row, "correct", {**checked, "state": state, "decided_on": row["machine"]}, who, why
    )


def keep(connection: Connection, fact: str, version: int, who: str) -> Fact:
    """A person's decision stands against what the machine says now.  Raises `ConflictError`, `DecisionError`."""
    row = _current(connection, fact, version)
    return _decide(connection, row, "keep", {"decided_on": row["machine"]}, who, None)


def add(
    connection: Connection,
    release: str,
    said: Mapping[str, Any],
    span: tuple[int, int] | None,
    who: str,
    why: str | None = None,
) -> Fact:
    """A fact that the machine did not see; `span` are the words that say it.  Raises `DecisionError`."""
    held = one_row(connection, select(releases).where(releases.c.id == release))
    if held is None:
        raise DecisionError("Ce communiqué n’est plus dans la base.")
    checked = check(said)
    stands = rows(connection, select(distinctions).where(distinctions.c.release == release))
    if any(same(row, checked) and row["state"] != "rejected" for row in stands):
        raise DecisionError("Cette distinction figure déjà dans ce communiqué.")
    spans: list[list[Any]] = []
    if span is not None:
        start, end = span
        if not 0 <= start < end <= len(held["text"]):
            raise DecisionError("La sélection ne se trouve pas dans le texte : sélectionnez à nouveau.")
        spans = [[start, end, f"ajouté par {who}"]]
    row = {
        "id": uuid4().hex[:16], "release": release, "source": held["source"], "published": held["published"],
        "evidence": " […] ".join(held["text"][start:end] for start, end, _ in spans), "spans": spans,
        "state": "added", "machine": None, "decided_on": None, "differs": False, "priority": 0.0,
        "version": 0, "reviewer": None, "reviewed_at": None, "subject": subject(checked), **checked,
    }  # fmt: skip
    connection.execute(insert(distinctions), [row])
    return _decide(connection, row, "add", {"state": "added"}, who, why, before=None)


def undo(connection: Connection, who: str) -> Fact | None:
    """Take back the last decision of `who` that was not taken back; the row as it is then, None for an added one.

    Raises `DecisionError` when there is none, `ConflictError` when somebody changed the row since.
    """
    mine = (reviews.c.who == who, reviews.c.undone_by.is_(None), reviews.c.action != "undo")
    statement = select(reviews).where(*mine).order_by(reviews.c.id.desc()).limit(1)
    last = one_row(connection, statement)
    if last is None:
        raise DecisionError("Rien à annuler.")
    row = _row(connection, last["distinction"])
    if row is None or not _stands(row, last["after"]):
        raise ConflictError(row or {"reviewer": None})
    if last["before"] is None:
        connection.execute(delete(distinctions).where(distinctions.c.id == row["id"]))
        consolidate(connection, {row["subject"]})
        after = None
    else:
        after = _move(connection, row, last["before"], who, keep_reviewer=True)
    number = _note(connection, "undo", row, last["after"], last["before"], who, None)
    connection.execute(update(reviews).where(reviews.c.id == last["id"]).values(undone_by=number))
    return after


def check_release(connection: Connection, release: str, who: str | None) -> None:
    """Somebody vouches that all distinctions of a release are there and right; None takes it back.

    Raises `DecisionError` while some of its distinctions are undecided.
    """
    undecided = connection.execute(
        select(distinctions.c.id).where(distinctions.c.release == release, distinctions.c.state == "open")
    ).first()
    if who is not None and undecided is not None:
        raise DecisionError("Décidez d’abord de chaque distinction de ce communiqué.")
    connection.execute(
        update(releases)
        .where(releases.c.id == release)
        .values(checked_by=who, checked_at=now() if who else None)
    )


def check(said: Mapping[str, Any]) -> Fact:
    """A person's values, tidied: empty texts are None.  Raises `DecisionError`, in French, when one can't be."""
    fact: Fact = {}
    for name in FIELDS:
        value = said.get(name)
        if isinstance(value, str):
            value = " ".join(value.split()) or None
            if value is not None and len(value) > LONGEST:
                raise DecisionError(f"Texte trop long : {LONGEST} caractères au plus.")
        fact[name] = value
    if not fact["recipient_name"] or not fact["award_name"]:
        raise DecisionError("Indiquez au moins qui est distingué et par quel prix ou label.")
    if fact["status"] not in STATUSES:
        raise DecisionError("Choisissez un statut.")
    if fact["edition"] is not None:
        try:
            fact["edition"] = int(fact["edition"])
        except ValueError:
            raise DecisionError("L’édition est une année, par exemple 2024.") from None
        if not 1900 <= fact["edition"] <= 2100:
            raise DecisionError("L’édition est une année entre 1900 et 2100.")
    return fact


def _row(connection: Connection, fact: str) -> Fact | None:
    return one_row(connection, select(distinctions).where(distinctions.c.id == fact))


def _current(connection: Connection, fact: str, version: int) -> Mapping[str, Any]:
    row = _row(connection, fact)
    if row is None:
        raise DecisionError(
            "Cette ligne n’existe plus : une nouvelle analyse l’a remplacée. Rechargez la page."
        )
    if row["version"] != version:
        raise ConflictError(row)
    return row


def _stands(row: Mapping[str, Any], after: Mapping[str, Any] | None) -> bool:
    return after is not None and all(row[name] == after[name] for name in (*FIELDS, "state", "reviewed_at"))


def _decide(
    connection: Connection,
    row: Mapping[str, Any],
    action: str,
    changes: Mapping[str, Any],
    who: str,
    why: str | None,
    **given: Any,
) -> Fact:
    before = given["before"] if "before" in given else {name: row[name] for name in _KEPT}
    after = _move(connection, row, changes, who)
    _note(connection, action, row, before, {name: after[name] for name in _KEPT}, who, why)
    return after


def _move(
    connection: Connection,
    row: Mapping[str, Any],
    changes: Mapping[str, Any],
    who: str,
    *,
    keep_reviewer: bool = False,
) -> Fact:
    """The row with its changes, the version one higher, and all that follows from its values."""
    after = {**row, **changes, "version": row["version"] + 1}
    if not keep_reviewer:
        after |= {"reviewer": who, "reviewed_at": now()}
    after["subject"] = subject(after)
    after["departement"], after["region"] = territory(after["recipient_kind"], after["recipient_code"])
    after["differs"] = after["state"] != "open" and disagrees(after, after["machine"])
    after["priority"] = priority(after, differs=after["differs"])
    connection.execute(update(distinctions).where(distinctions.c.id == row["id"]).values(after))
    consolidate(connection, {row["subject"], after["subject"]})
    return after


def _note(
    connection: Connection,
    action: str,
    row: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    who: str,
    why: str | None,
) -> int:
    noted = {"at": now(), "who": who, "action": action, "distinction": row["id"], "release": row["release"],
             "before": before, "after": after, "why": why}  # fmt: skip
    return inserted(connection, insert(reviews).values(noted))
