"""The one door to dateparser: absolute dates in forms that the French grammar leaves to it.

Feeds, mail and translated pages write "Tue, 03 Sep 2024", "September 3, 2024" or "2024/09/03".
A cheap pattern finds such candidates; dateparser, which knows two hundred locales, reads them.
Text without a candidate never imports it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.dates.reading import Reading
from pipeline.text import View

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|marz|juni|juli|oktober|dezember|"
    r"enero|febrero|marzo|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
# "17 sept. 2024" is French too, and its weekday belongs to it
_CANDIDATE = re.compile(
    rf"(?<![\w/.-])(?:{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:(?:st|nd|rd|th) (?:of )?|\.? (?:of |de )?(?!(?:jan|sept?|oct|nov|dec)\b)){_MONTH}\.?,? (?:de |del )?(?:19|20)\d\d"
    r"|(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\w/-])"
)


#: every candidate holds a year beside which it stands: what is far from one is not looked at
_YEAR = re.compile(r"[12][09]\d\d(?:/|(?!\d))")
_BEFORE = 32  # characters of the longest candidate in front of its year


@lru_cache(maxsize=512)
def _read(written: str) -> date | None:
    import dateparser  # imported late: it takes longer to load than to read a thousand releases

    found = dateparser.parse(
        written,
        languages=["fr", "en", "de", "es", "it"],
        settings={"STRICT_PARSING": True, "DATE_ORDER": "YMD" if written[:4].isdigit() else "DMY"},
    )
    return found.date() if found else None


def odd_forms(view: View) -> list[Reading]:
    """Dates in foreign or technical forms, in order."""
    readings: list[Reading] = []
    folded, position = view.folded, 0
    for year in _YEAR.finditer(folded):
        # "2024/09/03" goes on behind its year, everything else ends with it
        stop = year.end() + len("12/31 ") if year[0][-1] == "/" else year.end() + 1
        match = _CANDIDATE.search(folded, max(position, year.start() - _BEFORE), stop)
        if match and (day := _read(match[0])):
            position = match.end()
            readings.append(Reading(*match.span(), day.isoformat(), (day, day), own_year=True))
    return readings
