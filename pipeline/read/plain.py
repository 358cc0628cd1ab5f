"""Plain text and Markdown with front matter, in whatever encoding."""

from __future__ import annotations

import re
from datetime import date

import yaml

from pipeline.read.incoming import Content, ReadError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_KEYS = ("title", "titre")
_DATE_KEYS = ("date", "published", "date_publication", "datepublished", "publie", "publication_date")
_ISSUER_KEYS = ("issuer", "emetteur", "insee", "code_insee", "siren", "code")
_HINT_KEYS = (
    "url",
    "source_url",
    "site",
    "site_name",
    "link",
    "lien",
    "publisher",
    "author",
    "commune",
    "ville",
    "organisation",
)
_PLAIN = (str, int, float, date)
_SAMPLE = 500_000  # bytes from which an encoding is guessed
# what French letters, quotes and dashes become: "Ã©" for "é", "â€™" for "’"; a cheap question before a dear one
_SUSPECT = re.compile("[ÃÂâÅ][\u0080-\u00ff\u0152-\u0178\u02c6-\u02dc\u2013-\u20ac]")


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or a Western encoding, mojibake mended.

    Raises `ReadError` for what is no text.
    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return data.decode("utf-32", errors="replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").lstrip("\ufeff")
    if b"\x00" in data[:4096]:
        raise ReadError("binary", "not a text: it holds NUL bytes; convert it to text, HTML, PDF or DOCX")
    try:
        return mend(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    controls = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if controls > len(data[:4096]) * 0.02:
        raise ReadError("binary", "not a text: too many control characters; is it an image or an archive?")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SAMPLE]).best()
        if best is None:
            raise ReadError("encoding", "unknown encoding; save it as UTF-8") from None
        return data.decode(best.encoding, errors="replace")


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or the like, however often.

    >>> mend("Le maire a dÃ©cidÃ©")
    'Le maire a décidé'
    """
    from ftfy import TextFixerConfig, fix_encoding

    if not _SUSPECT.search(text):
        return text
    return fix_encoding(text, TextFixerConfig(explain=False))


def read_plain(text: str) -> Content:
    """A text as it is; YAML front matter gives title, day and issuer and is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Content(text)
    try:
        head = yaml.safe_load(match["head"])
    except (yaml.YAMLError, ValueError, RecursionError):
        return Content(text)
    if not isinstance(head, dict):
        return Content(text)
    known = {str(name).lower(): value for name, value in head.items()}
    return fields(text[match.end() :].strip("\n"), known)


def fields(text: str, known: dict[str, object]) -> Content:
    """The content with title, day, issuer and hints found among named values, whatever they are called."""

    def first(names: tuple[str, ...]) -> str | None:
        # lists and mappings are no answer, and those that name one another grow without end when printed
        told = (known.get(name) for name in names)
        return next(
            (str(value) for value in told if value not in (None, "") and isinstance(value, _PLAIN)), None
        )

    hints = tuple(str(known[name]) for name in _HINT_KEYS if isinstance(known.get(name), str) and known[name])
    return Content(text, first(_TITLE_KEYS), first(_DATE_KEYS), first(_ISSUER_KEYS), hints)
