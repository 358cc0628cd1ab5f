"""spaCy's DocBin: a `Doc` for each release.

Span groups are named as the record's layers; a span's label is its kind, its ``kb_id`` a place's code, and the
group's ``attrs`` hold the fields of each fact by the span's id.  ``doc.ents`` holds the outermost places, dates and
quantities, ``doc.cats`` the announcement type, ``doc.user_data["beffroi"]`` what stands in no place of the text.
Read with ``DocBin().from_bytes(…).get_docs(spacy.blank("fr").vocab)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.gold.exchange.parts import (
    LAYERS,
    ExchangeError,
    Mark,
    Parts,
    outermost,
    put_together,
    take_apart,
)
from pipeline.gold.exchange.tokens import tokens
from pipeline.gold.format import GoldRelease

_NAMES = {"places": "PLACE", "dates": "DATE", "quantities": "QUANTITY"}


def dump(releases: Iterable[GoldRelease]) -> bytes:
    """The releases as the bytes of a ``.spacy`` file."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    made = DocBin(store_user_data=True)
    for gold in releases:
        made.add(to_doc(take_apart(gold), vocab))
    result: bytes = made.to_bytes()
    return result


def load(content: bytes) -> Sequence[GoldRelease]:
    """The releases of a ``.spacy`` file.  Raises `ExchangeError` for what is none of ours."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = list(DocBin().from_bytes(content).get_docs(Vocab()))
    except Exception as error:  # zlib, msgpack and spaCy each raise errors of their own
        raise ExchangeError(f"no DocBin of spaCy: {error}") from error
    return [put_together(from_doc(doc)) for doc in docs]


def to_doc(parts: Parts, vocab: Any) -> Any:
    """A release as a spaCy `Doc`."""
    from spacy.tokens import Doc, Span, SpanGroup

    words: list[tuple[int, int, bool]] = []
    for start, end in tokens(parts.text, parts.marks):
        # one space after a word belongs to the word before it, as spaCy has it
        if parts.text[start:end] == " " and words and words[-1][1] == start and not words[-1][2]:
            words[-1] = (*words[-1][:2], True)
        else:
            words.append((start, end, False))
    doc = Doc(
        vocab, [parts.text[start:end] for start, end, _ in words], [space for *_, space in words],
        user_data={"beffroi": {"id": parts.id, **parts.head}},
    )  # fmt: skip
    begins = {start: number for number, (start, _, _) in enumerate(words)}
    ends = {end: number + 1 for number, (_, end, _) in enumerate(words)}

    def span(mark: Mark, label: str) -> Any:
        return Span(
            doc,
            begins[mark.start],
            ends[mark.end],
            label=label,
            kb_id=mark.facts.get("code") or "",
            span_id=mark.id,
        )

    for layer in LAYERS:
        marks = [mark for mark in parts.marks if mark.layer == layer]
        doc.spans[layer] = SpanGroup(
            doc,
            name=layer,
            attrs={mark.id: mark.facts for mark in marks},
            spans=[span(mark, mark.label) for mark in marks],
        )
    doc.ents = [span(mark, _NAMES[mark.layer]) for mark in outermost(parts.marks)]
    doc.cats = {parts.head["announcement"]["type"]: 1.0}
    return doc


def from_doc(doc: Any) -> Parts:
    """The parts of a `Doc` that `to_doc` made, and others may have changed.  Raises `ExchangeError`."""
    head = dict(doc.user_data.get("beffroi") or {})
    if "announcement" not in head:
        raise ExchangeError("a Doc without user_data['beffroi']: no release of a corpus")
    marks = []
    for layer in LAYERS:
        group = doc.spans.get(layer, ())
        for span in group:
            facts = group.attrs.get(span.id_)
            if facts is None:
                raise ExchangeError(f"{head['id']}: a span of {layer} ({span.text!r}) without its attrs")
            marks.append(Mark(span.id_, layer, span.label_, span.start_char, span.end_char, facts))
    return Parts(head.pop("id"), doc.text, tuple(marks), head)
