"""The whole of one text: forms found, judged, read in order, joined into ranges and compared."""

from __future__ import annotations

import re
from datetime import date

from pipeline.dates import left, links, relative, tails, weekdays
from pipeline.dates.almanac import third, week, week_end
from pipeline.dates.clock import join_time
from pipeline.dates.ellipsis import elided
from pipeline.dates.fallback import odd_forms
from pipeline.dates.guards import is_date
from pipeline.dates.hours import times_alone
from pipeline.dates.lexicon import lexicon
from pipeline.dates.published import published_day
from pipeline.dates.readers import READERS
from pipeline.dates.reading import Context, Reading
from pipeline.dates.recurring import opens_line
from pipeline.dates.scan import Mention, scan
from pipeline.model import Date
from pipeline.text import View

#: Forms that may be an end of a range, and what may stand between the two ends.
_ENDS = {
    "days",
    "bare_days",
    "digits",
    "weekday",
    "holiday",
    "month",
    "year",
    "season",
    "day_word",
    "nth",
    "century",
}
#: publication days outside these years are no help: what is counted from them leaves the calendar
_FIRST_YEAR, _LAST_YEAR = 1200, 8800


_PUT_OFF = re.compile(r"\b(?:fixe|reporte|prevu|repousse|remis)e?s? a $")
#: what "semaine du" and "week-end du" begin with
_FIRST_DAYS = {"WEEK": 0, "WEEKEND": 5}
#: what parts "à partir du 4 avril" from "jusqu'à fin juin"
_ALSO = re.compile(r",?[ \n](?:et[ \n])?")
_FROM_THEN = re.compile(r"des |a partir|a compter")
_AGO = re.compile(r"(?:il )?y a |voila |voici ")
_BESIDE_AGO = re.compile(r",?[ \n](?:jour pour jour,? )?(?:le |les |du )?")


def _years_apart(first: Mention, second: Mention) -> bool:
    """ "8 mai 1902 - 8 mai 2012": a day and its anniversary are no range."""
    one, two = (found.found.get("fullyear") for found in (first, second))
    return bool(one and two and abs(int(one) - int(two)) > 1 and first.means == second.means == "days")


