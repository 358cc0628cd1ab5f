"""Levels of awards: flowers, arobases, laurels, metals, places in a ranking, prizes of a jury."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pipeline.awards.forms import forms
from pipeline.awards.mention import LevelMention
from pipeline.text import View, fold

_Make = Callable[[re.Match[str], View], LevelMention | None]
METALS = {
    "or": "Or",
    "argent": "Argent",
    "bronze": "Bronze",
    "platine": "Platine",
    "vermeil": "Vermeil",
    "diamant": "Diamant",
}
_QUOTED = re.compile(r"\s*(?:de la |de l'|du |des |de |d'|:)?\s*\"([^\"\n]{2,80})\"")


def levels(view: View) -> list[LevelMention]:
    """Levels named in the view, in order and without overlaps; offsets into `view.text`."""
    pattern, makers = _compiled()
    found: list[LevelMention] = []
    hints: tuple[str, ...] = tuple(forms()["level_hints"])
    for start, end in view.sentences:
        sentence = view.folded[start:end]
        if not any(hint in sentence for hint in hints) and not _ORDINAL.search(sentence):
            continue  # most sentences; the pattern below is slow
        for match in pattern.finditer(view.folded, start, end):
            mention = makers[match.lastgroup or ""](match, view)
            if mention is not None:
                found.append(mention)
    if any(mention.kind == "count" for mention in found):
        found.extend(_listed(view, found))
        found.extend(_elliptic(view, found))
    return sorted(found, key=lambda mention: mention.start)


_ORDINAL = re.compile(r"\bor\b|\d(?:e|er|re|eme|ere)\b|ieme\b|premi|second")
_REACH = 500  # characters over which a number is understood to count the same thing


def _listed(view: View, found: list[LevelMention]) -> list[LevelMention]:
    """Numbers that share the noun of the last: "respectivement quatre, deux et un cœur"."""
    result = []
    for last in [one for one in found if one.kind == "count"]:
        row = _row().search(view.folded, max(0, last.start - 60), last.start)
        for match in re.finditer(r"\w+", row[0]) if row else ():
            number = _number(match[0]) if match[0] != "et" else None
            if row is None or number is None or not 1 <= number <= 5:
                continue
            start, end = row.start() + match.start(), row.start() + match.end()
            if not any(one.start < end and start < one.end for one in found):
                level = counted_level(number, last.level.split(" ", 1)[1])
                result.append(LevelMention(start, end, level, "count", last.award_ids))
    return result


@cache
def _row() -> re.Pattern[str]:
    numbers = "|".join(forms()["numbers"])
    return re.compile(rf"(?<!\w)(?:(?:{numbers}|\d)(?:, | et ))+$")


def counted_level(number: int, noun: str) -> str:
    """A level with its noun in the right number: 1 and "cœurs" make "1 cœur"."""
    single = noun if noun == "@" else noun.rstrip("sx")
    return f"{number} {single if number == 1 or noun == '@' else _plural(single)}"


def _elliptic(view: View, found: list[LevelMention]) -> list[LevelMention]:
    """Numbers that leave their noun out: "une libellule en 2012, deux en 2014", "garde ses quatre"."""
    result = []
    for match in _ellipsis().finditer(view.folded):
        start, end = match.span("number")
        number = _number(match["number"])
        before = [
            one for one in found if one.kind == "count" and one.start < start and start - one.end < _REACH
        ]
        if (
            not before
            or number is None
            or not 1 <= number <= 5
            or any(o.start < end and start < o.end for o in found)
        ):
            continue
        level = counted_level(number, before[-1].level.split(" ", 1)[1])
        result.append(LevelMention(start, end, level, "count", before[-1].award_ids))
    return result


@cache
def _ellipsis() -> re.Pattern[str]:
    data = forms()
    numbers = "|".join([*data["numbers"], *sorted(data["ordinals"], key=len, reverse=True)])
    return re.compile(
        rf"(?:(?<!\w)(?:{data['ellipsis']})\s|,\s|qu')(?P<number>{numbers}|\d(?:e|eme|re)?)(?=\s*(?:[.;)](?!\d)|,(?!\d)|en (?:19|20)\d\d|\((?:19|20)\d\d|depuis|remont\w+ a|dat\w+ de|a (?:19|20)\d\d|au titre|au label|au palmares|au classement|siens?|siennes?|$|\n))"
    )


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, _Make]]:
    data = forms()
    ordinals = "|".join(sorted(data["ordinals"], key=len, reverse=True))
    numbers = "|".join(data["numbers"])
    parts: list[str] = []
    makers: dict[str, _Make] = {}

    def add(name: str, pattern: str, make: _Make) -> None:
        # the name behind it, not around: so the engine sees from the first letter what cannot match
        parts.append(f"(?:{pattern})(?P<{name}>)")
        makers[name] = make

    for number, entry in enumerate(data["counted"]):
        noun = entry["noun"]
        symbol = r"|(?<![\w@.])@{2,5}(?![\w@])|(?<=[( ])@(?=\s*(?:[),.;]|$|\n))" if "@" in noun else ""
        add(
            f"c{number}",
            rf"(?<![\w.,@])(?:\d{{1,2}}(?:e|er|re|eme|ere)?|{ordinals}|{numbers})\s{{0,2}}(?:(?:precieuse|belle|fameuse)\s)?(?:{noun})(?![\w@])(?!\s+(?:{data['not_counted']}))"
            + symbol,
            _counted(entry),
        )
    add(
        "rank_bare",
        r"(?:(?<=\()|(?<=: )|(?<=, )|(?<= et ))\d{1,4}(?:e|re|eme)(?= en (?:19|20)\d\d)"
        r"|(?<!\w)\d{1,4}(?:e|er|re|eme)(?= (?:derriere|devant|sur \d|ex aequo|des (?:villes|communes|villages|metropoles|departements|agglomerations)) ?)",
        _rank,
    )
    add("rank_again", r"(?:(?<=de la )|(?<= a la ))\d{1,4}e(?=[.,;]| \()", _rank)
    add(
        "rank",
        rf"(?<!\w)(?:(?:\d{{1,4}}(?:e|er|re|eme|ere)|{ordinals})(?:\s+(?:ex aequo\s+)?)(?:places?|rangs?|position)|(?:place|rang)\s+(?:de\s+)?(?:n\s?°\s?)?\d{{1,4}}(?!\w)|(?:sur la\s+)?(?:plus haute|\d(?:e|re|er|eme)|{ordinals})\s+marche(?:\s+du podium)?)(?!\w)",
        _rank,
    )
    add(
        "ranked",
        rf"(?<!\w)(?:classee?s?|arrivee?s?|arrive|termine|fini|se classe|s'est classee?|figure|pointe|finit|est)\s+(?:\w+ment\s+)?(?:a la\s+)?(?:\d{{1,4}}(?:e|er|re|eme|ere)|{ordinals})(?=\s*(?:[.,;)]|sur|au|du|de|des|ex|dans|en|parmi|village|ville|commune|departement|$))",
        _rank,
    )
    add(
        "note",
        r"(?<!\w)note (?:de )?\"?[a-g]\+?\"?(?![\w])",
        lambda m, v: _level(
            m, m[0].strip('"').split()[-1].strip('"').upper(), "grade", ("barometre-villes-cyclables",)
        ),
    )
    add(
        "head",
        r"(?<!\w)(?:en tete|tete|numero un|n\s?°\s?1|sur la plus haute marche)(?=\s+(?:du|de|des|au|chez|dans|parmi)\s|[,.;])(?! (?:de )?(?:pont|liste|reseau|d'affiche))",
        lambda m, v: _level(m, "1re place", "rank"),
    )
    add(
        "prize",
        rf"(?<!\w)(?:(?:\d{{1,2}}(?:e|er|re|eme|ere)|{ordinals})\s+prix)(?!\w)(?! (?:national|regional|europeen|departemental))"
        # "Le second revient à Seclin"
        r"|(?<=, le )\d(?:e|eme)(?= (?:a|au|aux|pour) )|(?<=et le )\d(?:e|eme)(?= (?:a|au|aux|pour) )|(?<=le )(?:premier|second|deuxieme|troisieme)(?= (?:revient|est revenu|est alle|va|echoit|a ete (?:attribue|decerne|remis)) (?:a|au|aux) )",
        _prize,
    )
    add(
        "grand",
        r"(?<!\w)grand prix(?= (?:est (?:revenu|alle|attribue|decerne|remis)|revient|a ete|du jury|toutes categories|dans|de la categorie|,|pour|(?:19|20)\d\d(?! d[eu])))|(?<!\w)grand prix du jury(?!\w)",
        lambda m, v: _level(m, "Grand Prix", "prize"),
    )
    add(
        "special",
        r"(?<!\w)prix special(?: du jury| du public)?(?!\w)",
        lambda m, v: _with_category(m, v, "Prix spécial"),
    )
    add("public", r"(?<!\w)prix du public(?!\w)", lambda m, v: _level(m, "Prix du public", "prize"))
    add("jury", r"(?<!\w)prix du jury(?!\w)", lambda m, v: _level(m, "Prix du jury", "prize"))
    add("heart", r"(?<!\w)(?:prix )?\"?coups? de c(?:œ|oe)ur\"?(?: du jury| du public)?(?!\w)", _heart)
    add(
        "mention",
        r"(?<!\w)mention speciale(?: du jury)?(?!\w)",
        lambda m, v: _with_category(m, v, "Mention spéciale"),
    )
    add("honour", r"(?<!\w)mention d'honneur(?!\w)", lambda m, v: _with_category(m, v, "Mention d'honneur"))
    add(
        "felicitations",
        r"(?<!\w)felicitations du jury(?!\w)",
        lambda m, v: _level(m, "Félicitations du jury", "prize"),
    )
    add("niveau", r"(?<!\w)niveau \d(?!\w|[.,]\d)", lambda m, v: _level(m, m[0].lower(), "grade"))
    add(
        "metal",
        r"(?<!\w)(?:(?:medaille|trophee|prix|niveau|categorie|label|badge|hashtags?|top com|territoria|ruban|marche|palme|victoires?|laureate?)\s+(?:(?:du paysage|territoria)\s+)?(?:d'|de |en |\")?(?P<m1>or|argent|bronze|platine|vermeil|diamant)|l'(?P<m2>or|argent)|le bronze|(?<!cote-)(?<!cote )d'(?P<m3>or|argent)|de bronze)(?!\w)(?! (?:massif|noir|blanc|public))",
        _metal,
    )
    add("medal", "[🥇🥈🥉]", lambda m, v: _level(m, METALS[_MEDALS[m[0]]], "metal"))
    return re.compile("|".join(parts)), makers


_MEDALS = {"🥇": "or", "🥈": "argent", "🥉": "bronze"}


def _level(match: re.Match[str], level: str, kind: Any, award_ids: tuple[str, ...] = ()) -> LevelMention:
    return LevelMention(match.start(), match.end(), level, kind, award_ids)


def _counted(entry: dict[str, Any]) -> _Make:
    context = re.compile(forms()["count_context"])
    symbol = entry["level"] == "@"

    def make(match: re.Match[str], view: View) -> LevelMention | None:
        start, end = view.sentence_at(match.start())
        if not symbol and not context.search(view.folded, start, end):
            return None
        if match[0].startswith(("une ", "un ")) and _ONE_MORE.search(
            view.folded[max(0, match.start() - 12) : match.start()]
        ):
            return None  # "gagne une fleur" tells a change, not a level
        number = match[0].count("@") if match[0].startswith("@") else _number(match[0])
        if number is None or not 1 <= number <= 5:
            return None
        noun = entry["level"] if symbol or number == 1 else _plural(entry["level"])
        return _level(match, f"{number} {noun}", "count", tuple(entry["awards"]))

    return make


_ONE_MORE = re.compile(r"(?:gagne|gagnent|perd|perdent|perdu|gagner|perdre)\s+$")


def _plural(noun: str) -> str:
    return noun + ("x" if noun.endswith("eau") else "s")


def _number(written: str) -> int | None:
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits[0])
    first = written.split()[0]
    data = forms()
    number: int | None = data["ordinals"].get(first, data["numbers"].get(first))
    return number


_LABEL_PRIZES = {
    "grand prix": "Grand Prix",
    "prix special": "Prix spécial",
    "coup de": "Coup de cœur",
    "coups de": "Coup de cœur",
    "prix coup de": "Coup de cœur",
    "prix du public": "Prix du public",
    "prix du jury": "Prix du jury",
    "mention speciale": "Mention spéciale",
    "felicitations": "Félicitations du jury",
}


def level_of_label(label: str, ladder: Sequence[str] = ()) -> str | None:
    """The level that the folded label of a list is, given the levels of its award; None when it is none.

    >>> level_of_label("trois pattes", ["1 patte", "2 pattes", "3 pattes"])
    '3 pattes'
    >>> level_of_label("2e prix"), level_of_label("grand prix du jury"), level_of_label("jeunesse")
    ('2e prix', 'Grand Prix', None)
    """
    label = re.sub(r"^[^\w@]+", "", label).strip(' ":.-')
    for name, level in _LABEL_PRIZES.items():
        if label.startswith(name):
            return level
    words = label.split()
    if not words or len(words) > 4:
        return None
    number = _number(words[0])
    if number is not None and len(words) > 1:
        if words[1] in ("prix", "place", "rang"):
            return place_level(number) if words[1] != "prix" else prize_level(number)
        for known in ladder:
            count, _, noun = known.partition(" ")
            if count == str(number) and fold(noun).rstrip("sx") == words[1].rstrip("sx"):
                return known
    if words[0] == "niveau" and len(words) == 2 and words[1].isdigit():
        return label
    metal = METALS.get(words[-1].removeprefix("d'"))
    if metal and (len(words) <= 2 or (len(words) == 3 and words[1] in ("de", "d'"))):
        return metal
    return next((known for known in ladder if fold(known) == label), None)


def level_number(word: str) -> int | None:
    """The number that a folded word says, in digits, letters or as an ordinal: "trois", "3", "troisieme"."""
    return _number(word)


def place_number(written: str) -> int | None:
    """The place that an ordinal in folded letters or digits names: "deuxieme", "12e"; None for no ordinal."""
    return int(digits[0]) if (digits := re.match(r"\d+", written)) else forms()["ordinals"].get(written)


def place_level(number: int) -> str:
    """The level of a place in a ranking: "1re place", "12e place"."""
    return "1re place" if number == 1 else f"{number}e place"


def prize_level(number: int) -> str:
    """The level of a prize by its number: "1er prix", "2e prix"."""
    return f"{number}{'er' if number == 1 else 'e'} prix"


def _rank(match: re.Match[str], view: View) -> LevelMention | None:
    if "haute marche" in match[0]:
        return _level(match, "1re place", "rank")
    for word in re.findall(r"\d+|[a-z]+", match[0]):
        if number := place_number(word):
            return _level(match, place_level(number), "rank")
    return None


def _prize(match: re.Match[str], view: View) -> LevelMention | None:
    number = _number(match[0])
    if number is None or view.folded.startswith((" du kilo", " au kilo", " au litre", " au m"), match.end()):
        return None
    if number > 3 and view.folded.startswith((" de la ", " du ", " de l'", " des "), match.end()):
        return None  # "le jury du 21e Prix de la presse territoriale": an edition
    return _level(match, prize_level(number), "prize")


def _heart(match: re.Match[str], view: View) -> LevelMention | None:
    start, end = view.sentence_at(match.start())
    near = view.folded[max(start, match.start() - 200) : min(end, match.end() + 60)]
    if not re.search(
        r"prix|jury|public|troph|laureat|decern|recoi|recu|mention|attribu|label|concours|distin", near
    ):
        return None
    return _level(match, "Coup de cœur", "prize")


def _with_category(match: re.Match[str], view: View, level: str) -> LevelMention:
    quoted = _QUOTED.match(view.text, match.end())
    end = quoted.end() if quoted else match.end()
    return LevelMention(match.start(), end, level, "prize", category=quoted[1].strip() if quoted else None)


def _metal(match: re.Match[str], view: View) -> LevelMention | None:
    metal = match["m1"] or match["m2"] or match["m3"] or "bronze"
    before = view.folded[max(0, match.start() - 14) : match.start()]
    if re.search(
        r"(?:marianne|fleur|echarpe|equerre|cote|lingot|age|livre|mine|ruban|noces|bijou\w*|pont|coq|ballon|epi)s? $",
        before,
    ):
        return None
    if match[0].startswith(("l'argent", "d'argent", "l'or", "le bronze", "d'or", "de bronze")):
        start, end = view.sentence_at(match.start())
        if not re.search(
            r"label|troph|prix|medaill|hashtag|concours|palmares|laureat|nomin|podium|recompens|distin|decroch|remport|recoi|recu|obt|est alle|revien|repart|partag|attribu|decern|(?<!\w)remis",
            view.folded[start:end],
        ):
            return None
    return _level(match, METALS[metal], "metal")
