"""Whom a quantity describes: the collectivity whose account, budget, people or works it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.model import Issuer, Place, Quantity
from pipeline.quantities.lexicon import lexicon
from pipeline.quantities.ownership import Ownership, features_of
from pipeline.text import View, fold

#: What is counted of a town that is named beside the figure.
_OF_A_TOWN = frozenset({"inhabitants", "followers", "users"})
_OF = re.compile(
    r"\s*(?:habitants )?(?:de la ville |de la commune )?(?:de |d'|du |des |de la |de l')(?:la |le |les |l')?"
)
_POSSESSIVE = re.compile(r"(?<!\w)(?:(?:de )?ses|dont les)\s$")
_FAR = 60  # characters between a town and the inhabitants that it has


def attribute(
    quantities: Sequence[Quantity],
    view: View,
    places: Sequence[Place],
    issuer: Issuer,
    ownership: Ownership | None = None,
) -> list[Quantity]:
    """The same quantities with `holder` set where they describe a collectivity; offsets unchanged.

    A town named as the owner takes its own figures; what the model (`ownership`, the committed one when
    left out) holds for a collectivity's own is the issuer's; the rest is nobody's.
    """
    if not quantities:
        return []
    ownership = ownership or Ownership.load()
    rows = features_of(quantities, view, places, issuer)
    return [
        msgspec.structs.replace(
            one, holder=_holder(one, view, places, issuer, ownership.probability(row) >= 0.5)
        )
        for one, row in zip(quantities, rows, strict=True)
    ]


def _holder(one: Quantity, view: View, places: Sequence[Place], issuer: Issuer, owned: bool) -> str | None:
    words = lexicon()
    if not owned or (one.indicator == "other" and one.unit in ("ans", "mois")):
        return None  # an age is a person's
    if words.never_nouns.fullmatch(fold(one.unit or "")):
        return None  # "en trois mots", "ses neuf petits-enfants"
    return _owner(one, view, places) or issuer.code


def _owner(one: Quantity, view: View, places: Sequence[Place]) -> str | None:
    """A town that the figure is said to be of: "Nevers et ses 33 000 habitants", "Tours (136 000 habitants)"."""
    members = fold(one.unit or "") in ("communes", "villes", "villages")
    if one.indicator not in _OF_A_TOWN and not members:
        return None
    start, end = view.sentence_at(one.start)
    inside = [place for place in places if start <= place.start < end and place.code]
    before = [place for place in inside if place.end <= one.start]
    if members:
        # "Amiens Métropole et ses 39 communes"
        theirs = before and before[-1].kind != "commune" and _POSSESSIVE.search(view.folded, start, one.start)
        return before[-1].code if theirs else None
    behind = next((place for place in inside if 0 <= place.start - one.end <= 24), None)
    if behind is not None and _OF.fullmatch(view.folded, one.end, behind.start):
        return behind.code
    if one.indicator == "inhabitants" and before and one.start - before[-1].end < _FAR:
        return before[-1].code
    return None
