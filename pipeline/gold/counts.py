"""How much there is of what in a corpus: the tallies that ``beffroi corpus check`` prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from statistics import median, quantiles
from typing import TYPE_CHECKING

import yaml

from pipeline.gold.format import GoldRelease
from pipeline.model import Distinction, Record
from pipeline.text import View, fold

if TYPE_CHECKING:
    from pipeline.places import Gazetteer

Tallies = dict[str, dict[str, int]]
#: Upper bounds of the inhabitants of villages and towns; what is larger is a city.
_SIZES = ((2_000, "village (under 2,000)"), (20_000, "town (under 20,000)"))


def tallies(releases: Sequence[GoldRelease], splits: Mapping[str, Sequence[str]]) -> Tallies:
    """Releases and facts by heading; the headings in the order in which a reader wants them."""
    at = {name: split for split, names in splits.items() for name in names}
    result: dict[str, Counter[str]] = {}
    for gold in releases:
        for heading, name in _labels(gold, at.get(gold.id)):
            result.setdefault(heading, Counter())[name] += 1
    return {heading: _ordered(heading, found) for heading, found in result.items()}


def _labels(gold: GoldRelease, split: str | None) -> Iterator[tuple[str, str]]:
    from pipeline.places import Gazetteer

    record = gold.record
    kind = str(record.announcement.type)
    yield "releases by type", kind
    if split:
        yield "releases by split", split
        yield f"{split} by type", kind
    issuer = record.release.issuer
    entry = Gazetteer.load().by_code(issuer.kind, issuer.code) if issuer.kind and issuer.code else None
    region = entry and (entry.code if entry.kind == "region" else entry.region)
    named = Gazetteer.load().by_code("region", region) if region else None
    yield "releases by région", named.name if named else "none"
    yield "releases by kind of issuer", _kind(issuer.kind, entry.population if entry else 0)
    yield (
        "releases by year",
        str(record.release.published.date.year) if record.release.published.date else "none",
    )
    for one in record.distinctions:
        yield "distinctions by status", one.status
        yield "distinctions by award", "known to the catalogue" if one.award.id else "unknown to it"


def _kind(kind: str | None, population: int) -> str:
    if kind != "commune":
        return kind or "none"
    return next((name for bound, name in _SIZES if population < bound), "city (20,000 and more)")


def _ordered(heading: str, found: Counter[str]) -> dict[str, int]:
    if heading in ("releases by year", "releases by split"):
        return dict(sorted(found.items()))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def sizes(releases: Sequence[GoldRelease]) -> dict[str, int]:
    """What the corpus holds in all."""
    told = [one for gold in releases for one in gold.record.distinctions]
    records = [gold.record for gold in releases]
    return {
        "releases": len(records),
        "words": sum(map(words_in, releases)),
        "places": sum(len(one.places) for one in records),
        **_hard_names(records),
        "dates": sum(len(one.dates) for one in records),
        "quantities": sum(len(one.quantities) for one in records),
        "distinctions": len(told),
        "events": sum(len(one.events) for one in records),
        "different awards": len({award_key(one) for one in told}),
        "different recipients": len({recipient_key(one) for one in told}),
        "releases with distinctions": sum(bool(one.distinctions) for one in records),
        "releases with several recipients": sum(
            len({recipient_key(one) for one in record.distinctions}) > 1 for record in records
        ),
        "releases with award words but no distinction": sum(
            not gold.record.distinctions and bool(award_words().search(fold(gold.record.release.text)))
            for gold in releases
        ),
    }


def _hard_names(records: Sequence[Record]) -> dict[str, int]:
    """How many places bear a name that several communes share, and how many names of collectivities are no places."""
    from pipeline.places import Gazetteer, names
    from pipeline.places.gazetteer import key

    gazetteer = Gazetteer.load()
    shared = traps = words = 0
    for record in records:
        view = View(record.release.text)
        shared += sum(_is_shared(gazetteer, key(place.text)) for place in record.places)
        for first, last, name in names(view, gazetteer):
            start, end = view.to_source(first, last)
            if gazetteer.rows(name) and not any(
                place.start < end and start < place.end for place in record.places
            ):
                traps += 1
                words += key(record.release.text[start:end]) in gazetteer.ordinary
    return {
        "places whose name several communes bear": shared,
        "names of collectivities that are none here": traps,
        "those of them that are ordinary words": words,
    }


def _is_shared(gazetteer: Gazetteer, name: str) -> bool:
    entries = map(gazetteer.entry, gazetteer.rows(name))
    # a commune nouvelle and its chef-lieu share their code
    return len({entry.code for entry in entries if entry.kind == "commune"}) > 1


def lengths(releases: Sequence[GoldRelease]) -> dict[str, int]:
    """Words a release: the least, the tenth percentile, the median, the ninetieth, the most; empty for none."""
    counted = sorted(map(words_in, releases))
    if len(counted) < 2:
        return {"median": counted[0]} if counted else {}
    tenths = quantiles(counted, n=10, method="inclusive")
    return {
        "least": counted[0],
        "10 %": round(tenths[0]),
        "median": round(median(counted)),
        "90 %": round(tenths[-1]),
        "most": counted[-1],
    }


def uneven(told: Tallies) -> tuple[float, str, str]:
    """How far the types of a split stray most from those of the whole: the difference of shares, split and type.

    >>> uneven({"releases by type": {"event": 2, "works": 2}, "dev by type": {"event": 2}})
    (0.5, 'dev', 'event')
    """
    whole = told.get("releases by type", {})
    total = sum(whole.values())
    strayed = [
        (abs(told[heading].get(kind, 0) / sum(told[heading].values()) - count / total), heading[:-8], kind)
        for heading in told
        if heading.endswith(" by type") and heading != "releases by type"
        for kind, count in whole.items()
    ]
    return max(strayed, key=lambda one: one[0], default=(0.0, "", ""))


def words_in(gold: GoldRelease) -> int:
    """The words of a release, as white space parts them."""
    return len(gold.record.release.text.split())


@cache
def award_words() -> re.Pattern[str]:
    """Words after which a reader looks for a distinction (over folded text)."""
    source = (resources.files(__package__) / "data" / "award_words.yaml").read_text(encoding="utf-8")
    return re.compile(rf"(?<!\w)(?:{'|'.join(yaml.safe_load(source)['words'])})(?!\w)")


def award_key(one: Distinction) -> str:
    """What tells an award from others: its id, or the words of its name."""
    from pipeline.awards.catalogue import words

    return one.award.id or " ".join(words(one.award.name))


def recipient_key(one: Distinction) -> str:
    """What tells a recipient from others: its code, or its name."""
    return one.recipient.code or one.recipient.name
