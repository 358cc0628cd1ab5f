"""The publication day that a text states of itself, or that a file name tells."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import PurePath

from pipeline.dates.almanac import make_day
from pipeline.dates.lexicon import lexicon
from pipeline.dates.scan import blanks, either
from pipeline.text import View

#: Lines at the top and at the end in which a dateline may stand.
_TOP_LINES, _END_LINES = 12, 8
_LONGEST_LINE = 160


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon()
    weekday, month = either(words.weekdays), either(words.months)
    day = (
        rf"(?P<whole>(?:{weekday}\.?,? )?(?:(?P<day>1~er|premier|\d{{1,2}}) (?P<month>{month})\.?,? (?P<year>[12]\d{{3}})"
        r"|(?P<day2>\d{1,2})(?P<mark>[/.-])(?P<number>\d{1,2})(?P=mark)(?P<year2>\d{4}|\d\d)"
        r"|(?P<year3>[12]\d{3})-(?P<number3>\d\d)-(?P<day3>\d\d)))(?!\d|[/.-]\d)"
    )
    stated = (
        r"(?:publiee?s?|mis(?:e)? en ligne|postee?|diffusee?s?|paru(?:e)?|redigee?|actualise|fait a [a-z' -]{2,40},?)~(?: le|:|,)?~:? ?(?:le )?"
        r"|(?:communique|cp|dossier|note|information|info|annonce|point|bulletin|lettre|motion|avis|message)s?"
        r"(?: de presse| aux medias| aux redactions| presse| de situation| d'information| d'etape| d'alerte| de crise| meteo)?"
        r"(?: n[°o]~[\w/-]{1,12})?(?: de la (?:ville|commune|mairie)(?: d[e'] ?[a-z' -]{2,40})?)?~[,:-]? ?(?:du |le )?"
        r"|date(?: de publication)?~: ?(?:le )?"
    )
    dateline = r"(?P<town>[a-z][a-z0-9' -]{1,60}(?:~\([^)\n]{1,30}\))?)~,~(?:le |ce )?"
    return (
        re.compile(blanks(rf"(?:^|\b)(?:{stated}){day}")),
        re.compile(blanks(rf"{dateline}{day}")),
        re.compile(blanks(day)),
    )


def _day_of(match: re.Match[str]) -> date | None:
    if match["month"]:
        day = int(match["day"]) if match["day"].isdigit() else 1
        return make_day(int(match["year"]), lexicon().months[match["month"]], day)
    if match["number"]:
        year = int(match["year2"])
        return make_day(year if year > 99 else 2000 + year, int(match["number"]), int(match["day2"]))
    return make_day(int(match["year3"]), int(match["number3"]), int(match["day3"]))


_SAYS = ("publie", "mis", "poste", "diffuse", "paru", "redige")
_HOUR_AFTER = re.compile(r" ?,? ?(?:a|de|des) \d{1,2} ?h")


def published_day(view: View) -> tuple[date, tuple[int, int]] | None:
    """The publication day that the text states and its span in the view, None when it states none.

    "Publié le …", a dateline ("Foix, le 3 mai 2024"), "Communiqué du …", or a full date alone on
    its line near the top or at the end count; the date of an event at the top does not.

    >>> published_day(View("Foix, le 3 mai 2024\\n\\nLa ville recrute."))
    (datetime.date(2024, 5, 3), (9, 19))
    """
    lines = _lines(view.folded)
    top, end = lines[:_TOP_LINES], lines[_TOP_LINES:][-_END_LINES:]
    stated, dateline, bare = _patterns()
    for start, stop in (*top, *end):
        if stop - start > 4 * _LONGEST_LINE:
            stop = start + _LONGEST_LINE
        match = stated.search(view.folded, start, stop) or _leading(view.folded, bare, start, stop)
        # a sentence may say when something else was published
        if match and (match.start() - start <= 60) and (found := _checked(match, view.folded, stop)):
            return found
    for start, stop in (*top, *end):
        if (match := dateline.match(view.folded, start, min(stop, start + _LONGEST_LINE))) and _is_dateline(
            view, match
        ):
            found = _checked(match, view.folded, stop)
            if found:
                return found
    for start, stop in (*top[:6], *end[-4:]):
        if stop - start <= _LONGEST_LINE and (match := bare.search(view.folded, start, stop)):
            around = view.folded[start : match.start()] + view.folded[match.end() : stop]
            if _stands_alone(view, around, match, start, stop) and (
                found := _checked(match, view.folded, stop)
            ):
                return found
    return None


def _leading(folded: str, bare: re.Pattern[str], start: int, stop: int) -> re.Match[str] | None:
    """ "Le 7 juillet 2021 - La ville …": a date that a dash parts from the text."""
    first = start + 3 if folded.startswith("le ", start) else start
    match = bare.match(folded, first, stop)
    return match if match and re.match(r" ?(?:-|\|)[ \w]", folded[match.end() : stop]) else None


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold something."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _checked(match: re.Match[str], folded: str, stop: int) -> tuple[date, tuple[int, int]] | None:
    day = _day_of(match)
    following = folded[match.end() : min(stop, match.end() + 24)]
    # "Samedi 12 juin 2021 à 18h", "Le 12 mars 2021, concert": a date of something to come
    stated = match.start() < match.start("whole") and match[0].startswith(_SAYS)
    if day is None or (not stated and _HOUR_AFTER.match(following)):
        return None
    return day, match.span("whole")


def _is_dateline(view: View, match: re.Match[str]) -> bool:
    """A town before the date: a few words that begin with a capital, the date right after the comma."""
    written = view.text[match.start("town") : match.end("town")]
    return (
        written[:1].isupper()
        and len(written.split()) <= 6
        and not re.search(r"\b(?:de|du|des|le|la) \d", match["town"])
    )


#: "Le 12 mars 2021, à Nevers"
_AT_TOWN = re.compile(r"(?:le)?\W*a [a-z' -]{2,40}")
_DEADLINE = re.compile(
    r"\b(?:avant|jusqu'au|depuis|des|apres|partir|compter|d'ici|limite|tard)\b[ :]*(?:le |du |au )?$"
)
#: words behind the date of a letterhead: "Mairie de X - 27 juillet 2020 - à diffuser"
_SENT = re.compile(
    r"[ .,:|·*-]{1,4}(?:a diffuser|pour diffusion|diffusion immediate|pour parution|communique|info(?:rmation)?s? presse|embargo|cp n)[^\n]{0,40}$"
)
_MARKS = ("-", "|", "·", "•", ",", "le", "du", ":", "/")
_BULLETIN = re.compile(r"bulletin|communique|alerte|point (?:de|sur)|crise|presse")
_LETTERHEAD = re.compile(
    r"^[\w' ()/·|-]*(?:mairie|ville|commune|communique|presse|service|cabinet|direction|region|departement|conseil|prefecture|metropole|agglomeration)"
)


def _stands_alone(view: View, around: str, match: re.Match[str], start: int, stop: int) -> bool:
    """A line that holds the date and nothing, or the date after the name of the house."""
    rest = around.strip(" .,;:-|·*#()_/n°")
    if rest in ("", "le") or _AT_TOWN.fullmatch(rest):
        return True
    if _DEADLINE.search(view.folded, start, match.start()):
        return False
    if sent := _SENT.search(view.folded, match.end(), stop):
        stop = sent.start()
    if re.sub(r"[ .,:h\d]", "", view.folded[match.end() : stop]):
        return False
    before = view.folded[start : match.start()]
    if not before and _BULLETIN.search(view.folded, 0, start) and "invitation" not in view.folded[:start]:
        return True  # a bulletin tells the hour too
    few = (
        len(before.split()) <= 6
        and not before.endswith("du ")  # "Programme du 12 juin" tells of that day
        and view.text[start : start + 1].isupper()
        and not view.folded[match.end() : stop].strip()
    )
    return (few or bool(_LETTERHEAD.match(before))) and before.rstrip().endswith(_MARKS)


_NAMES = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>0[1-9]|1[0-2])[-_. ]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[-_. ](?P<m>0?[1-9]|1[0-2])[-_. ](?P<y>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>20\d\d)(?!\d)"),
)


def day_in_name(file_name: str) -> date | None:
    """The day that a file name tells, None when it tells none.

    >>> day_in_name("2024-09-10-slug.txt"), day_in_name("cp_20240910.txt"), day_in_name("10-09-2024.pdf")
    (datetime.date(2024, 9, 10), datetime.date(2024, 9, 10), datetime.date(2024, 9, 10))
    """
    stem = PurePath(file_name.replace("\\\\", "/")).name
    for pattern in _NAMES:
        for match in pattern.finditer(stem):
            if day := make_day(int(match["y"]), int(match["m"]), int(match["d"])):
                return day
    return None
