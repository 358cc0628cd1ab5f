"""The classifier's numbers: a linear model as plain arrays, in a file that can hold nothing else.

Four kinds of features say something for or against each type: the words of the release and those of its title
and lead (TF-IDF), facts of its record, and the mean of the static vectors of its words, of which only what each
word adds to each type is kept.  ``beffroi train`` makes the file (`train`); numpy reads it without pickle.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from pipeline.classify.features import Seen, content
from pipeline.trained import write_zip

Numbers = NDArray[numpy.float64]


class Part(NamedTuple):
    """What one word or fact of a release adds to the score of each type, in the order of the classes."""

    kind: str
    name: str
    added: Numbers


@dataclass(frozen=True)
class Words:
    """Words with their inverse document frequency, and what each adds to each type (words × types)."""

    names: tuple[str, ...]
    idf: Numbers
    weights: Numbers

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each word."""
        return {name: row for row, name in enumerate(self.names)}


@dataclass(frozen=True)
class Facts:
    """Names of facts of the record, and what each adds to each type (facts × types)."""

    names: tuple[str, ...]
    weights: Numbers

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each fact."""
        return {name: row for row, name in enumerate(self.names)}


@dataclass(frozen=True)
class Vectors:
    """Words by the digest of their letters (ascending), the row of each, and what each row adds (rows × types).

    `opening` is what a row adds when the word stands in title and lead.
    """

    keys: NDArray[numpy.uint64]
    rows: NDArray[numpy.uint16]
    whole: Numbers
    opening: Numbers

    def find(self, words: Sequence[str]) -> tuple[list[int], NDArray[numpy.uint16]]:
        """Which of the words have a vector, and the rows of these."""
        if not len(self.keys):
            return [], self.rows
        wanted = numpy.array([digest_of(word) for word in words], dtype=numpy.uint64)
        at = numpy.minimum(numpy.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = numpy.flatnonzero(self.keys[at] == wanted)
        return known.tolist(), self.rows[at[known]]


@dataclass(frozen=True)
class Model:
    """The linear model, the temperature that calibrates it, and the score below which a person should read."""

    classes: tuple[str, ...]
    bias: Numbers
    words: Words
    opening: Words
    facts: Facts
    vectors: Vectors
    temperature: float
    threshold: float

    def parts(self, seen: Seen) -> Iterator[Part]:
        """Everything in a release that speaks for or against a type; their sum and the bias are its scores."""
        for kind, table, said in (("word", self.words, seen.words), ("word", self.opening, seen.opening)):
            rows, values = weighed(table.rows, table.idf, said)
            for row, value in zip(rows, values, strict=True):
                yield Part(kind, table.names[row], value * table.weights[row])
        for name, value in seen.facts.items():
            row = self.facts.rows.get(name, -1)
            if row >= 0 and value:
                yield Part("fact", name, value * self.facts.weights[row])
        for said, weights in ((seen.words, self.vectors.whole), (seen.opening, self.vectors.opening)):
            words = content(said)
            known, found = self.vectors.find(words)
            for number, row in zip(known, found.tolist(), strict=True):
                yield Part("word", words[number], weights[row] / len(known))

    def scores(self, seen: Seen) -> Numbers:
        """The score of each type before the softmax, not yet divided by the temperature."""
        total = self.bias.copy()
        for table, said in ((self.words, seen.words), (self.opening, seen.opening)):
            rows, values = weighed(table.rows, table.idf, said)
            total += values @ table.weights[rows]
        named = [
            (self.facts.rows[name], value) for name, value in seen.facts.items() if name in self.facts.rows
        ]
        total += numpy.array([value for _, value in named]) @ self.facts.weights[[row for row, _ in named]]
        for said, weights in ((seen.words, self.vectors.whole), (seen.opening, self.vectors.opening)):
            _, found = self.vectors.find(content(said))
            if len(found):
                total += weights[found].mean(axis=0)
        return total

    def probabilities(self, seen: Seen) -> Numbers:
        """The calibrated probability of each type."""
        return softmax(self.scores(seen) / self.temperature)


def weighed(rows: dict[str, int], idf: Numbers, said: Sequence[str]) -> tuple[list[int], Numbers]:
    """TF-IDF of the known words: their rows, and their weights as a vector of length one."""
    counted = sorted((rows[word], count) for word, count in Counter(said).items() if word in rows)
    found = [row for row, _ in counted]
    values = (1 + numpy.log([count for _, count in counted])) * idf[found]
    length = float(numpy.sqrt(values @ values))
    return found, values / length if length else values


def softmax(scores: Numbers) -> Numbers:
    """Probabilities of scores (…, types)."""
    raised = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Numbers = raised / raised.sum(axis=-1, keepdims=True)
    return result


@lru_cache(maxsize=1 << 16)
def digest_of(word: str) -> int:
    """A number of 64 bits that stands for a word, the same on every machine."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


# --- the file


def write_model(model: Model, path: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "classes": numpy.array(model.classes),
        "bias": _short(model.bias),
        "words.names": _lines(model.words.names),
        "words.idf": _short(model.words.idf),
        "words.weights": _short(model.words.weights),
        "opening.names": _lines(model.opening.names),
        "opening.idf": _short(model.opening.idf),
        "opening.weights": _short(model.opening.weights),
        "facts.names": _lines(model.facts.names),
        "facts.weights": _short(model.facts.weights),
        "vectors.keys": model.vectors.keys,
        "vectors.rows": model.vectors.rows,
        "vectors.whole": _short(model.vectors.whole),
        "vectors.opening": _short(model.vectors.opening),
        "temperature": numpy.array(model.temperature),
        "threshold": numpy.array(model.threshold),
    }
    parts = {}
    for name, array in arrays.items():
        inside = io.BytesIO()
        numpy.lib.format.write_array(inside, array, allow_pickle=False)
        parts[f"{name}.npy"] = inside.getvalue()
    write_zip(path, parts)


def read_model(path: Path) -> Model:
    """The model of a file.

    Raises `FileNotFoundError` when there is none, `ValueError` when the file is no such model.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no model; run 'beffroi train' to make it")
    try:
        with numpy.load(path, allow_pickle=False) as found:
            a = {name: found[name] for name in found.files}
        return Model(
            classes=tuple(map(str, a["classes"])),
            bias=a["bias"].astype(float),
            words=Words(
                _names(a["words.names"]), a["words.idf"].astype(float), a["words.weights"].astype(float)
            ),
            opening=Words(
                _names(a["opening.names"]), a["opening.idf"].astype(float), a["opening.weights"].astype(float)
            ),
            facts=Facts(_names(a["facts.names"]), a["facts.weights"].astype(float)),
            vectors=Vectors(a["vectors.keys"], a["vectors.rows"], a["vectors.whole"], a["vectors.opening"]),
            temperature=float(a["temperature"]),
            threshold=float(a["threshold"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: no model of announcement types; run 'beffroi train' to make it") from error


def _short(numbers: Numbers) -> NDArray[numpy.float32]:
    # three decimals change no decision, and keep the file small
    return numpy.round(numbers, 3).astype(numpy.float32)


def _lines(names: Sequence[str]) -> NDArray[numpy.uint8]:
    return numpy.frombuffer("\n".join(names).encode(), dtype=numpy.uint8)


def _names(lines: NDArray[numpy.uint8]) -> tuple[str, ...]:
    text = lines.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
