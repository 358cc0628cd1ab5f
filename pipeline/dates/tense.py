"""Whether the words around a date speak of what was or of what will be."""

from __future__ import annotations

import re
from functools import cache, lru_cache

#: What tells of a time: the pattern of its first word, and of what goes on from there.
_Cue = tuple[str, str]

# Endings of the simple future; words that only look like it are taken out.
_FUTURE: list[_Cue] = [
    (r"(?!op[ée]ra\b|cam[ée]ra|agora|flora)[a-zéèêîûçô]{1,}r(?:a|ont|ai|ez)", r"\b"),
    (r"(?:va|vont|allons|allez)", r" [a-z]+(?:er|ir|re)\b"),
    (r"(?:devrait|devraient)", r"\b"),
    (r"(?:est|sont)", r" à [a-zé]+(?:er|ir|re)\b"),
    (
        r"(?:pr[ée]vue?s?|attendue?s?|prochaine?|prochainement|inscrivez|venez|participez|inscriptions?|programme|bient[ôo]t|"
        r"programmée?s?|envisagée?s?)",
        r"\b",
    ),
    (r"a", r" venir\b"),
    (r"rendez", r"-vous\b"),
    (r"d", r"'ici\b"),
    (r"aura", r" lieu\b"),
    (r"ont", r" rendez-vous\b"),
    (
        r"(?:est|sont|êtes|sommes|a|ont|avez)",
        r"(?:(?<=est)|(?<=sont)|(?<=êtes)|(?<=sommes)|(?<=\ba) été|(?<=ont) été|(?<=avez) été) "
        r"(?:cordialement |tous |toutes )?(?:convié|invité|convoqué|appelé)e?s?\b",
    ),
]
_PRESENT_PERFECT_FUTURE: list[_Cue] = [
    (r"(?:est|sont)", r" (?:prévu|attendu|programmé|ouvert|organisé|fermé|invité)")
]
# "a été", "ont voté", "s'est tenu", "avait lieu": an auxiliary with a participle after it; imperfects.
_PAST: list[_Cue] = [
    (
        r"(?:a|ai|ont|avons|avez|avait|avaient|eut|fut|furent|ayant)",
        r"(?: (?:[eé]t[eé]|donc|aussi|ainsi|[eé]galement|d[eé]j[aà]|enfin|bien|officiellement|notamment))? "
        r"(?:[a-zàâäéèêëîïôöùûüçœ']{2,}(?:é|ée|és|ées|i|is|it|u|us|ert|int)|dit|fait|mis|pris|vu|lu|eu|pu|dû|su|clos|inclus)\b",
    ),
    (
        r"(?:s|se|est|sont)",
        r"(?:(?<=\bs)'est|(?<=\bse) sont|(?<=est)|(?<=sont)) (?:[a-zéèê]+ )?"
        r"(?:devenu|né|allé|venu|arrivé|parti|mort|décédé|revenu|r?entré|sorti|tenu|réuni|déroulé|achevé|terminé|rendu|monté|"
        r"descendu|resté|(?:re)?passé|reparti|tombé|retourné|intervenu|parvenu|retrouvé|produit|éteint)(?:e|s|es)?\b",
    ),
    # "s'est dispersée jeudi": a weekday ends as a participle does and is none
    (
        r"(?:s|se)",
        r"(?:(?<=\bs)'est|(?<=\bse) sont|(?<=\bs)'était|(?<=\bs)'étaient)(?: [a-zéèê]+)? "
        r"(?!(?:lun|mar|mercre|jeu|vendre|same)di\b|midi\b)[a-zéèêç']{2,}(?:é|ée|és|ées|i|ie|is|ies|it|ite|u|ue|us|ues)\b",
    ),
    (r"(?:était|étaient|étions|étiez|avait|avaient|avions|aviez|fut|furent|dernier|dernière)", r"\b"),
    (r"pour", r" mémoire\b"),
    (r"à", r" l'issue\b"),
    (r"au", r" terme\b"),
    # imperfects; "affichait", not "serait", "forfait", "souhait"
    (r"(?!souhait\b)[a-zéèêç]{3,}(?:(?<![rf])ait|(?<!r)aient|èrent)", r"\b"),
    # imperfects of verbs in -rer, -rir, which the endings of the conditional hide
    (
        r"(?:r?entr|(?:dé)?montr|rencontr|serr|(?:dé)?couvr|ouvr|offr|souffr|cour|mour|dur|admir|espér|prépar|répar|sépar|tir|"
        r"retir|attir|respir|inspir|jur|livr|illustr|célébr|consacr|demeur|pleur|figur|assur|mesur|barr|éclair|gér|concentr|"
        r"ador|honor)(?:ait|aient)",
        r"\b",
    ),
    # the recitals of a by-law: "Vu l'arrivée, dans la nuit de lundi à mardi, de …"
    (r"vu", r"(?:(?<=\Avu)|(?<=[,;] vu)) (?:l['’]|la |le |les )"),
]

