"""Whether a length of time lasts where it stands, or is an age, a time of day, the unit of a price."""

from __future__ import annotations

import re

from pipeline.dates.left import text_before
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context
from pipeline.dates.relative import number_of
from pipeline.dates.scan import Mention

_AGE_BEFORE = re.compile(
    r"(?:\b(?:agee?s? de|age de|ages de|a|aux|les|des|ses|leurs|nos|mes|tes|dernieres?|enfants? de|jeunes? de|personnes? de|"
    r"freres? de|s(?:oe|œ)urs? de|petite?-fil(?:s|le) de|femme de|homme de|eleves de|adultes de|habitants de|a partir de|des|plus de|moins de|public de|ados? de|de \d{1,2} a|"
    r"seniors de|fille de|garcon de|fils de|joueurs de|doyenne?) |\d-|, |\()$"
)
_LASTING = re.compile(
    r"\b(?:depuis|pendant|durant|apres|en|sur|dans|pour|duree|il y a|voila|voici|fait|faut|dure|apres) "
    r"(?:(?:une duree de|plus de|moins de|pres de|environ|les|ces|de) ?){0,2}$"
)
_THROUGH = re.compile(
    r"\b(?:pendant|durant|en|pour|apres|dure(?:nt|ra|ront)?|au bout de|fait|voila) (?:plus de |moins de |environ |pres de |seulement )?$"
)
_AGE_AFTER = re.compile(
    r" (?:et|ou) (?:plus|moins|demi)\b| revolus| (?:du|de la|de l'|d'existence) (?:club|jumelage|association|comite)"
)
_YOUNGER = re.compile(r"\b(?:les|aux|des|nourrissons de|enfants de|bebes de) (?:moins|plus) de $")
#: "le plus jeune, trois mois", "la benjamine (neuf mois)"
_YOUNGEST = re.compile(
    r"\b(?:plus (?:jeunes?|petite?s?|vieux|vieilles?|agee?s?)|benjamine?|cadette?|doyenne?|ainee?)(?:, | \(| a | n'a que )$"
)
#: "pour les 6 à 10 ans", but "pour les trois ans à venir"
_FOR_AGED = re.compile(
    r"\bpour (?:les|des|nos|vos|leurs) (?:(?:enfants|jeunes|eleves|ados|filles|garcons|seniors) (?:de )?)?$"
)
#: "de 7 à 77 ans" is an age, unless what stands before it lasts
_FROM_AGE = re.compile(
    r"(?:^|[^a-z ] ?|€ |\b(?:euros|gratuite?|ouverte?s?|reservee?s?|accessibles?|tarifs?|public|famille|tous) )(?:d['e] ?|des )$"
)
_PRICE_OF = re.compile(r"\b(?:prix|cout|tarif|valeur|montant) d'$")
#: "soixante-" of "soixante-quatorze ans" that no list of numbers holds
_HYPHEN_BEFORE = re.compile(r"[a-z]-$")
#: living things and cheeses have an age in months too
_AGED_IN_MONTHS = re.compile(
    r"\b(?:bebes?|enfants?|nourrissons?|tout-petits|filles?|garcons?|fils|jumeaux|jumelles|chiots?|chatons?|agneaux|veaux|comtes?|fromages?|jambons?|tommes?)"
    r" (?:ages? )?de (?:plus de |moins de )?$"
)
_HAS_AGE = re.compile(
    r"\b(?:a|ont|j'ai|j'avais|avais|avait|avaient|avez|aura|que|eu|atteint) (?:(?:au moins|plus de|moins de|pres de|environ|presque|deja|que|a peine) )?$"
)
_OF_AGE = re.compile(r"\b([a-z]+) d(?:e |'|es )(?:(?:plus de|moins de|au moins|environ) )?$")
#: what lasts; anything else "de 40 ans" is of that age
_LASTING_NOUNS = frozenset(
    [
        "duree",
        "periode",
        "mandat",
        "contrat",
        "delai",
        "chantier",
        "travaux",
        "bail",
        "convention",
        "plan",
        "programme",
        "attente",
        "absence",
        "fermeture",
        "cycle",
        "formation",
        "stage",
        "garantie",
        "projet",
        "engagement",
        "partenariat",
        "mission",
        "experience",
        "pause",
        "vie",
        "travail",
        "efforts",
        "effort",
        "arret",
        "report",
        "retard",
        "histoire",
        "plus",
        "moins",
        "pres",
        "carriere",
        "amitie",
        "recul",
        "emprunt",
        "pret",
        "peine",
        "sursis",
        "concession",
        "accord",
        "mecenat",
        "bail",
        "jumelage",
        "abonnement",
        "phase",
        "residence",
        "etude",
        "etudes",
        "enquete",
        "combat",
        "temps",
    ]
)
_AGE_UNIT = re.compile(r"ans?$")
#: "sa cheffe, vingt-six ans de métier": what is lasted through
_OF_SERVICE = re.compile(
    r" (?:de |d')(?:metier|service|carriere|maison|mandats?|mariage|vie commune|benevolat|experience|pratique|fidelite|presence|retard|combat|procedure|attente)\b"
)
#: "la plus jeune et la plus âgée du club : 8 ans et 91 ans"
_OLDEST_AND_YOUNGEST = re.compile(
    r"\bplus (?:jeunes?|agee?s?|vieux|vieilles?)\b[^.;:!?\n]{0,60} : (?:[a-z0-9-]+ ans(?:,| et) )?$"
)
#: "gratuit avant 18 ans"
_BEFORE_AGE = re.compile(
    r"\b(?:gratuite?s?|interdite?s?|offerte?s?|libre|accessibles?|obligatoires?|possible) avant $"
)
#: "Quarante ans, douze de métier, …" that opens a portrait
_PORTRAIT = re.compile(
    r",? (?:dont )?(?:\d{1,2}|[a-z-]+) de (?:metier|service|carriere|maison)\b"
    r"|, (?:nati(?:f|ve)|nee?|originaire|mariee?|pere|mere|ancien(?:ne)?|diplomee?|passionnee?|enfant|maman|papa)\b"
)


