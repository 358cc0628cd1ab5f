"""Where the trained models lie, and how those that are archives are written."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def models_folder() -> Path:
    """Where the models lie: ``$BEFFROI_MODELS``, beside the package, or where the installation put them."""
    beside = Path(__file__).resolve().parents[1] / "models"
    installed = Path(sys.prefix) / "share" / "beffroi" / "models"
    chosen = os.environ.get("BEFFROI_MODELS")
    if chosen:
        return Path(chosen)
    return beside if beside.is_dir() else installed


def write_zip(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a compressed ZIP of these parts, in this order and without dates: the same parts give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
