"""Our stages as spaCy components, for any French pipeline.

>>> import spacy
>>> nlp = spacy.blank("fr")
>>> for name in ("beffroi_dates", "beffroi_quantities", "beffroi_awards", "beffroi_places"):
...     _ = nlp.add_pipe(name)
>>> doc = nlp("La ville de Fos-sur-Mer a 4 200 abonnés depuis mars 2024.")
>>> [(span.text, span._.beffroi.code) for span in doc.spans["beffroi_places"]]
[('Fos-sur-Mer', '13039')]

Each sets a span group of its name (``doc.spans["beffroi_places"]``), whose spans carry their fact in
``span._.beffroi``; show them with ``displacy.render(doc, style="span", options={"spans_key": …})``.
``doc._.beffroi_published`` is the publication day that relative dates count from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline import awards as awards_room
from pipeline import dates as dates_room
from pipeline import places as places_room
from pipeline import quantities as quantities_room
from pipeline.text import View

if not Span.has_extension("beffroi"):
    Span.set_extension("beffroi", default=None)
    Doc.set_extension("beffroi_published", default=None)

Component = Callable[[Doc], Doc]


def _set(doc: Doc, group: str, view: View, facts: Iterable[Any], label: Callable[[Any], str]) -> Doc:
    spans = []
    for fact in facts:
        start, end = view.to_source(fact.start, fact.end)
        span = doc.char_span(start, end, label=label(fact), alignment_mode="expand")
        if span is not None:
            span._.beffroi = fact
            spans.append(span)
    doc.spans[group] = spans
    return doc


@Language.factory("beffroi_dates")
def dates(nlp: Language, name: str) -> Component:
    """Temporal expressions into ``doc.spans["beffroi_dates"]``."""

    def component(doc: Doc) -> Doc:
        view = View(doc.text)
        found = dates_room.find(view, doc._.beffroi_published)
        return _set(doc, "beffroi_dates", view, found, lambda fact: fact.timex.type)

    return component


@Language.factory("beffroi_quantities")
def quantities(nlp: Language, name: str) -> Component:
    """Quantities into ``doc.spans["beffroi_quantities"]``, labelled by their indicator."""

    def component(doc: Doc) -> Doc:
        view = View(doc.text)
        found = quantities_room.find(view, dates_room.find(view, doc._.beffroi_published))
        return _set(doc, "beffroi_quantities", view, found, lambda fact: fact.indicator)

    return component


@Language.factory("beffroi_awards")
def awards(nlp: Language, name: str) -> Component:
    """Awards into ``doc.spans["beffroi_awards"]``, labelled by their id, UNKNOWN outside the catalogue."""

    def component(doc: Doc) -> Doc:
        view = View(doc.text)
        label = lambda fact: fact.award.id if fact.award else "UNKNOWN"  # noqa: E731 - three of a kind, one line each
        return _set(doc, "beffroi_awards", view, awards_room.find(view), label)

    return component


@Language.factory("beffroi_places")
def places(nlp: Language, name: str) -> Component:
    """Collectivities into ``doc.spans["beffroi_places"]``; entities of the pipeline decide doubtful names."""

    def component(doc: Doc) -> Doc:
        from pipeline.language.model import reading_of

        view = View(doc.text)
        candidates = places_room.find(view)
        # readings hold offsets of the view: usable when nothing silent was dropped from the text
        whole = len(view.text) == len(doc.text)
        readings = (
            {index: reading_of(doc) for index in places_room.doubtful(view, candidates)}
            if whole and doc.ents
            else {}
        )
        found = places_room.resolve(view, candidates, readings).places
        return _set(doc, "beffroi_places", view, found, lambda fact: fact.kind)

    return component
