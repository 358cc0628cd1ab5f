"""Types of releases: what is said of doubtful ones, and what spoke for a type."""

from __future__ import annotations

import pytest
from rich.console import Console

from pipeline.classify import Classifier, Reason
from pipeline.job import Analyser
from pipeline.model import Announcement
from pipeline.show.render import reason, terminal
from tests.classify.examples import small_model

FLOWERS = (
    "Une deuxième fleur pour Nevers\n\nLe jury régional des Villes et Villages Fleuris a décerné sa deuxième "
    "fleur à la ville de Nevers, lauréate en 2023 avec les félicitations du jury."
)


def test_an_unsure_type_is_told_in_french() -> None:
    classifier = Classifier(small_model(threshold=0.7))
    (warning,) = classifier.doubts(Announcement(type="works", score=0.42))
    assert warning == "type d'annonce retenu sans certitude (42 %), à confirmer en lisant le communiqué"


@pytest.mark.parametrize("score", [0.7, 0.99])
def test_a_sure_type_needs_no_reader(score: float) -> None:
    assert Classifier(small_model(threshold=0.7)).doubts(Announcement(type="works", score=score)) == ()


def test_the_warning_stands_in_the_record(analyser: Analyser) -> None:
    everything = Analyser(analyser.reader, Classifier(small_model(threshold=1.0)), analyser.decider)
    nothing = Analyser(analyser.reader, Classifier(small_model(threshold=0.0)), analyser.decider)
    assert any("type d'annonce" in told for told in everything("La mairie ouvre à 9 h.").warnings)
    assert not any("type d'annonce" in told for told in nothing("La mairie ouvre à 9 h.").warnings)


def test_what_spoke_for_a_type_is_in_the_release(analyser: Analyser) -> None:
    record = analyser(FLOWERS)
    assert record.announcement.type == "distinction"
    reasons = analyser.classifier.explain(record, most=5)
    assert 3 <= len(reasons) <= 5
    assert [one.weight for one in reasons] == sorted((one.weight for one in reasons), reverse=True)
    assert all(one.weight > 0 for one in reasons)
    words = FLOWERS.lower().replace("é", "e").replace("è", "e")
    assert all(one.name in words for one in reasons if one.kind == "word")


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Reason("word", "jury", 1.0), "« jury »"),
        (Reason("fact", "title works", 1.0), "titre : travaux"),
        (Reason("fact", "status awarded", 1.0), "distinction : obtention"),
        (Reason("fact", "dates to come", 1.0), "dates à venir"),
        (Reason("fact", "indicator budget", 1.0), "quantités : budget"),
    ],
)
def test_reasons_are_told_in_french(one: Reason, told: str) -> None:
    assert reason(one) == told


def test_show_prints_the_reasons(analyser: Analyser) -> None:
    console = Console(record=True, width=200, quiet=False, file=None)
    with console.capture() as captured:
        terminal(analyser(FLOWERS), console, reasons=[Reason("word", "jury", 1.0)])
    assert "pourquoi ce type : « jury »" in captured.get()
