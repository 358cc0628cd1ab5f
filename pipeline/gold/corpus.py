"""The corpus as a whole: its releases, its splits, and what a check finds wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Literal, get_args

import yaml

from pipeline.gold.counts import Tallies, award_key, lengths, recipient_key, sizes, tallies
from pipeline.gold.format import FormatError, GoldRelease, read_gold
from pipeline.gold.passages import hand_of, read_passages
from pipeline.model import Collectivity

Split = Literal["train", "dev", "test"]
_SHINGLE = 5  # words
#: Two releases that share this part of their five-word sequences are near-duplicates.
NEAR_DUPLICATE = 0.3


def read_corpus(folder: Path, split: Split | None = None) -> Iterator[GoldRelease]:
    """Annotated releases of a corpus folder in order of their names, all or those of one split.

    Raises `FileNotFoundError` when the folder holds none, `FormatError` for a file that cannot be read.
    """
    paths = sorted((folder / "releases" if (folder / "releases").is_dir() else folder).glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no annotated releases (*.txt) there; see corpus/README.md")
    wanted = set(read_splits(folder)[split]) if split else None
    for path in paths:
        if wanted is None or path.stem in wanted:
            yield read_gold(path)


def read_second(folder: Path) -> Iterator[tuple[GoldRelease, GoldRelease]]:
    """First and second reading of the releases that were annotated twice (``second/``).

    Raises `FileNotFoundError` when there are none, `FormatError` when the two are not of one text.
    """
    paths = sorted((folder / "second").glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{folder / 'second'}: no second readings (*.txt) there")
    for path in paths:
        first, second = read_gold(folder / "releases" / path.name), read_gold(path)
        if first.record.release.text != second.record.release.text:
            raise FormatError(f"{path}: its text differs from that of the first reading")
        yield first, second


def read_splits(folder: Path) -> Mapping[str, list[str]]:
    """Names of the releases of each split (``splits.yaml``).  Raises `FormatError` when there is none."""
    path = folder / "splits.yaml"
    if not path.is_file():
        raise FormatError(f"{path}: not found; it lists the releases of train, dev and test")
    splits = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: list(splits.get(name) or []) for name in get_args(Split)}


def read_calibration(folder: Path) -> set[str]:
    """Names of the training releases that no rule was written for: the scores of distinctions are calibrated on them.

    Those that ``splits.yaml`` lists under ``calibration``; all releases of a corpus without ``splits.yaml``.
    """
    path = folder / "splits.yaml"
    if not path.is_file():
        return {gold.id for gold in read_corpus(folder)}
    return set(yaml.safe_load(path.read_text(encoding="utf-8")).get("calibration") or [])


def read_calibrating_hands(folder: Path) -> set[str]:
    """Files of passages, without their ending, that no rule was written for: they calibrate scores as well."""
    path = folder / "splits.yaml"
    if not path.is_file():
        return set()
    return set(yaml.safe_load(path.read_text(encoding="utf-8")).get("calibration of passages") or [])


@dataclass(slots=True)
class CorpusReport:
    """What a check of the corpus found: faults, and how much there is of each kind."""

    faults: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    #: Releases and distinctions by heading (type, split, région …).
    tallies: Tallies = field(default_factory=dict)
    #: Words a release: least, 10 %, median, 90 %, most.
    lengths: dict[str, int] = field(default_factory=dict)
    #: What of the test split's distinctions does not occur in train: awards, recipients, both together (shares).
    unseen: dict[str, float] = field(default_factory=dict)
    #: Highest share of common five-word sequences between two releases, and the two.
    closest: tuple[float, str, str] = (0.0, "", "")


def check_corpus(folder: Path) -> CorpusReport:
    """Read every release of a corpus and hold it against the gazetteer, the catalogue and the splits."""
    report = CorpusReport()
    releases: list[GoldRelease] = []
    root = folder / "releases" if (folder / "releases").is_dir() else folder
    for path in sorted(root.glob("*.txt")):
        try:
            releases.append(read_gold(path))
        except FormatError as error:
            report.faults.append(str(error))
    passages: list[GoldRelease] = []
    try:
        passages.extend(read_passages(folder))
    except FormatError as error:
        report.faults.append(str(error))
    for gold in (*releases, *passages):
        report.faults.extend(f"{gold.id}: {fault}" for fault in _faults(gold))
    splits: Mapping[str, list[str]] = {}
    if (folder / "splits.yaml").is_file():
        splits = read_splits(folder)
        report.faults.extend(_split_faults(splits, releases))
        report.faults.extend(_shared_with_test(splits, releases, passages))
        report.faults.extend(
            f"splits.yaml: {name} is under calibration, but not in train"
            for name in sorted(read_calibration(folder) - set(splits["train"]))
        )
        report.faults.extend(
            f"splits.yaml: {name} is under calibration, but no file of passages"
            for name in sorted(read_calibrating_hands(folder) - {hand_of(gold) for gold in passages})
        )
        report.unseen = _unseen(splits, releases)
    report.counts, report.lengths = sizes(releases), lengths(releases)
    if passages:
        report.counts["passages"] = len(passages)
        report.counts["distinctions of passages"] = sum(len(gold.record.distinctions) for gold in passages)
    report.tallies = tallies(releases, splits)
    report.closest = _closest(releases)
    if report.closest[0] >= NEAR_DUPLICATE:
        report.faults.append(f"near-duplicates: {report.closest[1]} and {report.closest[2]}")
    return report


def _faults(gold: GoldRelease) -> Iterator[str]:
    from pipeline.awards import catalogue
    from pipeline.places import Gazetteer

    gazetteer, record = Gazetteer.load(), gold.record
    issuer = record.release.issuer
    named: list[tuple[str, Collectivity]] = [
        *(("place", Collectivity(kind=p.kind, code=p.code, name=p.text)) for p in record.places),
        *(("recipient", one.recipient) for one in record.distinctions),
        *(("event", event.place) for event in record.events if event.place),
    ]
    if issuer.kind:
        named.append(("issuer", Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "")))
    for what, who in named:
        if who.kind != "other" and (who.code is None or gazetteer.by_code(who.kind, who.code) is None):
            yield f"{what} {who.name!r}: no {who.kind} has the code {who.code}"
    for quantity in record.quantities:
        if quantity.holder and gazetteer.find_code(quantity.holder) is None:
            yield f"quantity {quantity.text!r}: no collectivity has the code {quantity.holder}"
    for one in record.distinctions:
        if one.award.id and one.award.id not in catalogue():
            yield f"distinction: the catalogue has no award {one.award.id!r}; use award_name"


def _split_faults(splits: Mapping[str, list[str]], releases: Sequence[GoldRelease]) -> Iterator[str]:
    names = {gold.id for gold in releases}
    seen: dict[str, str] = {}
    for split, listed in splits.items():
        for name in listed:
            if name in seen:
                yield f"splits.yaml: {name} is in {seen[name]} and in {split}"
            seen[name] = split
    for name in sorted(names - set(seen)):
        yield f"splits.yaml: {name} is in no split"
    for name in sorted(set(seen) - names):
        yield f"splits.yaml: {name} is listed but has no file"
    kinds = {gold.record.announcement.type for gold in releases}
    for split in splits:
        there = {gold.record.announcement.type for gold in releases if seen.get(gold.id) == split}
        for kind in sorted(kinds - there):
            yield f"splits.yaml: {split} has no release of type {kind}"
    taught = [gold for gold in releases if gold.id in {*splits["train"]}]
    yield from _shared_with_test(splits, releases, taught)


def _shared_with_test(
    splits: Mapping[str, list[str]], releases: Sequence[GoldRelease], taught: Sequence[GoldRelease]
) -> Iterator[str]:
    pairs = dict(_pairs([gold.id for gold in taught], taught))
    for pair, name in _pairs(splits["test"], releases):
        if pair in pairs:
            yield f"splits.yaml: {name} (test) shares a recipient with its award with {pairs[pair]} (train)"


def _pairs(names: Sequence[str], releases: Sequence[GoldRelease]) -> Iterator[tuple[tuple[str, str], str]]:
    """Award and recipient of every distinction in the releases of these names, and the release."""
    named = set(names)
    for gold in releases:
        if gold.id in named:
            for one in gold.record.distinctions:
                yield (award_key(one), recipient_key(one)), gold.id


def _unseen(splits: Mapping[str, list[str]], releases: Sequence[GoldRelease]) -> dict[str, float]:
    """Shares of the test split's distinctions whose award, recipient, or pair of both does not occur in train."""
    train, test = ([pair for pair, _ in _pairs(splits[split], releases)] for split in ("train", "test"))
    if not test:
        return {}
    awards, recipients, pairs = (
        {award for award, _ in train},
        {recipient for _, recipient in train},
        set(train),
    )
    return {
        "awards": sum(award not in awards for award, _ in test) / len(test),
        "recipients": sum(recipient not in recipients for _, recipient in test) / len(test),
        "pairs of both": sum(pair not in pairs for pair in test) / len(test),
    }


def _closest(releases: Sequence[GoldRelease]) -> tuple[float, str, str]:
    holders: dict[tuple[str, ...], list[int]] = {}
    totals = []
    for number, gold in enumerate(releases):
        words = gold.record.release.text.lower().split()
        shingles = {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
        totals.append(len(shingles))
        for shingle in shingles:
            holders.setdefault(shingle, []).append(number)
    shared = Counter(
        pair for numbers in holders.values() if len(numbers) > 1 for pair in combinations(numbers, 2)
    )
    return max(
        (
            (count / min(totals[one], totals[other]), releases[one].id, releases[other].id)
            for (one, other), count in shared.items()
        ),
        default=(0.0, "", ""),
    )
