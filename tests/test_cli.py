"""The command, run as a subprocess on real files."""

from __future__ import annotations

import csv
import filecmp
import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pyarrow.parquet
import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"


def beffroi(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command in the project's root."""
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of the main job on the sample."""
    folder = tmp_path_factory.mktemp("run") / "out"
    done = beffroi("run", SAMPLE, "--out", folder, "--report")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return folder


def test_records_validate_against_the_printed_schema(out: Path) -> None:
    schema = json.loads(beffroi("schema").stdout)
    lines = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(list(SAMPLE.iterdir()))
    for line in lines:
        record = json.loads(line)
        jsonschema.validate(record, schema)
        text = record["release"]["text"]
        for kind in ("places", "dates", "quantities", "events"):
            assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in record[kind])


def test_a_second_run_and_two_workers_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    for workers in ("1", "2"):
        again = tmp_path / workers
        assert beffroi("run", SAMPLE, "--out", again, "--workers", workers).returncode == 0
        for name in ("records.jsonl", "tables/distinctions.csv"):
            assert filecmp.cmp(again / name, out / name, shallow=False), name


def test_tables_and_database_hold_the_same_distinctions(out: Path) -> None:
    records = [json.loads(line) for line in (out / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    count = sum(len(record["distinctions"]) for record in records)
    assert count > 0
    assert pyarrow.parquet.read_table(out / "tables/distinctions.parquet").num_rows == count
    with sqlite3.connect(out / "beffroi.db") as database:
        assert database.execute("SELECT count(*) FROM distinctions").fetchone() == (count,)
        # what several releases tell of the same thing is one nominee
        assert 0 < database.execute("SELECT count(*) FROM nominees").fetchone()[0] <= count


def test_the_page_needs_nothing_from_outside(out: Path) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<table" in page
    assert " src=" not in page
    assert "<link" not in page
    assert "@import" not in page


def test_bad_inputs_are_told_and_the_others_done(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("La ville de Nevers recrute.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = beffroi("run", tmp_path / "good.txt", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert done.returncode == 1
    errors = [
        json.loads(line) for line in (tmp_path / "out/errors.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [(Path(error["source"]).name, error["stage"], error["error"]) for error in errors] == [
        ("empty.txt", "read", "empty")
    ]
    assert len((tmp_path / "out/records.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_one_release_from_standard_input() -> None:
    done = beffroi(
        "run", "-", "--reference-date", "2024-09-10", "--issuer", "58194", stdin=b"La piscine rouvre demain."
    )
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert record["dates"][0]["first_day"] == "2024-09-11"
    assert record["release"]["issuer"]["code"] == "58194"


WRONG = [
    ("run", "x.txt", "--reference-date", "hier"),
    ("run", "x.txt", "--issuer", "99999"),
    ("evaluate", "nowhere"),
    ("fly",),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_command_line_is_status_2(arguments: tuple[str, ...]) -> None:
    done = beffroi(*arguments)
    assert done.returncode == 2
    assert done.stderr


def test_help_and_version_answer_at_once() -> None:
    for option in ("--help", "--version"):
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            assert beffroi(option).returncode == 0
            best = min(best, time.perf_counter() - began)
        assert best < 0.5


def test_small_commands() -> None:
    assert b"13039" in beffroi("places", "La ville de Fos-sur-Mer").stdout
    assert b"pavillon-bleu" in beffroi("awards", "search", "pavillon").stdout
    assert beffroi("awards", "check").returncode == 0
    shown = beffroi("show", SAMPLE / sorted(path.name for path in SAMPLE.iterdir())[0])
    assert shown.returncode == 0, shown.stderr.decode()
    evaluated = beffroi("evaluate", "corpus", "--split", "dev")
    assert b"distinctions (core)" in evaluated.stdout


def test_show_explains_which_words_gave_a_distinction() -> None:
    text = "Mairie de Pau. En 2019, la ville a été récompensée d'un Hashtag d'Or.".encode()
    done = beffroi("show", "-", "--explain", stdin=text)
    assert done.returncode == 0
    assert "« récompensée »" in done.stdout.decode()


def test_unknown_awards_of_a_run_become_entries_of_a_local_catalogue(tmp_path: Path) -> None:
    release = tmp_path / "pau.txt"
    release.write_text("La ville de Pau obtient le Prix de la ville marchable 2024.", encoding="utf-8")
    assert beffroi("run", release, "--out", tmp_path / "out").returncode == 0
    proposed = beffroi("awards", "unknown", tmp_path / "out" / "records.jsonl")
    assert b"Prix de la ville marchable" in proposed.stdout
    entries, local = tmp_path / "entries.yaml", tmp_path / "local.yaml"
    entries.write_bytes(proposed.stdout)
    assert beffroi("awards", "add", entries, "--to", local).returncode == 0
    before = local.read_bytes()
    again = beffroi("awards", "add", entries, "--to", local)
    assert again.returncode == 2
    assert b"used twice" in again.stderr
    assert local.read_bytes() == before


def test_a_second_run_keeps_decisions_and_doubles_nothing(tmp_path: Path) -> None:
    assert beffroi("run", SAMPLE, "--out", tmp_path).returncode == 0
    decided = "UPDATE distinctions SET state = 'accepted', reviewer = 'Ana', decided_on = machine WHERE id = (SELECT min(id) FROM distinctions)"
    with sqlite3.connect(tmp_path / "beffroi.db") as database:
        database.execute(decided)
        before = database.execute("SELECT id, state, reviewer FROM distinctions ORDER BY id").fetchall()
    assert beffroi("run", SAMPLE, "--out", tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "beffroi.db") as database:
        assert (
            database.execute("SELECT id, state, reviewer FROM distinctions ORDER BY id").fetchall() == before
        )


def test_export_writes_the_view_that_is_asked_for(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "nominees.csv"
    assert beffroi("export", out, "--to", target, "--where", "status=awarded").returncode == 0
    rows = list(csv.DictReader(target.open(encoding="utf-8-sig")))
    assert {row["status"] for row in rows} == {"awarded"}
    wrong = beffroi("export", out, "--to", target, "--where", "colour=red")
    assert wrong.returncode == 2
    assert b"names are q, recipient" in wrong.stderr
    assert beffroi("export", out, "--to", tmp_path / "x.doc").returncode == 2
    assert b"beffroi run" in beffroi("export", tmp_path / "none.db", "--to", target).stderr


def test_checked_releases_become_a_corpus(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert beffroi("database", "backup", out / "beffroi.db", copy).returncode == 0
    with sqlite3.connect(copy) as database:
        database.execute("UPDATE distinctions SET state = 'accepted'")
        database.execute(
            "UPDATE releases SET checked_by = 'Ana', checked_at = '2024-09-10T10:00:00.000+00:00'"
        )
        count = database.execute("SELECT count(*) FROM releases").fetchone()[0]
    exported = beffroi("export", copy, "--to", tmp_path / "corpus")
    assert f"{count} checked releases" in exported.stdout.decode()
    assert beffroi("corpus", "check", tmp_path / "corpus").returncode == 0


def test_a_database_is_restored_from_its_copy(out: Path, tmp_path: Path) -> None:
    copy, target = tmp_path / "copy.db", tmp_path / "target.db"
    assert beffroi("database", "backup", out / "beffroi.db", copy).returncode == 0
    assert beffroi("database", "restore", copy, target).returncode == 0
    assert beffroi("database", "load", out / "records.jsonl", target).returncode == 0
    assert b"no SQLite database" in beffroi("database", "restore", out / "records.jsonl", target).stderr
