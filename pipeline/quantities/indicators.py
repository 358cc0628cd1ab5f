"""What a quantity measures, and on which platform an audience is counted."""

from __future__ import annotations

import re

from pipeline.model import Indicator
from pipeline.quantities.lexicon import lexicon, noun_indicator
from pipeline.text import View, fold

_CHANGE = re.compile(
    r"(?:hausse|baisse|augment\w+|progress\w+|recul\w*|chut\w+|diminu\w+|reduction|reduit\w*|economi\w+|moins|plus)\s"
)
# What makes years a duration and no age.
_LASTING = re.compile(
    r"(?<!\w)(?:pendant|durant|en|sur|depuis|dans|pour|apres|il y a|d'ici|tous les|ces|dernieres?|prochaine?s|voici|voila|duree|valable|bail|concession|contrat|mandat|engagement|plan|presque|chaque|soit|ou|dur(?:e|era|ait|ent|eront)|vaut|valent|puis|compte|convention|accord|pret|emprunt|abonnement|"
    r"carriere|travail|travaux|attente|service|periode|garantie|jumelage|experience|anciennete|duree :)\s(?:\w+\s){0,2}(?:de |d')?$"
)
_GATHERED = re.compile(
    r"attend|brav(?:e|er|ant)|repondu present|rassembl|reuni|jauge|capacite|applaudi|accueill|devant|public|spectat|rendez-vous|encadre|assist|foule|presents?(?!\w)|accuei|deplac|heberg"
)
_ENROLLED = re.compile(
    r"(?<!\w)(?:vote|votes|inscri\w+|particip\w+|repondu|ont vote|contribu\w+|candidat\w*|postul\w*|prononce\w*|signe\w*|bulletin\w*)"
)


_PEOPLE_OF_TOWN = re.compile(r"\d[ .]\d{3} [A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-Za-zà-ÿ]+)*s$")
_REBATE = re.compile(r"(?<!\w)(?:reduction|remise|rabais|ristourne|tarif reduit)s? (?:de |: )?$")
# a bus, a track: who is counted uses it
_LINE = re.compile(
    r"(?<!\w)(?:bus|tram\w*|lignes?|reseau|navettes?|trains?|velos?|pistes?|cyclables?|transports?|parking|gare)(?!\w)"
)
# limits of income, sums per head
_QUOTIENT = re.compile(r"quotients?(?: familia(?:l|ux))?")
_PER_HEAD = re.compile(r" ?(?:€|euros?)? (?:par|/ ?) ?(?:habitant|hab)(?!\w)")
_OWED = re.compile(r"(?<!\w)(?:dette|endettement|encours|annuite)")


def indicator_of(
    view: View, start: int, end: int, unit: str | None, fixed: Indicator | None, noun: bool
) -> Indicator:
    """The indicator of a quantity whose span and unit are known; `fixed` is what its unit says."""
    words = lexicon()
    left, right = _clause(view, start, end)
    if noun and fixed is not None:
        return fixed
    if noun and unit is not None:
        folded = fold(unit)
        if folded in ("conseillers", "conseilleres"):
            if _EMPLOYED.match(view.folded[end + 1 : end + 20]):
                return "jobs"
            near = view.folded[max(left, start - 40) : min(right, end + 40)]
            return "participants" if _VOTING.search(near) else "count"
        if folded == "paires" and re.match(r" de (?:bras|mains|jambes|jarrets)", view.folded[end : end + 12]):
            return "participants"
        listed = noun_indicator(folded)
        if listed is not None:
            return _refined(view, listed, folded, left, start, end, right)
        if listed is None and _PEOPLE_OF_TOWN.search(view.text, start, end):
            return "inhabitants"  # "les 16 000 Tullistes"
        if folded in ("personnes", "lits", *_ENTRIES):
            return _refined(view, "count", folded, left, start, end, right)
        return "count"
    if unit in ("EUR", "USD", "GBP", "XPF", "FRF"):
        return _money(view, left, start, end, right)
    if unit == "%":
        if _REBATE.search(view.folded, max(left, start - 30), start):
            return "price"
        near = view.folded[max(left, start - 70) : min(right, end + 60)]
        changed = _changes(view, left, start, end)
        for indicator, pattern in words.around.items():
            if pattern.search(near) and (changed or _CHANGE.search(near)):
                of_line = indicator == "visitors" and "frequentation" in near and _LINE.search(near)
                return "users" if of_line else indicator
        if changed:
            return _counted(view, left, start) or "other"
        if re.search(r"participation|votants|abstention|taux de reponse", near):
            return "participants"
        return "share"
    if unit in ("m", "cm") and _WATER_LEVEL.search(view.folded, max(left, start - 40), start):
        return "other"
    if unit == "m2" or fixed is not None:
        return fixed or "other"
    return "other"


