"""Passages of the documents that a command writes, each between two marks that name the command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
END = "<!-- /figures -->"


def begin(name: str, command: str) -> str:
    """The mark before a passage.

    >>> begin("counts", "beffroi corpus check")
    '<!-- figures counts: beffroi corpus check -->'
    """
    return f"<!-- figures {name}: {command} -->" if name else f"<!-- figures: {command} -->"


def shown(document: str, name: str = "") -> str:
    """The passage of this name that a document shows.  Raises `ValueError` when its marks are missing."""
    return _find(document, name)[2]


def put(document: str, passage: str, name: str = "") -> str:
    """The document with another passage of this name.  Raises `ValueError` when its marks are missing."""
    found = _find(document, name)
    return document[: found.start(2)] + passage + document[found.end(2) :]


def write(path: Path, passage: str, name: str = "") -> None:
    """Put a passage into a file.  Raises `ValueError` when the file has no marks for it."""
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(put(before, passage, name), encoding="utf-8")
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def print_or_write(description: str | None, make: Callable[[], str], path: Path, name: str) -> None:
    """The command of a benchmark: print the passage that it makes and, with ``--write``, put it into a file."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"put it into {path.relative_to(ROOT)}")
    options = parser.parse_args()
    made = make()
    print(made)
    if options.write:
        write(path, made, name)


def _find(document: str, name: str) -> re.Match[str]:
    label = f"figures {name}" if name else "figures"
    # never over the end of an empty passage to that of the next
    found = re.search(
        rf"<!-- ({re.escape(label)}: [^\n]*?) -->\n\n((?:(?!{re.escape(END)}).)*?)\n\n{re.escape(END)}",
        document,
        re.S,
    )
    if found is None:
        raise ValueError(
            f"the marks '<!-- {label}: … -->' and '{END}' are not there, or no blank lines in them"
        )
    return found
