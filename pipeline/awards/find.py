"""Finding awards in a text: those of the catalogue in every form, and unknown ones by their shape.

Known awards are looked up word by word in a table of aliases: the cost does not grow with the
catalogue.  Unknown ones are a head ("Prix", "Trophées", "label") and what a name can go on with.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.awards.catalogue import Award, catalogue, stem, words
from pipeline.awards.forms import forms
from pipeline.awards.levels import METALS, levels
from pipeline.awards.mention import AwardMention, LevelMention
from pipeline.naming import LINKS, NAME_WORD, name_end
from pipeline.text import View, fold

_TOKEN = re.compile(r"[a-z0-9@+œ]+|&")
_YEAR_AFTER = re.compile(
    r"\"?\s*[,(]?\s*(?:(?:édition|millésime|cru|session|palmarès|en|de)\s+)*((?:19|20)\d\d)(?!\s*(?:-|/|à)\s*\d|\d|\s+(?:habitants|euros|€|places))\)?"
)
_METAL_AFTER = re.compile(r"\"?\s+(?:d'|de |en )?(or|argent|bronze|platine)(?!\w)")
_SUPERLATIVE = re.compile(r"\s+(?:de la|du|des)\s+(?:meilleur|plus)")
_LEVEL_NAME = re.compile(r"(?:grand )?prix (?:special(?: du jury)?|du jury|du public|coup de c(?:œ|oe)ur.*)")
_LETTER_LOWER = re.compile(r"[a-zà-öø-ÿœ]")


def find(view: View) -> list[AwardMention]:
    """Awards named in the view, known and unknown, in order and without overlaps.

    Offsets point into `view.text`.  Everyday words that nothing confirms are left out.
    """
    known = _known(view)
    taken = [(mention.start, mention.end) for mention in known]
    unknown = [
        mention
        for mention in _unknown(view, known)
        if not any(mention.start < end and start < mention.end for start, end in taken)
        and not _LEVEL_NAME.fullmatch(fold(mention.name))
        and not _ONLY_HEADS.fullmatch(fold(mention.name))
    ]
    return sorted(
        [*map(_as_category(known), known), *(_as_level(known, mention) for mention in unknown)],
        key=lambda mention: mention.start,
    )


def _as_level(known: Sequence[AwardMention], mention: AwardMention) -> AwardMention:
    """ "La Victoire d'Or", where the Victoires du paysage are spoken of: that award, and a level of it."""
    metal = _HEAD_OF_METAL.fullmatch(fold(mention.name))
    if metal is None:
        return mention
    for one in known:
        if one.award is not None and stem(metal["head"]) in words(one.award.name)[:2]:
            return replace(
                mention, award=one.award, name=one.name, level=METALS[metal["metal"]], certain=True
            )
    return mention


def _as_category(known: Sequence[AwardMention]) -> Callable[[AwardMention], AwardMention]:
    """Turns an award that is a category of another named here into that other, with its category."""
    whole = {mention.award.id: mention for mention in known if mention.award}

    def turned(mention: AwardMention) -> AwardMention:
        owner = whole.get(mention.award.category_of or "") if mention.award else None
        if owner is None:
            return mention
        return replace(
            mention, award=owner.award, name=owner.name, category=mention.name,
            edition=mention.edition or owner.edition,
        )  # fmt: skip

    return turned


_HEAD_OF_METAL = re.compile(rf"(?P<head>\w+) (?:d'|de )(?P<metal>{'|'.join(METALS)})")
_HEADS = "(?:prix|palmares|edition|concours|label|trophee|classement|millesime|laureat)s?"
_YEAR_BEFORE = re.compile(
    rf"(?<!\w){_HEADS}(?: (?:nation|region|departement)\w+)? (?P<year>(?:19|20)\d\d)"
    rf"(?: (?:du|des|de la|de l'|de|d')(?: {_HEADS}(?: (?:du|des|de la|de))?)?)?\s*\"?\s*$"
)
# "Palmarès 2022 du label": no name, whatever its capital
_ONLY_HEADS = re.compile(rf"{_HEADS}(?: (?:du|des|de la|de) {_HEADS})+")
_GLUED_YEAR = re.compile(r"([a-z]{4,})((?:19|20)\d\d)")


@cache
def _aliases() -> dict[str, list[tuple[tuple[str, ...], Award | None]]]:
    """Alias words by their first word, longest alias first; None for the name of an organiser."""
    table: dict[str, dict[tuple[str, ...], Award | None]] = defaultdict(dict)
    for award in catalogue().values():
        for alias in award.aliases:
            sequence = words(alias)
            table[sequence[0]].setdefault(sequence, award)
    for award in catalogue().values():
        # "Conseil national des villes et villages fleuris" gives the award and is none
        for organiser in (award.organiser or "", *award.organiser_aliases):
            sequence = words(organiser)
            if len(sequence) > 2:
                table[sequence[0]].setdefault(sequence, None)
    return {first: sorted(found.items(), key=lambda item: -len(item[0])) for first, found in table.items()}


def _known(view: View) -> list[AwardMention]:
    table = _aliases()
    tokens = [
        (first, last, "et" if word == "&" else stem(word)) for first, last, word in _tokens(view.folded)
    ]
    found: list[AwardMention] = []
    index = 0
    while index < len(tokens):
        match: tuple[AwardMention | None, int] | None = None
        for sequence, award in table.get(tokens[index][2], ()):
            if award is None:
                size = len(sequence)
                if sequence == tuple(token for _, _, token in tokens[index : index + size]):
                    match = (None, index + size)
                    break
                continue
            match = _match(view, tokens, index, sequence, award)
            if match is not None:
                break
        if match is None:
            index += 1
            continue
        mention, index = match
        if mention is not None:
            found.append(mention)
    confirmed = {mention.award.id for mention in found if mention.certain and mention.award}
    return [
        _certain(mention)
        for mention in found
        if mention.certain or (mention.award and mention.award.id in confirmed)
    ]


def _tokens(folded: str) -> Iterator[tuple[int, int, str]]:
    """Words with their spans; a hashtag's year is a word of its own ("#Hashtags2020")."""
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        if glued := _GLUED_YEAR.fullmatch(match[0]):
            yield start, start + glued.end(1), glued[1]
            start += glued.end(1)
        yield start, end, folded[start:end]


