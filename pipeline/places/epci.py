"""Names of EPCI: by their label, by their brand, by the commune that they are called after."""

from __future__ import annotations

import re

from pipeline.places.context import context
from pipeline.places.scene import CONTRACTED, EPCI_WORD, Candidate, Scene, make, nothing
from pipeline.text import fold

_SMALL_ARTICLE = re.compile(r"(?:L'(?=[îi]le )|l'|la |le |les |du |des |de )")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zà-ÿ]+ (?:de|du|des|d'|et|sur) ?(?:la |le |les |l')?[A-ZÀ-ÖØ-Þ]")
_BODIES = frozenset(
    ("metropole", "agglo", "agglomeration", "communaute", "pays", "territoires", "dans", "sous")
)
_OF_A_PLACE = re.compile(r"(?:ais|ois|ains?|aines?|iens?|iennes?|ins?|ines?|aises?|oises?)$")
_AGGLO_BEHIND = re.compile(r" (?:agglo|agglomeration|communaute)(?! de)(?!\w)")


def as_epci(scene: Scene) -> Candidate | None:
    """A name that can be that of an EPCI, or that has its label before it; None for one of something else."""
    gazetteer, text = scene.gazetteer, scene.view.text
    label = scene.behind("epci")
    if "epci" in scene.kinds:
        if label is None and scene.kinds == {"epci"} and (scene.behind("never") or scene.behind("facility")):
            return make(scene, "never", "something else of that name")  # "le lac de Serre-Ponçon"
        if scene.kinds == {"epci"} and " " not in scene.name and label is None:
            return _single_epci(scene)
        article = _SMALL_ARTICLE.match(scene.surface)
        if article:
            # "la communauté de communes de l'île d'Oléron": its article is no part of the mention
            scene.start += article.end()
            scene.surface = text[scene.start : scene.end]
        island = scene.name.removeprefix("l ").startswith("ile d")  # "l'île de Ré"
        if scene.kinds == {"epci"} and " " in scene.name and (island or scene.surface[0].isupper()):
            if label is None and not island and _has_small_word(scene):
                return nothing(scene)  # "la Montagne noire", a prize "du Savoir-faire"
            if label is None and not island and _is_common(scene):
                return (
                    make(scene, "doubtful", EPCI_WORD, "epci")
                    if _is_capitalised(scene.surface)
                    else nothing(scene)
                )
            return make(scene, "sure", "name of an EPCI", "epci")  # "Brest métropole" too, with its small m
    if label is not None and label["head"] == "metropole":
        called = gazetteer.rows(f"metropole de {scene.name}")
        if called:  # "la métropole de Lyon" in small letters
            scene.start -= len(scene.before) - label.start()
            scene.surface = text[scene.start : scene.end]
            return make(scene, "sure", "label of an EPCI", "epci", tuple(called))
    if agglomeration := settled(scene):
        return agglomeration
    if (
        label is not None
        and "epci" not in scene.kinds
        and "commune" in scene.kinds
        and label["head"] != "metropole"
    ):
        seats = {
            gazetteer._columns["epci"][row]
            for row in scene.rows
            if gazetteer._columns["kind"][row] == "commune"
        }
        if scene.name in context()["capital_words"] or _NAME_GOES_ON.match(text, scene.end):
            return nothing(scene)  # "la communauté d'agglomération Caux Vallée de Seine" is not that of Caux
        if len(seats) == 1 and seats != {""}:
            return make(scene, "sure", "seat of the EPCI", "epci_of")
        return make(scene, "likely", "agglomeration", "commune")
    if label is not None and "epci" in scene.kinds:
        return make(scene, "sure", "label of an EPCI", "epci")
    return None


def _single_epci(scene: Scene) -> Candidate:
    """One word that only an EPCI is called: "du Sicoval", "la CCOG"; where the text plays decides."""
    if not scene.surface[0].isupper() or scene.name in context()["capital_words"]:
        return nothing(scene)
    if scene.name in scene.gazetteer.ordinary and not (scene.surface.isupper() and len(scene.surface) > 2):
        return nothing(scene)
    acronym = (
        scene.surface.isupper() and len(scene.surface) > 3 and scene.name not in scene.gazetteer.ordinary
    )
    if acronym and scene.ends(CONTRACTED):
        return make(scene, "likely", "initials of an EPCI", "epci")
    return make(scene, "doubtful", EPCI_WORD, "epci")


def _is_common(scene: Scene) -> bool:
    """Whether every word of a name is a word of the language: "Savoir-faire", "Grands Lacs"."""
    return all(len(word) < 4 or word in scene.gazetteer.ordinary for word in scene.name.split())


def _has_small_word(scene: Scene) -> bool:
    """Whether a word of the name lacks its capital that is neither a word for such a body nor an adjective of a place.

    "Brest métropole" and "Bocage bressuirais" are names all the same.
    """
    words = re.split(r"[\s'-]+", fold(scene.surface))
    if words[0] in _BODIES:
        return False
    small = [word for word in re.split(r"[\s'-]+", scene.surface) if len(word) > 3 and word[0].islower()]
    return any(fold(word) not in _BODIES and not _OF_A_PLACE.search(fold(word)) for word in small)


def _is_capitalised(surface: str) -> bool:
    return all(word[:1].isupper() for word in re.split(r"[\s'-]+", surface) if len(word) > 3)


def settled(scene: Scene) -> Candidate | None:
    """ "La Rochelle Agglo": the commune before the word for its agglomeration."""
    behind = _AGGLO_BEHIND.match(scene.after) if scene.after.startswith((" agglo", " comm")) else None
    if behind and "commune" in scene.kinds and scene.view.text[scene.end + 1].isupper():
        scene.end += behind.end()
        return make(scene, "sure", "agglomeration behind it", "epci_of")
    return None
