"""Files to the single documents in them: archives, mailboxes, web archives and mails opened, kinds known by content.

A document is what one parser reads.  Its name says the way to it: "archive.zip/2024/mail.eml/communique.pdf",
"box.mbox#3", "crawl.warc#https://…".  `sources` makes releases of them; `locate` finds one again by its name.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.read.containers import (
    bounded,
    gunzip,
    is_feed,
    is_mailbox,
    is_tar,
    is_web_archive,
    mailbox_parts,
    tar_parts,
    unpacks_to_web_archive,
    web_pages,
    zip_parts,
)
from pipeline.read.incoming import Failure, ReadError
from pipeline.read.options import Options
from pipeline.read.plain import decode
from pipeline.read.press import is_press_page, is_press_text
from pipeline.read.tables import LINES, lines_suffix
from pipeline.read.town import is_french_town_page

_MOST_DATA = 5_000_000  # characters up to which a text is tried as JSON
#: Containers in one another: mails that forward mails.
DEEPEST = 8
_OFFICE = {
    "docx": {"word/document.xml"}, "excel": {"xl/workbook.xml"}, "odt": {"mimetype", "content.xml"},
}  # fmt: skip
#: What files that are ZIP and no archives have in them: other Office files, e-books, programs.
_PACKAGES = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}
_SITEMAP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<[!?][^>]*>\s*)*<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_ADDRESSES = re.compile(r"https?://\S+(?:\s+https?://\S+)*")
_PAGE = ("<!doctype html", "<html", "<body", "<article")
#: How a piece of a page begins that was taken out of its page.
_FRAGMENT = re.compile(r"<(?:div|p|h[1-6]|section|main|table|ul|ol|span|header|center|font)[\s>]")
_HEADERS = (b"from:", b"subject:", b"mime-version:", b"received:", b"date:", b"to:")
_UNKNOWN = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"RIFF": "a picture or sound",
    b"\x7fELF": "a program", b"MZ": "a program", b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive", b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls, .msg)", b"OggS": "a sound",
    b"{\\rtf": "a Rich Text file (.rtf)", b"%!PS": "a PostScript file", b"BEGIN:VCALENDAR": "a calendar",
    b"BEGIN:VCARD": "an address card", b"ID3": "a sound", b"SQLite format 3": "a database", b"\x00\x00\x00": "a film or binary file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What one parser reads: its name, its kind (a key of `PARSERS`, "plain", ".csv" and the like), its bytes.

    `hints` are addresses that tell where it comes from.
    """

    said: str
    kind: str
    data: bytes
    hints: tuple[str, ...] = ()


#: Whether the part of this name is wanted, or one that lies in it.
Wanted = Callable[[str], bool]


