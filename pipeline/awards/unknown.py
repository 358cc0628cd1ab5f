"""Awards that the catalogue does not know, found by what heads their name or by what surrounds it.

A name is found by its head ("Prix", "Trophées", "label"), by its metal ("Casserole d'or"), or because
somebody is its laureate or finalist ("lauréate des Clés du service public").  Once found, it is an award
wherever the text says it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.awards.catalogue import words
from pipeline.awards.forms import forms
from pipeline.awards.headed import headed, not_behind
from pipeline.awards.levels import METALS
from pipeline.awards.mention import AwardMention
from pipeline.awards.names import clean, edition_behind
from pipeline.awards.news import of_news
from pipeline.naming import NAME_WORD, name_end, with_adjectives
from pipeline.text import View, fold


def unknown_awards(view: View, known: Sequence[AwardMention]) -> list[AwardMention]:
    """Mentions of awards that the catalogue lacks, without overlaps; `known` are those that it has.

    Offsets point into `view.text`.
    """
    found: list[AwardMention] = []
    taken = [(mention.start, mention.end) for mention in known]
    for finder in (
        _award_last,
        _favourites,
        _of_the_year,
        headed,
        _of_metal,
        _of_laureates,
        _explained,
        _got,
        _plain_prizes,
        of_news,
    ):
        for mention in finder(view, [*known, *found]):
            if not _only_a_level().fullmatch(fold(mention.name)) and not any(
                mention.start < end and start < mention.end for start, end in taken
            ):
                found.append(mention)
                taken.append((mention.start, mention.end))
    names = {mention.name for mention in found}
    for number, mention in enumerate(found):
        if mention.name.startswith("Grand ") and mention.name.removeprefix("Grand ") in names:
            # the first prize of the "Prix de la Pierre d'angle"
            found[number] = replace(mention, name=mention.name.removeprefix("Grand "), level="Grand Prix")
    for mention in list(found):
        found.extend(said_again(view, mention, taken))
    return found


@cache
def _only_a_level() -> re.Pattern[str]:
    """What is a level and no name: 'label "2 fleurs"'."""
    data = forms()
    nouns = "|".join(entry["noun"] for entry in data["counted"])
    return re.compile(rf"(?:label )?(?:\d|{'|'.join(data['numbers'])})\s?(?:{nouns})")


def said_again(view: View, mention: AwardMention, taken: list[tuple[int, int]]) -> Iterator[AwardMention]:
    """The other places where the text says the same name; their spans join `taken`."""
    name = fold(mention.name)
    if len(words(mention.name)) < 2 and "'" not in name:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", view.folded):
        start, end = match.span()
        if not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            yield replace(
                mention, start=start, end=end, level=None, edition=edition_behind(view, end), rule="nom redit"
            )


def familiar(view: View, known: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Awards that everybody knows and that are no territory's: "le Concours général agricole"; `known` go first."""
    for match in _familiar_names().finditer(view.folded):
        start, end = match.span()
        if any(start < one.end and one.start < end for one in known):
            continue
        if _MEMBERS_OF.search(view.folded, max(0, start - 40), start):
            continue
        name = clean(view.text[start:end])
        yield AwardMention(
            start, end, None, name[0].upper() + name[1:], edition=edition_behind(view, end), rule="nom connu"
        )


# "la section de l'ordre national du Mérite": those who bear it
_MEMBERS_OF = re.compile(
    r"(?:membres|section|association|societe|amis|anciens)\s(?:\w+ ){0,3}(?:de la |de l'|du |des |de |d')$"
)


@cache
def _familiar_names() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms()['familiar'])})(?!\w)")


