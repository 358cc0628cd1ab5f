"""Whose figure it is: the issuer's, another town's, nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import dates, quantities
from pipeline.model import Issuer, Kind, Place
from pipeline.quantities.ownership import ownership
from pipeline.quantities.train import fit
from pipeline.regression import Scorer
from pipeline.text import View
from pipeline.training import train_holders
from tests.committed import is_committed

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ISSUER = Issuer(kind="commune", code="29232", name="Quimper", method="text")
NEVERS: tuple[str, Kind, str] = ("Nevers", "commune", "58194")
AMIENS: tuple[str, Kind, str] = ("Amiens Métropole", "epci", "248000531")

HOLDERS: list[tuple[str, list[tuple[str, Kind, str]], list[str | None]]] = [
    ("La Ville compte 41 écoles et 63 000 habitants.", [], ["29232", "29232"]),
    ("Notre compte réunit plus de 4 000 abonnés.", [], ["29232"]),
    ("Le budget s'élève à 92 M€.", [], ["29232"]),
    ("Nevers (33 000 habitants) reçoit le prix.", [NEVERS], ["58194"]),
    ("Amiens Métropole et ses 39 communes signent.", [AMIENS], ["248000531"]),
    # nobody's
    ("Yvon Caro, 47 ans, devient directeur.", [], [None]),
    ("Elle a enseigné trente ans le breton.", [], [None]),
    ("En France, 12 millions de personnes sont concernées.", [], [None]),
    ("Le réseau réunit 15 millions d'utilisateurs en France.", [], [None]),
    ("L'usine emploie 240 salariés.", [], [None]),
    ("À ses deux filles et à ses cinq petits-enfants, nos condoléances.", [], [None, None]),
    ("Elle raconte sa vie en trois mots.", [], [None]),
    ("Gratuit pour les moins de 12 ans.", [], [None]),
]


def _held(text: str, named: list[tuple[str, Kind, str]]) -> list[str | None]:
    view = View(text)
    places = [
        Place(
            start=text.index(name),
            end=text.index(name) + len(name),
            text=name,
            kind=kind,
            code=code,
            name=name,
        )
        for name, kind, code in named
    ]
    found = quantities.find(view, dates.find(view))
    return [one.holder for one in quantities.attribute(found, view, places, ISSUER)]


@pytest.mark.parametrize(("text", "named", "expected"), HOLDERS)
def test_holders(text: str, named: list[tuple[str, Kind, str]], expected: list[str | None]) -> None:
    assert _held(text, named) == expected


def test_probabilities_follow_the_weights() -> None:
    model = Scorer(intercept=1.0, weights={"age": -3.0})
    assert model({"age": 1.0}) == pytest.approx(0.1192, abs=1e-4)
    assert model({"never seen": 1.0}) == pytest.approx(0.7311, abs=1e-4)


def test_training_learns_what_is_nobodys() -> None:
    budget, age = {"indicator=budget": 1.0}, {"indicator=other": 1.0, "age": 1.0}
    model = fit([budget, age] * 20, [True, False] * 20)
    assert model(age) < 0.5 < model(budget)


def test_the_committed_model_is_what_training_makes(tmp_path: Path) -> None:
    path, figures = train_holders(CORPUS, tmp_path)
    assert figures > 1000
    assert is_committed(path), "run beffroi train"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="beffroi train"):
        ownership(tmp_path / "none.json")
