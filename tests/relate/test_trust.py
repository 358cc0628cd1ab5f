"""Scores of distinctions: what they are made of, and that training fits them to releases that the decider was not taught."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.awards import AwardMention
from pipeline.job import Analyser
from pipeline.model import Collectivity
from pipeline.relate.decider import Decider, Regression, Weights
from pipeline.relate.learn import calibrate
from pipeline.relate.settle import Draft
from pipeline.relate.trust import Belief, features_of
from pipeline.training import train_slots

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SAYING = Draft(
    who=Collectivity(kind="commune", code="71014", name="Autun"),
    mention=AwardMention(0, 10, None, "Prix Climat"),
    status="awarded",
    edition=2024,
    level=None,
    category=None,
    start=0,
    end=30,
    rule="obtient",
    score=0.8,
    dated=False,
)
UNSURE = Regression(("awarded", "none"), (0.0, 0.0), {})
UNTAUGHT = Weights(UNSURE, UNSURE)


def test_what_all_sayings_tell_counts() -> None:
    implied = replace(SAYING, score=0.6, implied=True, belief=Belief(0.5, 0.4))
    named = replace(SAYING, dated=True, belief=Belief(0.9, 0.8))
    features = features_of([implied, named], named, around=3)
    assert features["rule"] == 0.8
    assert features["said"] == pytest.approx(math.log(9))
    assert features["dated"] == 1.0
    assert "implied" not in features  # the second saying names the recipient
    assert "unseen" not in features
    assert features_of([SAYING], SAYING, around=1)["unseen"] == 1.0


def test_a_calibrated_score_is_the_share_that_was_right() -> None:
    """Of 400 known awards 300 were right, of 400 unknown ones 100."""
    judged = [({"known award": 1.0}, number < 300) for number in range(400)]
    judged += [({}, number < 100) for number in range(400)]
    score = calibrate(UNTAUGHT, judged).score
    assert score is not None
    assert score({"known award": 1.0}) == pytest.approx(0.75, abs=0.05)
    assert score({}) == pytest.approx(0.25, abs=0.05)


def test_nothing_is_learned_where_all_is_right() -> None:
    assert calibrate(UNTAUGHT, [({"known award": 1.0}, True)] * 5).score is None


def test_a_corpus_of_ones_own_calibrates_on_all_its_releases(tmp_path: Path) -> None:
    corpus, models = tmp_path / "corpus", tmp_path / "models"
    corpus.mkdir()
    for path in sorted((CORPUS / "releases").glob("[c-d]*.txt")):
        shutil.copyfile(path, corpus / path.name)
    train_slots(corpus, models)
    decider = Decider.load(models / "distinction-slots.json")
    assert decider.weights.score is not None
    analyser = Analyser(decider=decider)
    record = analyser("La ville d'Autun obtient le label Villes Internet.", published="2024-09-10")
    (one,) = record.distinctions
    assert isinstance(one.score, float)
    assert 0.0 < one.score < 1.0
