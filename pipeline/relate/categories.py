"""Categories and objects of a distinction, as the text words them."""

from __future__ import annotations

import re

from pipeline.relate.lexicon import lexicon
from pipeline.text import View

_INTRODUCED = re.compile(
    r"(?<!\w)(?:dans |en |au sein de |pour )?(?:la |sa |les |deux |trois |quatre |leur )*(?:categories?|section|serie|rubrique|volet|au titre d[eu])\s*"
    r"(?::\s*)?(?:de la |de l'|des |du |de |d')?"
)
_MENTION = re.compile(r"(?<!\w)mention\s\"\s*([^\"\n]{2,90}?)\s*\"")
# "le prix de l'environnement est allé à X" in a text about a contest: the category of that contest
_PRIZE_OF = re.compile(
    r"(?<!\w)(?:prix|trophee|celui) (?:special )?(?:de la |de l'|du |des )(?P<name>[a-z][a-z' -]{2,40}?)"
    r"(?=,? (?:(?:est|a ete|ont|va|vont|revien\w+|pour|au|aux|decerne|remis|recompense|distingue|a la)(?!\w)|a [a-z]+-)|[,.;:()])"
)
_NO_PRIZE_OF = re.compile(
    r"(?:jury|public|concours|label|trophee|edition|annee|ville|commune|village|departement|region|meilleur)"
)
_QUOTED = re.compile(r"\s*\"\s*([^\"\n]{2,90}?)\s*\"")
_MORE_QUOTED = re.compile(r"\s*(?:,|et|,? et (?:celle )?(?:de |du )?)\s*\"\s*([^\"\n]{2,90}?)\s*\"")
_BARE = re.compile(r"(?:[^,.;:!?()\n\"]|[.,](?=\d{3})){2,90}")
# "Culture, jeunesse et sport"
_ROW = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'-]+, [a-zà-ÿ'-]+ et [a-zà-ÿ'-]+(?=[,.;:)]|$| au | aux )")
_NO_CATEGORY = re.compile(
    r"(?:supérieure|intermédiaire|l'(?:édition|année)|édition|\d|confondues|année|toutes|(?:trophée|prix|label|titre|concours)$)"
)
_STOP = re.compile(
    r"\s(?:a cote|aux cotes|pour (?:son|sa|ses|leur|l'|le|la|les|un|une|avoir)|grace|lors|qui|que|face|avec|decern\w+|par (?:le|la|l')|devant|est|a ete|ont|a (?:la|l')|au (?:cote|titre|palmares)|aux (?:hashtags?|trophees|prix)|des (?:hashtags?|trophees)|du (?:prix|concours|palmares|label)|et (?:a|obtient|recoit|decroche|remporte|est|\d|une?|deux|trois|quatre|cinq)|en \d{4}|\d{4}$|cette annee|pour la \w+ (?:fois|annee)|parmi|aupres|organise\w*|attribue\w*|remis\w*|- )(?=\s|$|\w)"
)
# "décroche l'or en Ressources humaines", "l'emporte en Jeunesse"
_BEHIND_LEVEL = re.compile(
    r"(?:l'or|l'argent|le bronze|d'[Oo]r|d'[Aa]rgent|de [Bb]ronze|l'emporte|prix|lauréate?s?)\s+en\s+(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?:\s(?:à la|de la|des|de|et|du|à|d'|l')?\s?[a-zà-ÿ][\w-]+){0,4})(?=[,.;]|\s(?:et|pour|avec)\b|$)"
)
# The class that is ranked: "12e place des villes de 40 000 à 80 000 habitants".
_RANKED = re.compile(
    r"(?:\d{1,4}e|1re|premiere|deuxieme|troisieme|place|rang|en tete|podium)\s+(?:place |rang )?(?:au classement |du palmares |du classement )?"
    r"des\s+(?P<name>(?:grandes |petites |moyennes )?(?:villes|communes|villages|metropoles|agglomerations|intercommunalites)"
    r"(?: moyennes| touristiques| rurales)?(?: de (?:plus de |moins de )?\d[\d ]*(?:a \d[\d ]*)?habitants)?)(?! ou il fait)"
)
_OBJECT = re.compile(
    r"(?<!\w)(?:pour|grace a|saluant|recompensant|qui recompense|qui salue|au titre de|en reconnaissance de)\s+(?=(?:son|sa|ses|la|le|les|l'|leur|leurs|notre|nos|un|une|avoir)\b|l')"
)
_OBJECT_TIME = re.compile(
    r"(?:la|le|les|l'|une|un)\s*(?:\w+\s)?(?:premiere|deuxieme|seconde|troisieme|quatrieme|cinquieme|\d+e|annee|periode|fois|obtention|ville|commune|duree|suite|mandat|territoire|village|collectivite)"
)


def categories(view: View, start: int, end: int, inside: str | None) -> list[str]:
    """Categories that a stretch of the view names, without quotation marks; `inside` is the mention's own."""
    if inside:
        return [inside]
    match = _INTRODUCED.search(view.folded, start, end)
    if match is None:
        mention = _MENTION.search(view.text, start, end)
        if mention:
            return [mention[1].strip()]
        ranked = _RANKED.search(view.folded, start, end)
        if ranked:
            return [_without_noun(view.text[slice(*ranked.span("name"))].strip())]
        after_level = _BEHIND_LEVEL.search(view.text, start, end)
        return [after_level["name"].strip()] if after_level else []
    quoted = _QUOTED.match(view.text, match.end())
    if quoted:
        found = [quoted[1].strip()]
        position = quoted.end()
        while more := _MORE_QUOTED.match(view.text, position):
            found.append(more[1].strip())
            position = more.end()
        return found
    bare = _ROW.match(view.text, match.end(), end) or _BARE.match(view.text, match.end(), end)
    if bare is None:
        return []
    stop = _STOP.search(view.folded, match.end(), bare.end())
    name = view.text[match.end() : stop.start() if stop else bare.end()].strip(" '-")
    name = re.sub(r"^(?:la |le |les |l')|\s+et$", "", name)
    return [name] if 1 < len(name) < 90 and not _NO_CATEGORY.match(name) else []


def prize_of(view: View, start: int, end: int) -> str | None:
    """What a "prix de l'environnement" in small letters is for, when the contest has been named before."""
    match = _PRIZE_OF.search(view.folded, start, end)
    if match is None or _NO_PRIZE_OF.match(match["name"]):
        return None
    return view.text[slice(*match.span("name"))].strip()


def _without_noun(name: str) -> str:
    """ "villes de 10 000 à 20 000 habitants" is the class "10 000 à 20 000 habitants"."""
    return re.sub(
        r"^(?:villes|communes|agglomérations|collectivités) (?:de )?(?=(?:plus |moins )?(?:de )?\d)", "", name
    )


def object_of(view: View, start: int, end: int) -> str | None:
    """What it was given for, as the text words it: "la gestion de son compte X"."""
    match = _OBJECT.search(view.folded, start, end)
    time_or_people = match and (
        _OBJECT_TIME.match(view.folded, match.end())
        or lexicon().whose.for_whom.match(view.folded, match.end())
    )
    if match is None or time_or_people:
        return None
    words = _BARE.match(view.text, match.end(), end)
    return words[0].strip() if words else None
