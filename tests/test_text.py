"""The view: typography evened out, offsets that lead back to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import View, digest, fold

EVENED = [
    ("L’Haÿ-les-Roses", "L'Haÿ-les-Roses"),
    ("« Hashtag »", '" Hashtag "'),
    ("4\u202f200\u00a0abonnés", "4 200 abonnés"),
    ("Fos\u2011sur\u2013Mer", "Fos-sur-Mer"),
    ("com\u00admu\u00adni\u200bcation", "communication"),
    ("e\u0301te\u0301", "été"),
]


@pytest.mark.parametrize(("given_text", "expected"), EVENED)
def test_typography_is_evened_out(given_text: str, expected: str) -> None:
    assert View(given_text).text == expected


def test_offsets_lead_back_through_silent_characters_and_accents() -> None:
    source = "Prix\u00ad de l’e\u0301te\u0301 à Nevers"
    view = View(source)
    start = view.text.index("été")
    first, last = view.to_source(start, start + 3)
    assert source[first:last] == "e\u0301te\u0301"


def test_a_release_under_other_typography_is_the_same_release() -> None:
    assert digest("L’été  à\u00a0Nevers") == digest("L'été à Nevers")
    assert digest("L'été à Nevers") != digest("L'été à Tours")


SENTENCES = [
    ("Mme le maire a signé. La ville recrute.", ["Mme le maire a signé.", "La ville recrute."]),
    ("M. Durand préside. Fin.", ["M. Durand préside.", "Fin."]),
    ("Les lauréats :\n- Nevers\n- Tours", ["Les lauréats :", "- Nevers", "- Tours"]),
    ("Une longue ligne que le traitement de texte a coupée\nau milieu de sa phrase.", None),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str] | None) -> None:
    view = View(text)
    found = [view.text[start:end] for start, end in view.sentences]
    assert found == (expected or [text])


@given(st.text())
def test_any_text_folds_in_place_and_its_spans_hold(text: str) -> None:
    view = View(text)
    assert len(fold(text)) == len(text)
    assert len(view.folded) == len(view.text)
    last = 0
    for start, end in view.sentences:
        assert last <= start < end <= len(view.text)
        first, stop = view.to_source(start, end)
        assert 0 <= first < stop <= len(text)
        last = end
