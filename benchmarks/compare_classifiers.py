"""Ways to tell announcement types, compared by nested cross-validation over train and dev.

    python -m benchmarks.compare_classifiers [--corpus corpus] [--only "words"] [--write] [--speed]

Releases that one hand wrote are held out together, as far as ``splits.yaml`` tells.  Five outer folds measure;
three inner folds of the rest choose each way's setting by log-loss and fit its temperature (and an isotonic map,
to compare).  Titles with leads are always trained on and never measured.  Prints, for each way from the simplest
on, accuracy, macro-F1 and log-loss with 95 % bootstrap intervals over releases, the calibration error, and last
the simplest way within one standard error of the best by log-loss.  ``--write`` puts that into models/README.md.
``--speed`` prints instead what the committed model costs.

The linear ways are fitted on the inner products of their examples, which all ways with the same features share:
the optimum is that of `pipeline.classify.train.linear`, and vocabularies and document frequencies are those of the
training folds alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from benchmarks.marked import ROOT, write
from pipeline.classify import MODEL_NAME, Classifier, Seen
from pipeline.classify.features import content
from pipeline.classify.model import Numbers, softmax
from pipeline.classify.train import (
    SEED,
    Example,
    abstention,
    best_temperature,
    calibration_error,
    log_loss,
    parted,
    tfidf,
    vocabulary,
)
from pipeline.classify.vectors import static_vectors
from pipeline.gold import Split, read_corpus
from pipeline.language import Reader
from pipeline.trained import models_folder
from pipeline.training import analysed, type_examples

CORPUS = ROOT / "corpus"
CARD, MARK = ROOT / "models" / "README.md", "types"
OUTER, INNER, ROUNDS = 5, 3, 1000
#: Inverse penalties, the strongest penalty first.
PENALTIES = (3.0, 10.0, 30.0)
TREES = 60
Weights = Mapping[str, float]


class Way(NamedTuple):
    """One way to tell types: the weights of its features among which the inner folds choose.

    Without any it is gradient boosting on the records and the main directions of the words.
    """

    name: str
    weights: tuple[Weights, ...] = ()
    leads: bool = True


#: From the simplest to the least simple: the rule of one standard error chooses in this order.
WAYS = (
    Way("words (TF-IDF)", ({"words": 1},)),
    Way("words, pairs of words", ({"pairs": 1},)),
    Way("characters (3 to 5)", ({"characters": 1},)),
    Way("records alone", ({"facts": 2},)),
    Way("words, records", ({"words": 1, "facts": 2}, {"words": 1, "facts": 1})),
    Way("characters, records", ({"characters": 1, "facts": 2}, {"characters": 1, "facts": 1})),
    Way(
        "words, title and lead, records",
        ({"words": 1, "opening": 2, "facts": 2}, {"words": 1, "opening": 2, "facts": 1}),
    ),
    Way("static vectors alone", ({"vectors": 6},)),
    Way("static vectors, records", ({"vectors": 6, "facts": 2}, {"vectors": 4, "facts": 2})),
    Way(
        "words, title and lead, records, vectors",
        (
            {"words": 1, "opening": 2, "facts": 2, "vectors": 6},
            {"words": 1, "opening": 2, "facts": 2, "vectors": 4},
        ),
    ),
    Way("gradient boosting: words, records"),
    Way(
        "the last but one, without leads",
        (
            {"words": 1, "opening": 2, "facts": 2, "vectors": 6},
            {"words": 1, "opening": 2, "facts": 2, "vectors": 4},
        ),
        leads=False,
    ),
)


class Fold(NamedTuple):
    """What is trained on and what is scored, each by its features: rows of numbers."""

    inside: dict[str, Any]
    out: dict[str, Any]
    types: list[str]


def block(kind: str, examples: Sequence[Example], releases: Sequence[Seen]) -> tuple[Any, Any]:
    """Rows of one kind of feature for the examples and for other releases, of which nothing is learnt."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer

    seen = [one.seen for one in examples]
    if kind in ("words", "opening"):
        table = vocabulary([getattr(one, kind) for one in seen])
        return tfidf(table, [getattr(one, kind) for one in seen]), tfidf(
            table, [getattr(one, kind) for one in releases]
        )
    if kind == "facts":
        facts = DictVectorizer(sparse=False)
        return facts.fit_transform([one.facts for one in seen]), facts.transform(
            [one.facts for one in releases]
        )
    if kind == "vectors":
        vectors = static_vectors()

        def means(of: Iterable[Seen]) -> Numbers:
            return numpy.array(
                [
                    numpy.hstack([vectors.mean(content(one.words)), vectors.mean(content(one.opening))])
                    for one in of
                ]
            )

        inside, out = means(seen), means(releases)
        width = inside.shape[1] // 2
        scale = 1 / (numpy.linalg.norm(inside[:, :width], axis=1).mean() or 1.0)
        return scale * inside, scale * out
    grams: dict[str, Any] = (
        {"ngram_range": (1, 2)} if kind == "pairs" else {"analyzer": "char_wb", "ngram_range": (3, 5)}
    )
    text = TfidfVectorizer(min_df=2, sublinear_tf=True, lowercase=False, **grams)
    return text.fit_transform([" ".join(one.words) for one in seen]), text.transform(
        [" ".join(one.words) for one in releases]
    )


