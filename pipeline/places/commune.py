"""Whether a commune's name is the commune where it stands: by its capitals, its neighbours, its size."""

from __future__ import annotations

import re

from pipeline.places.context import context
from pipeline.places.scene import (
    BARE,
    BEGINS,
    CAPITAL_WORD,
    DATELINE,
    FACILITY,
    ORDINARY,
    SMALL,
    Candidate,
    Scene,
    Verdict,
    is_upper_line,
    make,
)
from pipeline.text import fold

LARGE = 5000  # inhabitants from which "à Moulins" is the town
UPPER_WORD_AFTER = re.compile(r" (?P<word>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w-]+)")
WITH_LE = re.compile(r"(?<!\w)(?:au|du)\s+$")
BEFORE = 40  # characters in which the word before a name is looked for
RULE_AFTER = re.compile(r"\s*(?:\n|$|[|•·:(]|[-/] )")
_TOWN = 1000  # inhabitants from which a bare capitalised name in a sentence is taken for the town
_KNOWN = 1500  # inhabitants from which a name that begins a sentence is taken for the town
_UPPER_WORD_BEFORE = re.compile(r"(?:^|[\s('\"-])(?P<word>[A-ZÀ-ÖØ-ÞŒ][\w'.-]*)\s+$")
_UPPER_AFTER = re.compile(r" [A-ZÀ-ÖØ-Þ]")
# a word of more than three letters without its capital, behind a space
_HALF_CAPITAL = re.compile(r"[ '](?!(?:sous|dans|près|lès|chez)\b)[a-zà-öø-ÿ]{4,}")
_OWN_ARTICLE = re.compile(r"(?:^|[\s'(\"])(?:la |le |les |l')$")
_CONTRACTED_ARTICLE = re.compile(r"(?<!\w)(?:du|des|au|aux) $")
_SMALL_ARTICLES, _CONTRACTIONS = ("la ", "le ", "les ", "l'"), ("du ", "des ", "au ", "aux ")
_BLANK = (" ", "\n")
_GAMES = re.compile(r" (?:1924|2024)(?!\w)")
_INITIAL = re.compile(r"(?:^|[\s(:])[A-ZÀ-ÖØ-Þ]\.(?:-?[A-ZÀ-ÖØ-Þ]\.)? $")  # "L. Béthune"
_AT = re.compile(r"(?<!\w)(?:a|au|aux)\s*$")
_ACCENT = re.compile(r"[éèàê]")
_GOES_ON = re.compile(r" (?:de |d'|du |des )(?:la |l')?[A-ZÀ-ÖØ-Þ]")
_RULE_BEFORE = re.compile(r"(?:^|[|•·:] ?|[-/] )\W{0,3}$")
_ROW_AFTER = re.compile(r"(?:,| et| ou) [A-ZÀ-ÖØ-Þ]")


def _is_quarter(scene: Scene) -> bool:
    """Whether a small name opens the brackets behind a town: "Givors (Bans, Plaines)" names parts of it."""
    previous = scene.previous
    if previous is None or previous.kind != "commune" or scene.population() >= LARGE:
        return False
    return scene.view.text[previous.end : scene.start] == " (" and scene.after.startswith((",", " et "))


def _is_made_of_words(scene: Scene) -> bool:
    """Whether a small commune's name is all words of the language: "Vieux-Moulin"."""
    known, words = scene.gazetteer.ordinary, context()["capital_words"]
    return scene.population() < _KNOWN and all(word in known or word in words for word in scene.name.split())


def lacks_accents(scene: Scene) -> bool:
    """Whether a text that has accents writes without them a name that has them: "Pace" is not Pacé."""
    if not scene.named.accented or not scene.surface.isascii() or scene.surface.isupper():
        return False
    return _ACCENT.search(scene.view.text) is not None


