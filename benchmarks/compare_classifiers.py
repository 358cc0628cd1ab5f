"""Ways to tell announcement types, compared by nested cross-validation over train and dev.

    python benchmarks/compare_classifiers.py [--corpus corpus] [--only "words"] [--speed]

Releases that one hand wrote are held out together, as far as ``splits.yaml`` tells.  Eight outer folds measure;
four inner folds of the rest choose each way's setting by log-loss and fit its temperature (and an isotonic map,
to compare).  Titles with leads are always trained on and never measured.  Prints, for each way from the simplest
on, accuracy, macro-F1 and log-loss with 95 % bootstrap intervals over releases, the calibration error, and last
the simplest way within one standard error of the best by log-loss.  About half an hour on two cores.  ``--speed``
prints instead what the committed model costs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from pipeline.classify import MODEL_NAME, Classifier, Seen
from pipeline.classify.model import Model, Numbers, softmax
from pipeline.classify.train import (
    SEED,
    Example,
    abstention,
    best_temperature,
    calibration_error,
    fit,
    linear,
    log_loss,
    parted,
)
from pipeline.classify.vectors import static_vectors
from pipeline.gold import read_corpus
from pipeline.language import Reader
from pipeline.trained import models_folder
from pipeline.training import analysed, type_examples

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
OUTER, INNER, ROUNDS = 8, 4, 2000
Scorer = Callable[[Sequence[Seen]], Numbers]
Setting = dict[str, float]
_PENALTIES = (3.0, 10.0, 30.0)


class Way(NamedTuple):
    """One way to tell types: how it is fitted, and the settings among which the inner folds choose."""

    name: str
    fit: Callable[[Sequence[Example], Setting], tuple[tuple[str, ...], Scorer]]
    settings: tuple[Setting, ...]
    leads: bool = True


def weighted(**weights: float) -> tuple[Setting, ...]:
    """Settings of the linear model with these weights of its features, the others left out."""
    kinds = {"words": 0.0, "opening": 0.0, "facts": 0.0, "vectors": 0.0}
    return tuple({**kinds, **weights, "C": penalty} for penalty in _PENALTIES)


def fit_linear(examples: Sequence[Example], setting: Setting) -> tuple[tuple[str, ...], Scorer]:
    """The project's own model, with the weights of a setting."""
    model: Model = fit(examples, static_vectors(), setting)
    return model.classes, lambda releases: numpy.array([model.scores(seen) for seen in releases])


def fit_grams(examples: Sequence[Example], setting: Setting) -> tuple[tuple[str, ...], Scorer]:
    """TF-IDF of character n-grams or of word pairs, beside the facts where they have a weight."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer

    kind = (
        {"analyzer": "char_wb", "ngram_range": (3, 5)} if setting["characters"] else {"ngram_range": (1, 2)}
    )
    text = TfidfVectorizer(min_df=2, sublinear_tf=True, lowercase=False, **kind)
    facts = DictVectorizer(sparse=False)

    def design(releases: Sequence[Seen], first: bool) -> Numbers:
        texts = [" ".join(seen.words) for seen in releases]
        told = [seen.facts for seen in releases]
        if first:
            return numpy.hstack(
                [text.fit_transform(texts).toarray(), setting["facts"] * facts.fit_transform(told)]
            )
        return numpy.hstack([text.transform(texts).toarray(), setting["facts"] * facts.transform(told)])

    classes, weights, bias = linear(
        design([one.seen for one in examples], True), [one.type for one in examples], setting["C"]
    )
    return classes, lambda releases: design(releases, False) @ weights + bias


def fit_boosting(examples: Sequence[Example], setting: Setting) -> tuple[tuple[str, ...], Scorer]:
    """Gradient boosting on the facts and the forty main directions of the words."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer

    text = TfidfVectorizer(min_df=2, sublinear_tf=True, lowercase=False)
    main = TruncatedSVD(40, random_state=SEED)
    facts = DictVectorizer(sparse=False)
    texts = [" ".join(one.seen.words) for one in examples]
    told = [one.seen.facts for one in examples]
    design = numpy.hstack([main.fit_transform(text.fit_transform(texts)), facts.fit_transform(told)])
    model = HistGradientBoostingClassifier(
        max_iter=int(setting["trees"]),
        learning_rate=0.1,
        max_leaf_nodes=8,
        min_samples_leaf=5,
        class_weight="balanced",
        early_stopping=False,
        random_state=SEED,
    ).fit(design, [one.type for one in examples])

    def score(releases: Sequence[Seen]) -> Numbers:
        texts = [" ".join(seen.words) for seen in releases]
        found = numpy.hstack(
            [main.transform(text.transform(texts)), facts.transform([seen.facts for seen in releases])]
        )
        result: Numbers = model.decision_function(found)
        return result

    return tuple(map(str, model.classes_)), score


