"""Départements: by name among rivers and words, and what says in which of them a town lies."""

from __future__ import annotations

import re
from functools import cache

from pipeline.places.context import context
from pipeline.places.gazetteer import Gazetteer, key
from pipeline.places.scene import ENUMERATED, Scene, Verdict
from pipeline.text import fold

_DEPARTEMENT_NUMBER = re.compile(r"\s*\((?P<code>\d{2,3}|2[ab])\)")
_BRACKETS = re.compile(r"\s*\((?P<name>[^()\n]{2,40})\)")
_POSTCODE_BEFORE = re.compile(r"(?P<postcode>\d{2}\s?\d{3})(?:\s+|\s*-\s*)$")
# with what a département behind a name begins, whichever way it is told
_SAYS_WHERE = re.compile(r"\s*\(|,? (?:dans l|en )|,? ?[-/,]")
_HALF_OF = re.compile(r" (?:du (?:nord|sud)|de l'(?:est|ouest))(?! au)(?!\w)")
_PLAIN_DE = re.compile(r"(?:(?<!\w)de |(?<!\w)d')$")
_ROW = re.compile(r"(?:,| et) (?:de (?:la |l')?|d'|du |des |la |le |les |l')?(?P<name>[a-z]+(?:-[a-z']+)+)")
_HEADING = re.compile(r" ?: ?(?P<town>[A-ZÀ-ÖØ-Þ][\w' -]{2,40})")
_TOWN_IN = re.compile(r", ?")
_SMALL_TOWN = 2000  # inhabitants
_NO_RIVER = ("martinique", "guadeloupe", "guyane", "mayotte", "la reunion", "reunion")


@cache
def _departements(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str]]:
    """What says behind a town in which département it lies, and the codes by folded name."""
    codes = {
        fold(name): code
        for kind, name, code in zip(
            gazetteer._columns["kind"], gazetteer._columns["name"], gazetteer._columns["code"], strict=True
        )
        if kind == "departement"
    }
    for told in context()["beyond"]:
        name, code = told.rsplit(" ", 1)
        codes[name] = code
    names = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    place = re.compile(
        rf",? (?:dans (?:le |la |l'|les )|en )(?P<inside>{names})(?![\w-])|,? ?[-/,] (?P<line>{names})\s*(?:\n|$)"
    )
    return place, codes


def departement_beside(scene: Scene) -> str | None:
    """Code of the département in brackets behind a name, said behind it, or in the postcode before it."""
    if "commune" not in scene.kinds:
        return None
    if _SAYS_WHERE.match(scene.after) and (code := _departement_behind(scene)):
        return code
    next_to_last = scene.before[-2:-1]
    postcode = (
        _POSTCODE_BEFORE.search(scene.before[-9:])
        if next_to_last.isdigit() or next_to_last in (" ", "-")
        else None
    )
    if postcode:
        digits = postcode["postcode"].replace(" ", "")
        if digits.startswith("97"):
            return digits[:3]
        if digits.startswith("20"):
            return "2A" if digits < "20200" else "2B"
        return digits[:2]
    return None


def _departement_behind(scene: Scene) -> str | None:
    after = scene.after
    if number := _DEPARTEMENT_NUMBER.match(after):
        return number["code"].upper()
    place, codes = _departements(scene.gazetteer)
    if named := _BRACKETS.match(after):
        inner = named["name"].split(",")[0].split(" - ")[0].strip()
        inner = re.sub(r"^(?:en |dans |ile de |le |la |les |l')+", "", inner)
        inner = "la reunion" if inner == "reunion" else inner
        if inner in codes:
            return codes[inner]
    if said := place.match(after):
        code = codes[said["inside"] or said["line"]]
        if code in scene.column("departement"):
            return code
    return None


def weigh_departement(scene: Scene) -> Verdict | None:
    words, name, around = context(), scene.name, scene.before
    if not scene.surface[0].isupper() or _HALF_OF.match(scene.after):
        return None  # "les Vosges du Nord" are no département
    if scene.behind("departement") or _goes_on_from(scene) or _heads_its_towns(scene):
        return "sure"
    if re.search(r"\(\s*(?:[\w-]+,\s*)?$", around) and re.match(r"\s*[,)]", scene.after):
        return "sure"
    long = "-" in scene.surface or " " in scene.surface
    if name not in words["doubtful_departements"] and long:
        return "sure"
    if scene.behind("water") or ("region" in scene.kinds and name in _NO_RIVER):
        return None
    if name in words["doubtful_departements"] and words["water_after"].match(scene.after):
        return None
    article = words["departement_article"].search(around[-14:])
    if _is_small_namesake(scene) or _leads_to(scene):
        return "likely"
    if name in words["doubtful_departements"]:
        if re.search(r"(?:dans le|dans la|dans l'|dans les|en)\s*$", around) and name not in ("nord",):
            return "likely"
        if name in ("nord", "manche", "paris"):
            return "likely" if re.search(r"dans (?:le|la)\s*$", around) else None
        if not article:
            return None
        return "doubtful" if name in words["rivers"] else "likely"
    if long:
        return "sure"
    if article:
        return "likely"
    return "likely" if "commune" not in scene.kinds else None


def _heads_its_towns(scene: Scene) -> bool:
    """Whether the name opens a line that lists its towns: "- Sarthe : La Flèche"."""
    row = _HEADING.match(scene.view.text, scene.end) if not scene.before.strip(" -*•>") else None
    if row is None:
        return False
    codes, gazetteer = set(scene.column("departement")), scene.gazetteer
    return any(
        gazetteer._columns["departement"][place] in codes for place in gazetteer.rows(key(row["town"]))
    )


def _is_small_namesake(scene: Scene) -> bool:
    """Whether "de Corrèze" is the département, since the commune of that name is small and rivers have an article."""
    if "commune" not in scene.kinds or _PLAIN_DE.search(scene.before, len(scene.before) - 4) is None:
        return False
    people, kinds = scene.column("population"), scene.column("kind")
    largest = max(int(n or 0) for n, kind in zip(people, kinds, strict=True) if kind == "commune")
    return largest < _SMALL_TOWN


def _leads_to(scene: Scene) -> bool:
    """Whether a département that can be nothing else follows in the row: "de Savoie et de Haute-Savoie"."""
    _, codes = _departements(scene.gazetteer)
    row = _ROW.match(scene.after)
    return row is not None and "-" in row["name"] and row["name"] in codes


def _goes_on_from(scene: Scene) -> bool:
    """Whether the name follows a département in a row, or its town in a letterhead ("AUBUSSON - CREUSE")."""
    previous = scene.previous
    if previous is None or scene.start - previous.end > 12 or previous.verdict == "never":
        return False
    gap = scene.view.folded[previous.end : scene.start]
    if previous.kind == "departement" and "commune" in scene.kinds and ":" in scene.before:
        return False  # "- Mayenne : Ambrières-les-Vallées, Mayenne"
    if _TOWN_IN.fullmatch(gap) and previous.kind in (None, "commune") and scene.surface.isupper():
        codes = {scene.gazetteer._columns["departement"][row] for row in previous.rows}
        return not codes.isdisjoint(scene.column("departement"))  # "COULAINES, SARTHE, PAYS DE LA LOIRE"
    if previous.kind == "departement":
        return ENUMERATED.fullmatch(gap) is not None
    codes = {scene.gazetteer._columns["departement"][row] for row in previous.rows}
    own = codes.isdisjoint(scene.column("departement")) or ":" in scene.before
    return not own and gap in (" - ", " / ", ", ") and re.match(r"\s*(?:\n|$)", scene.after) is not None
