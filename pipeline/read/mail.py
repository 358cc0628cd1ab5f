"""Mails to the press: the body, whatever parts it is written in, and what is attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.read.incoming import Content, ReadError
from pipeline.read.markup import read_page
from pipeline.read.options import Limits
from pipeline.read.plain import decode, mend

#: Words from which on the body of a mail with attachments is a release itself.
BODY = 60
#: A body in plain words that has less than this share of the page's words only says that there is a page.
_STAND_IN = 0.34
_MARKUP = re.compile(r"<(?:style|script)\b[^<]*|<[^<>]*>")
_COUNT = re.compile(rb"([1-9]\d{0,9})[ \t]*\n(?=[\w-]{1,80}:)")
_WIDE = ("utf-16", "utf-32", "ucs")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")

Part = tuple[str, bytes]
_Body = tuple[str, str]  # "plain" or "page", and the words or the markup


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail holds: `kind` of its body ("plain", "page", or "" for none), and files as (name, content)."""

    kind: str
    body: str
    subject: str | None
    day: str | None
    sender: tuple[str, ...]
    parts: tuple[Part, ...]


def open_mail(data: bytes, limits: Limits | None = None) -> Mail:
    """The parts of a mail.  Raises `ReadError` for one with more parts than the limits allow."""
    most = (limits or Limits()).members
    data = _from_its_head(data)
    # the older interface: the newer one stumbles over headers that only nearly follow the rules
    message = message_from_bytes(data, policy=policy.compat32)
    kind, body = _body(message, 0)
    sender = _said(message, "from") or ""
    # a page that a browser saved as a mail: its day is that of saving
    saved = bool(message.get("snapshot-content-location")) or sender.lower().startswith(
        ("<saved by", "saved by")
    )
    place = _said(message, "snapshot-content-location")
    return Mail(
        kind=kind,
        body=body,
        subject=_said(message, "subject"),
        day=None if saved else _said(message, "date"),
        sender=tuple(filter(None, (place,) if saved else parseaddr(sender))),
        parts=tuple(_attached(message, most)),
    )


def _from_its_head(data: bytes) -> bytes:
    """A mail without what programs put before its head: empty lines, a mark, Apple Mail's count of bytes."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    counted = _COUNT.match(data)
    return data[counted.end() :][: int(counted[1])] if counted else data


def attachments(data: bytes, limits: Limits | None = None) -> tuple[bool, tuple[Part, ...]]:
    """Whether the body of a mail is a release itself, and the files that may be releases.

    A short body that only comes with files is none.
    """
    mail = open_mail(data, limits)
    words = mail.body if mail.kind == "plain" else _MARKUP.sub(" ", mail.body)
    return not mail.parts or len(words.split()) >= BODY, mail.parts


def read_mail(data: bytes, limits: Limits | None = None) -> list[Content]:
    """The releases in a mail's body; its headers give title, day, and the sender as a hint.  Raises `ReadError`."""
    mail = open_mail(data, limits)
    if not mail.kind:
        raise ReadError("no-text", "the mail has no body in text or HTML")
    contents = read_page(mail.body, limits) if mail.kind == "page" else [Content(mail.body.strip())]
    if not any(content.text.strip() for content in contents):
        raise ReadError("no-text", "the mail's body is empty")
    alone = len(contents) == 1
    return [
        Content(
            content.text,
            title=mail.subject if alone else content.title,
            published=mail.day if alone else content.published or mail.day,
            hints=mail.sender,
        )
        for content in contents
    ]


def _body(part: Message, depth: int) -> _Body:
    """The body of a mail: of alternatives the best, of parts that follow one another all."""
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < _names()["deepest"]:
        found = [one for child in _children(part) if (one := _body(child, depth + 1))[0]]
        if part.get_content_subtype() == "alternative":
            return _best(found)
        kinds = {kind for kind, _ in found}
        if kinds == {"plain"}:
            return "plain", "\n\n".join(words for _, words in found)
        return _best(found)
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return "", ""
    kind = {"text/plain": "plain", "text/html": "page"}.get(part.get_content_type(), "")
    words = _words(part) if kind else ""
    return (kind, words) if words.strip() else ("", "")


