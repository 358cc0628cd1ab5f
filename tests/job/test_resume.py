"""Runs that are killed and gone on with: no record is lost, doubled or half written."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus" / "sample"
RELEASES = 200
MANY, MANY_KILLS = 2_000, 20


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases in one file; now and then a line that is none."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.glob("*.txt"))]
    path = tmp_path_factory.mktemp("many") / "releases.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(RELEASES):
            if number % 97 == 50:
                lines.write("no JSON\n")
            lines.write(json.dumps({"text": f"{texts[number % len(texts)]}\n\nDossier n° {number}"}) + "\n")
    return path


def _command(source: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "run", str(source), "--out", str(out), *options]


def _results(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix in (".jsonl", ".csv", ".parquet")
    }


def test_a_command_killed_while_it_writes_ends_as_an_undisturbed_one(many: Path, tmp_path: Path) -> None:
    quiet, killed = tmp_path / "quiet", tmp_path / "killed"
    done = subprocess.run(_command(many, quiet), cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1  # a few lines were no JSON
    written = killed / ".unfinished" / "records.jsonl"
    with subprocess.Popen(_command(many, killed, "--resume"), cwd=ROOT, stdout=subprocess.DEVNULL) as run:
        until = time.monotonic() + 120
        while not (written.is_file() and written.stat().st_size) and time.monotonic() < until:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    last = subprocess.run(
        _command(many, killed, "--resume"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "taken over" in last.stdout
    assert _results(killed) == _results(quiet)
    for folder in (quiet, killed):
        assert not (folder / ".unfinished").exists()
        with sqlite3.connect(folder / "beffroi.db") as database:
            assert database.execute("SELECT count(*) FROM releases").fetchone() == (RELEASES,)


def test_twenty_kills_among_two_thousand_releases_leave_no_trace(tmp_path: Path) -> None:
    source = tmp_path / "releases.jsonl"
    towns = ("Nevers", "Tours", "Gap", "Béziers", "Marseille", "Grenoble", "Narbonne")
    with source.open("w", encoding="utf-8") as lines:
        for number in range(MANY):
            if number % 397 == 50:
                lines.write("no JSON\n")
            text = f"La ville de {towns[number % 7]} obtient {number % 4 + 1} fleurs en {1990 + number % 34}. Note {number}."
            lines.write(json.dumps({"text": text}) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.job.killing", str(source), str(tmp_path), str(MANY_KILLS)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=500,
    )  # fmt: skip
    assert done.stdout.startswith(f"{MANY_KILLS} killed"), done.stdout
    quiet = _results(tmp_path / "quiet")
    assert quiet["records.jsonl"].count(b"\n") == MANY
    assert quiet["errors.jsonl"].count(b"\n") == 5
    assert _results(tmp_path / "killed") == quiet


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text(
            f"La ville de Nevers obtient le Pavillon Bleu. Note {name}.", encoding="utf-8"
        )
    subprocess.run(_command(source, out), cwd=ROOT, check=True, capture_output=True)
    (source / "b.txt").write_text("La ville de Nevers perd le Pavillon Bleu.", encoding="utf-8")
    again = subprocess.run(
        _command(source, out, "--resume"), cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "1 of 2 records taken over" in again.stdout
    told = [json.loads(line) for line in (out / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["distinctions"][0]["status"] for record in told] == ["awarded", "lost"]


def test_other_options_take_nothing_over(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text("Demain, la ville de Nevers ferme sa piscine.", encoding="utf-8")
    subprocess.run(_command(source, out), cwd=ROOT, check=True, capture_output=True)
    again = subprocess.run(
        _command(source, out, "--resume", "--reference-date", "2024-09-10"),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "0 of 1 records taken over" in again.stdout
