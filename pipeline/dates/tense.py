"""Whether the words around a date speak of what was or of what will be."""

from __future__ import annotations

import re
from functools import cache

# Endings of the simple future; words that only look like it are taken out.
_FUTURE = re.compile(
    r"\b(?!op[ée]ra\b|cam[ée]ra|agora|flora)[a-zéèêîûçô]{1,}r(?:a|ont|ai|ez)\b"
    r"|\b(?:va|vont|allons|allez) [a-z]+(?:er|ir|re)\b|\b(?:devrait|devraient)\b|\b(?:est|sont) à [a-zé]+(?:er|ir|re)\b"
    r"|\b(?:pr[ée]vue?s?|attendue?s?|prochaine?|prochainement|a venir|rendez-vous|inscrivez|venez|participez|d'ici|"
    r"inscriptions?|programme|bient[ôo]t|programmée?s?|envisagée?s?|aura lieu|ont rendez-vous)\b"
    r"|\b(?:est|sont|êtes|sommes|a été|ont été|avez été) (?:cordialement |tous |toutes )?(?:convié|invité|convoqué|appelé)e?s?\b"
)
# "a été", "ont voté", "s'est tenu", "avait lieu": an auxiliary with a participle after it; imperfects.
_PAST = re.compile(
    r"\b(?:a|ai|ont|avons|avez|avait|avaient|eut|fut|furent|ayant)(?: (?:ete|donc|aussi|ainsi|egalement|deja|enfin|bien|"
    r"officiellement|notamment))? (?:[a-zàâäéèêëîïôöùûüç']{2,}(?:é|ée|és|ées|i|is|it|u|us|ert|int)|dit|fait|mis|pris|vu|lu|eu|pu|dû|su)\b"
    r"|\b(?:s'est|se sont|est|sont) (?:[a-zéèê]+ )?(?:devenu|né|allé|venu|arrivé|parti|mort|décédé|revenu|r?entré|sorti|tenu|réuni|déroulé|achevé|terminé|rendu|monté|descendu|resté|(?:re)?passé|reparti|tombé|retourné|intervenu|parvenu|retrouvé|produit|éteint)(?:e|s|es)?\b"
    # "s'est dispersée jeudi": a weekday ends as a participle does and is none
    r"|\b(?:s'est|se sont|s'était|s'étaient)(?: [a-zéèê]+)? (?!(?:lun|mar|mercre|jeu|vendre|same)di\b|midi\b)[a-zéèêç']{2,}(?:é|ée|és|ées|i|ie|is|ies|it|ite|u|ue|us|ues)\b"
    r"|\b(?:était|étaient|étions|étiez|avait|avaient|avions|aviez|fut|furent|dernier|dernière|pour mémoire|à l'issue|au terme)\b"
    # imperfects; "affichait", not "serait", "forfait", "souhait"
    r"|\b(?!souhait\b)[a-zéèêç]{3,}(?:(?<![rf])ait|(?<!r)aient|èrent)\b"
    # imperfects of verbs in -rer, -rir, which the endings of the conditional hide
    r"|\b(?:r?entr|(?:dé)?montr|rencontr|serr|(?:dé)?couvr|ouvr|offr|souffr|cour|mour|dur|admir|espér|prépar|répar|sépar|tir|retir|attir"
    r"|respir|inspir|jur|livr|illustr|célébr|consacr|demeur|pleur|figur|assur|mesur|barr|éclair|gér|concentr|ador|honor)(?:ait|aient)\b"
    # the recitals of a by-law: "Vu l'arrivée, dans la nuit de lundi à mardi, de …"
    r"|(?:\A|[,;] )\s*vu (?:l['’]|la |le |les )"
)
_PRESENT_PERFECT_FUTURE = re.compile(
    r"\b(?:est|sont) (?:prévu|attendu|programmé|ouvert|organisé|fermé|invité)"
)

# "ouvert en mars", "signée le 8 mars": a participle that stands alone right before the date
_DONE = re.compile(
    r"(?<!sera )(?<!seront )(?<!être )(?<!est )(?<!sont )\b(?:ouvert|créé|lancé|né|inauguré|signé|voté|adopté|approuvé|installé|fermé|commencé|achevé|"
    r"livré|sélectionné|retenu|choisi|désigné|distingué|récompensé|labellisé|primé|couronné|nommé|recruté|embauché|construit|bâti|édifié|restauré|réhabilité|acheté|racheté|détruit|démoli|validé|attribué|délivré|accordé|notifié|engagé|réalisé|effectué|planté|fondé|baptisé|jumelé|terminé|clos|clôturé|vendu|versé|transmis|promulgué|ratifié|obtenu|reçu|décroché|élu|paru|publié|posé|acquis|entamé|démarré|décidé|rénové|déposé|survenu|constaté|signalé|mené|conduit|tourné|enregistré|incendié|brûlé|commis|gagné|remporté|conquis|rédigé|rendu|débuté|initié|amorcé|perdu|arrivé|intervenu|tombé|tenu|réuni|mort|décédé|disparu|célébré|remis|décerné|conclu|paraphé|dévoilé|annoncé|proclamé|présenté)(?:e|s|es)? (?:publi(?:c|cs|que|ques) |[a-zéè]+ment |incognito )?(?:en |le |au |à l'|fin |début |mi-)?$"
)


#: "sera arrêté en décembre", "devrait être connue au printemps": the verb and the date in one clause
_WILL = re.compile(
    r"\b(?!op[ée]ra\b|cam[ée]ra\b|agora\b|flora\b)(?:[a-zéèêîûçô]{2,}r(?:a|ont|ez)|devrait|devraient|va|vont|est à|sont à)\b"
    r"(?:(?! qui | que | qu'| dont | où | depuis )[^,;:.«»()\n]){0,80}$"
)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<future>{_FUTURE.pattern})|(?P<not>{_PRESENT_PERFECT_FUTURE.pattern})|(?P<past>{_PAST.pattern})"
    )


# "a choisi Mende pour son étape du 4 juin"
_PURPOSE = re.compile(r"\bpour (?:le |la |l'|son |sa |notre |leur )?[a-zéèêç'-]+ (?:du|de) $")


def done(sentence: str, start: int) -> bool:
    """Whether a participle right before the date says that it is over ("ouverte le 3 janvier")."""
    return _DONE.search(sentence[:start]) is not None


def will(before: str) -> bool:
    """Whether the clause before the date has a verb in the future that nothing parts from it."""
    return _WILL.search(before) is not None


def tense(sentence: str, start: int, end: int) -> str | None:
    """`past`, `future` or None: what the verb nearest to the date tells.

    Parameters
    ----------
    sentence : the sentence in lower case with its accents.
    start, end : the date within the sentence.
    """
    if _PURPOSE.search(sentence[:start]):
        return "future"
    if done(sentence, start):
        return "past"
    nearest: tuple[int, str] | None = None
    for match in _words().finditer(sentence):
        if match.start() < end and match.end() > start:
            continue
        away = match.start() - end if match.start() >= end else start - match.end()
        kind = "past" if match.lastgroup == "past" else "future" if match.lastgroup == "future" else None
        if kind and (nearest is None or away < nearest[0]):
            nearest = (away, kind)
    return nearest[1] if nearest else None
