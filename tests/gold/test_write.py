"""Writing annotated releases: what is written reads back as it was."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pipeline.gold import parse_gold, read_gold, write_gold
from pipeline.model import Announcement, Record, Release

CORPUS = Path(__file__).parents[2] / "corpus" / "releases"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_release_of_the_corpus_survives_writing(path: Path) -> None:
    gold = read_gold(path)
    again = parse_gold(write_gold(gold.record, gold.about), gold.id)
    assert msgspec.to_builtins(again.record) == msgspec.to_builtins(gold.record)


def test_brackets_and_rules_in_a_text_are_written_so_that_they_read_back() -> None:
    text = "Avant [sic] {x}\n---\nAprès"
    record = Record(release=Release(id="r", source="r", text=text), announcement=Announcement(type="event"))
    again = parse_gold(write_gold(record), "r")
    assert again.record.release.text == "Avant [sic] {x}\n* * *\nAprès"
