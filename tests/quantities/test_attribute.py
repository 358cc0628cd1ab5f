"""Whose figure it is: the issuer's, another town's, nobody's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import dates, quantities
from pipeline.model import Issuer, Place
from pipeline.quantities.ownership import Ownership
from pipeline.quantities.train import fit, save
from pipeline.text import View

ISSUER = Issuer(kind="commune", code="29232", name="Quimper", method="text")
NEVERS = ("Nevers", "commune", "58194")
AMIENS = ("Amiens Métropole", "epci", "248000531")

HOLDERS = [
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


def _held(text: str, named: list[tuple[str, str, str]]) -> list[str | None]:
    view = View(text)
    places = [
        Place(
            start=text.index(name),
            end=text.index(name) + len(name),
            text=name,
            kind=kind,  # type: ignore[arg-type]  # a kind, typed as text in the table
            code=code,
            name=name,
        )
        for name, kind, code in named
    ]
    found = quantities.find(view, dates.find(view))
    return [one.holder for one in quantities.attribute(found, view, places, ISSUER)]


@pytest.mark.parametrize(("text", "named", "expected"), HOLDERS)
def test_holders(text: str, named: list[tuple[str, str, str]], expected: list[str | None]) -> None:
    assert _held(text, named) == expected


def test_a_trained_model_is_stored_and_weighs_as_it_was_trained(tmp_path: Path) -> None:
    rows = [{"indicator=budget": 1.0}, {"indicator=other": 1.0, "age": 1.0}] * 20
    model = fit(rows, [True, False] * 20)
    path = save(model, tmp_path, {"quantities": 40})
    loaded = Ownership.load(path)
    for row in rows[:2]:
        assert loaded.probability(row) == pytest.approx(float(model.predict_proba([row])[0][1]))
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["quantities"] == 40


def test_unknown_features_weigh_nothing() -> None:
    assert Ownership({}, 0.0).probability({"never seen": 1.0}) == 0.5
