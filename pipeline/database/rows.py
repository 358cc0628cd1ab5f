"""Rows as plain dicts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Executable, Insert

Row = dict[str, Any]


def rows(connection: Connection, statement: Executable) -> list[Row]:
    """All rows of a statement, by the names of their columns."""
    return [dict(row) for row in connection.execute(statement).mappings()]


def row(connection: Connection, statement: Executable) -> Row | None:
    """The only row of a statement, or None."""
    found = connection.execute(statement).mappings().one_or_none()
    return None if found is None else dict(found)


def inserted(connection: Connection, statement: Insert) -> int:
    """Insert a row of a table that numbers its rows; its number."""
    key = connection.execute(statement).inserted_primary_key
    assert key is not None  # these tables have one
    return int(key[0])
