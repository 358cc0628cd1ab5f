"""Finding names of collectivities: one linear pass over the words of a text.

Every word that can begin a name looks up the longest name that goes on from it; the cost does not
grow with the number of names.  What stands around a name makes it sure, impossible or doubtful;
doubtful ones wait for the language model and for the rest of the text (`pipeline.places.resolve`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from pipeline.places.gazetteer import Gazetteer, key
from pipeline.text import View, fold

Verdict = Literal["sure", "likely", "doubtful", "never"]
_TOKEN = re.compile(r"[a-z0-9œæ]+")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints"}
_DEPARTEMENT_NUMBER = re.compile(r"^\s*\((?P<code>\d{2,3}|2[ab])\)")
_BRACKETS = re.compile(r"^\s*\((?P<name>[^()\n]{2,40})\)")
_ORDINAL_ARRONDISSEMENT = re.compile(r"^\s+(?P<number>\d{1,2})(?:er|e|eme|ème)(?!\w)(?:\s+arrondissement)?")
_POSTCODE_BEFORE = re.compile(r"(?P<postcode>\d{2}\s?\d{3})(?:\s+|\s*-\s*)$")
_DATELINE = re.compile(
    r"^,?\s*(?:\([^)]{2,30}\),?\s*)?le\s+(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?\s"
)
_UPPER_WORD_BEFORE = re.compile(r"(?:^|[\s('\"-])(?P<word>[A-ZÀ-ÖØ-ÞŒ][\w'.-]*)\s+$")
_UPPER_WORD_AFTER = re.compile(r"^ (?P<word>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w-]+)")
_CONTRACTED = re.compile(r"(?<!\w)(?:au|aux|du|des|le|la|les|l')\s*$")
# a word of more than three letters without its capital, behind a space
_HALF_CAPITAL = re.compile(r"[ '](?!(?:sous|dans|près|lès|chez)\b)[a-zà-öø-ÿ]{4,}")
#: Why a name is a candidate that only the rest of the text can make a mention.
CAPITAL_WORD = "an ordinary word with a capital"
_LARGE = 5000  # inhabitants from which "à Moulins" is the town
_TOWN = 1000  # inhabitants from which a bare capitalised name in a sentence is taken for the town
# overseas one name is a région and a département: it is the région unless it is called the other
_AS_DEPARTEMENT = re.compile(r"(?:departement|conseil departemental|prefecture) (?:de (?:la )?|du )$")
_BEGINNING = re.compile(r"(?<![^\W_])(?:[A-ZÀ-ÖØ-ÞŒÆ0-9]|[^\W\d_]+(?=-))")
# what stands before a name in small letters: "ville de paris"
_HEAD = re.compile(
    r"(?:ville de |commune de |maire de |mairie de |ville d'|village de "
    r"|(?<!\w)(?:communaute de communes|communaute d'agglomeration|communaute urbaine|agglo|agglomeration)"
    r" (?:(?P<article>de )(?:la |l')|du |des |de |d'))"
)
_REGION_LABEL = re.compile(r"(?:Région|Collectivité) (?:de |d')?")
_HALF_OF = re.compile(r" (?:du (?:nord|sud)|de l'(?:est|ouest))(?!\w)")
_SMALL_ARTICLE = re.compile(r"(?:l'|la |le |les |du |des |de )")
_OWN_ARTICLE = re.compile(r"(?:^|[\s'(\"])(?:la |le |les |l')$")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zà-ÿ]+ (?:de|du|des|d'|et|sur) ?(?:la |le |les |l')?[A-ZÀ-ÖØ-Þ]")
_AGGLO_BEHIND = re.compile(r" (?:agglo|agglomeration|communaute)(?! de)(?!\w)")
_HYPHENED_BEFORE = re.compile(r"[A-Za-zÀ-ÿ]-(?:d')?$")
_HYPHENED_AFTER = re.compile(r"^-[A-Za-zÀ-ÿ]")


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


@cache
def context() -> dict[str, Any]:
    """The compiled words around names (``data/context.yaml``)."""
    source = (resources.files(__package__) / "data" / "context.yaml").read_text(encoding="utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    compiled: dict[str, Any] = {}
    for name, value in data.items():
        if name in ("countries", "demonyms"):
            compiled[name] = value.split("|") if name == "countries" else value
        elif isinstance(value, str):
            compiled[name] = re.compile(value)
        elif name == "abroad":
            compiled[name] = {
                key(town.split(" (")[0]): town.split(" (")[0] for town in value if "(" not in town
            }
        else:
            compiled[name] = frozenset(map(fold, map(str, value)))
    return compiled


def find(view: View, gazetteer: Gazetteer | None = None) -> list[Candidate]:
    """Candidates in order, without overlaps; offsets into `view.text`."""
    gazetteer = gazetteer or Gazetteer.load()
    longest, abroad = gazetteer.longest, context()["abroad"]
    found: list[Candidate] = []
    reach = 0
    for start in _beginnings(view):
        if start < reach:
            continue
        first = _TOKEN.match(view.folded, start)
        if first is None:
            continue
        word = _spelled(first[0])
        span = longest.get(word, 0)
        if not span and word not in abroad:
            continue
        match = _longest(view, start, max(span, 3), gazetteer)
        if match is None:
            continue
        name, reach = match
        candidate = _candidate(view, start, reach, name, gazetteer)
        if candidate is not None:
            found.append(candidate)
    # "Fontaine" is the town only in a text that says so elsewhere
    told = {row for candidate in found if candidate.verdict == "sure" for row in candidate.rows}
    return [c for c in found if c.why != CAPITAL_WORD or not told.isdisjoint(c.rows)]


def _beginnings(view: View) -> list[int]:
    """Where a name can begin: at a capital, a digit, a small word with a hyphen, or behind "ville de"."""
    starts = [match.start() for match in _BEGINNING.finditer(view.text)]
    folded = view.folded
    behind = {
        end
        for match in _HEAD.finditer(folded)
        for end in (match.end(), match.end("article"))
        if 0 < end < len(folded) and view.text[end].islower()
    }
    return sorted({*starts, *behind}) if behind else starts


def _spelled(word: str) -> str:
    """A word of a text as the gazetteer's keys have it: "st" in full, "œ" in two letters."""
    if word.isascii():
        return _SHORT.get(word, word)
    return word.replace("œ", "oe").replace("æ", "ae")


