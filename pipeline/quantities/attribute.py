"""Whom a quantity describes: the collectivity whose account, budget, people or works it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.model import Issuer, Place, Quantity
from pipeline.quantities.lexicon import lexicon
from pipeline.text import View, fold

#: Figures of the country or of nobody in the text.
_NATIONAL = re.compile(
    r"en france|dans le monde|a l'echelle nationale|au niveau national|des francais|dans l'hexagone|en europe|"
    r"dans tout le pays|nationale?(?!\w)|par an et par francais|francaises?(?!\w)|dans toute la france"
)
#: Units of what describes a person or a thing, not a collectivity: ages, speeds, levels.
_NOBODY = frozenset({"ans", "km/h", "m", "cm", "mm"})
_MOURNING = re.compile(r"obseques|s'est eteint|condoleances|nous a quittes?|registre de condol")
_FIRM = re.compile(
    r"(?<!\w)(?:l'|la |le |une? |cette )(?:entreprise|societe|usine|association|groupe|club|cooperative|federation)(?!\w)[^.;:]*\b(?:emploi|compt|regroup|rassembl|reuni)\w*\s(?:\w+ )?$"
)
_POSSESSIVE = re.compile(r"(?<!\w)(?:ses|nos|notre|vos|leurs)\s+(?:\w+\s)?$")


def attribute(
    quantities: Sequence[Quantity], view: View, places: Sequence[Place], issuer: Issuer
) -> list[Quantity]:
    """The same quantities with `holder` set where they describe a collectivity; offsets unchanged.

    The issuer's figures are its own by default; a town named as the owner takes its own; national
    figures, ages, speeds and levels belong to nobody.
    """
    return [msgspec.structs.replace(one, holder=_holder(one, view, places, issuer)) for one in quantities]


def _holder(one: Quantity, view: View, places: Sequence[Place], issuer: Issuer) -> str | None:
    if one.indicator == "other" and one.unit in _NOBODY:
        return None
    start, end = view.sentence_at(one.start)
    if _NATIONAL.search(view.folded, start, end):
        return None
    words = lexicon()
    if one.indicator in ("duration", "count", "other") and _MOURNING.search(view.folded):
        return None  # the years and children of somebody who has died
    if _FIRM.search(view.folded[start : one.start]):
        return None  # "l'entreprise, installée depuis 1961, emploie 215 salariés"
    before = view.folded[max(start, one.start - 40) : one.start]
    if words.nobody_before.search(before):
        return None
    if one.indicator == "distance" and before.endswith(" a "):
        return None  # how far two places are apart
    noun = fold(one.unit or "")
    member = noun == "communes" and issuer.kind in ("epci", "departement", "region")
    if (
        words.nobody_nouns.fullmatch(noun)
        and one.indicator == "count"
        and not member
        and not _POSSESSIVE.search(before)
    ):
        return None
    owner = _owner(one, view, places, start, end)
    if owner is not None:
        return owner
    return issuer.code


def _owner(one: Quantity, view: View, places: Sequence[Place], start: int, end: int) -> str | None:
    """A town that the figure is said to be of: "Nevers et ses 33 000 habitants", "Tours (136 000 habitants)"."""
    inside = [place for place in places if start <= place.start < end and place.code]
    behind = [place for place in inside if 0 <= place.start - one.end <= 24]
    if behind and re.fullmatch(
        r"\s*(?:habitants )?(?:de la ville |de la commune )?(?:de |d'|du |des |de la |de l')",
        view.folded[one.end : behind[0].start],
    ):
        return behind[0].code if one.indicator in ("inhabitants", "followers", "users", "count") else None
    if one.indicator == "inhabitants":
        before = [place for place in inside if place.end <= one.start]
        if before and one.start - before[-1].end < 60:
            return before[-1].code
    return None