#: a level is no distance: "la cote est de 2,40 m", "des creux de 7 mètres"
_WATER_LEVEL = re.compile(r"(?<!\w)(?:cote|creux|houle|vagues?|fleuve)(?!\w)[^.;\n]*$")
_CHANGED_BY = re.compile(
    r"(?<!\w)(?:hausse|baiss\w*|recul\w*|progress\w*|augment\w*|diminu\w*|chut\w*|bond\w*|reduit\w*|reduction|"
    r"economie|grimp\w*|grossi\w*|cru)\s(?:[\w']+ ){0,2}(?:de |d')$|[(,;] ?\+ ?$"
)
_CHANGED_BEHIND = re.compile(r"\s(?:(?:de|en) (?:plus|moins)(?= qu|[ ,.;)]|$))")
_NOUN = re.compile(r"[a-zœ]{4,}")
_REACH = 200  # characters before a change in which what changes is named


def _changes(view: View, left: int, start: int, end: int) -> bool:
    """Whether a percentage is the size of a change: "en recul de 9 %", "12 % de plus"."""
    return (
        _CHANGED_BY.search(view.folded, max(left, start - 50), start) is not None
        or _CHANGED_BEHIND.match(view.folded, end) is not None
    )


def _counted(view: View, left: int, start: int) -> Indicator | None:
    """What the nearest counted noun before a change measures: "1 312 inscrits, soit 9 % de plus"."""
    for noun in reversed(_NOUN.findall(view.folded, max(left, start - _REACH), start)):
        if noun in ("euros", "budget", "credits"):
            return "budget"
        indicator = noun_indicator(noun)
        if indicator is not None and indicator != "duration":
            return indicator
    return None


def _clause(view: View, start: int, end: int) -> tuple[int, int]:
    first, last = view.sentence_at(start)
    return min(first, start), max(last, end)


# "un car de 50 places", "quarante places lui seront réservées"
_NO_SEATS = re.compile(
    r"parking|stationnement|creche|berceaux|\b(?:car|bus|minibus|autocar|navette) de|offr|offert|\baires?\b|(?:lui|leur) seront|stagiaires|consigne|velos?|camping|voyage|ecoles? publiques?|preten?t?|par enfant|internat|ehpad|residence|formation"
)
_ENROLLING = frozenset(
    [
        "eleves",
        "ecoliers",
        "enfants",
        "collegiens",
        "citoyens",
        "membres",
        "jardiniers",
        "agents",
        "conseillers",
        "apprentis",
        "etudiants",
        "parents",
        "familles",
    ]
)


_AGED = re.compile(
    r"(?<!il y )(?<!\w)(?:a|ont|avait|avaient|aura|auront) (?:plus de |moins de |au moins )?\w+(?:-\w+)*(?: et une?)? ans$|(?<!tous )(?:les|aux|des) \d{1,2}-\d{1,2} ans$"
)


# "elle a servi onze ans": how long, not how old
_SERVED = re.compile(
    r"(?<!\w)(?:servi|preside|dirig\w+|exerc\w+|occupe|travaill\w+|passe|tenu|anim\w+|enseign\w+|siege|vecu|mene|"
    r"oeuvre|reste|attend\w+|fallu|mis|passer|trime|donn(?:e|ent)|gagne|prolonge\w*|fi(?:t|rent) (?:la|le|l') ?[a-z]+)\s(?:plus de |moins de |pres de )?$"
)
_PERSONS_OF = re.compile(
    r"(?<!\w)(?:personnes|enfants|jeunes|bebes|eleves|habitants|habitantes|adultes|seniors|femmes|hommes|filles|garcons|"
    r"fils|fille|aines|public|mineurs|celles et ceux|ceux|celles|agees?|ages?) (?:ages? |agees? )?(?:de|d') ?(?:plus de |moins de |au moins )?[\w' -]{1,18}$"
)
#: what competes for a prize
_ENTRIES = frozenset(["dossiers", "projets", "caisses"])
_JUDGED = re.compile(
    r"(?<!\w)(?:jury|appel a projets|candidat\w*|en lice|en competition|recus?|deposes?)(?!\w)"
)
_VOTING = re.compile(r"(?<!\w)(?:ont vote|vot(?:e|es|ent|ants)|presents?|prenaient part|ont pris part)(?!\w)")
_EMPLOYED = re.compile(r"numeriques?|techniques?|emploi|clientele|pedagogiques?|en insertion")


