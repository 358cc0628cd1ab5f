"""What a sentence asserts: its triggers, each with the stretch of the sentence that belongs to it.

A trigger is a word that says who gets what (``obtient``, ``finaliste``, ``se voit retirer``).
Hopes, conditions, descriptions of the award in general and verdicts to come assert nothing, and
their triggers are dropped here, with the reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Status
from pipeline.relate.lexicon import TriggerRule, lexicon
from pipeline.text import View


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that asserts a status, and the part of the sentence (`first`, `last`) it rules."""

    start: int
    end: int
    first: int
    last: int
    status: Status
    rule: TriggerRule
    participle: bool


# Where one assertion ends and the next begins, strongest first.
_SEPARATORS = (
    (re.compile(r"[;.!?]\s|\n"), 6),
    (
        re.compile(
            r",? (?:(?:puis|mais|avant de)(?!\w)|avant d'|(?:tandis|alors|pendant) qu(?:e(?!\w)|'))|, quand(?!\w)"
        ),
        5,
    ),
    (re.compile(r",(?= celui d)"), 4),
    (re.compile(r",? (?:et|apres|ou)(?= )"), 3),
    (re.compile(r",|:| - "), 2),
    (re.compile(r" (?:qui|que|qu'|dont|ou)(?!\w)"), 2),
)
_AUXILIARY = re.compile(
    r"(?:\bete|\best|\bsont|\betai(?:t|ent)|\bfut|\bfurent|\betre|\betes|\bsommes|\bsera|\bseront|\bsoit)\s+"
    r"(?:\w+\s+){0,2}$"
)
_HAVING = re.compile(r"(?:\ba|\bont|\bavai(?:t|ent)|\bavons|\baura|\bvien(?:t|nent) de)\s+(?:\w+ment\s+)?$")
# "récompensée", "élu", "reconduite", "offerte", "mise"; not "remporte", "reste"
_PARTICIPLE = re.compile(
    r"(?:(?:é|i|u)(?:e|es|s)?|(?:ui|er|ein|oin)t(?:e|es|s)|[mqu]is(?:e|es)?)$", re.IGNORECASE
)
_INFINITIVE = re.compile(r"(?:er|ir|(?<!off)(?<!ent)(?<!ont)re)$")  # "s'offre", "entre", "montre" are none
_CONDITIONAL = re.compile(r"(?:r)(?:ait|aient|ions)$")
# "la plus haute récompense", "l'élue aux sports": nouns that look like a verb or a participle
_ALSO_NOUN = re.compile(r"recompenses?|primes?|elue?s?|finales?|medailles?|salue?s?|honore?s?|entrees?")
_AS_NOUN = re.compile(
    r"(?:(?<!\w)(?:la|une|cette|sa|leur|notre|les|des|de|un|nos|ses|ces|aux|haute|belle|premiere|supreme|ultime|double|"
    r"nouvelle|prestigieuse|seule|autres?|deux|trois|par)\s+|[ld]')$"
)
_NONE_OF_ITS_OWN = re.compile(
    r"n'(?:a|ont|avait|avaient|y a) (?:\w+ )?aucune? (?:commune|ville|collectivite|village|laureate?)"
)
_FORECAST = re.compile(r"(?:obtien|decroche|remporte|accede)d?r(?:a|ont|ons|ez)")
_IN_GENERAL = re.compile(
    r"(?:\d|\bles|\bdes|\baux|\bcertaines|(?<!communaute )\bde) (?:communes|villes|villages|collectivites|territoires) $"
)
_OTHER_VERB = re.compile(r", | que? | qu'| qui | et | mais ")
_BREAK = re.compile(r"[;:]|, (?!\w+ment,)")


def triggers(view: View, start: int, end: int, names: Sequence[tuple[int, int]] = ()) -> list[Trigger]:
    """The asserting triggers of the sentence (start, end) of the view, in order.

    `names` are the spans of award names: "classées" in "Stations classées de tourisme" asserts nothing.
    """
    words = lexicon()
    folded = view.folded
    found = []
    if view.text[end - 1 : end] == "?":
        return []
    for match in words.triggers.finditer(folded, start, end):
        if any(first < match.start() and match.end() <= last for first, last in names):
            continue
        rule = words.rules[int((match.lastgroup or "t0")[1:])]
        status = _asserted(view, start, end, match.start(), match.end(), rule)
        if status is not None:
            found.append((match.start(), match.end(), status, rule))
    return _with_domains(view, start, end, found, names)


