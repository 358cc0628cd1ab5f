"""Weights of the signs of an issuer, fitted on annotated releases; on those of train alone.

    python benchmarks/issuer_weights.py [--strength 1.0] [--write]

A conditional logit over the collectivities that a release names, its weights drawn towards those of
``pipeline/places/data/issuer.yaml`` (so that what the few releases do not show stays as it was written).
Prints the weights as a reader would say and as fitted, the share of right issuers, and the share in ten-fold
cross-validation.  ``--write`` puts the weights into the file.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from pipeline.gold import read_corpus
from pipeline.job import Analyser, Draft, find, questions
from pipeline.places import issuer as rules
from pipeline.places import resolve

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DATA = Path(rules.__file__).parent / "data" / "issuer.yaml"
FOLDS = 10


def observe(names: list[str]) -> list[tuple[np.ndarray[Any, Any], int]]:
    """Of each release the signs of every collectivity (a row each), and which row is the issuer."""
    splits = yaml.safe_load((CORPUS / "splits.yaml").read_text(encoding="utf-8"))
    wanted = set(splits["train"])
    seen: list[dict[Any, dict[str, float]]] = []
    choose: Any = rules.issuer_signs
    module: Any = rules

    def listen(*told: Any) -> Any:
        signs, entries = choose(*told)
        seen.append(signs)
        return signs, entries

    observed = []
    analyser = Analyser()
    for gold in read_corpus(CORPUS):
        if gold.id not in wanted or gold.issuer_given or not gold.record.release.issuer.code:
            continue
        draft = Draft(gold.record.release)
        find(draft)
        readings = next(iter(analyser.reader.read([(draft.view, questions(draft))])))
        module.issuer_signs = listen
        resolve(draft.view, draft.candidates, readings)
        module.issuer_signs = choose
        who = (gold.record.release.issuer.kind, gold.record.release.issuer.code)
        signs = seen[-1] if seen else {}
        if who not in signs:
            print(f"not among those that the text names: {gold.id}")
            continue
        table = np.array([[told.get(name, 0.0) for name in names] for told in signs.values()])
        observed.append((table, list(signs).index(who)))
    return observed


def fit(observed: list[tuple[np.ndarray[Any, Any], int]], start: Any, strength: float) -> Any:
    """Weights that make the issuers most probable, drawn towards `start`."""

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = strength * np.sum((weights - start) ** 2), 2 * strength * (weights - start)
        for table, chosen in observed:
            votes = table @ weights
            odds = np.exp(votes - votes.max())
            odds /= odds.sum()
            total -= np.log(odds[chosen] + 1e-12)
            slope = slope + odds @ table - table[chosen]
        return total, slope

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def right(observed: list[tuple[np.ndarray[Any, Any], int]], weights: Any) -> float:
    """Share of the releases whose issuer has the most votes."""
    return float(np.mean([int(np.argmax(table @ weights)) == chosen for table, chosen in observed]))


def main() -> None:
    """Fit, cross-validate, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--strength", type=float, default=1.0, help="how strongly the written weights hold")
    parser.add_argument("--write", action="store_true", help="put the weights into data/issuer.yaml")
    options = parser.parse_args()
    source = DATA.read_text(encoding="utf-8")
    written = yaml.safe_load(source)["weights"]
    names, start = list(written), np.array([float(said) for said, _ in written.values()])
    observed = observe(names)
    before = np.array([float(fitted) for _, fitted in written.values()])
    print(
        f"{len(observed)} releases; right as said {right(observed, start):.3f}, as fitted before {right(observed, before):.3f}"
    )
    order = np.random.default_rng(0).permutation(len(observed))
    held_out: list[float] = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        weights = fit([one for i, one in enumerate(observed) if i not in held], start, options.strength)
        held_out.extend(right([observed[i]], weights) for i in sorted(held))
    fitted = fit(observed, start, options.strength)
    print(f"right when fitted {right(observed, fitted):.3f}, in cross-validation {np.mean(held_out):.3f}")
    for name, said, after in zip(names, start, fitted, strict=True):
        print(f"  {name:20} {said:6.2f} {after:6.2f}")
        source = re.sub(rf"(?m)^  {name}: \[(.*), .*\]$", rf"  {name}: [\1, {after:.2f}]", source)
    if options.write:
        DATA.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
