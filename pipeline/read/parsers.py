"""The parsers of single documents, by kind: bytes and limits to what the document holds.

They run in a process of their own (`child`): only what is plain text or lines is parsed elsewhere.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipeline.read.containers import feed_entries
from pipeline.read.documents import read_docx, read_odt
from pipeline.read.incoming import Content
from pipeline.read.mail import read_mail
from pipeline.read.markup import read_page
from pipeline.read.options import Options
from pipeline.read.pdf import read_pdf
from pipeline.read.plain import decode
from pipeline.read.press import read_press_page, read_press_text
from pipeline.read.tables import content_of, excel_to_rows, parquet_to_rows

_BATCH = 200  # rows that are handed over together
Parser = Callable[[bytes, Options], Iterable[Content]]

#: How a document of each kind is parsed.
PARSERS: dict[str, Parser] = {
    "html": lambda data, options: read_page(decode(data), options.limits),
    "pdf": lambda data, options: [read_pdf(data, options.limits)],
    "docx": lambda data, options: [read_docx(data)],
    "odt": lambda data, options: [read_odt(data)],
    "mail": lambda data, options: read_mail(data, options.limits),
    "feed": lambda data, options: feed_entries(data),
    "press-page": lambda data, options: read_press_page(decode(data), options.limits),
    "press-text": lambda data, options: read_press_text(decode(data)),
    "excel": lambda data, options: (content_of(row, options.columns) for row in excel_to_rows(data)),
    "parquet": lambda data, options: (
        content_of(row, options.columns) for row in parquet_to_rows(io.BytesIO(data))
    ),
}


def _batches_of_parquet(path: Path, options: Options) -> Iterator[list[Content]]:
    with path.open("rb") as file:
        rows = (content_of(row, options.columns) for row in parquet_to_rows(file))
        while batch := list(islice(rows, _BATCH)):
            yield batch


#: How a large file of a kind is parsed, a batch of contents at a time.
STREAMED: dict[str, Callable[[Path, Options], Iterator[list[Content]]]] = {"parquet": _batches_of_parquet}
