"""Whether a weekday comes back every week or is one day: "le mardi", "mardi : 9 h-12 h", "samedi et dimanche"."""

from __future__ import annotations

import re

from pipeline.dates.left import text_before
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention
from pipeline.dates.weekdays import named_lately

_CLOCK_AFTER = re.compile(
    r"(?: (?:matin|soir|apres-midi))? ?[:,(-]? ?(?:de )?\d{1,2} ?(?:h|heures|:\d\d) ?(?:\d\d)? ?(?:-|a|et|/) ?\d|(?: matin| soir)? ?: ferme"
)
_ARTICLE = re.compile(r"\b(?:le|les|du|des|au)$|\b(?:le|les|du) $")


def weekday(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    before = text_before(folded, mention.start, 12)
    if "deixis" in mention.found or "this" in mention.found:
        return True
    if re.search(r"\b(?:un|une|chaque|d'un|quel) $", before):
        return False
    number = lexicon().weekdays[mention.found["weekday"]]
    if re.search(r"\b(?:notre|votre|leur) $", before):  # "notre lundi matin", that of the market
        mention.means = "often"
        mention.found["what"] = mention.found["weekday"]
        return True
    if re.search(
        r"(?:^|\W)(?:chaque|tous les) \w+ (?:et|ou|,) (?:le )?$", text_before(folded, mention.start)
    ):
        mention.means = "often"
        mention.found["what"] = mention.found["weekday"]
        return True
    if _on_rounds(context.view.folded, mention):
        mention.means = "often"
        mention.found["what"] = mention.found["weekday"]
        return True
    # "le samedi", "du samedi matin", "lundi : 13 h 30 - 18 h": what comes back every week
    habit = re.search(r"(?:^|\W)(?:le|les|du) $", before) and (not joined or _through_weeks(context))
    if habit and named_lately(number, context, mention.start):
        return True
    if not habit and context.occasion and _within(number, context.occasion):
        return True  # "Samedi de 8 h à 13 h : marché" in the programme of a festival
    if opens_line(folded, mention.start) and _ROW.match(folded, mention.end):
        mention.means = "often"
        mention.found["what"] = mention.found["weekday"]
        return True
    if habit and context.occasion and _SETS_UP.search(context.view.folded, *_clause(context, mention.start)):
        mention.means = "weekday_beside"
        return True
    if (habit and not left) or (
        _CLOCK_AFTER.match(folded, mention.end)
        and (opens_line(folded, mention.start) or _in_hours(folded, mention.start))
    ):
        mention.means = "often"
        mention.found["what"] = mention.found["weekday"]
    return True


def _in_hours(folded: str, start: int) -> bool:
    """ "Horaires : mardi : 9 h-12 h ; jeudi : 14 h-18 h" on one line."""
    line = folded[max(folded.rfind("\n", 0, start) + 1, start - 120) : start]
    return re.search(r"\b(?:horaires?|ouverture|permanences?|accueil)\b[^.]*[:;,] ?$", line) is not None


#: a heading above weekdays that come back: "Les jours de passage", "SEMAINES PAIRES"
_ROUNDS = re.compile(
    r"\b(?:semaines? (?:im)?paires?|jours? (?:de|d'|et)\b|horaires?|permanences?|tournees?|collectes?|passages?|ouvertures?|planning|chaque semaine|calendrier hebdomadaire)"
)
_DATED = re.compile(
    r"\d{1,2}(?:er)? (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)|\d/\d|\bdu \d"
)
_NAMES = re.compile("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche")
_ENTRY = re.compile(
    r"[ *•·>-]*(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)"
)
#: how many lines above a weekday its heading may stand
_LINES_UP = 8
#: what is done on the days around a festival
_SETS_UP = re.compile(
    r"\b(?:montage|monter(?:ons|ez|a|ont)?|demontage|demonter|demonte|installer|installation|ranger|rangement|nettoy\w+|prepar\w+|decharger|remise en etat)\b"
)


def _on_rounds(folded: str, mention: Mention) -> bool:
    """ "- mardi : Lure, Héricourt" in a list of weekdays whose heading says that they come back."""
    start = folded.rfind("\n", 0, mention.start) + 1
    if folded[start : mention.start].strip(" -*•·>") or not re.match(
        r"(?: (?:matin|soir|apres-midi))? ?[:,–—(-]", folded[mention.end : mention.end + 16]
    ):
        return False
    for _ in range(_LINES_UP):
        end = start - 1
        if end <= 0:
            return False
        start = max(folded.rfind("\n", 0, end) + 1, end - 200)
        line = folded[start:end]
        if line.strip() and not _ENTRY.match(line):
            return _ROUNDS.search(line) is not None and _DATED.search(line) is None
    return False


#: hours of a night: it begins after the one and ends before the other
_EVENING, _MORNING = 19, 9
#: what is so every night, whatever day the sentence names: "par arrêté du 3 mai, interdit de 22 h à 6 h"
_EVERY_NIGHT = re.compile(
    r"\b(?:de nuit|couvre-feu|interdi\w+|eteint\w*|extinction|coupe\w*|n'accueill\w+|fermee?s?|fermeture)\b"
)


def overnight(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "de 22 heures à 6 heures" of every night, in a sentence that names no day."""
    before = text_before(context.view.folded, mention.start)
    told = context.anchor is not None and context.view.sentence_index(
        context.anchor.start
    ) == context.view.sentence_index(mention.start)
    period = context.anchor.days if told and context.anchor else None
    if period and period[0] != period[1]:
        return False  # hours of the days that the sentence bounds
    return (
        re.search(r"\b(?:de|entre) $", before) is not None
        and int(mention.found["from"]) >= _EVENING
        and int(mention.found["to"]) <= _MORNING
        and (
            not told
            or _EVERY_NIGHT.search(context.view.folded, *context.view.sentence_at(mention.start)) is not None
        )
    )


def _through_weeks(context: Context) -> bool:
    """Whether the date before is a period in which a weekday comes back ("du 3 au 28 juin, le lundi")."""
    days = context.anchor.days if context.anchor else None
    return days is not None and (days[1] - days[0]).days >= 7


def _clause(context: Context, start: int) -> tuple[int, int]:
    """The words before a form that its verb may stand among."""
    return max(context.view.sentence_at(start)[0], start - 60), start


def _within(weekday: int, occasion: Reading) -> bool:
    """Whether a period of four days at most has that weekday."""
    if occasion.days is None or (occasion.days[1] - occasion.days[0]).days > 3:
        return False
    first, last = occasion.days
    return (weekday - first.weekday()) % 7 <= (last - first).days


def opens_line(folded: str, start: int) -> bool:
    """Whether only a bullet stands before the form on its line."""
    line = folded[max(0, start - 8) : start]
    return not line[line.rfind("\n") + 1 :].strip(" -*•·>|")


#: "(sauf samedi, dimanche et jours fériés)"
_EXCEPTED = re.compile(r"\b(?:sauf|hors|hormis|excepte) (?:les? )?$")
#: "Lundi | 8h30-12h", a row of a table of opening hours
_ROW = re.compile(r" ?[|\t] ?(?:de )?(?:\d{1,2} ?(?:h|:\d\d)[^|\n]*(?:-|a|\u2013)|ferme)")


def weekday_list(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    before = text_before(folded, mention.start, 12)
    days = [lexicon().weekdays[name] for name in _NAMES.findall(folded, mention.start, mention.end)]
    if _EXCEPTED.search(text_before(folded, mention.start)):
        return True
    festive = context.occasion is not None and all(_within(day, context.occasion) for day in days)
    # "à l'accueil (mardi et jeudi)": opening days, unless a festival has them
    if before.endswith("(") and folded.startswith(")", mention.end) and not festive:
        return True
    if _on_rounds(folded, mention):
        return True
    if not (_ARTICLE.search(before.rstrip() + " ") or _CLOCK_AFTER.match(folded, mention.end)):
        mention.means = "weekdays_ahead"
    return True


def weekday_range(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    before = text_before(context.view.folded, mention.start)
    return (
        not before.strip()
        or bool(re.search(r"\b(?:du|de|d'|ouverte?s?) ?$|[:(,;|-] ?$", before))
        or opens_line(context.view.folded, mention.start)
    )
