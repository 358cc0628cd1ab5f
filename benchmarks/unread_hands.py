"""What the finder of award names and the decider make of hands that neither they nor any rule has seen.

``python -m benchmarks.unread_hands`` leaves out some hands of the passages at a time, and always the releases that
calibrate the scores; trains names on the rest of train and of the passages, the decider on the rest of train, and reads
what was left out (some minutes).
``--write`` puts the table into models/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.compare_classifiers import CARD
from benchmarks.marked import ROOT, print_or_write
from pipeline.awards import NameFinder, learn
from pipeline.awards.catalogue import words
from pipeline.awards.find import catalogued, find
from pipeline.awards.unknown import familiar, unknown_awards
from pipeline.evaluate.scores import Score, compare, predict
from pipeline.gold import GoldRelease
from pipeline.gold.corpus import read_calibration
from pipeline.gold.passages import is_passage, read_passages
from pipeline.job import Analyser, facts_for
from pipeline.language import Reader
from pipeline.relate import learn as deciding
from pipeline.relate.decider import Decider
from pipeline.text import View
from pipeline.training import analysed, training_releases

MARK = "unread hands"
#: Hands of the passages that are left out together: short ones in prose and lists, then whole small releases.
GROUPS = (("c", "e"), ("f", "k"), ("i", "m"))


def hand(gold: GoldRelease) -> str:
    """The file that a passage stands in."""
    return gold.id.split()[1]


def trained(taught: Sequence[GoldRelease], reader: Reader) -> Analyser:
    """An analyser whose names have seen these texts only, and whose decider the releases among them."""
    names = NameFinder(
        learn.fit(
            example
            for gold in taught
            for example in learn.examples(gold.record.release.text, gold.record.distinctions)
        )
    )
    releases = [gold for gold in taught if not is_passage(gold)]
    drafts = analysed(releases, reader, names)
    found = deciding.joined(
        deciding.examples(gold, one.view, facts_for(one)) for gold, one in zip(releases, drafts, strict=True)
    )
    return Analyser(reader, decider=Decider(deciding.fit(found)), names=names)


def names_found(releases: Sequence[GoldRelease], names: NameFinder) -> tuple[Score, Score]:
    """Names of unknown awards that somebody has, by the patterns alone and with the model, one a release and name.

    An award that is named and that nobody has there counts as one too many.
    """
    patterns, model = Score(), Score()
    for gold in releases:
        view = View(gold.record.release.text)
        known = catalogued(view)
        sure = [*known, *familiar(view, known)]
        ruled = [*sure, *unknown_awards(view, sure)]
        wanted = {words(one.award.name) for one in gold.record.distinctions if one.award.id is None}
        for score, mentions in ((patterns, ruled), (model, find(view, names))):
            told = {words(one.name) for one in mentions if one.award is None}
            score.right += len(told & wanted)
            score.extra += len(told - wanted)
            score.missed += len(wanted - told)
    return patterns, model


def measured(corpus: Path) -> str:
    """The table in Markdown."""
    reader = Reader()
    calibrating = read_calibration(corpus)
    releases = list(training_releases(corpus))
    passages = list(read_passages(corpus))
    apart = [gold for gold in releases if gold.id in calibrating]
    lines = [
        "| left out | texts | names by patterns: F1 (right, extra, missed) | names with the model | who got what, core | strict |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for group in GROUPS:
        taught = [gold for gold in releases if gold.id not in calibrating]
        taught += [gold for gold in passages if hand(gold) not in group]
        analyser = trained(taught, reader)
        held = [gold for gold in passages if hand(gold) in group]
        for name, texts in ((f"passages of {' and '.join(group)}", held), ("releases that calibrate", apart)):
            patterns, model = names_found(texts, analyser.names)
            report = compare(zip(texts, predict(texts, analyser), strict=True))
            cells = (
                patterns,
                model,
                report.scores["distinctions (core)"],
                report.scores["distinctions (strict)"],
            )
            lines.append(f"| {name} | {len(texts)} | " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines)


def _cell(score: Score) -> str:
    return f"{score.f1:.3f} ({score.right}, {score.extra}, {score.missed})"


def main() -> None:
    """Print the table, or write it into the model card."""
    print_or_write(__doc__, lambda: measured(ROOT / "corpus"), CARD, MARK)


if __name__ == "__main__":
    main()
