"""The learned decider: what it adds to the rules, and that the committed model is what training makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.awards import AwardMention
from pipeline.job import Draft, facts_for, find, link
from pipeline.model import Collectivity, Issuer, Release
from pipeline.relate.actors import Actor
from pipeline.relate.anchors import Anchor
from pipeline.relate.decider import NONE, Decider, Regression, Weights
from pipeline.relate.distinctions import slots
from pipeline.relate.features import features_of
from pipeline.relate.slots import Slot
from pipeline.training import train_slots
from tests.committed import is_committed

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def test_probabilities_add_up_and_follow_the_weights() -> None:
    regression = Regression(("awarded", NONE), (0.0, 1.0), {"< decroc": (3.0, 0.0)})
    without, with_word = regression({"< mairie": 1.0}), regression({"< decroc": 1.0})
    assert sum(with_word.values()) == pytest.approx(1.0)
    assert without["awarded"] == pytest.approx(0.2689, abs=1e-4)
    assert with_word["awarded"] == pytest.approx(0.8808, abs=1e-4)


def test_the_second_reading_sees_what_the_first_thought_of_its_neighbours() -> None:
    """A list of two lines: the doubtful second one is believed because the first one is sure."""
    awarded: dict[str, tuple[float, ...]] = {"sure": (6.0, 0.0), "unsure": (-1.0, 0.0)}
    first = Regression(("awarded", NONE), (0.0, 0.0), awarded)
    weights = {**awarded, "sentence before 4": (4.0, 0.0)}
    second = Regression(("awarded", NONE), (0.0, 1.0), weights)
    decider = Decider(Weights(first, second))
    nantes, lyon = (slots_of_sentence(number) for number in (0, 1))
    together = decider.probabilities([nantes, lyon], [{"sure": 1.0}, {"unsure": 1.0}])
    alone = decider.probabilities([lyon], [{"unsure": 1.0}])
    assert together[1]["awarded"] > 0.8 > 0.2 > alone[0]["awarded"]


def slots_of_sentence(number: int) -> Slot:
    """A slot of one town in the sentence of this number."""
    actor = Actor(0, 5, Collectivity(kind="commune", code=f"0000{number}", name="Ville"), "named")
    anchor = Anchor(0, 0, AwardMention(0, 0, None, "Prix"), "implied")
    return Slot(number, 0, 5, actor, (actor,), False, [], anchor, [], None)


def test_the_committed_model_knows_who_gets_what() -> None:
    text = (
        "La ville de Thouars a reçu le Prix de la biodiversité urbaine. Le jury a salué son plan pour les haies.\n\n"
        "Contact presse : mairie de Parthenay, 79200 Parthenay, tél. 05 49 00 00 00"
    )
    publisher = Issuer(kind="commune", code="79202", name="Parthenay", method="given")
    draft = Draft(Release(id="", source="", text=text, issuer=publisher))
    find(draft)
    link(draft)
    facts = facts_for(draft)
    found = slots(draft.view, facts)
    chances = Decider.load().probabilities(found, features_of(draft.view, facts, found))
    none = [(slot.actor.who.name, chance[NONE]) for slot, chance in zip(found, chances, strict=True)]
    winner = min(chance for name, chance in none if name == "Thouars")
    assert winner < min(chance for name, chance in none if name == "Parthenay") - 0.05


def test_the_committed_model_is_what_training_makes(tmp_path: Path) -> None:
    path, slots = train_slots(CORPUS, tmp_path)
    assert slots > 500
    assert is_committed(path), "run beffroi train"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="beffroi train"):
        Decider.load(tmp_path / "none.json")
