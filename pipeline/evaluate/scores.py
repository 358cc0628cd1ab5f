"""Precision, recall and F1 of every kind of fact against annotated releases.

How facts are matched:

* places, dates, quantities: spans that overlap, each used once; a place with kind and code right, a
  date with its days right, a quantity with value, unit and comparator right
* distinctions, core: recipient, award, edition and status; strict: category and level too
* issuer, publication day, type: right or wrong, one a release
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.gold import GoldRelease
from pipeline.model import Date, Distinction, Place, Quantity, Record
from pipeline.text import fold

#: The kinds of facts in the order in which they are printed.
KINDS = (
    "issuer", "publication day", "places", "dates", "quantities", "indicator", "holder",
    "distinctions (core)", "distinctions (strict)", "type",
)  # fmt: skip


@dataclass(slots=True)
class Score:
    """Counts of one kind of fact."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 when there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One fact that gold and prediction do not share: `side` is ``missed`` or ``extra``."""

    release: str
    kind: str
    side: str
    text: str
    detail: str


@dataclass(slots=True)
class Report:
    """The figures of a comparison, and the facts that differ."""

    releases: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    by_status: dict[str, Score] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def compare(pairs: Iterable[tuple[GoldRelease, Record]]) -> Report:
    """Hold predicted records against gold ones, release by release."""
    report = Report()
    for gold, predicted in pairs:
        report.releases += 1
        _compare_release(report, gold, predicted)
    return report


def evaluate(releases: Sequence[GoldRelease], analyser: Any) -> Report:
    """Analyse the annotated releases, told what their files tell beside the text, and compare."""
    return compare(zip(releases, predict(releases, analyser), strict=True))


def predict(releases: Sequence[GoldRelease], analyser: Any) -> list[Record]:
    """Records of annotated releases as the program gives them, told what stands beside the text."""
    import msgspec

    from pipeline.model import Issuer, Published

    inputs = []
    for gold in releases:
        issuer = gold.record.release.issuer if gold.issuer_given else Issuer()
        published = (
            Published(date=gold.published_given, method="given") if gold.published_given else Published()
        )
        inputs.append(msgspec.structs.replace(gold.record.release, issuer=issuer, published=published))
    return list(analyser.stream(inputs))


def distinction_key(one: Distinction, *, strict: bool) -> tuple[Any, ...]:
    """What makes two distinctions the same: see the head of this module."""
    from pipeline.awards.catalogue import words

    who = (one.recipient.kind, one.recipient.code or " ".join(words(one.recipient.name)))
    award = one.award.id or " ".join(words(one.award.name))
    core = (who, award, one.edition, one.status)
    return (*core, " ".join(words(one.category or "")), fold(one.level or "")) if strict else core


def _compare_release(report: Report, gold: GoldRelease, predicted: Record) -> None:
    truth = gold.record
    _single(report, "issuer", gold.id, truth.release.issuer.code, predicted.release.issuer.code)
    if gold.published_given is None:
        _single(
            report, "publication day", gold.id, truth.release.published.date, predicted.release.published.date
        )
    _single(report, "type", gold.id, truth.announcement.type, predicted.announcement.type)
    report.confusion[truth.announcement.type, predicted.announcement.type] += 1
    _spans(report, "places", gold.id, truth.places, predicted.places)
    _spans(report, "dates", gold.id, truth.dates, predicted.dates)
    for i, j in _spans(report, "quantities", gold.id, truth.quantities, predicted.quantities):
        one, other = truth.quantities[i], predicted.quantities[j]
        _single(report, "indicator", gold.id, one.indicator, other.indicator, one.text)
        _single(report, "holder", gold.id, one.holder, other.holder, one.text)
    _distinctions(report, gold.id, truth.distinctions, predicted.distinctions)


def _single(report: Report, kind: str, release: str, truth: Any, predicted: Any, text: str = "") -> None:
    score = report.scores[kind]
    if truth == predicted:
        score.right += 1
        return
    score.missed += 1
    score.extra += 1
    report.misses.append(Miss(release, kind, "missed", text, f"gold {truth}, found {predicted}"))


