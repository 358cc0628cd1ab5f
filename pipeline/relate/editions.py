"""The year of a distinction, read from the dates around its trigger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.model import Date, Days
from pipeline.relate.clauses import Trigger
from pipeline.text import View, within

# Mods and words of dates that bound a validity or a plan, not the year of the fact.
_UNTIL = re.compile(r"(?:jusqu'|d'ici|valable|pour une duree|a l'horizon|avant|echeance|d'ici a)[^.;]{0,12}$")
# "comme en 2023", "contre @@@ l'an passé"
_AS_BEFORE = re.compile(
    r"(?<!\w)(?:comme (?:deja |auparavant )?(?:en |l'annee )?|contre [^,;.]{1,20}(?:en |l'|depuis )?|(?:plus|moins|mieux) qu'(?:en |a )?)$"
)
_YEARS_BEFORE = re.compile(
    r"(?<!\w)comme (?:deja )?en (?P<years>(?:19|20)\d\d(?:(?:, | et )(?:en )?(?:19|20)\d\d)*)"
)
_LISTED = re.compile(
    r"\s*(?:,|et|puis|ou|,? et|,? puis|ainsi qu')\s*(?:en|de nouveau en|a nouveau en|depuis)?\s*"
)
_BARE_YEAR = re.compile(r"(?:en |l'annee |annee )?(?:19|20)\d\d|l'an(?:nee)? (?:dernier|derniere|passee?)")
_LONGEST = 400  # days; a longer period says no year, but for the years a label is given for


def years_of(
    view: View,
    dates: Sequence[Date],
    trigger: Trigger,
    anchor: int,
    start: int,
    end: int,
    published: date | None,
) -> list[int]:
    """Years of the fact that a trigger states, by the dates of its clause, nearest first; empty for none.

    "En 2018, 2020 et 2023" gives three; "pour la période 2023-2025" its first year.
    """
    usable = [found for found in within(dates, start, end) if _tells_year(view, found, published)]
    if trigger.status == "renewed":  # "titulaire depuis 2005, mandat renouvelé": since when it has it
        usable = [found for found in usable if not found.text.lower().startswith("depuis")]
    inside = [found for found in usable if trigger.first <= found.start < trigger.last]
    if not inside:
        # a year set before the whole sentence rules all of its clauses: "En 2020, la ville obtient …"
        inside = [
            found
            for found in usable
            if found.start < trigger.start
            and (found.start - start < 12 or _SET_BEFORE.fullmatch(view.folded, start, found.start))
        ]
    if not inside:
        inside = _of_paragraph(view, dates, trigger, start, published)
        if inside:
            return [_year(inside[0])]
    if not inside:
        return []
    nearest = min(inside, key=lambda found: _distance(found, trigger, anchor))
    group = _listed(view, nearest, usable)
    return list(dict.fromkeys(_year(found) for found in group))


_SET_BEFORE = re.compile(
    r"\W*\w+,? (?:en|pour|au titre de|des|depuis) (?:l'annee |l'edition )?"
)  # "Ainsi, pour 2022"
_OPENS = re.compile(
    r"\W*(?:en|l'annee|des|depuis|deja en)?\s*"
)  # what may stand before the year of a paragraph
_EARLIER = re.compile(r"(?<!\w)(?:avait|avaient|avions|fut|furent|etait|etaient)(?!\w)")
_PAST = re.compile(r"(?<!\w)(?:a|ont|avons)(?!\w)")


def _of_paragraph(
    view: View, dates: Sequence[Date], trigger: Trigger, start: int, published: date | None
) -> list[Date]:
    """The year that an earlier sentence of the paragraph begins with: "L'année 2018 fut riche. La commune a décroché …".

    A present tense goes on with the day of the release, a perfect does so behind a pluperfect.
    """
    first = view.text.rfind("\n", 0, start) + 1
    told = view.folded[trigger.first : trigger.end]
    found = []
    for one in dates:
        if not first <= one.start < start or not _BARE_YEAR.fullmatch(one.text.lower()):
            continue
        begin, end = view.sentence_at(one.start)
        if not _OPENS.fullmatch(view.folded[begin : one.start]) or not _tells_year(view, one, published):
            continue
        before = bool(_EARLIER.search(view.folded, begin, end)) and "fut" not in view.folded[begin:end]
        if _EARLIER.search(told) or (_PAST.search(told) and not before):
            found.append(one)
    return found[-1:]


def years_before(view: View, start: int, end: int) -> list[int]:
    """Years in which the same had been had before: "comme en 2019 et 2023"."""
    match = _YEARS_BEFORE.search(view.folded, start, end)
    return [int(year) for year in re.findall(r"\d{4}", match["years"])] if match else []


def _year(found: Date) -> int:
    assert found.first_day is not None  # `_tells_year` lets only placed dates through
    return found.first_day.year


def _tells_year(view: View, found: Date, published: date | None) -> bool:
    if found.first_day is None or found.last_day is None:
        return False
    if _UNTIL.search(view.folded[max(0, found.start - 30) : found.start]) or found.text.lower().startswith(
        "jusqu"
    ):
        return False
    if _AS_BEFORE.search(view.folded[max(0, found.start - 24) : found.start]):
        return False  # "comme en 2023" dates an earlier fact
    if re.match(r"(?:jusqu|d'ici|avant)", found.text.lower()):
        return False
    if published is not None and found.first_day.year > published.year + 1:
        return False
    if (found.last_day - found.first_day).days > _LONGEST:
        return bool(
            re.match(
                r"(?:\d{4}\s*[-/]\s*\d{2,4}|pour la periode|de \d{4} a)", view.folded[found.start : found.end]
            )
        )
    return True


def _distance(found: Date, trigger: Trigger, anchor: int) -> int:
    return min(
        max(0, found.start - trigger.end, trigger.start - found.end),
        max(0, found.start - anchor, anchor - found.end),
    )


def _listed(view: View, nearest: Date, usable: Sequence[Date]) -> list[Date]:
    """The enumeration of bare years that a date stands in."""
    bare = [found for found in usable if re.fullmatch(r"(?:depuis |en )?(?:19|20)\d\d", found.text.lower())]
    if nearest not in bare:
        return [nearest]
    number = bare.index(nearest)
    group = [nearest]
    for step in (1, -1):
        here, index = nearest, number
        while 0 <= index + step < len(bare):
            index += step
            left, right = (here, bare[index]) if step == 1 else (bare[index], here)
            if not _LISTED.fullmatch(view.folded[left.end : right.start]):
                break
            group.append(bare[index])
            here = bare[index]
    return sorted(group, key=lambda found: found.start)


def year_behind(view: View, position: int, *, held: bool = False) -> int | None:
    """The year right behind: "depuis 2011", and unless `held` is asked "en 2012", "(2012)", "dès 2012"."""
    words = (
        r"(?:de l'unesco |de france )?depuis"
        if held
        else r"depuis|en|des|\(|de|(?:remontait |remonte |datait |date )?(?:a|de)"
    )
    match = re.compile(
        rf"\"?,?\s*(?:(?:decroche|obtenu|gagne|recu|conquis|acquis|attribue|remporte)e?s? )?(?:{words})\s?(?:le |l'annee )?(?:\d{{1,2}} )?(?:\w+ )?((?:19|20)\d\d)(?!\d|\s?-)"
    ).match(view.folded, position)
    return int(match[1]) if match else None


def decided_in(dates: Sequence[Date], trigger: Trigger) -> Days | None:
    """The day on which it was decided or given, when the clause tells it to the month at least."""
    for found in dates:
        first, last = found.first_day, found.last_day
        if found.timex.mod in ("AFTER", "ON_OR_AFTER", "BEFORE", "ON_OR_BEFORE"):
            continue  # "apprentie depuis le 14 octobre" dates something else
        if trigger.first <= found.start < trigger.last and first and last and (last - first).days <= 31:
            return Days(first_day=first, last_day=last)
    return None
