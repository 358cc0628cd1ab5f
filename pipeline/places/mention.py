"""What stands around a name, and what that makes of it: a collectivity, something else, or a doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipeline.places.context import WINDOW, before, context, words_of
from pipeline.places.gazetteer import Gazetteer, key
from pipeline.text import View, fold

Verdict = Literal["sure", "likely", "doubtful", "never"]

#: Why a name is a candidate that only the rest of the text can make a mention.
CAPITAL_WORD = "an ordinary word with a capital"
FACILITY = "something that stands in a town"
EPCI_WORD = "one word that is an EPCI"
#: Doubts that knowing where the text plays can settle.
ORDINARY, BEGINS, BARE = "an ordinary word", "begins a sentence", "no context"
SMALL = "small letters"

_LARGE = 5000  # inhabitants from which "à Moulins" is the town
_TOWN = 1000  # inhabitants from which a bare capitalised name in a sentence is taken for the town
_KNOWN = 1500  # inhabitants from which a name that begins a sentence is taken for the town

_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
#: Behind the name that a line begins with: ", le 10 septembre", ", lundi 8 mars 2021", " - 12/04/2019".
DATELINE = re.compile(
    r"\s*[,-]?\s*(?:\([^)\n]{2,30}\),?\s*)?(?:ce |le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    rf"(?:\d{{1,2}}(?:er)? {_MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})(?!\w)"
)
#: What stands between the names of a row: "Nevers, Tours et Béziers".
ENUMERATED = re.compile(
    r"(?:\s*\([^)\n]{1,40}\))?\s*(?:,|;|/| et| ou|, et| ainsi que| & )\s*(?:(?:a|au|aux|de|du|d'|la|le|les|l')\s*)?"
)
_DEPARTEMENT_NUMBER = re.compile(r"\s*\((?P<code>\d{2,3}|2[ab])\)")
_BRACKETS = re.compile(r"\s*\((?P<name>[^()\n]{2,40})\)")
_POSTCODE_BEFORE = re.compile(r"(?P<postcode>\d{2}\s?\d{3})(?:\s+|\s*-\s*)$")
_UPPER_WORD_BEFORE = re.compile(r"(?:^|[\s('\"-])(?P<word>[A-ZÀ-ÖØ-ÞŒ][\w'.-]*)\s+$")
_UPPER_WORD_AFTER = re.compile(r" (?P<word>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w-]+)")
_WORD_BEFORE = re.compile(r"(?:^|[\s(\"'])([a-z-]+)\s+$")
_CONTRACTED = re.compile(r"(?<!\w)(?:au|aux|du|des|le|la|les|l')\s*$")
_WITH_LE = re.compile(r"(?<!\w)(?:au|du)\s+$")
_WITH_LES = re.compile(r"(?<!\w)(?:aux|des)\s+$")
_ARTICLES = ("Le ", "La ", "Les ", "L'")
# a word of more than three letters without its capital, behind a space
_HALF_CAPITAL = re.compile(r"[ '](?!(?:sous|dans|près|lès|chez)\b)[a-zà-öø-ÿ]{4,}")
# overseas one name is a région and a département: it is the région unless it is called the other
_AS_DEPARTEMENT = re.compile(
    r"(?:departement|conseil departemental|prefecture|prefete?) (?:de (?:la )?|du )$"
)
_REGION_LABEL = re.compile(r"(?:Région|Collectivité) (?:de |d')?")
_HALF_OF = re.compile(r" (?:du (?:nord|sud)|de l'(?:est|ouest))(?! au)(?!\w)")
_SMALL_ARTICLE = re.compile(r"(?:l'|la |le |les |du |des |de )")
_OWN_ARTICLE = re.compile(r"(?:^|[\s'(\"])(?:la |le |les |l')$")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zà-ÿ]+ (?:de|du|des|d'|et|sur) ?(?:la |le |les |l')?[A-ZÀ-ÖØ-Þ]")
_AGGLO_BEHIND = re.compile(r" (?:agglo|agglomeration|communaute)(?! de)(?!\w)")
_HYPHENED_BEFORE = re.compile(r"[A-Za-zÀ-ÿ]-(?:d')?$")
_HYPHENED_AFTER = re.compile(r"-[A-Za-zÀ-ÿ]")
_ADDRESS_AFTER = re.compile(r"@|\.(?:fr|com|org|eu|net)\b")
_AT = re.compile(r"(?<!\w)(?:a|au|aux)\s*$")
_CAPITAL_HEAD = re.compile(
    r"(?:^|[\s'(])(?:[Ll]es|[Dd]es|[Aa]ux) (?P<head>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ-]+[sx]) (?:de |d'|du |des )$"
)
_DIRECT_HEAD = re.compile(
    r"(?<!\w)(?:cite|agence|menuiserie|entreprise|lotissement|place-forte|ecole|salle) $"
)
_RULE_BEFORE = re.compile(r"(?:^|[|•·:] ?|[-/] )\W{0,3}$")
_RULE_AFTER = re.compile(r"\s*(?:\n|$|[|•·:(]|[-/] )")
_TITLE_HEAD = re.compile(r"(?:L[ea]s? |L')?(?P<head>[A-ZÀ-ÖØ-Þ][\w-]+) (?:de|d'|du|des|à|en)")
_ROW_AFTER = re.compile(r"(?:,| et| ou) [A-ZÀ-ÖØ-Þ]")
_NO_RIVER = ("martinique", "guadeloupe", "guyane", "mayotte", "la reunion", "reunion")
_TITLE = 44  # characters in quotation marks that can be the title of something


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may mean a collectivity; `rows` are its readings in the gazetteer.

    `departement` is the code that stands beside it, in brackets or in a postcode.  `why` says which
    context decided.
    """

    start: int
    end: int
    key: str
    rows: tuple[int, ...]
    verdict: Verdict
    why: str
    departement: str | None = None
    kind: str | None = None
    abroad: str | None = None