def _ends_otherwise(scene: Scene) -> bool:
    """Whether a word ends in an accent that no name has there: "Marché" is not La Marche."""
    ending = scene.surface[-1].lower()
    if ending != "é" or " " in scene.name:
        return False
    return not any(scene.gazetteer.entry(row).name.lower().endswith(ending) for row in scene.named.rows)


def weigh_commune(scene: Scene, sure: bool) -> Candidate | None:
    """The candidate that a commune's name is; `sure` when a head of a collectivity stands before it."""
    words, name, surface = context(), scene.name, scene.surface
    text, end, around, after = scene.view.text, scene.end, scene.before, scene.after
    capital = surface[0].isupper()

    def town(verdict: Verdict, why: str) -> Candidate:
        return make(scene, verdict, why, "commune")

    capital_word = scene.named.core in words["capital_words"]
    if capital_word and _GOES_ON.match(text, end):
        return None  # "la mairie annexe du Val d'Auron"
    if _ends_otherwise(scene):
        return None
    own_article = around.endswith(_SMALL_ARTICLES) and scene.ends(_OWN_ARTICLE)
    said = after.startswith(",") and capital and not own_article and words["apposition"].match(after)
    if sure or said:
        return town("sure", "head of a collectivity")
    several = " " in name
    if not capital:
        if not several or _HALF_CAPITAL.fullmatch(surface):
            return None
        return town("likely" if name.count(" ") >= 2 else "doubtful", SMALL)
    if several and _HALF_CAPITAL.search(surface):
        return None  # "Le port de plaisance" is not Le Port
    joined = "-" in surface and not name.startswith(("saint ", "sainte "))
    # "un four à la Monnaie", "le prix du Jury", "aux Andes", "au Vieux-Moulin"
    if (
        (not joined or _is_made_of_words(scene))
        and (own_article or (around.endswith(_CONTRACTIONS) and scene.ends(_CONTRACTED_ARTICLE)))
        and scene.named.titled is None
    ):
        return town("never", "an article that the name has not")
    ordinary = scene.named.ordinary or capital_word or lacks_accents(scene)
    if (
        ordinary
        and not capital_word
        and around.endswith(_CONTRACTIONS)
        and (scene.named.titled or 0) < min(scene.population(), LARGE)
    ):
        return town("doubtful", ORDINARY)  # "le festival des Rives" is not of Les Rives, nor of Rives
    dateline = None if around.strip() else DATELINE.match(scene.view.folded, end, end + 60)
    if dateline and (not capital_word or " le " in dateline[0]):
        return town("sure", "dateline")
    capital_before = _upper_word(scene)
    if capital_before and (_is_given_name(_word_before(around)) or _INITIAL.search(scene.raw(BEFORE))):
        return town("never", "a given name before it")
    if not capital_word and around.endswith("(") and after.startswith(")"):
        return town("sure", "in brackets")
    capital_after = UPPER_WORD_AFTER.match(text, end)
    if surface.isupper() and (
        (capital_after and fold(capital_after["word"]) in words["given_names"]) or _goes_on_from_person(scene)
    ):
        return town("never", "a given name before it")  # "AUNAY Yannick", "MM. VICHY, TULLE et DAX"
    if name == "paris" and _GAMES.match(after):
        return town("never", "the Games")
    if name in words["given_names"] and _UPPER_AFTER.match(text, end):
        return town("never", "a given name")
    if _is_quarter(scene):
        return town("doubtful", FACILITY)
    if capital_word and not several:
        return _capital_word(scene, capital_after is not None)
    upper_line = is_upper_line(scene)
    if not capital_after and around.endswith(_BLANK) and scene.ends(_AT):
        return town("likely" if ordinary else "sure", "behind a preposition of place")
    if several and not ordinary and not _is_made_of_words(scene):
        return town("sure" if name.count(" ") >= 2 else "likely", "a long name")
    sentence_start = scene.view.sentence_at(scene.start)[0] == scene.start
    if capital_after and not upper_line:
        return town("doubtful", "a capital behind it")
    # "…, le 3e à Tulle. Talence a reçu …"
    begun = sentence_start or not capital_before or _begins_sentence(scene, capital_before)
    if not begun and not upper_line:
        return town("doubtful", "a capital before it")
    if (
        (sentence_start or upper_line)
        and len(name) > 3
        and scene.population() >= _KNOWN
        and _stands_alone(scene)
    ):
        return town("likely", BEGINS)
    verb = not upper_line and scene.population() >= _KNOWN and words["verb_after"].match(after) is not None
    verb = verb and not text.startswith(" à", end)  # folded, it is "a"
    if capital_word and sentence_start and not upper_line and not verb:
        return town("doubtful", CAPITAL_WORD)  # "La Montagne" is a paper, "La Grange" has seeds
    if ordinary and (sentence_start or upper_line):
        return town("likely" if verb else "doubtful", ORDINARY)
    if sentence_start or upper_line:
        return town("likely" if scene.population() >= _KNOWN else "doubtful", BEGINS)
    if words["place_before"].search(around[-14:]):
        return town("likely", "behind a preposition")
    if len(name) > 4 and not ordinary and scene.population() >= _TOWN:
        return town("likely", "a town of some size")
    return town("doubtful", BARE)


