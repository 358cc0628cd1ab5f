"""What links two forms to one date or period, and what compares a date from behind it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Context, Reading
from pipeline.dates.scan import Mention, either

TO = re.compile(
    r"[ \n]{1,2}(?:au|a|a la|a l'|jusqu'au|jusqu'a|jusqu'a la|jusqu'en|jusqu'a l')[ \n]{1,2}(?:le |la |l')?$|[ ]?-[ ]?$"
)
AND = re.compile(r"[ \n]{1,2}et[ \n]{1,2}(?:le |la |l')?$")
NEXT_MONTH = re.compile(r"[ \n]{1,2}et[ \n]{1,2}$|[ ]?[&/][ ]?$")
#: what compares a date or a length of time from behind it
LATEST = re.compile(r"[ \n]{1,2}au plus (?:(?P<late>tard)|tot)\b")
AT_MOST = re.compile(
    r"[ \n]{1,2}(?:(?:au )?(?P<most>maximum|max\b)|(?:au )?(?P<least>minimum)|(?P<few>au plus)|(?P<some>au moins)|(?P<about>environ))\b"
    r"(?! (?:tard|tot)\b)"
)
#: how far ahead a bare day looks for the month that it shares
AHEAD = 6
LIST = re.compile(r"(?:, ?(?:et |puis )?| et | puis | ou | / |/|-| a | au )(?:le |la |les |l'|en |d')?$")
# "| avril à septembre", "(mai à juin)": months in a table or in brackets need no "de"
OPEN_CELL = re.compile(r"[|:(,\n] ?$")
OF = re.compile(r"[ \n]{1,2}(?:de la |de l'|de |du |des |d')?$")
#: what was so for a while: "a duré jusqu'à lundi", "était ouvert jusqu'au 3 mai"
LASTED = re.compile(
    r"\b(?:a dure|ont dure|est restee?|sont restee?s|etait|etaient|avait|avaient|fut|furent|a vecu|a siege|a exerce|a dirige|a occupe"
    r"|[a-z]{3,}(?<!r)ai(?:t|ent)|a travaille|a ete maire|a attendu|ont attendu|s'est prolongee?)\b[^.;]*$"
)


def first_number(mention: Mention) -> int:
    """The first number of a list of days; 1 for "premier"."""
    digits = re.search(r"\d+", mention.found.get("list", ""))
    return int(digits[0]) if digits else 1


def month_ahead(
    mention: Mention, mentions: list[Mention], following: int, context: Context
) -> tuple[int | None, int] | None:
    """Year (if told) and month of "le 5 à Dole, le 12 à Gray et le 26 juillet" for the days before it.

    Parameters
    ----------
    following : where in `mentions` the forms after this one begin.
    """
    if mention.means != "bare_days":
        return None
    view, anchor = context.view, context.anchor
    sentence = view.sentence_index(mention.start)
    told = anchor is not None and anchor.unit == "D" and view.sentence_index(anchor.start) == sentence
    if told and context.lent_month and not context.of_month_ahead:
        return None
    number = first_number(mention)
    for other in mentions[following : following + AHEAD]:
        if other.means not in ("bare_days", "days") or other.start - mention.end > 240:
            return None
        if view.sentence_index(other.start) != sentence or first_number(other) <= number:
            return None
        if "month" in other.found:
            year = other.found.get("fullyear")
            month = lexicon().months[other.found["month"].rstrip(".")]
            return (int(year) if year else None, month)
        number = first_number(other)
    return None


def consecutive(first: Mention, second: Mention) -> bool:
    """Whether two months without a year or "prochain" between them follow each other."""
    if (
        first.means != "month"
        or second.means != "month"
        or {"year", "deixis", "monthnumber"} & {*first.found}
    ):
        return False
    if {"deixis", "monthnumber"} & {*second.found}:
        return False
    months = lexicon().months
    return months[second.found["monthfull"]] == months[first.found["monthfull"]] % 12 + 1


def between_ends(ends: list[Reading]) -> list[Reading]:
    """ "entre le 3 et le 7 novembre": two listed days are the ends of one range."""
    first, last = ends
    if not (first.days and last.days and first.days[0] <= last.days[1]):
        return ends
    first.days, first.end = (first.days[0], last.days[1]), last.end
    first.value = f"{first.value}/{last.value}"
    return [first]


def year_for_first(first: Mention, second: Mention) -> int | None:
    """The year that the end of a range lends to its beginning, one less when it lies across New Year."""
    written = second.found.get("fullyear") or second.found.get("year")
    if written is None and first.means == second.means == "digits":
        written = second.found.get("shortyear")
        written = written if written and len(written) == 4 else f"20{written}" if written else None
    if written is None or any(name in first.found for name in ("fullyear", "year", "shortyear")):
        return None
    months = lexicon().months
    one, two = (found.found.get("month") or found.found.get("monthfull") for found in (first, second))
    across = bool(one and two and months[one.rstrip(".")] > months[two.rstrip(".")])
    if one is None and two is None and "monthnumber" in first.found and "monthnumber" in second.found:
        across = int(first.found["monthnumber"]) > int(second.found["monthnumber"])
    return int(written) - across


def first_year(mentions: list[Mention]) -> int | None:
    """The first year that a day or month of the text names, for a text whose day is not known."""
    for mention in mentions:
        for name in ("fullyear", "year", "shortyear"):
            written = mention.found.get(name, "")
            if mention.means in ("days", "digits", "month") and len(written) == 4:
                return int(written)
    return None


@cache
def measures() -> re.Pattern[str]:
    """The words that compare a length of time and stand right before it."""
    return re.compile(rf"(?<![\w-])(?:{either([*lexicon().measures, 'sous'])}) ?(?:les )?$")
