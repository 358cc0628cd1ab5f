"""What growing shares of the training split teach: the curves in models/README.md.

``python -m benchmarks.learning_curves`` prints them, ``--write`` puts them there (some minutes).
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.compare_classifiers import CARD, fingerprint
from benchmarks.marked import ROOT, print_or_write
from pipeline.learning import decider_curve, type_curve

MARK = "learning"


def curves(corpus: Path) -> str:
    """Both curves in Markdown, with the state of the corpus that they were measured on."""
    types, slots = type_curve(corpus), decider_curve(corpus)
    lines = [
        f"(state {fingerprint(corpus)})",
        "",
        "| share of train | releases | announcement types, accuracy on dev | who got what, F1 of the slots on dev |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.share:.1%} | {one.releases} | {one.figure:.3f} | {other.figure:.3f} |"
        for one, other in zip(types, slots, strict=True)
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the curves, or write them into the model card."""
    print_or_write(__doc__, lambda: curves(ROOT / "corpus"), CARD, MARK)


if __name__ == "__main__":
    main()