@dataclass(slots=True)
class _Scene:
    """A name in its line: what is read before it and behind it, both folded."""

    view: View
    gazetteer: Gazetteer
    start: int
    end: int
    name: str
    rows: tuple[int, ...]
    kinds: set[str]
    surface: str
    line_start: int
    before: str
    after: str
    words: list[str]
    previous: Candidate | None

    def behind(self, heads: str) -> re.Match[str] | None:
        """The head of this sort that leads up to the name."""
        return before(heads).search(self.before, self.words)

    def raw(self, size: int) -> str:
        """What stands before the name in its line, as written."""
        return self.view.text[max(self.line_start, self.start - size) : self.start]

    def column(self, name: str) -> list[str]:
        """A field of the readings of the name."""
        values = self.gazetteer._columns[name]
        return [values[row] for row in self.rows]

    def population(self) -> int:
        """Inhabitants of the largest reading."""
        return max(int(number or 0) for number in self.column("population"))


def weigh(
    view: View, start: int, end: int, name: str, gazetteer: Gazetteer, previous: Candidate | None
) -> Candidate | None:
    """The candidate that a known name is where it stands; None for what is none at all."""
    text, folded, words = view.text, view.folded, context()
    surface = text[start:end]
    if "\n" in surface and "-" not in surface:
        return None
    rows = tuple(gazetteer.rows(name))
    line_start = folded.rfind("\n", 0, start) + 1
    around = folded[max(line_start, start - WINDOW) : start]
    kinds = gazetteer._columns["kind"]
    scene = _Scene(
        view, gazetteer, start, end, name, rows, {kinds[row] for row in rows}, surface, line_start,
        around, folded[end : end + 48], words_of(around), previous,
    )  # fmt: skip
    if not rows:
        person = name in words["given_names"] and _UPPER_WORD_AFTER.match(text, end)
        if not surface[0].isupper() or person or scene.behind("never") or _DIRECT_HEAD.search(around):
            return None
        return Candidate(start, end, name, (), "likely", "town abroad", abroad=words["abroad"][name])
    if _lacks_article(scene) or text[max(0, start - 1) : start].isalnum():
        return None
    if name in ("reunion", "centre") and not _is_named_region(scene):
        return None
    why = _part_of_something(scene)
    if why is not None:
        return Candidate(start, end, name, rows, "never", why)
    departement = _departement_beside(scene)
    candidate = _as_epci(scene) if "epci" in scene.kinds or scene.behind("epci") else _settled(scene)
    if candidate is None:
        candidate = _as_region_or_town(scene, departement)
    if candidate is None or candidate.key == _NONE:
        return None
    return replace(candidate, departement=departement) if departement else candidate


