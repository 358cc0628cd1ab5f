"""Sources to releases: files, folders, globs, archives and standard input, formats by their content."""

from __future__ import annotations

import csv
import glob
import io
import json
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.model import Issuer, Published, Release
from pipeline.read.documents import read_docx, read_mail, read_pdf
from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.markup import read_html
from pipeline.read.plain import decode, fields, read_plain
from pipeline.text import digest

#: Bytes of one input, and of all members of one archive, that are read.
LARGEST = 50_000_000
_MOST_MEMBERS = 100_000
_TEXT_KEYS = ("text", "texte", "content", "contenu", "body", "corps")
_TABLES = {".jsonl", ".ndjson", ".csv", ".tsv"}
_UNKNOWN = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"RIFF": "a picture or sound",
    b"\x7fELF": "a program", b"MZ": "a program", b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive", b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls)", b"OggS": "a sound",
    b"ID3": "a sound", b"SQLite format 3": "a database", b"\x00\x00\x00": "a film or binary file",
}  # fmt: skip


def read(*sources: str | Path) -> Iterator[Incoming | Failure]:
    """Releases of the sources in order; an input that cannot be read gives a `Failure` in its place.

    A source is a file, a folder (read to its depth, names in order), a glob, a ZIP, JSON Lines or CSV with
    a column ``text``, or ``-`` for standard input.
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
    yield from _guarded(said, data)


def _guarded(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    """The releases of one input, or its failure; no input stops the batch."""
    try:
        yield from _releases(said, data)
    except ReadError as error:
        yield Failure(said, "read", error.kind, f"{said}: {error}")
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        MemoryError,
        zipfile.BadZipFile,
        OSError,
    ) as error:
        yield Failure(
            said, "read", type(error).__name__, f"{said}: cannot be read ({error}); is the file whole?"
        )


def _releases(said: str, data: bytes) -> Iterator[Incoming | Failure]:
    suffix = Path(said.split("#")[0]).suffix.lower()
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if data.startswith(b"PK\x03\x04"):
        yield from _archive(said, data, suffix)
        return
    if data[:1024].lstrip().startswith(b"%PDF"):
        yield _incoming(said, read_pdf(data))
        return
    for magic, what in _UNKNOWN.items():
        if data.startswith(magic):
            raise ReadError(
                "unknown-type", f"{what}, no release; give text, HTML, PDF, DOCX, EML, JSONL or CSV"
            )
    if suffix in _TABLES:
        yield from _rows(said, decode(data), suffix)
        return
    if suffix == ".eml" or _is_mail(data):
        yield _incoming(said, read_mail(data))
        return
    text = decode(data)
    if suffix in (".html", ".htm", ".xhtml") or _is_html(text):
        yield _incoming(said, read_html(text))
        return
    yield _incoming(said, read_plain(text))


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


def _archive(said: str, data: bytes, suffix: str) -> Iterator[Incoming | Failure]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            yield _incoming(said, read_docx(data))
            return
        members = [info for info in archive.infolist() if not info.is_dir()]
        if not members:
            raise ReadError("empty", "the archive is empty")
        if len(members) > _MOST_MEMBERS or sum(info.file_size for info in members) > 20 * LARGEST:
            raise ReadError("too-large", "the archive grows too large when opened; unpack and split it")
        for info in sorted(members, key=lambda info: info.filename):
            inner = f"{said}/{info.filename}"
            if info.file_size > LARGEST or info.filename.lower().endswith(".zip"):
                yield Failure(
                    inner, "read", "too-large", f"{inner}: too large, or an archive in an archive; unpack it"
                )
                continue
            if info.flag_bits & 1:
                yield Failure(inner, "read", "locked", f"{inner}: asks for a password; save it without one")
                continue
            yield from _guarded(inner, archive.read(info))


def _rows(said: str, text: str, suffix: str) -> Iterator[Incoming | Failure]:
    """One release a line of JSON Lines or CSV, named "#2" from the second on."""
    number = 0
    for number, row in enumerate(_parsed(text, suffix), start=1):
        name = said if number == 1 else f"{said}#{number}"
        if isinstance(row, str):
            yield Failure(name, "read", "bad-line", f"{name}: {row}")
            continue
        known = {str(key).lower(): value for key, value in row.items() if key is not None}
        words = next((known[key] for key in _TEXT_KEYS if isinstance(known.get(key), str)), None)
        if words is None or not str(words).strip():
            yield Failure(name, "read", "no-text", f"{name}: no column 'text' with words in it")
            continue
        yield _incoming(name, fields(str(words), known))
    if not number:
        raise ReadError("empty", "no line with a release")


def _parsed(text: str, suffix: str) -> Iterator[dict[str, Any] | str]:
    if suffix in (".csv", ".tsv"):
        csv.field_size_limit(LARGEST)
        head = text.splitlines()[0] if text else ""
        mark = "\t" if suffix == ".tsv" or "\t" in head else ";" if head.count(";") > head.count(",") else ","
        yield from csv.DictReader(io.StringIO(text), delimiter=mark)
        return
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield f"not a line of JSON ({error})"
            continue
        yield row if isinstance(row, dict) else "a line of JSON must be an object with a 'text'"


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