def served(view: View, start: int) -> bool:
    """Whether a duration is how long somebody did something: "elle a dirigé quinze ans la médiathèque"."""
    return _SERVED.search(view.folded, max(0, start - 24), start) is not None


def _refined(
    view: View, indicator: Indicator, noun: str, left: int, start: int, end: int, right: int
) -> Indicator:
    near = view.folded[max(left, start - 80) : min(right, end + 60)]
    if noun in ("places", "place") and _NO_SEATS.search(near):
        return "count"
    if noun in _ENROLLING and _ENROLLED.search(near):
        return "participants"
    if noun in _ENTRIES and _JUDGED.search(near):
        return "participants"
    if (
        noun == "ans"
        and re.match(r"(?:plus|moins) de ", view.folded[start:end])
        and re.search(r"(?<!\w)(?:les|aux|des) $", view.folded[max(left, start - 5) : start])
    ):
        return "other"  # "gratuit pour les moins de 3 ans"
    if noun in ("ans", "mois") and _PERSONS_OF.search(view.folded, max(left, start - 40), end):
        return "other"  # "les personnes de plus de 75 ans"
    if noun == "ans" and served(view, start):
        return "duration"
    if noun == "ans" and _AGED.search(view.folded[max(left, start - 24) : end]):
        return "other"  # "un habitant sur quatre a plus de 60 ans", "pour les 3-6 ans"
    if (
        noun == "ans"
        and not _LASTING.search(view.folded[max(left, start - 40) : start])
        and not re.match(
            r" (?:de (?!moins)|d'|plus tard|apres|auparavant|durant|que |a [a-z]+[.,;])",
            view.folded[end : end + 16],
        )
    ):
        return "other"  # an age
    if noun == "habitants" and view.folded[:start].endswith("(") and view.folded.startswith(")", end):
        return "inhabitants"
    if noun in ("personnes", "lits", "habitants") or (indicator == "inhabitants" and _GATHERED.search(near)):
        if _ENROLLED.search(near):
            return "participants"
        if _GATHERED.search(near):
            return "visitors"
    if noun == "points" and not re.search(r"match|victoire|score|emport", near):
        return "score" if re.search(r"barometre|note|indice|sur", near) else "count"
    if noun in ("soirees", "matinees", "journees") and re.match(
        r" (?:de|d'|par|sur|a )", view.folded[end : end + 6]
    ):
        return "count"
    if noun == "entrees" and re.search(r"euro|€|gratuit", near):
        return "count"
    return indicator


_LARGE = 2000
_SMALL = 50
_PRICE_LIST = re.compile(r"tarifs?\b|prix d'entree|billetterie|plein tarif|quotient|abonnement")


def _is_large(surface: str) -> bool:
    """Whether a sum is too large for what a user pays: 2 000 euros and more."""
    digits = re.sub(r"\D", "", surface.split(",")[0])
    return re.search(r"million|milliard|\d ?(?:m|md|k) ?€|keur", surface) is not None or (
        digits != "" and int(digits[:9]) >= _LARGE
    )


def _is_small(surface: str) -> bool:
    """Whether a sum is so small that it is rather paid than budgeted: up to 50 euros."""
    if re.fullmatch(
        r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt) euros?", surface
    ):
        return True
    digits = re.fullmatch(
        r"[^\d]*(?:\d{1,3}(?:,\d+)?\s?€? (?:a|et|ou) )?(\d{1,3})(?:,\d+)?\s?(?:€|euros?)?", surface
    )
    return digits is not None and int(digits[1]) <= _SMALL


_GIVER = r"(?:region|etat|departement|agglomeration|agglo|metropole|europe|union europeenne|feder|leader|ars|caf|adsm|agence|fondation|prefecture|mecenes?|donateurs|drac|communaute de communes|conseil (?:departemental|regional|general))"
# "l'agglomération : 450 000 €", "dont 80 000 de la Région"
_GIVEN = re.compile(rf"(?:^|[-*•|,;\n\s'])(?:la |l'|le |les )?{_GIVER}(?: [\w'-]+){{0,4}} : $")
_GIVEN_BY = re.compile(
    rf" (?:apporte\w* |verse\w* |paye\w* |finance\w* )?(?:de |par )(?:la |l'|le |les )?{_GIVER}(?!\w)"
)
_COSTS = re.compile(r"(?<!\w)(?:ne )?coute(?:nt)? (?:que |environ )?$")


