"""Plain text and Markdown with front matter, in whatever encoding."""

from __future__ import annotations

import re
from datetime import date

import yaml

from pipeline.read.incoming import Content, ReadError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.{0,50000}?)\n---[ \t]*+(?:\n|\Z)", re.DOTALL)
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
_MENDED = 5_000_000  # characters up to which mojibake is looked for; no release is as long
_STRAY = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as Python carries them
_CUT = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z")  # a letter that the end of a file cut in two
_BEYOND = re.compile("[\u0080-\ud7ff\ue000-\uffff]")
#: One byte a letter: Windows, Unix before UTF-8, old Macintosh, old DOS.
_OLDER = ("cp1252", "iso8859-15", "mac_roman", "cp858")
_USUAL = frozenset("éèêëàâçîïôùûœæ")
_CAPITALS = frozenset("ÉÈÊÀÂÇÎÔŒ")
_POSSIBLE = frozenset("«»’‘“”…–—°€²³\u00a0üöäáíóúñß·•©®½")
# a capital within small letters, a small one within capitals: read in another encoding than it was written in
_MISFIT = re.compile("(?<=[a-zà-ÿ])[À-ÞŠŽŒŸ½](?=[a-zà-ÿ])|(?<=[A-Z])[à-ÿ](?=[A-Z])")
_SUSPECT = re.compile("[ÃÂâÅ][\u0080-\u00ff\u0152-\u0178\u02c6-\u02dc\u2013-\u20ac]")


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16 or an older encoding of Western Europe, mojibake mended.

    Raises `ReadError` for what is no text.
    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return data.decode("utf-32", errors="replace").lstrip("\ufeff")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").lstrip("\ufeff")
    if b"\x00" in data[:4096]:
        wide = _wide(data[:4096])
        if wide is None:
            raise ReadError("binary", "not a text: it holds NUL bytes; convert it to text, HTML, PDF or DOCX")
        return data.decode(wide, errors="replace")
    try:
        return mend(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    controls = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if controls > len(data[:4096]) * 0.02:
        raise ReadError("binary", "not a text: too many control characters; is it an image or an archive?")
    mixed = _CUT.sub("\ufffd", data.decode("utf-8-sig", "surrogateescape"))
    stray = _STRAY.findall(mixed)
    if len(_BEYOND.findall(mixed)) >= len(
        stray
    ):  # UTF-8 that was cut off, or that something else was pasted into
        return mend(_STRAY.sub(lambda match: _single(match[0]), mixed))
    best = _older(data)
    if _french(data[:_SAMPLE].decode(best, "replace")) > 0:
        return data.decode(best, "replace")
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE]).best()
    return data.decode(guess.encoding if guess is not None else "cp1252", errors="replace")


def encoding_of(head: bytes) -> str:
    """The encoding that a text too long to be held begins in.  Raises `ReadError` for what is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head[:4096]:
        wide = _wide(head[:4096])
        if wide is None:
            raise ReadError("binary", "not a text: it holds NUL bytes; convert it to a table in UTF-8")
        return wide
    mixed = head.decode("utf-8-sig", "surrogateescape")
    return "utf-8-sig" if len(_BEYOND.findall(mixed)) >= len(_STRAY.findall(mixed[:-4])) else _older(head)


def _older(data: bytes) -> str:
    return max(_OLDER, key=lambda name: _french(data[:_SAMPLE].decode(name, "replace")))


def _wide(head: bytes) -> str | None:
    """The kind of UTF-16 that bytes without a mark are in: of Western letters every other byte is NUL."""
    pairs = max(len(head) // 2, 1)
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[first::2].count(0) > 0.6 * pairs and head[1 - first :: 2].count(0) < 0.05 * pairs:
            return name
    return None


def _single(sign: str) -> str:
    """The letter of a byte that is no UTF-8."""
    return sign.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _french(text: str) -> int:
    """How French the letters beyond ASCII look: more than nothing when most are those that French has."""
    score = -2 * len(_MISFIT.findall(text))
    for sign in _BEYOND.findall(text):
        score += 2 if sign in _USUAL else 1 if sign in _CAPITALS else 0 if sign in _POSSIBLE else -1
    return score


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or the like, however often.

    >>> mend("Le maire a dÃ©cidÃ©")
    'Le maire a décidé'
    """
    from ftfy import TextFixerConfig, fix_encoding

    if len(text) > _MENDED or not _SUSPECT.search(text):
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
