"""What a slot may be filled with: the levels and categories within reach of a recipient, sure and doubtful ones.

The finder of levels (`pipeline.awards`) is careful, since rules take what it gives; here even "deuxième" or a number at
the head of a line is an option, and the learned choice (`choices`) says which one is meant, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.awards import METALS, counted_level, level_number, place_level, place_number, prize_level
from pipeline.awards.catalogue import words
from pipeline.awards.forms import forms
from pipeline.relate.anchors import NAME_LONGEST, Facts, fits
from pipeline.relate.categories import categories, prize_of
from pipeline.relate.holding import category_of
from pipeline.relate.slots import Slot
from pipeline.text import View, fold, within


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field may have, and where the text says it (offsets of the view).

    `where`: the slot's own "sentence", the one "before" it, a "head" line above, or "earlier"; `kind` is how it was
    found.
    """

    start: int
    end: int
    value: str
    kind: str
    where: str


_HEAD_REACH = 14  # lines above a line in which its head may stand
_HEAD_LONGEST = 80  # characters of a head
_NUMBERED = re.compile(r"\s*(?P<n>\d{1,3})\s?(?:[.)|-]|er?\b)\s")
_METAL = re.compile(rf"(?<![\w-])(?P<m>{'|'.join(METALS)})(?![\w-])")
_MOST = 5  # flowers, arobases and the like that there can be


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What may be a level, by how it is written; all for folded text."""
    data = forms()
    no_rank = rf"(?![\w'])(?! (?:{data['no_rank_of']}|\w+ (?:etoile|fleur)|\w+s\b))"
    words = "|".join(sorted(data["ordinals"], key=len, reverse=True))
    prizes = "|".join(
        f"(?P<p{number}>{entry['pattern']})" for number, entry in enumerate(data["doubtful_prizes"])
    )
    return {
        "rank": re.compile(rf"(?<![\w,.-])(?P<n>\d{{1,3}})(?:er|re|ere|e|es|eme|emes){no_rank}"),
        "ordinal": re.compile(rf"(?<![\w-])(?P<n>{words})s?{no_rank}"),
        "prize": re.compile(rf"(?<!\w)(?:{prizes})(?!\w)"),
        "grade": re.compile(rf"(?<!\w)(?:{data['doubtful_grades']}) (?P<n>\d|i{{1,3}}|iv)(?!\w)"),
        "number": re.compile(rf"(?<![\w.,-])(?:{'|'.join(data['numbers'])}|[1-{_MOST}])(?![\w.,-]?\w)"),
    }


def level_options(view: View, facts: Facts, slot: Slot) -> list[Option]:
    """The levels that a recipient may have: those of its sentence, the one before, the heads above."""
    found: list[Option] = []
    ranked = any(one.level.endswith(" prix") for one in facts.levels)
    for start, end, where in _regions(view, facts, slot):
        taken: list[tuple[int, int]] = []
        for level in within(facts.levels, start, end):
            if level.kind == "grade" and counted_noun(slot) and level.level[-1:].isdigit():
                continue  # "niveau 3" of a label that counts flowers
            kind = level.kind if fits(level, slot.anchor.mention) else f"{level.kind} of another"
            found.append(Option(level.start, level.end, level.level, kind, where))
            taken.append((level.start, level.end))
        for option in _doubtful(view, slot, start, end, where, ranked=ranked):
            if not any(first < option.end and option.start < last for first, last in taken):
                found.append(option)
                taken.append((option.start, option.end))
    if slot.anchor.mention.level:
        found.append(
            Option(slot.anchor.start, slot.anchor.end, slot.anchor.mention.level, "in the name", "sentence")
        )
    return found


def counted_noun(slot: Slot) -> str | None:
    """What the levels of the slot's award count ("fleur"), None when they count nothing."""
    award = slot.anchor.mention.award
    ladder = award.levels if award else ()
    return next(
        (name.split(" ", 1)[1].rstrip("s") for name in ladder if name[:2] in ("1 ", "2 ", "3 ")), None
    )


