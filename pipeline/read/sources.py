"""Sources to releases: files, folders, globs, archives and standard input, formats by their content."""

from __future__ import annotations

import glob
import io
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.model import Issuer, Published, Release
from pipeline.read.child import parse, stream
from pipeline.read.digests import releases_in
from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.options import Options
from pipeline.read.plain import decode, encoding_of, read_plain
from pipeline.read.tables import LINES, Row, content_of, lines_to_rows
from pipeline.read.unpack import Document, caught, documents, failure, pages, too_large
from pipeline.text import digest

_LONGEST_DAY = 80  # characters; what is longer is no day, and takes long to search
_OBJECTS = (".jsonl", ".ndjson")  # tables whose rows each name their columns
#: Documents whose text may hold a digest.
_PROSE = ("docx", "odt", "pdf", "mail")
#: Inputs that are read bit by bit, whatever their size.
_STREAMED = (*LINES, ".parquet", ".warc", ".warc.gz")


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
            data = sys.stdin.buffer.read(how.limits.size + 1)
            yield from _releases(documents("-", data, how), how)
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
        found = _within(path)
        yield from ((inner, str(inner)) for inner in found or [path])
    elif not path.exists() and any(mark in name for mark in "*?["):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the user's pattern may be absolute
        for match in matches:
            if not Path(match).is_dir() or Path(match).is_symlink():
                yield Path(match), match
            elif "**" not in name:  # else what is in it matches, too
                yield from ((inner, str(inner)) for inner in _within(Path(match)))
        if not matches:
            yield path, name
    else:
        yield path, name


def _within(folder: Path) -> list[Path]:
    """The files in a folder that are not hidden, and the folders that cannot be looked into: links, closed ones."""
    found: list[Path] = []

    def closed(error: OSError) -> None:
        found.append(Path(error.filename))

    for place, names, files in os.walk(folder, onerror=closed):
        names[:] = [name for name in names if not name.startswith(".")]
        linked = [name for name in names if Path(place, name).is_symlink()]
        found += [Path(place, name) for name in (*files, *linked) if not name.startswith(".")]
    return sorted(found)


def _folder(path: Path, said: str) -> Failure:
    """What is wrong with a folder that is named as an input."""
    if path.is_symlink() and any(path.iterdir()):
        return Failure(
            said, "read", "link", f"{said}: a link to a folder is not followed; give that folder itself"
        )
    try:
        next(path.iterdir(), None)
    except PermissionError:
        return Failure(
            said, "read", "unreadable", f"{said}: no permission to look into it; change its rights"
        )
    return Failure(said, "read", "empty-folder", f"{said}: no file in this folder")


def _file(path: Path, said: str, how: Options) -> Iterator[Incoming | Failure]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield _folder(path, said)
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
            yield too_large(said, size, how)
            return
        with path.open("rb") as file:
            data = file.read(how.limits.size + 1)  # it may grow meanwhile
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
    for found in _releases(documents(said, data, how), how):
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


def _streamed(path: Path, said: str, how: Options) -> Iterator[Incoming | Failure]:
    """A large table or web archive, which is never held in memory as a whole."""
    suffix = path.suffix.lower()
    if suffix in LINES:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as lines:
            yield from _caught(said, _rows(said, lines_to_rows(lines, suffix), how))
    elif suffix == ".parquet":
        yield from _caught(said, _numbered(said, stream("parquet", path, how)))
    else:
        with path.open("rb") as archive:
            yield from _releases(caught(said, pages(said, archive, how)), how)


def _encoding(path: Path) -> str:
    """The encoding of a large table, by its beginning."""
    with path.open("rb") as file:
        return encoding_of(file.read(1_000_000))


def _caught(said: str, releases: Iterator[Incoming | Failure]) -> Iterator[Incoming | Failure]:
    """The same, and a failure in place of what is raised: no input stops the batch."""
    try:
        yield from releases
    except Exception as error:  # a broken file makes a parser raise anything; it is told in errors.jsonl
        yield failure(said, error)


def _releases(found: Iterable[Document | Failure], how: Options) -> Iterator[Incoming | Failure]:
    """The releases of documents."""
    for one in found:
        if isinstance(one, Failure):
            yield one
        else:
            yield from _caught(one.said, _parsed(one, how))


def _parsed(document: Document, how: Options) -> Iterator[Incoming | Failure]:
    said, kind, data = document.said, document.kind, document.data
    if kind in LINES:
        lines = io.StringIO(decode(data), newline="")
        yield from _rows(said, lines_to_rows(lines, kind), how)
        return
    if kind == "plain":
        yield from _numbered(said, releases_in(read_plain(decode(data))))
        return
    contents: Iterable[Content] = parse(kind, data, how)
    if kind in _PROSE:
        contents = (part for content in contents for part in releases_in(content))
    if document.hints:
        contents = (replace(content, hints=(*content.hints, *document.hints)) for content in contents)
    yield from _numbered(said, contents)


def _numbered(said: str, contents: Iterable[Content]) -> Iterator[Incoming | Failure]:
    """The contents of one document, named "#2" from the second on.  Raises `ReadError` when there is none."""
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
