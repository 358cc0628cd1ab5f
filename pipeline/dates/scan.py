"""One pass over the folded text: which form of `forms.yaml` stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.dates.lexicon import Lexicon, LexiconError, lexicon
from pipeline.dates.openings import tree

_TOKEN = re.compile(r"(?<![^\W_])(?:[a-z]+|\d+)")
_PLACEHOLDER = re.compile(r"(?<!P)<([a-z]+)(\d?)>")
# a blank or `~` of a pattern, and what must be left as it is: escapes and classes
_BLANK = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]| \?| |~")
_DAY = r"(?:1~(?:er|ᵉʳ)|premier|[12]\d|3[01]|0?[1-9])(?![\d€%])"
#: a word between a weekday and its day: "samedi prochain, 18 novembre"
DEICTIC = r"(?:prochain|dernier|suivant)s?"
_ITEM = rf"(?:(?:le|les) )?(?:{{weekday}}s?\.?(?: {DEICTIC})?,? (?:le )?)?{_DAY}"
_SEPARATOR = r"(?:~, ?(?:et |puis |ou |ainsi que )?| et | puis | ou | & |~-~| au | a |~/~)"


@dataclass(slots=True)
class Mention:
    """A form found in the folded text: its span, the reader of its sense, what its groups hold."""

    start: int
    end: int
    means: str
    found: dict[str, str]
    #: span of the list of days within the text, for forms that name several
    list_span: tuple[int, int] | None = None


def either(words: Iterable[str]) -> str:
    """Alternation of words, the longest first, blanks as in the forms."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered) + ")"


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
    """The first token of each word; "#" for one that begins with a digit."""
    firsts = set()
    for word in words:
        token = _TOKEN.match(word)
        if token:
            firsts.add("#" if token[0][0].isdigit() else token[0])
    return firsts


def _classes(words: Lexicon) -> dict[str, set[str]]:
    return {
        "day": {"#", "premier", "le", "les"} - {"le", "les"},
        "months": _first_words(words.months_in_full),
        "weekdays": _first_words(words.weekdays) | {f"{day}s" for day in words.weekdays_in_full},
        "seasons": _first_words(words.seasons),
        "numbers": _first_words(words.numbers),
        "ordinals": _first_words(words.ordinals),
        "holidays": _first_words(words.feast_of),
    }


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms that one word sets going, and a cheaper pattern that matches wherever one of them does."""

    any: re.Pattern[str]
    each: tuple[tuple[str, re.Pattern[str]], ...]


_NAMED_GROUP = re.compile(r"\(\?P<[a-z0-9]+>")
#: what a back reference of the forms stands for
_MARK = "[/.-]"


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    """A pattern without groups that matches where one of the patterns does (and, for marks, in a few places more)."""
    plain = (_NAMED_GROUP.sub("(?:", pattern.replace("(?P=mark)", _MARK)) for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in plain))


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, _Forms]]:
    """The words that set a form going, and the forms by that word ("#" for a number)."""
    words = lexicon()
    classes = _classes(words)
    table: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for form in words.forms:
        expanded = expand(form.like)
        try:
            pattern = re.compile(expanded)
        except re.error as error:
            raise LexiconError(f"pipeline/dates/data/forms.yaml: {form.like!r}: {error}") from error
        firsts: set[str] = set()
        for name in form.first:
            firsts |= classes.get(name, {name})
        for first in firsts:
            table.setdefault(first, []).append((form.means, expanded, pattern))
    triggers = re.compile(rf"(?<![^\W_])(?:\d+|{tree(first for first in table if first != '#')}(?![a-z]))")
    known: dict[tuple[str, ...], re.Pattern[str]] = {}
    forms_of = {}
    for first, forms in table.items():
        expansions = tuple(expanded for _, expanded, _ in forms)
        if expansions not in known:
            known[expansions] = _any_of(list(expansions)) if len(expansions) > 1 else forms[0][2]
        forms_of[first] = _Forms(known[expansions], tuple((means, pattern) for means, _, pattern in forms))
    return triggers, forms_of


def scan(folded: str, shields: list[tuple[int, int]]) -> list[Mention]:
    """Every form in the text, left to right, none over another, none within a shield."""
    triggers, table = _compiled()
    digits = table["#"]
    mentions: list[Mention] = []
    position = 0
    shield = 0
    for token in triggers.finditer(folded):
        start = token.start()
        if start < position:
            continue
        word = token[0]
        forms = digits if word[0].isdigit() else table[word]
        while shield < len(shields) and shields[shield][1] <= start:
            shield += 1
        if shield < len(shields) and shields[shield][0] <= start:
            continue
        if forms.any.match(folded, start) is None:
            continue
        best: re.Match[str] | None = None
        means = ""
        for name, pattern in forms.each:
            match = pattern.match(folded, start)
            if match and (best is None or match.end() > best.end()):
                best, means = match, name
        if best is None or best.end() == start:
            continue
        end = start + len(best[0].rstrip())
        if shield < len(shields) and shields[shield][0] < end:
            continue
        found = {name: text for name, text in best.groupdict().items() if text is not None}
        mention = Mention(start, end, means, found)
        if "list" in found:
            mention.list_span = best.span("list")
        mentions.append(mention)
        position = end
    return mentions
