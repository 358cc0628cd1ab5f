"""Passages: short texts that say who got which award, annotated with nothing else.

They teach the finder of award names (``corpus/passages``, described in ``corpus/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from pipeline.gold.format import FormatError, GoldRelease, collectivity, distinction, only
from pipeline.model import Announcement, Issuer, Published, Record, Release

_PREFIX = "passage "
_KEYS = {"text", "published", "issuer", "distinctions"}


def read_passages(corpus: Path) -> Iterator[GoldRelease]:
    """The passages of a corpus folder, none when it has none; the id of each is its file and its number there.

    Raises `FormatError` naming the file and the passage that cannot be read.
    """
    for path in sorted((corpus / "passages").glob("*.yaml")):
        try:
            items = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
        except yaml.YAMLError as error:
            raise FormatError(f"{path}: {error}") from error
        for number, item in enumerate(items, 1):
            name = f"{_PREFIX}{path.stem} {number}"
            try:
                yield _passage(item, name)
            except (ValueError, msgspec.ValidationError) as error:
                raise FormatError(f"{path}, passage {number}: {error}") from error


def is_passage(gold: GoldRelease) -> bool:
    """Whether an annotated text is a passage."""
    return gold.id.startswith(_PREFIX)


def hand_of(gold: GoldRelease) -> str:
    """The file that a passage stands in: one hand wrote it."""
    return gold.id.split()[1]


def _passage(item: dict[str, Any], name: str) -> GoldRelease:
    only(item, _KEYS, "passage")
    if not item.get("text"):
        raise FormatError("passage without 'text'")
    text = item["text"]
    issuer = collectivity(str(item["issuer"])) if item.get("issuer") else None
    published = item.get("published")
    release = Release(
        id=name,
        source=name,
        text=text,
        published=Published(date=published, method="given" if published else None),
        issuer=Issuer(kind=issuer.kind, code=issuer.code, name=issuer.name, method="given")
        if issuer
        else Issuer(),
    )
    record = Record(
        release=release,
        announcement=Announcement(type="distinction"),
        distinctions=tuple(distinction(one, text) for one in item.get("distinctions") or []),
    )
    return GoldRelease(
        id=name,
        record=msgspec.convert(msgspec.to_builtins(record), Record),
        published_given=published,
        issuer_given=issuer.code if issuer else None,
    )
