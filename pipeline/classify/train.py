"""Training the classifier of announcement types, and calibrating it on releases that it was not trained on."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from pipeline.classify.classifier import MODEL_NAME
from pipeline.classify.features import Seen, content
from pipeline.classify.model import (
    Facts,
    Model,
    Numbers,
    Vectors,
    Words,
    softmax,
    weighed,
    write_model,
)
from pipeline.classify.vectors import NO_VECTORS, PACKAGE, StaticVectors, static_vectors

SEED = 20240910
#: Weights of the four kinds of features, and the inverse of the penalty: see the table of `models/README.md`.
CONFIGURATION: dict[str, float] = {"words": 1.0, "opening": 0.0, "facts": 0.0, "vectors": 0.0, "C": 10.0}
#: Words in fewer texts than this are left out.
LEAST_TEXTS = 2
FOLDS = 8
#: Accuracy that the types that need no reader must reach on releases held out from training.
TARGET = 0.97
_LEAST_RELEASES = 24  # below, nothing can be said of calibration


class Example(NamedTuple):
    """A release, or a title with its lead, with its type; `group` holds together what is held out together.

    Titles with leads have no group: they are always trained on, and never measured on.
    """

    seen: Seen
    type: str
    group: str | None


@dataclass(frozen=True)
class Calibration:
    """How the model does on releases held out from its training, writer by writer."""

    releases: int
    accuracy: float
    temperature: float
    log_loss: float
    error: float
    threshold: float
    coverage: float
    accuracy_covered: float


def train(examples: Sequence[Example]) -> tuple[Model, Calibration | None]:
    """The model of all the examples, its temperature and threshold from cross-validation over their groups.

    With fewer than 24 releases, or of one type only in some fold, nothing is calibrated.  Raises `ValueError` when
    there are fewer than two types to tell apart, `FileNotFoundError` without the vectors where the configuration uses them.
    """
    if len({one.type for one in examples}) < 2:
        raise ValueError("training needs releases of two types at least")
    vectors = static_vectors() if CONFIGURATION["vectors"] else NO_VECTORS
    model = fit(examples, vectors)
    held = [number for number, one in enumerate(examples) if one.group is not None]
    if len(held) < _LEAST_RELEASES:
        return model, None
    scores = held_out(examples, lambda part: fit(part, vectors))
    truth = numpy.array([model.classes.index(examples[number].type) for number in held])
    temperature = best_temperature(scores, truth)
    probabilities = softmax(scores / temperature)
    right = probabilities.argmax(axis=1) == truth
    threshold, coverage, accuracy = abstention(probabilities.max(axis=1), right)
    told = Calibration(
        releases=len(held),
        accuracy=round(float(right.mean()), 3),
        temperature=temperature,
        log_loss=round(log_loss(probabilities, truth), 3),
        error=round(calibration_error(probabilities.max(axis=1), right), 3),
        threshold=threshold,
        coverage=round(coverage, 3),
        accuracy_covered=round(accuracy, 3),
    )
    return (
        Model(
            **{
                **{name: getattr(model, name) for name in model.__dataclass_fields__},
                "temperature": temperature,
                "threshold": threshold,
            }
        ),
        told,
    )


# --- one model


def fit(
    examples: Sequence[Example], vectors: StaticVectors, configuration: dict[str, float] = CONFIGURATION
) -> Model:
    """A model of the examples, not calibrated (temperature 1, no threshold)."""
    used = {kind: configuration[kind] != 0 for kind in ("words", "opening", "facts", "vectors")}
    tables = {
        "words": vocabulary([one.seen.words for one in examples if used["words"]]),
        "opening": vocabulary([one.seen.opening for one in examples if used["opening"]]),
    }
    names = tuple(sorted({name for one in examples if used["facts"] for name in one.seen.facts}))
    blocks = {
        "words": tfidf(tables["words"], [one.seen.words for one in examples]),
        "opening": tfidf(tables["opening"], [one.seen.opening for one in examples]),
        "facts": numpy.array([[one.seen.facts.get(name, 0.0) for name in names] for one in examples]),
        "whole": numpy.array([vectors.mean(content(one.seen.words)) for one in examples]),
        "lead": numpy.array([vectors.mean(content(one.seen.opening)) for one in examples]),
    }
    # as long as the words, whatever the vectors' own length
    scale = 1 / (numpy.linalg.norm(blocks["whole"], axis=1).mean() or 1.0)
    factors = {
        "words": configuration["words"],
        "opening": configuration["opening"],
        "facts": configuration["facts"],
        "whole": configuration["vectors"] * scale,
        "lead": configuration["vectors"] * scale,
    }
    design = numpy.hstack([factors[name] * block for name, block in blocks.items()])
    classes, weights, bias = linear(design, [one.type for one in examples], configuration["C"])
    ends = numpy.cumsum([block.shape[1] for block in blocks.values()])[:-1]
    parts = {
        name: factors[name] * part for name, part in zip(blocks, numpy.split(weights, ends), strict=True)
    }
    keys, rows = vectors.keys
    return Model(
        classes=classes,
        bias=bias,
        words=Words(*tables["words"], parts["words"]),
        opening=Words(*tables["opening"], parts["opening"]),
        facts=Facts(names, parts["facts"]),
        vectors=Vectors(keys, rows, vectors.table @ parts["whole"], vectors.table @ parts["lead"]),
        temperature=1.0,
        threshold=0.0,
    )


def linear(design: Numbers, types: Sequence[str], penalty: float) -> tuple[tuple[str, ...], Numbers, Numbers]:
    """Classes, weights (features × classes) and bias of a logistic regression, every class of the same weight.

    The best weights are a combination of the examples, so that it is solved in as many dimensions as there are
    examples: the same optimum, found many times faster than among all the words.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # small matrices: more threads would only wait for each other, and add up in another order
    with threadpool_limits(1):
        values, axes = numpy.linalg.eigh(design @ design.T)
        kept = values > 1e-9 * values[-1]
        values, axes = values[kept], axes[:, kept]
        model = LogisticRegression(C=penalty, class_weight="balanced", max_iter=5000, tol=1e-5)
        model.fit(axes * numpy.sqrt(values), list(types))
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # of two classes scikit-learn keeps the second only
        coefficients = numpy.vstack([-coefficients / 2, coefficients / 2])
        bias = numpy.concatenate([-bias / 2, bias / 2])
    weights: Numbers = design.T @ (axes / numpy.sqrt(values)) @ coefficients.T
    return tuple(map(str, model.classes_)), weights, bias


