"""Where a proper name ends: shared by whatever finds names by their head ("Prix …", "Festival …")."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import cast

import yaml

UPPER = r"[A-ZÀ-ÖØ-ÞŒ0-9]"
NAME_WORD = rf"(?:{UPPER}(?:[\w'&+-]|\.(?=\w))*)"
LINKS = r"(?:de\s+la\s+|de\s+l'|des\s+|du\s+|de\s+|d'|aux\s+|au\s+|à\s+la\s+|à\s+l'|à\s+|et\s+de\s+la\s+|et\s+de\s+l'|et\s+du\s+|et\s+des\s+|et\s+de\s+|et\s+d'|et\s+|&\s+|pour\s+la\s+|pour\s+l'|pour\s+une\s+|pour\s+un\s+|en\s+|sans\s+|sur\s+|la\s+|le\s+(?!\d)|les\s+(?!\d)|l')"


@cache
def _words() -> dict[str, list[str]]:
    source = (resources.files("pipeline") / "naming.yaml").read_text(encoding="utf-8")
    return cast(dict[str, list[str]], yaml.load(source, Loader=yaml.CSafeLoader))


_STOP_WORDS = frozenset(_words()["stop_words"])
# endings of an adjective that closes a name: "Prix Rivières vivantes"
_ADJECTIVE = re.compile(
    r"(?:ives?|ifs?|elles?|els|ales?|aux|iques?|ables?|antes?|ants|aires?|euses?|eux|iennes?|iens?|aines?|ains?)$"
)

_ORGANISER = re.compile(
    r"(?i:caisses?|conseils?|chambres?|d[ée]partements?|r[ée]gions?|f[ée]d[ée]rations?|associations?|fondations?|minist[èe]res?"
    r"|unions?|gazette|journal|magazine|revue|quotidien|hebdomadaire|agences?|pr[ée]fectures?|banques?|mutuelles?)(?![\w-])"
)
_TERRITORY = re.compile(
    r"(?:villes?|communes?|villages?|d[ée]partement|r[ée]gion|pays|canton|france|jury|public)(?![\w-])"
)
_PARTICIPLE = re.compile(r"(?:é|ée|és|ées|ait|aient|ent|ant|it|ra|ont|ise?|ue?s?)$")
_PHRASE_ENDS = re.compile(
    r"\s*(?:[,.;:)!?…]|$|\n)|\s(?:et|pour|à|a|est|en|que|qui|lors|dans|remis|au|aux|ce|cette|19\d\d|20\d\d)(?!\w)"
)
_GOES_ON = re.compile(r"\s(?:des|du|de la|de l')\s?[A-ZÀ-ÖØ-Þ]")
_TWO_MORE = re.compile(
    r"(?!\w+(?:é|ée|és|ées|ent|ait)\s)[a-zà-ÿ]{5,}s [a-zà-ÿ]{4,}s(?=\s*(?:[,.;:)\"]|$|\n| (?:et|en|qui|que|pour|à)\s))"
)
_CLOSED = re.compile(r"\s*(?:[,.;:)]|$|\n)")
_NO_NAME = frozenset(_words()["no_name"])
_NAME_OVER = re.compile(r"\s*(?:[,.;:)\"]|$|\n|(?:19|20)\d\d| (?:du|de la|des|organis\w+|décern\w+)\b)")


def name_end(text: str, position: int, needs_capitals: bool, begins_low: bool = False) -> tuple[int, int]:
    """Where a name that goes on at `position` ends, and how many capitalised words it holds.

    With `needs_capitals` a name without any is none; its first word must have one, unless it `begins_low`
    ("grand prix des maires RMC").  A name goes on with capitalised words, and behind a link ("de", "du", "de la") with a noun in
    small letters and one adjective, which must be neither a verb nor a preposition.
    """
    link = re.compile(
        rf"[ ]+(?P<links>(?:{LINKS}){{0,3}})(?P<word>\"[^\"\n]{{2,60}}\"|{NAME_WORD}|[a-zà-öø-ÿœ][\w'-]*)"
    )
    end, capitals, lowers = position, 0, 0
    while match := link.match(text, end):
        word, links = match["word"], match["links"]
        if re.fullmatch(r"(?:19|20)\d\d", word) or word in ("lors",):
            break
        if capitals and _ORGANISER.match(word) and links.startswith(("de", "du", "d'")):
            break  # "Prix Mômes et Cité des caisses d'allocations familiales": who gives it
        if word[0] == '"' or re.match(UPPER, word):
            if not links and lowers and not capitals and word[0] != '"' and not begins_low:
                break
            capitals += 1
            end = match.end()
            continue
        if (
            needs_capitals
            and not capitals
            and (not begins_low or word in _STOP_WORDS or _TERRITORY.match(word))
        ):
            return position, 0
        if capitals and not links and _ADJECTIVE.search(word) and word not in _STOP_WORDS:
            end = match.end()
            break
        bare = word.split("'")[-1]
        if (
            capitals == 1
            and not lowers
            and links.strip() in ("le", "la", "les", "en", "sans", "à")
            and word not in _STOP_WORDS
            and word not in _NO_NAME
            and _NAME_OVER.match(text, match.end())
        ):
            end = match.end()  # "Osez le musée 2023"
            break
        if (
            bare in _STOP_WORDS
            or word in _STOP_WORDS
            or (capitals and lowers == 0 and links and not links.strip().startswith(("de", "du", "d'", "et")))
        ):
            break
        if re.search(r"(?:^|\s)(?:pour|en|sur|sans|et|à|au|aux)\b", links) and capitals:
            break
        if (
            capitals
            and not links
            and len(word) > 2
            and _CLOSED.match(text, match.end())
            and not _is_verb(word)
        ):
            end = match.end()  # "label Écolo crèche,": a word in small letters that ends the phrase
            break
        if (
            capitals
            and not links
            and len(word) > 3
            and _GOES_ON.match(text, match.end())
            and not _is_verb(word)
        ):
            end, lowers = match.end(), lowers + 1  # "Prix Jeune création des Métiers d'art"
            continue
        if (
            capitals
            and not links
            and not lowers
            and word not in _STOP_WORDS
            and len(word) > 3
            and not _PARTICIPLE.search(word)
            and _PHRASE_ENDS.match(text, match.end())
        ):
            end = match.end()  # "concours Lagon propre et", "prix des Vieilles Maisons paysannes pour"
            break
        if not links and end > position and _closes(word, text, match.end()):
            end = match.end()
            break
        if capitals == 1 and not links and not lowers and _TWO_MORE.match(text, match.start("word")):
            end = _TWO_MORE.match(text, match.start("word")).end()  # type: ignore[union-attr]  # matched above
            break  # "label Relations fournisseurs responsables,"
        if capitals and not links and not lowers:
            break
        if not links and ((lowers == 0 and end == position) or lowers >= 3 or _is_verb(word)):
            break
        lowers += 1
        if lowers > 6:
            break
        end = match.end()
    if needs_capitals and not capitals:
        return position, 0
    return _trim(text, position, end), capitals


_LOW_WORD = re.compile(r" ((?:d')?[a-zà-öø-ÿœ-]{3,})")


def with_adjectives(text: str, start: int) -> int:
    """Where a name of one capitalised word ends that one or two words in small letters close, `start` for none.

    "Louche fleurie", "Filet bleu durable", "Cigale d'émail": the words must end the phrase.
    """
    word = re.compile(NAME_WORD).match(text, start)
    end = word.end() if word else start
    for _ in range(2):
        low = _LOW_WORD.match(text, end)
        if low is None or low[1] in _STOP_WORDS:
            break
        end = low.end()
        if _PHRASE_ENDS.match(text, end):
            return end
    return start


# verbs that say what happens to a prize: behind its name they are none of it
_OF_PRIZES = re.compile(
    r"(?:d[ée]cern|attribu|remi|remet|organis|cr[ée]{1,2}|obten|obt|remport|re[çc]|lanc|port|dot|d[ée]croch|r[ée]compens|distingu|salu|propos|dispos|d[ée]di|r[ée]serv)"
)


def _closes(word: str, text: str, end: int) -> bool:
    """Whether a word that might be a verb ends a name as its adjective: "Prix du commerce indépendant ;"."""
    return _CLOSED.match(text, end) is not None and _is_verb(word) and not _OF_PRIZES.match(word)


def _is_verb(word: str) -> bool:
    return bool(re.search(r"(?:ées?|és|ait|aient|ent|ant|era|ont)$", word)) and not word.endswith(
        ("ement", "ment")
    )


def _trim(text: str, position: int, end: int) -> int:
    while end > position and text[end - 1] in " .,'-":
        end -= 1
    return end
