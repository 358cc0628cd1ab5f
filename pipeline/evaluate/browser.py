"""The error browser: a page in French on which each release stands with what was missed and what is extra.

What differs is computed here, as plain rows; `errors.html` lays it out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from pipeline.evaluate.figures import MACRO, Compared, table
from pipeline.evaluate.scores import distinction_key, match_distinctions, match_spans
from pipeline.model import Date, Distinction, Kind, Place, Quantity
from pipeline.show.marks import Mark, cut, day_tip
from pipeline.show.render import STATUSES, TYPES

Side = Literal["right", "missed", "extra"]
#: Kinds as the page filters by them, with their French names; both readings of distinctions are one.
NAMES = {
    "issuer": "émetteur", "day": "jour de publication", "places": "lieux", "dates": "dates",
    "quantities": "quantités", "indicator": "mesure", "holder": "collectivité décrite",
    "distinctions": "distinctions", "type": "type de communiqué",
}  # fmt: skip
SIDES: dict[Side, str] = {"missed": "attendu", "extra": "trouvé", "right": "juste"}
_ROWS = {
    "publication day": NAMES["day"], "distinctions (core)": "distinctions : essentiel",
    "distinctions (strict)": "distinctions : avec catégorie et niveau", "baseline": "méthode de référence",
    MACRO: "type, moyenne des F1",
}  # fmt: skip
#: The parts of a distinction, in the order of its strict key.
_PARTS = ("bénéficiaire", "prix", "édition", "statut", "catégorie", "niveau")


class Fact(NamedTuple):
    """A stretch of the text that one side or both mark."""

    kind: str
    side: Side
    start: int
    end: int
    label: str


class Gap(NamedTuple):
    """One line of what differs: what was expected and what was found; None where there is nothing."""

    kind: str
    words: str
    expected: str | None
    found: str | None


class Pair(NamedTuple):
    """A distinction of the gold beside the one found that is nearest to it; `differs` names the parts."""

    expected: str | None
    found: str | None
    differs: tuple[str, ...]


class Stretch(NamedTuple):
    """A piece of the text: the kinds of facts on each side that cover it, and the labels that end there."""

    text: str
    kinds: dict[Side, tuple[str, ...]]
    tip: str
    labels: tuple[Fact, ...]


class Sheet(NamedTuple):
    """What the page shows of one release."""

    id: str
    title: str
    type: str
    counts: dict[str, int]
    gaps: list[Gap]
    stretches: list[Stretch]
    pairs: list[Pair]


def page(compared: Sequence[Compared]) -> str:
    """One self-contained HTML page in French: figures, then every release with its errors in its text."""
    from markupsafe import Markup

    sheets = [sheet(one) for one in compared]
    types = Counter(one.type for one in sheets)
    rows = [row._replace(name=_name(row.name)) for row in table(compared) if not math.isnan(row.f1.value)]
    rendered: str = _template().render(
        sheets=sheets,
        rows=rows,
        macro=_name(MACRO),
        names=NAMES,
        sides=SIDES,
        totals={kind: count for kind in NAMES if (count := sum(one.counts.get(kind, 0) for one in sheets))},
        types={name: (TYPES[name], types[name]) for name in sorted(types, key=TYPES.__getitem__)},
        labels=TYPES,
        css=Markup(_file("errors.css")),  # our own file, nothing of a release
        js=Markup(_file("errors.js")),
    )
    return rendered


def sheet(one: Compared) -> Sheet:
    """What the page shows of one release."""
    truth, text = one.gold.record, one.gold.record.release.text
    facts = list(_facts(one))
    pairs = _pairs(truth.distinctions, one.predicted.distinctions)
    gaps = [*_singles(one), *_gaps(one, facts)]
    gaps += [
        Gap("distinctions", ", ".join(pair.differs), pair.expected, pair.found)
        for pair in pairs
        if pair.differs
    ]
    counts = Counter(gap.kind for gap in gaps)
    return Sheet(
        id=one.gold.id,
        title=truth.release.title or text.strip().split("\n")[0][:90],
        type=truth.announcement.type,
        counts={kind: counts[kind] for kind in NAMES if counts[kind]},
        gaps=gaps,
        stretches=_stretches(text, facts),
        pairs=pairs,
    )


def _singles(one: Compared) -> Iterator[Gap]:
    """What is right or wrong once a release."""
    truth, found = one.gold.record, one.predicted
    if truth.announcement.type != found.announcement.type:
        yield Gap("type", "", TYPES[truth.announcement.type], TYPES[found.announcement.type])
    mine, their = truth.release.issuer, found.release.issuer
    if mine.code != their.code:
        yield Gap(
            "issuer", "", _who(mine.kind, mine.code, mine.name), _who(their.kind, their.code, their.name)
        )
    days = truth.release.published.date, found.release.published.date
    if one.gold.published_given is None and days[0] != days[1]:
        yield Gap("day", "", *(_day(day) for day in days))


def _facts(one: Compared) -> Iterator[Fact]:
    """Every marked stretch: places, dates, quantities, and the evidence of distinctions that differ."""
    truth, found = one.gold.record, one.predicted
    for kind in ("places", "dates", "quantities"):
        mine, their = getattr(truth, kind), getattr(found, kind)
        matched = match_spans(mine, their)
        right, used = {i for i, _ in matched}, {j for _, j in matched}
        for i, fact in enumerate(mine):
            yield Fact(kind, "right" if i in right else "missed", fact.start, fact.end, _label(fact))
        for j, fact in enumerate(their):
            if j not in used:
                yield Fact(kind, "extra", fact.start, fact.end, _label(fact))
    for part, mine, their in _attributes(one):
        yield Fact(part, "missed", mine.start, mine.end, f"{NAMES[part]} : {_value(mine, part)}")
        yield Fact(part, "extra", their.start, their.end, f"{NAMES[part]} : {_value(their, part)}")
    matched = match_distinctions(truth.distinctions, found.distinctions, strict=True)
    sides: tuple[tuple[Side, tuple[Distinction, ...], set[int]], ...] = (
        ("missed", truth.distinctions, {i for i, _ in matched}),
        ("extra", found.distinctions, {j for _, j in matched}),
    )
    for side, ones, done in sides:
        for i, distinction in enumerate(ones):
            for said in distinction.evidence if i not in done else ():
                yield Fact("distinctions", side, said.start, said.end, tell(distinction))


def _attributes(one: Compared) -> Iterator[tuple[str, Quantity, Quantity]]:
    """What a quantity measures or whom it describes, where gold and program differ on it."""
    truth, found = one.gold.record.quantities, one.predicted.quantities
    for i, j in match_spans(truth, found):
        for part in ("indicator", "holder"):
            if getattr(truth[i], part) != getattr(found[j], part):
                yield part, truth[i], found[j]


def _gaps(one: Compared, facts: Sequence[Fact]) -> Iterator[Gap]:
    """The lines of the marked stretches that differ; what a quantity measures stands on one line."""
    text = one.gold.record.release.text
    for fact in facts:
        if fact.kind in ("places", "dates", "quantities") and fact.side != "right":
            sides = (fact.label, None) if fact.side == "missed" else (None, fact.label)
            yield Gap(fact.kind, text[fact.start : fact.end], *sides)
    for part, mine, their in _attributes(one):
        yield Gap(part, mine.text, _value(mine, part), _value(their, part))


def _stretches(text: str, facts: Sequence[Fact]) -> list[Stretch]:
    """The text cut at the edges of the facts; joined, the stretches give it back."""
    marks = (Mark(fact.start, fact.end, "evidence", row=number) for number, fact in enumerate(facts))
    result, end = [], 0
    for piece in cut(text, marks):
        end += len(piece.text)
        over = [facts[number] for number in piece.distinctions]
        kinds = {
            side: tuple(dict.fromkeys(fact.kind for fact in over if fact.side == side)) for side in SIDES
        }
        tips = dict.fromkeys(f"{SIDES[fact.side]} : {fact.label}" for fact in over)
        labels = tuple(fact for fact in over if fact.end == end and fact.side != "right")
        result.append(Stretch(piece.text, {s: k for s, k in kinds.items() if k}, " · ".join(tips), labels))
    return result


def _pairs(truth: Sequence[Distinction], found: Sequence[Distinction]) -> list[Pair]:
    """Distinctions side by side: those that match, then what is left by likeness, then the rest alone."""
    partner = dict(match_distinctions(truth, found, strict=False))
    keys = [[distinction_key(one, strict=True) for one in ones] for ones in (truth, found)]
    free = set(range(len(found))) - set(partner.values())
    near = sorted(
        (len(_differing(keys[0][i], keys[1][j])), i, j)
        for i in range(len(truth))
        if i not in partner
        for j in free
        if keys[0][i][0] == keys[1][j][0] or keys[0][i][1] == keys[1][j][1]
    )
    for differing, i, j in near:
        if differing <= len(_PARTS) - 2 and i not in partner and j in free:
            partner[i] = j
            free.remove(j)
    pairs = []
    for i, one in enumerate(truth):
        if (match := partner.get(i)) is None:
            pairs.append(Pair(tell(one), None, ("manquée",)))
        else:
            pairs.append(Pair(tell(one), tell(found[match]), _differing(keys[0][i], keys[1][match])))
    return [*pairs, *(Pair(None, tell(found[j]), ("en trop",)) for j in sorted(free))]


def _differing(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(name for name, mine, their in zip(_PARTS, one, other, strict=True) if mine != their)


def tell(one: Distinction) -> str:
    """A distinction on one line, towns and awards under their names: the gold knows only codes."""
    from pipeline.awards import catalogue

    known = catalogue().get(one.award.id) if one.award.id else None
    award = known.name if known else f"{one.award.name} (hors catalogue)"
    parts = [
        _who(one.recipient.kind, one.recipient.code, one.recipient.name),
        award if one.edition is None else f"{award} {one.edition}",
        f"« {one.category} »" if one.category else "",
        one.level or "",
        STATUSES[one.status],
    ]
    return " · ".join(part for part in parts if part)


def _who(kind: Kind | None, code: str | None, name: str | None) -> str:
    from pipeline.places import Gazetteer

    if kind is None:
        return "aucun"
    entry = Gazetteer.load().by_code(kind, code) if code else None
    return f"{entry.name if entry else name} ({code or 'autre'})"


def _label(fact: Place | Date | Quantity) -> str:
    if isinstance(fact, Place):
        return _who(fact.kind, fact.code, fact.text)
    if isinstance(fact, Date):
        return day_tip(fact.first_day, fact.last_day)
    most = f"–{fact.value_max:g}" if fact.value_max is not None else ""
    return " ".join(filter(None, (fact.comparator, f"{fact.value:.12g}{most}", fact.unit)))


def _value(fact: Quantity, part: str) -> str:
    """What a quantity measures, or whom it describes."""
    from pipeline.places import Gazetteer

    if part == "indicator":
        return fact.indicator
    entry = Gazetteer.load().find_code(fact.holder) if fact.holder else None
    return f"{entry.name} ({fact.holder})" if entry else fact.holder or "aucune"


def _day(day: date | None) -> str:
    return str(day) if day else "aucun"


def _name(row: str) -> str:
    name = row.strip()
    return _ROWS.get(name) or STATUSES.get(name) or NAMES.get(name, name)


@cache
def _template() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_file("errors.html"))


def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
