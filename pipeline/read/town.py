"""Which pages of a web archive are French and of a town: a crawl holds many that are neither."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from pipeline.read.incoming import ReadError
from pipeline.read.plain import decode

_MARKUP = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>")
_LANGUAGE = re.compile(r"(?i)<html[^>]*\blang=[\"']?([a-z]{2})")
_READ = 400_000  # characters of a page


@cache
def _signs() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "town_pages.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: re.compile(value) if isinstance(value, str) else value for name, value in told.items()}


def is_french_town_page(address: str, page: bytes) -> bool:
    """Whether a page is in French and its address or its words are those of a town (data/town_pages.yaml)."""
    try:
        source = decode(page)[:_READ]
    except ReadError:
        return False
    said = _LANGUAGE.search(source)
    words = _folded(_MARKUP.sub(" ", source))
    if (said[1].lower() != "fr") if said else not _is_french(words):
        return False
    signs = _signs()
    return bool(
        signs["address"].search((urlsplit(address).hostname or "").lower())
        or signs["sure"].search(words)
        or len(set(signs["likely"].findall(words))) >= signs["enough"]
    )


def _is_french(words: str) -> bool:
    found = re.findall(r"[a-z]+", words)
    common = frozenset(_signs()["common"])
    return bool(found) and sum(word in common for word in found) / len(found) >= _signs()["share"]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return re.sub(r"\s+", " ", "".join(sign for sign in plain if not unicodedata.combining(sign)))
