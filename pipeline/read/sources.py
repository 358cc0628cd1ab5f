"""Sources to releases: files, folders, globs, archives and standard input, formats by their content."""

from __future__ import annotations

import glob
import io
import json
import re
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO

from pipeline.model import Issuer, Published, Release
from pipeline.read.child import parse
from pipeline.read.containers import (
    bounded,
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
from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.options import Options
from pipeline.read.plain import decode, read_plain
from pipeline.read.press import is_press_page, is_press_text
from pipeline.read.tables import LINES, Row, content_of, lines_to_rows, parquet_to_rows
from pipeline.read.town import is_french_town_page
from pipeline.text import digest

_LONGEST_DAY = 80  # characters; what is longer is no day, and takes long to search
_OBJECTS = (".jsonl", ".ndjson")  # tables whose rows each name their columns
_OFFICE = {
    "docx": {"word/document.xml"}, "excel": {"xl/workbook.xml"}, "odt": {"mimetype", "content.xml"},
}  # fmt: skip
_PROSE = ("docx", "odt")  # those that may hold a digest
_SITEMAP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]*>\s*)*<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_ADDRESSES = re.compile(r"https?://\S+(?:\s+https?://\S+)*")
#: Inputs that are read bit by bit, whatever their size.
_STREAMED = (*LINES, ".parquet", ".warc", ".warc.gz")
_UNKNOWN = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"RIFF": "a picture or sound",
    b"\x7fELF": "a program", b"MZ": "a program", b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive", b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls)", b"OggS": "a sound",
    b"ID3": "a sound", b"SQLite format 3": "a database", b"\x00\x00\x00": "a film or binary file",
}  # fmt: skip


def read(*sources: str | Path, options: Options | None = None) -> Iterator[Incoming | Failure]:
    """Releases of the sources in order; an input that cannot be read gives a `Failure` in its place.

    A source is a file, a folder (read to its depth, names in order), a glob, an archive (ZIP, tar, gzip,
    WARC), a mailbox, a feed, an export of Europresse or Factiva, a table (JSON Lines, CSV, Excel, Parquet)
    whose text is in a column ``text`` or one that `options` names, or ``-`` for standard input.
    """
    how = options or Options()
    for source in sources:
        name = str(source)
        if name == "-":
            yield from _guarded("-", sys.stdin.buffer.read(how.limits.size + 1), how)
        else:
            for path, said in _paths(name):
                yield from _file(path, _printable(said), how)


def _printable(said: str) -> str:
    """The name of a file, whatever bytes its file system holds, as text that can be written."""
    return said.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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


def _file(path: Path, said: str, how: Options) -> Iterator[Incoming | Failure]:
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
        if size > how.limits.size and path.name.lower().endswith(_STREAMED):
            yield from _streamed(path, said, how)
            return
        if size > how.limits.size:
            yield _too_large(said, size, how)
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
    for found in _guarded(said, data, how):
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


def _too_large(said: str, size: int, how: Options) -> Failure:
    most = how.limits.size
    told = f"{said}: {size:,} bytes, more than {most:,}; split it, or allow more with --max-size"
    return Failure(said, "read", "too-large", told)


def _streamed(path: Path, said: str, how: Options) -> Iterator[Incoming | Failure]:
    """A large table or web archive, which is never held in memory as a whole."""
    suffix = path.suffix.lower()
    if suffix in LINES:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from _caught(said, _rows(said, lines_to_rows(lines, suffix), how))
    else:
        with path.open("rb") as stream:
            if suffix == ".parquet":
                yield from _caught(said, _rows(said, parquet_to_rows(stream), how))
            else:
                yield from _caught(said, _pages(said, stream, how))


def _guarded(said: str, data: bytes, how: Options) -> Iterator[Incoming | Failure]:
    """The releases of one input, or its failure; no input stops the batch."""
    if len(data) > how.limits.size:
        return iter([_too_large(said, len(data), how)])
    return _caught(said, _releases(said, data, how))