def _asserted(view: View, start: int, end: int, first: int, last: int, rule: TriggerRule) -> Status | None:
    """The status that the trigger asserts here, None when it asserts nothing."""
    words = lexicon()
    folded = view.folded
    surface = folded[first:last]
    clause = _clause_start(folded, start, first)
    before = folded[clause:first]
    verb = surface.split()[-1]
    infinitive = rule.voice != "noun" and bool(_INFINITIVE.search(verb)) and " " not in surface
    infinitive = infinitive and not view.text[first:last].casefold().endswith("é")  # "sacré", "retiré"
    if _CONDITIONAL.search(verb) or (_AS_NOUN.search(before) and _ALSO_NOUN.fullmatch(surface)):
        return None
    if rule.status == "awarded" and words.verdict.search(folded, clause, last):
        return None  # "le palmarès sera proclamé en novembre"
    if rule.status == "awarded" and _FORECAST.fullmatch(surface):
        return None  # "espère qu'elle obtiendra sa première fleur"
    if _IN_GENERAL.search(before) and surface.endswith("s") and ":" not in folded[last:end]:
        return None  # "rassemble 4 785 communes labellisées"
    fact = words.asserted_infinitive.search(before)
    if words.wish.search(folded, max(start, clause - 2), last) and rule.status != "lost" and not fact:
        wish = [m for m in words.wish.finditer(folded, clause, last) if m.start() < first]
        # "candidate", "candidature" is asserted even when the wish is told beside it
        if wish and rule.status != "candidate":
            return None
    if infinitive and not fact and rule.status != "candidate":
        return None
    window = folded[clause : min(end, last + 90)]
    if rule.status == "awarded" and words.described.search(window):
        return None
    return _negated(rule.status, folded, clause, first, last, end)


def _negated(status: Status, folded: str, clause: int, first: int, last: int, end: int) -> Status | None:
    """The status once negation has been read: "n'a pas conservé" is lost, "ne perd pas" is renewed."""
    if status == "lost" and folded[first:last].startswith(("n'", "ne ")):
        return status
    begin = max(clause, first - 45)
    for separator in _OTHER_VERB.finditer(folded, begin, first):
        begin = separator.end()  # the negation of another verb is none of this one
    near = folded[begin : min(end, last + 16)]
    match = lexicon().negation.search(near)
    if match is None or begin + match.start() > last or "ne perd" in folded[first:last]:
        return status
    if re.search(r"\bque\b", near[match.start() : match.end()]):
        return status
    if _NONE_OF_ITS_OWN.search(near):
        return None  # "la Manche n'a aucune commune primée"
    if status == "lost" and first <= begin + match.start() < last:
        return status  # the negation is the trigger's own
    if status == "lost":
        return "renewed" if re.search(r"\bne per", near) else None
    if status in ("awarded", "renewed") and re.search(r"n'(?:a|ont|avait|avons) ", match[0]):
        return "lost"
    if status == "nominated" and re.search(r"pas seulement|n'est pas (?:un|une|la premiere)", near):
        return status
    return None


def _clause_start(folded: str, start: int, first: int) -> int:
    """Where the clause that holds a trigger begins."""
    begin = start
    for match in _BREAK.finditer(folded, start, first):
        begin = match.end()
    return begin


def _with_domains(
    view: View,
    start: int,
    end: int,
    found: list[tuple[int, int, Status, TriggerRule]],
    names: Sequence[tuple[int, int]],
) -> list[Trigger]:
    bounds = [start]
    for (_, before, _, _), (after, _, _, _) in itertools.pairwise(found):
        bounds.append(_boundary(view.folded, before, after, names))
    bounds.append(end)
    result = []
    for number, (first, last, status, rule) in enumerate(found):
        result.append(
            Trigger(
                start=first,
                end=last,
                first=bounds[number],
                last=bounds[number + 1],
                status=status,
                rule=rule,
                participle=_is_participle(view, start, first, last),
            )
        )
    return result


def _boundary(folded: str, before: int, after: int, names: Sequence[tuple[int, int]]) -> int:
    """Where the rule of one trigger ends and that of the next begins; "et" inside a name parts nothing."""
    best, place = 0, (before + after) // 2
    for separator, weight in _SEPARATORS:
        for match in separator.finditer(folded, before, after):
            if weight >= best and not any(first < match.start() < last for first, last in names):
                best, place = weight, match.start() if weight < 6 else match.end()
        if best > weight:
            break
    return place


def _is_participle(view: View, start: int, first: int, last: int) -> bool:
    """Whether a form such as "récompensée" has its recipient as subject (passive, or in apposition)."""
    surface = view.text[first:last]
    before = view.folded[max(start, first - 40) : first]
    if _AUXILIARY.search(before):
        return True
    if _HAVING.search(before):
        return False
    return bool(_PARTICIPLE.search(surface)) and not surface.endswith(("nt", "t"))


def ruler(found: Sequence[Trigger], position: int) -> int:
    """The number of the trigger that rules a place of the sentence; -1 for none."""
    return next((number for number, t in enumerate(found) if t.first <= position < t.last), -1)
