"""The learned decider: what it adds to the rules, and that the committed model is what training makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.relate.decider import MODEL_NAME, NONE, Decider, Weights
from pipeline.trained import models_folder
from pipeline.training import train_slots

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def test_probabilities_add_up_and_follow_the_weights() -> None:
    decider = Decider(
        Weights(classes=("awarded", NONE), intercept=(0.0, 1.0), weights={"< decroc": (3.0, 0.0)})
    )
    without, with_word = decider.probabilities({"< mairie": 1.0}), decider.probabilities({"< decroc": 1.0})
    assert sum(with_word.values()) == pytest.approx(1.0)
    assert without["awarded"] == pytest.approx(0.2689, abs=1e-4)
    assert with_word["awarded"] == pytest.approx(0.8808, abs=1e-4)


def test_the_committed_model_knows_who_gets_what() -> None:
    decider = Decider.load()
    winning = {
        "role=named": 1.0,
        "trigger own awarded": 1.0,
        "award behind near": 1.0,
        "< recu": 1.0,
        "level": 1.0,
    }
    address = {"role=named": 1.0, "contact": 1.0, "located": 1.0, "at=end": 1.0, "no trigger of its own": 1.0}
    assert 1.2 * decider.probabilities(winning)[NONE] < decider.probabilities(address)[NONE]


def test_the_committed_model_is_what_training_makes(tmp_path: Path) -> None:
    path, slots = train_slots(CORPUS, tmp_path)
    assert slots > 500
    assert path.read_bytes() == (models_folder() / MODEL_NAME).read_bytes()


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="beffroi train"):
        Decider.load(tmp_path / "none.json")
