"""What an installed wheel holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_model_is_installed() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = told["tool"]["setuptools"]["data-files"]["share/beffroi/models"]
    made = [f"models/{path.name}" for path in (ROOT / "models").iterdir() if path.suffix != ".md"]
    assert sorted(packaged) == sorted(made)
