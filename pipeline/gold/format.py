"""The format of annotated releases: a text file that a person reads and corrects in any editor.

A file has three parts, parted by lines of three dashes::

    ---
    type: distinction
    published: 2024-09-10
    published_by: given
    issuer: commune 13039
    issuer_by: text
    ---
    La ville de [Fos-sur-Mer]{commune 13039} est nominée aux Hashtags [2024]{date 2024} ...
    ---
    distinctions:
      - {to: commune 13039, award: hashtags, edition: 2024, category: Meilleur Compte TikTok, status: nominated}
    events:
      - {name: Rencontres Nationales, ordinal: 16, days: 2024-10-01/2024-10-10, at: 16e Rencontres Nationales}

Offsets are never typed: they follow from the brackets.  The full description is in
``corpus/README.md``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml

from pipeline.model import (
    Announcement,
    AnnouncementType,
    AwardRef,
    Collectivity,
    Comparator,
    Date,
    Days,
    Distinction,
    Event,
    Evidence,
    Indicator,
    Issuer,
    Kind,
    Method,
    Place,
    Published,
    Quantity,
    Record,
    Release,
    Status,
    Timex,
    TimexType,
)

_PLACE_KINDS = set(get_args(Kind))
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class FormatError(ValueError):
    """An annotated release that cannot be read; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class GoldRelease:
    """An annotated release: its text, what the reader is told beside it, and the facts it holds."""

    id: str
    record: Record
    about: str | None = None
    #: What the program is told beside the text: a publication day or an issuer that the text hides.
    published_given: date | None = None
    issuer_given: str | None = None


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    label: str
    arguments: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)


def read_gold(path: Path) -> GoldRelease:
    """Read one annotated release.  Raises `FormatError` naming the file and what is wrong."""
    return parse_gold(path.read_text(encoding="utf-8"), name=path.stem)


def parse_gold(source: str, name: str = "release") -> GoldRelease:
    """Parse the content of an annotated release.  Raises `FormatError`."""
    try:
        return _parse(source, name)
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from None
    except (yaml.YAMLError, msgspec.ValidationError, ValueError) as error:
        raise FormatError(f"{name}: {error}") from error


def _parse(source: str, name: str) -> GoldRelease:
    parts = _FENCE.split(source)
    while len(parts) > 3 and not parts[-1].strip():
        parts.pop()
    if len(parts) < 3 or parts[0].strip():
        raise FormatError("the file must begin with a '---' line and hold a head and a text")
    if len(parts) > 4:
        raise FormatError("more than three '---' lines; write a rule inside the text as '* * *'")
    head = _mapping(parts[1], "head")
    facts = _mapping(parts[3], "facts") if len(parts) == 4 else {}
    text, marks = strip_marks(parts[2].strip("\n"))
    only(head, {"type", "published", "published_by", "issuer", "issuer_by", "title", "about"}, "head")
    only(facts, {"distinctions", "events"}, "facts")

    published_by = _choice(head.get("published_by", "given"), Method, "published_by")
    day = head.get("published")
    issuer_by = _choice(head.get("issuer_by", "text"), Method, "issuer_by")
    issuer = collectivity(str(head["issuer"])) if head.get("issuer") else None
    release = Release(
        id=name,
        source=name,
        title=head.get("title"),
        text=text,
        published=Published(date=day, method=published_by if day else None),
        issuer=Issuer(kind=issuer.kind, code=issuer.code, name=issuer.name, method=issuer_by)
        if issuer
        else Issuer(),
    )
    told_day, told_issuer = told_beside(release)
    places, dates, quantities = _spans(text, marks)
    record = Record(
        release=release,
        announcement=Announcement(type=_choice(head.get("type"), AnnouncementType, "type")),
        places=tuple(places),
        dates=tuple(dates),
        quantities=tuple(quantities),
        distinctions=tuple(distinction(item, text) for item in facts.get("distinctions") or []),
        events=tuple(_event(item, text) for item in facts.get("events") or []),
    )
    return GoldRelease(
        id=name,
        record=msgspec.convert(msgspec.to_builtins(record), Record),  # checks every field's type
        about=head.get("about"),
        published_given=told_day,
        issuer_given=told_issuer,
    )


