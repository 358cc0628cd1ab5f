"""Numbers whose noun is said elsewhere: "52 étals, contre 34", "elle en compte 38", "Licenciés : 1 350".

Each reading names what it leans on: the quantity before, or the noun that heads the line or the list.
"""

from __future__ import annotations

import re

from pipeline.model import Quantity
from pipeline.quantities.indicators import network_at
from pipeline.quantities.lexicon import lexicon, noun_indicator
from pipeline.quantities.numbers import Number
from pipeline.text import View

_NEAR = 90  # characters behind a quantity in which a number is held against it
_FAR = 200  # characters in which "en" and "ils étaient" reach back to what was counted

# Words between a quantity and a number that is held against it.
_AGAINST = re.compile(
    r"(?:,? (?:contre|dont|puis|et|soit|ou|(?:extensible|portee?|ramenee?)s? a)|[,;] (?:contre|dont)|,? au lieu des?|\s:|\s?\(\s?[+-]?)\s?$|"
    r"(?<!\w)en (?:totalis|compt|affich|recens|reuni|denombr|cumul)\w*(?: desormais| deja| aujourd'hui| maintenant)?\s$"
)
_SIGNED = re.compile(r"\(\s?[+-]\s?$")
_DROPS_TO = re.compile(r"\s(?:a|contre) $")
_PART_OF = re.compile(r"(?:\s[\w'-]+){0,4}\ssur\s")
# "elle en compte 38", "il n'en livre que 4 700"
_PRONOUN = re.compile(
    r"(?<!\w)(?:il|elle|on|ils|elles|nous|qui|elle|\w+) (?:n')?en (?:\w+ ){1,2}(?:que )?$|"
    r"(?<!\w)(?:ils|elles) (?:n')?(?:etaient|sont|seront|furent)(?: que| deja| encore)? $"
)
# the same where "en" takes up a noun that nothing counted
_TAKES_UP = re.compile(
    r"(?<!\w)(?:il|elle|on|ils|elles|nous) (?:n')?en (?:(?!appor|met|vers|financ|pren|pay|donn|couvr|support|regl|cout)[\w']+ ){1,2}(?:que )?$"
)
_SEVERAL = re.compile(
    r"(?<!\w)(?<!dans )(?<!sur )(?<!sous )(?<!par )(?<!pour )(?<!avec )(?<!chez )(?:des|les|ses|ces|nos|vos|leurs|aux|quelques|plusieurs)\s(?P<noun>[a-zœ]{3,}[sx])(?!\w)"
)
_EN_REACH = 160  # characters before a number in which the noun of "en" stands
# "12 euros, et à 18 pour les voisins", "8 €, 5 en prévente"
_THE_OTHERS = re.compile(r"\s(?:autres|precedent(?:e)?s|suivant(?:e)?s|restant(?:e)?s)(?!\w)")
_OTHER_PRICE = re.compile(r"\s?[,;] (?:et )?(?:a )?$|\s(?:et|ou) (?:a )?$")
_FOR_WHOM = re.compile(
    r"\s(?:pour (?:les|le|la|l'|un)|en (?:prevente|tarif|semaine)|sur place|a partir de|avec|sans)(?!\w)"
)
_PAID_MOST = 1000  # euros of a price
_PAID = re.compile(r"(?<!\w)en (?:appor|met|vers|financ|pren|pay|donn|couvr|support|regl)\w* (?:que )?$")
_COMPARED = re.compile(r"\sde (?:plus|moins|mieux)(?= qu|[ ,.;)]|$)")
# "départ du 5 km à 9 h"
_CLOCK = re.compile(r"\s?(?:h(?!\w)|heures?)")
# "12 400 abonnés sur Instagram, 8 700 sur Facebook"
_ON_NETWORK = re.compile(r"[^.\n]{0,40}(?:[,;] | et )$")
# "En 2020 : 210 inscrits. En 2021 : 175."
_YEAR_BY_YEAR = re.compile(r"\s?[.;,]\s(?:en )?(?:19|20)\d\d\s?:\s")
# "un chèque de 1 500 euros ; le deuxième, 800"
_BY_RANK = re.compile(
    r"\s?[,;] (?:le|la) (?:premiere?|deuxieme|troisieme|quatrieme|cinquieme|seconde?|suivante?),? (?:recoit |recevra |touche )?$"
)
# "29 élus ; 25 étaient présents"
_OF_THEM = re.compile(r"[^.:!?\n]{0,60}[,;] $")
# "34 apprentis. Six d'entre eux"
_AMONG = re.compile(r" d'entre (?:eux|elles|nous|vous)(?!\w)")
# "quarante ans, douze de métier"
_SERVICE = re.compile(r" de (?:metier|service|carriere|maison)(?!\w)")
_FROM = re.compile(r"(?<!\w)de $")
_STOP = re.compile(r"\s?(?:[.,;)\n]|$)")
# a list whose first line alone has the noun: "1. Le chêne - 9 812 voix\n2. Le tilleul - 9 455"
_ROW = re.compile(r"[.;,)]?\n[^\n]{1,80}(?: - | : | : ?\| ?|\| )$")
_ROW_END = re.compile(r"\s?(?:[.;,|]?\s?(?:\n|$))")
# "six immeubles brûlés, deux menacés de ruine"
_STATES = re.compile(r" [\w'-]+, (?:et )?$")
_WERE = re.compile(r"\s(?:etaient|sont|seront|ont|avaient)\s")
# "640 figurent sur le registre", at the head of a clause
_DO = re.compile(
    r"\s(?:ont|sont|etaient|seront|figurent|portent|donnent|repartent|restent|viennent|se sont|s'etaient|n'ont|attendent|servent)\s"
)
_NEW_CLAUSE = re.compile(r"[^.:!?\n]{0,120}(?:[,;] |[.!?] \s?)$")
# "Paris (2,1 millions d'habitants) et Lyon (520 000)"
_BRACKETED = re.compile(r"\)[^().\n]{2,40}\($")
# "Caudan (56)": the number of its département
_OF_DEPARTEMENT = re.compile(r"(?<=[a-zà-ÿ] \()(?:0[1-9]|[1-8]\d|9[0-5]|97[1-6])(?=\))")
# "400 personnes assises ou 900 debout"
_POSTURE = re.compile(r"\s(?:debout|assise?s?|a table)(?!\w)")
_BALLOT = re.compile(r"\s(?:contre|pour)(?=\s?[,;.)]|$| et )")
_NOW = re.compile(
    r"\s(?:aujourd'hui|hier|auparavant|desormais|l'an (?:passe|dernier)|en (?:19|20)\d\d|au (?:total|depart))"
)
_OF_PLACE = re.compile(r" (?:de |d'|du |des |de la |de l')[A-ZÀ-Þ]")
# "Vendeurs chaque samedi : 85", "| élèves | 214 |"
_HEADED = re.compile(
    r"(?:^|\n)[-*•|✔✅\s]*(?P<noun>[a-zœ]+s|voix)(?: [a-z]+es)?(?: (?:de |d'|en |par |pour |sur |chaque |dans )[^\n:|]{1,45}?)?\s?[:|]\s?$"
)
# "les nids (trente-deux au dernier comptage", "des logements : 96 ont été livrés"
# "(places limitées à 40)"
_LIMITED = re.compile(r"(?<!\w)(?P<noun>places|inscriptions|visites) (?:etant |sont )?limitee?s? a $")
_LISTED = re.compile(r"(?<!\w)(?:les|des|nos|ses|leurs) (?P<noun>[a-zœ]{3,}s)(?: :|\s?\(|,) ?$")
_CELL_END = re.compile(r"\s*(?:\||\n|$|, dont |\()")
_PREDICATE = re.compile(
    r" (?:cette annee|cet (?:ete|hiver)|d'entre |ont |sont |seront |etaient |au (?:total|dernier)|en tout|(?:\w+(?:es?|is|us)) ?[,.;]|l'an (?:passe|dernier)|en (?:19|20)\d\d)"
)
_PARTICIPLE = re.compile(
    r"[a-zà-ÿ]{3,}(?:és|ées)|(?:abattu|réussi|vendu|perdu|détruit|construit|ouvert|offert|repeint|pourvu|rempli|fini|fourni|choisi)e?s"
)


