"""A logistic regression of yes or no as plain numbers: kept in JSON files, run without any library."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

_DIGITS = 4  # of a weight; more change no decision


class Scorer(msgspec.Struct, frozen=True):
    """What a feature adds to the log odds of yes."""

    intercept: float = -math.inf
    weights: dict[str, float] = {}

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability of yes."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return probability(score)

    def sum(self, present: Iterable[str]) -> float:
        """What features that are simply there add to the log odds, the intercept left out."""
        weights = self.weights
        return sum([weights[name] for name in present if name in weights])


def probability(log_odds: float) -> float:
    """The probability of these log odds."""
    return 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, log_odds))))


def fitted(
    labelled: Sequence[tuple[Mapping[str, float], bool]], configuration: Mapping[str, Any], least: int = 1
) -> Scorer:
    """A regression learned from examples; one that always says no when there is nothing to learn from.

    `configuration` goes to scikit-learn's `LogisticRegression`; features of fewer than `least` examples are left out.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    if len({meant for _, meant in labelled}) < 2:
        return Scorer()
    counts = Counter(name for features, _ in labelled for name in features)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(
        [{name: features[name] for name in features if counts[name] >= least} for features, _ in labelled]
    )
    # its solvers know indices of 32 bits only
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    model = LogisticRegression(**configuration).fit(table, [meant for _, meant in labelled])
    names = vectorizer.get_feature_names_out()
    weights = {
        str(name): round(float(weight), _DIGITS) for name, weight in zip(names, model.coef_[0], strict=True)
    }
    return Scorer(
        intercept=round(float(model.intercept_[0]), _DIGITS),
        weights={name: weight for name, weight in weights.items() if weight},
    )