def match_spans(truth: Sequence[Any], predicted: Sequence[Any]) -> list[tuple[int, int]]:
    """Numbers of the spans of one kind that match, the longest overlap first, each used once."""
    candidates = sorted(
        (-(min(one.end, other.end) - max(one.start, other.start)), i, j)
        for i, one in enumerate(truth)
        for j, other in enumerate(predicted)
        if one.start < other.end and other.start < one.end and _same(one, other)
    )
    used_truth: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in used_truth and j not in used_found:
            used_truth.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def match_distinctions(
    truth: Sequence[Distinction], predicted: Sequence[Distinction], *, strict: bool
) -> list[tuple[int, int]]:
    """Numbers of the distinctions that match, each used once.

    Those alike in category and level too are paired first, so that a core match keeps the best partner.
    """
    pairs: list[tuple[int, int]] = []
    for exactly in (True,) if strict else (True, False):
        waiting: dict[tuple[Any, ...], list[int]] = {}
        for i, one in enumerate(truth):
            if i not in {pair[0] for pair in pairs}:
                waiting.setdefault(distinction_key(one, strict=exactly), []).append(i)
        used = {pair[1] for pair in pairs}
        for j, other in enumerate(predicted):
            same = waiting.get(distinction_key(other, strict=exactly))
            if j not in used and same:
                pairs.append((same.pop(0), j))
    return pairs


def _spans(
    report: Report, kind: str, release: str, truth: Sequence[Any], predicted: Sequence[Any]
) -> list[tuple[int, int]]:
    """Count the spans of one kind; returns the numbers of those that match."""
    pairs = match_spans(truth, predicted)
    score = report.scores[kind]
    score.right += len(pairs)
    score.missed += len(truth) - len(pairs)
    score.extra += len(predicted) - len(pairs)
    right, found = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, one in enumerate(truth):
        if i not in right:
            report.misses.append(Miss(release, kind, "missed", one.text, _detail(one)))
    for j, other in enumerate(predicted):
        if j not in found:
            report.misses.append(Miss(release, kind, "extra", other.text, _detail(other)))
    return pairs


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Place):
        return _same_place(one, other)
    return _same_date(one, other) if isinstance(one, Date) else _same_quantity(one, other)


def _same_place(one: Place, other: Place) -> bool:
    return (one.kind, one.code) == (other.kind, other.code)


def _same_date(one: Date, other: Date) -> bool:
    return (one.first_day, one.last_day) == (other.first_day, other.last_day)


def _same_quantity(one: Quantity, other: Quantity) -> bool:
    return (
        abs(one.value - other.value) < 1e-6
        and fold(one.unit or "") == fold(other.unit or "")
        and one.comparator == other.comparator
    )


def _detail(fact: Any) -> str:
    if isinstance(fact, Place):
        return f"{fact.kind} {fact.code}"
    if isinstance(fact, Date):
        return f"{fact.first_day}/{fact.last_day} {fact.timex.type}"
    if isinstance(fact, Quantity):
        return f"{fact.comparator} {fact.value} {fact.value_max or ''} {fact.unit} {fact.indicator}"
    return ""


def _distinctions(
    report: Report, release: str, truth: Sequence[Distinction], predicted: Sequence[Distinction]
) -> None:
    for kind, strict in (("distinctions (core)", False), ("distinctions (strict)", True)):
        wanted = Counter(distinction_key(one, strict=strict) for one in truth)
        found = Counter(distinction_key(one, strict=strict) for one in predicted)
        score = report.scores[kind]
        score.right += (wanted & found).total()
        score.missed += (wanted - found).total()
        score.extra += (found - wanted).total()
        if strict:
            continue
        for status in {key[3] for key in wanted | found}:
            tally = report.by_status.setdefault(status, Score())
            mine = Counter({key: n for key, n in wanted.items() if key[3] == status})
            theirs = Counter({key: n for key, n in found.items() if key[3] == status})
            tally.right += (mine & theirs).total()
            tally.missed += (mine - theirs).total()
            tally.extra += (theirs - mine).total()
    strictly_found = {distinction_key(one, strict=True) for one in predicted}
    strictly_wanted = {distinction_key(one, strict=True) for one in truth}
    for side, ones, others in (("missed", truth, strictly_found), ("extra", predicted, strictly_wanted)):
        for one in ones:
            if distinction_key(one, strict=True) not in others:
                quote = one.evidence[0].text if one.evidence else ""
                report.misses.append(Miss(release, "distinctions", side, quote, _tell(one)))


def _tell(one: Distinction) -> str:
    who = one.recipient.code or one.recipient.name
    parts = [who, one.award.id or one.award.name, one.edition, one.category, one.level, one.status]
    return " | ".join("–" if part is None else str(part) for part in parts)
