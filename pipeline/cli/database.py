"""``beffroi review``, ``export``, ``database``: the nominee database and the page where staff check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from pipeline.cli.common import app, database_app, wrong

if TYPE_CHECKING:
    from pipeline.model import Record

_Database = Annotated[
    str, typer.Argument(help="The beffroi.db of a run, its folder, or a PostgreSQL address.")
]


def load_file(records: Path, address: str, options: Mapping[str, Any]) -> int:
    """Bring a database up to date with the records.jsonl of a run; the number of the run."""
    from sqlalchemy.exc import OperationalError

    from pipeline.database import Database, DatabaseError, load

    try:
        with Database(address) as database:
            return load(database, _records(records), version=__version__, options=options)
    except DatabaseError as error:
        raise wrong(str(error)) from error
    except OperationalError as error:  # no room, no rights, no server any more; what is loaded stays whole
        raise wrong(
            f"{address}: {error.orig}; the records are whole: mend that (make room there, if the disk is full) and "
            f"load them with 'beffroi database load {records} {address}'"
        ) from error


def _records(path: Path) -> Iterator[Record]:
    import msgspec

    from pipeline.model import Record

    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield Record.from_json(line)
            except msgspec.DecodeError as error:
                raise wrong(
                    f"{path}: line {number} is no record ({error}); give the records.jsonl of a run"
                ) from error


def _address(given: str) -> str:
    path = Path(given)
    return str(path / "beffroi.db") if "://" not in given and path.is_dir() else given


@app.command()
def review(
    database: _Database = "out",
    host: Annotated[
        str, typer.Option(help="Address to listen at; beyond this machine a token is asked for.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="BEFFROI_TOKEN", help="Token for access; made up when it is needed and not given."
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Check and correct the nominees in a web page (in French), and take them away.

    Example: beffroi review out
    """
    from pipeline.database import Database, DatabaseError
    from pipeline.review import serve

    try:
        with Database(_address(database), must_exist=True) as opened:
            serve(opened, host=host, port=port, token=token, browser=browser)
    except (DatabaseError, OSError) as error:
        raise wrong(str(error)) from error


@app.command()
def export(
    database: _Database,
    to: Annotated[Path, typer.Option(help="File to write; its ending tells the format, unless --format.")],
    form: Annotated[
        str | None,
        typer.Option("--format", help="csv, xlsx, parquet, jsonl, package (ZIP) or corpus (a folder)."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="Narrow to, e.g. departement=13, status=awarded, edition=2024, reviewed=done."),
    ] = None,
) -> None:
    """Write the nominees of a database as a file, or its checked releases as a corpus.

    Example: beffroi export out --to nominees.xlsx --where departement=13 --where status=awarded
    """
    from pipeline.database import Database, DatabaseError, Filters
    from pipeline.database.export import FORMATS, write_file
    from pipeline.database.search import every_nominee

    by_suffix = {one.suffix: name for name, one in FORMATS.items()}
    form = form or by_suffix.get(to.suffix) or ("corpus" if not to.suffix else None)
    if form not in (*FORMATS, "corpus"):
        raise wrong(f"--to {to}: give --format, one of {', '.join((*FORMATS, 'corpus'))}")
    filters = Filters.of(_narrowed(where or []))
    try:
        with Database(_address(database), must_exist=True) as opened, opened.reading() as connection:
            if form == "corpus":
                from pipeline.database.corpus import write_corpus

                count = write_corpus(connection, to)
                typer.echo(
                    f"{to}: {count} checked releases; look through them with 'beffroi corpus check {to}'"
                )
            else:
                write_file(form, every_nominee(connection, filters), to)
                typer.echo(str(to))
    except (DatabaseError, OSError) as error:
        raise wrong(str(error)) from error


def _narrowed(where: list[str]) -> dict[str, str]:
    from dataclasses import fields

    from pipeline.database import Filters

    known = [field.name for field in fields(Filters)]
    narrowed = {}
    for one in where:
        name, equals, value = one.partition("=")
        if not equals or name not in known or name not in Filters.of({name: value}).query():
            raise wrong(f"--where {one}: write name=value; names are {', '.join(known)}")
        narrowed[name] = value
    return narrowed


@database_app.command("load")
def database_load(
    records: Annotated[Path, typer.Argument(help="records.jsonl of a run.")],
    database: Annotated[
        str, typer.Argument(help="A file, made when it is not there, or a PostgreSQL address.")
    ],
) -> None:
    """Bring a database up to date with the records of a run; people's decisions stay.

    Example: beffroi database load out/records.jsonl nominees.db
    """
    if not records.is_file():
        raise wrong(f"{records}: no such file; give the records.jsonl of a run")
    run = load_file(records, database, {"records": str(records)})
    typer.echo(f"{database}: up to date with run {run}")


@database_app.command("backup")
def database_backup(
    database: Annotated[Path, typer.Argument(help="The beffroi.db.")],
    to: Annotated[Path, typer.Argument(help="Where the copy goes.")],
) -> None:
    """Copy a SQLite database, whole, even while somebody works on it.

    Example: beffroi database backup out/beffroi.db beffroi-2024-09-10.db
    """
    from pipeline.database import DatabaseError, backup

    try:
        backup(database, to)
    except (DatabaseError, OSError) as error:
        raise wrong(str(error)) from error
    typer.echo(f"{to}: {to.stat().st_size:,} bytes")


@database_app.command("restore")
def database_restore(
    copy: Annotated[Path, typer.Argument(help="A copy that 'beffroi database backup' made.")],
    database: Annotated[
        Path, typer.Argument(help="The beffroi.db that it goes back to; nobody may be using it.")
    ],
) -> None:
    """Put a copy back; what stood there is kept as ….before-restore.

    Example: beffroi database restore beffroi-2024-09-10.db out/beffroi.db
    """
    from pipeline.database import DatabaseError, restore

    try:
        restore(copy, database)
    except (DatabaseError, OSError) as error:
        raise wrong(str(error)) from error
    typer.echo(f"{database}: restored from {copy}")
