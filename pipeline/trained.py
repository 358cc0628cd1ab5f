"""Where the trained models lie, and how a stranger's file is kept from running code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

# functions and dtypes that our pipelines refer to; everything else in a file is refused
_OURS = frozenset({"numpy.dtype", "scipy.sparse._csr.csr_matrix"})


def models_folder() -> Path:
    """Where the models lie: ``$BEFFROI_MODELS``, beside the package, or where the installation put them."""
    beside = Path(__file__).resolve().parents[1] / "models"
    installed = Path(sys.prefix) / "share" / "beffroi" / "models"
    chosen = os.environ.get("BEFFROI_MODELS")
    if chosen:
        return Path(chosen)
    return beside if beside.is_dir() else installed


def load_model(path: Path) -> Any:
    """The scikit-learn model of a skops file.

    Raises `FileNotFoundError` when there is none, `TypeError` when the file holds untrusted types.
    """
    from skops.io import get_untrusted_types, load

    if not path.is_file():
        raise FileNotFoundError(f"{path}: no model; run 'beffroi train' to make it")
    strangers = set(get_untrusted_types(file=path)) - _OURS
    if strangers:
        raise TypeError(f"{path}: holds types that are not trusted: {', '.join(sorted(strangers))}")
    return load(path, trusted=sorted(_OURS))
