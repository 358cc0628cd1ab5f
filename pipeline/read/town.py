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

# none of these tries more than the next few signs from any place: pages of a crawl are whatever somebody wrote
_TAG = re.compile(r"<[^<>]*+>")
_CODE = re.compile(r"(?i)<(script|style)\b")
_CODE_ENDS = {name: re.compile(f"(?i)</{name}") for name in ("script", "style")}
_LANGUAGE = re.compile(r"(?i)<html\b[^<>]{0,2000}?\blang=[\"']?([a-z]{2})")
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
    words = _folded(_TAG.sub(" ", _without_code(source)))
    if (said[1].lower() != "fr") if said else not _is_french(words):
        return False
    signs = _signs()
    return bool(
        signs["address"].search((urlsplit(address).hostname or "").lower())
        or signs["sure"].search(words)
        or len(set(signs["likely"].findall(words))) >= signs["enough"]
    )


def _without_code(source: str) -> str:
    """The page without its scripts and styles; what one that never ends would swallow is left out."""
    kept = []
    at = 0
    while (begin := _CODE.search(source, at)) is not None:
        kept.append(source[at : begin.start()])
        end = _CODE_ENDS[begin[1].lower()].search(source, begin.end())
        if end is None:
            return " ".join(kept)
        at = end.end()
    return " ".join([*kept, source[at:]])


def _is_french(words: str) -> bool:
    found = re.findall(r"[a-z]+", words)
    common = frozenset(_signs()["common"])
    return bool(found) and sum(word in common for word in found) / len(found) >= _signs()["share"]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return re.sub(r"\s+", " ", "".join(sign for sign in plain if not unicodedata.combining(sign)))
