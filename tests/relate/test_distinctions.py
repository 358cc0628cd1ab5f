"""Who got what.  All releases are published on 10 September 2024."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.job import Analyser

PUBLISHED = date(2024, 9, 10)

# text → recipient, award, edition, level, status
FACTS = [
    (
        "La ville de Nevers obtient sa 3e fleur au label Villes et Villages Fleuris.",
        [("58194", "villes-villages-fleuris", 2024, "3 fleurs", "awarded")],
    ),
    (
        "La commune de Béziers conserve ses quatre @ au label Villes Internet 2023.",
        [("34032", "villes-internet", 2023, "4 @", "renewed")],
    ),
    (
        "La ville de Narbonne perd sa quatrième fleur au label Villes et Villages Fleuris.",
        [("11262", "villes-villages-fleuris", 2024, "4 fleurs", "lost")],
    ),
    (
        "La ville de Tours a déposé sa candidature au label Ville amie des enfants.",
        [("37261", "ville-amie-enfants", 2024, None, "candidate")],
    ),
    (
        "En 2021, la ville de Grenoble a été récompensée d'un Hashtag d'Or.",
        [("38185", "hashtags", 2021, "Or", "awarded")],
    ),
    (
        "Moulins, ville labellisée Pavillon Bleu depuis 2019, recrute.",
        [("03190", "pavillon-bleu", 2019, None, "awarded")],
    ),
    (
        "Le Prix régional du bocage a été décerné à la commune de Vire Normandie en 2022.",
        [("14762", "Prix régional du bocage", 2022, None, "awarded")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_what_the_text_asserts(
    analyser: Analyser, text: str, expected: list[tuple[str, str, int, str | None, str]]
) -> None:
    record = analyser(text, published=PUBLISHED)
    found = [
        (one.recipient.code, one.award.id or one.award.name, one.edition, one.level, one.status)
        for one in record.distinctions
    ]
    assert found == expected


NOTHING = [
    "La ville de Nevers espère décrocher une troisième fleur au label Villes et Villages Fleuris.",
    "Si la commune de Tours obtenait le label Villes Internet, elle en serait fière.",
    "Le label Villes et Villages Fleuris récompense les communes qui fleurissent leurs rues.",
    "La ville de Nevers rejoint le programme Petites villes de demain.",
    "La ville de Nevers va-t-elle obtenir le Pavillon Bleu ?",
]


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