def _award_last(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """English names, which end in their head: "European Garden Award"."""
    for match in _ENGLISH.finditer(view.text):
        yield AwardMention(
            match.start(),
            match.end(),
            None,
            clean(match[0]),
            edition=edition_behind(view, match.end()),
            rule="… Award",
        )


def _favourites(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """What people vote for: "le beffroi préféré des Nordistes"."""
    for match in _favourite().finditer(view.text):
        name = clean(match[0])
        if name.isupper():
            name = name.capitalize()
        yield AwardMention(
            match.start(),
            match.end(),
            None,
            name,
            edition=edition_behind(view, match.end()),
            rule="préféré des …",
        )


def _of_the_year(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Titles that somebody bears for a year: "sacré Toque scolaire de l'année"."""
    for match in _title_of_year().finditer(view.text):
        start, end = match.span("name")
        name = clean(match["name"])
        yield AwardMention(start, end, None, name, edition=edition_behind(view, end), rule="… de l'année")


def _of_metal(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Names with a metal that is no level: "la Casserole d'or", "les Voiles d'or de la Lagune"."""
    for match in _METAL_NAME.finditer(view.text):
        if fold(match["head"]).rstrip("s") in forms()["no_metal_names"]:
            continue
        link = _TAIL_LINK.match(view.text, match.end())
        if link and _giver().match(view.folded, link.end()):
            link = None  # "la Truelle d'or des compagnons": who gives it
        end = name_end(view.text, match.end(), False)[0] if link else match.end()
        end = max(end, match.end())
        name = clean(view.text[match.start() : end])
        yield AwardMention(
            match.start(), end, None, name, edition=edition_behind(view, end), rule="nom d'un métal"
        )


def _of_laureates(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Names that somebody is laureate, finalist or candidate of: "lauréate des Clés du service public"."""
    for cue in _laureate_of().finditer(view.folded):
        start = cue.end()
        if not _CAPITAL_HERE.match(view.text, start):
            continue
        quoted = view.text[start] == '"'
        if quoted:
            closing = view.text.find('"', start + 1, start + 80)
            first, end = start + 1, closing
        else:
            # the name begins behind the cue's space
            first, (end, _capitals) = start, name_end(view.text, start - 1, True)
        name = clean(view.text[first:end]) if end > first else ""
        if len(words(name)) < 2 or words(name)[0] in forms()["no_award_names"]:
            continue
        yield AwardMention(
            first, end, None, name, edition=edition_behind(view, end), rule="nom derrière lauréat, finaliste"
        )


def _got(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Names that somebody gets as one gets a prize: "a décroché la Cigale d'émail", "lui a remis sa Louche fleurie"."""
    for cue in _got_name().finditer(view.text):
        start = cue.end()
        if _FROM_OR_TO.search(cue[0]):
            continue
        end = max(name_end(view.text, start - 1, True)[0], with_adjectives(view.text, start))
        name = clean(view.text[start:end])
        dated = edition_behind(view, end)
        found = words(name)
        if not found or found[0] in forms()["no_award_names"] or _not_got().match(fold(name)):
            continue
        if len(found) < 2 and dated is None:
            continue
        yield AwardMention(start, end, None, name, edition=dated, rule="nom reçu comme un prix")


def _explained(view: View, _: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """Names that the text says are a prize: "les Plumes de l'Oise, concours des bulletins", "…, que le Centre décerne"."""
    for cue in _EXPLANATION.finditer(view.folded):
        first = max(0, cue.start() - _NAME_LONGEST)
        named = (
            _NAME_BEFORE.search(view.text, first, cue.start())
            or _ARTICLED.search(view.text, first, cue.start())
            or _in_full_elsewhere(view, first, cue.start())
        )
        if named is None or not set(words(named["name"])[:2]).isdisjoint(forms()["no_award_names"]):
            continue
        start, end = named.span("name")
        if news := _NEWS_OF.match(view.text, start, end):
            start = news.end()  # "Résultats des Vitrines d'Émile, le concours …"
        if year := _YEAR_IN.search(view.text, start, end):
            end = year.start()
        name = clean(view.text[start:end])
        yield AwardMention(start, end, None, name, edition=edition_behind(view, end), rule="nom expliqué")


def _in_full_elsewhere(view: View, first: int, last: int) -> re.Match[str] | None:
    """The whole name of which one word is explained: "les Boucles, concours …" of the "Boucles de l'économie"."""
    short = _ONE_NAME.search(view.text, first, last)
    if short is None:
        return None
    return re.compile(
        rf"(?<![\w'-])(?P<name>{re.escape(short['name'])} (?:de la |de l'|des |du |de |d')[a-zà-ÿ][\w'-]+(?: [a-zà-ÿ]{{4,}})?)(?![\w-])"
    ).search(view.text)


def _plain_prizes(view: View, others: Sequence[AwardMention]) -> Iterator[AwardMention]:
    """A prize all in small letters that somebody gets, where no other award is named before it: "reçoit le prix de l'agent innovant"."""
    for match in _PLAIN_PRIZE.finditer(view.folded):
        if any(one.start < match.end() for one in others):
            continue
        if len(match["tail"].split()) > _TAIL_LONGEST or not _GETTING.search(
            view.folded, max(0, match.start() - 60), match.start()
        ):
            continue
        if not_behind().match(view.text, match.start("tail")):
            continue
        name = view.text[match.start() : match.end()]
        yield AwardMention(
            match.start(),
            match.end(),
            None,
            clean(name[0].upper() + name[1:]),
            edition=edition_behind(view, match.end()),
            rule="prix en minuscules",
            small=True,
        )


_ENGLISH = re.compile(r"(?<![\w'-])(?:[A-ZÀ-ÖØ-Þ][\w'-]+ ){1,4}(?:Awards?|Trophy|Prize)(?![\w-])")
# "remis à Strasbourg par la Mutualité": who gives it, to whom
_FROM_OR_TO = re.compile(
    r" (?:par|à|aux?|chez|dans|sur|de|des|en) (?:la |le |l'|les |sa |son |leur )$|(?<!titulaire) (?:du|de la|de l') ?$"
)


@cache
def _got_name() -> re.Pattern[str]:
    """A word of getting, what may stand between it and the name, and the article of the name."""
    return re.compile(
        rf"(?<!\w)(?i:{forms()['getting']})(?:,? [^.;:!?()\n\"]{{0,45}}?)??"
        r",? (?:du |de la |de l'|pour les |pour le |le |la |l'|les |sa |son |ses |leur )(?=[A-ZÀ-ÖØ-Þ])"
    )


@cache
def _giver() -> re.Pattern[str]:
    return re.compile(rf"(?:{forms()['givers']})s?(?!\w)")


@cache
def _not_got() -> re.Pattern[str]:
    return re.compile(f"(?:{forms()['not_got']})")


@cache
def _favourite() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'-])(?i:{forms()['favourites']}) (?i:pr[ée]f[ée]r[ée]e?) (?i:des|de la|du|de l') ?"
        r"(?:\"[^\"\n]{3,40}\"|[A-ZÀ-ÖØ-Þ][\w'-]+(?: [A-ZÀ-ÖØ-Þ][\w'-]+)?)"
    )


@cache
def _title_of_year() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?i:{forms()['crowned']})(?:,? (?:\w+ )?(?:la |le |comme |en (?:19|20)\d\d ))? ?\"?"
        r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'-]+(?: (?:d'|de la |de |du )?[a-zà-ÿ][\w'-]+){0,3}? de l'année)(?!\w| scolaire| prochaine)"
    )