class Finder:
    """State of one reading of a text: the mentions, what they mean so far, the context they lend."""

    def __init__(self, view: View, published: date | None) -> None:
        self.view = view
        self.folded = view.folded
        self.context = Context(view, published)
        self.odd = odd_forms(view)
        self.mentions = scan(self.folded, [(odd.start, odd.end) for odd in self.odd])
        self.context.document_year = links.first_year(self.mentions) if published is None else None
        self.readings: list[Reading] = []
        self.index = 0
        self.floor = 0

    def run(self) -> list[Reading]:
        """Every temporal expression, in order, none over another."""
        while self.index < len(self.mentions):
            mention = self.mentions[self.index]
            self.index += 1
            if mention.start < self.floor:
                continue
            self._take(mention)
        return sorted([*self.readings, *self.odd], key=lambda reading: reading.start)

    # one form ---------------------------------------------------------------------------------

    def _take(self, mention: Mention) -> None:
        parted = self._left_part(mention)
        cued = parted is not None or mention.start - mention.cue <= left.REACH
        compared = self._left_comparator(parted.start if parted else mention.start) if cued else None
        self.context.month_ahead = links.month_ahead(mention, self.mentions, self.index, self.context)
        if not is_date(mention, self.context, bool(parted or compared), self._joined(mention)):
            return
        begin = compared.start if compared else parted.start if parted else mention.start
        ranged = None if mention.means not in _ENDS else self._range(mention, begin)
        if ranged:
            self._add([ranged])
            return
        self.context.hint = self._hint(compared) or self._hint_of_month(mention)
        self.context.forced_year = self._year_of_list(mention) or self._year_ago(mention)
        self.context.weekday = _FIRST_DAYS.get(parted.meaning) if parted else None
        readings = self._read(mention)
        self.context.hint = self.context.forced_year = self.context.weekday = None
        if not readings:
            return
        if parted:
            self._part(readings[0], parted)
        if readings[0].type == "DURATION":
            self._measure(readings[0])
        if mention.means == "next_day":
            self._of_next(mention, readings)
        for reading in readings:
            if reading.takes_time:
                join_time(reading, self.folded)
        opened = left.opening(self.folded, readings[0].start)
        if opened and opened.meaning == "entre" and len(readings) == 2:
            readings = links.between_ends(readings)
        several = (
            readings[0].days is not None and "/" in (readings[0].value or "") and readings[0].unit == "D"
        )
        written = mention.means == "years" and not re.search(
            r"[-/]", self.folded[mention.start : mention.end]
        )
        if written or mention.means == "weekday_range":
            several = True  # "de 2016 à 2020", "du lundi au vendredi"
        several = several and mention.means != "holiday"  # "le bal du week-end de Pentecôte"
        if opened and several and opened.meaning in ("du", "de", "entre") and opened.start >= self.floor:
            readings[0].start = opened.start
            self._part_before_range(readings[0])
        if compared:
            tails.compare(readings[0], compared)
        tails.join_tail(readings[-1], self.folded)
        if readings[-1].type == "DURATION" and (shared := elided(readings[-1], self.view)):
            readings.append(shared)
        self._add(readings)

    def _read(self, mention: Mention) -> list[Reading]:
        return READERS[mention.means](mention, self.context)

    def _add(self, readings: list[Reading]) -> None:
        for reading in readings:
            if reading.start < self.floor:
                reading.start = self.floor
            if reading.end <= reading.start:
                continue
            self.floor = reading.end
            if self._until(reading):
                continue
            self.readings.append(reading)
            self.context.note(reading)

    def _until(self, last: Reading) -> bool:
        """Whether a date closes the one before it, which it then widens: "dès lundi et jusqu'au 30 août"."""
        first = self.readings[-1] if self.readings else None
        if first is None or first.mod != "AFTER" or last.mod != "ON_OR_BEFORE":
            return False
        if not first.days or not last.days or first.days[0] > last.days[1]:
            return False
        if not _ALSO.fullmatch(self.folded, first.end, last.start) or not _FROM_THEN.match(
            self.folded, first.start
        ):
            return False
        first.value = f"{first.days[0].isoformat()}/{last.days[1].isoformat()}"
        first.end, first.days, first.mod = last.end, (first.days[0], last.days[1]), None
        self.context.note(first)
        return True

    def _joined(self, mention: Mention) -> bool:
        """Whether only a comma, "et" or "à" parts the form from the date before it."""
        if not self.readings or self.readings[-1].type == "SET" or self.readings[-1].type == "DURATION":
            return self._joins_next(mention)
        between = self.folded[self.readings[-1].end : mention.start].replace("\n", " ")
        return (len(between) <= 12 and bool(links.LIST.fullmatch(between))) or self._joins_next(mention)

    def _joins_next(self, mention: Mention) -> bool:
        """Whether the form opens a range that a dated form closes ("mars à juin 2024")."""
        if self.index >= len(self.mentions):
            return False
        following = self.mentions[self.index]
        between = self.folded[mention.end : following.start].replace("\n", " ")
        if following.means != mention.means or len(between) > 14:
            return False
        listed = mention.means == "month" and "/" in between and links.NEXT_MONTH.fullmatch(between)
        return bool(listed or links.TO.fullmatch(between))

    def _left_part(self, mention: Mention) -> left.Left | None:
        if mention.means not in (
            "month",
            "year",
            "season",
            "days",
            "bare_days",
            "nth",
            "relative_unit",
            "this_unit",
            "years",
            "holiday",
            "decade",
            "century",
        ):
            return None
        if mention.start - mention.cue > left.REACH:
            return None
        found = left.part(self.folded, mention.start)
        if found is None or found.start < self.floor:
            return None
        by_day = found.meaning in ("WEEK", "WEEKEND", "NIGHT")
        return found if by_day == (mention.means in ("days", "bare_days")) else None

    def _left_comparator(self, start: int) -> left.Left | None:
        found = left.comparator(self.folded, self.context.lowered, start)
        return found if found and found.start >= self.floor else None

    def _year_of_list(self, mention: Mention) -> int | None:
        """The year at the end of a list ("en septembre et octobre 1944") for its first members."""
        if self.index >= len(self.mentions) or mention.means not in ("month", "days"):
            return None
        following = self.mentions[self.index]
        between = self.folded[mention.end : following.start].replace("\n", " ")
        if following.means not in ("month", "days") or len(between) > 12 or not links.LIST.fullmatch(between):
            return None
        return links.year_for_first(mention, following)

    def _year_ago(self, mention: Mention) -> int | None:
        """The year of "il y a 80 ans, le 25 août": the day that is named beside it is of that year."""
        last = self.readings[-1] if self.readings else None
        if last is None or last.days is None or last.unit != "Y" or mention.means != "days":
            return None
        if "fullyear" in mention.found or not _AGO.match(self.folded, last.start):
            return None
        beside = _BESIDE_AGO.fullmatch(self.folded, last.end, mention.start)
        return last.days[0].year if beside and last.days[0].year == last.days[1].year else None

    def _hint(self, compared: left.Left | None) -> str | None:
        """What a comparator tells of past or future: "depuis" looks back, "jusqu'au" ahead."""
        if compared is None:
            return None
        word = self.folded[compared.start : compared.start + 6]
        if word.startswith("depuis"):
            return "past"
        if word.startswith(
            ("d'ici", "au plu", "avant", "a part", "a comp", "jusqu")
        ) and not self._tells_past(compared.start, until=word.startswith("jusqu")):
            return "future"
        return None

    def _hint_of_month(self, mention: Mention) -> str | None:
        """Months that open the paragraphs of a review ("Février. La plage rouvre"), and those that something is put off to."""
        if mention.means != "month":
            return None
        if self.folded.startswith(". ", mention.end) and opens_line(self.folded, mention.start):
            return "past"
        return "future" if _PUT_OFF.search(self.folded, max(0, mention.start - 16), mention.start) else None

    def _tells_past(self, start: int, *, until: bool) -> bool:
        if self.context.published is None:
            return True
        if until:  # "a placé le département en vigilance jusqu'à lundi" looks ahead all the same
            first = max(self.view.sentence_at(start)[0], start - 120)
            return links.LASTED.search(self.folded, first, start) is not None
        return self.context.tense(start, start + 1) == "past"

    # what stands around it --------------------------------------------------------------------

    def _part(self, reading: Reading, parted: left.Left) -> None:
        reading.start = parted.start
        if parted.meaning in ("START", "MID", "END"):
            reading.mod = parted.meaning
            if reading.days:
                reading.days = third(reading.days, parted.meaning)
                reading.edtf = None
        elif reading.days and parted.meaning in ("WEEK", "WEEKEND") and reading.days[0] == reading.days[1]:
            weekly = parted.meaning == "WEEK"
            reading.days = week(reading.days[0]) if weekly else week_end(reading.days[0])
            iso = reading.days[0].isocalendar()
            reading.value = f"{iso.year:04}-W{iso.week:02}{'' if weekly else '-WE'}"
            reading.unit = "W" if weekly else "WE"

    def _part_before_range(self, reading: Reading) -> None:
        match = re.search(
            r"\b(?:semaine|week-end|nuits?|journees?|periode|saison) $",
            self.folded[max(0, reading.start - 12) : reading.start],
        )
        if match and not match[0].startswith(("jour", "peri", "sais")):
            reading.start = max(self.floor, reading.start - len(match[0]))

    def _measure(self, reading: Reading) -> None:
        """ "plus de", "environ", "sous" before a length of time belong to it."""
        first = max(self.floor, reading.start - 16)
        before = self.folded[first : reading.start].replace("\n", " ")
        match = links.measures().search(before)
        if match:
            reading.start = first + match.start()
            word = match[0].strip()
            reading.mod = lexicon().measures.get(word, "LESS_THAN" if word == "sous" else None)

    def _of_next(self, mention: Mention, readings: list[Reading]) -> None:
        """ "la veille de Noël": counted from the date that follows, not from the one before."""
        if self.index >= len(self.mentions):
            return
        following = self.mentions[self.index]
        if following.start - mention.end > 8 or not links.OF.fullmatch(
            self.folded[mention.end : following.start]
        ):
            return
        anchors = self._read(following) if following.means in ("days", "holiday", "weekday", "digits") else []
        if anchors and anchors[0].days:
            away = lexicon().next_day_words[mention.found["nextday"]]
            readings[0] = relative.next_day(mention, away, anchors[0])
            readings[0].end = anchors[-1].end
            self.index += 1

    # ranges -----------------------------------------------------------------------------------

    def _range(self, mention: Mention, begin: int) -> Reading | None:
        """The range that the form opens with the next one, None when it opens none."""
        if self.index >= len(self.mentions):
            return None
        second = self.mentions[self.index]
        if second.means not in _ENDS or second.start - mention.end > 48:
            return None
        opened = left.opening(self.folded, begin)
        timed = Reading(mention.start, mention.end, None)
        if mention.means in ("days", "weekday", "digits", "bare_days"):
            join_time(timed, self.folded)
        if timed.end > second.start:
            return None
        parted = self._left_part(second)
        stop = parted.start if parted and parted.start >= mention.end else second.start
        between = self.folded[timed.end : stop]
        between_and = opened is not None and opened.meaning == "entre"
        today = mention.means == second.means == "day_word" and links.AND.fullmatch(between)
        listed = parted is None and links.consecutive(mention, second) and links.NEXT_MONTH.fullmatch(between)
        if listed and not between_and:
            opened = None  # "de mai et juin": the preposition opens no range
        elif not today:
            # "du vendredi 6 mai, 17 h, au samedi 7 mai"
            told = between.removeprefix(",") if opened and timed.end > mention.end else between
            link = (links.AND if between_and else links.TO).fullmatch(told)
            if link is None or (
                opened is None
                and "-" not in between
                and not between.strip().startswith("jusqu")
                and mention.means not in ("days", "bare_days", "digits")
                and not (
                    mention.means == second.means == "month"
                    and links.OPEN_CELL.search(self.folded[:begin][-3:])
                )
            ):
                return None
            if "-" in between and (mention.means, second.means) not in (
                ("month", "month"),
                ("days", "days"),
                ("digits", "digits"),
            ):
                return None
        return self._joined_range(mention, second, begin, parted, opened)

    def _joined_range(
        self,
        mention: Mention,
        second: Mention,
        begin: int,
        parted: left.Left | None,
        opened: left.Left | None,
    ) -> Reading | None:
        context = self.context
        context.forced_year = links.year_for_first(mention, second)
        first_part = self._left_part(mention)
        firsts = self._read_first(mention, second)
        context.forced_year = None
        if len(firsts) != 1:
            return None
        first = firsts[0]
        if opened is None and _years_apart(mention, second):
            return None
        if earlier := weekdays.day_before(mention, second, context):
            first.days, first.value = (earlier, earlier), earlier.isoformat()
        before = context.anchor
        context.not_before = first.days[0] if first.days and not first.own_year else None
        if first.own_year and first.days:
            context.not_before = first.days[0]
        lasts = self._read(second)
        context.not_before = None
        context.anchor = before
        if len(lasts) != 1:
            return None
        last = lasts[0]
        for reading, part in ((first, first_part), (last, parted)):
            if part and part.meaning in ("START", "MID", "END") and reading.days:
                reading.days = third(reading.days, part.meaning)
                reading.value = reading.days[reading is last].isoformat()
        if first.takes_time:
            join_time(first, self.folded)
        join_time(last, self.folded)
        if "/" in (last.value or "") and last.days and last.days[0] == last.days[1]:
            last.value = last.days[0].isoformat()  # "du 3 au 8 mai, de 9 h à 18 h": hours of every day
        self.index += 1
        whole = (
            (first.days[0], last.days[1])
            if first.days and last.days and first.days[0] <= last.days[1]
            else None
        )
        start = begin
        if opened and opened.start >= self.floor:
            start = opened.start
        merged = Reading(start, last.end, f"{first.value}/{last.value}", whole, unit=last.unit,
                         own_year=first.own_year or last.own_year)  # fmt: skip
        self._part_before_range(merged)
        compared = self._left_comparator(merged.start)
        if compared and opened is None:
            tails.compare(merged, compared)
        tails.join_tail(merged, self.folded)
        return merged

    def _read_first(self, mention: Mention, second: Mention) -> list[Reading]:
        if mention.means == "bare_days" and second.means == "days" and "month" in second.found:
            # "du 29 au mercredi 31 juillet": the month stands at the other end
            mention.found["month"] = second.found["month"]
            if "fullyear" in second.found:
                mention.found["fullyear"] = second.found["fullyear"]
        elif mention.means == "bare_days" and second.means == "digits":
            # "du 3 au 5/05/2025"
            mention.found["month"] = lexicon().month_names[int(second.found["monthnumber"])]
            if year := second.found.get("shortyear"):
                mention.found["fullyear"] = year if len(year) == 4 else f"20{year}"
        return self._read(mention)


def find(view: View, published: date | None = None) -> list[Date]:
    """Temporal expressions of a view, sorted, none over another, with offsets into `view.text`.

    Parameters
    ----------
    published : the day that relative forms count from; without it the day that the text states
        (`published_day`), and without that they keep their TIMEX value unresolved and have no days.

    >>> [(found.text, str(found.first_day)) for found in find(View("Rendez-vous samedi 12 juin"), date(2021, 6, 1))]
    [('samedi 12 juin', '2021-06-12')]
    """
    if published is None:
        stated = published_day(view)
        published = stated[0] if stated else None
    if published and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None  # at the ends of the calendar there is no room to count from
    finder = Finder(view, published)
    readings = finder.run()
    readings += times_alone(finder.context, readings)
    return [reading.as_date(view) for reading in sorted(readings, key=lambda reading: reading.start)]


def parse(text: str, reference: date | None = None) -> list[Date]:
    """Temporal expressions of a plain text, with offsets into it.

    >>> parse("du 12 au 15 juin 2024")[0].edtf
    '2024-06-12/2024-06-15'
    """
    view = View(text)
    return [view.give_back(found) for found in find(view, reference)]
