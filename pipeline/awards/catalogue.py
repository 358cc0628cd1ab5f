"""The catalogue of awards: loading, validation, search and proposals for new entries.

The facts stand in ``data/catalogue.yaml``, which is the one place to add an award.

>>> [award.id for award in search("fleur d'or")][:1]
['fleur-d-or']
>>> check()
[]
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
import yaml

from pipeline.model import Record
from pipeline.text import fold

AwardKind = Literal["label", "prize", "title", "competition", "ranking", "programme"]
_WORD = re.compile(r"[a-z0-9@+œ]+")
_KNOWN = {
    "id", "name", "organiser", "organiser_aliases", "kind", "aliases", "levels", "categories", "recipients",
    "cadence", "first_year", "confirm", "category_of", "contest", "source",
}  # fmt: skip


#: Names the local catalogue, which an observatory adds to that of the package.
LOCAL = "BEFFROI_AWARDS"


class CatalogueError(ValueError):
    """The catalogue is wrong; the message names the entry, the field and what to do."""


@dataclass(frozen=True, slots=True)
class Award:
    """One entry of the catalogue; `levels` run from lowest to highest."""

    id: str
    name: str
    organiser: str | None
    kind: AwardKind
    aliases: tuple[str, ...]
    organiser_aliases: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    cadence: str | None = None
    first_year: int | None = None
    #: Patterns over folded text, one of which must stand near an alias that is an everyday word.
    confirm: re.Pattern[str] | None = None
    #: The award of which this one is a category, when a text names both.
    category_of: str | None = None
    #: The contest of the same name, which gives prizes where this label gives its levels.
    contest: str | None = None
    source: str = ""


def words(text: str) -> tuple[str, ...]:
    """Words of a name as aliases are compared: folded, plural ends dropped, "&" read as "et".

    >>> words("Villes & Villages Étoilés")
    ('ville', 'et', 'village', 'etoile')
    """
    return tuple(stem(word) for word in _WORD.findall(fold(text).replace("&", " et ")))


def stem(word: str) -> str:
    """A folded word without the mark of the plural."""
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) and word != "prix" else word


@cache
def catalogue() -> Mapping[str, Award]:
    """All awards by id: those of the package, then those of the local catalogue that ``$BEFFROI_AWARDS`` names.

    Raises `CatalogueError` when an entry is wrong or the local catalogue cannot be read.
    """
    local = os.environ.get(LOCAL)
    return _together(_entries(_source(), "catalogue.yaml"), _local(Path(local)) if local else [])


@cache
def named_in_catalogue() -> frozenset[tuple[str, ...]]:
    """The names and aliases of all awards and organisers, each as its `words`."""
    return frozenset(
        words(name)
        for award in catalogue().values()
        for name in (award.name, *award.aliases, award.organiser or award.name, *award.organiser_aliases)
    )


def _together(own: list[Award], local: list[Award]) -> Mapping[str, Award]:
    awards = [*own, *local]
    if faults := _faults(awards):
        raise CatalogueError("; ".join(faults))
    return {award.id: award for award in awards}


def _local(path: Path) -> list[Award]:
    try:
        return _entries(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise CatalogueError(f"{path}: the local catalogue cannot be read ({error.strerror})") from error


def _entries(source: str, where: str) -> list[Award]:
    try:
        entries = yaml.load(source, Loader=yaml.CSafeLoader) or []
    except yaml.YAMLError as error:
        raise CatalogueError(f"{where}: no YAML: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(f"{where}: a list of entries is expected (id, name, kind, aliases, source)")
    return [_award(entry, number, where) for number, entry in enumerate(entries, start=1)]


def add(entries: Path, to: Path) -> tuple[int, int]:
    """Add the entries of one YAML file to a local catalogue; how many were added, how many it holds now.

    Nothing is written when an entry is wrong or belongs to another already: raises `CatalogueError`, which
    names it, or `OSError`.
    """
    held = to.read_text(encoding="utf-8") if to.is_file() else ""
    new = entries.read_text(encoding="utf-8")
    before = _entries(held, str(to))
    added = _entries(new, str(entries))
    _together(_entries(_source(), "catalogue.yaml"), [*before, *added])
    to.write_text(f"{held.rstrip()}\n{new}".lstrip(), encoding="utf-8")
    return len(added), len(before) + len(added)


def check() -> list[str]:
    """What is wrong with the catalogue, one line a fault; empty when it is in order."""
    try:
        catalogue()
    except CatalogueError as error:
        return str(error).split("; ")
    return []


def search(query: str) -> list[Award]:
    """Awards whose names or aliases hold all the words of `query`, best match first."""
    wanted = set(words(query))
    if not wanted:
        return list(catalogue().values())
    scored = []
    for award in catalogue().values():
        best = 0.0
        for name in (award.name, *award.aliases, award.id.replace("-", " ")):
            held = set(words(name))
            if wanted <= held:
                best = max(best, len(wanted) / len(held))
        if best:
            scored.append((-best, award.name, award))
    return [award for _, _, award in sorted(scored, key=lambda item: item[:2])]


def unknown_in(records: Path) -> dict[str, int]:
    """How often each award outside the catalogue stands in the distinctions of a run's ``records.jsonl``.

    Raises `OSError` when it cannot be read, `ValueError` when a line is no record.
    """
    counts: Counter[str] = Counter()
    with records.open("rb") as lines:
        for line in lines:
            record = msgspec.json.decode(line, type=Record)
            counts.update(one.award.name for one in record.distinctions if one.award.id is None)
    return dict(counts)


def propose(unknown: Mapping[str, int]) -> str:
    """YAML proposals for catalogue entries: the unknown awards of a run, most frequent first."""
    entries = [
        {
            "id": "-".join(_WORD.findall(fold(name)))[:60],
            "name": name,
            "organiser": None,
            "kind": "label" if fold(name).startswith("label") else "prize",
            "aliases": [name],
            "recipients": ["commune"],
            "cadence": None,
            "first_year": None,
            "source": f"{count} mention(s) in a run; to be checked",
        }
        for name, count in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    ]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False)


def _source() -> str:
    return (resources.files(__package__) / "data" / "catalogue.yaml").read_text(encoding="utf-8")


def _award(entry: dict[str, Any], number: int, source: str = "catalogue.yaml") -> Award:
    where = f"{source}, entry {number} ({entry.get('id', 'without id')})"
    if unknown := set(entry) - _KNOWN:
        raise CatalogueError(f"{where}: unknown field {', '.join(sorted(unknown))}")
    for needed in ("id", "name", "kind", "aliases", "source"):
        if not entry.get(needed):
            raise CatalogueError(f"{where}: '{needed}' is missing")
    if entry["kind"] not in get_args(AwardKind):
        raise CatalogueError(f"{where}: kind {entry['kind']!r} is none of {', '.join(get_args(AwardKind))}")
    try:
        confirm = re.compile("|".join(entry["confirm"])) if entry.get("confirm") else None
    except re.error as error:
        raise CatalogueError(f"{where}: 'confirm' is no pattern: {error}") from error
    lists = {
        field: tuple(entry.get(field) or ())
        for field in ("aliases", "organiser_aliases", "levels", "categories", "recipients")
    }
    return Award(
        id=entry["id"],
        name=entry["name"],
        organiser=entry.get("organiser"),
        kind=entry["kind"],
        cadence=entry.get("cadence"),
        first_year=entry.get("first_year"),
        confirm=confirm,
        category_of=entry.get("category_of"),
        contest=entry.get("contest"),
        source=entry["source"],
        **lists,
    )


def _faults(awards: list[Award]) -> list[str]:
    faults: list[str] = []
    ids: set[str] = set()
    owners: dict[tuple[str, ...], str] = {}
    known = {award.id for award in awards}
    for award in awards:
        for field, other in (("category_of", award.category_of), ("contest", award.contest)):
            if other is not None and other not in known:
                faults.append(f"{award.id}: {field} names {other}, which is no award")
        if award.id in ids:
            faults.append(f"{award.id}: the id is used twice")
        ids.add(award.id)
        for alias in award.aliases:
            owner = owners.setdefault(words(alias), award.id)
            if owner != award.id:
                faults.append(f"{award.id}: the alias {alias!r} belongs to {owner} too")
        counts = [int(level.split()[0]) for level in award.levels if level.split()[0].isdigit()]
        if counts != sorted(counts):
            faults.append(f"{award.id}: levels must run from lowest to highest")
    return faults
