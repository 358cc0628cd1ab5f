"""The nearest town, the nearest year."""

from __future__ import annotations

import pytest

from pipeline.evaluate.baseline import baseline
from pipeline.job import Analyser


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nevers accueille un salon. En 2019, Béziers obtient le Pavillon Bleu devant la ville de Narbonne.",
            [("34032", "pavillon-bleu", 2019)],
        ),
        (
            "Le Pavillon Bleu flotte sur nos plages.",
            [("58194", "pavillon-bleu", 2024)],
        ),  # issuer, publication
        (
            "Tours présente le Pavillon Bleu 2021. Le maire de Dijon, en 2015, parle des Hashtags.",
            [("37261", "pavillon-bleu", 2021), ("21231", "hashtags", 2015)],
        ),
        ("Nevers inaugure une crèche en 2020.", []),
    ],
)
def test_every_award_goes_to_the_nearest_town(
    analyser: Analyser, text: str, expected: list[tuple[str, str, int]]
) -> None:
    record = analyser(text, published="2024-09-10", issuer="58194")
    found = baseline(record).distinctions
    assert [(one.recipient.code, one.award.id, one.edition) for one in found] == expected
    assert all(one.status == "awarded" for one in found)
    for one in found:
        for said in one.evidence:
            assert text[said.start : said.end] == said.text


def test_an_award_named_twice_is_one_distinction(analyser: Analyser) -> None:
    record = analyser("Tours : Pavillon Bleu 2021. Oui, à Tours le Pavillon Bleu 2021 !")
    assert len(baseline(record).distinctions) == 1


def test_without_town_and_issuer_there_is_nobody(analyser: Analyser) -> None:
    assert baseline(analyser("Le Pavillon Bleu flotte.")).distinctions == ()