def _all(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Way:
    """How an input is opened: what is wanted of it, how deep it lies, and whether that is in an archive."""

    how: Options
    wanted: Wanted
    depth: int = 0
    packed: bool = False

    def into(self, archive: bool = False) -> _Way:
        """The way to what lies in this input.  Raises `ReadError` for an archive in an archive."""
        if archive and self.packed:  # each multiplies what it may hold
            raise ReadError("too-large", "an archive in an archive; unpack it")
        if self.depth >= DEEPEST:
            raise ReadError("too-deep", f"more than {DEEPEST} mails in one another; save the inner ones")
        return _Way(self.how, self.wanted, self.depth + 1, self.packed or archive)


def documents(said: str, data: bytes, how: Options, *, wanted: Wanted = _all) -> Iterator[Document | Failure]:
    """The documents in an input of the name `said`, or its failure; no input stops the batch.

    Parts that are not `wanted` are not opened.
    """
    return _documents(said, data, _Way(how, wanted), Path(said).suffix.lower())


def pages(
    said: str, stream: IO[bytes], how: Options, *, wanted: Wanted = _all
) -> Iterator[Document | Failure]:
    """The pages of a web archive that are French and of a town, as "crawl.warc#https://…"."""
    matching = re.compile(how.matching)
    found = False
    for address, page, cut in web_pages(stream, how.limits):
        name = f"{said}#{address}"
        if not wanted(name) or not matching.search(address):
            continue
        if how.french_only and not is_french_town_page(address, page):
            continue
        found = True
        if len(page) > how.limits.size:
            yield too_large(name, len(page), how)
        elif cut:
            yield Failure(name, "read", "cut", f"{name}: the crawler cut it off ({cut}); fetch it again")
        else:
            yield Document(name, "html", page, (address,))
    if not found:
        raise ReadError("empty", "no page in it that is wanted: French and of a town, unless --all-pages")


def caught(said: str, found: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    """The same, and a failure in place of what is raised."""
    try:
        yield from found
    except Exception as error:  # a broken file makes a parser raise anything; it is told in errors.jsonl
        yield failure(said, error)


def failure(said: str, error: Exception) -> Failure:
    """The failure that an error over an input is told as."""
    if isinstance(error, ReadError):
        return Failure(said, "read", error.kind, f"{said}: {error}")
    told = " ".join(str(error).split())[:300]
    return Failure(said, "read", type(error).__name__, f"{said}: cannot be read ({told}); is the file whole?")


def too_large(said: str, size: int, how: Options) -> Failure:
    """The failure of an input beyond the limit of size."""
    most = how.limits.size
    told = f"{said}: {size:,} bytes, more than {most:,}; split it, or allow more with --max-size"
    return Failure(said, "read", "too-large", told)


def _documents(said: str, data: bytes, way: _Way, suffix: str) -> Iterator[Document | Failure]:
    if len(data) > way.how.limits.size:
        return iter([too_large(said, len(data), way.how)])
    return caught(said, _opened(said, data, way, suffix))


def _opened(said: str, data: bytes, way: _Way, suffix: str) -> Iterator[Document | Failure]:
    limits = way.how.limits
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise ReadError("empty", "the file is empty")
    if data.startswith(b"\x1f\x8b"):
        yield from _unzipped(said, data, way)
    elif data.startswith(b"PK\x03\x04"):
        yield from _office_or_archive(said, data, way)
    elif is_tar(data):
        yield from _parts(tar_parts(said, data, limits, way.wanted), way.into(archive=True))
    elif is_web_archive(data):
        yield from pages(said, io.BytesIO(data), way.how, wanted=way.wanted)
    elif data.startswith(b"PAR1"):
        yield Document(said, "parquet", data)
    elif data[:1024].lstrip().startswith(b"%PDF"):
        yield Document(said, "pdf", data)
    else:
        what = next((what for magic, what in _UNKNOWN.items() if data.startswith(magic)), None)
        if what is not None:
            raise ReadError(
                "unknown-type", f"{what}, no release; give text, HTML, PDF, DOCX, EML, JSONL or CSV"
            )
        if suffix not in LINES and is_mailbox(data):
            yield from _parts(mailbox_parts(said, data, limits, way.wanted), way.into(), suffix=".eml")
        elif suffix not in LINES and (suffix == ".eml" or _is_mail(data)):
            yield from _mail(said, data, way)
        else:
            yield Document(said, _kind_of_text(said, decode(data), suffix), data)


def _kind_of_text(said: str, text: str, suffix: str) -> str:
    """The kind of what is written in letters: tables, feeds, pages, exports, plain text."""
    if suffix in LINES:
        return suffix
    if is_feed(text):
        return "feed"
    if _SITEMAP.match(text) or _is_addresses(text):
        told = f"a list of addresses, no release; 'beffroi fetch {said} --out pages' fetches them"
        raise ReadError("addresses", told)
    if is_press_page(text):
        return "press-page"
    if suffix in (".html", ".htm", ".xhtml") or _is_html(text):
        return "html"
    if is_press_text(text):
        return "press-text"
    table = lines_suffix(text)
    if table is None and _is_data(text):
        raise ReadError(
            "unknown-type",
            "XML or JSON in one piece, no release; give text, HTML, a feed or JSON Lines (an object a line)",
        )
    return table or "plain"


def _is_data(text: str) -> bool:
    """Whether a text is written for programs: XML that is no page or feed, JSON in one piece."""
    text = text.strip("\ufeff \t\r\n")
    if text.startswith("<?xml"):
        return True
    if not (text.startswith(("[", "{")) and text.endswith(("]", "}"))) or len(text) > _MOST_DATA:
        return False
    try:
        return isinstance(json.loads(text), list | dict)
    except (ValueError, RecursionError):
        return False


def _parts(
    parts: Iterator[tuple[str, bytes] | Failure], way: _Way, suffix: str | None = None
) -> Iterator[Document | Failure]:
    for part in parts:
        if isinstance(part, Failure):
            yield part
        else:
            name, content = part
            yield from _documents(name, content, way, suffix or Path(name).suffix.lower())


def _unzipped(said: str, data: bytes, way: _Way) -> Iterator[Document | Failure]:
    if unpacks_to_web_archive(data):  # each of its records is packed by itself
        yield from pages(said, io.BytesIO(data), way.how, wanted=way.wanted)
        return
    inner = way.into(archive=True)
    content = gunzip(data, 4 * way.how.limits.size)
    if is_tar(content):
        yield from _parts(tar_parts(said, content, way.how.limits, way.wanted), inner)
    elif content.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        raise ReadError("too-large", "an archive in an archive; unpack it")
    else:
        name = said[:-3] if said.lower().endswith(".gz") else said
        yield from _documents(name, content, inner, Path(name).suffix.lower())


def _office_or_archive(said: str, data: bytes, way: _Way) -> Iterator[Document | Failure]:
    """A Word, OpenDocument or Excel file, or an archive: all are ZIP."""
    limits = way.how.limits
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    names = {info.filename for info in members}
    bounded(len(names), sum(info.file_size for info in members), limits)
    largest = max(info.file_size for info in members)
    kind = next((kind for kind, parts in _OFFICE.items() if parts <= names), None)
    if kind is None and names & _PACKAGES:
        raise ReadError(
            "unknown-type", "an Office file, e-book or program of another kind; save it as PDF or DOCX"
        )
    if kind is None:
        yield from _parts(zip_parts(said, data, limits, way.wanted), way.into(archive=True))
    elif largest > limits.size:
        raise ReadError(
            "too-large",
            f"{largest:,} bytes when opened; save it without pictures, or allow more with --max-size",
        )
    else:
        yield Document(said, kind, data)


def _mail(said: str, data: bytes, way: _Way) -> Iterator[Document | Failure]:
    """A mail whose body is a release itself, and what is attached to it."""
    from pipeline.read.child import attached

    itself, parts = attached(data, way.how)
    if itself:
        yield Document(said, "mail", data)
    named = ((f"{said}/{name}", content) for name, content in parts)
    yield from _parts(((name, content) for name, content in named if way.wanted(name)), way.into())


def _is_addresses(text: str) -> bool:
    """Whether all lines are addresses or, behind "#", remarks, as 'beffroi fetch' takes them."""
    found = False
    for line in text.splitlines():
        told = line.strip()
        if not told or told.startswith("#"):
            continue
        if not _ADDRESSES.fullmatch(told):
            return False
        found = True
    return found


def _is_html(text: str) -> bool:
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if not head.startswith("<"):
        return False
    return any(mark in head for mark in _PAGE) or (_FRAGMENT.match(head) is not None and "</" in head)


def _is_mail(data: bytes) -> bool:
    head = data[:4000].lstrip(b"\xef\xbb\xbf\r\n")
    lines = head.replace(b"\r\n", b"\n").split(b"\n\n")[0].lower().split(b"\n")
    return sum(any(line.startswith(name) for name in _HEADERS) for line in lines) >= 3
