"""`beffroi evaluate` on a small corpus: what it prints, writes and refuses."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.evaluate import RecordsError, find_records, save_records
from pipeline.gold import read_corpus
from pipeline.model import Record
from pipeline.text import digest
from tests.evaluate.releases import PAVILLON, gold, record

_TEXTS = {
    "nevers": "La ville de [Nevers]{commune 58194} obtient le Pavillon Bleu [2024]{date 2024}.",
    "tours": "La ville de [Tours]{commune 37261} obtient le Pavillon Bleu [2023]{date 2023}.",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two releases; the gold of the second expects a status that the text does not tell."""
    folder = tmp_path / "corpus"
    (folder / "releases").mkdir(parents=True)
    for name, text in _TEXTS.items():
        code = "58194" if name == "nevers" else "37261"
        year, status = ("2024", "awarded") if name == "nevers" else ("2023", "lost")
        fact = f"{{to: commune {code}, award: pavillon-bleu, edition: {year}, status: {status}}}"
        head = f"type: distinction\npublished: 2024-09-10\nissuer: commune {code}"
        (folder / "releases" / f"{name}.txt").write_text(
            f"---\n{head}\n---\n{text}\n---\ndistinctions:\n  - {fact}\n", encoding="utf-8"
        )
    (folder / "splits.yaml").write_text("train: []\ndev: [nevers, tours]\ntest: []\n", encoding="utf-8")
    return folder


def _evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_everything_at_once(corpus: Path, tmp_path: Path) -> None:
    saved, html = tmp_path / "saved.jsonl", tmp_path / "errors.html"
    plain = _evaluate(corpus, "--split", "dev", "--save", saved)
    assert plain.exit_code == 0, plain.output
    assert plain.output.count("releases") == 1
    assert max(map(len, plain.output.splitlines())) <= 80
    records = [Record.from_json(line) for line in saved.read_bytes().splitlines()]
    assert [one.release.id for one in records] == ["nevers", "tours"]

    told = _evaluate(
        corpus,
        "--by",
        "status",
        "--baseline",
        "--reliability",
        "--against",
        saved,
        "--html",
        html,
        "--misses",
    )
    assert told.exit_code == 0, told.output
    for words in ("status lost: 1 release", "baseline", "macro-F1", "Expected calibration error", "+0.000"):
        assert words in told.output
    assert "against saved.jsonl: 2 releases" in told.output
    assert "distinctions missed tours" in told.output
    assert "<td>statut</td>" in html.read_text(encoding="utf-8")


def test_a_run_that_lacks_releases_is_compared_on_the_others(corpus: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    save_records(saved, [record(next(iter(read_corpus(corpus))))])
    told = _evaluate(corpus, "--against", saved)
    assert told.exit_code == 0, told.output
    assert "against saved.jsonl: 1 release" in told.output
    assert "saved.jsonl lacks 1 of 2 releases" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "colour"), "type, status, length and award"),
        (("--split", "all"), "train, dev and test"),
        (("--split", "train"), "no releases in train"),
        (("--kind", "colours"), "there are issuer"),
        (("--against", "nowhere.jsonl"), "--save"),
        (("--save", "no/such/folder.jsonl"), "a folder that exists"),
        (("--html", "no/such/page.html"), "a folder that exists"),
    ],
)
def test_a_wrong_command_line(corpus: Path, arguments: tuple[str, ...], words: str) -> None:
    refused = _evaluate(corpus, *arguments)
    assert refused.exit_code == 2
    assert words in refused.stderr


def test_records_are_found_by_name_or_by_text(tmp_path: Path) -> None:
    releases = [gold("a", PAVILLON), gold("b", type="event")]
    first = record(releases[0])
    second = record(releases[1], type="works")
    # as `beffroi run` names it; two releases may share their text, not their names
    other = gold("c", words="Autre texte.")
    by_text = msgspec.structs.replace(
        record(other),
        release=msgspec.structs.replace(other.record.release, id=digest(other.record.release.text)),
    )
    path = tmp_path / "records.jsonl"
    save_records(path, [by_text, second, first])
    assert find_records(path, [*releases, other, gold("d", words="Absent.")]) == [
        first,
        second,
        by_text,
        None,
    ]


def test_a_file_that_does_not_match_says_what_to_do(tmp_path: Path) -> None:
    releases = [gold("a", PAVILLON)]
    path = tmp_path / "records.jsonl"
    for records, words in (
        ([record(gold("z", words="Un autre."))], "no id is theirs"),
        ([record(gold("a", words="Un autre."))], "the text of a is not that of the corpus"),
        ([record(releases[0])] * 2, "line 2: a is there twice"),
    ):
        save_records(path, records)
        with pytest.raises(RecordsError, match=words):
            find_records(path, releases)
    path.write_bytes(b'{"release": 1}\n')
    with pytest.raises(RecordsError, match=r"line 1: no record.*--save records\.jsonl"):
        find_records(path, releases)
