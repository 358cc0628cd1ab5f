"""Awards that the catalogue does not know, found by what heads their name: "Prix …", "Trophées …", "label …"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.awards.catalogue import words
from pipeline.awards.forms import forms
from pipeline.awards.mention import AwardMention
from pipeline.awards.names import clean, edition_behind
from pipeline.naming import LINKS, NAME_WORD, name_end
from pipeline.text import View

_SUPERLATIVE = re.compile(r"\s+(?:de la|du|des)\s+(?:meilleur|plus)")
_LETTER_LOWER = re.compile(r"[a-zà-öø-ÿœ]")


@cache
def not_behind() -> re.Pattern[str]:
    """What makes a head another thing: "prix de l'eau", "prix libre"; over the evened text."""
    return re.compile(forms()["not_behind"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = forms()
    heads = "|".join(sorted(map(re.escape, data["heads"]), key=len, reverse=True))
    lower = "|".join(sorted(map(re.escape, data["lower_heads"]), key=len, reverse=True))
    adjectives = "|".join(sorted(data["adjectives"], key=len, reverse=True))
    head = re.compile(
        rf"(?<![\w-])(?P<head>(?:{heads}|{lower}|{heads.upper()}))(?P<adjective>(?:\s+(?:{adjectives}|{data['adjective_shapes']}))*)(?=\s|\s*\")"
    )
    labelled = re.compile(
        rf"(?<!\w)(?:labell?isée?s?|certifiée?s?|homologuée?s?|titre (?:de|d')|mention|appellation|marque)\s*(?:\"(?P<quoted>[^\"\n]{{3,80}})\"|(?P<name>{NAME_WORD}(?:\s+(?:{LINKS})*{NAME_WORD}){{0,6}}))"
    )
    return head, labelled, re.compile(data["not_before"])


def headed(view: View, known: Sequence[AwardMention]) -> list[AwardMention]:
    """Names behind their head; `known` are the awards found before.  Offsets point into `view.text`."""
    head_pattern, labelled_pattern, not_before = _patterns()
    text = view.text
    found: list[AwardMention] = []
    for match in head_pattern.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if not_behind().match(text, match.end()) and not match["adjective"]:
            continue
        lower = match["head"][:1].islower()
        if _NUMBERED.search(text, max(0, match.start() - 6), match.start()) and _CAPITAL.match(
            text, match.end()
        ):
            continue  # "1er Prix Régine Prat ; 2e Prix Jean Monge": who has won it
        if lower and _ORDINAL_PRIZE.search(text, max(0, match.start() - 12), match.start()):
            if _GRAND_OF.match(text, match.end()):
                continue  # "le premier prix des Trophées de l'eau": a level of that contest
            if whose := _whose_prize(view, match.end()):
                found.append(whose)
                continue
        if (
            lower
            and (left := not_before.search(text, max(0, match.start() - 20), match.start()))
            and (match["head"] in _PRICES or left[0].strip() == "avec le")
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
        if match[0].startswith("mention") and (known or found):
            continue  # "le Prix X, mention « Y »": Y is the category
        found.append(
            AwardMention(
                start, end, None, clean(name), edition=edition_behind(view, end), rule="labellisé + nom"
            )
        )
    return found


_CAPITAL = re.compile(r"\s+\"?[A-ZÀ-ÖØ-Þ]")
_PRICES = ("prix", "titre", "label")  # of the heads, those that say something else behind "au", "à", "sans"
# "désignée en 2021 « Ville la plus accueillante »": a title that is an award
_TITLED = re.compile(
    r"(?<!\w)(?:devenir|devient|deviennent|deviendra|devenue?s?|désignée?s?|sacrée?s?|élue?s?|proclamée?s?|distinguée?s?|nommée?s?)(?: (?:en )?(?:19|20)\d\d| comme)?\s*\"(?P<quoted>(?:[^\"\n]{0,30}(?i:ville|village|commune|capitale|territoire|meilleur|plus bea|label|destination|marché|site))[^\"\n]{0,60})\"(?P<name>(?!))?"
)
_ORDINAL_PRIZE = re.compile(r"(?:premier|second|deuxième|troisième|\d(?:er|e|ème)) $")
_NUMBERED = re.compile(r"(?<!\w)\d{1,2}(?:er|e|ème) $")
_PRIZE_OF = re.compile(r"\s+(?:du|des|de la) (?=[A-ZÀ-ÖØ-Þ])")
# heads behind which the name's first words may be small: "grand prix des maires RMC"
_CONTESTS = ("grand prix", "grands prix", "trophée", "trophées", "concours", "challenge")
_NAME_WITH_ARTICLE = re.compile(r"(?:Les?|La|L'|Une?|Mon|Ma|Mes|Notre|Nos) ?[A-ZÀ-ÖØ-Þa-zà-ÿ]")
_FIRST_PRIZES = ("grand prix", "grands prix")
_GRAND_OF = re.compile(
    r"\s+(?:du|des|de la|de l'|aux)\s*(?=(?:Palmarès|Concours|Trophées?|Prix|Victoires|Rubans|Challenge|palmarès|concours|trophées?)\s)"
)
_ONLY_A_NAME = re.compile(
    r"pour l'année\W*|(?:de |d'|du |de la |pour (?:la |le |l'|les )?)[A-ZÀ-ÖØ-Þ][\w'-]+"
)


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
        # what is quoted is the whole name: in 58 of 64 names of train and passages behind such a head
        name = quoted[1]
        end = quoted.end()
        if not _LETTER_LOWER.search(quoted[1].lower()):
            return None
        return AwardMention(
            match.start(),
            end,
            None,
            clean(name),
            edition=edition_behind(view, end),
            rule=f"{head} « »",
            small=head.startswith("prix"),
        )
    year = re.compile(r"\s+((?:19|20)\d\d)(?=\s)").match(text, position)
    if year:
        edition = int(year[1])
        position = year.end()
    end, capitals = name_end(
        text,
        position,
        lower and not adjective and not _SUPERLATIVE.match(text, position),
        begins_low=head.lower() in _CONTESTS,
    )
    tail = text[position:end].strip()
    superlative = tail.startswith(("de la meilleur", "du meilleur", "des meilleur", "de la plus", "du plus"))
    if head.lower() in ("classement", "titre", "palmarès") and _ONLY_A_NAME.fullmatch(tail):
        return None  # "le classement de Salers parmi les Plus Beaux Villages"
    if not tail or (lower and not adjective and not capitals and not superlative):
        return None
    if lower and (
        tail.startswith(("à ", "au ", "aux ", "et ")) or not re.search(r"[A-ZÀ-ÖØ-Þ]|[a-z]{3}", tail)
    ):
        return None  # "se sont vu remettre leur trophée à Paris"
    if _NAME_WITH_ARTICLE.match(tail):
        name = tail  # "concours Les Maîtres de la choucroute"
    elif head.lower() in ("label", "titre", "certification") and lower:
        name = re.sub(r"^(?:de la |de l'|du |des |de |d')", "", tail)
    else:
        name = f"{head}{adjective} {tail}"
        name = name[0].upper() + name[1:]
    if len(words(name)) < 2:
        return None
    return AwardMention(
        match.start(),
        end,
        None,
        clean(name),
        edition=edition or edition_behind(view, end),
        rule=f"{head} + nom",
        small=head.startswith("prix"),
    )


def _whose_prize(view: View, position: int) -> AwardMention | None:
    """The award whose first or second prize is told: "le 2e prix des Ailes de l'ESS"."""
    link = _PRIZE_OF.match(view.text, position)
    if link is None:
        return None
    start = link.end()
    end, _ = name_end(view.text, start - 1, True)  # from the article's space on
    name = clean(view.text[start:end])
    if len(words(name)) < 2 or words(name)[0] in forms()["no_award_names"]:
        return None
    return AwardMention(
        start, end, None, name, edition=edition_behind(view, end), rule="premier prix de + nom"
    )
