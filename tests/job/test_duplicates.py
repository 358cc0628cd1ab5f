"""The command over releases that come twice, or nearly: one record with both names, and a mark."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLEURS = (
    "La ville de Nevers obtient sa troisième fleur au label Villes et Villages Fleuris 2023. Le jury régional, réuni "
    "mardi à Dijon, a salué le travail des jardiniers municipaux et celui des habitants, qui ont planté ensemble "
    "douze mille bulbes dans les parcs, sur les places et le long des quais. Le maire les remercie tous et invite "
    "chacun à venir fêter cette récompense samedi au parc Roger-Salengro, où un pot de l'amitié sera servi à midi."
)
EDITED = FLEURS.replace("Le maire les remercie tous", "Le maire les a félicités")
OTHER = "Le marché de Noël de Decize ouvre ses portes samedi à dix heures sur la place du Champ de Foire."


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for name, text in {
        "a.txt": FLEURS,
        "b.txt": OTHER,
        "c.html": f"<html><body><article><p>{FLEURS}</p></article></body></html>",
        "d.txt": EDITED,
        "e.txt": FLEURS.replace("'", "’"),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _run(sources: Path, out: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pipeline.cli", "run", str(sources), "--out", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _records(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line)["release"] for line in (out / "records.jsonl").read_text("utf-8").splitlines()]


def _bytes(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.suffix in (".jsonl", ".csv", ".parquet", ".new", ".renewed")
    }


def test_one_record_with_every_name_and_near_ones_marked(sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "2 inputs held the words of an earlier one" in _run(sources, out)
    first, other, edited = _records(out)
    same = [str(sources / name) for name in ("a.txt", "c.html", "e.txt")]
    assert (first["source"], first["sources"]) == (same[0], same)
    assert "sources" not in other
    assert "near_duplicate_of" not in other
    assert (edited["source"], edited["near_duplicate_of"]) == (str(sources / "d.txt"), first["id"])

    with (out / "tables" / "releases.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["sources"].split("\n") for row in rows] == [same, [other["source"]], [edited["source"]]]
    assert [row["near_duplicate_of"] for row in rows] == ["", "", first["id"]]

    with sqlite3.connect(out / "beffroi.db") as database:
        told = database.execute(
            "SELECT source FROM sources WHERE release = ? ORDER BY source", (first["id"],)
        )
        assert [source for (source,) in told] == same
        marked = database.execute(
            "SELECT id, near_duplicate_of FROM releases WHERE near_duplicate_of IS NOT NULL"
        )
        assert list(marked) == [(edited["id"], first["id"])]


def test_workers_and_a_resumed_run_give_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    _run(sources, alone)
    _run(sources, shared, "--workers", "2")
    assert _bytes(shared) == _bytes(alone)
    before = _bytes(alone)
    assert "3 of 3 records taken over" in _run(sources, alone, "--resume")
    assert _bytes(alone) == before


def test_a_source_that_is_gone_is_no_longer_named(sources: Path, tmp_path: Path) -> None:
    import shutil

    folder, out = tmp_path / "sources", tmp_path / "out"
    shutil.copytree(sources, folder)
    _run(folder, out)
    for name in ("c.html", "e.txt"):
        (folder / name).unlink()
    _run(folder, out, "--resume")
    first, _, edited = _records(out)
    assert "sources" not in first
    assert edited["near_duplicate_of"] == first["id"]