_NONE = "-"


def _make(
    scene: _Scene, verdict: Verdict, why: str, kind: str | None = None, rows: tuple[int, ...] | None = None
) -> Candidate:
    return Candidate(
        scene.start, scene.end, scene.name, scene.rows if rows is None else rows, verdict, why, kind=kind
    )


def _lacks_article(scene: _Scene) -> bool:
    """Whether the name is one of those with an article, which it lacks here: "Mans" that is no "au Mans"."""
    if scene.name.startswith(("le ", "la ", "les ", "l ")):
        return False
    for name, kind in zip(scene.column("name"), scene.column("kind"), strict=True):
        if kind != "commune" or not name.startswith(_ARTICLES):
            return False
        if name.startswith("Le ") and _WITH_LE.search(scene.before):
            return False
        if name.startswith("Les ") and _WITH_LES.search(scene.before):
            return False
    if scene.behind("sure"):
        return False
    plain = "-" not in scene.surface and " " not in scene.surface
    return len(scene.name) < 5 or (plain and not _CONTRACTED.search(scene.before))


def _is_named_region(scene: _Scene) -> bool:
    """Whether "Réunion" and "Centre", words that they are, name the région here."""
    if scene.name == "centre":
        return scene.behind("region") is not None and scene.surface[0].isupper()
    return re.search(r"(?:(?<!\w)la |\(|, |- |ile de )$", scene.before) is not None or scene.surface.isupper()


def _part_of_something(scene: _Scene) -> str | None:
    """Why a name is only a part of a longer one, of an address, or of a title."""
    text, start, end = scene.view.text, scene.start, scene.end
    if _HYPHENED_BEFORE.search(text[max(0, start - 4) : start]) or _HYPHENED_AFTER.match(text, end):
        return "part of a hyphened name"
    if (start and text[start - 1] in "@#./") or _ADDRESS_AFTER.match(text, end):
        return "part of an address or tag"
    return "a title of something" if _is_title(scene) else None


def _is_title(scene: _Scene) -> bool:
    """Whether the name stands in quotation marks that hold a title: « Bulles », « Graulhet en fleurs »."""
    text, start, end = scene.view.text, scene.start, scene.end
    opened = text.rfind('"', max(scene.line_start, start - _TITLE), start)
    if opened < 0 or text.count('"', scene.line_start, start) % 2 == 0:
        return False
    closed = text.find('"', end, opened + _TITLE)
    if closed < 0 or "\n" in text[end:closed]:
        return False
    inside, tail = text[opened + 1 : start].strip(), text[end:closed].strip()
    if not inside and not tail:
        return " " not in scene.surface and ("-" not in scene.surface or scene.kinds == {"epci"})
    if re.search(r"[.,;:!?]", inside + tail) or context()["verb_after"].search(" " + fold(text[end:closed])):
        return False
    if inside:
        head = _TITLE_HEAD.fullmatch(inside)
        return head is not None and fold(head["head"]) not in context()["capital_heads"]
    return tail[:1].islower()


def _as_epci(scene: _Scene) -> Candidate | None:
    """A name that can be that of an EPCI, or that has its label before it; None for one of something else."""
    gazetteer, text = scene.gazetteer, scene.view.text
    label = scene.behind("epci")
    if "epci" in scene.kinds:
        if scene.kinds == {"epci"} and " " not in scene.name and label is None:
            return _single_epci(scene)
        article = _SMALL_ARTICLE.match(scene.surface)
        if article:
            # "la communauté de communes de l'île d'Oléron": its article is no part of the mention
            scene.start += article.end()
            scene.surface = text[scene.start : scene.end]
        if scene.kinds == {"epci"} and " " in scene.name and scene.surface[0].isupper():
            if label is None and _is_common(scene):
                return (
                    _make(scene, "doubtful", EPCI_WORD, "epci")
                    if _is_capitalised(scene.surface)
                    else _none(scene)
                )
            return _make(scene, "sure", "name of an EPCI", "epci")  # "Brest métropole" too, with its small m
    if settled := _settled(scene):
        return settled
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
            return _none(scene)  # "la communauté d'agglomération Caux Vallée de Seine" is not that of Caux
        if len(seats) == 1 and seats != {""}:
            return _make(scene, "sure", "seat of the EPCI", "epci_of")
        return _make(scene, "likely", "agglomeration", "commune")
    if label is not None and "epci" in scene.kinds:
        return _make(scene, "sure", "label of an EPCI", "epci")
    return None