def _certain(mention: AwardMention) -> AwardMention:
    if mention.certain:
        return mention
    return AwardMention(
        mention.start, mention.end, mention.award, mention.name, True, mention.level, mention.edition,
        mention.category, mention.rule,
    )  # fmt: skip


def _match(
    view: View, tokens: list[tuple[int, int, str]], index: int, sequence: tuple[str, ...], award: Award
) -> tuple[AwardMention | None, int] | None:
    """The mention of `award` that begins at token `index`, and the token after it."""
    position, edition = index, None
    for number, wanted in enumerate(sequence):
        if position >= len(tokens):
            return None
        token = tokens[position][2]
        # "Trophée 2022 de la participation": a year stands inside the name
        if number and token != wanted and edition is None and _is_year(token) and position + 1 < len(tokens):
            edition = int(token)
            position += 1
            token = tokens[position][2]
        if token != wanted:
            return None
        if position > index:
            gap = view.text[tokens[position - 1][1] : tokens[position][0]]
            if len(gap) > 4 or (any(mark in gap for mark in ".;:!?()") and gap not in (". ", ".")):
                return None
        position += 1
    start, end = tokens[index][0], tokens[position - 1][1]
    if _shouts_otherwise(view, start, end, sequence):
        return None
    if start and view.text[start - 1] == "#":
        start -= 1
    level, level_end = _metal(view, end)
    if edition is None:
        edition = _year_after(view, level_end) or _year_before(view, start)
    return (
        AwardMention(
            start=start,
            end=max(end, level_end),
            award=award,
            name=award.name,
            certain=(level is not None or (sequence == words(award.name) and view.text[start].isupper()))
            or _is_confirmed(view, start, level_end, award),
            level=level,
            edition=edition,
            rule=f"alias {' '.join(sequence)}",
        ),
        position,
    )


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and token.startswith(("19", "20"))


