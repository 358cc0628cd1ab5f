"""Dates that no calendar has, numbers that nobody can read: no value, a warning, no crash."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import quantities
from pipeline.dates import impossible, parse
from pipeline.text import View

PUBLISHED = date(2024, 9, 10)

IMPOSSIBLE = [
    ("Réunion le 31 février.", "31 février"),
    ("Réunion le 29 février 2023 à 18 h.", "29 février 2023"),
    ("Vote le 32/13/2024.", "32/13/2024"),
    ("Vote le 31.04.2025, clôture.", "31.04.2025"),
    ("Mis à jour : 2024-02-30", "2024-02-30"),
    ("Ouverture le 12 juin 99999.", "12 juin 99999"),
    ("Ouverture le 12/06/10000.", "12/06/10000"),
    ("Le 45 mai, bal.", "45 mai"),
]


@pytest.mark.parametrize(("text", "written"), IMPOSSIBLE)
def test_an_impossible_date_is_told_and_has_no_days(text: str, written: str) -> None:
    (warning,) = impossible(View(text))
    assert f"« {written} »" in warning
    assert [one for one in parse(text, PUBLISHED) if one.first_day] == []


def test_a_number_of_four_hundred_digits_is_told_and_measures_nothing() -> None:
    text = "9" * 400 + " habitants"
    (warning,) = impossible(View(text))
    assert "400 chiffres" in warning
    assert len(warning) < 120
    assert quantities.parse(text) == []
    assert parse(text, PUBLISHED) == []


POSSIBLE = [
    "Le 29 février 2024 et le 29 février, bal.",
    "Le 31/12/9999, le 03.09.2024, le 2024-02-29.",
    "Bulletin n° 45 mars 2024.",
    "Dossier 12-40-2024-0031, version 3.14.2024.2, tél. 04 42 47 70 70",
    "SIRET 210 400 123 00015, compte 21040012300015",
    "Le 3 mai 4500 tulipes seront en fleurs.",
    "https://exemple.fr/99/99/2024",
]


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_can_be_is_not_told(text: str) -> None:
    assert impossible(View(text)) == []


def test_a_table_of_broken_dates_is_told_in_a_few_lines() -> None:
    assert len(impossible(View("\n".join(f"le {day}/13/2024" for day in range(1, 100))))) == 20
