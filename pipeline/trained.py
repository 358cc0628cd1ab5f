"""Where the trained models lie, and how those that are archives are written."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

_Model = TypeVar("_Model", bound=msgspec.Struct)

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def models_folder() -> Path:
    """Where the models lie: ``$BEFFROI_MODELS``, beside the package, or where the installation put them."""
    beside = Path(__file__).resolve().parents[1] / "models"
    installed = Path(sys.prefix) / "share" / "beffroi" / "models"
    chosen = os.environ.get("BEFFROI_MODELS")
    if chosen:
        return Path(chosen)
    return beside if beside.is_dir() else installed


def read_model(path: Path | None, name: str, kind: type[_Model]) -> _Model:
    """The model in the JSON file at `path`; without one, the committed model of this name.

    Raises `FileNotFoundError` when there is none, `msgspec.ValidationError` when the file is no such model.
    """
    path = path or models_folder() / name
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no model; run 'beffroi train' to make it")
    return msgspec.json.decode(path.read_bytes(), type=kind)


def write_model(model: msgspec.Struct, folder: Path, name: str) -> Path:
    """Write a model as JSON into `folder`, a feature a line; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=0) + b"\n")
    return path


def write_zip(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a compressed ZIP of these parts, in this order and without dates: the same parts give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