def products(rows: Any, others: Any) -> Numbers:
    """Inner products of each row with each of the others."""
    result = rows @ others.T
    return result if isinstance(result, numpy.ndarray) else numpy.asarray(result.todense())


def fold_of(kinds: Iterable[str], examples: Sequence[Example], releases: Sequence[Seen]) -> Fold:
    """Inner products of the examples, and of the releases with the examples, by kind of feature."""
    inside, out = {}, {}
    for kind in kinds:
        rows, others = block(kind, examples, releases)
        inside[kind], out[kind] = products(rows, rows), products(others, rows)
    return Fold(inside, out, [one.type for one in examples])


def linear_scores(fold: Fold, weights: Weights, penalties: Sequence[float]) -> Iterable[tuple[Any, Numbers]]:
    """Classes and scores of a fold's releases by logistic regression, for each penalty in turn."""
    from sklearn.linear_model import LogisticRegression

    inside = sum(weight**2 * fold.inside[kind] for kind, weight in weights.items())
    out = sum(weight**2 * fold.out[kind] for kind, weight in weights.items())
    values, axes = numpy.linalg.eigh(inside)
    kept = values > 1e-9 * values[-1]
    values, axes = numpy.sqrt(values[kept]), axes[:, kept]
    # each fit begins where the one before ended: the same optimum, reached sooner
    model = LogisticRegression(class_weight="balanced", max_iter=5000, tol=1e-4, warm_start=True)
    for penalty in penalties:
        model.set_params(C=penalty).fit(axes * values, fold.types)
        yield model.classes_, (out @ (axes / values)) @ model.coef_.T + model.intercept_


