"""Training the classifier of announcement types from annotated releases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.classify.classifier import MODEL_NAME, inputs
from pipeline.classify.features import Classified

SEED = 20240910
CONFIGURATION: dict[str, Any] = {
    "words": {"ngram_range": [1, 1], "min_df": 2, "sublinear_tf": True, "max_features": 12000},
    "facts_weight": 2.0,
    "C": 10.0,
}


def new_model() -> Any:
    """The untrained model: TF-IDF of words beside the facts of the record, then a linear classifier."""
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline

    words = CONFIGURATION["words"]
    text = TfidfVectorizer(
        ngram_range=tuple(words["ngram_range"]),
        min_df=words["min_df"],
        sublinear_tf=words["sublinear_tf"],
        max_features=words["max_features"],
        lowercase=False,
        token_pattern=r"(?u)\b[a-zœ]{2,}\b",
    )
    columns = ColumnTransformer(
        [("text", text, 0), ("facts", DictVectorizer(), 1)],
        transformer_weights={"text": 1.0, "facts": CONFIGURATION["facts_weight"]},
    )
    linear = LogisticRegression(
        C=CONFIGURATION["C"], class_weight="balanced", max_iter=2000, random_state=SEED
    )
    return Pipeline([("columns", columns), ("linear", linear)])


def fit(drafts: Sequence[Classified], types: Sequence[str]) -> Any:
    """A model trained on releases and their types."""
    import numpy

    model = new_model()
    model.fit(numpy.array(inputs(drafts), dtype=object), list(types))
    return model


def save(model: Any, folder: Path, trained_on: dict[str, Any]) -> Path:
    """Write the model and what it was trained on into `folder`; returns the model's path."""
    from skops.io import dump

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MODEL_NAME
    dump(model, path)
    card = {"model": MODEL_NAME, "configuration": CONFIGURATION, "seed": SEED, **trained_on}
    (folder / "announcement-type.json").write_text(
        json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path
