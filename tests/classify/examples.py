"""Small releases and models of our own making."""

from __future__ import annotations

import numpy

from pipeline.classify import Seen
from pipeline.classify.model import Facts, Model, Vectors, Words, digest_of
from pipeline.classify.train import Example


def seen(words: str, opening: str = "", **facts: float) -> Seen:
    """A release of these words, title and lead, and facts (their names with spaces for underscores)."""
    told = {name.replace("_", " "): value for name, value in facts.items()}
    return Seen(tuple(words.split()), tuple(opening.split()), told)


def small_model(temperature: float = 1.0, threshold: float = 0.7) -> Model:
    """A model of two types: jury and prices speak for a distinction, chantier and hours for works."""
    weights = numpy.array([[2.0, -1.0], [-1.0, 2.0]])
    keys = sorted((digest_of(word), row) for row, word in enumerate(("laureat", "chaussee")))
    return Model(
        classes=("distinction", "works"),
        bias=numpy.array([0.1, -0.1]),
        words=Words(("chantier", "jury"), numpy.array([1.0, 2.0]), weights[::-1]),
        opening=Words(("jury",), numpy.array([1.5]), weights[:1]),
        facts=Facts(("hours", "status awarded"), weights[::-1]),
        vectors=Vectors(
            numpy.array([key for key, _ in keys], dtype=numpy.uint64),
            numpy.array([row for _, row in keys], dtype=numpy.uint16),
            weights,
            weights,
        ),
        temperature=temperature,
        threshold=threshold,
    )


def examples(releases: int) -> list[Example]:
    """As many releases of two types in turn, two of a writer, and a title with its lead of each type."""
    texts = {
        "distinction": "le jury decerne le prix et le label a la commune laureate",
        "works": "le chantier de la chaussee impose une deviation aux riverains",
    }
    kinds = [("distinction", "works")[number % 2] for number in range(releases)]
    return [
        *(
            Example(
                seen(f"{texts[kind]} texte {'abcdefgh'[number % 8] * 3}", texts[kind]),
                kind,
                f"w{number // 2}",
            )
            for number, kind in enumerate(kinds)
        ),
        *(Example(seen(text, text), kind, None) for kind, text in texts.items()),
    ]
