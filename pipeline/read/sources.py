"""Sources to releases: files, folders, globs, archives and standard input, formats by their content."""

from __future__ import annotations

import glob
import gzip
import io
import json
import stat
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO

from pipeline.model import Issuer, Published, Release
from pipeline.read.containers import (
    LARGEST,
    feed_entries,
    gunzip,
    is_feed,
    is_mailbox,
    is_tar,
    is_web_archive,
    mail_attachments,
    mailbox_parts,
    tar_parts,
    web_pages,
    zip_parts,
)
from pipeline.read.digests import releases_in
from pipeline.read.documents import read_docx, read_mail, read_odt, read_pdf
from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.markup import read_html
from pipeline.read.plain import decode, fields, read_plain
from pipeline.read.tables import LINES, TEXT_KEYS, Row, excel_to_rows, lines_to_rows, parquet_to_rows
from pipeline.text import digest

#: Inputs that are read bit by bit, whatever their size.
_STREAMED = (*LINES, ".parquet", ".warc", ".warc.gz")
_UNKNOWN = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"RIFF": "a picture or sound",
    b"\x7fELF": "a program", b"MZ": "a program", b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive", b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls)", b"OggS": "a sound",
    b"ID3": "a sound", b"SQLite format 3": "a database", b"\x00\x00\x00": "a film or binary file",
}  # fmt: skip


def read(*sources: str | Path) -> Iterator[Incoming | Failure]:
    """Releases of the sources in order; an input that cannot be read gives a `Failure` in its place.

    A source is a file, a folder (read to its depth, names in order), a glob, an archive (ZIP, tar, gzip,
    WARC), a mailbox, a feed, a table with a column ``text`` (JSON Lines, CSV, Excel, Parquet), or ``-`` for
    standard input.
    """
    for source in sources:
        name = str(source)
        if name == "-":
            yield from _guarded("-", sys.stdin.buffer.read())
        else:
            for path, said in _paths(name):
                yield from _file(path, said)


def count(sources: Iterable[str | Path]) -> int:
    """How many files the sources hold, for a progress bar; archives and tables count as one."""
    return sum(1 if str(source) == "-" else sum(1 for _ in _paths(str(source))) for source in sources)


def _paths(name: str) -> Iterator[tuple[Path, str]]:
    path = Path(name)
    if path.is_dir():
        found = False
        for inner in sorted(path.rglob("*")):
            if any(part.startswith(".") for part in inner.relative_to(path).parts) or inner.is_dir():
                continue
            found = True
            yield inner, str(inner)
        if not found:
            yield path, name
    elif not path.exists() and any(mark in name for mark in "*?["):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the user's pattern may be absolute
        for match in matches:
            if not Path(match).is_dir():
                yield Path(match), match
        if not matches:
            yield path, name
    else:
        yield path, name


def _file(path: Path, said: str) -> Iterator[Incoming | Failure]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield Failure(said, "read", "empty-folder", f"{said}: no file in this folder")
            return
        if not stat.S_ISREG(mode):
            yield Failure(
                said,
                "read",
                "not-a-file",
                f"{said}: a pipe or device, not a file; copy its content to a file",
            )
            return
        size = path.stat().st_size
        if size > LARGEST and path.name.lower().endswith(_STREAMED):
            yield from _streamed(path, said)
            return
        if size > LARGEST:
            yield Failure(
                said, "read", "too-large", f"{said}: {size:,} bytes, more than {LARGEST:,}; split it"
            )
            return
        data = path.read_bytes()
    except FileNotFoundError:
        yield Failure(said, "read", "not-found", f"{said}: no such file or folder; check the name")
        return
    except PermissionError:
        yield Failure(said, "read", "unreadable", f"{said}: no permission to read it; change its rights")
        return
    except OSError as error:
        yield Failure(said, "read", "unreadable", f"{said}: {error.strerror or error}")
        return
    address = _fetched_from(path)
    for found in _guarded(said, data):
        if address is not None and isinstance(found, Incoming):
            yield Incoming(found.release, (*found.hints, address))
        else:
            yield found


