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


def test_the_release_that_the_project_was_created_from_told_anew(analyser: Analyser) -> None:
    """Its twelve distinctions and nothing more: who gives the prize has none."""
    text = (
        "Fos-sur-Mer dans la course des réseaux sociaux\n\n"
        "Pionnière du numérique, la ville de Fos-sur-Mer est cette année encore nominée aux Hashtag 2024, dans la "
        "catégorie « Meilleur Compte TikTok », aux côtés de villes comme Marseille, Grenoble, Nevers, Tours, Kremlin-Bicêtre, "
        "La Ciotat, Béziers, Narbonne et le Gers. Cette distinction est attribuée par l'Observatoire de la Communication Publique "
        "Numérique. Le nom du lauréat sera connu début octobre, aux 16e Rencontres Nationales de la Communication "
        "Numérique.\n\nCette nomination récompense le travail d'un service qui compte plus de 4 200 abonnés. La ville avait "
        "déjà reçu le Hashtag de Bronze en 2020, puis le Hashtag d'Argent en 2023."
    )
    record = analyser(text, published=PUBLISHED)
    nominated = ("13039", "13055", "38185", "58194", "37261", "94043", "13028", "34032", "11262", "32")
    expected: set[tuple[str | None, int | None, str, str | None]] = {
        (code, 2024, "nominated", None) for code in nominated
    }
    expected |= {("13039", 2020, "awarded", "Bronze"), ("13039", 2023, "awarded", "Argent")}
    found = [(one.recipient.code, one.edition, one.status, one.level) for one in record.distinctions]
    assert len(found) == 12
    assert set(found) == expected
    assert {one.award.id for one in record.distinctions} == {"hashtags"}


def test_a_number_before_a_name_of_a_list_announces_no_contest(analyser: Analyser) -> None:
    text = (
        "Palmarès du concours des maisons fleuries 2023\n\nCatégories Balcons :\n\n"
        "1er prix à Odette Cassin, 2e Hugues Morel, 3e Aline Berthier."
    )
    found = analyser(text, published=PUBLISHED, issuer="71014").distinctions
    assert {one.award.name for one in found} == {"Concours des maisons fleuries"}
    assert {one.category for one in found} == {"Balcons"}
