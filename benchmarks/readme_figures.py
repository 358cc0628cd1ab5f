"""The figures that README.md, corpus/README.md and models/README.md show, made anew.

    python -m benchmarks.readme_figures [--write]

Prints F1 with its 95 % interval and the counts (right, extra, missed) of every kind of fact on dev and test, what
the baseline gives for distinctions, how reliable the scores of types and distinctions are, what the corpus holds and how far its two
readings agree.  ``--write`` puts each into its document between its two marks; a test holds the documents to it.
The comparison of classifiers takes minutes and has a command of its own; ``make figures`` runs both.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

import pipeline
from benchmarks.marked import ROOT, write
from pipeline.evaluate import Compared, compare, compare_each, predict, table
from pipeline.evaluate.figures import MACRO, Row
from pipeline.evaluate.reliability import (
    COVERAGES,
    DISTINCTION_EDGES,
    TYPE_EDGES,
    bins,
    calibration_error,
    risk_coverage,
    scored_distinctions,
    scored_types,
)
from pipeline.gold import check_corpus, read_corpus, read_second
from pipeline.gold.counts import uneven

CORPUS, MODELS = ROOT / "corpus", ROOT / "models"
SPLITS: tuple[Literal["dev", "test"], ...] = ("dev", "test")
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


@cache
def compared_on(split: Literal["dev", "test"]) -> list[Compared]:
    """What the program makes of a split, beside its annotations."""
    releases = list(read_corpus(CORPUS, split))
    return compare_each(releases, predict(releases, pipeline.load()), baseline=True)


def figures() -> str:
    """The table in Markdown."""
    columns = {split: _column(compared_on(split)) for split in SPLITS}
    counts = [f"{split} ({len(compared_on(split))} releases)" for split in SPLITS]
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


def reliability() -> str:
    """Calibration and risk-coverage of announcement types on dev and test, in Markdown."""
    lines = [
        "| | " + " | ".join(f"{split} (n={len(compared_on(split))})" for split in SPLITS) + " |",
        "| --- | --- | --- |",
    ]
    scored = {split: scored_types(compared_on(split)) for split in SPLITS}
    errors = (calibration_error(bins(scored[split], TYPE_EDGES)) for split in SPLITS)
    lines.append(
        "| expected calibration error, 10 bins | " + " | ".join(f"{error:.3f}" for error in errors) + " |"
    )
    for coverage in COVERAGES:
        (cells,) = zip(*(risk_coverage(scored[split], (coverage,)) for split in SPLITS), strict=True)
        told = " | ".join(f"{one.accuracy:.3f} ({one.kept})" for one in cells)
        lines.append(f"| accuracy of the surest {coverage:.0%} | {told} |")
    return "\n".join(lines)


def distinction_scores() -> str:
    """How often distinctions of a score are right (core) on dev and test, in Markdown."""
    lines = ["| score | " + " | ".join(f"{split}: mean score, share right (n)" for split in SPLITS) + " |"]
    lines.append("| --- | --- | --- |")
    parts = {split: bins(scored_distinctions(compared_on(split)), DISTINCTION_EDGES) for split in SPLITS}
    for cells in reversed(list(zip(*(parts[split] for split in SPLITS), strict=True))):
        told = " | ".join(
            f"{one.mean:.2f}, {one.right[0]:.2f} ({one.n})" if one.n else "none" for one in cells
        )
        lines.append(f"| {cells[0].low:.1f} to {cells[0].high:.1f} | {told} |")
    errors = " | ".join(f"{calibration_error(parts[split]):.3f}" for split in SPLITS)
    lines.append(f"| expected calibration error | {errors} |")
    return "\n".join(lines)


def held_out() -> str:
    """What `beffroi train` wrote of the classifier, and how large the models are."""
    told = json.loads((MODELS / "announcement-type.json").read_text(encoding="utf-8"))
    held = told["held out"]
    size = sum(path.stat().st_size for path in MODELS.iterdir() if path.suffix in (".json", ".npz")) / 1e6
    return (
        f"Trained on {told['releases']} releases and {told['leads']} titles with leads. On folds of the training split "
        f"held out hand by hand: accuracy {held['accuracy']:.3f}, calibration error {held['error']:.3f}, and "
        f"{held['accuracy_covered']:.3f} right of the {held['coverage']:.0%} above the threshold. "
        f"The files of all models are {size:.1f} MB."
    )


def counts() -> str:
    """What the corpus holds, in Markdown."""
    report = check_corpus(CORPUS)
    lines = ["| what | how much |", "| --- | --- |"]
    lines += [f"| {name} | {count:,} |" for name, count in report.counts.items()]
    for heading, found in {"words a release": report.lengths, **report.tallies}.items():
        lines.append(f"| {heading} | {', '.join(f'{name} {count}' for name, count in found.items())} |")
    gap, split, kind = uneven(report.tallies)
    lines.append(f"| farthest from the whole | {kind} in {split}, by {gap:.1%} of its releases |")
    for name, part in report.unseen.items():
        lines.append(f"| {name} of the distinctions of test that do not occur in train | {part:.0%} |")
    lines.append(f"| five-word sequences that the closest two releases share | {report.closest[0]:.1%} |")
    return "\n".join(lines)


def agreement() -> str:
    """How far the first and the second reading agree, in Markdown."""
    report = compare((first, second.record) for first, second in read_second(CORPUS))
    lines = ["| kind | F1 | agreed | first only | second only |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {kind} | {score.f1:.3f} | {score.right} | {score.missed} | {score.extra} |"
        for kind, score in report.scores.items()
    ]
    return "\n".join([f"{report.releases} releases read twice:", "", *lines])


class Passage(NamedTuple):
    """A passage of a document, and what makes it."""

    document: str
    name: str
    make: Callable[[], str]


PASSAGES = (
    Passage("README.md", "", figures),
    Passage("corpus/README.md", "counts", counts),
    Passage("corpus/README.md", "agreement", agreement),
    Passage("models/README.md", "held out", held_out),
    Passage("models/README.md", "reliability", reliability),
    Passage("models/README.md", "distinction scores", distinction_scores),
)


def main() -> None:
    """Print the passages, or write them into their documents."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put them into their documents")
    options = parser.parse_args()
    for passage in PASSAGES:
        made = passage.make()
        print(f"{passage.document} {passage.name}\n\n{made}\n")
        if options.write:
            write(ROOT / passage.document, made, passage.name)


if __name__ == "__main__":
    main()
