"""Dates and quantities beside every French library that installs, on the same releases, in one process.

    python -m venv peers && peers/bin/pip install -e . -r benchmarks/peers-requirements.txt
    peers/bin/python -m benchmarks.peers_dates [--split dev] [--split test] [--write]

A date is right when its span overlaps and its days are exactly those of the annotation; a quantity when its span
overlaps and value, comparator and unit are right.  `value` counts a quantity as right for its value alone, since
some peers know neither comparators nor units.  Expressions without days (recurrences, durations) count for nobody; levels of awards ("trois fleurs"), which the whole job takes
out of the quantities, count against all.
The last column is how many times as fast as ``dateparser.search`` each one reads the same releases.  A peer that is
not installed is left out with a line that says so.

Peers get what they can use: the publication day as reference, French as language; a month or year that they give
without a day is read as the whole of it, and their units are turned into the codes of the data contract.

Tried and left out: ctparse (English and German, one expression at a time), quantulum3 (English only), parsedatetime
(no French to find), duckling of PyPI (its Clojure port did not come up under Java within a minute), rustling (the name
now belongs to a library for transcripts of speech).
"""

from __future__ import annotations

import argparse
import re
import time
import warnings
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.marked import write
from pipeline import dates, quantities
from pipeline.gold import read_corpus
from pipeline.model import Quantity, Record
from pipeline.text import View

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


class Fact(NamedTuple):
    """A span with what it is said to mean: days, or value, comparator and unit."""

    start: int
    end: int
    meaning: tuple[Any, ...]


Finder = Callable[[str, date | None], list[Fact]]


# --- beffroi


def beffroi_dates(text: str, published: date | None) -> list[Fact]:
    """Dates with days of `pipeline.dates`."""
    return [
        Fact(one.start, one.end, (one.first_day, one.last_day))
        for one in dates.find(View(text), published)
        if one.first_day
    ]


def _measured(one: Quantity) -> Fact:
    return Fact(one.start, one.end, (one.value, one.comparator, one.unit and one.unit.lower()))


def beffroi_quantities(text: str, published: date | None) -> list[Fact]:
    """Quantities of `pipeline.quantities`, which needs the dates first."""
    view = View(text)
    return [_measured(one) for one in quantities.find(view, dates.find(view, published))]


# --- peers: each function imports its library and gives a finder


def dateparser_dates() -> Finder:
    """``dateparser.search``: one instant for each date."""
    from dateparser.search import search_dates

    def find(text: str, published: date | None) -> list[Fact]:
        settings: dict[str, Any] = {"PREFER_DATES_FROM": "current_period"}
        if published:
            settings["RELATIVE_BASE"] = datetime(published.year, published.month, published.day)
        facts, position = [], 0
        for written, moment in search_dates(text, languages=["fr"], settings=settings) or ():
            start = text.find(written, position)
            if start >= 0:
                position = start + len(written)
                facts.append(Fact(start, position, (moment.date(), moment.date())))
        return facts

    return find


