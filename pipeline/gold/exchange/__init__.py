"""The corpus in the formats of others: spaCy's DocBin, BIO lines, Label Studio, W3C Web Annotation.

Each format is one module with `dump` (releases to bytes) and `load` (bytes to releases).  All but BIO carry
everything; BIO says what it leaves out (`bio.LOST`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.gold.exchange import bio, docbin, label_studio, web_annotation
from pipeline.gold.exchange.parts import ExchangeError
from pipeline.gold.format import GoldRelease

__all__ = ["FORMATS", "ExchangeError", "Format"]


class Format(NamedTuple):
    """How releases become a file of some format and come back, and what does not come back (empty: nothing)."""

    dump: Callable[[Iterable[GoldRelease]], bytes]
    load: Callable[[bytes], Sequence[GoldRelease]]
    lost: str = ""


FORMATS = {
    "spacy": Format(docbin.dump, docbin.load),
    "bio": Format(bio.dump, bio.load, bio.LOST),
    "label-studio": Format(label_studio.dump, label_studio.load),
    "web-annotation": Format(web_annotation.dump, web_annotation.load),
}
