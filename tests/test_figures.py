"""The figures in README.md are those that the program gives today."""

from __future__ import annotations

from pathlib import Path

from benchmarks.readme_figures import figures, shown

README = Path(__file__).resolve().parents[1] / "README.md"


def test_the_figures_in_the_readme_are_of_today() -> None:
    # when it fails: python benchmarks/readme_figures.py --write
    assert shown(README.read_text(encoding="utf-8")) == figures()
