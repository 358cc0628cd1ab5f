"""What several test rooms share: one analyser, and the reading of sentences with marked facts."""

from __future__ import annotations

import re

import pytest

from pipeline.job import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analyser with its language model and classifier, loaded once."""
    return Analyser()


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The bare sentence of "La ville de [Nevers|58194]", and its marks (words, what is expected)."""
    marks = [(match[1], match[2]) for match in re.finditer(r"\[([^\[\]|]+)\|([^\[\]]*)\]", marked)]
    return re.sub(r"\[([^\[\]|]+)\|[^\[\]]*\]", r"\1", marked), marks
