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
    "Téléphone : 04 42 47 70 70",
    "La commune compte 2 024 habitants.",
    "C'est la 16e édition.",
    "Le budget est de 2000 euros.",
    "La ville est labellisée Terre de Jeux 2024.",
    "le 31 février",
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
