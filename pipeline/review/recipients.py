"""Recipients as staff write and read them: "Fos-sur-Mer (13039)", "Gard (departement:30)", "Rugby Club"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.database import DecisionError
from pipeline.model import Collectivity
from pipeline.places import Gazetteer
from pipeline.places.gazetteer import Entry, key

_CODE = re.compile(r"\s*\(((?:departement:|region:)?[0-9AB]{1,9})\)\s*$")
_SHOWN = 12


def written(fact: Mapping[str, Any]) -> str:
    """A recipient as the field shows it; `read` gives it back."""
    kind, code, name = fact["recipient_kind"], fact["recipient_code"], fact["recipient_name"]
    return _with_code(kind, code, name) if code else str(name or "")


def _with_code(kind: str, code: str, name: str) -> str:
    return f"{name} ({kind}:{code})" if kind in ("departement", "region") else f"{name} ({code})"


def read(text: str) -> Collectivity:
    """The recipient that somebody wrote.  Raises `DecisionError`, in French, when it can't be known which."""
    gazetteer = Gazetteer.load()
    if match := _CODE.search(text):
        entry = gazetteer.find_code(match[1])
        if entry is None:
            raise DecisionError(
                f"Code inconnu : {match[1]}. Choisissez dans la liste, ou écrivez le nom seul."
            )
        return entry.collectivity
    name = " ".join(text.split())
    entries = [gazetteer.entry(row) for row in gazetteer.rows(key(name))] if name else []
    entries = [
        entry for entry in entries if entry.type in (None, "commune-actuelle") or entry.kind != "commune"
    ]
    if len(entries) > 1:
        options = " ; ".join(_option(entry) for entry in entries[:5])
        raise DecisionError(f"Plusieurs collectivités portent ce nom, choisissez : {options}")
    return entries[0].collectivity if entries else Collectivity(kind="other", name=name)


def complete(words: str) -> list[str]:
    """Collectivities whose names begin so, the most populous first, as `read` takes them."""
    wanted = key(words)
    matching = (row for name, row in _names() if name.startswith(wanted))
    gazetteer = Gazetteer.load()
    entries = sorted((gazetteer.entry(row) for row in matching), key=lambda entry: -entry.population)
    return [_option(entry) for entry in entries[:_SHOWN]]


def _option(entry: Entry) -> str:
    return _with_code(entry.kind, entry.code, entry.name)


@cache
def _names() -> list[tuple[str, int]]:
    gazetteer = Gazetteer.load()
    named = []
    for row in range(len(gazetteer)):
        entry = gazetteer.entry(row)
        if entry.kind != "commune" or entry.type == "commune-actuelle":
            folded = key(entry.name)
            named.append((folded, row))
            for article in ("le ", "la ", "les ", "l "):
                if folded.startswith(article):
                    named.append((folded.removeprefix(article), row))
    return named