def _caught(said: str, releases: Iterator[Incoming | Failure]) -> Iterator[Incoming | Failure]:
    try:
        yield from releases
    except ReadError as error:
        yield Failure(said, "read", error.kind, f"{said}: {error}")
    except Exception as error:  # a broken file makes a parser raise anything; it is told in errors.jsonl
        yield Failure(
            said, "read", type(error).__name__, f"{said}: cannot be read ({error}); is the file whole?"
        )


def _releases(said: str, data: bytes, how: Options) -> Iterator[Incoming | Failure]:
    suffix = Path(said.split("#")[0]).suffix.lower()
    if not data.strip():
        raise ReadError("empty", "the file is empty")
    if data.startswith(b"\x1f\x8b"):
        yield from _unpacked(said, data, how)
    elif data.startswith(b"PK\x03\x04"):
        yield from _zipped(said, data, how)
    elif is_tar(data):
        yield from _parts(tar_parts(said, data, how.limits), how)
    elif is_web_archive(data):
        yield from _pages(said, io.BytesIO(data), how)
    elif data.startswith(b"PAR1"):
        yield from _numbered(said, parse("parquet", data, how))
    elif data[:1024].lstrip().startswith(b"%PDF"):
        yield from _numbered(said, _parted(parse("pdf", data, how)))
    else:
        for magic, what in _UNKNOWN.items():
            if data.startswith(magic):
                raise ReadError(
                    "unknown-type", f"{what}, no release; give text, HTML, PDF, DOCX, EML, JSONL or CSV"
                )
        yield from _written(said, data, suffix, how)


def _written(said: str, data: bytes, suffix: str, how: Options) -> Iterator[Incoming | Failure]:
    """What is written in letters: tables, mails, feeds, pages, plain text."""
    if suffix in LINES:
        yield from _rows(said, lines_to_rows(io.StringIO(decode(data), newline=""), suffix), how)
    elif is_mailbox(data):
        yield from _parts(mailbox_parts(said, data), how)
    elif suffix == ".eml" or _is_mail(data):
        itself, attached = mail_attachments(said, data)
        if itself:
            yield from _numbered(said, _parted(parse("mail", data, how)))
        for name, content in attached:
            yield from _guarded(name, content, how)
    else:
        text = decode(data)
        if is_feed(text):
            yield from _numbered(said, parse("feed", data, how))
        elif _SITEMAP.match(text) or _is_addresses(text):
            raise ReadError(
                "addresses",
                f"a list of addresses, no release; 'beffroi fetch {said} --out pages' fetches them",
            )
        elif is_press_page(text):
            yield from _numbered(said, parse("press-page", data, how))
        elif suffix in (".html", ".htm", ".xhtml") or _is_html(text):
            yield from _numbered(said, parse("html", data, how))
        elif is_press_text(text):
            yield from _numbered(said, parse("press-text", data, how))
        else:
            yield from _each(said, read_plain(text))


def _numbered(said: str, contents: Iterable[Content]) -> Iterator[Incoming | Failure]:
    """The contents of one file, named "#2" from the second on.  Raises `ReadError` when there is none."""
    number = 0
    for number, content in enumerate(contents, start=1):
        name = said if number == 1 else f"{said}#{number}"
        if content.text.strip():
            yield _incoming(name, content)
        else:
            yield Failure(
                name, "read", "no-text", f"{name}: a part without a text; is it whole, or only linked to?"
            )
    if not number:
        raise ReadError("empty", "no release in it")


def _parts(parts: Iterator[tuple[str, bytes] | Failure], how: Options) -> Iterator[Incoming | Failure]:
    for part in parts:
        if isinstance(part, Failure):
            yield part
        else:
            yield from _guarded(*part, how)


def _unpacked(said: str, data: bytes, how: Options) -> Iterator[Incoming | Failure]:
    content = gunzip(data, 4 * how.limits.size)
    if is_web_archive(content):
        yield from _pages(said, io.BytesIO(data), how)  # each of its records is packed by itself
    elif is_tar(content):
        yield from _caught(said, _parts(tar_parts(said, content, how.limits), how))
    elif content.startswith(b"\x1f\x8b"):
        raise ReadError("too-large", "an archive in an archive; unpack it")
    else:
        yield from _guarded(said[:-3] if said.lower().endswith(".gz") else said, content, how)


