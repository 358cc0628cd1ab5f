"""Whether a form that was found is a date where it stands: the words on either side decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.dates import recurring
from pipeline.dates.left import text_before
from pipeline.dates.lengths import lasts, lasts_hours, lasts_sittings
from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context
from pipeline.dates.recurring import opens_line
from pipeline.dates.scan import Mention, either

_WORD_AFTER = re.compile(r"[ \n]{1,2}([a-z]+)")
_LAST_WORD = re.compile(r"([a-z]+)[ .'°]{0,2}$")
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:en|d'|de|mois de|mois d'|courant|vers|fin|debut|pour|ce|des|depuis|entre|(?:fixe|reporte|prevu|repousse|avance|remis)e?s? a) ?|\bmi[- ])$"
)
_JOINED = re.compile(r"(?:\b(?:et|ou|a|au|puis) |, |- ?|/ ?)$")
_SEASON_BEFORE = re.compile(
    r"(?:\b(?:a l'|de l'|des l'|pour l'|l'|cet |ce |au |du |le |cette )|\bd'ici (?:a )?l')$"
)
_FEAST_BEFORE = re.compile(
    r"\b(?:a|avant|apres|depuis|jusqu'a|des|pour|entre|d'ici|d'ici a|lors de|lors du|lors des|pendant|durant|"
    r"a l'occasion de|a l'occasion du|a l'occasion des|week-end de|veille de|jour de|periode de|soir de|matin de|nuit de|messes? de|lendemain de)"
    r" ?(?:le |la |les |l')?$|\bapproche de (?:la |l')?$"
)

_DIALLED = re.compile(
    r"\b(?:compos\w+|appel\w+|faites|faire|joindre|contact\w+|samu|pompiers) (?:directement )?(?:le |au )$"
)


#: "le conseil du 5 a voté", "le concert du 14 est annulé"
_MEETING_OF = re.compile(
    r"\b(?:conseil(?: (?:municipal|communautaire|departemental|regional))?|reunion|seance|concert|spectacle|bal|repas|loto|match|atelier|marche|commission|scrutin|ceremonie|vote|permanence|collecte) du $"
)


def free_after(folded: str, end: int) -> bool:
    """Whether no counted noun follows a number: punctuation, or a word that begins something else."""
    match = _WORD_AFTER.match(folded, end)
    return match is None or match[1] in lexicon().follow


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"\b{either(lexicon().quantity_heads)} ?$")


def _year(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded, start, end = context.view.folded, mention.start, mention.end
    before = text_before(folded, start)
    if before and (
        (before[-1] in "-_+/.@&=" and not before.endswith((" - ", "- ")))
        or re.search(r"\d[ .,]\Z", folded[max(0, start - 2) : start])
    ):
        return False
    if _heads().search(before):
        return False
    last = _LAST_WORD.search(before)
    word = last[1] if last else ""
    if word in lexicon().number_heads:
        return False
    if re.match(
        r" ?(?:€|%|euros?\b|m2|m²|km|ha\b|habitants?\b|personnes\b)",
        folded[end : end + 12].replace("\n", " "),
    ):
        return False
    year = int(mention.found["year"])
    if word in lexicon().year_heads or (word == "en" and year >= 1400):
        return True
    if year < 1850 and not (
        left or joined or word in ("de", "depuis", "vers", "des", "entre") or before.endswith(("(", "( "))
    ):
        return False
    after = _WORD_AFTER.match(folded, end)
    if after is None or after[1] in lexicon().follow:
        return True
    if context.view.text[after.start(1)].isupper():
        return True
    counted = after[1].endswith(("s", "x", "ux")) or len(after[1]) <= 2
    return not counted and (left or word in ("de", "d", "du", "et") or year >= 1950)


def _month(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    if "year" in mention.found or "deixis" in mention.found or left:
        return True
    before = text_before(context.view.folded, mention.start)
    if _MONTH_BEFORE.search(before):
        return True
    if joined and (not before.strip() or re.search(r"[|:(,] ?$", before)):
        return True  # "| avril à septembre"
    if _JOINED.search(before):
        return joined
    line_start = opens_line(context.view.folded, mention.start)
    behind = context.view.folded[mention.end : mention.end + 2].strip(" ")[:1]
    if line_start and behind in (":", ".", "|", "\n", ""):
        return True
    # "Phase 3 (juin)", "Tri des dossiers : mai", a cell of a table
    return (before.endswith("(") and behind == ")") or (
        before.endswith((": ", "| ")) and behind in ("|", "\n", "")
    )


def _season(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    lowered, folded = context.lowered, context.view.folded
    if mention.found["season"] == "ete":
        written = context.view.text[mention.start : mention.start + 3]
        if lowered[mention.start : mention.start + 3] != "été" and not written.isupper():
            return False
    before = text_before(folded, mention.start)
    if re.search(r"\b(?:a|ont|ai|as|avons|avez|avait|avaient|ayant|pas|deja|aussi|jamais) $", before):
        return False
    if "year" in mention.found or "deixis" in mention.found or left:
        return True
    if re.match(
        r" (?:des|du|de la|de l'|indien|austral|culturel|musical|à) ?",
        lowered[mention.end : mention.end + 10],
    ):
        return False
    return bool(_SEASON_BEFORE.search(before))


def _holiday(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    name = mention.found["holiday"]
    if (
        "year" in mention.found
        or left
        or name.split()[0] in lexicon().weekdays
        or name.startswith(("week", "pont", "jour", "mardi"))
    ):
        return True
    # a heading: "TOUSSAINT : accès aux cimetières"
    if opens_line(context.view.folded, mention.start) and re.match(
        r" ?(?::|\n|$)", context.view.folded[mention.end : mention.end + 2]
    ):
        return True
    # "la messe à Saint-Nicolas" is said in a church, "à la Saint-Nicolas" on a day
    if name.startswith("saint-") and not context.view.folded.endswith(("la ", "la\n"), 0, mention.start):
        return False
    # "Toussaint Louverture", a first name
    if re.match(r" [A-Z]", context.view.text[mention.end : mention.end + 2]):
        return False
    return bool(_FEAST_BEFORE.search(text_before(context.view.folded, mention.start)))


_BULLET = re.compile(r"[ *•·>-]*(?:les? |du )?$")
_ENTRY_OF_LIST = re.compile(r" ?(?::|-|\u2013|\|)[ \n]")


def _under_month(mention: Mention, context: Context) -> bool:
    """ "- 14 : vide-greniers" under a line that holds a month and nothing else."""
    folded, heading = context.view.folded, context.heading
    line = folded.rfind("\n", 0, mention.start) + 1
    return (
        heading is not None
        and context.lent_month == heading
        and mention.start - line < 8
        and _BULLET.fullmatch(folded, line, mention.start) is not None
        and _ENTRY_OF_LIST.match(folded, mention.end) is not None
    )


def _bare_days(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    before = text_before(folded, mention.start)
    if not free_after(folded, mention.end):
        return False
    if _DIALLED.search(before):
        return False
    if mention.found["list"].strip() == "1":
        return False  # the first of a month is written "1er"; "obtient le 1" is a level
    if _under_month(mention, context):
        return True
    several = not mention.found["list"].strip().replace("er", "").isdigit()
    if several:
        return bool(re.search(r"\b(?:du|les|des|entre le|nuit du) $", before))
    if (joined and not (context.anchor and context.anchor.unit != "D")) or (left and context.published):
        return True
    if context.month_ahead and before.endswith((" le ", " les ", " au ")):
        return True
    if _MEETING_OF.search(before) and context.published:
        return True
    if not re.search(r"(?:^|\W)(?:le|au|du|jusqu'au|les) $", before) or (
        context.lent_month is None and context.published is None
    ):
        return False
    following = folded[mention.end : mention.end + 14].replace("\n", " ")
    return bool(
        re.match(
            r"(?: ?[.;)!?]|, (?!\d)| ?$| a \d| au soir| prochain| (?:et|puis|ou|au|pour|a partir) )",
            following,
        )
    )


def _digits(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    before = text_before(context.view.folded, mention.start)
    if before and (
        (before[-1] in "-/.,_" and not before.endswith((" - ", "- ", ", "))) or before[-1].isdigit()
    ):
        return False
    if "shortyear" in mention.found or "weekdayany" in mention.found:
        mark = mention.found.get("mark")
        # "3.9.24" may be a version or a section number: dots and two digits want a word before
        if mark in (".", "-") and len(mention.found["shortyear"]) == 2 and "weekdayany" not in mention.found:
            return left or bool(re.search(r"(?:\b(?:le|du|au|des|les|date|date :) ?|[(:] ?)$", before))
        return True
    if before.endswith("|") or before.endswith("| "):
        return context.view.folded[mention.end : mention.end + 2].strip() == "|"  # a cell of a table
    return left or bool(re.search(r"(?:\b(?:le|du|au|les|et le|des) |\()$", before))


#: what happens on one day: "la réunion d'hier", "à la date d'hier"
_EVENT_OF = re.compile(
    r"\b(?:a partir|a compter|date|journee|soiree|matinee|nuit|reunion|seance|conseil(?: municipal| communautaire)?|vote|tempete|orages?"
    r"|manifestation|match|finale|ceremonie|incendie|intemperies|inondations?|incident|accident|coupure|panne|edition|concert"
    r"|rencontre|visite|inauguration|marche|scrutin|audience|rassemblement|annonce) (?:de |d')$"
)


def _day_word(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    before = text_before(context.view.folded, mention.start)
    if mention.found["dayword"] == "ce jour" and re.search(r"\ba $", before):
        return False
    # "la ville de demain", "les métiers d'hier", but "le journal de ce jour"
    if mention.found["dayword"] == "ce jour":
        return True
    if re.search(r"(?:\bd'|\bde )$", before):
        return left or bool(_EVENT_OF.search(before))
    return True


_EVE_OF_EVENT = re.compile(
    r" (?:du|des|de la|de l') ?(?![0-9]|noel|toussaint|paques|ascension|pentecote)[a-z]"
)


def _next_day(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    if not re.search(r"(?:\b(?:la|le|des le|au|du) |\bl')$", text_before(folded, mention.start)):
        return False
    if _EVE_OF_EVENT.match(folded, mention.end) and text_before(folded, mention.start).endswith(" a la "):
        return False  # "à la veille du Grand Prix"
    after = _WORD_AFTER.match(folded, mention.end)
    return after is None or after[1] in lexicon().follow or after[1] in ("soir", "matin")


_ONLY = re.compile(
    r"\b(?:jamais|toujours|uniquement|seulement|libres?|disponibles?|fermee?s?|ouverte?s?|presente?s?|absente?s?|sauf|meme|gratuite?s?|payante?s?|hors|que) le $"
)


def _part_of_days(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "le soir", "le week-end" of every day or week, or the week-end of a festival."""
    folded = context.view.folded
    before = text_before(folded, mention.start)
    days = context.occasion.days if context.occasion and "part" not in mention.found else None
    through = re.search(r"\b(?:tout|durant|pendant|au cours) (?:le |du )$", before)
    if days and through and days[1].weekday() >= 5:
        mention.means = "week_end_of"
        return True
    if _ONLY.search(before):
        return True
    return before.endswith(" le ") and bool(
        re.match(r" (?:uniquement|seulement)\b", folded[mention.end : mention.end + 14])
    )