def counts_nothing(view: View, end: int) -> bool:
    """Whether what stands behind a number is no noun that it counts: a stop, a function word, a participle."""
    match = re.compile(r"\s?([a-zœ']+)").match(view.folded, end)
    if match is None:
        return True
    if _OF_PLACE.match(view.text, end):
        return True
    word = match[1]
    if _NOW.match(view.folded, end) or word.endswith(("ront", "aient")):
        return True  # "dont deux iront aux communes"
    return lexicon().no_nouns.fullmatch(word.rstrip("'")) is not None or is_participle(view, *match.span(1))


def is_participle(view: View, start: int, end: int) -> bool:
    """Whether a word is a participle and no counted noun: "deux équipées", not "deux abonnés"."""
    return (
        _PARTICIPLE.fullmatch(view.text, start, end) is not None
        and lexicon().participle_nouns.fullmatch(view.folded, start, end) is None
        and noun_indicator(view.folded[start:end]) is None
    )


def named_before(view: View, number: Number, last: Quantity | None) -> tuple[int, int] | None:
    """Where the noun stands that "en" takes up: "il taillait des bateaux. On en compte cent quarante"."""
    folded = view.folded
    opened = max(0, number.start - _EN_REACH)
    compared = lexicon().before.search(folded, opened, number.start)
    stop = compared.start("words") if compared and compared["words"] != "des" else number.start
    said = _TAKES_UP.search(folded, max(opened, stop - 60), stop)
    if said is None or number.fraction or not counts_nothing(view, number.end):
        return None
    begin = max(opened, last.end if last else 0)
    # the last noun of the clause before, of which there are several
    nouns = [
        match.span("noun")
        for match in _SEVERAL.finditer(folded, begin, said.start())
        if lexicon().no_nouns.fullmatch(match["noun"]) is None
        and lexicon().adjectives.fullmatch(match["noun"]) is None
        and not is_participle(view, *match.span("noun"))
    ]
    return nouns[-1] if nouns else None