def _none(scene: _Scene) -> Candidate:
    """What says that a name is no candidate at all."""
    return Candidate(scene.start, scene.end, _NONE, (), "never", "nothing")


def _single_epci(scene: _Scene) -> Candidate:
    """One word that only an EPCI is called: "du Sicoval", "la CCOG"; where the text plays decides."""
    if not scene.surface[0].isupper() or scene.name in context()["capital_words"]:
        return _none(scene)
    if scene.name in scene.gazetteer.ordinary and not (scene.surface.isupper() and len(scene.surface) > 3):
        return _none(scene)
    acronym = (
        scene.surface.isupper() and len(scene.surface) > 3 and scene.name not in scene.gazetteer.ordinary
    )
    if acronym and _CONTRACTED.search(scene.before):
        return _make(scene, "likely", "initials of an EPCI", "epci")
    return _make(scene, "doubtful", EPCI_WORD, "epci")


def _is_common(scene: _Scene) -> bool:
    """Whether every word of a name is a word of the language: "Savoir-faire", "Grands Lacs"."""
    return all(len(word) < 4 or word in scene.gazetteer.ordinary for word in scene.name.split())


def _is_capitalised(surface: str) -> bool:
    return all(word[:1].isupper() for word in re.split(r"[\s'-]+", surface) if len(word) > 3)


def _settled(scene: _Scene) -> Candidate | None:
    """ "La Rochelle Agglo": the commune before the word for its agglomeration."""
    behind = _AGGLO_BEHIND.match(scene.after)
    if behind and "commune" in scene.kinds and scene.view.text[scene.end + 1].isupper():
        scene.end += behind.end()
        return _make(scene, "sure", "agglomeration behind it", "epci_of")
    return None


def _as_region_or_town(scene: _Scene, departement: str | None) -> Candidate | None:
    kinds = scene.kinds
    if kinds == {"epci"}:
        return (
            None
            if scene.surface[0].islower() and " " not in scene.name
            else _make(scene, "doubtful", SMALL, "epci")
        )
    label = _REGION_LABEL.match(scene.surface)
    if label and "region" in kinds and scene.gazetteer.rows(key(scene.surface[label.end() :])):
        scene.start += label.end()  # "Collectivité de Corse" mentions Corse
        scene.surface = scene.view.text[scene.start : scene.end]
    sure = scene.behind("sure") is not None
    if not sure and departement is None and (other := _something_else(scene)):
        return other
    if scene.behind("person") and not scene.behind("departement"):
        return _make(scene, "never", "a person")
    if {"departement", "region"} <= kinds and _AS_DEPARTEMENT.search(scene.before):
        return _make(scene, "sure", "a département", "departement")
    if "region" in kinds and not sure:
        return _make(scene, "sure" if scene.surface[0].isupper() else "doubtful", "a région", "region")
    if "departement" in kinds and scene.name != "paris":
        verdict = _departement(scene)
        if verdict is not None:
            return _make(scene, verdict, "a département", "departement")
        if ((scene.behind("water") or context()["water_after"].match(scene.after)) and not sure) or (
            "commune" not in kinds and "region" not in kinds
        ):
            return _make(scene, "never", "a river or a quarter of the sky")
    if departement is not None:
        beside = scene.column("departement")
        matching = tuple(row for row, code in zip(scene.rows, beside, strict=True) if code == departement)
        if matching:
            return _make(scene, "sure", "département beside it", "commune", matching)
    return _commune(scene, sure)