def vocabulary(texts: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], Numbers]:
    """The words that stand in two texts at least, in order, with their inverse document frequencies."""
    counted = Counter(word for text in texts for word in set(text))
    names = tuple(sorted(word for word, count in counted.items() if count >= LEAST_TEXTS))
    return names, numpy.array([math.log((1 + len(texts)) / (1 + counted[word])) + 1 for word in names])


def tfidf(table: tuple[tuple[str, ...], Numbers], texts: Sequence[Sequence[str]]) -> Numbers:
    """TF-IDF of the texts, each a row of length one."""
    names, idf = table
    rows = {name: row for row, name in enumerate(names)}
    result = numpy.zeros((len(texts), len(names)))
    for number, text in enumerate(texts):
        found, values = weighed(rows, idf, text)
        result[number, found] = values
    return result


def strongest(model: Model, examples: Sequence[Example], most: int = 8) -> dict[str, list[str]]:
    """The words and facts that tell each type best from the others, over the releases, the strongest first.

    What counts is how much more a word or fact adds to a type in its own releases than in the others.
    """
    releases = [one for one in examples if one.group is not None]
    names: dict[tuple[str, str], int] = {}
    rows: list[dict[int, Numbers]] = []
    for one in releases:
        row: dict[int, Numbers] = {}
        for kind, name, added in model.parts(one.seen):
            number = names.setdefault((kind, name), len(names))
            row[number] = row.get(number, 0.0) + added - added.mean()
        rows.append(row)
    result = {}
    for at, kind in enumerate(model.classes):
        own = [row for row, one in zip(rows, releases, strict=True) if one.type == kind]
        others = [row for row, one in zip(rows, releases, strict=True) if one.type != kind]
        gain = numpy.zeros(len(names))
        for share, part in ((1.0, own), (-1.0, others)):
            for row in part:
                for number, added in row.items():
                    gain[number] += share * added[at] / len(part)
        ranked = sorted(names, key=lambda which: (-round(gain[names[which]], 6), which))
        result[kind] = [name if sort == "fact" else f"« {name} »" for sort, name in ranked[:most]]
    return result


