"""One pass over the folded text: which form of `forms.yaml` stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.dates.lexicon import Form, Lexicon, LexiconError, lexicon
from pipeline.dates.openings import tree

_TOKEN = re.compile(r"(?<![^\W_])(?:[a-z]+|\d+)")
_PLACEHOLDER = re.compile(r"(?<!P)<([a-z]+)(\d?)>")
# a blank or `~` of a pattern, and what must be left as it is: escapes and classes
_BLANK = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]| \?| |~")
_DAY = r"(?:1~(?:er|ᵉʳ)|premier|[12]\d|3[01]|0?[1-9])(?![\d€%])"
#: a word between a weekday and its day: "samedi prochain, 18 novembre"
DEICTIC = r"(?:prochain|dernier|suivant)s?"
_ITEM = rf"(?:(?:le|les|du) )?(?:{{weekday}}s?\.?(?: {DEICTIC})?,? (?:le )?)?{_DAY}"
_SEPARATOR = r"(?:~, ?(?:et |puis |ou |ainsi que )?| et | puis | ou | & |~-~| au | a |~/~)"


_NO_CUE = -1_000_000  # farther before a text than any form looks


@dataclass(slots=True)
class Mention:
    """A form found in the folded text: its span, the reader of its sense, what its groups hold."""

    start: int
    end: int
    means: str
    found: dict[str, str]
    #: span of the list of days within the text, for forms that name several
    list_span: tuple[int, int] | None = None
    #: offset of the last word before it that may part or compare a date, or far below zero
    cue: int = _NO_CUE


def either(words: Iterable[str]) -> str:
    """Any of the words, the longest first, blanks as in the forms."""
    return f"(?:{tree(words)})".replace(r"\ ", " ")


def blanks(pattern: str) -> str:
    """A pattern of the data files with its blanks spelled out: ` ` one or two, `~` at most one."""
    return _BLANK.sub(
        lambda match: {" ": r"[ \n]{1,2}", " ?": r"[ \n]{0,2}", "~": "[ ]?"}.get(match[0], match[0]), pattern
    )


@cache
def atoms() -> dict[str, str]:
    """The regular expression of each atom that a form may name in angle brackets."""
    words = lexicon()
    number = rf"(?:\d{{1,3}}(?!\d)|{either(words.numbers)}(?![a-z]))(?: de| d')?"
    weekday_any = either(words.weekdays)
    return {
        "day": _DAY,
        "item": _ITEM.format(weekday=weekday_any),
        "sep": _SEPARATOR,
        "month": rf"(?:{either(words.months_in_full)}|{either(set(words.months) - words.months_in_full)}\.?)(?![a-z])",
        "deixismonth": rf"(?P<month>{either(words.months_in_full)}) (?P<deixis>{either(words.deixis)})(?![a-z])",
        "monthfull": rf"{either(words.months_in_full)}(?![a-z])",
        "monthnumber": r"(?:1[0-2]|0?[1-9])(?!\d)",
        "fullyear": r"[12]\d{3}(?![\d€%]|[.,]\d| ?(?:h\b|euros?\b))",
        "year": r"(?:1[4-9]|20)\d\d(?!\d)",
        "weekday": rf"{either(words.weekdays_in_full)}",
        "weekdayany": weekday_any,
        "season": rf"{either(words.seasons)}(?![a-z])",
        "deixis": rf"{either(words.deixis)}(?![a-z])",
        "ordinal": rf"{either(words.ordinals)}",
        "number": number,
        "words": either(words.numbers),
        "span": rf"(?:annees?|journees?|{either(words.units)})",
        "measure": either(words.measures),
        "part": either(words.day_parts),
        "dayword": either(words.day_words),
        "nextday": either(words.next_day_words),
        "holiday": either(words.feast_of),
        "vague": either(words.vague),
    }


def expand(pattern: str) -> str:
    """A pattern of `forms.yaml` as a regular expression: atoms and blanks spelled out."""
    known = atoms()

    def atom(match: re.Match[str]) -> str:
        name, number = match[1], match[2]
        if name not in known:
            raise LexiconError(f"pipeline/dates/data/forms.yaml: unknown atom <{name}> in {pattern!r}")
        if name in ("item", "sep", "deixismonth"):
            return known[name]
        return f"(?P<{name}{number}>{known[name]})"

    return blanks(_PLACEHOLDER.sub(atom, pattern))


def _first_words(words: Iterable[str]) -> set[str]:
    """The first token of each word; "#" with the count of its digits for a number."""
    tokens = (_TOKEN.match(word) for word in words)
    return {_opener(token[0]) for token in tokens if token}


def _opener(token: str) -> str:
    return f"#{len(token)}" if token[0].isdigit() else token


def _classes(words: Lexicon) -> dict[str, set[str]]:
    return {
        "day": {"#1", "#2", "premier"},
        "number": {"#1", "#2", "#3"},
        "year": {"#4"},
        "months": _first_words(words.months_in_full),
        "weekdays": _first_words(words.weekdays) | {f"{day}s" for day in words.weekdays_in_full},
        "seasons": _first_words(words.seasons),
        "numbers": _first_words(words.numbers),
        "ordinals": _first_words(words.ordinals),
        "holidays": _first_words(words.feast_of),
    }


@dataclass(frozen=True, slots=True)
class _Group:
    """Forms that begin with the same atom: `any` matches wherever one of several does."""

    any: re.Pattern[str] | None
    #: rank among the forms, reader and pattern of each
    each: tuple[tuple[int, str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms that one word opens, in groups; `any` matches wherever one of many does."""

    any: re.Pattern[str] | None
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a word or number opens: forms, what only looks like one, what parts or compares a date."""

    forms: _Forms | None
    shield: re.Pattern[str] | None
    cues: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """The words and numbers that open something, and what: by the word, or by how many digits."""

    openers: re.Pattern[str]
    opened: dict[str, _Opened]
    numbers: tuple[_Opened, ...]


#: digits from which on numbers are not told apart
_LONGEST_NUMBER = 5


def _compiled(pattern: str, source: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise LexiconError(f"pipeline/dates/data/{source}: {pattern!r}: {error}") from error


def _opened(first: Iterable[str], classes: dict[str, set[str]]) -> set[str]:
    """The words and "#" that a list of words and classes stands for."""
    return set().union(*(classes.get(name, {name}) for name in first))


def _shields(words: Lexicon, classes: dict[str, set[str]]) -> dict[str, re.Pattern[str]]:
    """The shields by the word that they begin with, all that share one in one pattern."""
    known = atoms()
    streets = words.shields.named_after_dates.split()
    month, feast = either(words.months_in_full), either(words.feast_of)
    named = (
        # "au cours de l'automne" is no street
        rf"(?!(?<=au\x20)cours){either(streets)}s?\.? (?:du |de la |de |de l.|d.|des )?(?:{known['day']}(?: |-){month}(?![a-z])(?:(?: |-)\d{{4}})?"
        rf"|{month}(?: |-)\d{{4}}|{feast}\b|(?:printemps|automne)\b)(?! (?:au|et) (?:le )?\d)"
    )
    years = rf"{either(words.shields.names_with_year)}(?!\d)"
    table: dict[str, list[str]] = {}
    listed = [(_opened(shield.first, classes), shield.like) for shield in words.shields.patterns]
    listed.append((_first_words([*streets, *(f"{street}s" for street in streets)]), named))
    listed.append((_first_words(words.shields.names_with_year), years))
    for firsts, pattern in listed:
        for first in {first[0] if first[0] == "#" else first for first in firsts}:
            table.setdefault(first, []).append(blanks(pattern))
    return {first: _compiled("|".join(patterns), "shields.yaml") for first, patterns in table.items()}


_NAMED_GROUP = re.compile(r"\(\?P<[a-z0-9]+>")
#: forms that are tried one by one as fast as all in one
_FEW = 2
_FIRST_ATOM = re.compile(r"<[a-z]+>")
#: what a back reference of the forms stands for
_MARK = "[/.-]"


def _any_of(patterns: Sequence[str], common: str = "") -> re.Pattern[str]:
    """A pattern without groups that matches where `common` with one of the patterns behind it does
    (and, for marks, in a few places more).
    """
    plain = [_NAMED_GROUP.sub("(?:", pattern.replace("(?P=mark)", _MARK)) for pattern in (common, *patterns)]
    return re.compile(plain[0] + "(?:" + "|".join(f"(?:{pattern})" for pattern in plain[1:]) + ")")


@cache
def _group(forms: tuple[Form, ...]) -> _Forms:
    """Forms that one word opens, those that begin with the same atom together."""
    by_atom: dict[str, list[tuple[int, Form]]] = {}
    for rank, form in enumerate(forms):
        atom = _FIRST_ATOM.match(form.like)
        by_atom.setdefault(atom[0] if atom else form.like, []).append((rank, form))
    groups = []
    for common, members in by_atom.items():
        each = tuple((rank, form.means, _compiled(expand(form.like), "forms.yaml")) for rank, form in members)
        rests = [expand(form.like.removeprefix(common)) for _, form in members]
        groups.append(_Group(_any_of(rests, expand(common)) if len(members) > _FEW else None, each))
    if len(forms) <= _FEW + 1:
        return _Forms(None, tuple(groups))
    every = [group.any or pattern for group in groups for _, _, pattern in group.each]
    return _Forms(_any_of(list(dict.fromkeys(pattern.pattern for pattern in every))), tuple(groups))


@cache
def _table() -> _Table:
    words = lexicon()
    classes = _classes(words)
    forms: dict[str, list[Form]] = {}
    for form in words.forms:
        for first in _opened(form.first, classes):
            forms.setdefault(first, []).append(form)
    shields = _shields(words, classes)
    grouped = {first: _group(tuple(made)) for first, made in forms.items()}
    # of several words that part or compare a date, the last is the rarest
    cues = {
        _TOKEN.findall(phrase)[-1]
        for phrases in (*words.parts.values(), *words.comparators.values())
        for phrase in phrases
    }
    opened = {
        first: _Opened(grouped.get(first), shields.get(first), first in cues)
        for first in {*forms, *shields, *cues}
        if first[0] != "#"
    }
    return _Table(
        re.compile(rf"(?<![^\W_])(?:\d+|{tree(opened)}(?![a-z]))"),
        opened,
        tuple(_Opened(grouped.get(f"#{count}"), shields["#"]) for count in range(_LONGEST_NUMBER + 1)),
    )


def _marked_spans(folded: str) -> list[tuple[int, int]]:
    """Spans of addresses of the web and the like, which no text without a mark can hold."""
    return [
        match.span() for mark, pattern in _marked() if mark in folded for match in pattern.finditer(folded)
    ]


@cache
def _marked() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Shields that no text without a mark can hold, by that mark."""
    marked = lexicon().shields.marked
    return tuple((mark, _compiled("|".join(patterns), "shields.yaml")) for mark, patterns in marked.items())


