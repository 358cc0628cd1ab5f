"""Writing a run: records, errors and tables, streamed, and put in place only when whole."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from pipeline.model import Record
from pipeline.read import Failure
from pipeline.write.cells import spreadsheet_cell
from pipeline.write.columns import TABLES, Column, Row, rows_of
from pipeline.write.known import HIDDEN, IDENTITY, RECORDS, write_identity
from pipeline.write.room import forced, writing

_CHUNK = 5000  # rows of a Parquet row group
_SAFE = 500  # records after which what is written is forced to the disk


class RunWriter:
    """Writes one run into a folder; use it as a context manager.

    Everything is written into a hidden folder inside and moved into place at the end, so that a run
    that is cut off leaves the last one whole; its records stay there for `Known` to take over.  Raises
    `WriteError` when the disk takes no more.
    """

    def __init__(self, folder: Path, identity: str = "") -> None:
        self.folder = folder
        self._identity = identity
        self._hidden = folder / HIDDEN
        self.records = self.failures = self.distinctions = self.warnings = 0

    def __enter__(self) -> RunWriter:
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            (self._hidden / "tables").mkdir(parents=True, exist_ok=True)
            write_identity(self._hidden, self._identity)
            self._lines: IO[bytes] = (self._hidden / RECORDS).open("wb")
            self._errors: IO[bytes] = (self._hidden / "errors.jsonl").open("wb")
            self._tables = {name: _Table(name, columns, self._hidden) for name, columns in TABLES.items()}
        return self

    def write(self, outcome: Record | Failure) -> None:
        """Write a record or a failure, in the order of the sources.  Raises `WriteError`."""
        with writing(self.folder):
            self._write(outcome)

    def _write(self, outcome: Record | Failure) -> None:
        if isinstance(outcome, Failure):
            self.failures += 1
            self._errors.write(msgspec.json.encode(asdict(outcome)) + b"\n")
            return
        self.records += 1
        self.distinctions += len(outcome.distinctions)
        self.warnings += len(outcome.warnings)
        self._lines.write(outcome.to_json() + b"\n")
        self._lines.flush()  # a process that is killed loses nothing that it wrote
        if self.records % _SAFE == 0:
            os.fsync(self._lines.fileno())
        for name, row in rows_of(outcome):
            self._tables[name].add(row)

    def add_sources(self, further: Callable[[str], list[str]]) -> None:
        """Give the records the other names of their releases, which are known only at the end of a run.

        `further` tells them by the id of a release.  A run that is cut off here leaves the records
        as they were, to be gone on with.  Raises `WriteError`.
        """
        with writing(self.folder):
            self._add_sources(further)

    def _add_sources(self, further: Callable[[str], list[str]]) -> None:
        self._lines.close()
        self._tables.pop("releases").close()
        table = _Table("releases", TABLES["releases"], self._hidden)
        whole = self._hidden / RECORDS
        renewed = self._hidden / "kept.renewed"  # never put in place by a later run
        with whole.open("rb") as held, renewed.open("wb") as lines:
            for line in held:
                record = Record.from_json(line)
                others = further(record.release.id)
                if others:
                    sources = (record.release.source, *others)
                    release = msgspec.structs.replace(record.release, sources=sources)
                    record = msgspec.structs.replace(record, release=release)
                lines.write(record.to_json() + b"\n")
                table.add(next(rows_of(record))[1])
            lines.flush()
            os.fsync(lines.fileno())
        table.close()
        renewed.replace(whole)
        self._lines = whole.open("ab")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if (
            kind is not None
        ):  # what is there can be gone on with; that a full disk takes no more is told already
            for close in (
                self._lines.close,
                self._errors.close,
                *(one.close for one in self._tables.values()),
            ):
                with contextlib.suppress(OSError, ValueError):
                    close()
            return
        with writing(self.folder):
            self._finish()

    def _finish(self) -> None:
        """Put the results in place of the last run's, when all of them are whole."""
        for file in (self._lines, self._errors):
            file.flush()
            os.fsync(file.fileno())  # before it takes the place of the last one: the power may fail
            file.close()
        for table in self._tables.values():
            table.close()
        (self.folder / "tables").mkdir(exist_ok=True)
        results = [
            path
            for path in sorted(self._hidden.rglob("*"))
            if path.is_file() and not path.name.startswith((".", "kept."))
        ]
        for path in results:
            if path.suffix != ".jsonl":
                forced(path)
        # cut off from here on, the records in place must not pass for those of the program that wrote the last ones
        (self.folder / IDENTITY).unlink(missing_ok=True)
        for path in sorted(results, key=lambda path: path.name == IDENTITY):
            path.replace(self.folder / path.relative_to(self._hidden))
        for folder in (self.folder / "tables", self.folder):
            forced(folder)
        shutil.rmtree(self._hidden, ignore_errors=True)


class _Table:
    """One table as CSV (UTF-8 with a mark, for spreadsheets) and Parquet."""

    def __init__(self, name: str, columns: tuple[Column, ...], folder: Path) -> None:
        import pyarrow
        import pyarrow.parquet

        types = {
            "text": pyarrow.string(),
            "integer": pyarrow.int64(),
            "number": pyarrow.float64(),
            "date": pyarrow.date32(),
        }
        self._columns = columns
        self._schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
        self._arrow = pyarrow
        self._parquet = pyarrow.parquet.ParquetWriter(folder / "tables" / f"{name}.parquet", self._schema)
        self._file = (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow([column.name for column in columns])
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._csv.writerow([spreadsheet_cell(row[column.name]) for column in self._columns])
        self._rows.append(row)
        if len(self._rows) >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._parquet.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._parquet.close()
        self._file.close()