# --- held out


def held_out(
    examples: Sequence[Example], make: Callable[[Sequence[Example]], Model], folds: int = FOLDS
) -> Numbers:
    """Scores (releases × types) of every release, from models trained without its group."""
    classes = sorted({one.type for one in examples})
    parts = parted(examples, folds)
    measured = [number for number, one in enumerate(examples) if one.group is not None]
    result = numpy.full((len(examples), len(classes)), -50.0)  # a type that a fold never saw
    for part in sorted(set(parts.values())):
        model = make([one for one in examples if one.group is None or parts[one.group] != part])
        columns = [classes.index(name) for name in model.classes]
        for number in measured:
            group = examples[number].group
            if group is not None and parts[group] == part:
                result[number, columns] = model.scores(examples[number].seen)
    return result[measured]


def parted(examples: Sequence[Example], folds: int, seed: int = SEED) -> dict[str, int]:
    """The fold of each group: types spread as evenly as groups allow, the largest groups first."""
    groups: dict[str, Counter[str]] = {}
    for one in examples:
        if one.group is not None:
            groups.setdefault(one.group, Counter())[one.type] += 1
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda name: -groups[name].total())
    filled = [Counter[str]() for _ in range(min(folds, len(groups)))]
    result = {}
    for name in order:
        # where this group's types are rarest so far
        best = min(
            range(len(filled)),
            key=lambda fold: (
                sum(count * filled[fold][kind] for kind, count in groups[name].items())
                / groups[name].total(),
                filled[fold].total(),
                fold,
            ),
        )
        filled[best] += groups[name]
        result[name] = best
    return result


def best_temperature(scores: Numbers, truth: NDArray[Any]) -> float:
    """What the scores are divided by, from 0.3 to 5, so that their probabilities lose least."""
    tried = [step / 100 for step in range(30, 501)]
    return min(tried, key=lambda one: log_loss(softmax(scores / one), truth))


def log_loss(probabilities: Numbers, truth: NDArray[Any]) -> float:
    """Mean of −log of the probability of the true type."""
    return float(-numpy.log(numpy.maximum(probabilities[numpy.arange(len(truth)), truth], 1e-12)).mean())


def calibration_error(scores: Numbers, right: NDArray[numpy.bool_], bins: int = 10) -> float:
    """Expected calibration error: |share right − mean score| of ten bins of scores, weighted by their sizes."""
    at = numpy.minimum((scores * bins).astype(int), bins - 1)
    sums = [abs(float((right[at == one] - scores[at == one]).sum())) for one in range(bins)]
    return math.fsum(sums) / len(scores)


def abstention(
    scores: Numbers, right: NDArray[numpy.bool_], target: float = TARGET
) -> tuple[float, float, float]:
    """The lowest score down to which the surest releases are right at the target's rate, their share and accuracy.

    >>> abstention(numpy.array([0.9, 0.8, 0.4]), numpy.array([True, True, False]))
    (0.8, 0.6666666666666666, 1.0)
    """
    order = numpy.argsort(-scores, kind="stable")
    rates = numpy.cumsum(right[order]) / numpy.arange(1, len(order) + 1)
    reached = numpy.flatnonzero(rates >= target)
    if not len(reached):
        return 1.0, 0.0, math.nan
    last = int(reached[-1])
    # rounded down: a release at the limit is among the sure ones
    threshold = math.floor(1000 * float(scores[order[last]]) + 1e-9) / 1000
    return threshold, (last + 1) / len(order), float(rates[last])


# --- the files


def save(model: Model, calibration: Calibration | None, folder: Path, trained_on: dict[str, Any]) -> Path:
    """Write the model, and what it was made of, into `folder`; returns the model's path."""
    path = folder / MODEL_NAME
    write_model(model, path)
    told = {
        "model": MODEL_NAME,
        "configuration": CONFIGURATION,
        "vectors": PACKAGE if CONFIGURATION["vectors"] else None,
        "seed": SEED,
        "held out": calibration
        and {name: getattr(calibration, name) for name in calibration.__dataclass_fields__},
        **trained_on,
    }
    path.with_suffix(".json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path
