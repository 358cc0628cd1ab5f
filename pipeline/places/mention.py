"""What stands around a name, and what that makes of it: a collectivity, something else, or a doubt."""

from __future__ import annotations

import re

import msgspec

from pipeline.places.commune import (
    BEFORE,
    LARGE,
    RULE_AFTER,
    UPPER_WORD_AFTER,
    WITH_LE,
    lacks_accents,
    weigh_commune,
)
from pipeline.places.context import WINDOW, context, heads_in
from pipeline.places.departement import departement_beside, weigh_departement
from pipeline.places.epci import as_epci, settled
from pipeline.places.gazetteer import Gazetteer, key
from pipeline.places.scene import (
    CONTRACTED,
    FACILITY,
    NOTHING,
    SITE,
    SMALL,
    Candidate,
    Scene,
    make,
)
from pipeline.text import View, fold

_WITH_LES = re.compile(r"(?<!\w)(?:aux|des)\s+$")
_LINKS = ("de ", "d'", "du ", "des ")
# a name that goes on in the next line: "Saint-Jean\nde Luz", "Bar sur\nAube", no list of names
_WRAPPED = re.compile(r"\n[a-zà-ÿ]|(?:^|[\s'-])[a-zà-ÿ]{1,4}\n")
# overseas one name is a région and a département: it is the région unless it is called the other
_AS_DEPARTEMENT = re.compile(
    r"(?:departement|conseil departemental|prefecture|prefete?) (?:de (?:la )?|du )$"
)
_MAYOTTE = "mayotte"  # the only one of them that is spoken of as a département
_REGION_BY_NAME = re.compile(r"(?<!\w)(?:region|conseil regional) (?:de )?$")
_REGION_LABEL = re.compile(r"(?:Région|Collectivité) (?:de |d')?")
_HYPHENED_BEFORE = re.compile(r"[A-Za-zÀ-ÿ]-(?:d')?$")
_HYPHENED_AFTER = re.compile(r"-[A-Za-zÀ-ÿ]")
_ADDRESS_AFTER = re.compile(r"@|\.(?:fr|com|org|eu|net)\b")
_QUARTER_AFTER = re.compile(r"[ -](?:Nord|Sud|Est|Ouest)(?!\w)")
_BEFORE_REUNION = re.compile(r"(?:(?<!\w)la |\(|, |- |ile de )$")
_SURNAME_BEFORE = re.compile(r"(?:^|[\s,(])[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ' -]+ $")
_CAPITAL_HEAD = re.compile(
    r"(?:^|[\s'(])(?:[Ll]es|[Dd]es|[Aa]ux) (?P<head>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ-]+[sx]) (?:de |d'|du |des )$"
)
# "le Ciseau d'", behind a small word
_AWARD_HEAD = re.compile(r"[a-z'] ?(?P<head>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ-]{3,}) (?:de |d'|du |des )$")
_YEAR_AFTER = re.compile(r" (?:19|20)\d\d(?!\w)")
_TITLE_HEAD = re.compile(r"(?:L[ea]s? |L')?(?P<head>[A-ZÀ-ÖØ-Þ][\w-]+) (?:de|d'|du|des|à|en)")
_OTHER = ("direct", "foreign", "vessel", "row")  # heads of what bears a town's name
_LINE = 600  # characters of a line in which quotation marks are counted
_TITLE = 44  # characters in quotation marks that can be the title of something


def weigh(
    view: View, start: int, end: int, name: str, gazetteer: Gazetteer, previous: Candidate | None
) -> Candidate | None:
    """The candidate that a known name is where it stands; None for what is none at all."""
    text, folded, words = view.text, view.folded, context()
    surface = text[start:end]
    if "\n" in surface and "-" not in surface and not _WRAPPED.search(surface):
        return None
    named = gazetteer.named(name)
    rows = named.rows
    line_start = folded.rfind("\n", start - _LINE if start > _LINE else 0, start) + 1
    if line_start < start - _LINE:
        line_start = start - _LINE
    around = folded[line_start if line_start > start - WINDOW else start - WINDOW : start]
    scene = Scene(
        view, gazetteer, start, end, name, named, rows, named.kinds, surface, line_start,
        around, folded[end : end + 48], heads_in(around), previous,
    )  # fmt: skip
    if not rows:
        person = name in words["given_names"] and (
            UPPER_WORD_AFTER.match(text, end) or _SURNAME_BEFORE.search(scene.raw(BEFORE))
        )
        if not surface[0].isupper() or person or scene.behind("never") or scene.behind("direct"):
            return None
        return Candidate(start, end, name, (), "likely", "town abroad", abroad=words["abroad"][name])
    if (start and text[start - 1].isalnum()) or (named.articles and _lacks_article(scene)):
        return None
    if name in ("reunion", "la reunion", "centre") and not _is_named_region(scene):
        return None
    why = _part_of_something(scene)
    if why is not None:
        return Candidate(start, end, name, rows, "never", why)
    departement = departement_beside(scene)
    candidate = as_epci(scene) if "epci" in scene.kinds or scene.behind("epci") else settled(scene)
    if candidate is None:
        candidate = _as_region_or_town(scene, departement)
    if candidate is None or candidate.key == NOTHING:
        return None
    if departement is None:
        return candidate
    others = _in_departement(scene, departement) if candidate.kind == "commune" else ()
    return msgspec.structs.replace(candidate, departement=departement, rows=others or candidate.rows)


