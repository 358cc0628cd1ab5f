"""Files that hold several inputs: ZIP, tar, gzip, mailboxes, feeds, web archives.

Each function gives the parts as (name, content); reading them is left to `sources`.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import IO, Any

from pipeline.read.incoming import Content, Failure, ReadError
from pipeline.read.options import LARGEST, Limits

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?"
    r"<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
_PACKED = (".zip", ".tar", ".gz", ".tgz")
# "From " at the beginning of a line behind an empty one, with a header behind it: a body may hold such a line, too
_MAIL = re.compile(rb"\n\r?\nFrom [^\s][^\n]*\n(?=>?[\w-]{1,80}:)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")

Part = tuple[str, bytes] | Failure


def zip_parts(said: str, data: bytes, limits: Limits, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """The members of a ZIP that are wanted, by name; hidden ones are left out as they are in a folder.

    Raises `ReadError` for one that is empty or grows too large.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
        bounded(len(members), sum(info.file_size for info in members), limits)
        for info in sorted(members, key=lambda info: info.filename):
            inner = f"{said}/{_one_line(info.filename)}"
            if not wanted(inner):
                continue
            if info.file_size > limits.size or info.filename.lower().endswith(_PACKED):
                yield _too_large(inner)
            elif info.flag_bits & 1:
                yield Failure(inner, "read", "locked", f"{inner}: asks for a password; save it without one")
            else:
                try:
                    content = archive.read(info)
                except (
                    Exception
                ) as error:  # unpackers raise anything over broken bytes; the next member may be whole
                    told = f"{inner}: cannot be unpacked ({error}); pack it again"
                    yield Failure(inner, "read", type(error).__name__, told)
                else:
                    yield inner, content


