"""Plain text and Markdown with front matter, in whatever encoding."""

from __future__ import annotations

import re

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
# "Ã©" for "é": UTF-8 read as Windows-1252 by whoever saved the file
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf©¨ªª®´»¢§¹‰€ ]|â€[™œ\x9d“”¦]|Â[ «»°]")


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or a Western encoding, mojibake mended.

    Raises `ReadError` for what is no text.
    """
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

        best = from_bytes(data).best()
        if best is None:
            raise ReadError("encoding", "unknown encoding; save it as UTF-8") from None
        return str(best)


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 once too often.

    >>> mend("Le maire a dÃ©cidÃ©")
    'Le maire a décidé'
    """
    if len(_MOJIBAKE.findall(text)) < 2:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def read_plain(text: str) -> Content:
    """A text as it is; YAML front matter gives title, day and issuer and is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Content(text)
    try:
        head = yaml.safe_load(match["head"])
    except yaml.YAMLError:
        return Content(text)
    if not isinstance(head, dict):
        return Content(text)
    known = {str(name).lower(): value for name, value in head.items()}
    return fields(text[match.end() :].strip("\n"), known)


def fields(text: str, known: dict[str, object]) -> Content:
    """The content with title, day, issuer and hints found among named values, whatever they are called."""

    def first(names: tuple[str, ...]) -> str | None:
        return next((str(known[name]) for name in names if known.get(name) not in (None, "")), None)

    hints = tuple(str(known[name]) for name in _HINT_KEYS if isinstance(known.get(name), str) and known[name])
    return Content(text, first(_TITLE_KEYS), first(_DATE_KEYS), first(_ISSUER_KEYS), hints)
