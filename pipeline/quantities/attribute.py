"""Whom a quantity describes: the collectivity whose account, budget, people or works it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.model import Issuer, Place, Quantity
from pipeline.quantities.indicators import served
from pipeline.quantities.lexicon import lexicon
from pipeline.quantities.ownership import features_of
from pipeline.quantities.ownership import ownership as committed
from pipeline.regression import Scorer
from pipeline.text import View, fold

#: What is counted of a town that is named beside the figure.
_OF_A_TOWN = frozenset({"inhabitants", "followers", "users"})
_OF = re.compile(
    r"\s*(?:habitants )?(?:de la ville |de la commune )?(?:de |d'|du |des |de la |de l')(?:la |le |les |l')?"
)
_POSSESSIVE = re.compile(r"(?<!\w)(?:(?:de )?ses|dont les)\s$")
# "Tours (136 000 habitants)", "Nevers et ses 33 000 habitants"
_BESIDE = re.compile(r"\s?[(,]\s?|\s(?:et|avec) ses\s")
_WINDOW = 200  # characters around a figure in which its sentence is read
_COUNTRY = re.compile(
    r"(?:(?:et|mais|car|or),? )?(?:partout |dans toute la |a l'echelle |au niveau )?(?:en |dans |de la )?"
    r"(?:france|europe|le monde|l'hexagone|tout le pays|nationale?|mondiale?),"
)
_OF_COUNTRY = re.compile(
    r"[^,;:.()]{0,40}?(?<!\w)(?:en france|dans le monde|en europe|dans l'hexagone|dans tout le pays|des francais|"
    r"a l'echelle nationale|au niveau national)(?!\w)"
)
# "l'entreprise, installée depuis 1961, emploie 215 salariés"
_FIRM = re.compile(
    r"(?<!\w)(?:l'|la |le |une? |cette )(?:entreprise|societe|usine|association|groupe|club|cooperative|federation|"
    r"fondation|syndicat|hopital|lycee|college)(?!\w)[^.;:]{0,60}(?<!\w)"
    r"(?:emploi|compt|regroup|rassembl|reuni|salari|produi|recoi|accueil)\w*\s(?:plus de |pres de |\w+ )?$"
)
_FAMILY = frozenset({"enfants", "fils", "filles", "freres", "soeurs", "garcons", "neveux", "nieces"})
_MOURNING = re.compile(
    r"condoleances|deuil|obseques|s'associent? a la peine|eteinte?(?!\w)|epouse|epoux|(?<!\w)(?:pere|mere) de"
)
_FAR = 60  # characters between a town and the inhabitants that it has


def attribute(
    quantities: Sequence[Quantity],
    view: View,
    places: Sequence[Place],
    issuer: Issuer,
    ownership: Scorer | None = None,
) -> list[Quantity]:
    """The same quantities with `holder` set where they describe a collectivity; offsets unchanged.

    A town named as the owner takes its own figures; what the model (`ownership`, the committed one when
    left out) holds for a collectivity's own is the issuer's; the rest is nobody's.
    """
    if not quantities:
        return []
    ownership = ownership or committed()
    rows = features_of(quantities, view, places, issuer)
    return [
        msgspec.structs.replace(one, holder=_holder(one, view, places, issuer, ownership(row) >= 0.5))
        for one, row in zip(quantities, rows, strict=True)
    ]


def _holder(one: Quantity, view: View, places: Sequence[Place], issuer: Issuer, owned: bool) -> str | None:
    if one.indicator == "inhabitants":
        town = next(
            (
                place
                for place in places
                if place.code and _BESIDE.fullmatch(view.folded, place.end, one.start)
            ),
            None,
        )
        if town is not None:
            return town.code
    if not owned or _is_nobodys(one, view):
        return None
    return _owner(one, view, places) or issuer.code


def _is_nobodys(one: Quantity, view: View) -> bool:
    """What the contract leaves no doubt about: ages, national figures, a mourning family, somebody's career."""
    if one.indicator == "other" and one.unit in ("ans", "mois"):
        return True
    if lexicon().never_nouns.fullmatch(fold(one.unit or "")):
        return True  # "en trois mots", "ses neuf petits-enfants"
    start, end = view.sentence_at(one.start)
    first, last = max(start, one.start - _WINDOW), min(end, one.end + _WINDOW)
    if _COUNTRY.match(view.folded, start, one.start) or _OF_COUNTRY.match(view.folded, one.end, last):
        return True
    if _FIRM.search(view.folded, first, one.start):
        return True
    if fold(one.unit or "") in _FAMILY and _MOURNING.search(view.folded, first, last):
        return True
    career = one.indicator == "duration" and one.unit in ("ans", "années") and served(view, one.start)
    return career and "fallu" not in view.folded[first : one.start]


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
        theirs = (
            before
            and before[-1].kind != "commune"
            and _POSSESSIVE.search(view.folded, max(start, one.start - 24), one.start)
        )
        return before[-1].code if theirs else None
    behind = next((place for place in inside if 0 <= place.start - one.end <= 24), None)
    if behind is not None and _OF.fullmatch(view.folded, one.end, behind.start):
        return behind.code
    if one.indicator == "inhabitants" and before and one.start - before[-1].end < _FAR:
        return before[-1].code
    return None
