"""What a form means once it is read, and what the text around it lends to the reading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.dates.almanac import Days
from pipeline.dates.lexicon import lexicon
from pipeline.dates.tense import Told, done, tense, told, will
from pipeline.model import Date, Timex, TimexType
from pipeline.text import View

_STAMP_LONGEST = 24  # characters of what says that a page was changed


@dataclass(slots=True)
class Reading:
    """A temporal expression with its sense; `first` and `last` are None where no calendar places it."""

    start: int
    end: int
    value: str | None
    days: Days | None = None
    type: TimexType = "DATE"
    mod: str | None = None
    edtf: str | None = None
    #: unit of TIMEX3 that the words name: D, W, WE, M, Y …
    unit: str = "D"
    #: whether the words name the year themselves
    own_year: bool = False
    #: whether clock times may be joined to it
    takes_time: bool = False
    #: counted from the publication day ("hier", "ce matin")
    deictic: bool = False
    #: name of the repeating form, to widen it by opening hours
    repeats: bool = False

    def as_date(self, view: View) -> Date:
        """The entry of the contract."""
        first, last = self.days or (None, None)
        return Date(
            start=self.start,
            end=self.end,
            text=view.text[self.start : self.end],
            first_day=first,
            last_day=last,
            edtf=self.edtf or self._edtf(),
            timex=Timex(type=self.type, value=self.value, mod=self.mod),
        )

    def _edtf(self) -> str | None:
        if self.days is None:
            return None
        first, last = self.days
        written = edtf_of(first, last)
        if self.mod == "AFTER":
            return f"{written.split('/')[0]}/.."
        if self.mod in ("BEFORE", "ON_OR_BEFORE"):
            return f"../{written.split('/')[-1]}"
        if self.mod == "APPROX":
            return "/".join(f"{end}~" for end in written.split("/"))
        return written


def edtf_of(first: date, last: date) -> str:
    """The shortest EDTF of a period: a day, a month, a year or an interval of them.

    >>> edtf_of(date(2024, 2, 1), date(2024, 2, 29)), edtf_of(date(2019, 1, 1), date(2023, 12, 31))
    ('2024-02', '2019/2023')
    """
    if first == last:
        return first.isoformat()
    ends_month = (last.toordinal() == date.max.toordinal()) or date.fromordinal(last.toordinal() + 1).day == 1
    if first.day == 1 and ends_month:
        if first.month == 1 and last.month == 12:
            return f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}" if first.year >= 1000 else first.isoformat()[:7]
        return f"{first.isoformat()[:7]}/{last.isoformat()[:7]}"
    return f"{first.isoformat()}/{last.isoformat()}"


@dataclass
class Context:
    """The release around a form: its publication day and what was read so far."""

    view: View
    published: date | None
    #: the reading that "la veille", "trois ans plus tard" count from
    anchor: Reading | None = None
    #: year that a date of this paragraph named: (year, offset of the date, it was a full date)
    lent_year: tuple[int, int, bool] | None = None
    #: year and month of the last day that was read
    lent_month: tuple[int, int] | None = None
    recent: list[Reading] = field(default_factory=list)
    #: year to take for the form being read (from the other end of its range)
    forced_year: int | None = None
    #: the weekday that a day without year must be: the Monday of "semaine du 18 novembre"
    weekday: int | None = None
    #: what the words before the form say of its place in time
    hint: str | None = None
    #: year (if it is told) and month of a day that follows in the sentence ("le 5, le 12 et le 26 juillet")
    month_ahead: tuple[int | None, int] | None = None
    #: whether the day read last took its month from one that follows
    of_month_ahead: bool = False
    #: the last period of two to ten days that was not over on the publication day: a festival, a fair
    occasion: Reading | None = None
    #: the form being read must not lie before this day (the beginning of its range)
    not_before: date | None = None
    document_year: int | None = None
    #: whether something that comes back was named
    recurs: bool = False
    #: year and month of the last month that stood alone on its line
    heading: tuple[int, int] | None = None

    #: the form judged last, and its tense
    _judged: tuple[tuple[int, int], str | None] = ((-1, -1), None)
    #: what the verbs of a part of the text tell, by the offsets of that part
    _verbs: dict[tuple[int, int], list[Told]] = field(default_factory=dict)

    @cached_property
    def lowered(self) -> str:
        """The text in lower case with its accents, of the same length."""
        lowered = self.view.text.lower()
        return lowered if len(lowered) == len(self.view.text) else self.view.folded

    @cached_property
    def _paragraphs(self) -> list[int]:
        starts, position = [0], self.view.text.find("\n\n")
        while position >= 0:
            starts.append(position + 2)
            position = self.view.text.find("\n\n", position + 2)
        return starts

    def note_heading(self, reading: Reading) -> None:
        """Remember whether a month stands alone on its line, above the days of a programme."""
        folded, (first, last) = self.view.folded, reading.days or (None, None)
        if reading.unit != "M" or first is None or last is None:
            return
        begin = folded.rfind("\n", 0, reading.start) + 1
        end = folded.find("\n", reading.end)
        around = folded[begin : reading.start] + folded[reading.end : end if end >= 0 else len(folded)]
        alone = len(around) < 12 and not around.strip(" -*•·>:#=")
        self.heading = (
            (last.year, last.month)
            if alone and (first.year, first.month) == (last.year, last.month)
            else None
        )

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether two offsets lie in one paragraph (no empty line between)."""
        return bisect_right(self._paragraphs, one) == bisect_right(self._paragraphs, other)

    def tense(self, start: int, end: int) -> str | None:
        """`past`, `future` or None for a date, from the words before it, else its sentence."""
        if self.hint:
            return self.hint
        if (start, end) == self._judged[0]:
            return self._judged[1]
        first, last = self.view.sentence_at(start)
        # a sentence without end (a table, a list) tells nothing of a date far from its verb
        first, last = max(first, start - 300), min(max(last, end), end + 300)
        sentence = self.lowered[first:last]
        verbs = self._verbs.get((first, last))
        if verbs is None:
            verbs = self._verbs[first, last] = told(sentence)
        side = tense(sentence, verbs, start - first, end - first)
        self._judged = ((start, end), side)
        return side

    def done(self, start: int) -> bool:
        """Whether the word right before the date says that it is over."""
        first = max(self.view.sentence_at(start)[0], start - 40)
        return done(self.lowered[first:start], start - first)

    def will(self, start: int) -> bool:
        """Whether a verb in the future governs the date ("devrait être connue en décembre")."""
        first = max(self.view.sentence_at(start)[0], start - 90)
        return will(self.lowered[first:start])

    def note(self, reading: Reading) -> None:
        """Remember a reading for those that come after it."""
        self.recurs = self.recurs or reading.type == "SET"
        if reading.days is None or reading.type == "SET" or self._is_stamp(reading):
            return
        first, last = reading.days
        self.note_heading(reading)
        self.anchor = reading
        if reading.unit in ("D", "M", "W", "WE"):
            self.lent_month = (last.year, last.month)
            self.recent.append(reading)
            if reading.unit in ("D", "WE") and 1 <= (last - first).days <= 9:
                self.occasion = reading if self.published is None or last >= self.published else self.occasion
        # "depuis 2010" tells how long, "les candidatures pour 2024" what for, not which year the rest speaks of
        since = reading.unit == "Y" and (
            reading.mod == "AFTER" or self.view.folded.endswith(" pour ", 0, reading.start)
        )
        # "l'année scolaire 2024-2025" has two years to lend, and so has none
        if reading.own_year and (last.year == first.year or reading.unit != "Y") and not since:
            full = reading.unit == "D" and first != self.published
            if full or reading.unit in ("Y", "M"):
                self.lent_year = (last.year, reading.start, full)

    def _is_stamp(self, reading: Reading) -> bool:
        """Whether it only says when the page was changed: "dernière mise à jour le 1er décembre 2022"."""
        before = self.view.folded[max(0, reading.start - _STAMP_LONGEST) : reading.start]
        return before.rstrip(" :").endswith(lexicon().stamps)

    def year_from_text(self, start: int) -> int | None:
        """The year that an earlier date lends to one at this offset, None when none reaches so far."""
        if self.lent_year is None:
            return None
        year, offset, full = self.lent_year
        if self.view.sentence_index(offset) == self.view.sentence_index(start):
            return year
        if full and self.same_paragraph(offset, start):
            return year
        return None
