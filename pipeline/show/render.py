"""Records for people: a page, a notebook fragment, coloured text."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from pipeline.model import Distinction, Record
from pipeline.show.marks import KINDS, pieces

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.classify import Reason

#: French words for what staff see.
STATUSES = {
    "candidate": "candidature", "nominated": "nomination", "awarded": "obtention", "renewed": "renouvellement",
    "lost": "perte ou refus",
}  # fmt: skip
TYPES = {
    "distinction": "distinction", "event": "événement", "inauguration": "inauguration", "works": "travaux",
    "decision": "décision", "participation": "participation", "alert": "alerte", "service": "service public",
    "partnership": "partenariat", "appointment": "nomination de personne", "tribute": "hommage",
    "statement": "prise de position",
}  # fmt: skip
_COLOURS = {
    "place": "blue",
    "date": "green",
    "quantity": "yellow",
    "event": "magenta",
    "evidence": "underline",
}
_FRAGMENT = {"place": "#cfe3ff", "date": "#d9f2d3", "quantity": "#ffe9b8", "event": "#eadcff"}


@cache
def _template() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_file("page.html"))


def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def page(records: Sequence[Record], title: str | None = None) -> str:
    """One self-contained HTML page in French: the facts in their texts, the distinctions beside them."""
    from markupsafe import Markup

    rows = [(r, d, one) for r, record in enumerate(records) for d, one in enumerate(record.distinctions)]
    statuses = Counter(one.status for _, _, one in rows)
    rendered: str = _template().render(
        title=title
        or ("Distinctions relevées" if len(records) != 1 else records[0].release.title or "Communiqué"),
        records=records,
        rows=rows,
        statuses=[
            (STATUSES[status] + "s" * (count > 1), count) for status, count in sorted(statuses.items())
        ],
        kinds={kind: KINDS[kind] for kind in reversed(KINDS)},
        labels=STATUSES,
        types=TYPES,
        pieces=[pieces(record) for record in records],
        css=Markup(_file("page.css")),  # our own file, nothing of a release
        js=Markup(_file("page.js")),
    )
    return rendered


def fragment(record: Record) -> str:
    """The release with its facts highlighted, for a notebook cell."""
    parts = ["<div style='white-space:pre-wrap;max-width:50rem'>"]
    for piece in pieces(record):
        colour = next((_FRAGMENT[kind] for kind in reversed(piece.kinds) if kind in _FRAGMENT), None)
        style = f"background:{colour};" if colour else ""
        style += "border-bottom:2px solid #b3261e;" if "evidence" in piece.kinds else ""
        text = html.escape(piece.text)
        parts.append(
            f"<span style='{style}' title='{html.escape(piece.tip)}'>{text}</span>" if style else text
        )
    parts.append("</div>")
    if record.distinctions:
        parts.append(
            "<ul>"
            + "".join(f"<li>{html.escape(sentence(one))}</li>" for one in record.distinctions)
            + "</ul>"
        )
    return "".join(parts)


def sentence(one: Distinction) -> str:
    """A distinction on one line: "Fos-sur-Mer : Hashtags 2020, Bronze (obtention)"."""
    details = [str(part) for part in (one.level, one.category) if part]
    award = f"{one.award.name} {one.edition}" if one.edition else one.award.name
    return f"{one.recipient.name} : {', '.join([award, *details])} ({STATUSES[one.status]})"


#: French words for the facts by which a type is told, whose names are those of `pipeline.classify.features`.
_FACTS = {
    "cue": "vocabulaire : {}", "opening": "titre et chapeau : {}", "title": "titre : {}", "status": "distinction : {}",
    "indicator": "quantités : {}", "dates to come": "dates à venir", "dates past": "dates passées",
    "recurrences": "récurrences", "distinction in opening": "distinction dès le début",
    "no distinction": "aucune distinction", "events": "événements nommés", "hours": "horaires",
    "imperatives": "verbes à l'impératif", "we": "« nous », « notre »", "exclamations": "exclamations",
    "quotes": "citations",
}  # fmt: skip


def reason(one: Reason) -> str:
    """What spoke for a type, in French: "« lauréat »", "dates à venir", "titre : travaux"."""
    if one.kind == "word":
        return f"« {one.name} »"
    if one.name in _FACTS:
        return _FACTS[one.name]
    kind, _, name = one.name.partition(" ")
    return _FACTS.get(kind, one.name).format(TYPES.get(name) or STATUSES.get(name) or name)


def terminal(
    record: Record, console: Console, *, explain: bool = False, reasons: Sequence[Reason] = ()
) -> None:
    """The release as coloured text, then its facts, on a rich console.

    `explain` tells which words gave each distinction, `reasons` are what spoke for the type.
    """
    from rich.text import Text

    release = record.release
    console.rule(Text(release.title or release.source))
    text = Text()
    for piece in pieces(record):
        text.append(piece.text, " ".join(_COLOURS[kind] for kind in piece.kinds if kind in _COLOURS))
    console.print(text)
    console.print()
    day, issuer = release.published.date or "sans date", release.issuer.name or "émetteur inconnu"
    console.print(Text(f"{TYPES[record.announcement.type]} · {issuer} · {day}", "bold"))
    if reasons:
        console.print(Text(f"  pourquoi ce type : {', '.join(map(reason, reasons))}", "dim"))
    for one in record.distinctions:
        console.print(Text(f"  {sentence(one)}"))
        for proof in one.evidence if explain else ():
            console.print(Text(f"    {' '.join(proof.text.split())}", "italic"))
            console.print(Text(f"    {proof.reason}", "dim"))
    for event in record.events:
        console.print(Text(f"  événement : {event.name} {event.first_day or ''}"))
    for warning in record.warnings:
        console.print(Text(f"  à vérifier : {warning}", "red"))
