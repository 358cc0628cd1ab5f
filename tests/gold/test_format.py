"""The format of annotated releases, and the corpus as a whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from pipeline.gold import FormatError, check_corpus, parse_gold, read_corpus, read_second, read_splits
from pipeline.model import AnnouncementType
from pipeline.training import read_leads

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
RELEASE = """---
type: distinction
published: 2024-09-10
issuer: commune 13039
---
La ville de [Fos-sur-Mer]{commune 13039} est nominée, [début octobre]{date 2024-10-01/2024-10-10} :
[plus de 4 200 abonnés]{qty 4200 unit=abonnés cmp=> ind=followers holder=13039 platform=TikTok}.
---
distinctions:
  - {to: commune 13039, award: hashtags, edition: 2024, status: nominated, quote: est nominée}
"""


def test_offsets_follow_from_the_brackets() -> None:
    record = parse_gold(RELEASE).record
    assert [record.release.text[p.start : p.end] for p in record.places] == ["Fos-sur-Mer"]
    assert record.dates[0].first_day == date(2024, 10, 1)
    assert (record.quantities[0].value, record.quantities[0].comparator) == (4200, ">")
    assert record.distinctions[0].evidence[0].text == "est nominée"


FAULTS = [
    ("[Nevers]{commune", "without"),
    ("[Nevers]{village 58194}", "unknown label"),
    ("[Nevers", "never closed"),
    ("[10]{qty ten ind=count}", "ten"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_fault_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        parse_gold(f"---\ntype: event\n---\n{text}\n", "nevers-2024")


def test_the_corpus_has_no_fault_and_every_type() -> None:
    report = check_corpus(CORPUS)
    assert report.faults == []
    assert report.counts["releases"] >= 80
    assert len(report.tallies["releases by type"]) == 12
    for heading in ("type", "split", "région", "kind of issuer", "year"):
        assert sum(report.tallies[f"releases by {heading}"].values()) == report.counts["releases"], heading


def test_the_second_readings_are_of_the_same_texts() -> None:
    pairs = list(read_second(CORPUS))
    assert len(pairs) >= 12
    assert all(first.id == second.id for first, second in pairs)


def test_no_release_is_in_two_splits() -> None:
    splits = read_splits(CORPUS)
    names = [name for listed in splits.values() for name in listed]
    assert len(names) == len(set(names))
    assert all(splits[name] for name in ("train", "dev", "test"))


def test_leads_train_every_type_and_stand_in_no_release() -> None:
    leads = read_leads(CORPUS)
    texts = [release.record.release.text for release in read_corpus(CORPUS)]
    assert {kind for kind, _ in leads} == set(get_args(AnnouncementType))
    assert not any(lead.text in text for _, lead in leads for text in texts)
    assert len({lead.text for _, lead in leads}) == len(leads)


def test_a_lead_of_an_unknown_type_is_told(tmp_path: Path) -> None:
    (tmp_path / "leads.yaml").write_text("gossip:\n  - Le maire a un chien.\n", encoding="utf-8")
    with pytest.raises(FormatError, match="gossip"):
        read_leads(tmp_path)


def test_faults_of_the_splits_and_near_duplicates_are_told(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    for name in ("a", "b", "c"):
        release = RELEASE if name != "c" else RELEASE.replace("type: distinction", "type: event")
        (tmp_path / "releases" / f"{name}.txt").write_text(release, encoding="utf-8")
    (tmp_path / "splits.yaml").write_text(
        "train: [a, c]\ndev: [d]\ntest: [b]\ncalibration: [b]\n", encoding="utf-8"
    )
    faults = "\n".join(check_corpus(tmp_path).faults)
    assert "d is listed but has no file" in faults
    assert "test has no release of type event" in faults
    assert "b (test) shares a recipient with its award with" in faults
    assert "b is under calibration, but not in train" in faults
    assert "near-duplicates" in faults
