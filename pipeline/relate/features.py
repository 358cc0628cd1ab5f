"""What the decider sees of a slot: the words around the recipient, the award, the triggers, where it stands.

What the rules made of it is left out on purpose: they were written with the training releases in sight, so
a model that could see their verdict would trust them more there than anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.relate.anchors import Facts
from pipeline.relate.blocks import Blocks
from pipeline.relate.lexicon import lexicon
from pipeline.relate.settle import name_of
from pipeline.relate.slots import Slot
from pipeline.text import View, within

_WORD = re.compile(r"\w+|[:;()\"@•,!?-]")
_STEM = 6  # letters of a word that are kept: French endings say little of who got what
_NEAR = 8  # words on either side
_CONTACT = re.compile(
    r"contact|tel[ .:]|\d\d \d\d \d\d \d\d|@\w+\.\w|\b\d{5}\b|www\.|renseignements|service presse"
)
_BULLET = re.compile(r"\s*(?:[-*•·▪►▶➤✓✔>|]|\d{1,2}[.)/]\s)")
Features = dict[str, float]


def features_of(view: View, facts: Facts, slots: Sequence[Slot]) -> list[Features]:
    """The features of all slots of one release, in order."""
    awards = {name_of(m) for m in facts.awards}
    spoken: dict[int, set[str]] = {}
    for slot in slots:
        spoken.setdefault(slot.sentence, set()).update(t.status for t in slot.triggers)
    lists = _lists(view, facts) if slots else []
    result = []
    for slot in slots:
        found = {f"awards={min(3, len(awards))}": 1.0, **_features(view, facts, slot)}
        for status in spoken.get(slot.sentence - 1, ()):
            found[f"sentence before {status}"] = 1.0
        found.update(_structure(view, facts, slot))
        found.update(_listed(view, slot, lists))
        result.append(found)
    return result


def _features(view: View, facts: Facts, slot: Slot) -> Features:
    folded = view.folded
    first, last = slot.group[0].start, slot.group[-1].end
    actor = slot.actor
    found: Features = {}

    def say(name: str) -> None:
        found[name] = 1.0

    role = "implied" if slot.implied else actor.role
    say(f"role={role}")
    say(f"kind={actor.who.kind}")
    if actor.who.code and actor.who.code == facts.issuer.code:
        say("issuer")
    if actor.located:
        say("located")
    if actor.given:
        say("given")
    say(f"group={min(3, len(slot.group))}")
    say(f"place in group={'first' if actor is slot.group[0] else 'later'}")
    if folded[max(0, first - 1) : first] == "(":
        say("bracketed")
    # the award
    say(f"anchor={slot.anchor.kind}")
    award = slot.anchor.mention.award
    say(f"award={award.kind if award else 'unknown'}")
    if slot.anchor.kind != "implied" and not slot.implied:
        gap = max(0, slot.anchor.start - last, first - slot.anchor.end)
        side = "before" if slot.anchor.start < first else "behind"
        say(f"award {side} {'near' if gap < 40 else 'mid' if gap < 120 else 'far'}")
    if slot.fill and slot.fill[0].level:
        say("level")
        if slot.line_level:
            say("level heads the line")
    # triggers
    rulers = [t for t in slot.triggers if slot.implied or t.first <= actor.start < t.last]
    for trigger in slot.triggers:
        where = "own" if trigger in rulers else "other"
        side = "before" if trigger.start < first else "behind"
        say(f"trigger {where} {trigger.status}")
        say(f"trigger {where} {side} {trigger.rule.voice} {trigger.status}")
    if not rulers:
        say("no trigger of its own")
    # the line
    if _BULLET.match(view.text, slot.start):
        say("bullet")
    # where it stands
    share = slot.start / max(1, len(folded))
    say(f"at={'top' if slot.start < 120 else 'end' if share > 0.85 else 'body'}")
    sentence = folded[slot.start : slot.end]
    if _CONTACT.search(sentence):
        say("contact")
    if sentence.endswith("?"):
        say("question")
    words = lexicon()
    for name, pattern in (("wish", words.wish), ("described", words.described), ("negation", words.negation)):
        if pattern.search(sentence):
            say(name)
    # the words
    before = _WORD.findall(folded[slot.start : first])
    behind = _WORD.findall(folded[last : slot.end])
    if slot.implied:
        for word in _WORD.findall(sentence):
            say(f"s {_stem(word)}")
        return found
    for number, word in enumerate(reversed(before[-3:]), 1):
        say(f"-{number} {_stem(word)}")
    for number, word in enumerate(behind[:3], 1):
        say(f"+{number} {_stem(word)}")
    for word in before[-_NEAR:]:
        say(f"< {_stem(word)}")
    for word in behind[:_NEAR]:
        say(f"> {_stem(word)}")
    for word in (*before[:-_NEAR], *behind[_NEAR:]):
        say(f"s {_stem(word)}")
    return found


def _stem(word: str) -> str:
    if word.isdigit():
        return "year" if len(word) == 4 and word[:2] in ("19", "20") else "number"
    return word[:_STEM]


_GAPS = (3, 12, 40, 100)  # characters: where "near" ends
_LIST_WORDS = re.compile(
    r"laureat|palmares|nomine|finalist|recompens|labellis|distingu|prim|resultat|classement|podium|candidat|renouvel|confirm|perd|rejoin"
)


def gap(length: int) -> int:
    return next((number for number, limit in enumerate(_GAPS) if length <= limit), len(_GAPS))


def neighbours(slots: Sequence[Slot], features: Sequence[Features], said: Sequence[float]) -> list[Features]:
    """What a first reading thought of each slot and of those around it; `said` are its probabilities.

    A list of laureates is believed line by line because the lines around it are.
    """
    by_sentence: dict[int, list[int]] = {}
    by_actor: dict[tuple[str, str], list[int]] = {}
    for number, slot in enumerate(slots):
        by_sentence.setdefault(slot.sentence, []).append(number)
        by_actor.setdefault(_who(slot), []).append(number)
    result = []
    for number, slot in enumerate(slots):
        here = [other for other in by_sentence[slot.sentence] if other != number]
        group = [said[other] for other in here if slots[other].actor in slot.group]
        others = [said[other] for other in here if slots[other].actor not in slot.group]
        before = [said[other] for other in by_sentence.get(slot.sentence - 1, ())]
        behind = [said[other] for other in by_sentence.get(slot.sentence + 1, ())]
        elsewhere = [said[other] for other in by_actor[_who(slot)] if other != number]
        found = {
            f"first reading {_bucket([said[number]])}": 1.0,
            f"group {_bucket([sum(group) / len(group)] if group else [])}": 1.0,
            f"others {_bucket(others)}": 1.0,
            f"sentence before {_bucket(before)}": 1.0,
            f"sentence behind {_bucket(behind)}": 1.0,
            f"elsewhere {_bucket(elsewhere)}": 1.0,
        }
        if "in list" in features[number]:
            found[f"lines before {_bucket(before)} behind {_bucket(behind)}"] = 1.0
        result.append(found)
    return result


def _who(slot: Slot) -> tuple[str, str]:
    who = slot.actor.who
    return who.kind, who.code or who.name


def _bucket(values: Sequence[float]) -> str:
    """The highest of some probabilities in fifths; "no" of none."""
    return str(min(4, int(max(values) * 5))) if values else "no"


def _structure(view: View, facts: Facts, slot: Slot) -> Features:
    """How the recipient stands to verbs, levels and the other names of its sentence."""
    found: Features = {}
    first, last = slot.group[0].start, slot.group[-1].end
    if slot.implied:
        first = last = slot.start
    others = [a for a in slot.people if a not in slot.group and not a.located]
    left = max((t for t in slot.triggers if t.end <= first), key=lambda t: t.end, default=None)
    right = min((t for t in slot.triggers if t.start >= last), key=lambda t: t.start, default=None)
    for side, trigger in (("left", left), ("right", right)):
        if trigger is None:
            continue
        begin, end = (trigger.end, first) if side == "left" else (last, trigger.start)
        between = min(2, sum(begin <= a.start < end for a in others))
        found[f"{side} {trigger.status} {trigger.rule.voice} others{between}"] = 1.0
        found[f"{side} {trigger.status} gap{gap(end - begin)}"] = 1.0
        if slot.actor.given:
            found[f"{side} {trigger.rule.voice} given"] = 1.0
    if slot.implied:
        found[f"others={min(3, len(others))}"] = 1.0
        return found
    for level in within(facts.levels, slot.start, slot.end):
        side = "before" if level.end <= first else "behind"
        begin, end = (level.end, first) if side == "before" else (last, level.start)
        if not any(begin <= a.start < end for a in slot.people if a not in slot.group):
            found[f"level {side} gap{gap(end - begin)}"] = 1.0
            if view.text[end - 1 : end] == "(":
                found["level in brackets"] = 1.0
    if slot.anchor.kind != "implied":
        begin, end = sorted((slot.anchor.start, first))
        found[f"others to award={min(2, sum(begin <= a.start < end for a in others))}"] = 1.0
    words = len(view.text[slot.actor.start : slot.actor.end].split())
    found[f"{slot.actor.role} words={min(3, words)}"] = 1.0
    return found


def _lists(view: View, facts: Facts) -> list[tuple[int, int, str]]:
    """Spans of the list blocks of the release, each with the folded line above it."""
    return [
        (lines[0].start, lines[-1].end, view.folded[intro.start : intro.end])
        for intro, lines in Blocks(view, facts)
    ]


def _listed(view: View, slot: Slot, lists: Sequence[tuple[int, int, str]]) -> Features:
    """What the head of the list says that the slot stands in."""
    for start, end, intro in lists:
        if start <= slot.start < end:
            found = {"in list": 1.0}
            for word in set(_LIST_WORDS.findall(intro)):
                found[f"list {word}"] = 1.0
            if intro.endswith(":"):
                found["list behind colon"] = 1.0
            return found
    return {}
