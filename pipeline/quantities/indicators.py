"""What a quantity measures, and on which platform an audience is counted."""

from __future__ import annotations

import re

from pipeline.model import Indicator
from pipeline.quantities.lexicon import lexicon
from pipeline.text import View, fold

_CHANGE = re.compile(r"(?:hausse|baisse|augment\w+|progress\w+|recul\w*|chut\w+|diminu\w+|reduction|reduit\w*|economi\w+|moins|plus)\s")
_CLAUSE = re.compile(r"[.;!?\n]")


def indicator_of(
    view: View, start: int, end: int, unit: str | None, fixed: Indicator | None, noun: bool
) -> Indicator:
    """The indicator of a quantity whose span and unit are known; `fixed` is what its unit says."""
    words = lexicon()
    left, right = _clause(view, start, end)
    if noun and unit is not None:
        folded = fold(unit)
        for indicator, pattern in words.nouns.items():
            if pattern.fullmatch(folded):
                return _refined(view, indicator, folded, left, start, end, right)
        return "count"
    if unit in ("EUR", "USD", "GBP", "XPF", "FRF"):
        return _money(view, left, start, end, right)
    if unit == "%":
        near = view.folded[max(left, start - 70) : min(right, end + 60)]
        for indicator, pattern in words.around.items():
            if pattern.search(near) and _CHANGE.search(near):
                return indicator
        if re.search(r"participation|votants|abstention|taux de reponse", near):
            return "participants"
        return "share"
    if unit == "m2" or fixed is not None:
        return fixed or "other"
    return "other"


def _clause(view: View, start: int, end: int) -> tuple[int, int]:
    first, last = view.sentence_at(start)
    return min(first, start), max(last, end)


def _refined(
    view: View, indicator: Indicator, noun: str, left: int, start: int, end: int, right: int
) -> Indicator:
    near = view.folded[max(left, start - 80) : min(right, end + 60)]
    if noun in ("places", "place") and re.search(r"parking|stationnement|creche|berceaux", near):
        return "count"
    if noun == "ans" and re.match(r"\s*(?:et plus|et moins|ou plus)|(?<=age)", view.folded[end : end + 10]):
        return "other"
    if noun == "ans" and re.search(r"(?:age\w*|moins|plus|enfants?|jeunes?|seniors?|des|de|les|aux|a|dame|homme|femme)\s+(?:de\s+|d'\s*)?(?:\d+\s+a\s+)?$", view.folded[max(left, start - 24) : start]) and re.search(r"age|moins de|plus de|enfant|jeune|senior|des \d|les \d|aux \d|public|personne|habitant|deces|disparu|eteint|mort", near):
        return "other"
    if noun == "points" and not re.search(r"match|victoire|score|emport", near):
        return "score" if re.search(r"barometre|note|indice|sur", near) else "count"
    if noun in ("maisons", "pavillons") or noun == "entrees" and re.search(r"euro|€|gratuit", near):
        return "count"
    return indicator


def _money(view: View, left: int, start: int, end: int, right: int) -> Indicator:
    """Budget, grant or price: the nearest word of each, before and behind the sum."""
    words = lexicon()
    best: tuple[int, Indicator] = (200, "budget")
    for indicator in ("price", "grant", "budget"):
        pattern = words.money[indicator]  # type: ignore[index] - the keys of units.yaml are these three
        for match in pattern.finditer(view.folded, max(left, start - 110), min(right, end + 60)):
            distance = start - match.end() if match.end() <= start else max(0, match.start() - end) + 6
            if distance < best[0]:
                best = (distance, indicator)  # type: ignore[assignment] - as above
    return best[1]


def platform_of(view: View, start: int, end: int) -> str | None:
    """The social network that an audience is counted on: the nearest in the sentence, else the one before."""
    words = lexicon()
    index = view.sentence_index(start)
    for number in (index, index - 1):
        if not 0 <= number < len(view.sentences):
            continue
        first, last = view.sentences[number]
        best: tuple[int, str] | None = None
        for name, pattern in words.platforms.items():
            for match in pattern.finditer(view.folded, first, last):
                distance = abs(match.start() - start)
                if best is None or distance < best[0]:
                    best = (distance, name)
        if best is not None:
            return best[1]
    return None