def scan(folded: str, taken: Iterable[tuple[int, int]] = ()) -> list[Mention]:
    """Every form in the text, left to right, none over another, none within a shield.

    Parameters
    ----------
    taken : spans of the text that are read by other means; no form may begin or end in one.

    >>> [mention.start for mention in scan("rue du 8 mai 1945, le 8 mai")]
    [22]
    """
    table = _table()
    known, numbers = table.opened, table.numbers
    shields = [*taken, *_marked_spans(folded)]
    opening: list[tuple[int, int, _Forms]] = []
    position = 0
    cue = _NO_CUE
    for token in table.openers.finditer(folded):
        word = token[0]
        opened = known.get(word) or numbers[min(len(word), _LONGEST_NUMBER)]
        start = token.start()
        if opened.shield and start >= position and (match := opened.shield.match(folded, start)):
            position = match.end()
            shields.append((start, position))
        if opened.forms:
            opening.append((start, cue, opened.forms))
        if opened.cues:
            cue = start
    shields.sort()
    return _mentions(folded, opening, shields)


def _mentions(
    folded: str, opening: list[tuple[int, int, _Forms]], shields: list[tuple[int, int]]
) -> list[Mention]:
    """The forms that stand where one may begin, none within a shield.

    Parameters
    ----------
    opening : where a form may begin, the offset of the last cue before, the forms.
    """
    mentions: list[Mention] = []
    position = 0
    shield = 0
    for start, cue, forms in opening:
        if start < position or (forms.any and forms.any.match(folded, start) is None):
            continue
        while shield < len(shields) and shields[shield][1] <= start:
            shield += 1
        if shield < len(shields) and shields[shield][0] <= start:
            continue
        best: re.Match[str] | None = None
        longest, lowest = start, 0
        means = ""
        for group in forms.groups:
            if group.any and group.any.match(folded, start) is None:
                continue
            for rank, name, pattern in group.each:
                match = pattern.match(folded, start)
                if match and (match.end() > longest or (match.end() == longest and best and rank < lowest)):
                    best, longest, lowest, means = match, match.end(), rank, name
        if best is None:
            continue
        end = start + len(best[0].rstrip())
        if shield < len(shields) and shields[shield][0] < end:
            continue
        found = {name: text for name, text in best.groupdict().items() if text is not None}
        span = best.span("list") if "list" in found else None
        mentions.append(Mention(start, end, means, found, span, cue))
        position = end
    return mentions
