"""What an earlier run into the same folder found already, so that it is not done again.

A record is taken over when the release is the same (name, title, words) and so are the program, its data,
its models and what the user said of all releases (`fingerprint`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

import pipeline
from pipeline.model import Record, Release

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
    return (folder / HIDDEN / RECORDS).is_file()


def write_identity(folder: Path, identity: str) -> None:
    """Note in a folder which program writes the records there."""
    told = {"beffroi": pipeline.__version__, "fingerprint": identity}
    (folder / IDENTITY).write_text(json.dumps(told) + "\n", encoding="utf-8")


class Known:
    """The records that an earlier run, whole or cut off, left in a folder.

    Only their places in a file are held in memory.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        hidden = folder / HIDDEN
        hidden.mkdir(parents=True, exist_ok=True)
        self._path = hidden / _KEPT
        self._places: dict[bytes, tuple[int, int]] = {}
        #: How many records were taken over.
        self.taken = 0
        unfinished = self._path.with_suffix(".new")
        with unfinished.open("wb") as kept:
            for place in (folder, hidden):
                if not _is_of(place, identity):
                    continue
                for name in (RECORDS, _KEPT):
                    self._collect(place / name, kept)
        unfinished.replace(self._path)
        self._file = self._path.open("rb")

    def _collect(self, path: Path, kept: Any) -> None:
        if not path.is_file():
            return
        with path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break  # cut off in the middle
                try:
                    release = msgspec.json.decode(line, type=_Line).release
                except msgspec.DecodeError:
                    continue
                place = kept.tell()
                kept.write(line)
                self._places[_key(release)] = (place, len(line))

    def get(self, release: Release) -> Record | None:
        """The record of the same release, None when there is none."""
        place = self._places.get(_key(release))
        if place is None:
            return None
        self._file.seek(place[0])
        self.taken += 1
        return Record.from_json(self._file.read(place[1]))


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