#: From the simplest to the least simple: the rule of one standard error chooses in this order.
WAYS = (
    Way("words (TF-IDF)", fit_linear, weighted(words=1)),
    Way("words, pairs of words", fit_grams, tuple({"characters": 0, "facts": 0, "C": c} for c in _PENALTIES)),
    Way("characters (3 to 5)", fit_grams, tuple({"characters": 1, "facts": 0, "C": c} for c in _PENALTIES)),
    Way("records alone", fit_linear, weighted(facts=2)),
    Way("words, records", fit_linear, weighted(words=1, facts=2) + weighted(words=1, facts=1)),
    Way("characters, records", fit_grams, tuple({"characters": 1, "facts": 1, "C": c} for c in _PENALTIES)),
    Way(
        "words, title and lead, records",
        fit_linear,
        weighted(words=1, opening=2, facts=2) + weighted(words=1, opening=2, facts=1),
    ),
    Way("static vectors alone", fit_linear, weighted(vectors=6)),
    Way("static vectors, records", fit_linear, weighted(vectors=6, facts=2) + weighted(vectors=4, facts=2)),
    Way(
        "words, title and lead, records, vectors",
        fit_linear,
        weighted(words=1, opening=2, facts=2, vectors=6) + weighted(words=1, opening=2, facts=2, vectors=4),
    ),
    Way("gradient boosting: words, records", fit_boosting, ({"trees": 60}, {"trees": 120})),
    Way(
        "the last but one, without leads",
        fit_linear,
        weighted(words=1, opening=2, facts=2, vectors=6) + weighted(words=1, opening=2, facts=2, vectors=4),
        leads=False,
    ),
)


class Held(NamedTuple):
    """What a way said of every release, held out: probabilities by temperature and by isotonic maps."""

    tempered: Numbers
    isotonic: Numbers
    truth: Numbers


def nested(way: Way, examples: Sequence[Example]) -> Held:
    """Probabilities of every release from models, settings and calibrations that never saw its group."""
    used = [one for one in examples if way.leads or one.group is not None]
    classes = sorted({one.type for one in examples})
    releases = [one for one in used if one.group is not None]
    outer = parted(used, OUTER)
    tempered = numpy.zeros((len(releases), len(classes)))
    isotonic = numpy.zeros_like(tempered)
    for part in range(OUTER):
        inside = [one for one in used if one.group is None or outer[one.group] != part]
        out = [number for number, one in enumerate(releases) if outer[one.group or ""] == part]
        truth = numpy.array([classes.index(one.type) for one in inside if one.group is not None])
        tried = []
        for setting in way.settings:
            scores = crossed(way, inside, setting, classes)
            temperature = best_temperature(scores, truth)
            tried.append((log_loss(softmax(scores / temperature), truth), temperature, setting, scores))
        _, temperature, setting, scores = min(tried, key=lambda one: one[0])
        found = scored(way, inside, setting, [releases[number].seen for number in out], classes)
        tempered[out] = softmax(found / temperature)
        isotonic[out] = mapped(softmax(scores), truth, softmax(found))
    return Held(tempered, isotonic, numpy.array([classes.index(one.type) for one in releases]))


def crossed(way: Way, examples: Sequence[Example], setting: Setting, classes: Sequence[str]) -> Numbers:
    """Scores of the releases among the examples by inner cross-validation."""
    parts = parted(examples, INNER)
    releases = [one for one in examples if one.group is not None]
    result = numpy.zeros((len(releases), len(classes)))
    for part in range(INNER):
        inside = [one for one in examples if one.group is None or parts[one.group] != part]
        out = [number for number, one in enumerate(releases) if parts[one.group or ""] == part]
        result[out] = scored(way, inside, setting, [releases[number].seen for number in out], classes)
    return result


def scored(
    way: Way, inside: Sequence[Example], setting: Setting, out: Sequence[Seen], classes: Sequence[str]
) -> Numbers:
    """Scores of releases from a model of the examples, a column for every class."""
    known, score = way.fit(inside, setting)
    result = numpy.full((len(out), len(classes)), -20.0)  # a type that the examples lack
    result[:, [classes.index(name) for name in known]] = score(out)
    return result


