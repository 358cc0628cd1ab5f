"""Releases that people have checked, in the corpus format: for training and measuring on one's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, exists, select

from pipeline.database.rows import Row, rows
from pipeline.database.schema import MENTIONS, distinctions, releases
from pipeline.gold import write_gold
from pipeline.model import (
    Announcement,
    AwardRef,
    Collectivity,
    Date,
    Days,
    Distinction,
    Event,
    Evidence,
    Issuer,
    Place,
    Published,
    Quantity,
    Record,
    Release,
    Timex,
)

_NAME = re.compile(r"[^a-z0-9]+")


def write_corpus(connection: Connection, folder: Path) -> int:
    """Write every checked release into ``folder/releases/``; how many there are.

    A release is checked when somebody vouched for it and no fact in it is undecided.  Its distinctions are
    people's; type, places, dates and quantities are the machine's, as `about` says.
    """
    target = folder / "releases"
    target.mkdir(parents=True, exist_ok=True)
    undecided = exists().where(distinctions.c.release == releases.c.id, distinctions.c.state == "open")
    statement = select(releases).where(releases.c.checked_by.is_not(None), ~undecided).order_by(releases.c.id)
    count = 0
    for row in rows(connection, statement):
        about = f"distinctions vérifiées par {row['checked_by']} le {row['checked_at'][:10]} ; le reste vient de la machine"
        name = _NAME.sub("-", Path(str(row["source"])).stem.lower()).strip("-")[:60]
        path = target / f"{name}-{row['id'][:8]}.txt"
        path.write_text(write_gold(record_of(connection, row), about), encoding="utf-8", newline="")
        count += 1
    return count


def record_of(connection: Connection, release: Row) -> Record:
    """The record of a release as the database holds it, with what people decided."""
    told = {
        name: rows(connection, select(table).where(table.c.release == release["id"]))
        for name, table in MENTIONS.items()
    }
    facts = rows(
        connection,
        select(distinctions)
        .where(distinctions.c.release == release["id"], distinctions.c.state != "rejected")
        .order_by(distinctions.c.id),
    )
    kind = release["issuer_kind"]
    return Record(
        release=Release(
            id=release["id"],
            source=release["source"],
            title=release["title"],
            text=release["text"],
            published=Published(date=release["published"], method=release["published_method"]),
            issuer=Issuer(kind=kind, code=release["issuer_code"], name=release["issuer_name"], method="text")
            if kind
            else Issuer(),
        ),
        announcement=Announcement(type=release["type"]),
        places=tuple(_place(row) for row in told["places"]),
        dates=tuple(_date(row) for row in told["dates"]),
        quantities=tuple(_quantity(row) for row in told["quantities"]),
        distinctions=tuple(_distinction(row, release["text"]) for row in facts),
        events=tuple(_event(row) for row in told["events"]),
    )


def _at(row: Row) -> dict[str, Any]:
    return {"start": row["start"], "end": row["end"], "text": row["text"]}


def _place(row: Row) -> Place:
    return Place(**_at(row), kind=row["kind"], code=row["code"], name=row["name"], type=row["type"],
                 departement=row["departement"])  # fmt: skip


def _date(row: Row) -> Date:
    timex = Timex(type=row["timex_type"], value=row["timex_value"], mod=row["timex_mod"])
    return Date(
        **_at(row), first_day=row["first_day"], last_day=row["last_day"], edtf=row["edtf"], timex=timex
    )


def _quantity(row: Row) -> Quantity:
    names = ("value", "value_max", "unit", "comparator", "indicator", "holder", "platform")
    return Quantity(**_at(row), **{name: row[name] for name in names})


def _event(row: Row) -> Event:
    # the table keeps no kind of the host: five digits are a commune, nine an EPCI
    code = row["place_code"]
    place = None
    if row["place_name"]:
        kind: Any = (
            "other"
            if code is None
            else "commune"
            if len(code) == 5
            else "epci"
            if len(code) == 9
            else "other"
        )
        place = Collectivity(kind=kind, code=code if kind != "other" else None, name=row["place_name"])
    return Event(**_at(row), name=row["name"], ordinal=row["ordinal"], first_day=row["first_day"],
                 last_day=row["last_day"], place=place)  # fmt: skip


def _distinction(row: Row, text: str) -> Distinction:
    recipient = Collectivity(
        kind=row["recipient_kind"], code=row["recipient_code"], name=row["recipient_name"]
    )
    decided = (
        Days(first_day=row["decided_first_day"], last_day=row["decided_last_day"])
        if row["decided_first_day"]
        else None
    )
    return Distinction(
        recipient=recipient,
        award=AwardRef(id=row["award_id"], name=row["award_name"]),
        organiser=row["organiser"], edition=row["edition"], category=row["category"], level=row["level"],
        status=row["status"], object=row["object"], decided=decided,
        evidence=tuple(Evidence(start=start, end=end, text=text[start:end]) for start, end, _ in row["spans"]),
    )  # fmt: skip