def _something_else(scene: _Scene) -> Candidate | None:
    """What bears a town's name without being it: a street, a club, "les Jardins de X"; and what stands in one."""
    never = scene.behind("never")
    if never and never["head"] == "ile" and "region" in scene.kinds:
        never = None
    if never and scene.raw(WINDOW)[never.start() :].startswith("placé"):
        never = None  # the verb, not the square
    if never or context()["never_after"].match(scene.after) or _DIRECT_HEAD.search(scene.before):
        return _make(scene, "never", "something else of that name")
    facility = scene.behind("facility")
    if facility:
        if scene.raw(WINDOW)[facility.start()].isupper() or "commune" not in scene.kinds:
            return _make(scene, "never", "something else of that name")
        return _make(scene, "doubtful", FACILITY, "commune")
    head = _CAPITAL_HEAD.search(scene.raw(32))
    if head and "commune" in scene.kinds and fold(head["head"]) not in context()["capital_heads"]:
        return _make(scene, "never", "an own name")  # "les Loups de Provins"
    return None


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
    names = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    place = re.compile(
        rf",? (?:dans (?:le |la |l'|les )|en )(?P<inside>{names})(?![\w-])|,? ?[-/,] (?P<line>{names})\s*(?:\n|$)"
    )
    return place, codes


def _departement_beside(scene: _Scene) -> str | None:
    """Code of the département in brackets behind a name, said behind it, or in the postcode before it."""
    if "commune" not in scene.kinds:
        return None
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
    postcode = _POSTCODE_BEFORE.search(scene.before[-9:])
    if postcode:
        digits = postcode["postcode"].replace(" ", "")
        if digits.startswith("97"):
            return digits[:3]
        if digits.startswith("20"):
            return "2A" if digits < "20200" else "2B"
        return digits[:2]
    return None


def _departement(scene: _Scene) -> Verdict | None:
    words, name, around = context(), scene.name, scene.before
    if not scene.surface[0].isupper() or _HALF_OF.match(scene.after):
        return None  # "les Vosges du Nord" are no département
    if scene.behind("departement") or _goes_on_from(scene):
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


def _goes_on_from(scene: _Scene) -> bool:
    """Whether the name follows a département in a row, or its town in a letterhead ("AUBUSSON - CREUSE")."""
    previous = scene.previous
    if previous is None or scene.start - previous.end > 12 or previous.verdict == "never":
        return False
    gap = scene.view.folded[previous.end : scene.start]
    if previous.kind == "departement":
        return ENUMERATED.fullmatch(gap) is not None
    codes = {scene.gazetteer._columns["departement"][row] for row in previous.rows}
    own = codes.isdisjoint(scene.column("departement"))
    return not own and gap in (" - ", " / ", ", ") and re.match(r"\s*(?:\n|$)", scene.after) is not None


