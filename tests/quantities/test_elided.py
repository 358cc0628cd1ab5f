"""Numbers whose noun is said elsewhere, and what only looks like one."""

from __future__ import annotations

import pytest

from pipeline.quantities import parse

ELIDED = [
    # held against what was counted before
    ("La halle a 40 étals, contre 26 sous l'ancien toit.", [(40, "étals"), (26, "étals")]),
    ("Trente agents, dont douze à temps partiel, sont présents.", [(30, "agents"), (12, "agents")]),
    ("On a semé 18 massifs au lieu des 11 de l'an passé.", [(18, "massifs"), (11, "massifs")]),
    ("Huit chalets loués sur quinze.", [(8, "chalets"), (15, "chalets")]),
    (
        "Six potiers de l'Allier, dont deux de Vichy et trois de Moulins.",
        [(6, "potiers"), (2, "potiers"), (3, "potiers")],
    ),
    ("52 boutiques vides en 2019, 31 aujourd'hui.", [(52, "boutiques"), (31, "boutiques")]),
    # "en", "ils étaient"
    ("Le parc avait 230 bancs ; il en compte 310.", [(230, "bancs"), (310, "bancs")]),
    ("On attendait 80 marcheurs, il en est venu 145.", [(80, "marcheurs"), (145, "marcheurs")]),
    (
        "Une soixantaine de lecteurs la première fois ; cette année, ils étaient 204.",
        [(60, "lecteurs"), (204, "lecteurs")],
    ),
    # "de plus", "de moins"
    ("La page a 8 200 abonnés, 900 de plus qu'en mai.", [(8200, "abonnés"), (900, "abonnés")]),
    ("Le service emploie 96 agents, quatre de moins qu'en 2018.", [(96, "agents"), (4, "agents")]),
    # ballots
    ("Vote : 27 voix pour, 4 contre.", [(27, "voix"), (4, "voix")]),
    ("Adopté (vote : 19 pour, 2 abstentions).", [(19, "voix"), (2, "abstentions")]),
    # lines and lists under a noun
    ("Équipements : 12\nLicenciés : 1 480", [(12, "équipements"), (1480, "licenciés")]),
    ("| logements | 48 |", [(48, "logements")]),
    ("Les saules (dix-huit au total) seront taillés.", [(18, "saules")]),
    ("Il manquait des lits : 24 ont été ouverts.", [(24, "lits")]),
    # of those that were counted, of the lines above, of the same measure
    ("Il a formé 21 potiers. Neuf d'entre eux ont leur four.", [(21, "potiers"), (9, "potiers")]),
    ("Bilan : six granges brûlées, trois menacées de ruine.", [(6, "granges"), (3, "granges")]),
    (
        "1. Le saule de Gex – 8 214 voix\n2. Le frêne de Nay – 7 402\n3. L'orme de Sos – 611",
        [(8214, "voix"), (7402, "voix"), (611, "voix")],
    ),
    ("Le débit passe de 150 m3/s à 320.", [(150, "m3/s"), (320, "m3/s")]),
    ("La salle tient 700 personnes debout, 410 à table.", [(700, "personnes"), (410, "personnes")]),
    ("Cinquante et un ans, trente de métier.", [(51, "ans"), (30, "ans")]),
    # sums in the magnitude of the whole
    ("Sur 5,2 millions d'euros, la commune en met 1,4.", [(5200000, "EUR"), (1400000, "EUR")]),
    ("Un plan de 3 M€, dont deux iront aux écoles.", [(3000000, "EUR"), (2000000, "EUR")]),
    ("Coût : 215 000 euros, dont 80 000 de la Région.", [(215000, "EUR"), (80000, "EUR")]),
]


@pytest.mark.parametrize(("text", "expected"), ELIDED)
def test_numbers_without_their_noun(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in parse(text)] == expected


NOT_ELIDED = [
    ("Trois communes y accèdent : Decize (58), Autun (71) et Dole (39)", [3]),
    ("Lignes : 5", []),
    ("Nos cours : 3 rue des Tanneurs", []),
    ("De 2 000 à 10 000 habitants : 1. Sancerre", [10000]),
    ("Deux classes, deux équipées de tableaux.", [2]),
    ("La fête a eu lieu sous un ciel gris.", []),
    ("Une aide de 6 000 euros à deux clubs", [6000, 2]),
    ("Dix pour cent de bruit", [10]),
    ("Trois projets retenus sur quatre-vingt-six dossiers", [3, 86]),
    ("C'est une sept étages", []),
    ("Une garde présente sept jours sur sept", []),
    ("Les 12 communes ont 300 agents. 450 d'entre eux", [12, 300]),
]


@pytest.mark.parametrize(("text", "values"), NOT_ELIDED)
def test_what_counts_nothing(text: str, values: list[float]) -> None:
    assert [one.value_max or one.value for one in parse(text)] == values
