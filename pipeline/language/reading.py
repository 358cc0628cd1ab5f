"""What the French language model says of a sentence, in plain types.

The model is the scarce resource, so stages ask for the sentences that they need and get readings
back; nothing else of spaCy travels through the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its span in the view, its universal part of speech (``PROPN``, ``NOUN``, …)."""

    start: int
    end: int
    text: str
    pos: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity with its span in the view; `label` is ``PER``, ``LOC``, ``ORG`` or ``MISC``."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens and entities of one sentence."""

    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]


#: Readings by the index of their sentence in `View.sentences`; only sentences that were asked for.
Readings = Mapping[int, Reading]
