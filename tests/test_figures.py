"""The figures in the documents are those that the program gives today."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.compare_classifiers import CARD, CORPUS, MARK, fingerprint
from benchmarks.learning_curves import MARK as CURVES
from benchmarks.marked import put, shown
from benchmarks.readme_figures import PASSAGES, Passage

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda one: f"{one.document} {one.name}".strip())
def test_the_figures_in_the_documents_are_of_today(passage: Passage) -> None:
    # when it fails: python -m benchmarks.readme_figures --write
    document = (ROOT / passage.document).read_text(encoding="utf-8")
    assert shown(document, passage.name) == passage.make()


def test_the_classifiers_were_compared_on_the_corpus_of_today() -> None:
    # when it fails: python -m benchmarks.compare_classifiers --write (some minutes)
    assert f"(state {fingerprint(CORPUS)})" in shown(CARD.read_text(encoding="utf-8"), MARK)


def test_the_learning_curves_are_of_the_corpus_of_today() -> None:
    # when it fails: python -m benchmarks.learning_curves --write (some minutes)
    assert f"(state {fingerprint(CORPUS)})" in shown(CARD.read_text(encoding="utf-8"), CURVES)


def test_a_passage_is_put_between_its_own_marks() -> None:
    document = "a\n<!-- figures x: c -->\n\nold\n\n<!-- /figures -->\n<!-- figures: c -->\n\nkept\n\n<!-- /figures -->\n"
    assert put(document, "new \\1", "x") == document.replace("old", "new \\1")
    with pytest.raises(ValueError, match="figures y"):
        put(document, "new", "y")


def test_an_empty_passage_is_not_read_over_its_end() -> None:
    document = "<!-- figures x: c -->\n\n\n<!-- /figures -->\n\nkept\n<!-- figures y: c -->\n\nold\n\n<!-- /figures -->\n"
    with pytest.raises(ValueError, match="no blank lines"):
        put(document, "new", "x")
