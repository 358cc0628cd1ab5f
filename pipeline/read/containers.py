"""Files that hold several inputs: ZIP, tar, gzip, mailboxes, feeds, web archives.

Each function gives the parts as (name, content); reading them is left to `sources`.
"""

from __future__ import annotations

import gzip
import io
import mailbox
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import IO

from pipeline.read.incoming import Content, Failure, ReadError
from pipeline.read.options import LARGEST, Limits

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
_PACKED = (".zip", ".tar", ".gz", ".tgz")
_ATTACHED = (".pdf", ".docx", ".odt", ".html", ".htm", ".txt", ".md")
#: Words from which on the body of a mail with attachments is a release itself.
_BODY = 60

Part = tuple[str, bytes] | Failure


def zip_parts(said: str, data: bytes, limits: Limits) -> Iterator[Part]:
    """The members of a ZIP, by name.  Raises `ReadError` for one that is empty or grows too large."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        bounded(len(members), sum(info.file_size for info in members), limits)
        for info in sorted(members, key=lambda info: info.filename):
            inner = f"{said}/{info.filename}"
            if info.file_size > limits.size or info.filename.lower().endswith(_PACKED):
                yield _too_large(inner)
            elif info.flag_bits & 1:
                yield Failure(inner, "read", "locked", f"{inner}: asks for a password; save it without one")
            else:
                try:
                    content = archive.read(info)
                except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
                    yield Failure(
                        inner,
                        "read",
                        type(error).__name__,
                        f"{inner}: cannot be unpacked ({error}); pack it again",
                    )
                else:
                    yield inner, content


def tar_parts(said: str, data: bytes, limits: Limits) -> Iterator[Part]:
    """The files in a tar archive, packed or not, by name; links and devices are left out."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        members = [info for info in archive.getmembers() if info.isreg()]
        bounded(len(members), sum(info.size for info in members), limits)
        for info in sorted(members, key=lambda info: info.name):
            inner = f"{said}/{info.name}"
            content = archive.extractfile(info)
            if info.size > limits.size or info.name.lower().endswith(_PACKED) or content is None:
                yield _too_large(inner)
            else:
                yield inner, content.read()


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
    return bool(re.match(rb"From \S+.*\n(?:[\w-]+:|\s)", data))


def mailbox_parts(said: str, data: bytes) -> Iterator[Part]:
    """The mails of a mailbox, as "box.mbox#2"."""
    with tempfile.NamedTemporaryFile(suffix=".mbox") as file:
        file.write(data)
        file.flush()
        box = mailbox.mbox(file.name, create=False)
        for number, key in enumerate(box.keys(), start=1):
            yield f"{said}#{number}", box.get_bytes(key)
        box.close()


def mail_attachments(said: str, data: bytes) -> tuple[bool, list[tuple[str, bytes]]]:
    """Whether the body of a mail is a release itself, and the attachments that may be releases."""
    message = message_from_bytes(data, policy=policy.default)
    attached = []
    for part in message.iter_attachments():
        name = part.get_filename() or ""
        content = part.get_payload(decode=True)
        if name.lower().endswith(_ATTACHED) and isinstance(content, bytes) and content:
            attached.append((f"{said}/{name.rsplit('/', 1)[-1]}", content))
    body = message.get_body(preferencelist=("plain", "html"))
    words = len(str(body.get_content()).split()) if body is not None else 0
    return not attached or words >= _BODY, attached


def is_web_archive(data: bytes) -> bool:
    """Whether the content begins as a WARC file does."""
    return data.startswith(b"WARC/")


def web_pages(stream: IO[bytes], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The HTML pages of a web archive (WARC) with their addresses; other answers are left out.

    Raises `ReadError` for a broken archive.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in ("response", "resource") or record.http_headers is None:
                continue
            kind = record.http_headers.get_header("Content-Type", "")
            if "html" not in kind or record.http_headers.get_statuscode() != "200":
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield (
                address,
                record.content_stream().read(limits.size + 1),
            )  # one more shows that it is too large
    except (ArchiveLoadFailed, AttributeError, ValueError, EOFError, zlib.error) as error:
        raise ReadError("warc", f"broken web archive ({error})") from error
