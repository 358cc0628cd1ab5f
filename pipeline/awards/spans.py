"""What may be the name of an award: spans of a text, and what stands in and around each, for the learned finder.

A name may begin with a capital, with a head noun in small letters ("prix", "palmarès") or behind a quotation mark,
and end at any word up to the end of the phrase.  `pipeline.awards.learned` says which of these spans are names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.awards.catalogue import stem
from pipeline.awards.forms import forms
from pipeline.awards.mention import AwardMention
from pipeline.text import View

_TOKEN = re.compile(r"[^\W_]+(?:[-&+.](?=\w)[^\W_]+)*'?|[@#]|\n|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS = frozenset(".;:!?()\n|•…")
_MOST_WORDS = 20  # tokens of a name, links included
_MOST_LOW = 8  # words of it in small letters
_LONGEST = 120  # characters
_LONGEST_ELISION = 3  # characters, with the apostrophe
_AROUND = 8  # tokens that are seen on either side
_STEM = 6  # letters of a word that are kept


@cache
def _links() -> frozenset[str]:
    return frozenset(forms()["name_links"])


@cache
def _stops() -> frozenset[str]:
    return frozenset(forms()["name_stops"])


@cache
def _articles() -> frozenset[str]:
    return frozenset(forms()["articles"])


@cache
def _possessives() -> frozenset[str]:
    return frozenset(forms()["possessives"])


@cache
def _metal() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{forms()['metal_tails']})(?!\w)")


@cache
def _heads() -> frozenset[str]:
    return frozenset(forms()["name_heads"])


@cache
def _speaking() -> re.Pattern[str]:
    """Beginnings of words that speak of awards, over folded text."""
    return re.compile(rf"(?<!\w)(?:{forms()['speaking']})")


@dataclass(frozen=True, slots=True)
class Span:
    """A span that may be a name, offsets into the view, with what the model sees of it.

    `left` is shared by all spans that begin at one word; `own` is of this one.
    """

    start: int
    end: int
    left: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str


def spans(
    view: View,
    known: Sequence[AwardMention],
    ruled: Sequence[AwardMention],
    hopeless: Callable[[tuple[str, ...]], bool] | None = None,
) -> Iterator[Span]:
    """All spans that may be names, but for those in awards of the catalogue (`known`).

    `ruled` are the names that the patterns have found: whether they agree is a feature.  What begins where it is
    `hopeless`, as `Span.left` tells, is passed over, and so is then what has no sentence around that speaks of awards: most
    of the work is in what a span looks like.
    """
    reader = _Reader(view, known, ruled, hopeless)
    if reader.speaks:
        yield from reader.read()


class _Reader:
    """One reading of one text."""

    def __init__(
        self,
        view: View,
        known: Sequence[AwardMention],
        ruled: Sequence[AwardMention],
        hopeless: Callable[[tuple[str, ...]], bool] | None,
    ) -> None:
        self.view = view
        self.hopeless = hopeless
        self.speaks = [match.start() for match in _speaking().finditer(view.folded)]
        self._known, self._ruled = known, ruled
        self._tokens = (
            [_Token(*m.span(), m[0], view.folded[m.start() : m.end()]) for m in _TOKEN.finditer(view.text)]
            if self.speaks
            else []
        )
        told = [view.sentence_index(at) for at in self.speaks]
        self._told = {number: told.count(number) for number in {*told}}
        #: Where each capitalised word stands.
        self._firsts: dict[str, list[int]] = {}
        for number, token in enumerate(self._tokens):
            if token.text[0].isupper():
                self._firsts.setdefault(stem(token.folded), []).append(number)

    def read(self) -> Iterator[Span]:
        for number, token in enumerate(self._tokens):
            if token.text[0].isalnum() and (kind := self._kind(number)):
                yield from self._from(number, kind)

    def _text(self, number: int) -> str:
        return self._tokens[number].text if 0 <= number < len(self._tokens) else "\n"

    def _folded(self, number: int) -> str:
        return self._tokens[number].folded if 0 <= number < len(self._tokens) else "\n"

    def _kind(self, number: int) -> str | None:
        """How a name may begin at a token: "quoted", "capital", "head"; None when none may."""
        token, before = self._tokens[number], self._text(number - 1)
        if before == '"':
            return "quoted"
        if token.text.lower() in _stops():
            return None
        if token.text[0].isupper():
            if token.text.lower() in _links() and token.folded not in ("la", "le", "les"):
                return None
            previous = self._folded(number - 1)
            inside = before[0].isupper() and previous not in _articles() and stem(previous) not in _heads()
            return None if inside else "capital"
        return "head" if stem(token.folded) in _heads() else None

    def _from(self, first: int, kind: str) -> Iterator[Span]:
        tokens = self._tokens
        start = tokens[first].start
        if any(m.start <= start < m.end for m in self._known):
            return
        sentence = self.view.sentence_index(start)
        if self.hopeless and not any(sentence + step in self._told for step in (-1, 0, 1)):
            return
        left = self._left(first, kind, sentence)
        if self.hopeless and self.hopeless(left):
            return
        capitals = lows = 0
        quoting = kind == "quoted"
        content: list[int] = []
        for number in range(first, min(len(tokens), first + _MOST_WORDS)):
            token = tokens[number]
            if token.text in _ENDS or (not quoting and token.text.lower() in _stops()):
                return
            if token.text == '"':
                if kind == "quoted" or number == first:
                    return
                if quoting:
                    yield self._span(first, number, kind, left, content)
                    return
                quoting = True
                continue
            if not token.text[0].isalnum() or _is_link(token.text):
                continue
            if _YEAR.fullmatch(token.text) and not quoting:
                return
            content.append(number)
            capitals += token.text[0].isupper()
            lows += not token.text[0].isupper()
            if lows > _MOST_LOW or token.end - start > _LONGEST:
                return
            if any(m.start < token.end and start < m.end for m in self._known):
                return
            if quoting and self._text(number + 1) != '"':
                continue
            if kind == "head" and number == first:
                continue
            if quoting and kind != "quoted":
                continue  # its closing quotation mark comes next
            yield self._span(first, number, kind, left, content)
            if quoting:
                return

    def _span(self, first: int, last: int, kind: str, left: tuple[str, ...], content: Sequence[int]) -> Span:
        start, end = self._tokens[first].start, self._tokens[last].end
        return Span(start, end, left, tuple(self._own(first, last, kind, content, start, end)))

    # --- what is seen

    def _governor(self, at: int) -> int:
        """The token before `at` that is neither article, link nor quotation mark."""
        governor = at - 1
        while governor >= 0 and (
            _is_link(self._text(governor))
            or self._text(governor) == '"'
            or self._folded(governor) in _possessives()
        ):
            governor -= 1
        return governor

    def _head(self, first: int) -> str:
        key = stem(self._folded(first))
        if key in _heads():
            return key
        return "capital" if self._text(first)[0].isupper() else "small"

    def _left(self, first: int, kind: str, sentence: int) -> tuple[str, ...]:
        head, word = self._head(first), self._folded(first)
        at = first
        quote = self._text(first - 1) == '"'
        if quote:
            at -= 1
        one, two, three = (_class(self._text(at - step), self._folded(at - step)) for step in (1, 2, 3))
        governor = self._governor(at)
        start = self._tokens[first].start
        begins = self.view.sentences[sentence][0]
        found = [
            f"kind {kind}", f"head {head}", f"{kind} {head}", f"word {stem(word)[:8]}",
            f"-1 {one}", f"-2 {two}", f"-3 {three}", f"-2 {two} -1 {one}", f"{head} -1 {one}",
            f"governor {_class(self._text(governor), self._folded(governor))}",
            f"plural {word.endswith('s')} {head == 'capital'}",
            f"known {bool(self._known)}",
            f"again {min(3, len(self._firsts.get(stem(word), ())))}",
            f"spoken {min(4, self._told.get(sentence, 0))}",
            f"spoken around {min(4, self._told.get(sentence - 1, 0) + self._told.get(sentence + 1, 0))}",
            f"spoken in all {min(6, len(self.speaks) // 2)}",
            f"sentences {min(5, len(self.view.sentences) // 4)}",
        ]  # fmt: skip
        if self._text(governor)[0].isupper():
            found.append("governor capital")
        elsewhere = {self._governor(other) for other in self._firsts.get(stem(word), ()) if other != first}
        found.extend({f"elsewhere behind {_class(self._text(one), self._folded(one))}" for one in elsewhere})
        if sentence == 0:
            found.append("title")
        if start == begins:
            found.append("begins sentence")
        for number in range(at - 1, max(-1, at - 1 - _AROUND), -1):
            if self._text(number) == "\n":
                break
            found.append(f"< {self._folded(number)[:_STEM]}")
        found.extend({f"says {m[0]}" for m in _speaking().finditer(self.view.folded, begins, start)})
        return tuple(found)

    def _own(
        self, first: int, last: int, kind: str, content: Sequence[int], start: int, end: int
    ) -> Iterator[str]:
        tokens, head = self._tokens, self._head(first)
        capitals = sum(tokens[number].text[0].isupper() for number in content)
        lows = len(content) - capitals
        closing = tokens[content[-1]]
        yield f"{kind} words {min(6, len(content))} capitals {min(4, capitals)}"
        yield f"{head} lows {min(4, lows)} capitals {min(3, capitals)}"
        yield f"last {'capital' if closing.text[0].isupper() else 'small'} {min(3, lows)}"
        yield f"last {stem(closing.folded)[:_STEM]}"
        if first < last:
            yield f"second {self._folded(first + 1)[:_STEM]}"
        for number in content[1:]:
            yield f"in {tokens[number].folded[:_STEM]}"
        if _metal().search(self.view.folded, start, end):
            yield "metal"
        behind = last + 1
        if self._text(behind) == '"':
            behind += 1
        one, two = (_class(self._text(behind + step), self._folded(behind + step)) for step in (0, 1))
        yield f"+1 {one}"
        yield f"+2 {two}"
        yield f"+1 {one} +2 {two}"
        following = self._text(behind)
        if following[0].isalpha():
            link = _is_link(following)
            further = self._text(behind + 1)[0].isupper()
            form = f"link {further}" if link else "capital" if following[0].isupper() else "small"
            yield f"next {form}"
            yield f"next {form} {head} {min(2, capitals)} {min(2, lows)}"
        for number in range(behind, behind + _AROUND):
            if self._text(number) == "\n":
                break
            yield f"> {self._folded(number)[:_STEM]}"
        for rule in self._ruled:
            if rule.start < end and start < rule.end:
                exact = (rule.start, rule.end) == (start, end)
                yield f"ruled {'exactly' if exact else 'otherwise'}"
                yield f"ruled {'exactly' if exact else 'otherwise'} {_RULE_HEAD.sub('', rule.rule)}"
                return
        yield "ruled nothing"
        yield f"ruled nothing {bool(self._ruled)}"


_RULE_HEAD = re.compile(r"^.*(?= (?:\+|«))")


def _is_link(text: str) -> bool:
    """Whether a word only links others: "de", "l'", "à"; not "Môm'"."""
    return text.lower() in _links() or (text[-1] == "'" and len(text) <= _LONGEST_ELISION)


def _class(text: str, folded: str) -> str:
    """A token as its neighbours see it."""
    if _YEAR.fullmatch(text):
        return "YEAR"
    return "NUMBER" if text.isdigit() else folded[: _STEM + 1]
