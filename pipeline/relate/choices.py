"""Which of the options a field of a slot is filled with: a learned choice for each of level and category.

A logistic regression says of each option how likely it is meant; the best one is taken from a least probability on.
`models/README.md` says how the least probabilities were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.regression import Scorer
from pipeline.relate.features import Features, gap
from pipeline.relate.options import Option
from pipeline.relate.slots import Slot
from pipeline.text import View

#: Probability from which the likeliest level is taken; below it there is none.
LEAST_LEVEL = 0.5
#: Probability from which the likeliest category is taken; below it stands what the nearest words say.
LEAST_CATEGORY = 0.3


def chosen(
    scorer: Scorer, view: View, slot: Slot, options: Sequence[Option], status: str, least: float
) -> str | None:
    """The value of the likeliest option, None when none is as likely as `least`."""
    best, value = least, None
    for option, features in zip(options, option_features(view, slot, options, status), strict=True):
        if (probability := scorer(features)) >= best:
            best, value = probability, option.value
    return value


_WHOLE = re.compile(r"[.,:!?]|(?<!\w)(?:est|sont|a|ont|qui|que|nous|vous)(?!\w)")
_SURE = frozenset(["count", "metal", "rank", "prize", "grade"])
_WORDS = re.compile(r"\w+|[:;()\"@•,|-]")


def option_features(view: View, slot: Slot, options: Sequence[Option], status: str) -> list[Features]:
    """What the choice sees of each option of a slot that has `status`."""
    return [_features(view, slot, options, number, status) for number in range(len(options))]


def _features(view: View, slot: Slot, options: Sequence[Option], number: int, status: str) -> Features:
    option = options[number]
    first, last = slot.group[0].start, slot.group[-1].end
    if slot.implied:
        first = last = slot.anchor.start if slot.anchor.kind != "implied" else slot.start
    found: Features = {"bias": 1.0}

    def say(name: str) -> None:
        found[name] = 1.0

    where, kind = option.where, option.kind
    say(f"where={where}")
    say(f"kind={kind}")
    say(f"{where} {kind}")
    say(f"status={status} {kind}")
    say(f"implied={slot.implied} {where}")
    same = [one for one in options if one.where == where]
    say(f"options={min(3, len(same))} {where}")
    say(f"sure before={any(o.kind == kind for o in options[:number])} {kind}")
    if slot.anchor.mention.award:
        say(f"award={slot.anchor.mention.award.kind} {kind}")
    else:
        say(f"award=unknown {kind}")
    before = view.folded[max(0, option.start - 30) : option.start].rstrip('" ')
    tail = _WORDS.findall(before)[-3:]
    for place, word in enumerate(reversed(tail), 1):
        say(f"-{place} {word[:6]}")
    head = _WORDS.findall(view.folded[option.end : option.end + 20])[:1]
    for word in head:
        say(f"+1 {word[:6]}")
    size = len(option.value.split())
    say(f"{kind} words={min(4, size)}")
    say(f"{kind} capital={option.value[:1].isupper()}")
    if "habitants" in option.value:
        say(f"class {where}")
    if _WHOLE.search(option.value):
        say(f"{kind} clause")
    if where in ("head", "before", "earlier"):
        order = [o for o in same if o.start > option.start]
        say(f"{where} nearest={not order}")
        if view.text[option.end : option.end + 2].strip().startswith(":"):
            say(f"{where} colon")
        return found
    if where != "sentence":
        return found
    side = "before" if option.end <= first else "behind" if option.start >= last else "inside"
    say(f"side={side}")
    begin, end = (option.end, first) if side == "before" else (last, option.start)
    begin, end = min(begin, end), max(begin, end)
    people = [a for a in slot.people if a not in slot.group and begin <= a.start < end]
    named = [a for a in people if not a.located]
    rivals = [o for o in same if o is not option and begin <= o.start < end and o.kind == kind]
    say(f"{side} gap{gap(end - begin)}")
    say(f"{side} gap{gap(end - begin)} {kind}")
    say(f"{side} people{min(2, len(named))}")
    say(f"{side} rivals{min(2, len(rivals))}")
    say(f"{side} people{min(1, len(named))} rivals{min(1, len(rivals))}")
    names = [a for a in slot.people if not a.located]
    kin = [o for o in same if o.kind == kind or o.kind in _SURE]
    if names and kin:
        style = "option first" if min(o.start for o in kin) < min(a.start for a in names) else "name first"
        say(f"{style} {side}")
        say(f"{style} {side} people{min(1, len(named))} rivals{min(1, len(rivals))}")
        if len(kin) == len(names) > 1 and slot.actor in names:
            say(f"in step={kin.index(option) == names.index(slot.actor) if option in kin else False}")
    for own in slot.people:
        if (
            own not in slot.group
            and not own.located
            and abs(own.start - option.start) < abs(first - option.start)
        ):
            say("nearer to another")
            break
    between = view.folded[begin:end]
    for mark in ";:(),":
        if mark in between:
            say(f"{side} between {mark}")
    if end - begin < 45:
        for word in _WORDS.findall(between):
            say(f"{side} ~{word[:6]}")
    ruler = next((t for t in slot.triggers if t.first <= slot.actor.start < t.last), None)
    if ruler is not None:
        say(f"same clause={ruler.first <= option.start < ruler.last}")
        say(f"{side} verb {'before' if ruler.start < option.start else 'behind'}")
    return found