def lasts(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    span, number = mention.found["span"], mention.found["number"].strip()
    before = text_before(folded, mention.start)
    if before and (before[-1].isdigit() or re.search(r"\d[ .,]\Z", before)):
        return False
    lasting = bool(_LASTING.search(before)) and not (_AGE_UNIT.search(span) and _FOR_AGED.search(before))
    if _PRICE_OF.search(before) or _HYPHEN_BEFORE.search(before):
        return False
    if number in ("un", "une"):
        if span == "journee":
            return bool(re.search(r"\b(?:pendant|durant|en) $", before))
        if span in ("jour", "annee", "nuit") or not lexicon().units.get(span):
            return lasting
        return span in ("an", "mois", "semaine", "heure", "minute", "siecle", "decennie") or lasting
    if (
        span in ("week-ends", "weekends", "trimestres", "nuits", "printemps", "journees", "siecle")
        and not lasting
    ):
        return span in ("trimestres", "nuits", "journees")
    if span.startswith("heure"):
        counted = int(number) if number.isdigit() else 0
        if 0 < number_of(number) < 6 and not number.isdigit():
            # "Paris à deux heures" is far, "à deux heures du matin" is late
            counted = (
                0 if re.match(r" (?:du|de l'|precises|trente|quinze)", folded[mention.end :][:10]) else 99
            )
        elif not number.isdigit():
            counted = number_of(number)
        clock = re.search(r"(?:\b(?:a|des|vers|jusqu'a|avant|apres|de|entre|et|a partir de) |- ?)$", before)
        if clock and counted <= 24 and not re.search(r"\bplus de $|\bmoins de $|\bpres de $", before):
            return False
        if counted and re.match(r" ?(?:\d|a \d|-)", folded[mention.end : mention.end + 4]) and counted <= 24:
            return False
    if (
        _YOUNGEST.search(before)
        or _YOUNGER.search(before)
        or (span == "mois" and _AGED_IN_MONTHS.search(before))
    ):
        return False
    if _AGE_UNIT.search(span):
        if mention.found.get("number2") and not lasting and _FROM_AGE.search(before):
            return False
        if _OF_SERVICE.match(folded, mention.end):
            return True
        if _AGE_AFTER.match(folded, mention.end) or _BEFORE_AGE.search(before):
            return False
        if opens_sentence(context, mention.start) and _PORTRAIT.match(folded, mention.end):
            return False
        if _OLDEST_AND_YOUNGEST.search(text_before(folded, mention.start, 120)):
            return False
        if lasting:
            return True
        if "half" in mention.found:
            return not _HAS_AGE.search(before)  # "trois ans et demi de patience"
        aged = _OF_AGE.search(before)
        return not (
            _AGE_BEFORE.search(before) or _HAS_AGE.search(before) or (aged and aged[1] not in _LASTING_NOUNS)
        )
    return True


def opens_sentence(context: Context, start: int) -> bool:
    """Whether nothing but blanks stands before an offset in its sentence."""
    return not context.view.folded[context.view.sentence_at(start)[0] : start].strip(' "-')


def lasts_sittings(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "en cinq soirées" lasts, "cinq soirées" are so many; "les quatre saisons" are no length."""
    before = text_before(context.view.folded, mention.start)
    number = mention.found["number"].strip()
    if number in ("un", "une") or before.endswith("les "):
        return False
    if mention.found["span"] in ("saisons", "exercices"):
        return True
    return _THROUGH.search(before) is not None


def lasts_hours(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "1 h 30" lasts only after a word that says so; "une heure trente" may also be a time."""
    before = text_before(context.view.folded, mention.start)
    if "hours" not in mention.found:
        return True
    if not mention.found["hours"].isdigit():
        return not re.search(r"\b(?:a|vers|des|apres|avant|de|jusqu'a) $", before)
    return bool(
        re.search(
            r"\b(?:dure(?:nt|ra|ront)?|duree (?:de )?:?|pendant|durant|en) ?(?:environ |pres de |plus de |moins de )?$",
            before,
        )
    )