def leans_on(view: View, number: Number, last: Quantity) -> bool:
    """Whether a number without its noun counts what the quantity before it counts."""
    folded = view.folded
    between = folded[last.end : number.start]
    if last.unit is None or len(between) > _FAR or _CLOCK.match(folded, number.end):
        return False
    if _OF_DEPARTEMENT.match(view.text, number.start):
        return False
    counted = last.unit not in ("EUR", "%", "ans", "mois")
    if counted and number.value <= last.value and _AMONG.match(folded, number.end):
        return True  # "34 apprentis. Six d'entre eux"
    if last.unit == "ans" and of_service(view, number, last):
        return True
    if _next_row(view, number, last, between):
        return True
    if between == " a " and _FROM.search(folded, max(0, last.start - 4), last.start) and not number.fraction:
        return _STOP.match(folded, number.end) is not None  # "passe de 420 m3/s à 610"
    if _shared_in_series(view, number, last, between):
        return True
    if counted and _THE_OTHERS.match(folded, number.end) and "\n" not in between:
        return True
    compared = lexicon().before.search(between)
    if compared and compared["words"] == "des":
        compared = None  # "au lieu des 120"
    told = between[: compared.start()] + " " if compared else between
    told = re.sub(r"\s+$", " ", told)
    if last.unit != "%" and last.unit not in ("ans", "mois") and _PRONOUN.search(told):
        paid = last.unit != "EUR" or _PAID.search(told) is not None
        return paid and counts_nothing(view, number.end) and not number.fraction
    if last.indicator == "duration" and last.unit in ("ans", "mois") and told.endswith("dont "):
        return False  # "14 millions sur six ans, dont trois pour les écoles"
    if _COMPARED.match(folded, number.end) and last.unit not in ("%", "EUR") and last.indicator != "duration":
        return "\n" not in between
    if len(between) > _NEAR or re.search(r"[.!?\n]", between):
        return False
    if _BALLOT.match(folded, number.end) and last.unit == "voix":
        return True
    if not counts_nothing(view, number.end):
        return False
    if counted and _STATES.fullmatch(between) and _both_states(view, number, last):
        return True
    if re.match(r"\.\s+[A-ZÀ-Þ]", view.text[number.end : number.end + 4]) and told.endswith(": "):
        return False  # "de 2 000 à 10 000 habitants : 1. Gouvieux"
    # "l'État a mis 400 000 €, la Région 250 000"; "Rodez est à 38 kilomètres, Figeac à 28"
    if last.unit == "EUR" and number.value >= 1000 and number.value % 10 == 0 and not number.spelled:
        return True
    if last.indicator == "distance" and between.endswith(" a "):
        return True
    if last.unit == "EUR" and last.value < _PAID_MOST and _OTHER_PRICE.fullmatch(between):
        return _FOR_WHOM.match(folded, number.end) is not None
    if _PART_OF.fullmatch(between) and number.value > last.value:
        return re.match(r"\s?(?:[.,;:)!?\n]|$)", folded[number.end :][:2]) is not None or between == " sur "
    if _NOW.match(folded, number.end) and re.search(r"[,(] $|\($", told):
        return True
    if compared and _DROPS_TO.search(told) and re.match(r"[.,;)\n]|$", folded[number.end :][:1]):
        return True
    if re.search(r"(?<!\w)(?:et|ou|puis) $", told):
        # "quatre de Bar-le-Duc et deux de Saint-Mihiel", "dix-neuf stations, ou quinze en allant plus vite"
        place = _OF_PLACE.match(view.text, number.end) is not None
        return (place and number.spelled) or told.endswith(", ou ")
    return _SIGNED.search(between) is not None or _AGAINST.search(told) is not None