# where a word begins, behind an elided article too: "l'Aiguillette d'or"
_BEGINS = r"(?:(?<![\w'-])|(?<=(?<!\w)[ldLD]'))"
_METAL_NAME = re.compile(
    rf"{_BEGINS}(?P<head>[A-ZÀ-ÖØ-Þ][\w-]+) (?:d'|de )(?i:{'|'.join(METALS)}|cristal)(?![\w-])"
)
_TAIL_LINK = re.compile(r" (?:de la|de l'|du|des|de|d') ?")
_CAPITAL_HERE = re.compile(r"\"?[A-ZÀ-ÖØ-Þ]")
_GETTING = re.compile(
    r"(?:re[cç]u|recoi\w+|decroch\w+|remport\w+|obt\w+|gagn\w+|rafl\w+|decern\w+|attribu\w+|remis\w*|remet\w*|laureate?s?|nominee?s?|finalistes?)"
    r"[^\w;:.]+(?:\w+[^\w;:.]+){0,3}$"
)
_TAIL_LONGEST = 6  # words behind "prix", small ones included
_PLAIN_PRIZE = re.compile(
    r"(?<!\w)(?:prix|trophee)(?P<tail> (?:de la |de l'|du |des |de |d')[a-z][\w'-]*(?: (?:de la |de l'|du |des |de |d'|et )?[a-z][\w'-]*){0,4}?)"
    r"(?=\s*(?:[.,;:!?()\n\"]|$)| (?:pour|dans|lors|remis|decern\w+|attribu\w+|organis\w+|par|qui|que|au|aux|a|en|et|ce|cette|hier|avec|grace|sur|19\d\d|20\d\d)(?!\w))"
)


