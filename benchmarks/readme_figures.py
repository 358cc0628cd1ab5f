"""The table of figures that README.md shows, made anew.

    python benchmarks/readme_figures.py [--write]

Prints F1 with its 95 % interval and the counts (right, extra, missed) of every kind of fact on dev and test, and
what the baseline gives for distinctions.  ``--write`` puts it into README.md between its two marks; a test holds
README.md to it.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pipeline
from pipeline.evaluate import Compared, compare_each, predict, table
from pipeline.evaluate.figures import MACRO, Row
from pipeline.gold import read_corpus

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- figures: python benchmarks/readme_figures.py --write -->", "<!-- /figures -->"
NAMES = {
    "issuer": "issuer",
    "publication day": "publication day",
    "places": "places, with their codes",
    "dates": "dates, with their days",
    "quantities": "quantities: value, unit, comparator",
    "indicator": "what a quantity measures (accuracy)",
    "holder": "whom it describes (accuracy)",
    "distinctions (core)": "distinctions: recipient, award, edition, status",
    "distinctions (strict)": "the same with category and level",
    "type": "announcement type (accuracy)",
    MACRO: "announcement type, macro-F1",
}
ONE_EACH = ("indicator", "holder", "type")


def figures() -> str:
    """The table in Markdown."""
    analyser = pipeline.load()
    columns: dict[str, dict[str, str]] = {}
    counts = []
    for split in ("dev", "test"):
        releases = list(read_corpus(ROOT / "corpus", split))
        compared = compare_each(releases, predict(releases, analyser), baseline=True)
        columns[split] = _column(compared)
        counts.append(f"{split} ({len(releases)} releases)")
    lines = [f"| kind | {' | '.join(counts)} |", "| --- | --- | --- |"]
    for name, words in {**NAMES, "baseline": "baseline: nearest town, award and year"}.items():
        lines.append(f"| {words} | {columns['dev'][name]} | {columns['test'][name]} |")
    return "\n".join(lines)


def _column(compared: list[Compared]) -> dict[str, str]:
    """The cells of one split by the name of their row; the baseline is that of the core facts."""
    cells: dict[str, str] = {}
    for row in table(compared):
        name = row.name.strip()
        if name in NAMES or (name == "baseline" and name not in cells):
            cells[name] = _cell(row, name)
    return cells


def _cell(row: Row, name: str) -> str:
    interval = f"{row.f1.value:.3f} [{row.f1.low:.3f}–{row.f1.high:.3f}]"
    if name == MACRO:
        return interval
    if name in ONE_EACH:
        return f"{interval} ({row.right} of {row.right + row.missed})"
    return f"{interval} ({row.right}, {row.extra}, {row.missed})"


def shown(readme: str) -> str:
    """The table that a README shows between its two marks.  Raises `ValueError` when a mark is missing."""
    found = re.search(rf"{re.escape(BEGIN)}\n\n(.*?)\n\n{re.escape(END)}", readme, re.S)
    if found is None:
        raise ValueError(f"README.md: the marks {BEGIN} and {END} are not there")
    return found[1]


def main() -> None:
    """Print the table, or write it into README.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    made = figures()
    print(made)
    if options.write:
        path = ROOT / "README.md"
        readme = path.read_text(encoding="utf-8")
        path.write_text(readme.replace(shown(readme), made), encoding="utf-8")


if __name__ == "__main__":
    main()