def _in_departement(scene: Scene, departement: str) -> tuple[int, ...]:
    """The largest commune of a département whose name goes on from this one, when none there is called so.

    "Beaulieu (Alpes-Maritimes)" is Beaulieu-sur-Mer.
    """
    gazetteer = scene.gazetteer
    places, kinds = gazetteer._columns["departement"], gazetteer._columns["kind"]
    if departement in scene.column("departement"):
        return ()
    rows = [
        row for row in gazetteer.begun(scene.name) if places[row] == departement and kinds[row] == "commune"
    ]
    return tuple(sorted(rows, key=lambda row: -gazetteer.entry(row).population)[:1])


def _lacks_article(scene: Scene) -> bool:
    """Whether the name is one of those with an article, which it lacks here: "Mans" that is no "au Mans"."""
    articles = scene.named.articles
    if ("Le" in articles and scene.ends(WITH_LE)) or ("Les" in articles and scene.ends(_WITH_LES)):
        return False
    if scene.behind("sure"):
        return False
    plain = "-" not in scene.surface and " " not in scene.surface
    return len(scene.name) < 5 or (plain and not scene.ends(CONTRACTED))


def _is_named_region(scene: Scene) -> bool:
    """Whether "Réunion" and "Centre", words that they are, name the région here."""
    if scene.name == "centre":
        return scene.behind("region") is not None and scene.surface[0].isupper()
    if scene.surface.isupper():
        return context()["meeting_before"].search(scene.before) is None
    return scene.name == "la reunion" or scene.ends(_BEFORE_REUNION) is not None


def _part_of_something(scene: Scene) -> str | None:
    """Why a name is only a part of a longer one, of an address, or of a title."""
    text, start, end = scene.view.text, scene.start, scene.end
    before, behind = text[start - 1 : start], text[end : end + 1]
    if (before == "-" and _is_long_dash(scene.view, start - 1)) or (
        behind == "-" and _is_long_dash(scene.view, end)
    ):
        return None  # "Bouillante–Le Moule", a line of buses
    if (before in ("-", "'") and _HYPHENED_BEFORE.search(text[max(0, start - 4) : start])) or (
        behind == "-" and _HYPHENED_AFTER.match(text, end)
    ):
        return "part of a hyphened name"
    if before in ("@", "#", ".", "/") or (behind in ("@", ".") and _ADDRESS_AFTER.match(text, end)):
        return "part of an address or tag"
    return "a title of something" if _is_title(scene) else None


def _is_long_dash(view: View, offset: int) -> bool:
    """Whether the dash was written as one that parts words, not as a hyphen."""
    start, end = view.to_source(offset, offset + 1)
    return view.source[start:end] in ("\u2013", "\u2014")


def _is_title(scene: Scene) -> bool:
    """Whether the name stands in quotation marks that hold a title: « Bulles », « Graulhet en fleurs »."""
    text, start, end = scene.view.text, scene.start, scene.end
    opened = text.rfind('"', max(scene.line_start, start - _TITLE), start)
    if opened < 0 or text.count('"', max(scene.line_start, start - _LINE), start) % 2 == 0:
        return False
    closed = text.find('"', end, opened + _TITLE)
    if closed < 0 or "\n" in text[end:closed]:
        return False
    inside, tail = text[opened + 1 : start].strip(), text[end:closed].strip()
    if not inside and not tail:
        return " " not in scene.named.core and ("-" not in scene.surface or scene.kinds == {"epci"})
    if re.search(r"[.,;:!?]", inside + tail) or context()["verb_after"].search(" " + fold(text[end:closed])):
        return False
    if inside:
        head = _TITLE_HEAD.fullmatch(inside)
        return head is not None and fold(head["head"]) not in context()["capital_heads"]
    return tail[:1].islower()