_BOUND = re.compile(r"(?:inferieure?s?|superieure?s?) a $|(?:plus|moins) de |de ")


def _limits_income(view: View, start: int, end: int) -> bool:
    """Whether a sum bounds an income: "un quotient familial inférieur à 700 €", a row "moins de 300 €"."""
    line = view.folded.rfind("\n", 0, start) + 1
    if _QUOTIENT.search(view.folded, max(line, start - 60), start):
        return (
            re.search(
                r"quotients?(?: familial)?(?: est| soit| etait)? (?:inferieur|superieur|de |entre |jusqu)?[^:;€]{0,16}$",
                view.folded[max(line, start - 60) : start],
            )
            is not None
        )
    opens = not view.folded[line:start].strip(" |")
    return (
        opens
        and _BOUND.match(view.folded, start) is not None
        and re.match(r"\s?\|", view.folded[end : end + 2]) is not None
        and _QUOTIENT.search(view.folded, max(0, start - 300), start) is not None
    )


def _money(view: View, left: int, start: int, end: int, right: int) -> Indicator:
    """Budget, grant or price: the nearest word of each, before and behind the sum."""
    words = lexicon()
    before = view.folded[max(left, start - 60) : start]
    if _OWED.search(view.folded, max(left, start - 80), start) and _PER_HEAD.search(
        view.folded, max(left, start - 60), min(right, end + 16)
    ):
        return "budget"  # "une dette de 812 € par habitant, contre 1 054 €"
    if _limits_income(view, start, end):
        return "other"
    if _GIVEN.search(before) or (re.search(r"dont $", before) and _GIVEN_BY.match(view.folded, end)):
        return "grant"
    if _COSTS.search(before) and not _is_large(view.folded[start:end]):
        return "price"
    best: tuple[int, Indicator] = (
        200,
        "price" if _is_small(view.folded[start:end]) and view.folded[end : end + 3] != " a " else "budget",
    )
    # a price list says "tarifs" once, above its lines
    if (
        _PRICE_LIST.search(view.folded, max(0, start - 260), start)
        and "million" not in view.folded[start:end]
    ):
        best = (60, "price")
    kinds: tuple[Indicator, ...] = (
        ("grant", "budget") if _is_large(view.folded[start:end]) else ("price", "grant", "budget")
    )
    for indicator in kinds:
        pattern = words.money[indicator]
        for match in pattern.finditer(view.folded, max(left, start - 110), min(right, end + 60)):
            distance = start - match.end() if match.end() <= start else max(0, match.start() - end) + 6
            if distance < best[0]:
                best = (distance, indicator)
    return best[1]


_NAMED = 500  # characters on either side of an audience in which its network is named
_BESIDE = 30  # characters behind an audience in which its network is named


def network_at(folded: str, position: int) -> bool:
    """Whether a social network is named at an offset of the folded text."""
    return any(pattern.match(folded, position) for pattern in lexicon().platforms.values())


_ENGAGED = re.compile(r"taux d'(?:engagement|interaction)|portee")


def of_audience(view: View, start: int, unit: str | None) -> bool:
    """Whether a percentage is of an audience: "un taux d'engagement de 6 %"."""
    return unit == "%" and _ENGAGED.search(view.folded, max(0, start - 80), start) is not None


def platform_of(view: View, start: int, end: int) -> str | None:
    """The social network that an audience is counted on: the nearest in the sentence, else the one before."""
    words = lexicon()
    index = view.sentence_index(start)
    for number in (index, index - 1):
        if not 0 <= number < len(view.sentences):
            continue
        first, last = view.sentences[number]
        # a sentence without end (a list, a table) names no network for a figure far away
        first, last = max(first, min(start, last) - _NAMED), min(last, max(end, first) + _NAMED)
        named = [
            (match.start(), match.end(), name)
            for name, pattern in words.platforms.items()
            for match in pattern.finditer(view.folded, first, last)
        ]
        behind = [
            one for one in named if end <= one[0] <= end + _BESIDE and ";" not in view.folded[end : one[0]]
        ]
        before = [one for one in named if one[1] <= start]
        if behind:
            return min(behind)[2]  # "2 000 abonnés sur Instagram"
        if before:
            return max(before)[2]
        if named:
            return min(named, key=lambda one: abs(one[0] - start))[2]
    return None