def _shouts_otherwise(view: View, start: int, end: int, sequence: tuple[str, ...]) -> bool:
    """Whether an acronym such as TEN or BNR is written in small letters, and so is another word."""
    surface = view.text[start:end]
    return (
        len(sequence) == 1 and len(sequence[0]) <= 4 and not surface.isupper() and not surface[:1].isdigit()
    )


def _metal(view: View, end: int) -> tuple[str | None, int]:
    metal = _METAL_AFTER.match(view.folded, end)
    return (METALS[metal[1]], metal.end()) if metal else (None, end)


def _year_after(view: View, end: int) -> int | None:
    year = _YEAR_AFTER.match(view.text, end)
    if year is None and (hashtag := re.compile(r"((?:19|20)\d\d)\b").match(view.text, end)):
        return int(hashtag[1])
    return int(year[1]) if year else None


def _year_before(view: View, start: int) -> int | None:
    """The year between a head noun and the name: "Palmarès 2022 du label X", "les prix nationaux 2013 « X »"."""
    year = _YEAR_BEFORE.search(view.folded, max(0, start - 60), start)
    return int(year["year"]) if year else None


def _is_confirmed(view: View, start: int, end: int, award: Award) -> bool:
    if award.confirm is None:
        return True
    index = view.sentence_index(start)
    first = view.sentences[max(0, index - 1)][0]
    last = view.sentences[min(len(view.sentences) - 1, index + 1)][1]
    around = view.folded[first:start] + " " + view.folded[end:last]
    return bool(award.confirm.search(around)) or bool(award.confirm.search(view.folded[end : end + 12]))


# --- awards that the catalogue does not know


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = forms()
    heads = "|".join(sorted(map(re.escape, data["heads"]), key=len, reverse=True))
    lower = "|".join(sorted(map(re.escape, data["lower_heads"]), key=len, reverse=True))
    adjectives = "|".join(sorted(data["adjectives"], key=len, reverse=True))
    head = re.compile(
        rf"(?<![\w-])(?P<head>(?:{heads}|{lower}|{heads.upper()}))(?P<adjective>(?:\s+(?:{adjectives}))*)(?=\s|\s*\")"
    )
    labelled = re.compile(
        rf"(?<!\w)(?:labell?isée?s?|certifiée?s?|homologuée?s?|titre (?:de|d')|mention|appellation|marque)\s*(?:\"(?P<quoted>[^\"\n]{{3,80}})\"|(?P<name>{NAME_WORD}(?:\s+(?:{LINKS})*{NAME_WORD}){{0,6}}))"
    )
    return head, labelled, re.compile(data["not_behind"]), re.compile(data["not_before"])


def _unknown(view: View, known: Sequence[AwardMention]) -> list[AwardMention]:
    head_pattern, labelled_pattern, not_behind, not_before = _patterns()
    text = view.text
    found: list[AwardMention] = []
    for match in head_pattern.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if not_behind.match(text, match.end()) and not match["adjective"]:
            continue
        lower = match["head"][:1].islower()
        if (
            lower
            and (left := not_before.search(text, max(0, match.start() - 20), match.start()))
            and not match["adjective"]
            and not (left[0].strip() in ("au", "les") and _CAPITAL.match(text, match.end()))
        ):
            continue
        mention = _named(view, match, lower)
        if mention is not None:
            found.append(mention)
    for match in itertools.chain(labelled_pattern.finditer(text), _TITLED.finditer(text)):
        group = "quoted" if match["quoted"] else "name"
        start, end = match.span(group)
        if any(start < other.end and other.start < end for other in found):
            continue
        name = match[group].strip()
        if len(words(name)) < 2 or name[0].isdigit():
            continue
        if match[0].startswith("mention") and any(
            0 <= match.start() - one.end <= 60 for one in (*known, *found)
        ):
            continue  # "le Prix X, mention « Y »": Y is the category
        found.append(
            AwardMention(start, end, None, _clean(name), edition=_edition(view, end), rule="labellisé + nom")
        )
    return found