_YEAR_IN = re.compile(r"\s(?:19|20)\d\d$")
_NEWS_OF = re.compile(
    r"(?:Résultats?|Palmarès|Finales?|Remises?|Lauréats?) (?:du |de la |des |de l')(?=[A-ZÀ-ÖØ-Þ])"
)
_NAME_LONGEST = 70  # characters
_EXPLANATION = re.compile(
    r"(?:, |\s?\()(?:(?:un|une|le|la|les|ce|cette|ces|petite?|grande?|vieux|beau) )*(?:prix|concours|trophees?|palmares|label|distinction|recompense|challenge|classement|certification)s? "
    r"(?:de la|de l'|des|du|de|d'|que|qui|cree|ne|lance|porte|imagine|propose|organise|decerne|remis|attribue|departemental|regional|national|interne|local|annuel)"
    r"|, (?:que|qu')\s?(?:[^,.;\n]{3,60} )?(?:decern|remet|attribu|delivr)\w*"
    r"|,? (?:(?:lui|leur|nous) )?(?:(?:a|ont|avait|avaient|aura) ete|fut|furent|est|sont|sera|seront)(?: \w+ment| aussi| enfin)? (?:attribu|decern)ee?s?(?!\w)"
    r"|,? (?:lui|leur|nous) (?:fu(?:t|rent)|a ete|est|sera) (?:\w+ )?remis"
    r"|, (?:remise?s?|decernee?s?|attribuee?s?)(?: \S+){0,3}? (?:par|depuis|chaque|tous)(?!\w)"
)
_ONE_NAME = re.compile(r"(?<![\w'-])(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{4,})$")
_NAME_BEFORE = re.compile(
    rf"{_BEGINS}(?P<name>{NAME_WORD}(?:\s+(?:de\s+la\s+|de\s+l'|des\s+|du\s+|de\s+|d'|et\s+|à\s+la\s+)[\w'-]+(?:\s{NAME_WORD}|\s[a-zà-ÿ]{{4,}})?){{1,3}})$"
)
# what an article stands before: "l'Équerre Martin-Nadaud", "la Plume limousine"
_ARTICLED = re.compile(
    rf"(?:(?<![\w'-])[ldLD]'|(?<!\w)(?:[LlSs]a|[Ll]es?|[Dd]u|[Ss]on) )(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-ÿ]{{2,}}(?:\s{NAME_WORD}|\s[a-zà-ÿ]{{4,}}){{1,2}})$"
)


@cache
def _laureate_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{forms()['laureate_of']}) (?:(?:19|20)\d\d )?(?:aux|des|du|de la|de l'|au|a la|pour les|pour le|de (?:ses|son|leurs|nos)|de(?= ?\")) ?(?=\"?\w)"
    )
