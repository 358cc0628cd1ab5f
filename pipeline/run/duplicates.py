"""The same release under several names, and releases that nearly say the same.

The same words are one release: the first input that holds them is analysed and the others only add
their names.  Near-duplicates are kept and marked with the earlier release that they resemble: MinHash
over three words in a row, compared within buckets (locality-sensitive hashing).

What was seen stands in a private SQLite database that goes to a temporary file when it grows, so that
memory stays bounded.  Only the order of the inputs counts: any number of workers gives the same marks.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

import msgspec
import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray

from pipeline.model import Record, Release
from pipeline.read import Failure, Incoming
from pipeline.text import View

#: Share of the three-word sequences of both that two near-duplicates have in common, at least.
ALIKE = 0.7
#: Words below which a release is compared with no other: two notices of one sentence resemble by their form.
FEWEST_WORDS = 20
# 25 buckets of 5 values: two releases with 0.7 in common meet in at least one with probability 0.99
_BUCKETS, _VALUES = 25, 5
# at most this many of a bucket are compared: those who resemble an earlier one never enter a bucket
_MOST_COMPARED = 50
_RANDOM = np.random.Generator(np.random.PCG64(20240910))
_FACTORS = _RANDOM.integers(1, 1 << 63, _BUCKETS * _VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDED = _RANDOM.integers(0, 1 << 63, _BUCKETS * _VALUES, dtype=np.uint64)
_WEIGHTS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))

_WORD = re.compile(r"[^\W_]+")

_TABLES = """
CREATE TABLE seen (id TEXT PRIMARY KEY, source TEXT NOT NULL, written INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE further (number INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL);
CREATE INDEX further_id ON further (id);
CREATE TABLE signatures (number INTEGER PRIMARY KEY, id TEXT NOT NULL, signature BLOB NOT NULL);
CREATE TABLE buckets (bucket INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (bucket, number)) WITHOUT ROWID;
"""


class Duplicates:
    """What one run has seen so far."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.executescript(_TABLES)
        self._seen.execute("BEGIN")
        #: Inputs that only repeated the words of an earlier one.
        self.repeated = 0

    def once(self, inputs: Iterable[Incoming | Failure]) -> Iterator[Incoming | Failure]:
        """The inputs without those whose words an earlier one held; their names are kept."""
        for one in inputs:
            if isinstance(one, Failure) or self._first(one.release):
                yield one

    def _first(self, release: Release) -> bool:
        added = self._seen.execute(
            "INSERT OR IGNORE INTO seen (id, source) VALUES (?, ?)", (release.id, release.source)
        )
        if added.rowcount:
            return True
        self.repeated += 1
        self._seen.execute("INSERT INTO further (id, source) VALUES (?, ?)", (release.id, release.source))
        return False

    def marked(self, outcomes: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
        """The outcomes, each record with the earlier one that it resembles, if any."""
        for one in outcomes:
            if isinstance(one, Failure):
                yield one
                continue
            self._seen.execute("UPDATE seen SET written = 1 WHERE id = ?", (one.release.id,))
            like = self._like(one.release)
            # a record that --resume took over may carry the marks of another run
            release = msgspec.structs.replace(one.release, sources=UNSET, near_duplicate_of=like or UNSET)
            yield msgspec.structs.replace(one, release=release)

    def _like(self, release: Release) -> str | None:
        """The id of the release that this one resembles most; when there is none, it is remembered itself."""
        signature = minhash(release.text)
        if signature is None:
            return None
        buckets = _buckets(signature)
        marks = ",".join("?" * len(buckets))
        held = self._seen.execute(
            f"SELECT id, signature FROM signatures WHERE number IN (SELECT number FROM buckets "
            f"WHERE bucket IN ({marks}) GROUP BY number ORDER BY count(*) DESC, number LIMIT {_MOST_COMPARED}) "
            "ORDER BY number",
            buckets,
        ).fetchall()
        best, most = None, ALIKE
        for known, stored in held:
            common = resemblance(signature, np.frombuffer(stored, dtype=np.uint32))
            if known != release.id and (common > most or (best is None and common >= most)):
                best, most = str(known), common
        if best is None:
            added = self._seen.execute(
                "INSERT INTO signatures (id, signature) VALUES (?, ?)", (release.id, signature.tobytes())
            )
            self._seen.executemany(
                "INSERT OR IGNORE INTO buckets VALUES (?, ?)",
                [(bucket, added.lastrowid) for bucket in buckets],
            )
        return best

    def further(self, release: str) -> list[str]:
        """The other names of a release, in the order of the inputs."""
        told = self._seen.execute("SELECT source FROM further WHERE id = ? ORDER BY number", (release,))
        return [source for (source,) in told]

    def lost(self) -> Iterator[Failure]:
        """A failure for each input whose words are those of a release that could not be analysed."""
        told = self._seen.execute(
            "SELECT further.source, seen.source FROM further JOIN seen USING (id) "
            "WHERE NOT seen.written ORDER BY further.number"
        )
        for source, first in told:
            message = f"{source}: the same words as {first}, whose analysis failed; see there"
            yield Failure(source, "analyse", "same-as-failed", message)

    def close(self) -> None:
        """Throw away what was seen."""
        self._seen.close()


def minhash(text: str) -> NDArray[np.uint32] | None:
    """The MinHash signature of a text; None when it is too short to be compared.

    Case, accents and punctuation do not count.
    """
    words = _WORD.findall(View(text).folded)
    if len(words) < FEWEST_WORDS:
        return None
    hashed = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    first, second, third = _WEIGHTS
    runs = np.unique(hashed[:-2] * first + hashed[1:-1] * second + hashed[2:] * third)
    runs ^= runs >> np.uint64(29)
    least = np.full(len(_FACTORS), np.iinfo(np.uint32).max, dtype=np.uint32)
    for at in range(0, len(runs), 4096):  # a book would otherwise need hundreds of megabytes
        mixed = runs[at : at + 4096, None] * _FACTORS + _ADDED
        least = np.minimum(least, (mixed >> np.uint64(32)).astype(np.uint32).min(axis=0))
    return least


def resemblance(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Estimated share of three-word sequences that two texts have in common, from 0 to 1."""
    return float(np.mean(one == other))


def _buckets(signature: NDArray[np.uint32]) -> list[int]:
    rows = signature.reshape(_BUCKETS, _VALUES)
    return [
        (zlib.crc32(row.tobytes()) << 16 | zlib.adler32(row.tobytes()) & 0xFFFF) << 5 | number
        for number, row in enumerate(rows)
    ]
