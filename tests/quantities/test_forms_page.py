"""The page of quantities says what the program does; any text is read, in time that grows with its length."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline.quantities
from pipeline.quantities import parse
from tests.timed import cpu_seconds

PAGE = (Path(pipeline.quantities.__file__).parent / "README.md").read_text(encoding="utf-8")
FORMS, NOTHING = PAGE.split("## No quantity")
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", FORMS, re.MULTILINE)


def test_every_row_of_the_table_is_read() -> None:
    rows = [line for line in FORMS.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(rows) - 2  # its head and the line below


@pytest.mark.parametrize(("form", "example", "value", "unit", "indicator"), ROWS)
def test_an_example_of_the_table_gives_what_it_says(
    form: str, example: str, value: str, unit: str, indicator: str
) -> None:
    (one,) = parse(example)
    told = f"{one.value} to {one.value_max}" if one.value_max else f"{one.value}"
    assert value == f"{one.comparator} {told}", form
    assert unit == (one.unit or "none"), form
    assert indicator == " ".join(filter(None, (one.indicator, one.platform))), form


@pytest.mark.parametrize("example", re.findall(r"`([^`]+)`", NOTHING))
def test_an_example_that_measures_nothing_gives_nothing(example: str) -> None:
    assert parse(example) == []


def test_the_session_of_the_page_runs() -> None:
    session = doctest.DocTestParser().get_doctest(PAGE, {}, "README.md", None, 0)
    assert session.examples
    assert doctest.DocTestRunner().run(session).failed == 0


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["12", "1,5", "M€", "%", "de", "à", "entre", "et", "sur", "dix", "cent", "mille", "tiers", "abonnés", "le",
             "\n", "(", ")", ";", ":", "|", "Instagram", "ans", "h", "9" * 20, "demi", "fois", "plus", "ASVP", "−"]
        ),
        max_size=40,
    ).map(" ".join)
)  # fmt: skip
def test_any_row_of_words_and_numbers_gives_spans_that_hold(text: str) -> None:
    for one in parse(text):
        assert text[one.start : one.end] == one.text
        assert one.value >= 0


@pytest.mark.parametrize(
    "piece", ["1 ", "a", "entre 1 et ", "2 abonnés, ", "dix mille ", "12 € ; ", "3 sur "]
)
def test_time_grows_linearly(piece: str) -> None:
    def seconds(count: int) -> float:
        return cpu_seconds(lambda: parse(piece * count))

    few = 2_000 // len(piece)
    assert seconds(5 * few) < 15 * seconds(few) + 0.05
