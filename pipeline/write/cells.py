"""Cells of tables in text: days in ISO form, nothing that a spreadsheet would run."""

from __future__ import annotations

from datetime import date
from typing import Any

# A cell that begins with one of these would be run as a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> Any:
    """A cell as text formats hold it: days in ISO form."""
    return value.isoformat() if isinstance(value, date) else value


def spreadsheet_cell(value: Any) -> Any:
    """A cell of a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    value = plain(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
