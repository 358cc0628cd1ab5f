"""The page of forms says what the program does."""

from __future__ import annotations

import doctest
import re
from datetime import date
from pathlib import Path

import pytest

import pipeline.dates
from pipeline.dates import parse

READ_ON = date(2024, 9, 10)
PAGE = (Path(pipeline.dates.__file__).parent / "README.md").read_text(encoding="utf-8")
FORMS, NO_DATE = PAGE.split("## Families of forms")[1].split("## No date")
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", FORMS, re.MULTILINE)


def test_every_row_of_the_table_is_read() -> None:
    rows = [line for line in FORMS.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(rows) - 2  # its head and the line below


@pytest.mark.parametrize(("family", "example", "days", "timex"), ROWS)
def test_an_example_of_the_table_gives_what_it_says(family: str, example: str, days: str, timex: str) -> None:
    (found,) = parse(example, READ_ON)
    first, last = found.first_day, found.last_day
    assert days == ("none" if first is None else f"{first}" if first == last else f"{first}/{last}"), family
    assert timex == " ".join(filter(None, (found.timex.type, found.timex.value, found.timex.mod))), family


@pytest.mark.parametrize("example", re.findall(r"`([^`]+)`", NO_DATE))
def test_an_example_that_is_no_date_gives_nothing(example: str) -> None:
    assert parse(example, READ_ON) == []


def test_the_session_of_the_page_runs() -> None:
    session = doctest.DocTestParser().get_doctest(PAGE, {}, "README.md", None, 0)
    assert session.examples
    assert doctest.DocTestRunner().run(session).failed == 0


def test_the_page_is_short() -> None:
    assert len(PAGE.splitlines()) <= 120
