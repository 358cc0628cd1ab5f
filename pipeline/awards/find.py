"""Finding awards in a text: those of the catalogue in every form, and unknown ones by their shape.

Known awards are looked up word by word in a table of aliases: the cost does not grow with the
catalogue.  Unknown ones are found by patterns (a head such as "Prix" or "label" and what a name can go on with) and by a
learned finder, which sees what the patterns say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.awards.catalogue import Award, catalogue, stem, words
from pipeline.awards.forms import forms
from pipeline.awards.learned import NameFinder
from pipeline.awards.levels import METALS, levels
from pipeline.awards.mention import AwardMention, LevelMention
from pipeline.awards.names import edition_behind
from pipeline.awards.unknown import familiar, unknown_awards
from pipeline.text import View, fold

_TOKEN = re.compile(r"[a-z0-9@+œ]+|&")
_METAL_AFTER = re.compile(r"\"?\s+(?:d'|de |en )?(or|argent|bronze|platine)(?!\w)")
_LEVEL_NAME = re.compile(r"(?:grand )?prix (?:special(?: du jury)?|du jury|du public|coup de c(?:œ|oe)ur.*)")


def find(view: View, names: NameFinder | None = None) -> list[AwardMention]:
    """Awards named in the view, known and unknown, in order and without overlaps.

    Offsets point into `view.text`.  Everyday words that nothing confirms are left out.  `names` is the learned finder
    of unknown awards, the committed one by default; raises `FileNotFoundError` when there is none.
    """
    known = catalogued(view)
    common = [*familiar(view, known)]
    sure = [*known, *common]
    taken = [(mention.start, mention.end) for mention in known]
    found_there = (names or NameFinder.load())(view, sure, unknown_awards(view, sure))
    unknown = [
        mention
        for mention in (*common, *found_there)
        if not any(mention.start < end and start < mention.end for start, end in taken)
        and not _LEVEL_NAME.fullmatch(fold(mention.name))
        and not _ONLY_HEADS.fullmatch(fold(mention.name))
    ]
    unknown = [mention for mention in unknown if not _is_described(view, mention, [*known, *unknown])]
    named = [_as_level([*known, *unknown], mention) for mention in _in_full(_alike(unknown))]
    found = sorted([*map(_as_category(known), known), *named], key=lambda mention: mention.start)
    return [_of_contest(view, mention, found[:number]) for number, mention in enumerate(found)]


@cache
def _described() -> re.Pattern[str]:
    givers = forms()["givers"]
    return re.compile(
        rf"(?:concours|prix|trophees?|palmares|classement) (?:du |de la |de l'|des )(?:{givers})(?!\w)"
    )


def _is_described(view: View, mention: AwardMention, found: Sequence[AwardMention]) -> bool:
    """Whether a text only says whose contest it is, having named it: "le concours du magazine X" of the "Arbre de l'année"."""
    return (
        mention.award is None
        and view.text[mention.start].islower()
        and _described().match(fold(mention.name)) is not None
        and any(
            one is not mention and one.start < mention.start and not _described().match(fold(one.name))
            for one in found
        )
    )


def _alike(unknown: Sequence[AwardMention]) -> list[AwardMention]:
    """One form for a name that a text writes in two: the first that is not in capitals throughout."""
    forms_of: dict[tuple[str, ...], list[str]] = {}
    for mention in unknown:
        forms_of.setdefault(words(mention.name), []).append(mention.name)
    first = {key: min(names, key=str.isupper) for key, names in forms_of.items()}
    return [replace(mention, name=first[words(mention.name)]) for mention in unknown]


def _in_full(unknown: Sequence[AwardMention]) -> list[AwardMention]:
    """One name for an award that a text shortens: "le Prix Cour" where it is "le Prix Cour nature" elsewhere."""
    names = {fold(mention.name): mention.name for mention in unknown}
    return [
        replace(
            mention,
            name=next(
                (full for key, full in names.items() if key.startswith(fold(mention.name) + " ")),
                mention.name,
            ),
        )
        for mention in unknown
    ]


#: A prize that is but a part of a contest named shortly before: "le prix de l'accueil", "le prix « Initiative »".
_PART = re.compile(
    r"Prix (?:(?:de la |de l'|du |des |d')?(?P<generic>[\w'-]+(?: [\w'-]+)?)|(?P<quoted>[^\"]{3,50}))",
    re.IGNORECASE,
)
_CONTEST = re.compile(
    r"(?:trophees|palmes|victoires|concours|palmares|grand prix|clefs?|cles|lauriers|oscars|rubans|awards|defis|plumes|[a-z]+s) "
)
_PART_REACH = 400  # characters behind the contest's name


def _of_contest(view: View, mention: AwardMention, before: Sequence[AwardMention]) -> AwardMention:
    """An unknown prize in small letters or quotation marks behind a contest: that contest, and its category."""
    surface = view.text[mention.start : mention.end]
    part = _PART.fullmatch(mention.name)
    if mention.award is not None or part is None or not surface.startswith(("prix", 'Prix "', 'prix "')):
        return mention
    if '"' not in surface and re.search(r"\s[A-ZÀ-Þ]\w+ \w", surface):
        return mention  # "le prix Bien grandir" has a name of its own
    contest = None
    for one in reversed(before):
        if mention.start - one.end > _PART_REACH or _CONTEST.match(fold(one.name) + " "):
            contest = one
            break
    if contest is None or mention.start - contest.end > _PART_REACH or contest.name == mention.name:
        return mention
    category = (part["generic"] or part["quoted"]).strip()
    if fold(category) in fold(contest.name):
        category = ""  # "le prix « Ma commune bouge »" of the contest "Ma commune bouge": all of it
    return replace(
        mention,
        award=contest.award,
        name=contest.name,
        category=category or None,
        edition=mention.edition or contest.edition,
    )


def _as_level(known: Sequence[AwardMention], mention: AwardMention) -> AwardMention:
    """ "La Victoire d'Or", where the Victoires du paysage are spoken of: that award, and a level of it."""
    metal = _HEAD_OF_METAL.fullmatch(fold(mention.name))
    if metal is None:
        return mention
    for one in known:
        if (
            one is not mention
            and stem(metal["head"]) in words(one.name)[:2]
            and metal["metal"] not in fold(one.name)
        ):
            return replace(
                mention,
                award=one.award,
                name=one.name,
                level=METALS[metal["metal"]],
                category=metal["rest"] or mention.category,
                certain=True,
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


_HEAD_OF_METAL = re.compile(
    rf"(?P<head>\w+) (?:d'|de )(?P<metal>{'|'.join(METALS)})(?: (?:des |du |de la |de l')(?P<rest>.+))?"
)
_HEADS = "(?:prix|palmares|edition|concours|label|trophee|classement|millesime|laureat)s?"
_YEAR_BEFORE = re.compile(
    rf"(?<!\w){_HEADS}(?: (?:nation|region|departement)\w+)? (?P<year>(?:19|20)\d\d)"
    rf"(?: (?:du|des|de la|de l'|de|d')(?: {_HEADS}(?: (?:du|des|de la|de))?)?)?\s*\"?\s*$"
)
# "Palmarès 2022 du label": no name, whatever its capital
_ONLY_HEADS = re.compile(rf"{_HEADS}(?: (?:du|des|de la|de) {_HEADS})+")
_HEAD_WORD = re.compile(_HEADS)  # an alias that begins with it needs nothing else around
_HEAD_BEFORE = re.compile(rf"(?<!\w){_HEADS} (?:(?:des?|du|de la) )?\"?$")
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


def catalogued(view: View) -> list[AwardMention]:
    """Awards of the catalogue that the view names, in order; offsets point into `view.text`."""
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
    position, edition, inner = index, None, None
    for number, wanted in enumerate(sequence):
        if position >= len(tokens):
            return None
        token = tokens[position][2]
        # "Trophée 2022 de la participation": a year stands inside the name
        if number and token != wanted and edition is None and _is_year(token) and position + 1 < len(tokens):
            edition = int(token)
            position += 1
            token = tokens[position][2]
        # "Trophée d'argent de la participation": a metal does
        if number and token != wanted and inner is None and (inner := _metal_inside(tokens, position)):
            position += 2
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
    level = level or inner
    if edition is None:
        edition = _year_after(view, level_end) or _year_before(view, start)
    return (
        AwardMention(
            start=start,
            end=max(end, level_end),
            award=award,
            name=award.name,
            certain=(
                level is not None
                or _is_spelled_out(view, start, end, sequence)
                or (sequence == words(award.name) and view.text[start].isupper())
                or (
                    sequence[-1] in METALS and view.text[start].isupper()
                )  # "une Fleur d'or": no everyday word
            )
            or bool(_HEAD_WORD.fullmatch(sequence[0] + "s"))
            or _is_confirmed(view, start, level_end, award),
            level=level,
            edition=edition,
            rule=f"alias {' '.join(sequence)}",
        ),
        position,
    )


def _metal_inside(tokens: Sequence[tuple[int, int, str]], position: int) -> str | None:
    """The level of "d'argent" at a token that is not the last of the text, None for another word."""
    if position + 2 >= len(tokens) or tokens[position][2] not in ("d", "de"):
        return None
    return METALS.get(tokens[position + 1][2])


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and token.startswith(("19", "20"))


_LITTLE = frozenset(["de", "du", "des", "la", "le", "les", "et", "l", "d", "en", "a", "un", "ou", "il"])


def _is_spelled_out(view: View, start: int, end: int, sequence: tuple[str, ...]) -> bool:
    """Whether a long name is written with its capitals, so that nothing else need confirm it."""
    capitals = sum(word[:1].isupper() for word in re.split(r"[\s'-]+", view.text[start:end]))
    return capitals > 1 and sum(word not in _LITTLE for word in sequence) > 2


def _shouts_otherwise(view: View, start: int, end: int, sequence: tuple[str, ...]) -> bool:
    """Whether an acronym such as TEN or BNR is written in small letters, and so is another word."""
    surface = view.text[start:end]
    return (
        len(sequence) == 1 and len(sequence[0]) <= 4 and not surface.isupper() and not surface[:1].isdigit()
    )


def _metal(view: View, end: int) -> tuple[str | None, int]:
    metal = _METAL_AFTER.match(view.folded, end)
    return (METALS[metal[1]], metal.end()) if metal else (None, end)


_YEAR_GLUED = re.compile(r"(?:19|20)\d\d\b")


def _year_after(view: View, end: int) -> int | None:
    glued = _YEAR_GLUED.match(view.text, end)  # "#Hashtags2024"
    return edition_behind(view, end) or (int(glued[0]) if glued else None)


def _year_before(view: View, start: int) -> int | None:
    """The year between a head noun and the name: "Palmarès 2022 du label X", "les prix nationaux 2013 « X »"."""
    year = _YEAR_BEFORE.search(view.folded, max(0, start - 60), start)
    return int(year["year"]) if year else None


def _is_confirmed(view: View, start: int, end: int, award: Award) -> bool:
    if award.confirm is None or _HEAD_BEFORE.search(view.folded, max(0, start - 24), start):
        return True
    index = view.sentence_index(start)
    first = view.sentences[max(0, index - 1)][0]
    last = view.sentences[min(len(view.sentences) - 1, index + 1)][1]
    around = view.folded[first:start] + " " + view.folded[end:last]
    return bool(award.confirm.search(around)) or bool(award.confirm.search(view.folded[end : end + 12]))


__all__ = ["AwardMention", "LevelMention", "find", "levels"]