def boosted_scores(examples: Sequence[Example], releases: Sequence[Seen]) -> tuple[Any, Numbers]:
    """Classes and scores by gradient boosting on the records and the forty main directions of the words."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.ensemble import HistGradientBoostingClassifier

    words, others = block("words", examples, releases)
    facts, other_facts = block("facts", examples, releases)
    main = TruncatedSVD(40, random_state=SEED)
    design = numpy.hstack([main.fit_transform(words), facts])
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.1,
        max_leaf_nodes=8,
        min_samples_leaf=5,
        class_weight="balanced",
        early_stopping=False,
        random_state=SEED,
    ).fit(design, [one.type for one in examples])
    return model.classes_, model.decision_function(numpy.hstack([main.transform(others), other_facts]))


class Held(NamedTuple):
    """What a way said of every release, held out: probabilities by temperature and by isotonic maps."""

    tempered: Numbers
    isotonic: Numbers
    truth: Numbers


Setting = tuple[int, float]  # which weights, which penalty


def nested(ways: Sequence[Way], examples: Sequence[Example]) -> dict[str, Held]:
    """Probabilities of every release from models, settings and calibrations that never saw its group."""
    releases = [one for one in examples if one.group is not None]
    classes = sorted({one.type for one in examples})
    outer = parted(examples, OUTER)
    truth = numpy.array([classes.index(one.type) for one in releases])
    empty = numpy.zeros((len(releases), len(classes)))
    held = {way.name: Held(empty.copy(), empty.copy(), truth) for way in ways}
    for part in range(OUTER):
        inside = [one for one in examples if one.group is None or outer[one.group] != part]
        out = [number for number, one in enumerate(releases) if outer[one.group or ""] == part]
        known = numpy.array([classes.index(one.type) for one in inside if one.group is not None])
        tried = crossed(ways, inside, classes)
        chosen = {}
        for way in ways:
            options = []
            for setting, scores in tried[way.name].items():
                temperature = best_temperature(scores, known)
                options.append((log_loss(softmax(scores / temperature), known), setting, temperature, scores))
            chosen[way.name] = min(options, key=lambda one: one[:2])
        seen = [releases[number].seen for number in out]
        settings = {name: [setting] for name, (_, setting, _, _) in chosen.items()}
        for name, found in scored(ways, inside, seen, classes, settings).items():
            _, setting, temperature, scores = chosen[name]
            held[name].tempered[out] = softmax(found[setting] / temperature)
            held[name].isotonic[out] = mapped(softmax(scores), known, softmax(found[setting]))
    return held


def crossed(
    ways: Sequence[Way], examples: Sequence[Example], classes: Sequence[str]
) -> dict[str, dict[Setting, Numbers]]:
    """Scores of the releases among the examples by inner cross-validation, in every way and setting."""
    parts = parted(examples, INNER)
    releases = [one for one in examples if one.group is not None]
    every = {way.name: settings_of(way) for way in ways}
    result = {
        name: {setting: numpy.zeros((len(releases), len(classes))) for setting in settings}
        for name, settings in every.items()
    }
    for part in range(INNER):
        inside = [one for one in examples if one.group is None or parts[one.group] != part]
        out = [number for number, one in enumerate(releases) if parts[one.group or ""] == part]
        seen = [releases[number].seen for number in out]
        for name, found in scored(ways, inside, seen, classes, every).items():
            for setting, scores in found.items():
                result[name][setting][out] = scores
    return result


def settings_of(way: Way) -> list[Setting]:
    """Everything among which the inner folds choose; of boosting there is one setting."""
    return [(number, c) for number in range(len(way.weights)) for c in PENALTIES] or [(0, 0.0)]


def scored(
    ways: Sequence[Way],
    inside: Sequence[Example],
    out: Sequence[Seen],
    classes: Sequence[str],
    wanted: Mapping[str, Sequence[Setting]],
) -> dict[str, dict[Setting, Numbers]]:
    """Scores of releases (a column for every class) from models of the examples, by way and setting."""

    def widened(known: Any, scores: Numbers) -> Numbers:
        result = numpy.full((len(out), len(classes)), -20.0)  # a type that the examples lack
        result[:, [classes.index(name) for name in known]] = scores
        return result

    result: dict[str, dict[Setting, Numbers]] = {way.name: {} for way in ways}
    for leads in (True, False):
        some = [way for way in ways if way.leads is leads]
        used = [one for one in inside if leads or one.group is not None]
        kinds = sorted({kind for way in some for weights in way.weights for kind in weights})
        fold = fold_of(kinds, used, out)
        for way in some:
            if not way.weights:
                result[way.name][0, 0.0] = widened(*boosted_scores(used, out))
            for number, weights in enumerate(way.weights):
                penalties = [c for which, c in wanted[way.name] if which == number]
                found = linear_scores(fold, weights, penalties) if penalties else ()
                for c, (known, scores) in zip(penalties, found, strict=True):
                    result[way.name][number, c] = widened(known, scores)
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


def fingerprint(corpus: Path) -> str:
    """A digest of all that the comparison learns from and measures on, and of what it compares."""
    told = blake2b(repr((WAYS, OUTER, INNER, PENALTIES, TREES, SEED)).encode(), digest_size=6)
    splits: tuple[Split, ...] = ("train", "dev")
    for split in splits:
        for gold in read_corpus(corpus, split):
            told.update(f"{gold.id}\0{gold.record.announcement.type}\0{gold.record.release.text}\0".encode())
    told.update((corpus / "leads.yaml").read_bytes())
    return told.hexdigest()


def compared(corpus: Path, ways: Sequence[Way]) -> str:
    """The table in Markdown, and which way is kept."""
    from threadpoolctl import threadpool_limits

    begun = time.process_time()
    examples = type_examples(corpus, ("train", "dev"))
    releases = [one for one in examples if one.group is not None]
    with threadpool_limits(1):  # small matrices: more threads would only wait for each other
        held = nested(ways, examples)
    lines = [
        f"{len(releases)} releases of train and dev in {len({one.group for one in releases})} groups, "
        f"{len(examples) - len(releases)} titles with leads (state {fingerprint(corpus)}):",
        "",
        "| features | accuracy | macro-F1 | log-loss | isotonic | calibration error | surest at 0.97 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    losses = {}
    for way in ways:
        one = held[way.name]
        sure, right = one.tempered.max(axis=1), one.tempered.argmax(axis=1) == one.truth
        row = [interval(one, measure) for measure in (accuracy, macro_f1, log_loss)]
        row.append(f"{log_loss(one.isotonic, one.truth):.3f}")
        row.append(f"{calibration_error(sure, right):.3f}")
        row.append(f"{abstention(sure, right)[1]:.0%}")
        lines.append(f"| {way.name} | {' | '.join(row)} |")
        if way.leads:
            losses[way.name] = -numpy.log(
                numpy.maximum(one.tempered[numpy.arange(len(right)), one.truth], 1e-12)
            )
    best = min(losses, key=lambda name: float(losses[name].mean()))
    error = float(losses[best].std(ddof=1)) / len(releases) ** 0.5
    simplest = next(name for name in losses if losses[name].mean() <= losses[best].mean() + error)
    lines += [
        "",
        f"Best by log-loss: {best} ({losses[best].mean():.3f}, standard error {error:.3f}). "
        f"Simplest within one standard error of it: {simplest}. "
        f"The comparison took {time.process_time() - begun:.0f} seconds of processor time.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Compare, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", help="only the ways whose names contain this")
    parser.add_argument("--write", action="store_true", help="put the table into models/README.md")
    parser.add_argument("--speed", action="store_true", help="what the committed model costs")
    given = parser.parse_args()
    if given.speed:
        print_speed(given.corpus)
        return
    if given.write and (given.only or given.corpus != CORPUS):
        parser.error("--write is for all ways on the project's own corpus")
    made = compared(given.corpus, [way for way in WAYS if (given.only or "") in way.name])
    print(made)
    if given.write:
        write(CARD, made, MARK)


if __name__ == "__main__":
    main()
