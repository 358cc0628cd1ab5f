"""Runs that find no room any more: they say so, leave nothing half, and are gone on with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model import Record
from pipeline.write import Known, RunWriter, WriteError, put
from pipeline.write.known import HIDDEN
from tests.database.records import distinction, record

ROOT = Path(__file__).resolve().parents[2]
RELEASES = 400
TOWNS = ("Nevers", "Tours", "Gap", "Béziers", "Marseille", "Grenoble", "Narbonne")


def _may_mount(folder: Path) -> bool:
    place = folder / "try"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "beffroi-test", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode == 0:
        subprocess.run(["umount", str(place)], check=True)
    return mounted.returncode == 0


@pytest.mark.parametrize("way", ["limit", "disk"])
def test_a_run_without_room_says_so_and_is_gone_on_with(tmp_path: Path, way: str) -> None:
    # "limit" bounds the size of files and runs everywhere; "disk" needs root on Linux, as CI has it, to make a real one
    if way == "disk" and (sys.platform != "linux" or os.geteuid() != 0 or not _may_mount(tmp_path)):
        untried = "no file system may be made here: a disk that is really full was not tried"
        pytest.skip(untried)  # making one needs root; "limit" tries the same code everywhere
    source = tmp_path / "releases.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        for number in range(RELEASES):
            text = f"La ville de {TOWNS[number % 7]} obtient {number % 4 + 1} fleurs en {1990 + number % 34}. Note {number}."
            lines.write(json.dumps({"text": text}) + "\n")
            if number % 50 == 7:  # the same words again: the records are written anew at the end
                lines.write(json.dumps({"text": text}) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.job.filling", str(source), str(tmp_path), way],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    *failed, last = done.stdout.strip().splitlines()
    out = tmp_path / "filled" / "out"
    assert len(failed) == 4
    for line in failed:
        assert "exit 2" in line, done.stdout
        assert str(out) in line
        assert "room" in line
        assert "--resume" in line
        assert "Traceback" not in line
    assert last == "last: exit 0"
    results = [
        {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".jsonl", ".csv", ".parquet", ".json")
        }
        for folder in (tmp_path / "quiet", out)
    ]
    assert results[0].keys() == results[1].keys()
    assert all(results[0][name] == results[1][name] for name in results[0])
    assert results[1]["records.jsonl"].count(b"\n") == RELEASES
    assert not (out / HIDDEN).exists()


def _record(number: int) -> Record:
    return record(f"La ville obtient {number} fleurs.", distinction(), source=f"{number}.txt")


def test_the_records_of_another_program_are_never_taken_over(tmp_path: Path) -> None:
    """Cut off, gone on with, begun anew with other options, cut off again: only the last one's records count."""
    for identity, resume in (("one", False), ("one", True), ("two", False)):
        known = Known(tmp_path, identity) if resume else None
        writer = RunWriter(tmp_path, identity)
        writer.__enter__()
        writer.write(_record(1 if identity == "one" else 2))
        writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        if known is not None:
            known.close()
    known = Known(tmp_path, "two")
    assert known.get(_record(1).release) is None
    assert known.get(_record(2).release) is not None


def test_a_record_cut_off_in_the_middle_is_not_taken_over(tmp_path: Path) -> None:
    for cut in (False, True, True):
        known = Known(tmp_path, "one")
        writer = RunWriter(tmp_path, "one")
        writer.__enter__()
        for number in range(4):
            writer.write(_record(number))
        writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        known.close()
        path = tmp_path / HIDDEN / "records.jsonl"
        if cut:
            path.write_bytes(path.read_bytes()[:-20])
    known = Known(tmp_path, "one")
    assert [known.get(_record(number).release) == _record(number) for number in range(4)] == [True] * 4
    assert known.get(_record(4).release) is None
    # what was held already is held once
    assert (tmp_path / HIDDEN / "kept.jsonl").read_bytes().count(b"\n") == 4


def test_what_cannot_be_put_leaves_the_last_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.json"
    put(path, b"one")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(WriteError, match="out: the results cannot be written"):
        RunWriter(tmp_path / "out").__enter__()
