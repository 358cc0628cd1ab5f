"""The data of the award finder, read once a process."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def forms() -> dict[str, Any]:
    """Heads of award names, words that take them back, nouns of levels (``data/forms.yaml``)."""
    source = (resources.files(__package__) / "data" / "forms.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return data