# "ouvert en mars", "signée le 8 mars": a participle that stands alone right before the date
_PARTICIPLE = (
    r"(?:"
    r"ouvert|créé|lancé|né|inauguré|signé|voté|adopté|approuvé|installé|fermé|commencé|achevé|livré|"
    r"sélectionné|retenu|choisi|désigné|distingué|récompensé|labellisé|primé|couronné|nommé|recruté|"
    r"embauché|construit|bâti|édifié|restauré|réhabilité|acheté|racheté|détruit|démoli|validé|attribué|"
    r"délivré|accordé|notifié|engagé|réalisé|effectué|planté|fondé|baptisé|jumelé|terminé|clos|clôturé|"
    r"vendu|versé|transmis|promulgué|ratifié|obtenu|reçu|décroché|élu|paru|publié|posé|acquis|entamé|"
    r"démarré|décidé|rénové|déposé|survenu|constaté|signalé|mené|conduit|tourné|enregistré|incendié|brûlé|"
    r"commis|gagné|remporté|conquis|rédigé|rendu|débuté|initié|amorcé|perdu|arrivé|intervenu|tombé|tenu|"
    r"réuni|mort|décédé|disparu|célébré|remis|décerné|conclu|paraphé|dévoilé|annoncé|proclamé|présenté"
    r")(?:e|s|es)?"
)
_DONE = re.compile(
    rf"(?<!ra )(?<!ront )(?<!rez )(?<!être )(?<!est )(?<!sont )\b{_PARTICIPLE} "
    r"(?:publi(?:c|cs|que|ques) |[a-zéè]+ment |incognito )?(?:en |le |au |à l'|fin |début |mi-)?$"
)
_DONE_LONGEST = 80  # characters before a date in which the participle stands
_DONE_WORDS = 4  # the participle, "publiquement", "à l'"

#: "sera arrêté en décembre", "devrait être connue au printemps": the verb and the date in one clause
_WILL = re.compile(
    r"\b(?!op[ée]ra\b|cam[ée]ra\b|agora\b|flora\b)(?:[a-zéèêîûçô]{2,}r(?:a|ont|ez)|devrait|devraient|va|vont|est à|sont à)\b"
    r"(?:(?! qui | que | qu'| dont | où | depuis )[^,;:.«»()\n]){0,80}$"
)


_WORD = re.compile(r"\w+")


@cache
def _words() -> re.Pattern[str]:
    kinds = {"future": _FUTURE, "not": _PRESENT_PERFECT_FUTURE, "past": _PAST}
    return re.compile(
        "|".join(
            rf"(?P<{kind}>{'|'.join(f'{first}{rest}' for first, rest in cues)})"
            for kind, cues in kinds.items()
        )
    )


@cache
def _first_words() -> re.Pattern[str]:
    return re.compile("|".join(first for first, _ in (*_FUTURE, *_PRESENT_PERFECT_FUTURE, *_PAST)))


@lru_cache(maxsize=16384)
def _opens(word: str) -> bool:
    """Whether a word may be the first of what tells of a time."""
    return _first_words().fullmatch(word) is not None


Told = tuple[int, int, str | None]


def told(sentence: str) -> list[Told]:
    """What the verbs of a sentence tell: where each stands, and `past`, `future` or None for the present.

    Parameters
    ----------
    sentence : the sentence in lower case with its accents.
    """
    found: list[Told] = []
    position = 0
    for word in _WORD.finditer(sentence):
        start = word.start()
        if start >= position and _opens(word[0]) and (match := _words().match(sentence, start)):
            position = match.end()
            found.append((start, position, None if match.lastgroup == "not" else match.lastgroup))
    return found


# "a choisi Mende pour son étape du 4 juin"
_PURPOSE = re.compile(r"\bpour (?:le |la |l'|son |sa |notre |leur )?[a-zéèêç'-]+ (?:du|de) $")


def done(sentence: str, start: int) -> bool:
    """Whether a participle right before the date says that it is over ("ouverte le 3 janvier")."""
    before = sentence[max(0, start - _DONE_LONGEST) : start]
    return any(map(_is_done, before.split()[-_DONE_WORDS:])) and _DONE.search(before) is not None


@lru_cache(maxsize=16384)
def _is_done(word: str) -> bool:
    """Whether a word ends with one of the participles."""
    return re.search(rf"\b{_PARTICIPLE}$", word) is not None


def will(before: str) -> bool:
    """Whether the clause before the date has a verb in the future that nothing parts from it."""
    return _WILL.search(before) is not None


def tense(sentence: str, verbs: list[Told], start: int, end: int) -> str | None:
    """`past`, `future` or None: what the verb nearest to the date tells.

    Parameters
    ----------
    sentence : the sentence in lower case with its accents.
    verbs : what its verbs tell.
    start, end : the date within the sentence.
    """
    if sentence.endswith((" du ", " de "), 0, start) and _PURPOSE.search(sentence[:start]):
        return "future"
    if done(sentence, start):
        return "past"
    nearest: tuple[int, str] | None = None
    for first, last, kind in verbs:
        if kind is None or (first < end and last > start):
            continue
        away = first - end if first >= end else start - last
        if nearest is None or away < nearest[0]:
            nearest = (away, kind)
    return nearest[1] if nearest else None
