"""Training the model that tells a collectivity's own figures from those of others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.quantities.ownership import MODEL_NAME, Features
from pipeline.trained import dump_model

SEED = 20240910
CONFIGURATION: dict[str, Any] = {"C": 0.5}


def fit(rows: Sequence[Features], owned: Sequence[bool]) -> Any:
    """A model trained on the features of figures and whether each is a collectivity's own."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    linear = LogisticRegression(C=CONFIGURATION["C"], max_iter=5000, random_state=SEED)
    return make_pipeline(DictVectorizer(), linear).fit(list(rows), list(owned))


def save(model: Any, folder: Path, trained_on: dict[str, Any]) -> Path:
    """Write the model and what it was trained on into `folder`; returns the model's path."""
    path = folder / MODEL_NAME
    dump_model(model, path)
    card = {"model": MODEL_NAME, "configuration": CONFIGURATION, "seed": SEED, **trained_on}
    path.with_suffix(".json").write_text(
        json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path
