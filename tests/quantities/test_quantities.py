"""Quantities: value, comparator, unit; and what counts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.quantities import parse, spelled_number

QUANTITIES = [
    (
        "La salle a ouvert samedi.\n1200 personnes étaient là,\n40 enfants aussi.",
        [(1200, "=", "personnes"), (40, "=", "enfants")],
    ),
    ("Son compte a plus de 4 200 abonnés.", [(4200, ">", "abonnés")]),
    ("La vidéo a 110 000 vues.", [(110000, "=", "vues")]),
    ("près de 15 millions d’utilisateurs actifs", [(15000000, "~", "utilisateurs")]),
    ("Un budget de 1,5 M€ est voté.", [(1500000, "=", "EUR")]),
    ("La facture est en baisse de 8 %.", [(8, "=", "%")]),
    ("La ville a planté quatre cents arbres.", [(400, "=", "arbres")]),
    ("Une trentaine de bénévoles sont venus.", [(30, "~", "bénévoles")]),
    ("Le parc s'étend sur 3,5 hectares.", [(3.5, "=", "ha")]),
    ("L'atelier dure plus de 3 h.", [(3, ">", "h")]),
    ("Un million d'abeilles", [(1000000, "=", "abeilles")]),
    ("41 dossiers sur 58.", [(41, "=", "dossiers"), (58, "=", "dossiers")]),
    ("L'État a mis 400 000 €, la Région 250 000.", [(400000, "=", "EUR"), (250000, "=", "EUR")]),
    ("Le bus passe après 18 heures.", []),
    ("Le service ferme entre 20 heures et 8 heures.", []),
    ("En 2017, 128 450 entrées, +4 % sur un an.", [(128450, "=", "entrées"), (4, "=", "%")]),
    ("1,4 équivalent temps plein", [(1.4, "=", "équivalent temps plein")]),
    ("Le plan porte sur 6 à 7 millions par an.", [(6000000, "=", "EUR")]),
    ("un budget de 2 millions 300 mille euros", [(2300000, "=", "EUR")]),
    ("un demi-million de visiteurs", [(500000, "=", "visiteurs")]),
    ("7/10 des habitants", [(0.7, "=", None)]),
    ("à hauteur de 12 000 et 4 500 euros", [(12000, "=", "EUR"), (4500, "=", "EUR")]),
    ("612 jeunes avaient pris part.", [(612, "=", "jeunes")]),
    ("Un emprunt sur 20 ans", [(20, "=", "ans")]),
    ("une fosse de 5 m.", [(5, "=", "m")]),
    ("3 ppm au port, 200 germes pour 100 ml.", [(3, "=", "ppm"), (200, "=", "germes"), (100, "=", "ml")]),
    ("Il y faut un quart d'heure, ou dix bonnes minutes.", [(15, "=", "min"), (10, "=", "min")]),
    ("Un sur huit a été primé.", [(0.125, "=", None)]),
    ("9 habitants sur 10 sont satisfaits.", [(0.9, "=", None)]),
    ("Au moins deux cents places.", [(200, ">=", "places")]),
    ("La recette atteint deux cent mille euros.", [(200000, "=", "EUR")]),
    ("Les deux écoles et trois crèches rouvrent.", [(2, "=", "écoles"), (3, "=", "crèches")]),
    # the noun is said once, for a whole series
    (
        "12,4K abonnés sur Instagram, 8 700 sur Facebook",
        [(12400, "=", "abonnés"), (8700, "=", "abonnés")],
    ),
    ("En 2021 : 210 inscrits. En 2022 : 175.", [(210, "=", "inscrits"), (175, "=", "inscrits")]),
    ("Un chèque de 900 euros ; le deuxième, 600.", [(900, "=", "EUR"), (600, "=", "EUR")]),
    ("Le conseil a 29 élus ; 25 étaient là.", [(29, "=", "élus"), (25, "=", "élus")]),
    (
        "Nantes (320 000 habitants) et Laval (49 000) y sont.",
        [(320000, "=", "habitants"), (49000, "=", "habitants")],
    ),
    ("400 personnes assises ou 900 debout", [(400, "=", "personnes"), (900, "=", "personnes")]),
    ("Réservez (places limitées à 40).", [(40, "=", "places")]),
    (
        "7 000 festivaliers sur trois soirs, 900 de mieux qu'en 2023.",
        [(7000, "=", "festivaliers"), (3, "=", "soirs"), (900, "=", "festivaliers")],
    ),
    ("Départ du 5 km à 9 h, du 10 km à 10 h 15.", [(5, "=", "km"), (10, "=", "km")]),
    (
        "Adopté par onze voix contre quatre et trois abstentions.",
        [(11, "=", "voix"), (4, "=", "voix"), (3, "=", "abstentions")],
    ),
    ("Votes : 31 pour, 11 contre.", [(31, "=", "votes"), (11, "=", "votes")]),
    # the noun that "en" takes up was never counted
    ("Il taillait des bateaux. On en compte cent quarante dans les écoles.", [(140, "=", "bateaux")]),
    ("Il planta des pommiers. Il en avait une quarantaine.", [(40, "~", "pommiers")]),
    ("Onze des seize internes sont restés.", [(11, "=", "internes"), (16, "=", "internes")]),
    (
        "Sur les 1 140 voies de la ville, 61 portent un nom de femme.",
        [(1140, "=", "voies"), (61, "=", "voies")],
    ),
    (
        "20 logements sont pris. Pour les sept autres, écrivez.",
        [(20, "=", "logements"), (7, "=", "logements")],
    ),
    ("L'abonnement est à 12 euros, et à 8 pour les voisins.", [(12, "=", "EUR"), (8, "=", "EUR")]),
    ("60 arbres abattus, 210 replantés.", [(60, "=", "arbres"), (210, "=", "arbres")]),
    ("Il reste pas loin de 900 places, extensibles à 950.", [(900, "~", "places"), (950, "=", "places")]),
    ("Un comité de quinze habitantes et habitants", [(15, "=", "habitantes et habitants")]),
    ("Un don de 1'200 euros, deux\ncents arbres", [(1200, "=", "EUR"), (200, "=", "arbres")]),
    # hours and minutes
    ("La visite dure 1 h 30.", [(1.5, "=", "h")]),
    ("Trois heures dix de séance", [(190, "=", "min")]),
    ("Une heure et quart de débat", [(1.25, "=", "h")]),
    ("Lyon est à moins d'une heure, Paris à deux heures.", [(1, "<", "h"), (2, "=", "h")]),
    ("Le mardi 3 mai, le feu prit ; deux heures plus tard, tout était éteint.", []),
    # as written, to the unit
    ("Un total de 4,1 M€", [(4100000, "=", "EUR")]),
    ("De 4,1 à 3,5 millions d'euros", [(4100000, "=", "EUR"), (3500000, "=", "EUR")]),
    ("Le tonnage est limité à 3,5 t.", [(3.5, "=", "t")]),
    ("Il reste 6 ASVP et 2 300 PDF.", [(6, "=", "asvp"), (2300, "=", "pdf")]),
    ("MAIRIE, 12 RUE HAUTE, BP 40 LAVAL", []),
    ("310 000 visiteurs uniques", [(310000, "=", "visiteurs uniques")]),
    ("La page vient de franchir le cap des 10 000 abonnés.", [(10000, ">", "abonnés")]),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert [(one.value, one.comparator, one.unit) for one in parse(text)] == expected


def test_a_range_is_one_quantity() -> None:
    (one,) = parse("Entre 10 et 15 % des foyers sont concernés.")
    assert (one.value, one.value_max, one.unit) == (10, 15, "%")


def test_hundreds_are_said_once_for_both_ends() -> None:
    (one,) = parse("Deux à trois cents spectateurs par soir.")
    assert (one.value, one.value_max, one.unit) == (200, 300, "spectateurs")


def test_a_change_is_two_quantities() -> None:
    assert [one.value for one in parse("Le compte passe de 3 200 à 4 200 abonnés.")] == [3200, 4200]


NO_QUANTITIES = [
    "Téléphone : 04 42 47 70 70",
    "12 rue de la République",
    "La 3e édition et la 2e place.",
    "Mairie, 44340 Bouguenais",
    "Au programme : 18 h – conte ; 22 h – concert.",
    "La ligne 5 et la phase 3.",
    "Le 14 juillet 2024 à 18 h 30.",
    "1" * 400 + " habitants",
]


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_what_measures_nothing(text: str) -> None:
    assert [one.text for one in parse(text)] == []


SPELLED = [
    ("soixante-et-onze", 71),
    ("quatre-vingt-dix-sept", 97),
    ("septante", 70),
    ("mille cinq cents", 1500),
]


@pytest.mark.parametrize(("written", "value"), SPELLED)
def test_numbers_in_words(written: str, value: int) -> None:
    assert spelled_number(written) == value


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="0123456789 ,.€%deuxtroismilleàet\n", max_size=150))
def test_any_text_gives_spans_that_hold(text: str) -> None:
    for one in parse(text):
        assert text[one.start : one.end] == one.text
