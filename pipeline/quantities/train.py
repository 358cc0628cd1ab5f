"""Training what tells a collectivity's own figures from those of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.quantities.ownership import MODEL_NAME, Features, Ownership

CONFIGURATION: dict[str, Any] = {"C": 0.5, "max_iter": 5000}
_DIGITS = 4  # of a weight; more change no decision


def fit(rows: Sequence[Features], owned: Sequence[bool]) -> Ownership:
    """A logistic regression of whether a figure is a collectivity's own, as plain numbers."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectoriser = DictVectorizer()
    linear = LogisticRegression(**CONFIGURATION).fit(vectoriser.fit_transform(rows), list(owned))
    names = vectoriser.get_feature_names_out()
    weights = {
        str(name): round(float(weight), _DIGITS) for name, weight in zip(names, linear.coef_[0], strict=True)
    }
    return Ownership(
        intercept=round(float(linear.intercept_[0]), _DIGITS),
        weights={name: weight for name, weight in weights.items() if weight},
    )


def save(model: Ownership, folder: Path) -> Path:
    """Write the model into `folder`, a feature a line; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_NAME
    path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=0) + b"\n")
    return path
