"""Collectivities found and linked; what looks like one and is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.every_commune import failures
from pipeline.model import Place
from pipeline.places import Gazetteer, find, resolve
from pipeline.text import View
from tests.conftest import unmark


def places(text: str) -> list[Place]:
    view = View(text)
    return [view.give_back(place) for place in resolve(view, find(view)).places]


MENTIONS = [
    "La ville de [Fos-sur-Mer|13039] recrute.",
    "La Communauté d'agglomération de [La Rochelle|241700434] investit.",
    "[Brest métropole|242900314] rénove le pont, au bord de la Vilaine.",
    "LA COMMUNAUTÉ URBAINE DE [DUNKERQUE|245900428] GAGNE UNE ÉTOILE",
    "Le Département de la [Guadeloupe|971] nous soutient.",
    "3 avenue Arsène-d'Arsonval, au bord de la Vienne, dans la Revue de Nevers.",
    "LA VILLE DE [FOS SUR MER|13039] RECRUTE",
    "La commune de [Beziers|34032] accueille le salon.",
    "La mairie de [Saint-Denis|97411] ([974|974]) est fermée.",
    "La mairie de [St-Denis|93066] ([Seine-Saint-Denis|93]) est fermée.",
    "La ville de [Reims|51454] reçoit [Amiens|80021], [Nice|06088] et [Saint-Denis|93066].",
    "À [La Réunion|04], [Saint-Denis|97411] et [Saint-Leu|97413] se jumellent.",
    "Le maire du [Havre|76351] et celui de [Béziers|34032] se sont rencontrés.",
    "Elle rejoint [Marseille|13055], [Grenoble|38185], [Nevers|58194], [Tours|37261] et [Narbonne|11262].",
    "Le conseil départemental de l'[Hérault|34] soutient le projet.",
    "Rendez-vous à [Toulouse|31555] puis à [Lyon|69123].",
    "13270 [Fos-sur-Mer|13039]",
    "La [Métropole de Lyon|200046977] et [Bordeaux Métropole|243300316] signent.",
    "La région [Occitanie|76] et la [Bretagne|53] participent.",
    "[LA ROCHELLE AGGLO|241700434] INVESTIT",
    "La communauté de communes de l'[île d'Oléron|241700624] recrute.",
    "La ville de [Romans-sur-Isère|26281] vote : tout habitant de [Romans|26281] peut choisir.",
    "Les élus de la [CIREST|249740093] se réunissent à [Saint-Benoît|97410].",
    "Le conseil siège à [Moulins|03190], dans l'[Allier|03].",
    "Des élus venus de toute la [Corrèze|19] sont présents dans le [Gers|32].",
]


@pytest.mark.parametrize("marked", MENTIONS)
def test_a_mention_is_found_and_linked(marked: str) -> None:
    text, expected = unmark(marked)
    assert [(place.text, place.code) for place in places(text)] == expected


NO_MENTIONS = [
    "Le stationnement est interdit rue de Marseille et avenue de Paris.",
    "Les élèves du lycée de Nevers sont attendus.",
    "Mme Vienne remercie Jean Tours.",
    "Le Tour de France passera en juillet.",
    "Un article de Ouest-France et de Nice-Matin en parle.",
    "La commission se tient à huis clos, dans le sens de la marche.",
    "Le FC Nantes reçoit samedi.",
    "Une fontaine orange sera posée cours du Port.",
    "Un four à pain à la Monnaie, rapporté du Moyen Âge.",
    "L'exposition « Bulles » ferme dimanche.",
    "Le label « Capitale de Noël des Vosges du Nord » est remis.",
]


@pytest.mark.parametrize("text", NO_MENTIONS)
def test_streets_persons_clubs_and_words_are_no_mentions(text: str) -> None:
    assert places(text) == []


def test_the_gazetteer_holds_all_of_france() -> None:
    gazetteer = Gazetteer.load()
    assert gazetteer.by_code("commune", "13039") is not None
    regions = {entry.code for entry in map(gazetteer.entry, range(len(gazetteer))) if entry.kind == "region"}
    departements = {e.code for e in map(gazetteer.entry, range(len(gazetteer))) if e.kind == "departement"}
    assert (len(regions), len(departements)) == (18, 101)


def test_a_misspelt_name_has_suggestions() -> None:
    assert Gazetteer.load().lookup("Marseile")[0].name == "Marseille"


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="abcéàLMNS '-,.()\n0123456789Pais", max_size=200))
def test_any_text_gives_spans_that_hold(text: str) -> None:
    for place in places(text):
        assert text[place.start : place.end] == place.text


def test_time_grows_linearly_on_capitals() -> None:
    def seconds(count: int) -> float:
        view = View("Saint Jean De La " * count)
        began = time.perf_counter()
        find(view)
        return time.perf_counter() - began

    seconds(500)
    assert seconds(8000) < 20 * max(seconds(1000), 0.002)


def test_a_town_that_the_words_place_abroad_is_other() -> None:
    found = places(
        "La commune de Thann et son homologue de Gubbio ont signé ; à Gubbio, à Valence (Espagne)."
    )
    assert [(place.text, place.kind) for place in found] == [
        ("Thann", "commune"),
        ("Gubbio", "other"),
        ("Gubbio", "other"),
        ("Valence", "other"),
    ]


def test_communes_written_plainly_are_found_and_linked() -> None:
    # all of them: benchmarks/every_commune.py; here one in eleven
    gazetteer = Gazetteer.load()
    failed = list(failures(gazetteer, every=11))
    assert len(failed) < 0.001 * 3 * len(gazetteer) / 11, failed
