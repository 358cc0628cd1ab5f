"""Lengths of time that leave their unit to the one before: "passe de neuf minutes à deux"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.dates.lexicon import lexicon
from pipeline.dates.reading import Reading
from pipeline.dates.relative import number_of
from pipeline.dates.scan import either
from pipeline.text import View

#: how far behind the length with the unit the one without it may stand
_REACH = 100
_FROM = re.compile(r"\bde (?:\w+ (?:de )?)?$")
_GAP = r"[^.;:!?()\n\d]"


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    number = rf"(?:(?P<measure>{either(words.measures)}) ?)?(?P<number>\d{{1,3}}|{either(words.numbers)})"
    # nothing that could be counted may follow
    free = r"(?= ?[,.;:)!?]|$| (?:a la|a l'|au|aux|en|comme|seulement|aujourd'hui|auparavant|avant)\b)"
    return re.compile(
        rf"(?: (?P<to>a) |{_GAP}{{0,60}}? (?:au lieu de|contre|plutot que) |{_GAP}{{0,50}}?,? dont )(?:les )?{number}{free}"
        rf"|{_GAP}{{0,40}}? pour {_GAP}{{1,30}}?(?:,| et) (?P<number2>\d{{1,3}}|{either(words.numbers)})(?= pour\b)"
    )


def elided(length: Reading, view: View) -> Reading | None:
    """The length of time that shares the unit of the one just read, None when none does.

    "ramené de neuf minutes à moins de deux", "dix minutes au lieu de vingt-cinq", "22 ans, dont onze
    à Dole", "dix-neuf ans pour elle, trente pour lui".
    """
    sentence_end = view.sentence_at(length.end - 1)[1]
    stop = min(length.end + _REACH, sentence_end)
    match = _pattern().match(view.folded, length.end, stop)
    if match is None or match.end() == stop < sentence_end:
        return None
    if match["to"] and not _FROM.search(view.folded, max(0, length.start - 20), length.start):
        return None
    name = "number" if match["number"] else "number2"
    count = number_of(match[name])
    unit = length.unit
    value = f"PT{count}{'M' if unit == 'MIN' else unit}" if unit in ("H", "MIN", "S") else f"P{count}{unit}"
    measure = match["measure"]
    start = match.start("measure") if measure else match.start(name)
    mod = lexicon().measures.get(re.sub(r"\s+", " ", measure)) if measure else None
    return Reading(start, match.end(name), value, type="DURATION", mod=mod, unit=unit)