def told_beside(release: Release) -> tuple[date | None, str | None]:
    """The publication day and the issuer's code that a program is told because the text hides them."""
    beside = ("given", "metadata", "file")
    published, issuer = release.published, release.issuer
    return (
        published.date if published.method in beside else None,
        issuer.code if issuer.method in beside else None,
    )


def strip_marks(marked: str) -> tuple[str, list[_Mark]]:
    """The bare text of a marked one, and the marks with offsets into it.

    >>> text, marks = strip_marks("à [Fos-sur-Mer]{commune 13039} [en \\\\[sic\\\\] [2020]{date 2020}]{date 2020}")
    >>> text
    'à Fos-sur-Mer en [sic] 2020'
    >>> [(text[m.start:m.end], m.label, m.arguments) for m in marks]
    [('Fos-sur-Mer', 'commune', ['13039']), ('2020', 'date', ['2020']), ('en [sic] 2020', 'date', ['2020'])]
    """
    kept: list[str] = []
    length = 0
    open_at: list[int] = []
    marks: list[_Mark] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        if character == "\\" and marked[position + 1 : position + 2] in ("[", "]", "{", "}"):
            kept.append(marked[position + 1])
            length += 1
            position += 2
        elif character == "[":
            open_at.append(length)
            position += 1
        elif character == "]":
            if not open_at:
                raise FormatError(f"']' without '[' before {marked[position : position + 30]!r}")
            closing = marked.find("}", position)
            if marked[position + 1 : position + 2] != "{" or closing < 0:
                raise FormatError(f"'[…]' without '{{…}}' before {marked[position : position + 30]!r}")
            words = marked[position + 2 : closing].split()
            if not words:
                raise FormatError(f"empty '{{}}' at {marked[position : position + 30]!r}")
            mark = _Mark(open_at.pop(), length, words[0])
            for word in words[1:]:
                key, equals, value = word.partition("=")
                if equals and key.isidentifier():
                    mark.named[key] = value.replace("_", " ") if key in ("unit", "platform") else value
                else:
                    mark.arguments.append(word)
            marks.append(mark)
            position = closing + 1
        else:
            kept.append(character)
            length += 1
            position += 1
    if open_at:
        raise FormatError("'[' that is never closed")
    return "".join(kept), marks


def days(written: str | date | int) -> tuple[date, date]:
    """Inclusive days of ``2024``, ``2024-09``, ``2024-09-03`` or a range ``a/b`` of these."""
    first, _, last = str(written).partition("/")
    return _whole(first)[0], _whole(last or first)[1]


def _whole(written: str) -> tuple[date, date]:
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(*parts), date(*parts)


def _spans(text: str, marks: list[_Mark]) -> tuple[list[Place], list[Date], list[Quantity]]:
    places: list[Place] = []
    dates: list[Date] = []
    quantities: list[Quantity] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = mark.start, mark.end
        surface = text[start:end]
        where = f"[{surface}]{{{mark.label} …}}"
        if not surface or surface != surface.strip():
            raise FormatError(f"{where}: a span is neither empty nor begins or ends with a space")
        if mark.label in _PLACE_KINDS:
            code = mark.arguments[0] if mark.arguments else None
            if (code is None) != (mark.label == "other"):
                raise FormatError(f"{where}: a code is needed, except for 'other'")
            kind = _choice(mark.label, Kind, where)
            places.append(Place(start=start, end=end, text=surface, kind=kind, code=code, name=surface))
        elif mark.label == "date":
            if not mark.arguments:
                raise FormatError(f"{where}: days are needed, '-' for none")
            first, last = days(mark.arguments[0]) if mark.arguments[0] != "-" else (None, None)
            timex_type = _choice(mark.arguments[1] if len(mark.arguments) > 1 else "DATE", TimexType, where)
            timex = Timex(type=timex_type, value=mark.named.get("value"), mod=mark.named.get("mod"))
            dates.append(
                Date(start=start, end=end, text=surface, first_day=first, last_day=last, timex=timex)
            )
        elif mark.label == "qty":
            if len(mark.arguments) != 1:
                raise FormatError(f"{where}: one value is needed")
            only(mark.named, {"unit", "cmp", "ind", "holder", "platform", "max"}, where)
            quantities.append(
                Quantity(
                    start=start,
                    end=end,
                    text=surface,
                    value=float(mark.arguments[0]),
                    value_max=float(mark.named["max"]) if "max" in mark.named else None,
                    unit=mark.named.get("unit"),
                    comparator=_choice(mark.named.get("cmp", "="), Comparator, where),
                    indicator=_choice(mark.named.get("ind"), Indicator, where),
                    holder=mark.named.get("holder"),
                    platform=mark.named.get("platform"),
                )
            )
        else:
            raise FormatError(f"{where}: unknown label; use date, qty or one of {sorted(_PLACE_KINDS)}")
    return places, dates, quantities


