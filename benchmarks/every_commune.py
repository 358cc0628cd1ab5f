"""Whether every commune of the gazetteer is found and linked when it is written plainly.

    python benchmarks/every_commune.py [--every 1]

Each commune is written in three ways: "La ville de X (département)", the same in capitals without accents, and
"Le maire de X (number)" with its article contracted.  Prints the share that fails in each way, and each failure
with what was found instead.

Those that fail (November 2026): Bors twice, Castillon twice and Château-Chinon (Campagne), which bear a canton in brackets
as part of their official names, Vergné, whose name but for its accent is that of the larger La Vergne beside it, and the
Bernwiller that has become part of Bernwiller, whose name now means the commune nouvelle.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.places import Gazetteer, find, resolve
from pipeline.text import View, fold

WAYS = ("plain", "capitals", "contracted")


@dataclass(frozen=True, slots=True)
class Failure:
    """A commune that was not found: how it was written, and what was found instead."""

    way: str
    code: str
    text: str
    found: tuple[tuple[str, str | None], ...]


def failures(gazetteer: Gazetteer, every: int = 1) -> Iterator[Failure]:
    """What fails among one commune in `every`, in the order of the gazetteer."""
    for code, name, departement, number in _communes(gazetteer, every):
        for way, text in zip(WAYS, written(name, departement, number), strict=True):
            view = View(text)
            places = resolve(view, find(view, gazetteer), gazetteer=gazetteer).places
            if all(place.code != code for place in places):
                yield Failure(way, code, text, tuple((place.text, place.code) for place in places))


def _communes(gazetteer: Gazetteer, every: int) -> Iterator[tuple[str, str, str, str]]:
    communes = [e for e in map(gazetteer.entry, range(len(gazetteer))) if e.kind == "commune"]
    for commune in communes[::every]:
        number = commune.departement or ""
        departement = gazetteer.by_code("departement", number)
        yield commune.code, commune.name, departement.name if departement else number, number


def written(name: str, departement: str, number: str) -> tuple[str, str, str]:
    """A commune's name in the three ways of `WAYS`.

    >>> written("Les Abymes", "Guadeloupe", "971")[2]
    'Le maire des Abymes (971) agit.'
    """
    link = "d'" if fold(name)[0] in "aeiouhy" else "de "
    plain = f"La ville {link}{name} ({departement}) agit."
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    article, _, rest = name.partition(" ")
    contracted = {"Le": f"du {rest}", "Les": f"des {rest}", "La": f"de la {rest}"}.get(article, link + name)
    return plain, bare.upper().replace("Œ", "OE"), f"Le maire {contracted} ({number}) agit."


def main() -> None:
    """Print the share of communes that fail, and which."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="take one commune in so many")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    count = sum(1 for _ in _communes(gazetteer, options.every))
    failed = list(failures(gazetteer, options.every))
    for way in WAYS:
        misses = sum(failure.way == way for failure in failed)
        print(f"{way:12} {misses} of {count} communes fail ({misses / count:.3%})")
    for failure in failed:
        print(f"  {failure.way:12} {failure.code} {failure.text}  found: {failure.found}")


if __name__ == "__main__":
    main()