def _longest(view: View, begin: int, span: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """The longest name that begins at an offset, with the offset where it ends."""
    parts: list[str] = []
    abroad = context()["abroad"]
    best: tuple[str, int] | None = None
    previous = begin
    for size, token in enumerate(_TOKEN.finditer(view.folded, begin), 1):
        start, end = token.span()
        word = token[0]
        if size > 1:
            if not _joins(view.text[previous:start]):
                break
            if word == "s" and view.text[end : end + 1] == "/":
                word = "sur"
        parts.append(_spelled(word))
        previous = end
        name = " ".join(parts)
        if name in gazetteer._rows or name in abroad:
            best = (name, end)
        if size == span:
            break
    return best


def _joins(gap: str) -> bool:
    """Whether what stands between two words can stand inside a name."""
    if gap in (", ", " & ", " ", "-", "'", "- ", " -", "/", ". ", "' ", "-\n", " - ", "\n", "  "):
        return True
    return len(gap) <= 3 and gap.strip(" -'\n") == ""


def _candidate(view: View, start: int, end: int, name: str, gazetteer: Gazetteer) -> Candidate | None:
    text, folded, words = view.text, view.folded, context()
    rows = tuple(gazetteer.rows(name))
    surface = text[start:end]
    if "\n" in surface and "-" not in surface:
        return None
    line_start = folded.rfind("\n", 0, start) + 1
    left = max(line_start, start - 70)
    before, after = folded[left:start], folded[end : end + 45]
    if not rows:
        if not surface[0].isupper() or words["never_before"].search(before):
            return None
        return Candidate(start, end, name, (), "likely", "town abroad", abroad=words["abroad"][name])
    article_missing = not any(_has_key(gazetteer, row, name) for row in rows)
    contracted = _CONTRACTED.search(before) or "-" in surface or " " in surface
    if article_missing and not contracted and not words["sure_before"].search(before):
        return None
    if article_missing and len(name) < 5 and not words["sure_before"].search(before):
        return None
    if _HYPHENED_BEFORE.search(text[max(0, start - 4) : start]) or _HYPHENED_AFTER.match(text[end : end + 2]):
        return Candidate(start, end, name, rows, "never", "part of a hyphened name")
    if (
        (start and text[start - 1] in "@#./")
        or text[end : end + 1] in ("@",)
        or re.match(r"\.(?:fr|com|org|eu|net)\b", after)
    ):
        return Candidate(start, end, name, rows, "never", "part of an address or tag")
    if text[max(0, start - 1) : start].isalnum():
        return None
    if (
        text[max(0, start - 2) : start].strip() == '"'
        and text[end : end + 2].strip() == '"'
        and " " not in surface
        and "-" not in surface
    ):
        return Candidate(start, end, name, rows, "never", "a title of something")  # « Bulles »
    departement = _departement_beside(folded, start, end, gazetteer)
    kinds = {gazetteer._columns["kind"][row] for row in rows}

    def make(
        verdict: Verdict, why: str, kind: str | None = None, chosen: tuple[int, ...] = rows
    ) -> Candidate:
        return Candidate(start, end, name, chosen, verdict, why, departement, kind)

    if (
        kinds == {"epci"}
        and " " not in name
        and not words["epci_before"].search(before)
        and not surface.isupper()
    ):
        return None
    label_of_region = _REGION_LABEL.match(surface)
    if label_of_region and "region" in kinds and gazetteer.rows(key(surface[label_of_region.end() :])):
        start += label_of_region.end()  # "Collectivité de Corse" mentions Corse
        surface = text[start:end]
    article = _SMALL_ARTICLE.match(surface)
    if article and "epci" in kinds:
        # "la communauté de communes de l'île d'Oléron": its article is no part of the mention
        start += article.end()
        surface = text[start:end]
    if kinds == {"epci"} and " " in name and surface[0].isupper():
        return make("sure", "name of an EPCI", "epci")  # "Brest métropole" too, with its small m
    behind = _AGGLO_BEHIND.match(view.folded[end : end + 16])
    if behind and "commune" in kinds and text[end + 1].isupper() and kinds != {"epci"}:
        end += behind.end()  # "La Rochelle Agglo"
        return make("sure", "agglomeration behind it", "epci_of")
    label = words["epci_before"].search(before)
    if (
        label is not None
        and "epci" not in kinds
        and "commune" in kinds
        and label["label"] not in ("metropole",)
    ):
        seats = {
            gazetteer._columns["epci"][row] for row in rows if gazetteer._columns["kind"][row] == "commune"
        }
        if _NAME_GOES_ON.match(text, end):
            return None  # "la communauté d'agglomération Caux Vallée de Seine" is not that of Caux
        return (
            make("sure", "seat of the EPCI", "epci_of")
            if len(seats) == 1 and seats != {""}
            else make("likely", "agglomeration", "commune")
        )
    if label is not None and "epci" in kinds:
        return make("sure", "label of an EPCI", "epci")
    never = words["never_before"].search(before)
    if never and text[max(line_start, start - 70) + never.start() :].startswith("placé"):
        never = None  # the verb, not the square
    if words["never_after"].match(after) or never:
        never_sure = words["sure_before"].search(before)
        if not never_sure and departement is None:
            return make("never", "something else of that name")
    if words["person_before"].search(before) and not words["departement_before"].search(before):
        return make("never", "a person")
    if {"departement", "region"} <= kinds and _AS_DEPARTEMENT.search(before):
        return make("sure", "a département", "departement")
    if "region" in kinds and not words["sure_before"].search(before):
        return make("sure" if surface[0].isupper() else "doubtful", "a région", "region")
    if "departement" in kinds and name != "paris":
        verdict = _departement(view, before, after, name, surface, kinds)
        if verdict is not None:
            return make(verdict, "a département", "departement")
        only_water = words["water"].search(before) and not words["sure_before"].search(before)
        if only_water or ("commune" not in kinds and "region" not in kinds):
            return make("never", "a river or a quarter of the sky")
    if departement is not None:
        matching = tuple(row for row in rows if gazetteer._columns["departement"][row] == departement)
        if matching:
            return make("sure", "département beside it", "commune", matching)
    return _commune(view, start, end, name, surface, before, after, line_start, make, gazetteer)


def _has_key(gazetteer: Gazetteer, row: int, name: str) -> bool:
    return key(gazetteer._columns["name"][row]) == name or gazetteer._columns["kind"][row] != "commune"


def _departement_beside(folded: str, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """Code of the département in brackets behind a name or in the postcode before it."""
    number = _DEPARTEMENT_NUMBER.match(folded[end : end + 8])
    if number:
        return number["code"].upper()
    named = _BRACKETS.match(folded[end : end + 48])
    if named:
        inner = re.sub(r"^(?:en |dans |le |la |l')+", "", named["name"].split(",")[0].split(" - ")[0].strip())
        for row in gazetteer.rows(key(inner)):
            if gazetteer._columns["kind"][row] == "departement":
                return gazetteer._columns["code"][row]
        if inner in ("reunion", "martinique", "guadeloupe", "guyane", "mayotte"):
            return {
                "reunion": "974",
                "martinique": "972",
                "guadeloupe": "971",
                "guyane": "973",
                "mayotte": "976",
            }[inner]
    postcode = _POSTCODE_BEFORE.search(folded[max(0, start - 9) : start])
    if postcode:
        digits = postcode["postcode"].replace(" ", "")
        if digits.startswith("97"):
            return digits[:3]
        if digits.startswith("20"):
            return "2A" if digits < "20200" else "2B"
        return digits[:2]
    return None


def _departement(
    view: View, before: str, after: str, name: str, surface: str, kinds: set[str]
) -> Verdict | None:
    words = context()
    if not surface[0].isupper() or _HALF_OF.match(after):
        return None  # "les Vosges du Nord" are no département
    if words["departement_before"].search(before):
        return "sure"
    if re.search(r"\(\s*(?:[\w-]+,\s*)?$", before) and re.match(r"\s*[,)]", after):
        return "sure"
    if name not in words["doubtful_departements"] and ("-" in surface or " " in surface):
        return "sure"
    if words["water"].search(before):
        return None
    if "region" in kinds and name in (
        "martinique",
        "guadeloupe",
        "guyane",
        "mayotte",
        "la reunion",
        "reunion",
    ):
        return None
    if name in words["doubtful_departements"]:
        if re.search(r"(?:dans le|dans la|dans l'|dans les|en)\s*$", before) and name not in ("nord",):
            return "likely"
        if name in ("nord", "manche", "paris"):
            return "likely" if re.search(r"dans (?:le|la)\s*$", before) else None
        if "commune" in kinds and not words["departement_article"].search(before):
            return None
        if not words["departement_article"].search(before):
            return None
        return "doubtful" if name in words["rivers"] else "likely"
    if "-" in surface or " " in surface:
        return "sure"
    if words["departement_article"].search(before):
        return "likely"
    return "likely" if "commune" not in kinds else None


def _commune(
    view: View, start: int, end: int, name: str, surface: str, before: str, after: str, line_start: int,
    make: Callable[[Verdict, str, str | None], Candidate], gazetteer: Gazetteer,
) -> Candidate | None:  # fmt: skip
    words = context()
    text = view.text
    kind = "commune"
    if words["sure_before"].search(before) or (surface[0].isupper() and words["apposition"].match(after)):
        return make("sure", "head of a collectivity", kind)
    several = " " in name
    if several and surface[0].isupper() and _HALF_CAPITAL.search(surface):
        return None  # "Le port de plaisance" is not Le Port
    if not surface[0].isupper():
        return (
            make("likely" if several and name.count(" ") >= 2 else "doubtful", "small letters", kind)
            if several
            else None
        )
    if _OWN_ARTICLE.search(before) and all(
        key(gazetteer._columns["name"][row]) == name for row in gazetteer.rows(name)
    ):
        return make("never", "an article that the name has not", kind)  # "un four à la Monnaie"
    if not before.strip() and _DATELINE.match(after):
        return make("sure", "dateline", kind)
    ordinary = name in gazetteer.ordinary or name in words["capital_words"]
    given = re.search(r"(?:^|[\s(\"'])([a-z-]+)\s+$", before)
    if given and (
        given[1] in words["given_names"] or all(p in words["given_names"] for p in given[1].split("-"))
    ):
        upper_given = _UPPER_WORD_BEFORE.search(text[max(line_start, start - 40) : start])
        if upper_given:
            return make("never", "a given name before it", kind)
    if name in words["given_names"] and _UPPER_WORD_AFTER.match(text[end : end + 30]):
        return make("never", "a given name", kind)
    upper_line = _is_upper_line(text, start, end)
    if name in words["capital_words"]:
        population = max(int(gazetteer._columns["population"][row] or 0) for row in gazetteer.rows(name))
        if (
            text[max(0, start - 2) : start] == "à "
            and population >= _LARGE
            and not _UPPER_WORD_AFTER.match(text[end : end + 30])
        ):
            return make("likely", "behind a preposition of place", kind)
        return make("doubtful", CAPITAL_WORD, kind) if words["place_before"].search(before) else None
    capital_after = _UPPER_WORD_AFTER.match(text[end : end + 30])
    capital_before = _UPPER_WORD_BEFORE.search(text[max(line_start, start - 30) : start])
    if re.search(r"(?<!\w)(?:a|au|aux)\s*$", before) and not capital_after:
        return make("sure" if not ordinary else "likely", "behind a preposition of place", kind)
    if several and not ordinary:
        if capital_before and not upper_line and not several:
            return make("doubtful", "capital before it", kind)
        return make("sure" if name.count(" ") >= 2 else "likely", "a long name", kind)
    sentence_start = view.sentence_at(start)[0] == start
    if capital_after and not upper_line:
        return make("doubtful", "a capital behind it", kind)
    if (
        capital_before
        and not upper_line
        and not _begins_sentence(view, capital_before, max(line_start, start - 30))
    ):
        return make("doubtful", "a capital before it", kind)
    if ordinary and (sentence_start or upper_line):
        return make("doubtful", "an ordinary word", kind)
    if sentence_start or upper_line:
        known = max(int(gazetteer._columns["population"][row] or 0) for row in gazetteer.rows(name))
        return make("likely" if known >= 1500 else "doubtful", "begins a sentence", kind)
    if words["place_before"].search(before):
        return make("likely", "behind a preposition", kind)
    known = max(int(gazetteer._columns["population"][row] or 0) for row in gazetteer.rows(name))
    if known >= _TOWN and len(name) > 4 and not ordinary and not capital_after:
        return make("likely", "a town of some size", kind)
    return make("doubtful", "no context", kind)


def _begins_sentence(view: View, capital_before: re.Match[str], offset: int) -> bool:
    position = offset + capital_before.start("word")
    return view.sentence_at(position)[0] == position


def _is_upper_line(text: str, start: int, end: int) -> bool:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    return len(line) > len(text[start:end]) + 4 and line.upper() == line
