"""An observatory's own checked releases, from the database to models of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.gold import read_corpus

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def test_models_are_trained_on_releases_that_the_database_exported(
    tmp_path: Path,
) -> None:
    from sqlalchemy import update

    from pipeline.database import Database
    from pipeline.database.schema import distinctions, releases

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.output

    source = tmp_path / "in"
    source.mkdir()
    taken = list(read_corpus(CORPUS, "train"))[::5]
    for gold in taken:
        (source / f"{gold.id}.txt").write_text(gold.record.release.text, encoding="utf-8", newline="")
    run("run", str(source), "--out", str(tmp_path / "out"))
    with Database(tmp_path / "out" / "beffroi.db") as database, database.writing() as connection:
        connection.execute(update(distinctions).values(state="accepted"))
        connection.execute(update(releases).values(checked_by="anne", checked_at="2026-11-28T08:00:00"))
    run("export", str(tmp_path / "out"), "--to", str(tmp_path / "mine"))
    assert len(list(read_corpus(tmp_path / "mine"))) == len(taken)
    models = tmp_path / "models"
    told = run("train", "--corpus", str(tmp_path / "mine"), "--out", str(models))
    assert "stays as it is" not in told
    assert {path.name for path in models.iterdir()} >= {"announcement-type.npz", "distinction-slots.json"}
    from pipeline.classify import Classifier, again

    (announcement,) = Classifier.load(models / "announcement-type.npz").classify([again(taken[0].record)])
    assert sum(announcement.scores.values()) == pytest.approx(1, abs=0.01)
