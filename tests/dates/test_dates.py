"""Temporal expressions: which words, which days.  Published on Tuesday 10 September 2024."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import day_in_name, find, parse, published_day
from pipeline.text import View
from tests.conftest import unmark

PUBLISHED = date(2024, 9, 10)

DATES = [
    "Le lot compte 12 pièces, tome 2.\n[3 septembre|2024-09-03] : fête.",
    "Rendez-vous [samedi 14 septembre|2024-09-14].",
    "[Du 12 au 15 juin 2024|2024-06-12/2024-06-15], puis relâche.",
    "La cérémonie aura lieu [début octobre|2024-10-01/2024-10-10].",
    "Livraison [mi-mars 2025|2025-03-11/2025-03-20].",
    "Le conseil s'est réuni [mardi dernier|2024-09-03].",
    "En [2020|2020-01-01/2020-12-31], la ville avait obtenu un Hashtag de Bronze.",
    "Les Hashtags [2024|2024-01-01/2024-12-31] sont lancés.",
    "Le [3 septembre 2024|2024-09-03] et en [mars 2023|2023-03-01/2023-03-31].",
    "Le [03/09/2024|2024-09-03], réunion publique.",
    "[Demain|2024-09-11], la piscine est fermée.",
    "La ville est labellisée [depuis 2016|2016-01-01/2016-12-31].",
    "[1er janvier 2025|2025-01-01]",
    "Réunion le [3 octobre|2024-10-03].",
    "Le [3.9.24|2024-09-03], visite.",
    "Fait le [2024-09-03|2024-09-03].",
    "Rendez-vous [lundi 30 septembre à 18h30|2024-09-30].",
    "Vu le [3 sept.|2024-09-03], par nous.",
    "Le [15 FEVRIER 2025|2025-02-15], venez.",
    "Le [2 aout 2024|2024-08-02], il pleuvait.",
    "Les [3, 4 et 5 mai 2025|2025-05-03/2025-05-05], fête.",
    "Les [3|2025-05-03], [7|2025-05-07] et [10 mai 2025|2025-05-10], fête.",
    "[du 28 juin au 2 juillet 2025|2025-06-28/2025-07-02]",
    "[entre 2019 et 2023|2019-01-01/2023-12-31]",
    "Le mandat [2020-2026|2020-01-01/2026-12-31] commence.",
    "La saison [2024-2025|2024-01-01/2025-12-31] ouvre.",
    "Ouvert [de mars à juin 2025|2025-03-01/2025-06-30].",
    "Les [samedis 5|2024-10-05] et [12 octobre|2024-10-12], atelier.",
    "Travaux [fin novembre|2024-11-21/2024-11-30].",
    "Travaux [courant octobre|2024-10-01/2024-10-31].",
    "Livraison [dans le courant de l'année 2025|2025-01-01/2025-12-31].",
    "Réponse dans la [première quinzaine de décembre|2024-12-01/2024-12-15].",
    "Fête le [dernier week-end de septembre|2024-09-28/2024-09-29].",
    "Bilan au [premier trimestre 2025|2025-01-01/2025-03-31].",
    "Ouverture au [second semestre 2025|2025-07-01/2025-12-31].",
    "Il ouvrira [tout début octobre|2024-10-01/2024-10-10].",
    "[Hier|2024-09-09], le conseil a voté.",
    "[Avant-hier|2024-09-08], il a plu.",
    "Conseil [ce lundi|2024-09-16].",
    "Réunion [lundi prochain|2024-09-16].",
    "La réunion de [lundi dernier|2024-09-09].",
    "La fête aura lieu la [semaine prochaine|2024-09-16/2024-09-22].",
    "Signé le [mois dernier|2024-08-01/2024-08-31].",
    "[Cette année|2024-01-01/2024-12-31], 12 arbres.",
    "L'[an dernier|2023-01-01/2023-12-31], 8 arbres.",
    "Créé [il y a trois ans|2021-01-01/2021-12-31].",
    "Réunion [dans 15 jours|2024-09-25].",
    "[D'ici 2030|2030-01-01/2030-12-31], moins de CO2.",
    "[Depuis 2016|2016-01-01/2016-12-31], le label.",
    "Le [12 octobre 2024|2024-10-12], concours ; la [veille|2024-10-11], bal.",
    "Le [12 octobre 2024|2024-10-12], concours ; le [lendemain|2024-10-13], bal.",
    "Label obtenu en [2019|2019-01-01/2019-12-31], perdu [trois ans plus tard|2022-01-01/2022-12-31].",
    "Label obtenu en [2019|2019-01-01/2019-12-31], prix la [même année|2019-01-01/2019-12-31].",
    "Label obtenu en [2019|2019-01-01/2019-12-31], perdu l'[année suivante|2020-01-01/2020-12-31].",
    "[Cet été|2024-06-21/2024-09-22], la piscine a bien marché.",
    "L'[hiver 2023-2024|2023-12-21/2024-03-19] fut doux.",
    "À l'[automne|2024-09-23/2024-12-20], on plante.",
    "À [Pâques 2025|2025-04-20], chasse aux œufs.",
    "Le [14 juillet 2025|2025-07-14], bal.",
    "Cérémonie du [11-Novembre|2024-11-11] au monument.",
    "[Fête de la musique 2025|2025-06-21] : inscrivez-vous.",
    "[Journées du patrimoine|2024-09-21/2024-09-22] : le programme.",
    "Un château du [XIXe siècle|1801-01-01/1900-12-31].",
    "Livré en [juin dernier|2024-06-01/2024-06-30].",
    "Rendez-vous en [mai prochain|2025-05-01/2025-05-31].",
    "[Jusqu'au 30 novembre|2024-11-30], exposition.",
    "[À compter du 1er octobre|2024-10-01], nouveaux horaires.",
    "[Dès le 23 septembre|2024-09-23], inscriptions.",
    "[Avant le 15 octobre|2024-10-15], répondez.",
    "Congé [du 24 décembre au 2 janvier|2024-12-24/2025-01-02].",
    "La [nuit du 31 décembre au 1er janvier|2024-12-31/2025-01-01] sera gratuite.",
    "Marché le [1er dimanche d'octobre|2024-10-06].",
    "Concert le [vendredi 20 et le samedi 21 septembre|2024-09-20/2024-09-21].",
    "Le [jeudi 12|2024-09-12], réunion.",
    "Ils se sont réunis [jeudi 5 septembre|2024-09-05].",
    "Le [week-end du 21 septembre|2024-09-21/2024-09-22], visites.",
    "La [semaine du 16 septembre|2024-09-16/2024-09-22] est chargée.",
    "Enquête [du lundi 16 septembre 2024 à 9h au mercredi 16 octobre 2024 à 17h|2024-09-16/2024-10-16].",
    "[Vendredi 13 au dimanche 15 septembre|2024-09-13/2024-09-15] : festival.",
    "Inauguration [samedi matin|2024-09-14].",
    "[Hier soir|2024-09-09], incendie.",
    "[Ce matin|2024-09-10], le maire a reçu la presse.",
    "[Demain soir|2024-09-11], concert.",
    "Ces [dix derniers jours|2024-08-31/2024-09-10], pluie.",
    "En [début d'année prochaine|2025-01-01/2025-01-10], vote.",
    "[D'ici la fin de l'année|2024-12-21/2024-12-31], tout sera prêt.",
    "Ouverture [fin 2025|2025-12-21/2025-12-31].",
    "Réunion le [3/10|2024-10-03].",
    "Stage [du 3/10 au 5/10|2024-10-03/2024-10-05].",
    "Bal [samedi 12/10|2024-10-12].",
    "En [octobre 2024|2024-10-01/2024-10-31], puis en [mars|2025-03-01/2025-03-31].",
    "Désignés [entre le 3 et le 7 octobre|2024-10-03/2024-10-07].",
    "Poste | 9 agents | [octobre à décembre|2024-10-01/2024-12-31]",
    "La crèche, ouverte le [3 janvier|2024-01-03], accueille 10 enfants.",
    "Ses collègues lui ont dit merci [vendredi|2024-09-06].",
    "[Aujourd'hui à midi|2024-09-10], le maire a signé.",
]


@pytest.mark.parametrize("marked", DATES)
def test_dates_have_their_days(marked: str) -> None:
    text, expected = unmark(marked)
    found = [
        (one.text, f"{one.first_day}" if one.first_day == one.last_day else f"{one.first_day}/{one.last_day}")
        for one in parse(text, PUBLISHED)
        if one.first_day
    ]
    assert found == expected


NO_DATES = [
    "avenue du 8-Mai-1945",
    "le palmarès du Journal du dimanche",
    "Téléphone : 04 42 47 70 70",
    "La commune compte 2 024 habitants.",
    "C'est la 16e édition.",
    "Le budget est de 2000 euros.",
    "La ville est labellisée Terre de Jeux 2024.",
    "le 31 février",
    "De nuit, composez le 15.",
    "Score : 3/10 ; lot 12/14.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert [one.text for one in parse(text, PUBLISHED) if one.first_day] == []


def test_without_a_publication_day_a_relative_date_stays_unplaced() -> None:
    (found,) = parse("Le conseil s'est réuni mardi dernier.")
    assert found.first_day is None
    assert found.timex.type == "DATE"


PUBLICATION_DAYS = [
    ("Publié le 12 mars 2021\n\nLa piscine rouvre.", date(2021, 3, 12)),
    ("Fos-sur-Mer, le 10 septembre 2024\n\nCommuniqué de presse", date(2024, 9, 10)),
    ("BULLETIN D'ALERTE N° 3\nDimanche 9 février 2020, 17 h\n\nLe vent se lève.", date(2020, 2, 9)),
    ("Programme du samedi 12 juin 2021\n18 h – Heure du conte", None),
    ("Samedi 12 juin 2021 à 18 h, concert place de la Mairie.", None),
]


@pytest.mark.parametrize(("text", "day"), PUBLICATION_DAYS)
def test_the_publication_day_that_a_text_states(text: str, day: date | None) -> None:
    found = published_day(View(text))
    assert (found[0] if found else None) == day


def test_the_day_in_a_file_name() -> None:
    assert day_in_name("2024-09-10-hashtags.txt") == date(2024, 9, 10)
    assert day_in_name("communique.txt") is None


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789/-. lundimarsjuiletéoaprèsdu\n", max_size=120))
def test_any_text_gives_spans_that_hold(text: str) -> None:
    for found in parse(text, PUBLISHED):
        assert text[found.start : found.end] == found.text
        assert found.first_day is None or found.last_day is None or found.first_day <= found.last_day


def test_time_grows_linearly() -> None:
    def seconds(count: int) -> float:
        view = View("le 3 mai " * count)
        began = time.perf_counter()
        find(view, PUBLISHED)
        return time.perf_counter() - began

    seconds(100)
    assert seconds(4000) < 25 * max(seconds(400), 0.005)
