"""Training what tells a collectivity's own figures from those of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.quantities.ownership import MODEL_NAME, Features
from pipeline.regression import Scorer, fitted
from pipeline.trained import write_model

CONFIGURATION: dict[str, Any] = {"C": 0.5, "max_iter": 5000}


def fit(rows: Sequence[Features], owned: Sequence[bool]) -> Scorer:
    """A logistic regression of whether a figure is a collectivity's own, as plain numbers."""
    return fitted(list(zip(rows, owned, strict=True)), CONFIGURATION)


def save(model: Scorer, folder: Path) -> Path:
    """Write the model into `folder`; returns its path."""
    return write_model(model, folder, MODEL_NAME)