def mapped(learnt: Numbers, truth: Numbers, found: Numbers) -> Numbers:
    """Isotonic calibration, each type against the rest, made to add up to one."""
    from sklearn.isotonic import IsotonicRegression

    columns = [
        IsotonicRegression(out_of_bounds="clip", y_min=0.001, y_max=0.999)
        .fit(learnt[:, number], truth == number)
        .predict(found[:, number])
        for number in range(found.shape[1])
    ]
    table = numpy.array(columns).T
    result: Numbers = table / table.sum(axis=1, keepdims=True)
    return result


def interval(held: Held, measure: Callable[[Numbers, Numbers], float]) -> str:
    """A figure with its 95 % percentile interval over releases drawn again and again."""
    random = numpy.random.default_rng(SEED)
    drawn = [
        measure(held.tempered[rows], held.truth[rows])
        for rows in (random.integers(len(held.truth), size=len(held.truth)) for _ in range(ROUNDS))
    ]
    low, high = numpy.percentile(drawn, (2.5, 97.5))
    return f"{measure(held.tempered, held.truth):.3f} [{low:.3f}–{high:.3f}]"


def accuracy(probabilities: Numbers, truth: Any) -> float:
    """The share of releases of which the likeliest type is the true one."""
    return float((probabilities.argmax(axis=1) == truth).mean())


def macro_f1(probabilities: Numbers, truth: Any) -> float:
    """Mean F1 of the types that occur."""
    found = probabilities.argmax(axis=1)
    each = [
        2 * ((found == one) & (truth == one)).sum() / ((found == one).sum() + (truth == one).sum())
        for one in numpy.union1d(found, truth)
    ]
    return float(numpy.mean(each))


def print_speed(corpus: Path) -> None:
    """Processor time for the type of a release of dev, and the size of the model's file."""
    drafts = analysed(list(read_corpus(corpus, "dev")), Reader())
    classifier = Classifier.load()
    classifier.classify(drafts)
    begun = time.process_time()
    for _ in range(10):
        classifier.classify(drafts)
    spent = 100 * (time.process_time() - begun) / len(drafts)
    size = (models_folder() / MODEL_NAME).stat().st_size / 1e6
    print(f"{spent:.2f} ms of processor time a release (n={len(drafts)}, ten times), file {size:.1f} MB")


def main() -> None:
    """Compare, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", help="only the ways whose names contain this")
    parser.add_argument("--speed", action="store_true", help="what the committed model costs")
    given = parser.parse_args()
    if given.speed:
        print_speed(given.corpus)
        return
    examples = type_examples(given.corpus, ("train", "dev"))
    releases = [one for one in examples if one.group is not None]
    print(
        f"{len(releases)} releases of train and dev in {len({one.group for one in releases})} groups, "
        f"{len(examples) - len(releases)} titles with leads\n"
    )
    print(
        "| features | accuracy | macro-F1 | log-loss | isotonic | calibration error | surest at 0.97 | seconds |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    losses = {}
    for way in WAYS:
        if given.only and given.only not in way.name:
            continue
        begun = time.perf_counter()
        held = nested(way, examples)
        sure, right = held.tempered.max(axis=1), held.tempered.argmax(axis=1) == held.truth
        row = [interval(held, measure) for measure in (accuracy, macro_f1, log_loss)]
        row.append(f"{log_loss(held.isotonic, held.truth):.3f}")
        row.append(f"{calibration_error(sure, right):.3f}")
        row.append(f"{abstention(sure, right)[1]:.0%}")
        row.append(f"{time.perf_counter() - begun:.0f}")
        print(f"| {way.name} | {' | '.join(row)} |", flush=True)
        if way.leads:
            each = -numpy.log(numpy.maximum(held.tempered[numpy.arange(len(right)), held.truth], 1e-12))
            losses[way.name] = each
    best = min(losses, key=lambda name: float(losses[name].mean()))
    error = float(losses[best].std(ddof=1)) / len(releases) ** 0.5
    simplest = next(name for name in losses if losses[name].mean() <= losses[best].mean() + error)
    print(f"\nBest by log-loss: {best} ({losses[best].mean():.3f}, standard error {error:.3f}).")
    print(f"Simplest within one standard error of it: {simplest}.")


if __name__ == "__main__":
    main()