def _whole(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def edsnlp_dates() -> Finder:
    """``eds.dates`` of EDS-NLP."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.dates")

    def find(text: str, published: date | None) -> list[Fact]:
        facts = []
        note = datetime(published.year, published.month, published.day) if published else None
        for span in nlp(text).spans.get("dates", ()):
            told = span._.date
            try:
                if told.mode.value == "absolute":
                    year = told.year or (published.year if published else None)
                    days = _whole(year, told.month, told.day) if year else None
                else:
                    moment = told.to_datetime(note_datetime=note) if note else None
                    days = (moment.date(), moment.date()) if moment else None
            except (ValueError, OverflowError):
                continue
            if days:
                facts.append(Fact(span.start_char, span.end_char, days))
        return facts

    return find


def timexy_dates() -> Finder:
    """timexy, a spaCy component."""
    import spacy
    import timexy  # noqa: F401  # registers the component

    nlp = spacy.blank("fr")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    value = re.compile(r'type="DATE" value="(\d{4}-\d\d-\d\d)')

    def find(text: str, published: date | None) -> list[Fact]:
        facts = []
        for span in nlp(text).ents:
            if match := value.search(span.kb_id_):
                day = date.fromisoformat(match[1])
                facts.append(Fact(span.start_char, span.end_char, (day, day)))
        return facts

    return find


def recognizers_dates() -> Finder:
    """Recognizers-Text of Microsoft, French; of two years the coming one; its ends of ranges are exclusive."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def find(text: str, published: date | None) -> list[Fact]:
        day = published or date(2024, 1, 1)
        facts = []
        for one in recognize_datetime(text, Culture.French, reference=datetime(day.year, day.month, day.day)):
            values = (one.resolution or {}).get("values") or [{}]
            told = values[-1]
            try:
                if told.get("type", "").startswith("date") and "value" in told:
                    first = last = date.fromisoformat(told["value"][:10])
                elif "start" in told and "end" in told:
                    first, last = date.fromisoformat(told["start"][:10]), date.fromisoformat(told["end"][:10])
                    if one.type_name.endswith("daterange"):
                        last -= timedelta(days=1)
                else:
                    continue
            except ValueError:
                continue
            facts.append(Fact(one.start, one.end + 1, (first, last)))
        return facts

    return find


_UNITS = {
    "percent": "%", "pourcent": "%", "euro": "EUR", "mètres": "m", "kilomètres": "km", "hectares": "ha",
    "mètres carrés": "m2", "an": "ans", "année": "ans", "year": "ans", "month": "mois", "week": "semaines",
    "day": "jours", "hour": "h", "minute": "min", "tonnes": "t", "kilogrammes": "kg", "litres": "L",
}  # fmt: skip


def _unit(written: str | None) -> str | None:
    return None if written is None else _UNITS.get(written.lower(), written).lower()


def edsnlp_quantities() -> Finder:
    """``eds.quantities`` of EDS-NLP, all of them."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.sentences")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses its reader of tables, which plain text does not need
        nlp.add_pipe("eds.quantities", config={"quantities": "all", "extract_ranges": True})

    def find(text: str, published: date | None) -> list[Fact]:
        facts = []
        for span in nlp(text).spans.get("quantities", ()):
            told = span._.value
            value = getattr(told, "value", None)
            low = getattr(told, "from_value", None)
            if value is None and low is not None:
                value = low.value
            if isinstance(value, int | float):
                facts.append(
                    Fact(span.start_char, span.end_char, (value, "=", _unit(getattr(told, "unit", None))))
                )
        return facts

    return find


def text2num_quantities() -> Finder:
    """text2num: numbers in words or digits, without units."""
    from text_to_num import find_numbers

    class Word:
        """A token as text2num asks for it."""

        def __init__(self, match: re.Match[str]) -> None:
            self.written, self.start, self.end = match[0], match.start(), match.end()

        def text(self) -> str:
            """The word."""
            return self.written

        def nt_separated(self, previous: Word) -> bool:
            """Whether more than a blank stands between two words."""
            return False

        def not_a_number_part(self) -> bool:
            """Whether the word is known to be none of a number."""
            return False

    words = re.compile(r"\w+(?:[.,]\d+)?(?:-\w+)*|[^\w\s]")

    def find(text: str, published: date | None) -> list[Fact]:
        tokens = [Word(match) for match in words.finditer(text)]
        return [
            Fact(tokens[one.start].start, tokens[one.end - 1].end, (one.value, "=", None))
            for one in find_numbers(tokens, "fr", threshold=0)
            if not one.is_ordinal
        ]

    return find


def recognizers_quantities() -> Finder:
    """Numbers with units, money, percentages and ages of Recognizers-Text, French; bare numbers where none of them is."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def find(text: str, published: date | None) -> list[Fact]:
        facts: list[Fact] = []
        for recognise in (
            recognize_currency,
            recognize_dimension,
            recognize_percentage,
            recognize_age,
            recognize_number,
        ):
            for one in recognise(text, Culture.French):
                written = (one.resolution or {}).get("value") or ""
                try:
                    value = float(written.rstrip("%").replace(",", "."))
                except ValueError:
                    continue
                unit = "%" if written.endswith("%") else _unit((one.resolution or {}).get("unit"))
                if not any(one.start < known.end and known.start <= one.end for known in facts):
                    facts.append(Fact(one.start, one.end + 1, (value, "=", unit)))
        return sorted(facts)

    return find


# --- scores


class Score(NamedTuple):
    """Facts that are right, extra and missed."""

    right: int
    extra: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.extra + self.missed or 1)


