"""Opening, migrating, backing up, restoring."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select, text

from pipeline.database import Database, DatabaseError, Filters, backup, list_nominees, load, restore, work
from pipeline.database.connection import _MIGRATIONS
from pipeline.database.decide import accept
from pipeline.database.schema import METADATA, REVISION, distinctions, releases
from pipeline.review import create_app
from tests.database.records import distinction, record
from tests.needs import program

TEXT = "Fos-sur-Mer décroche le Hashtag d'Or 2024."


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A database as beffroi 0.1 wrote it, with one release under two names."""
    path = tmp_path / "first.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            import_module("pipeline.database.migrations.versions.v0001_first_tables").upgrade()
        for source in ("a.txt", "b.txt"):
            connection.execute(
                text(
                    "INSERT INTO releases (id, source, published, type, text) VALUES ('r', :source, '2024-06-01', 'distinction', :told)"
                ),
                {"source": source, "told": TEXT},
            )
            connection.execute(
                text("INSERT INTO distinctions (release, recipient_kind, recipient_code, recipient_name, award_id, award_name, edition, level, status, score, evidence, source) "
                     "VALUES ('r', 'commune', '13039', 'Fos-sur-Mer', 'hashtags', 'Hashtags', 2024, 'Or', 'awarded', 0.8, 'Fos-sur-Mer […] Hashtag d''Or', :source)"),
                {"source": source},
            )  # fmt: skip
            connection.execute(
                text(
                    "INSERT INTO places VALUES ('r', 0, 11, 'Fos-sur-Mer', 'commune', '13039', 'Fos-sur-Mer', NULL, '13', 0.9)"
                )
            )
    engine.dispose()
    return path


def test_the_first_schema_is_carried_over_and_a_copy_kept(first: Path) -> None:
    with Database(first) as database, database.reading() as connection:
        (nominee,) = list_nominees(connection, Filters(q="hashtag")).rows
        assert (nominee["recipient_name"], nominee["level"], nominee["departement"]) == (
            "Fos-sur-Mer",
            "Or",
            "13",
        )
        (fact,) = work(connection, Filters()).rows
        assert [TEXT[start:end] for start, end, _ in fact["spans"]] == ["Fos-sur-Mer", "Hashtag d'Or"]
    assert (first.parent / "first.schema-0001.db").is_file()


def test_migrations_end_where_the_tables_are(first: Path) -> None:
    assert ScriptDirectory(str(_MIGRATIONS)).get_current_head() == REVISION
    with Database(first) as database, database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    # the tables of the full-text index are SQLite's own
    assert [one for one in found if "releases_search" not in str(one)] == []


def test_a_migrated_database_takes_the_next_run(first: Path) -> None:
    with Database(first) as database:
        load(database, [record(TEXT, distinction(level="Argent"))], version="test")


def test_a_database_of_a_newer_beffroi_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Database(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(DatabaseError, match="newer"):
        Database(path)


def test_what_is_no_database_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Bonjour à tous, ceci est un texte.", encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"notes\.txt: no SQLite"):
        Database(tmp_path / "notes.txt")
    with pytest.raises(DatabaseError, match="no such database"):
        Database(tmp_path / "none.db", must_exist=True)
    with pytest.raises(DatabaseError, match="postgresql"):
        Database("nothing://here")


def test_a_backup_comes_back_with_every_decision(tmp_path: Path) -> None:
    path, copy = tmp_path / "beffroi.db", tmp_path / "copy.db"
    with Database(path) as database:
        load(database, [record(TEXT, distinction())], version="test")
        with database.writing() as connection:
            fact = connection.execute(select(distinctions.c.id)).scalar_one()
            accept(connection, fact, 1, "Ana")
        backup(path, copy)  # while it is open
        with database.writing() as connection:
            connection.execute(distinctions.delete())
    restore(copy, path)
    with Database(path) as database, database.reading() as connection:
        assert connection.execute(select(distinctions.c.state, distinctions.c.reviewer)).one() == (
            "accepted",
            "Ana",
        )
        assert list_nominees(connection, Filters(q="hashtag")).total == 1
    assert path.with_name("beffroi.db.before-restore").is_file()


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Database(tmp_path / "beffroi.db") as database:
        with contextlib.suppress(ZeroDivisionError), database.writing() as connection:
            connection.execute(releases.insert(), {"id": "x", "text": "y"})
            raise ZeroDivisionError
        with database.reading() as connection:
            assert connection.execute(select(releases)).all() == []


@pytest.fixture
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL of the test's own, on the loopback."""
    control = program("pg_ctl", tried="the database in PostgreSQL")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="beffroi-pg"))
    # PostgreSQL refuses to run as root
    account: dict[str, str] = {"user": "nobody"} if os.getuid() == 0 else {}
    if account:
        shutil.chown(folder, "nobody")
    initdb = shutil.which("initdb") or str(Path(control).resolve().with_name("initdb"))
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    try:
        subprocess.run([initdb, "-D", folder / "data", "-U", "beffroi", "-A", "trust", "-E", "UTF8", "--locale=C"],
                       check=True, capture_output=True, cwd=folder, **account)  # type: ignore[call-overload]  # fmt: skip
        subprocess.run([control, "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **account)  # type: ignore[call-overload]  # fmt: skip
        yield f"postgresql+psycopg://beffroi@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([control, "-D", folder / "data", "-m", "immediate", "stop"], capture_output=True, cwd=folder, **account)  # type: ignore[call-overload]  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql_by_its_address(postgres: str) -> None:
    for _ in range(2):
        with Database(postgres) as database:
            load(database, [record(TEXT, distinction(level="Or"))], version="test")
            with database.reading() as connection:
                assert list_nominees(connection, Filters(q="hashtag", departement="13")).total == 1
    with Database(postgres) as database:
        page = TestClient(create_app(database), base_url="http://127.0.0.1")
        for path in (
            "/a-verifier?q=hashtag&level=or&below=0,9&since=2020-01-01&reviewed=contradiction", "/a-verifier",
            "/nominations?category=x&reviewed=differs", "/nominations?q=hashtag", "/carte", "/journal",
            "/prix/hashtags?edition=2024", "/collectivites/commune/13039", "/export/csv", "/completer/prix?award=ha",
        ):  # fmt: skip
            assert page.get(path).status_code == 200, path
        with database.writing() as connection:
            fact = connection.execute(select(distinctions.c.id)).scalar_one()
            accept(connection, fact, 1, "Ana")
        load(database, [record(TEXT, distinction(level="Argent"))], version="test")
        with database.reading() as connection:
            row = connection.execute(select(distinctions)).mappings().one()
        assert (row["level"], row["state"], row["differs"], row["machine"]["level"]) == (
            "Or",
            "accepted",
            True,
            "Argent",
        )
