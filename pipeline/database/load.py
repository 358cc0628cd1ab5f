"""Records of a run into the database: machine facts are replaced, people's decisions stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from pipeline.database.connection import Database
from pipeline.database.facts import Fact, disagrees, identity, priority, same, subject, territory, values
from pipeline.database.nominees import consolidate
from pipeline.database.rows import inserted, rows
from pipeline.database.schema import MENTIONS, distinctions, releases, runs, sources
from pipeline.model import Record
from pipeline.write.columns import rows_of

#: Releases written in one transaction: people at the review page wait no longer than one takes.
BATCH = 200


def now() -> str:
    """This moment (UTC) as the database writes moments."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def load(
    database: Database,
    records: Iterable[Record],
    *,
    version: str,
    options: Mapping[str, Any] | None = None,
) -> int:
    """Write the records of one run; the number of the run.

    A release that is there already (the same words) gets the facts of this run in place of the last
    one's.  Facts that a person has decided on keep the person's values; where the run now says something
    else, `differs` is set.  Releases that this run did not see stay as they are.
    """
    with database.writing() as connection:
        started = {"started": now(), "version": version, "options": dict(options or {})}
        run = inserted(connection, insert(runs).values(started))
    counted = {"releases": 0, "distinctions": 0}
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        with database.writing() as connection:
            _write(connection, batch, run)
        counted["releases"] += len(batch)
        counted["distinctions"] += sum(len(record.distinctions) for record in batch)
    with database.writing() as connection:
        connection.execute(update(runs).where(runs.c.id == run).values(finished=now(), **counted))
        connection.execute(text("ANALYZE"))  # the planner chooses among the indices by what they hold
    return run


def _write(connection: Connection, batch: list[Record], run: int) -> None:
    records = {record.release.id: record for record in batch}  # the same release twice: the last one counts
    told: dict[str, list[Fact]] = {name: [] for name in ("releases", "distinctions", *MENTIONS)}
    for record in records.values():
        for name, row in rows_of(record):
            told[name].append(row)
    changed = _write_releases(connection, told["releases"], run)
    _write_sources(connection, batch)
    for name, table in MENTIONS.items():
        connection.execute(delete(table).where(table.c.release.in_(records)))
        if told[name]:
            connection.execute(insert(table), told[name])
    _write_distinctions(connection, records, told["distinctions"], changed)


def _write_releases(connection: Connection, rows: list[Fact], run: int) -> dict[str, str]:
    """Insert or update; the former texts of releases whose typography is another now, by id."""
    ids = [row["id"] for row in rows]
    held = {
        row.id: row.text
        for row in connection.execute(select(releases.c.id, releases.c.text).where(releases.c.id.in_(ids)))
    }
    new = [{**row, "run": run} for row in rows if row["id"] not in held]
    old = [{**row, "run": run} for row in rows if row["id"] in held]
    if new:
        connection.execute(insert(releases), new)
    if old:
        statement = update(releases).where(releases.c.id == bindparam("known"))
        connection.execute(
            statement.values({name: bindparam(f"to_{name}") for name in old[0] if name != "id"}),
            [
                {"known": row["id"]} | {f"to_{name}": value for name, value in row.items() if name != "id"}
                for row in old
            ],
        )
    return {row["id"]: held[row["id"]] for row in old if held[row["id"]] != row["text"]}


def _write_sources(connection: Connection, batch: list[Record]) -> None:
    told = {
        (record.release.id, source)
        for record in batch
        for source in record.release.sources or (record.release.source,)
    }
    held = connection.execute(
        select(sources.c.release, sources.c.source).where(
            sources.c.release.in_({release for release, _ in told})
        )
    )
    new = sorted(told - {(row.release, row.source) for row in held})
    if new:
        connection.execute(insert(sources), [{"release": one, "source": source} for one, source in new])


def _write_distinctions(
    connection: Connection, records: Mapping[str, Record], told: list[Fact], changed: Mapping[str, str]
) -> None:
    table = distinctions
    stands = rows(connection, select(table).where(table.c.release.in_(records)))
    decided: dict[str, list[Mapping[str, Any]]] = {}
    for row in stands:
        if row["state"] != "open":
            decided.setdefault(row["release"], []).append(row)
    touched = {row["subject"] for row in stands}
    connection.execute(delete(table).where(table.c.release.in_(records), table.c.state == "open"))
    by_release: dict[str, list[Fact]] = {}
    for fact, one in zip(told, _distinctions(records), strict=True):
        fact["spans"] = [[said.start, said.end, said.reason] for said in one.evidence]
        by_release.setdefault(fact["release"], []).append(fact)
    new: list[Fact] = []
    for release, record in records.items():
        facts = by_release.get(release, [])
        for known, match in _matched(decided.get(release, []), facts):
            _tell(connection, known, match, record, changed.get(release))
            if match is not None:
                facts.remove(match)
        new.extend(_fresh(fact, record) for fact in facts)
    if new:
        connection.execute(insert(table), new)
    consolidate(connection, touched | {fact["subject"] for fact in new})


def _distinctions(records: Mapping[str, Record]) -> Iterator[Any]:
    for record in records.values():
        yield from record.distinctions


def _fresh(fact: Fact, record: Record) -> Fact:
    departement, region = territory(fact["recipient_kind"], fact["recipient_code"])
    return {
        **fact,
        "id": identity(fact["release"], fact),
        "subject": subject(fact),
        "machine": values(fact),
        "departement": departement,
        "region": region,
        "published": record.release.published.date,
        "priority": priority(fact, warned=bool(record.warnings)),
    }


def _matched(
    decided: list[Mapping[str, Any]], facts: list[Fact]
) -> Iterator[tuple[Mapping[str, Any], Fact | None]]:
    """Each decided fact with the machine's fact that it was decided on, as the machine says it now."""
    free = list(facts)
    waiting = list(decided)
    for agrees in (_as_before, same, _alike):
        for row in list(waiting):
            match = next((fact for fact in free if agrees(row, fact)), None)
            if match is not None:
                free.remove(match)
                waiting.remove(row)
                yield row, match
    for row in waiting:
        yield row, None


def _as_before(row: Mapping[str, Any], fact: Fact) -> bool:
    return row["decided_on"] is not None and same(row["decided_on"], fact)


def _alike(row: Mapping[str, Any], fact: Fact) -> bool:
    """The same award given to the same recipient, in other detail; never a fact that a person threw out."""
    if row["state"] == "rejected":
        return False
    names = ("recipient_kind", "recipient_code", "recipient_name", "award_id", "award_name")
    return any(
        all(said[name] == fact[name] for name in names)
        for said in (row, row["decided_on"])
        if said is not None
    )


def _tell(
    connection: Connection, row: Mapping[str, Any], match: Fact | None, record: Record, former: str | None
) -> None:
    """Note beside a decided fact what the machine says of it now."""
    machine = values(match) if match else None
    differs = disagrees(row, machine)
    changes: Fact = {"machine": machine, "differs": differs}
    if match is not None:
        changes["score"] = match["score"]
    if former is not None:
        changes["spans"] = match["spans"] if match else _moved(row["spans"], former, record.release.text)
    changes["priority"] = priority({**row, **changes}, differs=differs)
    connection.execute(update(distinctions).where(distinctions.c.id == row["id"]).values(changes))


def _moved(spans: list[list[Any]], former: str, text: str) -> list[list[Any]]:
    """Spans of the former text in the new one, by their words; those that are not found are left out."""
    moved = []
    for start, end, reason in spans:
        words = former[start:end]
        if (found := text.find(words)) >= 0:
            moved.append([found, found + len(words), reason])
    return moved