def _stands_alone(scene: Scene) -> bool:
    """Whether nothing but rules stands beside the name in its line, as in a letterhead: "TRAVAUX - LE ROBERT - EAU"."""
    return _RULE_BEFORE.search(scene.before) is not None and RULE_AFTER.match(scene.after) is not None


def _capital_word(scene: Scene, capital_after: bool) -> Candidate | None:
    """ "Sens", "Le Port", "Contes" with their capital: the town where the text speaks of it elsewhere."""
    around = scene.before
    if (
        (scene.raw(2) == "à " or (scene.ends(WITH_LE) and scene.raw(3) == "au "))
        and scene.population() >= LARGE
        and not capital_after
    ):
        return make(scene, "likely", "behind a preposition of place", "commune")
    if is_upper_line(scene):
        placed = context()["place_before"].search(around[-14:])
        return make(scene, "doubtful", CAPITAL_WORD, "commune") if placed else None
    if capital_after or _upper_word(scene) or scene.ends(_OWN_ARTICLE):
        return None
    if scene.view.sentence_at(scene.start)[0] == scene.start:
        row = _ROW_AFTER.match(scene.view.text, scene.end)
        if not row and not context()["verb_after"].match(scene.after):
            return None
    return make(scene, "doubtful", CAPITAL_WORD, "commune")


def _goes_on_from_person(scene: Scene) -> bool:
    previous, text = scene.previous, scene.view.text
    if previous is None or previous.why not in ("a person", "a given name before it"):
        return False
    return text[previous.start : previous.end].isupper() and text[previous.end : scene.start] in (
        ", ",
        " et ",
    )


def _is_given_name(word: str) -> bool:
    names = context()["given_names"]
    return word in names or ("-" in word and names.issuperset(word.split("-")))


def _word_before(before: str) -> str:
    """The word right before the name, behind a space, without what opens it; "" when there is none."""
    if not before[-1:].isspace() or not (words := before.rsplit(None, 1)):
        return ""
    word = words[-1]
    for mark in "('\"":
        word = word.rpartition(mark)[2]
    return word


def _upper_word(scene: Scene) -> re.Match[str] | None:
    """The word with a capital before the name, among so many characters (`BEFORE`)."""
    raw = scene.raw(BEFORE)
    last = raw.rsplit(None, 1)
    return None if not last or last[-1].islower() else _UPPER_WORD_BEFORE.search(raw)


def _begins_sentence(scene: Scene, capital_before: re.Match[str]) -> bool:
    if fold(capital_before["word"]) in context()["opening_words"]:
        return True  # "De Villerest à vélo"
    position = scene.start - len(scene.raw(BEFORE)) + capital_before.start("word")
    return scene.view.sentence_at(position)[0] == position
