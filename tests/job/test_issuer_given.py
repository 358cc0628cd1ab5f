"""Which publisher stands when one is given beside the text."""

from __future__ import annotations

from pipeline.job import Analyser


def test_a_guess_from_the_text_does_not_win_over_the_given_issuer(analyser: Analyser) -> None:
    record = analyser(
        "Une commune jurassienne récompensée\n\nLa remise des prix a eu lieu à Metz les 18 et 19 juin 2015.",
        issuer="departement:39",
    )
    assert (record.release.issuer.code, record.release.issuer.method) == ("39", "given")


def test_a_text_that_says_who_publishes_it_wins_over_the_given_issuer(analyser: Analyser) -> None:
    record = analyser(
        "Ville de Metz\nMetz, le 18 juin 2015\n\nLa Ville de Metz invite ses habitants.",
        issuer="departement:39",
    )
    assert (record.release.issuer.code, record.release.issuer.method) == ("57463", "text")