def _of_that_day(mention: Mention, context: Context) -> bool:
    """Whether "dans la soirée" is told of the publication day: what comes or came on it, in a sentence without a day."""
    if context.published is None or context.tense(mention.start, mention.end) == "past":
        return False
    view, anchor = context.view, context.anchor
    told = anchor is not None and view.sentence_index(anchor.start) == view.sentence_index(mention.start)
    days = anchor.days if anchor else None
    return not told and (days is None or days[0] == context.published)


def _part_today(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "depuis l'aube", "avant la nuit", but not "à l'aube du XXe siècle", "depuis la nuit des temps"."""
    if re.match(
        r" (?:de|d'[a-z]+) (?:1[4-9]|20)\d\d\b| ou ", context.lowered[mention.end : mention.end + 18]
    ):
        return False  # "ce matin de 1988", "ce soir d'août 1944"
    if mention.found.get("in"):
        return not joined and _of_that_day(mention, context)
    if mention.found["part"] not in ("aube", "nuit") or mention.found.get("this"):
        return True
    folded = context.view.folded
    near = text_before(folded, mention.start).endswith((" l'", " la "))
    return left and near and re.match(r" d(?:e|es|u|') ?|-", folded[mention.end : mention.end + 4]) is None


_YEARLY = re.compile(
    r"\b(?:chaque annee|tous les ans|toutes les annees|chaque ete|chaque automne)\b[^.;:()]{0,24}\ble $"
)


def _nth(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "chaque année, le deuxième dimanche de juin" comes back."""
    before = text_before(context.view.folded, mention.start, 60)
    if "year" not in mention.found and mention.found["unit"] in lexicon().weekdays and _YEARLY.search(before):
        mention.means = "often"
        mention.found["what"] = mention.found["unit"]
    return True


_PRICED = re.compile(
    r"(?:€|\beuros?)(?: ttc| ht)?(?: par (?:personne|foyer|enfant|famille|adulte))? (?:l'|la |le )$"
)


def _each(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """ "10 € l'année": the time that a price pays."""
    return _PRICED.search(text_before(context.view.folded, mention.start)) is not None


def _week_number(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:en|des la|jusqu'en|depuis la) |\()$", text_before(context.view.folded, mention.start)
        )
    )


def _vague(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    folded = context.view.folded
    before = text_before(folded, mention.start)
    words = folded[mention.start : mention.end].replace("\n", " ")
    if words.startswith("rentree"):
        return bool(re.search(r"(?:\b(?:la|cette|prochaine|derniere) )$", before)) and not re.match(
            r" (?:d[eu] |d'|20)", folded[mention.end : mention.end + 6]
        )
    if words == "fetes":
        return bool(
            re.search(
                r"\b(?:pendant|pour|avant|apres|durant|depuis|periode des|approche des) ?(?:les )?$", before
            )
        )
    if words in ("vacances", "grandes vacances", "petites vacances"):
        return bool(re.search(r"\b(?:pendant|durant|avant|apres) les $", before))
    return True


_GUARDS: dict[str, Callable[[Mention, Context, bool, bool], bool]] = {
    "year": _year,
    "years": _year,
    "month": _month,
    "season": _season,
    "weekday": recurring.weekday,
    "weekday_list": recurring.weekday_list,
    "weekday_range": recurring.weekday_range,
    "holiday": _holiday,
    "duration": lasts,
    "bare_days": _bare_days,
    "digits": _digits,
    "day_word": _day_word,
    "next_day": _next_day,
    "vague": _vague,
    "part_of_days": _part_of_days,
    "part_today": _part_today,
    "length": lasts_hours,
    "sittings": lasts_sittings,
    "overnight": recurring.overnight,
    "each": _each,
    "week_number": _week_number,
    "nth": _nth,
}


def is_date(mention: Mention, context: Context, left: bool, joined: bool) -> bool:
    """Whether the form is temporal here; may turn a weekday into what comes back every week.

    Parameters
    ----------
    left : whether a word that parts or compares a date stands before ("fin", "depuis").
    joined : whether the form goes on a list or range of dates that stands just before.
    """
    guard = _GUARDS.get(mention.means)
    return guard is None or guard(mention, context, left, joined)
