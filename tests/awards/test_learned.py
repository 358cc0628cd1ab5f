"""The learned finder of award names: which spans it looks at, what it takes, and that training makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.awards.catalogue import words
from pipeline.awards.learn import Example, examples, fit
from pipeline.awards.learned import NameFinder, name_in
from pipeline.awards.mention import AwardMention
from pipeline.awards.spans import spans
from pipeline.model import AwardRef, Collectivity, Distinction
from pipeline.regression import Scorer
from pipeline.text import View
from pipeline.training import train_names
from tests.committed import is_committed

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le jury du Pétrin d'étain a choisi Vire.", "Pétrin d'étain"),
        ("La Casserole d'or, que remet un jury, est à Nérac.", "Casserole d'or"),
        ("Lauréate de l'Écope bleue, la ville sourit.", "Écope bleue"),
        ("Le prix de la citoyenneté locale lui est remis.", "prix de la citoyenneté locale"),
        ("Finaliste du concours « Osez le bus », Dole attend.", "Osez le bus"),
        ("Elle fut finaliste du Dé de bronze l'an passé.", "Dé de bronze"),
        ("Lauréate du label « Môm'Art », elle le garde.", "Môm'Art"),
    ],
)
def test_a_name_of_every_shape_is_looked_at(text: str, name: str) -> None:
    view = View(text)
    assert name in [view.text[span.start : span.end] for span in spans(view, (), ())]


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("Elle a reçu le Trognon vert. Saumur l'avait eu.", "Trognon vert. Saumur"),
        ("Le jury a salué Vire, Dole et Gap.", "Vire, Dole"),
        ("Le Homard bleu a été remis à Granville.", "Homard bleu a été remis à Granville"),
        ("Lauréate 2019 du Homard bleu 2020.", "Homard bleu 2020"),
    ],
)
def test_no_name_runs_over_its_phrase(text: str, no_name: str) -> None:
    view = View(text)
    assert no_name not in [view.text[span.start : span.end] for span in spans(view, (), ())]


def test_a_text_that_speaks_of_no_award_costs_nothing() -> None:
    assert not [*spans(View("La piscine Léo-Lagrange ferme pour travaux."), (), ())]


def test_awards_of_the_catalogue_are_left_alone() -> None:
    view = View("Lauréate des Villes Internet, la ville reçoit le Trognon vert.")
    known = [AwardMention(13, 28, None, "Villes Internet")]
    assert all(span.end <= 13 or span.start >= 28 for span in spans(view, known, ()))


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("label Commune apaisée", "Commune apaisée"),
        ("Palmarès 2022 des Mirabelliers", "Mirabelliers"),
        ("prix de l'accueil", "Prix de l'accueil"),
        ("Palmarès des villes vertes", "Palmarès des villes vertes"),
    ],
)
def test_what_stands_before_a_name_is_none_of_it(surface: str, name: str) -> None:
    assert name_in(View(surface), 0, len(surface)) == name


def test_it_learns_where_names_stand() -> None:
    """Six towns with an award each: behind "laureate du" stands its name."""
    taught: list[Example] = []
    for name, town in zip(
        ("Trognon vert", "Homard bleu", "Pavé gris", "Sabot rouge", "Cep noir", "Galet rose"),
        ("Vire", "Granville", "Lens", "Dole", "Agen", "Dieppe"),
        strict=True,
    ):
        text = f"{town}, lauréate du {name}. Le jury s'est réuni à la salle Jean Moulin de {town}."
        one = Distinction(
            recipient=Collectivity(kind="commune", code="1", name=town),
            award=AwardRef(id=None, name=name),
            status="awarded",
        )
        taught.extend(example for _ in range(3) for example in examples(text, [one]))
    view = View("Le conseil félicite Niort, lauréate du Chaudron fumant. La salle Max Jacob rouvre.")
    found = NameFinder(fit(taught))(view, (), ())
    assert [one.name for one in found] == ["Chaudron fumant"]


def test_what_only_a_pattern_has_found_stays() -> None:
    view = View("Lauréate du Prix de la ruralité, la commune sourit.")
    ruled = [AwardMention(12, 31, None, "Prix de la ruralité", rule="Prix + nom")]
    assert NameFinder(Scorer(intercept=-50.0))(view, (), ruled) == ruled


def test_the_committed_model_finds_a_name_that_no_pattern_knows() -> None:
    view = View(
        "Le jury du Tamis de grès a rendu son verdict : Cosne décroche le Tamis de grès 2021 devant Nevers."
    )
    found = NameFinder.load()(view, (), ())
    assert {words(one.name) for one in found} == {words("Tamis de grès")}
    assert [one.edition for one in found] == [None, 2021]


def test_the_committed_model_is_what_training_makes(tmp_path: Path) -> None:
    path, count = train_names(CORPUS, tmp_path)
    assert count > 10_000
    assert is_committed(path), "run beffroi train"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="beffroi train"):
        NameFinder.load(tmp_path / "none.json")