def _doubtful(view: View, slot: Slot, start: int, end: int, where: str, *, ranked: bool) -> Iterator[Option]:
    """What rules would not take for a level; `ranked` when the text counts prizes, not places."""
    folded, patterns = view.folded, _patterns()
    place = prize_level if ranked else place_level
    counted = counted_noun(slot)
    award = slot.anchor.mention.award
    for name in award.levels if award else ():
        if name[0].isalpha():
            for match in re.compile(rf"(?<![\w-]){re.escape(fold(name))}(?![\w-])").finditer(
                folded, start, end
            ):
                yield Option(*match.span(), name, "ladder", where)
    for match in patterns["prize"].finditer(folded, start, end):
        entry = forms()["doubtful_prizes"][int((match.lastgroup or "p0")[1:])]
        yield Option(*match.span(), entry["level"], "doubtful prize", where)
    for match in patterns["grade"].finditer(folded, start, end):
        if counted and match["n"].isdigit():
            yield Option(*match.span(), counted_level(int(match["n"]), counted), "grade of a count", where)
        else:
            yield Option(*match.span(), match[0], "doubtful grade", where)
    line = folded.rfind("\n", 0, start) + 1
    numbered = _NUMBERED.match(folded, line) if where == "sentence" else None
    if numbered and numbered.end() <= end:
        yield Option(*numbered.span("n"), place(int(numbered["n"])), "line number", where)
    for match in patterns["rank"].finditer(folded, start, end):
        if int(match["n"]):
            yield Option(*match.span(), place(int(match["n"])), "doubtful rank", where)
    for match in patterns["ordinal"].finditer(folded, start, end):
        number = place_number(match["n"]) or 0
        if counted and number <= _MOST:
            yield Option(*match.span(), counted_level(number, counted), "ordinal of a count", where)
        else:
            yield Option(*match.span(), place(number), "doubtful ordinal", where)
    for match in _METAL.finditer(folded, start, end):
        yield Option(*match.span(), METALS[match["m"]], "doubtful metal", where)
    for match in patterns["number"].finditer(folded, start, end) if counted else ():
        yield Option(
            *match.span(),
            counted_level(level_number(match[0]) or 0, counted or ""),
            "number of a count",
            where,
        )


_EARLIER = 6  # sentences over which a category or a class that is ranked may hold


def _regions(view: View, facts: Facts, slot: Slot) -> Iterator[tuple[int, int, str]]:
    """Where a slot's values may stand: its sentence, the one before it in the paragraph, the heads above its line."""
    yield slot.start, slot.end, "sentence"
    sentences = view.sentences
    number = slot.sentence
    if number and "\n" not in view.text[sentences[number - 1][1] : slot.start]:
        yield *sentences[number - 1], "before"
    for start, end in heads_above(view, facts, number):
        yield start, end, "head"


def heads_above(view: View, facts: Facts, number: int) -> Iterator[tuple[int, int]]:
    """Short lines without a place above the line that a sentence begins, nearest first, until a paragraph of prose."""
    sentences = view.sentences
    line = view.text.rfind("\n", 0, sentences[number][0]) + 1
    first_here = view.sentence_index(line)
    if sentences[first_here][0] < line:
        first_here += 1
    if sum(end - start for start, end in sentences[first_here:number]) > 6:
        return  # not the first sentence of its line ("1." is none)
    for above in range(first_here - 1, max(-1, first_here - 1 - _HEAD_REACH), -1):
        first, last = sentences[above]
        if last - first > _HEAD_LONGEST:
            if view.text[last - 1] == ":":
                yield first, last
            return
        if view.text[last - 1] not in ".!?;," and not within(facts.places, first, last):
            yield first, last


# what is found inside the name of an award is none of its categories, unless it was found as one
_OF_NAMES = ("in the name", "pattern", "of a level", "told")
_GENERIC = re.compile(
    r"(?:le |la |les |son |sa )?(?:prix|trophees?|labels?|concours|palmares|laureate?s?|jury|distinctions?|recompenses?)(?: du jury)?"
)


def _overlaps_award(facts: Facts, start: int, end: int) -> bool:
    return any(m.start < end and start < m.end for m in within(facts.awards, start - NAME_LONGEST, end))


