"""Training: annotated releases through the stages, then into the classifier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.classify.train import fit, save
from pipeline.gold import GoldRelease, read_corpus
from pipeline.job import Draft, find, link, questions, relate
from pipeline.language import Reader
from pipeline.model import Issuer, Published


def train_types(corpus: Path, models: Path) -> tuple[Path, int]:
    """Train the classifier of announcement types on the training split; its path and how many releases.

    Raises `FormatError` or `FileNotFoundError` for a corpus that cannot be read.
    """
    releases = list(read_corpus(corpus, "train"))
    drafts = analysed(releases, Reader())
    model = fit(drafts, [gold.record.announcement.type for gold in releases])
    return save(model, models, {"releases": len(releases), "split": "train"}), len(releases)


def analysed(releases: Sequence[GoldRelease], reader: Reader) -> list[Draft]:
    """Annotated releases as the stages before the classifier see them."""
    drafts = []
    for gold in releases:
        issuer = gold.record.release.issuer if gold.issuer_given else Issuer()
        given = gold.published_given
        published = Published(date=given, method="given") if given else Published()
        drafts.append(Draft(msgspec.structs.replace(gold.record.release, issuer=issuer, published=published)))
    for draft in drafts:
        find(draft)
    asked = [(draft.view, questions(draft)) for draft in drafts]
    for draft, readings in zip(drafts, reader.read(asked), strict=True):
        draft.readings = readings
        link(draft)
        relate(draft)
    return drafts
