"""The page: every fact in its text, hostile text harmless."""

from __future__ import annotations

from datetime import date

from pipeline.job import Analyser
from pipeline.show import fragment, page
from pipeline.show.marks import pieces

TEXT = "La ville de Nevers obtient le Pavillon Bleu 2024 : 300 baigneurs <script>alert(1)</script> « & »."


def test_the_pieces_joined_are_the_text(analyser: Analyser) -> None:
    record = analyser(TEXT, published=date(2024, 9, 10))
    assert "".join(piece.text for piece in pieces(record)) == TEXT


def test_hostile_text_is_shown_and_not_run(analyser: Analyser) -> None:
    record = analyser(TEXT, published=date(2024, 9, 10), source="<img src=x onerror=alert(1)>", title="<b>")
    for shown in (page([record]), page([record, record]), fragment(record)):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert record.distinctions
    assert "obtention" in page([record])
