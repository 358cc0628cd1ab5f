"""What the decider sees of a slot: the words around the recipient, the award, the triggers, where it stands.

What the rules made of it is left out on purpose: they were written with the training releases in sight, so
a model that could see their verdict would trust them more there than anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.relate.anchors import Facts
from pipeline.relate.lexicon import lexicon
from pipeline.relate.settle import name_of
from pipeline.relate.slots import Slot
from pipeline.text import View

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
    return [{f"awards={min(3, len(awards))}": 1.0, **_features(view, facts, slot)} for slot in slots]


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
