"""The model's numbers: what adds up to a score, and the file."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from pipeline.classify.model import read_model, weighed, write_model
from tests.classify.examples import seen, small_model

RELEASE = seen(
    "jury jury chantier laureat inconnu", "jury chaussee", status_awarded=1.0, hours=0.5, other=1.0
)


def test_the_parts_and_the_bias_add_up_to_the_scores() -> None:
    model = small_model()
    added = [part.added for part in model.parts(RELEASE)]
    assert numpy.sum(added, axis=0) + model.bias == pytest.approx(model.scores(RELEASE))


def test_probabilities_follow_the_words_and_the_temperature() -> None:
    sharp, flat = small_model(temperature=1.0), small_model(temperature=4.0)
    told = sharp.probabilities(seen("jury", status_awarded=1.0))
    assert told.sum() == pytest.approx(1.0)
    assert told[0] > flat.probabilities(seen("jury", status_awarded=1.0))[0] > 0.5
    assert sharp.probabilities(seen("chantier", hours=1.0))[1] > 0.5


def test_a_release_of_unknown_words_has_the_scores_of_the_bias() -> None:
    assert small_model().scores(seen("rien", "de connu")) == pytest.approx([0.1, -0.1])
    assert small_model().scores(seen("")) == pytest.approx([0.1, -0.1])


def test_weighed_words_have_length_one_and_repetition_counts_less() -> None:
    rows, values = weighed({"jury": 0, "chantier": 1}, numpy.array([1.0, 1.0]), ["jury", "jury", "chantier"])
    assert rows == [0, 1]
    assert values @ values == pytest.approx(1.0)
    assert 1 < values[0] / values[1] < 2


def test_a_model_is_read_as_it_was_written_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    model = small_model(temperature=0.9)
    for name in ("one.npz", "two.npz"):
        write_model(model, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = read_model(tmp_path / "one.npz")
    assert again.classes == model.classes
    assert again.temperature == 0.9
    assert again.scores(RELEASE) == pytest.approx(model.scores(RELEASE), abs=0.01)


def test_a_file_that_could_run_code_is_refused(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.npz"
    numpy.savez(stranger, classes=numpy.array([{"any": "object"}], dtype=object))
    with pytest.raises(ValueError, match="no model of announcement types"):
        read_model(stranger)


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="beffroi train"):
        read_model(tmp_path / "none.npz")
