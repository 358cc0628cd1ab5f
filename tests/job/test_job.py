"""The whole job from Python: what is given, what a text says itself, what any text gives."""

from __future__ import annotations

from datetime import date

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.job import Analyser
from pipeline.model import Record, json_schema


def test_what_a_text_says_of_itself_wins_over_what_is_given(analyser: Analyser) -> None:
    record = analyser(
        "Nevers, le 12 mars 2021\n\nLa ville de Nevers rouvre la piscine.",
        published=date(2020, 1, 1),
        issuer="13039",
    )
    assert record.release.published.date == date(2021, 3, 12)
    assert record.release.issuer.code == "58194"


def test_what_a_text_does_not_say_is_taken_as_given(analyser: Analyser) -> None:
    record = analyser("La piscine rouvre demain.", published=date(2020, 1, 1), issuer="13039")
    assert (record.release.published.method, record.release.issuer.method) == ("given", "given")
    assert record.dates[0].first_day == date(2020, 1, 2)


def test_a_region_that_only_gives_is_no_publisher(analyser: Analyser) -> None:
    text = "Notre commune a obtenu le label Village Fleuri, attribué par la région Nouvelle-Aquitaine."
    assert analyser(text, published="2017-10-02", issuer="19085").release.issuer.code == "19085"


def test_an_unknown_code_is_refused(analyser: Analyser) -> None:
    with pytest.raises(ValueError, match="99999"):
        analyser("La piscine rouvre.", issuer="99999")


def test_alone_or_in_a_stream_a_release_gives_the_same_record(analyser: Analyser) -> None:
    releases = [
        analyser(text).release
        for text in ("La ville de Tours recrute.", "La ville de Nevers obtient le Pavillon Bleu.", "Bonjour.")
    ]
    stripped = [msgspec.structs.replace(release, issuer=type(release.issuer)()) for release in releases]
    assert list(analyser.stream(stripped)) == [analyser.analyse(release) for release in stripped]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_gives_a_record_that_validates(analyser: Analyser, text: str) -> None:
    record = analyser(text, published=date(2024, 9, 10))
    jsonschema.validate(msgspec.json.decode(record.to_json()), json_schema())
    assert Record.from_json(record.to_json()) == record
    spans = [(p.start, p.end, p.text) for p in record.places]
    spans += [(d.start, d.end, d.text) for d in record.dates]
    spans += [(q.start, q.end, q.text) for q in record.quantities]
    for start, end, words in spans:
        assert text[start:end] == words
