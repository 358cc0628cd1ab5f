"""Tables with a release a row: JSON Lines, CSV, TSV, Excel, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from pipeline.read.incoming import Content, ReadError
from pipeline.read.options import Columns
from pipeline.read.plain import fields

Row = dict[str, Any]
#: Endings of the names of tables; Excel and Parquet are known by their content as well.
LINES = (".jsonl", ".ndjson", ".csv", ".tsv")
#: Names of the column that holds the text.
TEXT_KEYS = ("text", "texte", "content", "contenu", "body", "corps")
_LONGEST = 50_000_000  # characters of a cell
_HEAD = 1_000_000  # characters in which the first line of a table ends


def lines_suffix(text: str) -> str | None:
    """The ending that a table in lines would have: ".jsonl", ".csv" or ".tsv"; None for what is no such table.

    JSON Lines begin with an object, CSV with a line of names of which one is usual for the text.
    """
    first, _, rest = text.lstrip("\ufeff\r\n ")[:_HEAD].partition("\n")
    if first.startswith("{"):
        try:
            return ".jsonl" if isinstance(json.loads(first), dict) else None
        except (ValueError, RecursionError):
            return None
    for mark, suffix in (("\t", ".tsv"), (";", ".csv"), (",", ".csv")):
        names = [name.strip().strip('"').lower() for name in first.split(mark)]
        if len(names) > 1 and set(names) & set(TEXT_KEYS) and all(map(_is_name, names)) and mark in rest:
            return suffix
    return None


def _is_name(name: str) -> bool:
    return 0 < len(name) <= 40 and len(name.split()) <= 4 and not name.endswith((".", ":"))


def lines_to_rows(lines: Iterable[str], suffix: str) -> Iterator[Row | str]:
    """The rows of JSON Lines or CSV; a line that is none gives what is wrong with it."""
    if suffix in (".csv", ".tsv"):
        csv.field_size_limit(_LONGEST)
        waiting = iter(lines)
        head = next(waiting, "")
        mark = "\t" if suffix == ".tsv" or "\t" in head else ";" if head.count(";") > head.count(",") else ","
        yield from csv.DictReader(_again(head, waiting), delimiter=mark)
        return
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield f"not a line of JSON ({error})"
            continue
        yield row if isinstance(row, dict) else "a line of JSON must be an object with a 'text'"


def content_of(row: Row, columns: Columns) -> Content:
    """The release in a row of a table; its text is empty when the cell is.

    Raises `ReadError` when the table has no such column; the message names those that it has.
    """
    known = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
    wanted = columns.text.strip().lower() if columns.text else None
    names = [wanted] if wanted else [key for key in TEXT_KEYS if key in known]
    if not names or names[0] not in known:
        there = ", ".join(str(key) for key in row if key)[:200] or "none"
        what = f"'{columns.text}'" if columns.text else f"'{TEXT_KEYS[0]}'"
        raise ReadError("no-column", f"no column {what}; its columns: {there}; name one with --text-column")
    for option, key in (("title", "title"), ("date", "date"), ("issuer", "issuer")):
        name = getattr(columns, option)
        if name is not None:
            if name.strip().lower() not in known:
                there = ", ".join(str(key) for key in row if key)[:200]
                raise ReadError(
                    "no-column", f"no column '{name}'; its columns: {there}; name one with --{option}-column"
                )
            known[key] = known[name.strip().lower()]
    words = next((known[name] for name in names if isinstance(known.get(name), str)), "")
    return fields(str(words), known) if str(words).strip() else Content("")


def _again(head: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rest


def excel_to_rows(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet of a workbook, under the names in its first row."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    first = next((cells for cells in rows if any(cell is not None for cell in cells)), ())
    names = [str(cell).strip() if cell is not None else "" for cell in first]
    for cells in rows:
        row = {name: _plain(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(value not in (None, "") for value in row.values()):
            yield row


def parquet_to_rows(source: IO[bytes]) -> Iterator[Row]:
    """The rows of a Parquet file, read group by group.  Raises `ReadError` for a broken one."""
    import pyarrow
    import pyarrow.parquet

    try:
        for batch in pyarrow.parquet.ParquetFile(source).iter_batches(batch_size=500):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items()}
    except pyarrow.ArrowException as error:
        raise ReadError("parquet", f"broken Parquet file ({error}); write it again") from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
