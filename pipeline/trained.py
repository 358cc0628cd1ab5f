"""Where the trained models lie, and how a stranger's file is kept from running code."""

from __future__ import annotations

import io
import os
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# functions and dtypes that our pipelines refer to; everything else in a file is refused
_OURS = frozenset({"numpy.dtype", "scipy.sparse._csr.csr_matrix"})
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the least that a ZIP can say


def models_folder() -> Path:
    """Where the models lie: ``$BEFFROI_MODELS``, beside the package, or where the installation put them."""
    beside = Path(__file__).resolve().parents[1] / "models"
    installed = Path(sys.prefix) / "share" / "beffroi" / "models"
    chosen = os.environ.get("BEFFROI_MODELS")
    if chosen:
        return Path(chosen)
    return beside if beside.is_dir() else installed


def dump_model(model: Any, path: Path) -> None:
    """Write a scikit-learn model with skops so that the same model gives the same bytes.

    skops names parts by where they lay in memory, and dates them; here they are numbered in order, without a date.
    """
    from skops.io import dumps

    with zipfile.ZipFile(io.BytesIO(dumps(model))) as written:
        schema = written.read("schema.json").decode()
        numbers: dict[str, str] = {}
        for found in re.findall(r'"__id__": (\d+)|"file": "(\d+)\.', schema):
            numbers.setdefault(found[0] or found[1], str(len(numbers)))
        schema = re.sub(r'("__id__": |"file": ")(\d+)', lambda match: match[1] + numbers[match[2]], schema)
        parts = {"schema.json": schema.encode()}
        for name in written.namelist():
            stem, dot, ending = name.partition(".")
            if stem in numbers:
                parts[numbers[stem] + dot + ending] = written.read(name)
    write_zip(path, dict(sorted(parts.items())))


def write_zip(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a compressed ZIP of these parts, in this order and without dates: the same parts give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)


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