def distinction(item: dict[str, Any], text: str) -> Distinction:
    only(
        item,
        {"to", "award", "award_name", "organiser", "edition", "category", "level", "status", "object",
         "decided", "quote"},
        "distinction",
    )  # fmt: skip
    for needed in ("to", "status"):
        if needed not in item:
            raise FormatError(f"distinction without '{needed}': {item}")
    if ("award" in item) == ("award_name" in item):
        raise FormatError(f"a distinction has 'award' (an id) or 'award_name' (one unknown): {item}")
    quotes = item.get("quote") or []
    decided = days(item["decided"]) if item.get("decided") else None
    return Distinction(
        recipient=collectivity(str(item["to"])),
        award=AwardRef(id=item.get("award"), name=str(item.get("award_name") or item.get("award"))),
        organiser=item.get("organiser"),
        edition=item.get("edition"),
        category=None if item.get("category") is None else str(item["category"]),
        level=None if item.get("level") is None else str(item["level"]),
        status=_choice(item["status"], Status, f"distinction {item}"),
        object=item.get("object"),
        decided=Days(first_day=decided[0], last_day=decided[1]) if decided else None,
        evidence=tuple(_quote(quote, text) for quote in ([quotes] if isinstance(quotes, str) else quotes)),
    )


def _event(item: dict[str, Any], text: str) -> Event:
    only(item, {"name", "ordinal", "days", "place", "at"}, "event")
    at = _quote(str(item.get("at") or item["name"]), text)
    first, last = days(item["days"]) if item.get("days") else (None, None)
    return Event(
        name=str(item["name"]),
        ordinal=item.get("ordinal"),
        first_day=first,
        last_day=last,
        place=collectivity(str(item["place"])) if item.get("place") else None,
        start=at.start,
        end=at.end,
        text=at.text,
    )


def collectivity(written: str) -> Collectivity:
    """``commune 13039``, or ``other Boulangerie Martin``."""
    label, _, rest = written.partition(" ")
    kind = _choice(label.rstrip(":"), Kind, f"'{written}'")
    if not rest.strip():
        raise FormatError(f"'{written}': a code is needed, or a name after 'other'")
    return Collectivity(kind=kind, code=None if kind == "other" else rest.strip(), name=rest.strip())


def _quote(quote: str, text: str) -> Evidence:
    start = text.find(quote)
    if start < 0:
        raise FormatError(f"the text does not hold the quotation {quote!r}")
    return Evidence(start=start, end=start + len(quote), text=quote)


def _mapping(written: str, part: str) -> dict[str, Any]:
    found = yaml.safe_load(written) or {}
    if not isinstance(found, dict):
        raise FormatError(f"the {part} must be 'name: value' lines")
    return found


def only(mapping: dict[str, Any], allowed: set[str], where: str) -> None:
    if unknown := set(mapping) - allowed:
        raise FormatError(f"{where}: unknown {', '.join(sorted(unknown))}; known are {sorted(allowed)}")


def _choice(value: Any, choices: Any, where: str) -> Any:
    if value not in get_args(choices):
        raise FormatError(f"{where}: {value!r} is none of {', '.join(get_args(choices))}")
    return value
