"""Training: annotated releases through the stages, then into the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import msgspec
import yaml

from pipeline.awards import learn as naming
from pipeline.classify import MODEL_NAME as TYPES
from pipeline.classify import seen_of
from pipeline.classify.train import Example, save, strongest, train
from pipeline.evaluate.scores import match_distinctions, match_spans
from pipeline.gold import FormatError, GoldRelease, read_corpus, read_splits
from pipeline.gold.corpus import Split, read_calibrating_hands, read_calibration
from pipeline.gold.passages import hand_of, is_passage, read_passages
from pipeline.job import Draft, facts_for, find, link, questions, relate
from pipeline.language import Reader
from pipeline.model import AnnouncementType, Issuer, Published, Release
from pipeline.quantities import train as ownership
from pipeline.quantities.ownership import MODEL_NAME as HOLDERS
from pipeline.quantities.ownership import Features, features_of
from pipeline.relate import decider, learn
from pipeline.relate.distinctions import settled
from pipeline.text import digest

#: Parts that texts are dealt out to, each read by a finder of names that the others taught.
NAME_FOLDS = 4


class TooLittleError(ValueError):
    """A corpus too small or too uniform for a model; `models` are the files that were not made."""

    def __init__(self, message: str, *models: str) -> None:
        super().__init__(message)
        self.models = models


def train_names(corpus: Path, models: Path) -> tuple[Path, int]:
    """Train the finder of award names on the training split and the passages; its path and how many spans it saw.

    Releases that calibrate the scores are left out, so that these stay what somebody else's texts give; a corpus
    without ``splits.yaml`` has no others, and teaches with all.  Raises `FormatError` or `FileNotFoundError` for a
    corpus that cannot be read, `TooLittleError` for one that names no award.
    """
    texts = (*training_releases(corpus), *read_passages(corpus))
    apart = _no_name_teachers(corpus)
    taught = [example for gold in texts for example in _named_spans(gold, apart)]
    if not any(named for _, named in taught):
        raise TooLittleError("the releases name no awards to learn from", naming.MODEL_NAME)
    return naming.save(naming.fit(taught), models), len(taught)


def _no_name_teachers(corpus: Path) -> set[str]:
    """Releases that teach no names: those that calibrate, in a corpus that has others."""
    return read_calibration(corpus) if (corpus / "splits.yaml").is_file() else set()


def _named_spans(gold: GoldRelease, apart: set[str]) -> list[naming.Example]:
    """What one text teaches of names, nothing if it is set apart."""
    if gold.id in apart:
        return []
    return [*naming.examples(gold.record.release.text, gold.record.distinctions)]


def train_slots(corpus: Path, models: Path) -> tuple[Path, int]:
    """Train the decider of distinctions on the training split and the passages; its path and how many slots it saw.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read, `TooLittleError` for one in which
    nobody got anything.
    """
    texts = [*training_releases(corpus), *read_passages(corpus)]
    apart = _no_name_teachers(corpus)
    drafts = read_by_others(texts, [_named_spans(gold, apart) for gold in texts], Reader())
    taught = [learn.examples(gold, one.view, facts_for(one)) for gold, one in zip(texts, drafts, strict=True)]
    together = learn.joined(taught)
    labels = together.labels()
    if len(labels) < 2:
        raise TooLittleError("the releases have no distinctions to learn from", decider.MODEL_NAME)
    judged = [one for part in judgements(corpus, texts, drafts, taught).values() for one in part]
    return learn.save(learn.calibrate(learn.fit(together), judged), models), labels.total()


def read_by_others(
    texts: Sequence[GoldRelease], spans: Sequence[Sequence[naming.Example]], reader: Reader
) -> list[Draft]:
    """Annotated texts as the stages see them, their unknown awards found by finders that they have not taught.

    `spans` are what each text teaches of names.  A decider that is taught with better names than it will meet believes
    names too much.  Files of passages, and releases one by one, are dealt out to `NAME_FOLDS` parts.
    """
    parts = _dealt_out(texts)
    drafts: dict[str, Draft] = {}
    for part in sorted(set(parts)):
        others = [one for number, found in zip(parts, spans, strict=True) if number != part for one in found]
        mine = [gold for number, gold in zip(parts, texts, strict=True) if number == part]
        read = analysed(mine, reader, naming.NameFinder(naming.fit(others)), related=False)
        drafts.update(zip((gold.id for gold in mine), read, strict=True))
    return [drafts[gold.id] for gold in texts]


def _dealt_out(texts: Sequence[GoldRelease]) -> list[int]:
    """The part of each text."""
    groups = [hand_of(gold) if is_passage(gold) else gold.id for gold in texts]
    number = {group: place % NAME_FOLDS for place, group in enumerate(dict.fromkeys(groups))}
    return [number[group] for group in groups]


def judgements(
    corpus: Path, texts: Sequence[GoldRelease], drafts: Sequence[Draft], taught: Sequence[learn.Examples]
) -> dict[str, list[tuple[Features, bool]]]:
    """Distinctions found in the texts that calibrate, and whether they are right, by who wrote them.

    Each is read by a decider that was taught by the texts of others; right is a core match (`scores`).
    """
    calibrating = read_calibration(corpus)
    writers = read_writers(corpus)
    releases = {
        gold.id: writers.get(gold.id, f"part {number % learn.FOLDS}")
        for number, gold in enumerate(texts)
        if gold.id in calibrating
    }
    # a hand of the passages goes with a writer of releases: a decider more would take as long to teach as these
    parts = sorted(set(releases.values()))
    files = sorted(read_calibrating_hands(corpus)) if parts else []
    passages = {
        gold.id: parts[files.index(hand_of(gold)) % len(parts)]
        for gold in texts
        if is_passage(gold) and hand_of(gold) in files
    }
    hands = releases | passages
    result: dict[str, list[tuple[Features, bool]]] = {}
    for hand in parts:
        others = learn.joined(
            one for gold, one in zip(texts, taught, strict=True) if hands.get(gold.id) != hand
        )
        if len(others.labels()) < 2:
            continue  # a corpus too small to be read by a decider of its own
        reader = decider.Decider(learn.fit(others))
        judged = result.setdefault(hand, [])
        for gold, draft in zip(texts, drafts, strict=True):
            if hands.get(gold.id) != hand:
                continue
            found = settled(draft.view, facts_for(draft), reader)
            right = match_distinctions(
                gold.record.distinctions, [one.distinction for one in found], strict=False
            )
            matched = {number for _, number in right}
            judged.extend((one.features, number in matched) for number, one in enumerate(found))
    return result


def train_types(corpus: Path, models: Path) -> tuple[Path, int]:
    """Train the classifier of announcement types on the training releases; its path and how many releases.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read or without the vectors,
    `TooLittleError` for a corpus of one type only.
    """
    examples = type_examples(corpus, ("train",))
    if len({one.type for one in examples}) < 2:
        raise TooLittleError("the releases are all of one type", TYPES, Path(TYPES).with_suffix(".json").name)
    model, calibration = train(examples)
    count = sum(one.group is not None for one in examples)
    told = {
        "releases": count,
        "leads": len(examples) - count,
        "split": "train",
        "strongest": strongest(model, examples),
    }
    return save(model, calibration, models, told), count


def type_examples(corpus: Path, splits: Sequence[Split]) -> list[Example]:
    """Releases of these splits as the classifier sees them, then the corpus's titles with leads.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read.
    """
    reader = Reader()
    releases = [gold for split in splits for gold in training_releases(corpus, split)]
    writers = read_writers(corpus)
    leads = read_leads(corpus)
    return [
        *(
            Example(seen_of(draft), gold.record.announcement.type, writers.get(gold.id, gold.id))
            for gold, draft in zip(releases, analysed(releases, reader), strict=True)
        ),
        *(
            Example(seen_of(draft), kind, None)
            for (kind, _), draft in zip(
                leads, _staged([Draft(release) for _, release in leads], reader), strict=True
            )
        ),
    ]


def train_holders(corpus: Path, models: Path) -> tuple[Path, int]:
    """Train what tells a collectivity's own figures from others' on the training split; path and figures.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read, `TooLittleError` for one whose
    figures all have a holder, or none.
    """
    releases = list(training_releases(corpus))
    rows, owned = figures(releases, analysed(releases, Reader()))
    if len(set(owned)) < 2:
        raise TooLittleError("the releases have too few quantities to learn from", HOLDERS)
    return ownership.save(ownership.fit(rows, owned), models), len(rows)


def figures(releases: Sequence[GoldRelease], drafts: Sequence[Draft]) -> tuple[list[Features], list[bool]]:
    """Quantities that gold and program share: their features under the true issuer, and whether they have a holder."""
    rows: list[Features] = []
    owned: list[bool] = []
    for gold, draft in zip(releases, drafts, strict=True):
        found = [draft.view.give_back(one) for one in draft.quantities]
        issuer = gold.record.release.issuer
        features = list(features_of(draft.quantities, draft.view, draft.places, issuer))
        for truth, number in match_spans(gold.record.quantities, found):
            rows.append(features[number])
            owned.append(gold.record.quantities[truth].holder is not None)
    return rows, owned


def training_releases(corpus: Path, split: Split = "train") -> Iterator[GoldRelease]:
    """Releases of a split; all of them when the corpus has no ``splits.yaml``, as a user's own may.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read.
    """
    return read_corpus(corpus, split if (corpus / "splits.yaml").is_file() else None)


def read_writers(corpus: Path) -> dict[str, str]:
    """Releases that one hand wrote, as far as ``splits.yaml`` tells: name of the release to name of the block.

    A writer's releases joined a split together, sorted by name, behind those that it held: where the names
    start again from the front of the alphabet, another block begins.  Of the first block of each split many
    hands are known to have written; its releases are left out, as are all when there is no ``splits.yaml``.
    """
    if not (corpus / "splits.yaml").is_file():
        return {}
    result = {}
    for split, names in read_splits(corpus).items():
        block, last = 0, ""
        for name in names:
            block, last = block + (name < last), name
            if block:
                result[name] = f"{split} {block}"
    return result


def read_leads(corpus: Path) -> list[tuple[AnnouncementType, Release]]:
    """Titles and leads with their type (``leads.yaml``), which train the classifier and nothing else.

    Empty when the corpus has none.  Raises `FormatError` for a type that is none of the twelve.
    """
    path = corpus / "leads.yaml"
    if not path.is_file():
        return []
    leads = yaml.safe_load(path.read_text(encoding="utf-8"))
    if strangers := set(leads) - set(get_args(AnnouncementType)):
        raise FormatError(f"{path}: {', '.join(sorted(strangers))}: no announcement type")
    return [
        (kind, Release(id=digest(text), source=path.name, text=text))
        for kind, texts in leads.items()
        for text in texts
    ]


def analysed(
    releases: Sequence[GoldRelease],
    reader: Reader,
    names: naming.NameFinder | None = None,
    *,
    related: bool = True,
) -> list[Draft]:
    """Annotated releases as the stages before the classifier see them; `names` finds unknown awards (`find`).

    Who got what is left out when not `related`: the decider is taught by what comes before.
    """
    drafts = []
    for gold in releases:
        issuer = gold.record.release.issuer if gold.issuer_given else Issuer()
        given = gold.published_given
        published = Published(date=given, method="given") if given else Published()
        drafts.append(Draft(msgspec.structs.replace(gold.record.release, issuer=issuer, published=published)))
    return _staged(drafts, reader, names, related=related)


def _staged(
    drafts: list[Draft], reader: Reader, names: naming.NameFinder | None = None, *, related: bool = True
) -> list[Draft]:
    for draft in drafts:
        find(draft, names)
    asked = [(draft.view, questions(draft)) for draft in drafts]
    for draft, readings in zip(drafts, reader.read(asked), strict=True):
        draft.readings = readings
        link(draft)
        if related:
            relate(draft)
    return drafts