def _best(found: list[_Body]) -> _Body:
    """The plain words, unless they only say that the mail is a page."""
    plain = next((one for one in found if one[0] == "plain"), None)
    page = next((one for one in found if one[0] == "page"), None)
    if plain is None or page is None:
        return plain or page or ("", "")
    shown = len(_MARKUP.sub(" ", page[1]).split())
    return plain if len(plain[1].split()) >= _STAND_IN * shown else page


def _words(part: Message) -> str:
    """The words of a part in the encoding that it names, or in the one that they are in."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    named = part.get_content_charset() or ""
    try:
        # no mail has lines of two bytes a letter: who says so is mistaken
        text = decode(content) if named.startswith(_WIDE) else mend(content.decode(named, "strict"))
    except (LookupError, UnicodeDecodeError, ValueError):
        text = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    return _unflowed(text, str(part.get_param("delsp") or "").lower() == "yes") if flowed else text


def _unflowed(text: str, glued: bool) -> str:
    """Paragraphs whose lines a mail program broke put together (RFC 3676): such a line ends with a space."""
    lines: list[str] = []
    joined = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if joined:
            lines[-1] = (lines[-1][:-1] if glued else lines[-1]) + line
        else:
            lines.append(line)
        joined = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _attached(message: Message, most: int) -> Iterator[Part]:
    """Files and mails that are attached, whatever parts they lie in; pictures, signatures and cards are left out."""
    seen: set[str] = set()
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > most:
            raise ReadError("too-large", f"more than {most:,} parts; --max-members allows more")
        if part.get_content_maintype() == "multipart":
            if depth < _names()["deepest"]:
                waiting.extend((child, depth + 1) for child in reversed(_children(part)))
            continue
        if part is message or not _may_be_release(part):
            continue
        content = _content(part)
        if content:
            yield _named(part, count, seen), content


def _children(part: Message) -> list[Message]:
    held = part.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"".join(one.as_bytes() for one in _children(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _may_be_release(part: Message) -> bool:
    """Whether a part is a file of its own and of no kind that never holds a release."""
    names = _names()
    kind, name = part.get_content_type(), (part.get_filename() or "").lower()
    if kind == "message/rfc822":
        return True
    if kind in names["types"] or part.get_content_maintype() in names["families"]:
        return name.endswith(tuple(names["kept"]))  # a program that calls all it attaches a picture
    if name.endswith(tuple(names["suffixes"])):
        return False
    return bool(name) or part.get_content_disposition() == "attachment" or kind not in names["bodies"]


def _named(part: Message, number: int, seen: set[str]) -> str:
    """The name of an attached file, without a path; one that is used already gets its number before it."""
    given = (
        _CONTROLS.sub("", _decoded(part.get_filename() or "")).replace("\\", "/").rsplit("/", 1)[-1].strip()
    )
    name = given or f"part-{number}{_names()['endings'].get(part.get_content_type(), '')}"
    if name in seen:
        name = f"{number}-{name}"
    seen.add(name)
    return name


def _said(message: Message, name: str) -> str | None:
    """A header in letters; None when there is none."""
    written = message.get(name)
    return " ".join(_decoded(written).split()) or None if written is not None else None


def _decoded(written: object) -> str:
    try:
        return str(make_header(decode_header(written)))  # type: ignore[arg-type]  # a str or a Header
    except (HeaderParseError, LookupError, UnicodeError, ValueError):  # words in no encoding that exists
        return str(written).encode("utf-8", "replace").decode("utf-8")


@cache
def _names() -> dict[str, Any]:
    """The kinds of parts in data/mail.yaml."""
    return dict(yaml.safe_load((Path(__file__).parent / "data" / "mail.yaml").read_text(encoding="utf-8")))