def of_service(view: View, number: Number, last: Quantity) -> bool:
    """Whether a number is the years of service beside an age: "quarante ans, douze de métier"."""
    return view.folded[last.end : number.start] in (", ", ", dont ") and bool(
        _SERVICE.match(view.folded, number.end)
    )


def _next_row(view: View, number: Number, last: Quantity, between: str) -> bool:
    """Whether a number ends a line of a list whose line before ends with a counted noun."""
    if number.fraction or number.spelled or last.unit in ("ans", "mois", "%"):
        return False
    return _ROW.fullmatch(between) is not None and _ROW_END.match(view.folded, number.end) is not None


def _both_states(view: View, number: Number, last: Quantity) -> bool:
    """Whether participles tell the state of the counted things on either side of a number."""
    states = [re.compile(r" ([a-z]+)").match(view.folded, end) for end in (last.end, number.end)]
    return all(state is not None and is_participle(view, *state.span(1)) for state in states)


def _shared_in_series(view: View, number: Number, last: Quantity, between: str) -> bool:
    """Whether a number goes on a series whose first member alone has the noun."""
    folded = view.folded
    if number.fraction or (number.spelled and number.value < 2):
        return False
    if last.indicator in ("followers", "likes", "views") and _ON_NETWORK.fullmatch(between):
        behind = re.match(r" (?:sur|via) ", folded[number.end : number.end + 5])
        return behind is not None and network_at(folded, number.end + behind.end())
    if last.unit == "habitants" and _BRACKETED.fullmatch(between) and folded.startswith(")", number.end):
        return True
    if _YEAR_BY_YEAR.fullmatch(between) or (last.unit == "EUR" and _BY_RANK.fullmatch(between)):
        return counts_nothing(view, number.end)
    if (
        last.unit in ("personnes", "places")
        and len(between) < 24
        and between.endswith((" ou ", " et ", ", "))
    ):
        return _POSTURE.match(folded, number.end) is not None
    counted = last.unit not in ("EUR", "%", "ans", "mois") and last.indicator in (
        "count",
        "jobs",
        "participants",
        "housing",
        "trees",
        "area",
        "visitors",
    )
    if not counted or number.value >= last.value:
        return False
    if _OF_THEM.fullmatch(between) and _WERE.match(folded, number.end):
        return True
    return _NEW_CLAUSE.fullmatch(between) is not None and _DO.match(folded, number.end) is not None


def is_ballot(view: View, number: Number) -> str | None:
    """What votes are called that a number counts: "(vote : 28 pour, 3 abstentions)"; None when it counts none."""
    voted = re.compile(r"(?<!\w)(?:vot|scrutin|adopt|approuv)\w*[^.\n]{0,24}$").search(
        view.folded, max(0, number.start - 40), number.start
    )
    if voted is None or _BALLOT.match(view.folded, number.end) is None:
        return None
    return "votes" if voted[0].startswith("votes") else "voix"


def headed(view: View, number: Number) -> tuple[int, int] | None:
    """Where the noun stands that heads a line or a list: "Équipements : 14", "les nids (trente-deux"."""
    folded = view.folded
    opened = max(0, folded.rfind("\n", 0, number.start) - 1, number.start - 90)
    compared = lexicon().before.search(folded, opened, number.start)
    stop = compared.start("words") if compared else number.start
    limited = _LIMITED.search(folded, opened, stop)
    if limited and counts_nothing(view, number.end):
        return limited.span("noun")
    match = _HEADED.search(folded, opened, stop)
    if match is None or not _CELL_END.match(folded, number.end):
        match = _LISTED.search(folded, max(0, stop - 40), stop)
        if match is None or not _PREDICATE.match(folded, number.end):
            return None
    if lexicon().never_heads.fullmatch(match["noun"]):
        return None
    return match.span("noun")
