"""Training: what is held out together, calibration, and that the committed model is what training makes."""

from __future__ import annotations

import filecmp
import json
from collections import Counter
from pathlib import Path

import numpy
import pytest
from typer.testing import CliRunner

from pipeline.classify import MODEL_NAME
from pipeline.classify.model import read_model, softmax
from pipeline.classify.train import abstention, best_temperature, calibration_error, parted, train
from pipeline.cli import app
from pipeline.quantities.ownership import MODEL_NAME as HOLDERS
from pipeline.relate.decider import MODEL_NAME as SLOTS
from pipeline.trained import models_folder
from pipeline.training import read_writers, train_types
from tests.classify.examples import examples, seen

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
# what rounding to three decimals leaves open, on a processor that adds up in another order
ROUNDED = 0.0021


def test_the_committed_model_is_what_training_makes(tmp_path: Path) -> None:
    path, count = train_types(CORPUS, tmp_path)
    committed = models_folder() / MODEL_NAME
    assert count > 150
    with numpy.load(path, allow_pickle=False) as made, numpy.load(committed, allow_pickle=False) as kept:
        assert made.files == kept.files
        for name in made.files:
            assert made[name].shape == kept[name].shape, name
            if made[name].dtype.kind == "f":
                numpy.testing.assert_allclose(made[name], kept[name], atol=ROUNDED, err_msg=name)
            else:
                assert (made[name] == kept[name]).all(), name
    told, before = (
        json.loads(one.with_suffix(".json").read_text(encoding="utf-8")) for one in (path, committed)
    )
    assert told["configuration"] == before["configuration"]
    assert (told["releases"], told["leads"]) == (before["releases"], before["leads"])
    assert told["held out"]["accuracy"] == pytest.approx(before["held out"]["accuracy"], abs=0.01)


def test_training_twice_gives_the_same_model() -> None:
    (one, told), (two, again) = train(examples(24)), train(examples(24))
    assert told == again
    assert (one.vectors.whole == two.vectors.whole).all()
    assert (one.words.weights == two.words.weights).all()
    probabilities = one.probabilities(seen("la commune laureate du label", "le jury"))
    assert one.classes[int(probabilities.argmax())] == "distinction"


def test_few_releases_are_not_calibrated() -> None:
    model, told = train(examples(10))
    assert told is None
    assert (model.temperature, model.threshold) == (1.0, 0.0)


def test_releases_of_one_type_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="two types"):
        train([one for one in examples(10) if one.type == "works"])


def test_a_writer_is_held_out_as_a_whole_and_types_are_spread() -> None:
    made = examples(48)
    parts = parted(made, folds=4)
    assert set(parts) == {f"w{number}" for number in range(24)}
    sizes = Counter(parts[one.group] for one in made if one.group is not None)
    assert sorted(sizes.values()) == [12, 12, 12, 12]


def test_writers_are_the_blocks_after_the_first(tmp_path: Path) -> None:
    assert read_writers(tmp_path) == {}
    (tmp_path / "splits.yaml").write_text(
        "train: [agen, nevers, brest, tours, albi]\ndev: [caen, dax, arles]\ntest: []\n", encoding="utf-8"
    )
    assert read_writers(tmp_path) == {
        "brest": "train 1",
        "tours": "train 1",
        "albi": "train 2",
        "arles": "dev 1",
    }


def test_the_temperature_tames_scores_that_claim_too_much() -> None:
    scores = numpy.array([[4.0, 0.0]] * 8)
    truth = numpy.array([0, 0, 0, 0, 0, 0, 1, 1])
    temperature = best_temperature(scores, truth)
    assert softmax(scores / temperature)[0, 0] == pytest.approx(0.75, abs=0.01)


def test_the_calibration_error_is_the_gap_of_each_bin() -> None:
    scores = numpy.array([0.95, 0.95, 0.55, 0.55])
    right = numpy.array([True, True, False, True])
    assert calibration_error(scores, right) == pytest.approx((2 * 0.05 + 2 * 0.05) / 4)


def test_the_threshold_is_the_lowest_that_keeps_the_accuracy() -> None:
    scores = numpy.array([0.99, 0.9, 0.8, 0.6, 0.5])
    right = numpy.array([True, True, True, False, False])
    assert abstention(scores, right, target=0.97) == (0.8, 0.6, 1.0)
    assert abstention(scores, right, target=0.75) == (0.6, 0.8, 0.75)
    assert abstention(scores, ~right, target=0.97)[:2] == (1.0, 0.0)


RELEASE = """---
type: {kind}
issuer: commune 58194
issuer_by: text
---
La ville de [Nevers]{{commune 58194}} {words}.
---
distinctions: []
"""


def test_a_corpus_of_ones_own_without_splits(tmp_path: Path) -> None:
    releases = tmp_path / "mine" / "releases"
    releases.mkdir(parents=True)
    for number, street in enumerate(("Mirangron", "Creuse", "Tour")):
        works = RELEASE.format(
            kind="works", words=f"refait la chaussée de la rue {street}, déviation en place"
        )
        alert = RELEASE.format(
            kind="alert", words=f"évacue la rue {street}, danger d'inondation, restez chez vous"
        )
        (releases / f"works-{number}.txt").write_text(works, encoding="utf-8")
        (releases / f"alert-{number}.txt").write_text(alert, encoding="utf-8")
    out = tmp_path / "models"
    done = CliRunner().invoke(app, ["train", "--corpus", str(tmp_path / "mine"), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "announcement types, trained on 6 releases" in done.output
    assert read_model(out / MODEL_NAME).classes == ("alert", "works")
    # nobody got anything there: the project's own model is kept, so that the folder is complete
    assert "no distinctions to learn from" in done.output
    for name in (SLOTS, HOLDERS):
        assert filecmp.cmp(out / name, models_folder() / name, shallow=False), name