def _zipped(said: str, data: bytes, how: Options) -> Iterator[Incoming | Failure]:
    """A Word, OpenDocument or Excel file, or an archive: all are ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        bounded(len(names), sum(info.file_size for info in archive.infolist()), how.limits)
        largest = max(info.file_size for info in archive.infolist())
    kind = next((kind for kind, wanted in _OFFICE.items() if wanted <= names), None)
    if kind is None:
        yield from _parts(zip_parts(said, data, how.limits), how)
    elif largest > how.limits.size:
        raise ReadError(
            "too-large",
            f"{largest:,} bytes when opened; save it without pictures, or allow more with --max-size",
        )
    else:
        contents = parse(kind, data, how)
        yield from _numbered(said, _parted(contents) if kind in _PROSE else contents)


def _pages(said: str, stream: IO[bytes], how: Options) -> Iterator[Incoming | Failure]:
    """The pages of a web archive that are French and of a town, as "crawl.warc#https://…"."""
    wanted = re.compile(how.matching)
    for address, page in web_pages(stream, how.limits):
        name = f"{said}#{address}"
        if not wanted.search(address) or (how.french_only and not is_french_town_page(address, page)):
            continue
        if len(page) > how.limits.size:
            yield _too_large(name, len(page), how)
            continue
        try:
            for content in parse("html", page, how):
                yield _incoming(name, replace(content, hints=(*content.hints, address)))
        except ReadError as error:
            yield Failure(name, "read", error.kind, f"{name}: {error}")


def _is_addresses(text: str) -> bool:
    """Whether all lines are addresses or, behind "#", remarks, as 'beffroi fetch' takes them."""
    lines = [line for told in text.splitlines() if (line := told.strip()) and not line.startswith("#")]
    return bool(lines) and all(_ADDRESSES.fullmatch(line) for line in lines)


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


def _rows(said: str, rows: Iterable[Row | str], how: Options) -> Iterator[Incoming | Failure]:
    """One release a row of a table, named "#2" from the second on."""
    number = 0
    for number, row in enumerate(rows, start=1):
        name = said if number == 1 else f"{said}#{number}"
        if isinstance(row, str):
            yield Failure(name, "read", "bad-line", f"{name}: {row}")
            continue
        try:
            content = content_of(row, how.columns)
        except ReadError as error:
            if not said.lower().endswith(_OBJECTS):
                raise  # the columns are the same in all rows: told once
            yield Failure(name, "read", error.kind, f"{name}: {error}")
            continue
        if content.text:
            yield _incoming(name, content)
        else:
            yield Failure(name, "read", "no-text", f"{name}: no words in the column of the text")
    if not number:
        raise ReadError("empty", "no line with a release")


def _parted(contents: Iterable[Content]) -> Iterator[Content]:
    """The same contents, those that are digests parted into their releases."""
    for content in contents:
        yield from releases_in(content)


def _each(said: str, content: Content) -> Iterator[Incoming]:
    """The releases of one text; those of a digest are named "#2" from the second on."""
    for number, part in enumerate(releases_in(content), start=1):
        yield _incoming(said if number == 1 else f"{said}#{number}", part)


def _incoming(said: str, content: Content) -> Incoming:
    text = _writable(content.text).strip("\n\ufeff ")
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
        title=_writable(content.title) if content.title else None,
        text=text,
        published=published,
        issuer=_issuer(content),
    )
    return Incoming(release, content.hints)


def _writable(text: str) -> str:
    """The text without what no file or database takes: half characters and NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\ufffd")


def _day(written: str | None) -> date | None:
    """The day that metadata write in whatever form; dateparser reads what is not ISO."""
    if not written or len(written) > _LONGEST_DAY:
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
