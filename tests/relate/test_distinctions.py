"""Who got what.  All releases are published on 10 September 2024."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.job import Analyser
from tests.relate.asserted import FACTS, NOTHING
from tests.relate.asserted_unknown import UNKNOWN

PUBLISHED = date(2024, 9, 10)


@pytest.mark.parametrize(("text", "expected"), FACTS + UNKNOWN)
def test_what_the_text_asserts(
    analyser: Analyser, text: str, expected: list[tuple[str, str, int, str | None, str]]
) -> None:
    record = analyser(text, published=PUBLISHED)
    found = [
        (
            one.recipient.code or one.recipient.name,
            one.award.id or one.award.name,
            one.edition,
            one.level,
            one.status,
        )
        for one in record.distinctions
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_category_holds_to_the_end_of_its_paragraph(analyser: Analyser) -> None:
    text = (
        "La ville de Quimperlé a reçu le Hashtag d'Argent du « Meilleur site » 2022. L'or est allé à Bayonne.\n\n"
        "Lannion figurait aussi parmi les nommés dans la catégorie Sourire."
    )
    record = analyser(text, published=PUBLISHED)
    assert {(one.recipient.name, one.category, one.level) for one in record.distinctions} == {
        ("Quimperlé", "Meilleur site", "Argent"),
        ("Bayonne", "Meilleur site", "Or"),
        ("Lannion", "Sourire", None),
    }


def test_a_trophy_is_no_category(analyser: Analyser) -> None:
    text = "Nevers et Dole ont remporté chacune dans leur catégorie le trophée du concours « Vive la rue »."
    record = analyser(text, published=PUBLISHED)
    assert {(one.recipient.name, one.category) for one in record.distinctions} == {
        ("Nevers", None),
        ("Dole", None),
    }


def test_rivals_of_a_shortlist_share_its_category_and_edition(analyser: Analyser) -> None:
    text = (
        "Émulation sur TikTok\n\nLa ville de Sète est nominée aux Hashtag 2023 dans la catégorie « Meilleur compte TikTok », "
        "à côté de villes comme Lyon, Beziers, Kremlin-Bicêtre, Le Gers… une distinction attribuée par un observatoire. "
        "En 2019, la ville avait décroché un Hashtag de Bronze. Sète confirme déjà son statut de pionnière."
    )
    found = {
        (one.recipient.code, one.edition, one.category, one.level, one.status)
        for one in analyser(text, published=date(2023, 9, 5)).distinctions
    }
    category = "Meilleur compte TikTok"
    assert found == {
        ("34301", 2019, None, "Bronze", "awarded"),
        *((code, 2023, category, None, "nominated") for code in ("34301", "69123", "34032", "94043", "32")),
    }


@pytest.mark.parametrize("text", NOTHING)
def test_wishes_conditions_and_descriptions_assert_nothing(analyser: Analyser, text: str) -> None:
    assert analyser(text, published=PUBLISHED).distinctions == ()


def test_every_distinction_carries_words_that_say_it(analyser: Analyser) -> None:
    text = "Communiqué — La ville de Nevers\u00a0obtient le label «\u00a0Pavillon\u00adBleu\u00a0» et le Pavillon Bleu 2024."
    record = analyser(text, published=PUBLISHED)
    assert record.distinctions
    for one in record.distinctions:
        assert one.evidence
        for said in one.evidence:
            assert record.release.text[said.start : said.end] == said.text
