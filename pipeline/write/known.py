"""What an earlier run into the same folder found already, so that it is not done again.

A record is taken over when the release is the same (name, title, words) and so are the program, its data,
its models and what the user said of all releases (`fingerprint`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

import pipeline
from pipeline.model import Record, Release
from pipeline.write.room import put, writing

#: The folder of a run that is not whole yet, inside the folder of the results.
HIDDEN = ".unfinished"
RECORDS = "records.jsonl"
#: Says which program wrote the records beside it.
IDENTITY = "run.json"
_KEPT = "kept.jsonl"


def fingerprint(told: Mapping[str, Any], *others: Path) -> str:
    """Digest of the program, its data, the files `others` and the options `told`: what records depend on."""
    root = Path(pipeline.__file__).parent
    digest = hashlib.sha256(json.dumps(dict(told), sort_keys=True, default=str).encode())
    package = (path for path in root.rglob("*") if path.suffix not in (".pyc",) and path.is_file())
    for path in sorted([*package, *(one for one in others if one.is_file())]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def unfinished(folder: Path) -> bool:
    """Whether a run into this folder was cut off."""
    hidden = folder / HIDDEN
    return hidden.is_dir() and any(path.is_file() for path in hidden.rglob("*"))


def write_identity(folder: Path, identity: str) -> None:
    """Note in a folder which program writes the records there; what another wrote before is no longer kept."""
    if not _is_of(folder, identity):
        _forget(folder)
    told = {"beffroi": pipeline.__version__, "fingerprint": identity}
    put(folder / IDENTITY, (json.dumps(told) + "\n").encode())


class Known:
    """The records that an earlier run, whole or cut off, left in a folder.

    Only their places in their files are held in memory, and next to nothing is copied: there may be little room.
    Raises `WriteError`.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._files: list[IO[bytes]] = []
        self._places: dict[bytes, tuple[int, int, int]] = {}
        #: How many records were taken over.
        self.taken = 0
        hidden = folder / HIDDEN
        with writing(folder):
            hidden.mkdir(parents=True, exist_ok=True)
            if _is_of(hidden, identity):
                _keep(hidden)
                self._index(hidden / _KEPT)
            else:
                _forget(hidden)
            if _is_of(folder, identity):
                self._index(folder / RECORDS)

    def _index(self, path: Path) -> None:
        if not path.is_file():
            return
        file = path.open("rb")
        for key, place, length in _lines_of(file):
            self._places.setdefault(key, (len(self._files), place, length))
        self._files.append(file)

    def get(self, release: Release) -> Record | None:
        """The record of the same release, None when there is none."""
        found = self._places.get(_key(release))
        if found is None:
            return None
        file, place, length = found
        self._files[file].seek(place)
        self.taken += 1
        return Record.from_json(self._files[file].read(length))

    def close(self) -> None:
        """Give back the files, before others take their places."""
        for file in self._files:
            file.close()
        self._places.clear()


def _forget(hidden: Path) -> None:
    for name in (RECORDS, _KEPT):
        (hidden / name).unlink(missing_ok=True)


def _keep(hidden: Path) -> None:
    """Put what the last run had written where the next one does not write.

    Cut off at any moment it can be done again.
    """
    written, kept = hidden / RECORDS, hidden / _KEPT
    if not written.is_file():
        return
    if not kept.is_file():
        written.replace(kept)
        return
    with kept.open("r+b") as held, written.open("rb") as lines:
        known, end = set(), 0
        for key, place, length in _lines_of(held):
            known.add(key)
            end = place + length
        held.seek(end)
        held.truncate()  # what was cut off in the middle
        for key, place, length in _lines_of(lines):
            if key not in known:
                held.write(_at(lines, place, length))
        held.flush()
        os.fsync(held.fileno())
    written.unlink()


def _at(file: IO[bytes], place: int, length: int) -> bytes:
    now = file.tell()
    file.seek(place)
    content = file.read(length)
    file.seek(now)
    return content


def _lines_of(file: IO[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """The whole records of a file: key, place, length."""
    file.seek(0)
    place = 0
    while (line := file.readline()).endswith(b"\n"):  # else cut off in the middle
        with contextlib.suppress(msgspec.DecodeError):
            yield _key(msgspec.json.decode(line, type=_Line).release), place, len(line)
        place += len(line)


class _Line(msgspec.Struct):
    release: Release


def _is_of(folder: Path, identity: str) -> bool:
    try:
        told = json.loads((folder / IDENTITY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("fingerprint") == identity


def _key(release: Release) -> bytes:
    words = "\x1f".join((release.source, release.title or "", release.text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:16]
