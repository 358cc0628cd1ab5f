"""What the finder of award names and the decider make of hands that neither they nor any rule has seen.

``python -m benchmarks.unread_hands`` leaves out some hands of the passages and the releases that calibrate the scores, trains
names and decider on the rest, and reads what was left out (some minutes).
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
from pipeline.gold.passages import hand_of, read_passages
from pipeline.job import Analyser, facts_for
from pipeline.language import Reader
from pipeline.relate import learn as deciding
from pipeline.relate.decider import Decider
from pipeline.text import View
from pipeline.training import read_by_others, training_releases

MARK = "unread hands"
#: Files of passages that are left out: short news and lists, whole small releases of odd wording, ordinary releases.
LEFT_OUT = {"short news and lists": "ck", "small releases, odd": "im", "ordinary releases": "ovy"}


def trained(taught: Sequence[GoldRelease], reader: Reader) -> Analyser:
    """An analyser whose names and decider have seen these texts only."""
    spans = [[*learn.examples(gold.record.release.text, gold.record.distinctions)] for gold in taught]
    drafts = read_by_others(taught, spans, reader)
    found = deciding.joined(
        deciding.examples(gold, one.view, facts_for(one)) for gold, one in zip(taught, drafts, strict=True)
    )
    names = NameFinder(learn.fit(example for part in spans for example in part))
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
    held = {name: [gold for gold in passages if hand_of(gold) in files] for name, files in LEFT_OUT.items()}
    held["releases that calibrate"] = [gold for gold in releases if gold.id in calibrating]
    apart = {gold.id for texts in held.values() for gold in texts}
    analyser = trained([gold for gold in (*releases, *passages) if gold.id not in apart], reader)
    lines = [
        "| left out | texts | names by patterns: F1 (right, extra, missed) | names with the model | who got what, core | strict |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, texts in held.items():
        patterns, model = names_found(texts, analyser.names)
        report = compare(zip(texts, predict(texts, analyser), strict=True))
        cells = (
            patterns,
            model,
            report.scores["distinctions (core)"],
            report.scores["distinctions (strict)"],
        )
        files = f" (passages of {', '.join(LEFT_OUT[name])})" if name in LEFT_OUT else ""
        lines.append(f"| {name}{files} | {len(texts)} | " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines)


def _cell(score: Score) -> str:
    return f"{score.f1:.3f} ({score.right}, {score.extra}, {score.missed})"


def main() -> None:
    """Print the table, or write it into the model card."""
    print_or_write(__doc__, lambda: measured(ROOT / "corpus"), CARD, MARK)


if __name__ == "__main__":
    main()