_QUOTED = re.compile(r"\"\s*([^\"\n]{2,90}?)\s*\"")
_BRACKETS = re.compile(r"\(([^()\n]{3,70})\)")
_LABEL = re.compile(r"[\s*•·▪►>-]*(?P<label>[^:\n|]{3,80}?)\s?[:|]\s")
_PRIZE_FOR = re.compile(
    r"(?<!\w)(?:prix|trophee|mention|palme|categorie|section) (?:special |speciale )?(?:de la |de l'|du |des |de |d')(?P<name>[\w' -]{3,60}?)(?=[,.;:()\"\n]|$| (?:a|au|aux|pour|est|revient|va|et|qui|lors|decerne|remis|recompense|en|devant|derriere|face|avec|par|dans) )"
)
# the class that is ranked: "plus de 10 000 habitants", "20 000 à 50 000 habitants"
_CLASS = re.compile(r"(?:(?:plus|moins) de )?\d[\d ]*(?: ?(?:a|et|-) ?\d[\d ]*)? ?habitants")
_EN = re.compile(
    r"(?<!\w)en (?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?: (?:et |de la |de l'|des |du |de |d'|à la |à )?[a-zà-ÿ][\w'-]+){0,4})"
)


def category_options(view: View, facts: Facts, slot: Slot) -> list[Option]:
    """The categories that a recipient may have been chosen in."""
    found: list[Option] = []

    def add(start: int, end: int, value: str, kind: str, where: str) -> None:
        value = value.strip(" .,:;-\"'")
        if any(p.start < end and start < p.end for p in within(facts.places, start, end)):
            kind = f"{kind}, a place"
        if _overlaps_award(facts, start, end) and kind not in _OF_NAMES:
            return
        if (
            len(value) > 2
            and not _GENERIC.fullmatch(fold(value))
            and not any(o.kind == kind and o.value == value for o in found)
        ):
            found.append(Option(start, end, value, kind, where))

    named = {" ".join(words(m.name)) for m in facts.awards}
    mention = slot.anchor.mention
    if mention.category:
        add(slot.anchor.start, slot.anchor.end, mention.category, "in the name", "sentence")
    for start, end, where in _regions(view, facts, slot):
        for name in categories(view, start, end, None):
            at = max(start, view.text.find(name, start, end))
            add(at, at + len(name), name, "pattern", where)
        for match in _QUOTED.finditer(view.text, start, end):
            if " ".join(words(match[1])) not in named:
                add(*match.span(1), match[1], "quoted", where)
        for match in _PRIZE_FOR.finditer(view.folded, start, end):
            first, last = match.span("name")
            add(first, last, view.text[first:last], "prize of", where)
        if (prize := prize_of(view, start, end)) is not None:
            at = max(start, view.text.find(prize, start, end))
            add(at, at + len(prize), prize, "prize", where)
        if where == "sentence":
            for match in _BRACKETS.finditer(view.text, start, end):
                add(*match.span(1), match[1], "bracket", where)
            label = _LABEL.match(view.text, start, end)
            if label and not any(
                a.start < label.end("label") and label.start("label") < a.end for a in slot.group
            ):
                add(*label.span("label"), label["label"], "label", where)
            for match in _EN.finditer(view.text, start, end):
                add(*match.span("name"), match["name"], "en", where)
        if where == "head":
            text = category_of(view.text[start:end]) or ""
            add(start, end, text, "head", where)
    for level in within(facts.levels, slot.start, slot.end):
        if level.category:
            add(level.start, level.end, level.category, "of a level", "sentence")
    for number in range(slot.sentence - 1, max(-1, slot.sentence - 1 - _EARLIER), -1):
        start, end = view.sentences[number]
        for name in categories(view, start, end, None):
            at = max(start, view.text.find(name, start, end))
            add(at, at + len(name), name, "pattern", "earlier")
        for match in _CLASS.finditer(view.folded, start, end):
            add(match.start(), match.end(), view.text[match.start() : match.end()], "class", "earlier")
    for match in _CLASS.finditer(view.folded, slot.start, slot.end):
        add(match.start(), match.end(), view.text[match.start() : match.end()], "class", "sentence")
    if slot.told:
        add(slot.start, slot.start, slot.told, "told", "earlier")
    return found
