"""Opening the database: a file of SQLite, or PostgreSQL by its address; brought up to date when it is older."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipeline.database.nominees import rework
from pipeline.database.schema import METADATA, REVISION

_MIGRATIONS = Path(__file__).parent / "migrations"
#: The first schema, which beffroi wrote before it had migrations.
FIRST = "0001"


class DatabaseError(ValueError):
    """The database can't be used; the message says what to do."""


class Database:
    """The nominee database; use it as a context manager, or call `close`.

    `address` is a file (made when it is not there) or an SQLAlchemy address such as
    ``postgresql+psycopg://user@host/name``.  A database of an older beffroi is copied beside itself
    (SQLite) and brought up to date.  Raises `DatabaseError`.
    """

    def __init__(self, address: str | Path, *, must_exist: bool = False) -> None:
        self.address = str(address)
        self.file = None if "://" in self.address else Path(address)
        if self.file is not None:
            if must_exist and not self.file.is_file():
                raise DatabaseError(f"{self.file}: no such database; make one with 'beffroi run … --out out'")
            if self.file.is_file() and not _is_sqlite(self.file):
                raise DatabaseError(f"{self.file}: no SQLite database; give the beffroi.db of a run")
        try:
            url = make_url(f"sqlite:///{self.file}" if self.file else self.address)
            self.engine = create_engine(url)
        except (ArgumentError, ModuleNotFoundError) as error:
            raise DatabaseError(
                f"{self.address}: {error}; for PostgreSQL install 'beffroi[postgresql]' "
                "and write postgresql+psycopg://user@host/name"
            ) from error
        self.sqlite = self.engine.dialect.name == "sqlite"
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare)
            event.listen(self.engine, "begin", _begin)
        try:
            self._bring_up_to_date()
        except DBAPIError as error:
            self.close()
            raise DatabaseError(f"{self.address}: {error.orig}") from error
        except DatabaseError:
            self.close()
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections; SQLite folds its log into the file."""
        self.engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the database."""
        return self.engine.begin()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: whole at the end, or not at all.  Writers wait for one another."""
        with self.engine.connect().execution_options(immediate=True) as connection, connection.begin():
            yield connection

    def _bring_up_to_date(self) -> None:
        with self.reading() as connection:
            names = set(inspect(connection).get_table_names())
            if "alembic_version" in names:
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            else:
                found = FIRST if "distinctions" in names else None
        if found == REVISION:
            return
        if found is None:
            with self.writing() as connection:
                METADATA.create_all(connection)
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:found)"), {"found": REVISION})
            return
        self._migrate(found)

    def _migrate(self, found: str) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if found not in known:
            raise DatabaseError(
                f"{self.address}: written by a newer beffroi (schema {found}); update beffroi to open it"
            )
        if self.file is not None:
            backup(self.file, self.file.with_name(f"{self.file.stem}.schema-{found}{self.file.suffix}"))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            if not inspect(connection).has_table("alembic_version"):
                command.stamp(config, found)
            command.upgrade(config, "head")
            rework(connection)


def backup(file: Path, to: Path) -> None:
    """Copy a SQLite database to `to`, whole, even while it is in use.  Raises `DatabaseError`."""
    if not file.is_file() or not _is_sqlite(file):
        raise DatabaseError(f"{file}: no SQLite database; give the beffroi.db of a run")
    unfinished = to.with_name(to.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(to)


def restore(copy: Path, file: Path) -> None:
    """Put a backup back over the database, which must not be in use.  Raises `DatabaseError`.

    What stood there is kept beside it as ``….before-restore``.
    """
    if file.is_file():
        backup(file, file.with_name(file.name + ".before-restore"))
    if not copy.is_file() or not _is_sqlite(copy):
        raise DatabaseError(f"{copy}: no SQLite database; give a file that 'beffroi database backup' made")
    # through SQLite, not over its file: the log beside it belongs to the old content
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(file, timeout=5)) as target:
        source.backup(target)
    with Database(file):
        pass  # an old copy is brought up to date


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as content:
        head = content.read(16)
    return head == b"SQLite format 3\x00" or head == b""


def _prepare(connection: Any, _: object) -> None:
    # SQLAlchemy begins transactions itself (see _begin), so that a writer can ask for the lock at once
    connection.isolation_level = None
    for pragma in (
        "foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "busy_timeout = 15000",
        "cache_size = -65536", "mmap_size = 1073741824", "analysis_limit = 1000",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