_CAPITAL = re.compile(r"\s+\"?[A-ZÀ-ÖØ-Þ]")
# "désignée en 2021 « Ville la plus accueillante »": a title that is an award
_TITLED = re.compile(
    r"(?<!\w)(?:désignée?s?|sacrée?s?|élue?s?|proclamée?s?|distinguée?s?|nommée?s?)(?: (?:en )?(?:19|20)\d\d| comme)?\s*\"(?P<quoted>(?:[^\"\n]{0,30}(?i:ville|village|commune|capitale|territoire|meilleur|plus bea|label|destination|marché|site))[^\"\n]{0,60})\"(?P<name>(?!))?"
)
_FIRST_PRIZES = ("grand prix", "grands prix")
_GRAND_OF = re.compile(
    r"\s+(?:du|des|de la|de l'|aux)\s*(?=(?:Palmarès|Concours|Trophées?|Prix|Victoires|Rubans|Challenge|palmarès|concours|trophées?)\s)"
)
_ONLY_A_NAME = re.compile(r"(?:de |d'|du )[A-ZÀ-ÖØ-Þ][\w'-]+")


def _named(view: View, match: re.Match[str], lower: bool) -> AwardMention | None:
    """The unknown award whose head `match` is, when a name follows it."""
    text = view.text
    head, position = match["head"], match.end()
    adjective = match["adjective"]
    whole = _GRAND_OF.match(text, position) if head.lower() in _FIRST_PRIZES else None
    if whole:
        # "le Grand Prix du Palmarès des mobilités": the first prize of that contest
        inner = _patterns()[0].match(text, whole.end())
        named = _named(view, inner, inner["head"][:1].islower()) if inner else None
        return replace(named, start=match.start(), level="Grand Prix") if named else None
    quoted = re.compile(r"\s*\"([^\"\n]{2,80})\"").match(text, position)
    edition = None
    if quoted:
        is_label = head.lower().startswith(("label", "titre", "certification"))
        name = quoted[1] if is_label else f"{head[0].upper()}{head[1:]}{adjective} {quoted[1]}"
        end = quoted.end()
        if not _LETTER_LOWER.search(quoted[1].lower()):
            return None
        return AwardMention(
            match.start(), end, None, _clean(name), edition=_edition(view, end), rule=f"{head} « »"
        )
    year = re.compile(r"\s+((?:19|20)\d\d)(?=\s)").match(text, position)
    if year:
        edition = int(year[1])
        position = year.end()
    end, capitals = name_end(
        text, position, lower and not adjective and not _SUPERLATIVE.match(text, position)
    )
    tail = text[position:end].strip()
    superlative = tail.startswith(("de la meilleur", "du meilleur", "des meilleur", "de la plus", "du plus"))
    if lower and head.lower() in ("classement", "titre") and _ONLY_A_NAME.fullmatch(tail):
        return None  # "le classement de Salers parmi les Plus Beaux Villages"
    if not tail or (lower and not adjective and not capitals and not superlative):
        return None
    if lower and tail.startswith(("à ", "au ", "aux ")):
        return None  # "se sont vu remettre leur trophée à Paris"
    if head.lower() in ("label", "titre", "certification") and lower:
        name = re.sub(r"^(?:de la |de l'|du |des |de |d')", "", tail)
    else:
        name = f"{head}{adjective} {tail}"
        name = name[0].upper() + name[1:]
    if len(words(name)) < 2:
        return None
    return AwardMention(
        match.start(), end, None, _clean(name), edition=edition or _edition(view, end), rule=f"{head} + nom"
    )


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\"", "", re.sub(r"\s(?:19|20)\d\d$", "", name))).strip(" ,.'")


def _edition(view: View, end: int) -> int | None:
    year = _YEAR_AFTER.match(view.text, end)
    return int(year[1]) if year else None


__all__ = ["AwardMention", "LevelMention", "find", "levels"]