def tar_parts(said: str, data: bytes, limits: Limits, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """The files in a tar archive that are wanted, by name; links, devices and hidden files are left out.

    Of one that was cut off those before the cut, and a failure.
    """
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        cut: Exception | None = None
        members: list[tarfile.TarInfo] = []
        try:
            while (info := archive.next()) is not None:
                if info.isreg() and not _hidden(info.name):
                    members.append(info)
        except tarfile.TarError as error:
            cut = error
        if not members and cut is not None:
            raise cut
        bounded(len(members), sum(info.size for info in members), limits)
        for info in sorted(members, key=lambda info: info.name):
            inner = f"{said}/{_one_line(info.name)}"
            if not wanted(inner):
                continue
            if info.size > limits.size or info.name.lower().endswith(_PACKED):
                yield _too_large(inner)
                continue
            try:
                stream = archive.extractfile(info)
                content = stream.read() if stream is not None else b""
            except (tarfile.TarError, OSError) as error:
                cut = error
                continue
            yield inner, content
    if cut is not None:
        raise ReadError("cut", f"the archive was cut off ({cut}); what stands before is read")


def _hidden(name: str) -> bool:
    """Whether a member is one that programs put beside the files: .DS_Store, __MACOSX/._page.html."""
    parts = name.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _one_line(name: str) -> str:
    return _CONTROLS.sub("\ufffd", name)


def bounded(count: int, size: int, limits: Limits) -> None:
    """Raise `ReadError` for an archive that is empty or holds more than the limits allow."""
    if not count:
        raise ReadError("empty", "the archive is empty")
    if count > limits.members:
        raise ReadError(
            "too-large",
            f"{count:,} files, more than {limits.members:,}; split it, or allow more with --max-members",
        )
    if size > limits.expansion * limits.size:
        raise ReadError(
            "too-large",
            f"{size:,} bytes when opened; unpack and split it, or allow more with --max-expansion",
        )


def _too_large(inner: str) -> Failure:
    return Failure(inner, "read", "too-large", f"{inner}: too large, or an archive in an archive; unpack it")


def is_tar(data: bytes) -> bool:
    """Whether the content is a tar archive."""
    return data[257:262] == b"ustar"


def gunzip(data: bytes, most: int = 4 * LARGEST) -> bytes:
    """What a gzip file holds, at most `most` bytes.  Raises `ReadError` when it grows larger."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        content = packed.read(most + 1)
    if len(content) > most:
        raise ReadError(
            "too-large",
            f"more than {most:,} bytes when opened; unpack and split it, or allow more with --max-size",
        )
    return content


def is_feed(text: str) -> bool:
    """Whether the text is a feed (RSS, RDF or Atom)."""
    return bool(_FEED.match(text[:3000]))


def feed_entries(data: bytes) -> Iterator[Content]:
    """The entries of a feed with their titles and days; the site's name is a hint.  Raises `ReadError`."""
    import feedparser

    if b"<!ENTITY" in data[:10_000]:
        raise ReadError("feed", "the feed defines entities of its own; save it without them")
    parsed = feedparser.parse(data)
    if not parsed.entries:
        raise ReadError("empty", "the feed has no entry")
    site = tuple(str(parsed.feed[name]) for name in ("title", "link") if parsed.feed.get(name))
    for entry in parsed.entries:
        markup = entry.content[0].value if entry.get("content") else entry.get("summary", "")
        yield Content(
            _bare(str(markup)),
            title=str(entry.title) if entry.get("title") else None,
            published=_day(str(entry.get("published") or entry.get("updated") or "")),
            hints=(*site, *((str(entry.link),) if entry.get("link") else ())),
        )


def _bare(markup: str) -> str:
    from lxml import html

    if not markup.strip():
        return ""
    root = html.fromstring(f"<div>{markup}</div>")
    for line in root.iter("br", "p", "li", "h1", "h2", "h3", "h4", "tr"):
        line.tail = f"\n{line.tail or ''}"
    return re.sub(r"\n{3,}", "\n\n", root.text_content()).strip()


def _day(written: str) -> str | None:
    """The day as the site's clock showed it: "Tue, 10 Sep 2024 00:30:00 +0200" is the 10th."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return written[:10] or None


def is_mailbox(data: bytes) -> bool:
    """Whether the content is a mailbox (mbox)."""
    return _MAIL.match(b"\n\n" + data[:10_000].lstrip(b"\r\n")) is not None


def mailbox_parts(said: str, data: bytes, limits: Limits, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """The mails of a mailbox that are wanted, as "box.mbox#2".  Raises `ReadError` for one with too many."""
    data = b"\n\n" + data.lstrip(b"\r\n")
    begins = number = 0
    for match in _MAIL.finditer(data):
        if number:
            yield from _mail_of(f"{said}#{number}", data[begins : match.start()], wanted)
        begins, number = match.end(), number + 1
        if number > limits.members:
            raise ReadError("too-large", f"more than {limits.members:,} mails; --max-members allows more")
    yield from _mail_of(f"{said}#{number}", data[begins:], wanted)


def _mail_of(name: str, content: bytes, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """A mail of a mailbox, lines that were kept from looking like the next mail as they were written."""
    if wanted(name):
        yield name, re.sub(rb"(?m)^>(>*From )", rb"\1", content)


def is_web_archive(data: bytes) -> bool:
    """Whether the content begins as a WARC file does."""
    return data.startswith(b"WARC/")


def unpacks_to_web_archive(data: bytes) -> bool:
    """Whether a gzip file holds a WARC file; only its beginning is unpacked, and it may be cut off later."""
    try:
        return is_web_archive(zlib.decompressobj(31).decompress(data[:4096], 16))
    except zlib.error:
        return False


def web_pages(stream: IO[bytes], limits: Limits) -> Iterator[tuple[str, bytes, str]]:
    """The HTML pages of a web archive (WARC) with their addresses, and why one is not whole ("" when it is).

    Other answers are left out.  Raises `ReadError` for a broken archive, and for one that was cut off.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            page = b""
            if wanted := _is_page(record):
                page = record.content_stream().read(limits.size + 1)  # one more shows that it is too large
            if len(page) <= limits.size and _lacks(record, limits):
                raise ReadError(
                    "cut", f"the archive was cut off in {address[:200]}; what stands before is read"
                )
            if not wanted:
                continue
            yield address, page, record.rec_headers.get_header("WARC-Truncated") or ""
    except (ArchiveLoadFailed, AttributeError, ValueError, EOFError, zlib.error) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError("warc", f"broken web archive, or one that was cut off ({error})") from error


def _is_page(record: Any) -> bool:
    """Whether a record holds an answer with a page, or a page that was kept without the answer around it."""
    if record.rec_type == "response" and record.http_headers is not None:
        kind = record.http_headers.get_header("Content-Type", "")
        return "html" in kind.lower() and record.http_headers.get_statuscode() == "200"
    return (
        record.rec_type == "resource"
        and "html" in (record.rec_headers.get_header("Content-Type") or "").lower()
    )


def _lacks(record: Any, limits: Limits) -> bool:
    """Whether the archive ends before the record does: its pages are as short as what is there."""
    left = record.raw_stream
    while getattr(left, "limit", 0) > 0:
        if not left.read(min(left.limit, limits.size)):
            return True
    return False
