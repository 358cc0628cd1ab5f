"""The learned finder of award names: which spans of a text are names of awards that the catalogue lacks.

A logistic regression over what stands in and around each span (`spans`), the patterns' opinion included, says how
likely it is a name; the likeliest that do not overlap are taken.  Trained by ``beffroi train`` (`learn`);
`models/README.md` says what was compared and what it gave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.awards.catalogue import named_in_catalogue, words
from pipeline.awards.forms import forms
from pipeline.awards.mention import AwardMention
from pipeline.awards.names import clean, edition_behind
from pipeline.awards.spans import Span, spans
from pipeline.awards.unknown import said_again
from pipeline.regression import Scorer, probability
from pipeline.text import View
from pipeline.trained import read_model

MODEL_NAME = "award-names.json"
#: Probability from which a span is taken for a name, chosen by leaving out one writer after the other (models/README.md).
TAKE = 0.5
#: The same for a further name where the catalogue or a pattern has found one already.
TAKE_BESIDE = 0.8
#: Log odds of what stands before a word from which on no name begins there: of 526 names taken in train and a quarter of
#: the passages, one had less.
HOPELESS = -5.0


class NameFinder:
    """Finds names of awards; made once a process."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer

    @staticmethod
    @cache
    def load(path: Path | None = None) -> NameFinder:
        """The committed model, or the one at `path`; raises what `read_model` raises."""
        return NameFinder(read_model(path, MODEL_NAME, Scorer))

    def __call__(
        self, view: View, known: Sequence[AwardMention], ruled: Sequence[AwardMention]
    ) -> list[AwardMention]:
        """The names of a text, without overlaps: those of the model, then those of the patterns that it leaves room for.

        `known` are the awards of the catalogue, `ruled` the names that the patterns have found.  The model may move the
        ends of these; further names it adds only where it is surer than where no award has been found, prizes in
        small letters apart, which may be parts of a contest.  Offsets point into `view.text`.
        """
        beside = bool(known) or any(not one.small for one in ruled)
        scored = self.scored(view, known, ruled)
        of_rules = {(one.start, one.end): one for one in ruled}
        taken: list[AwardMention] = []
        for span, chance in sorted(scored, key=lambda one: (-one[1], one[0].start, one[0].end)):
            if chance < TAKE:
                break
            if beside and chance < TAKE_BESIDE and not _overlaps(ruled, span.start, span.end):
                continue
            ruled_there = of_rules.get((span.start, span.end))
            barred = ruled_there is None and (
                _is_sport(view, span) or _is_in_catalogue(view, span) or _is_part(view, span, known)
            )
            if not barred and not _overlaps(taken, span.start, span.end):
                taken.append(ruled_there or _mention(view, span))
        spans_taken = [(one.start, one.end) for one in (*known, *ruled, *taken)]
        for one in list(taken):
            taken.extend(said_again(view, one, spans_taken))
        taken.extend(one for one in ruled if not _overlaps(taken, one.start, one.end))
        return sorted(taken, key=lambda one: one.start)

    def scored(
        self, view: View, known: Sequence[AwardMention], ruled: Sequence[AwardMention]
    ) -> list[tuple[Span, float]]:
        """Every span that may be a name, with the probability that it is one."""
        scorer, result = self.scorer, []
        left: tuple[str, ...] | None = None
        shared = 0.0

        def hopeless(left: tuple[str, ...]) -> bool:
            return scorer.sum(left) < HOPELESS

        for span in spans(view, known, ruled, hopeless):
            if span.left is not left:
                left, shared = span.left, scorer.intercept + scorer.sum(span.left)
            result.append((span, probability(shared + scorer.sum(span.own))))
        return result


@cache
def _before_name() -> re.Pattern[str]:
    """What stands before a name and is none of it: "label « X »", "Palmarès 2022 des X", over the evened text."""
    return re.compile(forms()["before_name"])


@cache
def _sports() -> re.Pattern[str]:
    return re.compile(rf"(?:{forms()['sports']})s?(?!\w)")


def _is_sport(view: View, span: Span) -> bool:
    """Whether it is what clubs win: "la Coupe de France"."""
    return _sports().match(view.folded, span.start) is not None


def _is_in_catalogue(view: View, span: Span) -> bool:
    """Whether it is an award or organiser of the catalogue, which has its own finder."""
    return words(view.text[span.start : span.end]) in named_in_catalogue()


_PART_OF = re.compile(
    r"\"?,? ?(?:(?:du|de la|des|de|dans la|pour|mention|prix|categorie|section) ?)*(?:\" ?)?"
)


def _is_part(view: View, span: Span, known: Sequence[AwardMention]) -> bool:
    """Whether it is what an award of the catalogue was given for: "le Hashtag d'Argent du « Meilleur site »"."""
    return any(_PART_OF.fullmatch(view.folded, one.end, span.start) for one in known if one.end <= span.start)


def _overlaps(taken: Sequence[AwardMention], start: int, end: int) -> bool:
    return any(one.start < end and start < one.end for one in taken)


def name_in(view: View, start: int, end: int) -> str:
    """The name that a span gives an award: "label Commune X" is "Commune X", "palmarès des X" is "X"."""
    text = view.text[start:end]
    if (headed := _before_name().match(text)) is not None:
        text = text[headed.end() :]
    name = clean(text)
    return name[:1].upper() + name[1:]


def _mention(view: View, span: Span) -> AwardMention:
    return AwardMention(
        span.start,
        span.end,
        None,
        name_in(view, span.start, span.end),
        edition=edition_behind(view, span.end),
        rule="modèle des noms",
        small=view.text.startswith("prix", span.start),
    )


def is_name(view: View, span: Span, names: set[tuple[str, ...]]) -> bool:
    """Whether a span gives one of some names, each as its `words`."""
    return words(name_in(view, span.start, span.end)) in names