def _fetched_from(path: Path) -> str | None:
    """The address of a page that 'beffroi fetch' kept, from the file that it wrote beside it."""
    beside = path.with_name(f".{path.stem}.json")
    if not beside.is_file():
        return None
    try:
        told = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(told["address"]) if isinstance(told, dict) and told.get("address") else None


def _streamed(path: Path, said: str) -> Iterator[Incoming | Failure]:
    """A large table or web archive, which is never held in memory as a whole."""
    suffix = path.suffix.lower()
    if suffix in LINES:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from _caught(said, _rows(said, lines_to_rows(lines, suffix)))
    else:
        with path.open("rb") as stream:
            if suffix == ".parquet":
                yield from _caught(said, _rows(said, parquet_to_rows(stream)))
            else:
                yield from _caught(said, _pages(said, stream))


def _guarded(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    """The releases of one input, or its failure; no input stops the batch."""
    return _caught(said, _releases(said, data))


def _caught(said: str, releases: Iterator[Incoming | Failure]) -> Iterator[Incoming | Failure]:
    try:
        yield from releases
    except ReadError as error:
        yield Failure(said, "read", error.kind, f"{said}: {error}")
    except (
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        RecursionError,
        MemoryError,
        zipfile.BadZipFile,
        tarfile.TarError,
        gzip.BadGzipFile,
        OSError,
    ) as error:
        yield Failure(
            said, "read", type(error).__name__, f"{said}: cannot be read ({error}); is the file whole?"
        )


def _releases(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    suffix = Path(said.split("#")[0]).suffix.lower()
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if data.startswith(b"\x1f\x8b"):
        yield from _unpacked(said, data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _zipped(said, data)
    elif is_tar(data):
        yield from _parts(tar_parts(said, data))
    elif is_web_archive(data):
        yield from _pages(said, io.BytesIO(data))
    elif data.startswith(b"PAR1"):
        yield from _rows(said, parquet_to_rows(io.BytesIO(data)))
    elif data[:1024].lstrip().startswith(b"%PDF"):
        yield from _each(said, read_pdf(data))
    else:
        for magic, what in _UNKNOWN.items():
            if data.startswith(magic):
                raise ReadError(
                    "unknown-type", f"{what}, no release; give text, HTML, PDF, DOCX, EML, JSONL or CSV"
                )
        yield from _written(said, data, suffix)


def _written(said: str, data: bytes, suffix: str) -> Iterator[Incoming | Failure]:
    """What is written in letters: tables, mails, feeds, pages, plain text."""
    if suffix in LINES:
        yield from _rows(said, lines_to_rows(io.StringIO(decode(data), newline=""), suffix))
    elif is_mailbox(data):
        yield from _parts(mailbox_parts(said, data))
    elif suffix == ".eml" or _is_mail(data):
        itself, attached = mail_attachments(said, data)
        if itself:
            yield from _each(said, read_mail(data))
        for name, content in attached:
            yield from _guarded(name, content)
    else:
        text = decode(data)
        if is_feed(text):
            yield from _entries(said, data)
        elif suffix in (".html", ".htm", ".xhtml") or _is_html(text):
            yield _incoming(said, read_html(text))
        else:
            yield from _each(said, read_plain(text))


def _parts(parts: Iterator[tuple[str, bytes] | Failure]) -> Iterator[Incoming | Failure]:
    for part in parts:
        if isinstance(part, Failure):
            yield part
        else:
            yield from _guarded(*part)


def _unpacked(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    content = gunzip(data)
    if is_web_archive(content):
        yield from _pages(said, io.BytesIO(data))  # each of its records is packed by itself
    else:
        yield from _guarded(said[:-3] if said.lower().endswith(".gz") else said, content)


def _zipped(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    """A Word, OpenDocument or Excel file, or an archive: all are ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        yield from _each(said, read_docx(data))
    elif "xl/workbook.xml" in names:
        yield from _rows(said, excel_to_rows(data))
    elif {"mimetype", "content.xml"} <= names:
        yield from _each(said, read_odt(data))
    else:
        yield from _parts(zip_parts(said, data))


def _entries(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    for number, content in enumerate(feed_entries(data), start=1):
        name = said if number == 1 else f"{said}#{number}"
        if content.text.strip():
            yield _incoming(name, content)
        else:
            yield Failure(
                name, "read", "no-text", f"{name}: an entry without a text; fetch the page it links to"
            )


def _pages(said: str, stream: IO[bytes]) -> Iterator[Incoming | Failure]:
    for page in web_pages(said, stream):
        yield page if isinstance(page, Failure) else _incoming(*page)


def _is_html(text: str) -> bool:
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html")) or (
        ("<body" in head or "<article" in head) and head.startswith("<")
    )


def _is_mail(data: bytes) -> bool:
    head = data[:4000]
    names = (b"from:", b"subject:", b"mime-version:", b"received:", b"date:", b"to:")
    lines = head.replace(b"\r\n", b"\n").split(b"\n\n")[0].lower().split(b"\n")
    return sum(any(line.startswith(name) for name in names) for line in lines) >= 3


def _rows(said: str, rows: Iterable[Row | str]) -> Iterator[Incoming | Failure]:
    """One release a row of a table, named "#2" from the second on."""
    number = 0
    for number, row in enumerate(rows, start=1):
        name = said if number == 1 else f"{said}#{number}"
        if isinstance(row, str):
            yield Failure(name, "read", "bad-line", f"{name}: {row}")
            continue
        known = {str(key).lower(): value for key, value in row.items() if key is not None}
        words = next((known[key] for key in TEXT_KEYS if isinstance(known.get(key), str)), None)
        if words is None or not str(words).strip():
            yield Failure(name, "read", "no-text", f"{name}: no column 'text' with words in it")
            continue
        yield _incoming(name, fields(str(words), known))
    if not number:
        raise ReadError("empty", "no line with a release")


def _each(said: str, content: Content) -> Iterator[Incoming]:
    """The releases of one text; those of a digest are named "#2" from the second on."""
    for number, part in enumerate(releases_in(content), start=1):
        yield _incoming(said if number == 1 else f"{said}#{number}", part)


def _incoming(said: str, content: Content) -> Incoming:
    text = content.text.strip("\n\ufeff ")
    if not text.strip():
        raise ReadError("empty", "no text in it")
    day = _day(content.published)
    published = Published(date=day, method="metadata") if day else Published()
    if day is None:
        from pipeline.dates import day_in_name

        named = day_in_name(Path(said.split("#")[0]).name)
        if named is not None:
            published = Published(date=named, method="file")
    release = Release(
        id=digest(text),
        source=said,
        title=content.title,
        text=text,
        published=published,
        issuer=_issuer(content),
    )
    return Incoming(release, content.hints)


def _day(written: str | None) -> date | None:
    """The day that metadata write in whatever form; dateparser reads what is not ISO."""
    if not written:
        return None
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        pass
    import dateparser

    found = dateparser.parse(
        written,
        languages=["fr", "en"],
        settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]},
    )
    return found.date() if found else None


def _issuer(content: Content) -> Issuer:
    if not content.issuer:
        return Issuer()
    from pipeline.places import Gazetteer

    written = content.issuer.strip().replace("commune ", "").replace("epci ", "")
    written = written.replace("departement ", "departement:").replace("region ", "region:")
    entry = Gazetteer.load().find_code(written)
    if entry is None:
        return Issuer()
    return Issuer(kind=entry.kind, code=entry.code, name=entry.name, method="metadata")