def _commune(scene: _Scene, sure: bool) -> Candidate | None:
    words, name, surface = context(), scene.name, scene.surface
    text, end, around, after = scene.view.text, scene.end, scene.before, scene.after
    capital = surface[0].isupper()

    def make(verdict: Verdict, why: str) -> Candidate:
        return _make(scene, verdict, why, "commune")

    own_article = _OWN_ARTICLE.search(around)
    said = capital and not own_article and words["apposition"].match(after)
    if sure or said:
        return make("sure", "head of a collectivity")
    several = " " in name
    if not capital:
        if not several or _HALF_CAPITAL.fullmatch(surface):
            return None
        return make("likely" if name.count(" ") >= 2 else "doubtful", SMALL)
    if several and _HALF_CAPITAL.search(surface):
        return None  # "Le port de plaisance" is not Le Port
    joined = "-" in surface and not name.startswith("saint")
    if own_article and not joined and not any(map(_with_article, scene.column("name"))):
        return make("never", "an article that the name has not")  # "un four à la Monnaie"
    core = name.split(" ", 1)[1] if several and name.startswith(("le ", "la ", "les ", "l ")) else name
    capital_word = core in words["capital_words"]
    ordinary = core in scene.gazetteer.ordinary or capital_word
    dateline = None if around.strip() else DATELINE.match(scene.view.folded, end, end + 60)
    if dateline and (not capital_word or " le " in dateline[0]):
        return make("sure", "dateline")
    if _is_surname(scene):
        return make("never", "a given name before it")
    capital_after = _UPPER_WORD_AFTER.match(text, end)
    if name in words["given_names"] and capital_after:
        return make("never", "a given name")
    if capital_word and not several:
        return _capital_word(scene, capital_after is not None)
    upper_line = _is_upper_line(scene)
    capital_before = _UPPER_WORD_BEFORE.search(scene.raw(30))
    if _AT.search(around) and not capital_after:
        return make("likely" if ordinary else "sure", "behind a preposition of place")
    if several and not ordinary:
        return make("sure" if name.count(" ") >= 2 else "likely", "a long name")
    sentence_start = scene.view.sentence_at(scene.start)[0] == scene.start
    if capital_after and not upper_line:
        return make("doubtful", "a capital behind it")
    if capital_before and not upper_line and not _begins_sentence(scene, capital_before):
        return make("doubtful", "a capital before it")
    if (
        (sentence_start or upper_line)
        and len(name) > 3
        and scene.population() >= _KNOWN
        and _stands_alone(scene)
    ):
        return make("likely", BEGINS)
    verb = not upper_line and scene.population() >= _KNOWN and words["verb_after"].match(after) is not None
    if capital_word and sentence_start and not upper_line and not verb:
        return make("doubtful", CAPITAL_WORD)  # "La Montagne" is a paper, "La Grange" has seeds
    if ordinary and (sentence_start or upper_line):
        return make("likely" if verb else "doubtful", ORDINARY)
    if sentence_start or upper_line:
        return make("likely" if scene.population() >= _KNOWN else "doubtful", BEGINS)
    if words["place_before"].search(around[-14:]):
        return make("likely", "behind a preposition")
    if len(name) > 4 and not ordinary and scene.population() >= _TOWN:
        return make("likely", "a town of some size")
    return make("doubtful", BARE)


def _stands_alone(scene: _Scene) -> bool:
    """Whether nothing but rules stands beside the name in its line, as in a letterhead: "TRAVAUX - LE ROBERT - EAU"."""
    return _RULE_BEFORE.search(scene.before) is not None and _RULE_AFTER.match(scene.after) is not None


def _with_article(name: str) -> bool:
    return name.startswith(_ARTICLES)


def _capital_word(scene: _Scene, capital_after: bool) -> Candidate | None:
    """ "Sens", "Le Port", "Contes" with their capital: the town where the text speaks of it elsewhere."""
    around = scene.before
    if (
        (scene.raw(2) == "à " or (_WITH_LE.search(around) and scene.raw(3) == "au "))
        and scene.population() >= _LARGE
        and not capital_after
    ):
        return _make(scene, "likely", "behind a preposition of place", "commune")
    if _is_upper_line(scene):
        placed = context()["place_before"].search(around[-14:])
        return _make(scene, "doubtful", CAPITAL_WORD, "commune") if placed else None
    if capital_after or _UPPER_WORD_BEFORE.search(scene.raw(30)) or _OWN_ARTICLE.search(around):
        return None
    if scene.view.sentence_at(scene.start)[0] == scene.start:
        row = _ROW_AFTER.match(scene.view.text, scene.end)
        if not row and not context()["verb_after"].match(scene.after):
            return None
    return _make(scene, "doubtful", CAPITAL_WORD, "commune")


def _is_surname(scene: _Scene) -> bool:
    given, names = _WORD_BEFORE.search(scene.before), context()["given_names"]
    if not given or not (given[1] in names or all(part in names for part in given[1].split("-"))):
        return False
    return _UPPER_WORD_BEFORE.search(scene.raw(40)) is not None


def _begins_sentence(scene: _Scene, capital_before: re.Match[str]) -> bool:
    position = scene.start - len(scene.raw(30)) + capital_before.start("word")
    return scene.view.sentence_at(position)[0] == position


def _is_upper_line(scene: _Scene) -> bool:
    text = scene.view.text
    last = text.find("\n", scene.end)
    if not scene.surface.isupper() and len(scene.surface) > 1:
        return False
    line = text[scene.line_start : last if last >= 0 else len(text)]
    return len(line) > len(scene.surface) + 4 and line.upper() == line