def _as_region_or_town(scene: Scene, departement: str | None) -> Candidate | None:
    kinds = scene.kinds
    if kinds == {"epci"}:
        return (
            None
            if scene.surface[0].islower() and " " not in scene.name
            else make(scene, "doubtful", SMALL, "epci")
        )
    label = _REGION_LABEL.match(scene.surface) if "region" in kinds else None
    if label and scene.gazetteer.rows(key(scene.surface[label.end() :])):
        scene.start += label.end()  # "Collectivité de Corse" mentions Corse
        scene.surface = scene.view.text[scene.start : scene.end]
    sure = bool(scene.heads) and (
        (scene.behind("sure") is not None and not scene.behind("vessel")) or _is_own_paper(scene)
    )
    if not sure and departement is None and (other := _something_else(scene)):
        return other
    if scene.behind("person") and not scene.behind("departement"):
        return make(scene, "never", "a person")
    if scene.behind("owner"):
        return make(scene, "never", "an owner")
    if sure and departement is not None and scene.before.endswith(("de ", "d'")):
        there = _rows_in(scene, departement)
        if there:  # "la ville d'Aube (Orne)" is not the Aube
            return make(scene, "sure", "département beside it", "commune", there)
    if {"departement", "region"} <= kinds and _is_departement_overseas(scene):
        return make(scene, "sure", "a département", "departement")
    if "region" in kinds and scene.name != "centre" and _QUARTER_AFTER.match(scene.view.text, scene.end):
        return make(scene, "never", "a part of a région")  # "la CCI Bretagne Ouest"
    if "region" in kinds and not (sure and "commune" in kinds):
        return make(scene, "doubtful" if scene.surface.islower() else "sure", "a région", "region")
    if "departement" in kinds and scene.name != "paris":
        verdict = weigh_departement(scene)
        if verdict is not None:
            return make(scene, verdict, "a département", "departement")
        if ((scene.behind("water") or context()["water_after"].match(scene.after)) and not sure) or (
            "commune" not in kinds and "region" not in kinds
        ):
            return make(scene, "never", "a river or a quarter of the sky")
    if departement is not None and (there := _rows_in(scene, departement)):
        return make(scene, "sure", "département beside it", "commune", there)
    return weigh_commune(scene, sure)


def _rows_in(scene: Scene, departement: str) -> tuple[int, ...]:
    """The communes of the name that lie in a département."""
    columns = scene.gazetteer._columns
    places, kinds = columns["departement"], columns["kind"]
    return tuple(row for row in scene.rows if places[row] == departement and kinds[row] == "commune")


def _is_departement_overseas(scene: Scene) -> bool:
    """Whether a name that is a région and a département is the latter: behind its prefect, and Mayotte."""
    if _AS_DEPARTEMENT.search(scene.before):
        return True
    return scene.name == _MAYOTTE and _REGION_BY_NAME.search(scene.before) is None


def _something_else(scene: Scene) -> Candidate | None:
    """What bears a town's name without being it: a street, a club, "les Jardins de X"; and what stands in one."""
    if (after := context()["never_after"].match(scene.after)) and not _opens_the_text(scene, after[0]):
        return make(scene, "never", "something else of that name")
    if scene.heads and (standing := _stands_there(scene) or _bears_the_name(scene)):
        return standing
    if not scene.before.endswith(_LINKS):
        return None
    raw = scene.raw(32)
    head = _CAPITAL_HEAD.search(raw) if raw.endswith(_LINKS) else None
    if head and "commune" in scene.kinds and fold(head["head"]) not in context()["capital_heads"]:
        return make(scene, "never", "an own name")  # "les Loups de Provins"
    if (
        raw.endswith(_LINKS)
        and _YEAR_AFTER.match(scene.after)
        and (award := _AWARD_HEAD.search(scene.raw(48)))
    ):
        own = fold(award["head"]) not in context()["capital_heads"]
        return (
            make(scene, "never", "a part of an award's name") if own else None
        )  # "le Ciseau d'Aveyron 2012"
    return None


def _opens_the_text(scene: Scene, after: str) -> bool:
    """Whether the name begins a title: "GRAULHET EN FÊTE" is no brand there."""
    return scene.start < _TITLE and not scene.before.strip() and after.strip().startswith("en ")


def _stands_there(scene: Scene) -> Candidate | None:
    """A hospital, a station, a college "of X": the town, more or less surely."""
    facility = scene.behind("facility")
    site = facility or scene.behind("site")
    if site is None:
        return None
    large = scene.raw(WINDOW)[site.start()].isupper() or "commune" not in scene.kinds
    if (
        large
        or scene.surface.islower()
        or (site[0].endswith(("du ", "des ", "de l'")) and scene.named.titled is None)
    ):
        return None if site is not facility else make(scene, "never", "something else of that name")
    if site is not facility:
        return make(scene, "doubtful", SITE, "commune")
    sure = not scene.named.ordinary or scene.population() >= LARGE
    sure = sure and scene.named.core not in context()["capital_words"] and not lacks_accents(scene)
    return make(scene, "likely" if sure else "doubtful", FACILITY, "commune")


def _bears_the_name(scene: Scene) -> Candidate | None:
    """Whether the heads before a name say that something else is called after it: "rue de", "les lycées X et"."""
    never = scene.behind("never")
    if never and never["head"] == "ile" and "region" in scene.kinds:
        never = None
    # "placé" is the verb, no square, "le festival BD de Colomiers" no boulevard, "au passage" no passage
    if never and scene.raw(WINDOW)[never.start() :].startswith(("placé", "BD ")):
        never = None
    if never and never["head"] == "passage" and scene.before.endswith("au ", 0, never.start()):
        never = None
    if never or (not scene.heads.isdisjoint(_OTHER) and any(map(scene.behind, _OTHER))):
        return make(scene, "never", "something else of that name")
    return None


def _is_own_paper(scene: Scene) -> bool:
    """Whether the first line of a text is the name of the town hall's paper: "La Gazette de Gien - n° 4"."""
    if not scene.behind("paper") or scene.view.text[: scene.line_start].strip():
        return False
    return RULE_AFTER.match(scene.view.text, scene.end) is not None