def score(pairs: Iterable[tuple[list[Fact], list[Fact]]], part: slice) -> Score:
    """Found against annotated facts, one to one by overlapping span and equal `part` of their meaning."""
    right = extra = missed = 0
    for found, gold in pairs:
        left = list(found)
        for fact in gold:
            match = next(
                (
                    one
                    for one in left
                    if one.start < fact.end
                    and fact.start < one.end
                    and one.meaning[part] == fact.meaning[part]
                ),
                None,
            )
            if match is None:
                missed += 1
            else:
                left.remove(match)
                right += 1
        extra += len(left)
    return Score(right, extra, missed)


def _ready(make: Callable[[], Finder], name: str) -> Finder | None:
    try:
        return make()
    except ImportError as error:
        print(f"{name}: left out, {error}")
        return None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--split", action="append", choices=["train", "dev", "test"], help="dev when left out"
    )
    parser.add_argument("--write", action="store_true", help="put the tables into peers_dates.md")
    parser.add_argument("--skip", action="append", default=[], help="a peer to leave out, by its name")
    options = parser.parse_args()
    kinds: dict[str, dict[str, Callable[[], Finder]]] = {
        "dates": {
            "beffroi": lambda: beffroi_dates,
            "dateparser.search": dateparser_dates,
            "EDS-NLP eds.dates": edsnlp_dates,
            "timexy": timexy_dates,
            "Recognizers-Text": recognizers_dates,
        },
        "quantities": {
            "beffroi": lambda: beffroi_quantities,
            "EDS-NLP eds.quantities": edsnlp_quantities,
            "text2num": text2num_quantities,
            "Recognizers-Text": recognizers_quantities,
        },
    }
    ready = {
        kind: {
            name: finder
            for name, make in peers.items()
            if name not in options.skip and (finder := _ready(make, name))
        }
        for kind, peers in kinds.items()
    }
    passages: dict[str, list[str]] = {kind: [] for kind in kinds}
    for split in options.split or ["dev"]:
        records = [gold.record for gold in read_corpus(CORPUS, split)]
        slowest = 0.0
        for kind, peers in ready.items():
            rows = [_row(kind, name, find, records) for name, find in peers.items()]
            slowest = next((row.rate for row in rows if row.name == "dateparser.search"), slowest)
            passages[kind] += _table(kind, split, rows, len(records), slowest)
    passage = "\n".join(line for lines in passages.values() for line in lines).strip()
    print(passage)
    if options.write:
        write(CORPUS.parent / "benchmarks" / "peers_dates.md", passage, "peers")


class Row(NamedTuple):
    """What one finder gives on one split: both scores, releases a second."""

    name: str
    whole: Score
    part: Score
    rate: float


def _row(kind: str, name: str, find: Finder, records: list[Record]) -> Row:
    gold = [
        [Fact(one.start, one.end, (one.first_day, one.last_day)) for one in record.dates if one.first_day]
        if kind == "dates"
        else [_measured(one) for one in record.quantities]
        for record in records
    ]
    find(records[0].release.text, records[0].release.published.date)  # tables are compiled once a process
    began = time.perf_counter()
    found = [find(record.release.text, record.release.published.date) for record in records]
    rate = len(records) / (time.perf_counter() - began)
    pairs = list(zip(found, gold, strict=True))
    part = slice(0, 0 if kind == "dates" else 1)
    return Row(name, score(pairs, slice(None)), score(pairs, part), rate)


def _table(kind: str, split: str, rows: list[Row], releases: int, slowest: float) -> list[str]:
    """The rows in Markdown, with how many times as fast as dateparser each one is."""
    count = rows[0].whole.right + rows[0].whole.missed
    exact, loose = ("days exact", "span") if kind == "dates" else ("value, comparator, unit", "value alone")
    lines = [
        f"| {split}: {count} {kind} in {releases} releases | F1, {exact} | right, extra, missed | F1, {loose} | releases/s | times dateparser |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, whole, part, rate in rows:
        times = f"{rate / slowest:.1f}" if slowest else "-"
        lines.append(
            f"| {name} | {whole.f1:.3f} | {whole.right}, {whole.extra}, {whole.missed} | {part.f1:.3f} | {rate:.1f} | {times} |"
        )
    return [*lines, ""]


if __name__ == "__main__":
    main()
