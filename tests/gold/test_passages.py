"""Passages: texts about awards that teach and are never measured on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.gold import FormatError, check_corpus
from pipeline.gold.corpus import read_calibrating_hands
from pipeline.gold.passages import is_passage, read_passages

ONE = """- published: 2021-05-04
  issuer: commune 14762
  text: |-
    Vire décroche le Trognon vert.
    Bravo !
  distinctions:
    - {to: commune 14762, award_name: Trognon vert, edition: 2021, status: awarded, quote: "Vire décroche le Trognon vert"}
- text: "Le jury se réunira en mai."
"""
RELEASE = """---
type: distinction
---
Une ville.
---
"""


def _corpus(folder: Path, passages: str) -> Path:
    (folder / "passages").mkdir()
    (folder / "passages" / "a.yaml").write_text(passages, encoding="utf-8")
    (folder / "ville.txt").write_text(RELEASE, encoding="utf-8")
    return folder


def test_a_passage_says_who_got_what_and_nothing_else(tmp_path: Path) -> None:
    first, second = read_passages(_corpus(tmp_path, ONE))
    assert (first.id, second.id) == ("passage a 1", "passage a 2")
    assert is_passage(first)
    assert first.published_given == date(2021, 5, 4)
    assert first.issuer_given == "14762"
    (one,) = first.record.distinctions
    assert one.evidence[0].text == "Vire décroche le Trognon vert"
    assert second.record.distinctions == ()


def test_a_corpus_may_have_none(tmp_path: Path) -> None:
    assert not [*read_passages(tmp_path)]


@pytest.mark.parametrize(
    ("passages", "told"),
    [
        ("- {text: Vire gagne., date: 2021}", "passage 1: passage: unknown date"),
        ("- {published: 2021-05-04}", "passage 1: passage without 'text'"),
        (ONE.replace('quote: "Vire', 'quote: "Dole'), "passage 1: the text does not hold the quotation"),
        ("- text: [", "while parsing"),
    ],
)
def test_a_wrong_passage_is_named(passages: str, told: str, tmp_path: Path) -> None:
    folder = _corpus(tmp_path, passages)
    with pytest.raises(FormatError, match=told) as raised:
        [*read_passages(folder)]
    assert "a.yaml" in str(raised.value)
    assert any(told in fault for fault in check_corpus(folder).faults)


def test_the_check_knows_the_files_that_calibrate(tmp_path: Path) -> None:
    folder = _corpus(tmp_path, ONE)
    splits = "train: [ville]\ncalibration of passages: [a, b]\n"
    (folder / "splits.yaml").write_text(splits, encoding="utf-8")
    assert read_calibrating_hands(folder) == {"a", "b"}
    told = [fault for fault in check_corpus(folder).faults if "calibration" in fault]
    assert told == ["splits.yaml: b is under calibration, but no file of passages"]


def test_the_check_reads_their_codes(tmp_path: Path) -> None:
    report = check_corpus(_corpus(tmp_path, ONE.replace("{to: commune 14762", "{to: commune 99999")))
    assert report.counts["passages"] == 2
    assert any("passage a 1: recipient" in fault and "99999" in fault for fault in report.faults)
