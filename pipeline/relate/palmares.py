"""Lists of laureates: blocks of lines under a head, each line with its recipients, level, category or year.

A block is read as a whole, with what stands above it: an intro ("Les lauréats :"), a title, or the sentence
before.  Heads inside it ("Communication interne", "Trois fleurs", "Label confirmé") hold for the lines below.
Offsets point into the view.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.awards import (
    METALS,
    AwardMention,
    LevelMention,
    catalogue,
    level_number,
    level_of_label,
    place_level,
    prize_level,
)
from pipeline.places import Gazetteer
from pipeline.places.gazetteer import key
from pipeline.relate.actors import Actor, lies_in
from pipeline.relate.anchors import Facts, bare, fits, is_programme
from pipeline.relate.blocks import BULLET, LABEL, TIMES, YEAR, Blocks, Line
from pipeline.relate.categories import categories
from pipeline.relate.clauses import triggers
from pipeline.relate.holding import CLASS_NOUN, SPONSOR, Holding, category_of, drafted
from pipeline.relate.lexicon import lexicon
from pipeline.relate.list_names import ListNames
from pipeline.relate.list_words import list_words
from pipeline.relate.settle import Draft, name_of
from pipeline.relate.tables import Role, Tables
from pipeline.text import View, within

Actors = Callable[[int, int], list[Actor]]

_NUMBER = re.compile(
    rf"{BULLET}(?P<number>\d{{1,3}})\s?(?:[.)/]|er\b|eme\b|e\b|re\b|\s?\||\s?[-–](?=\s))(?!\s*(?:\d|prix|place|rang|mention|fleur|etoile))\s*:?\s*"
)
_LEVELLED = 2  # lines that begin with a level from which a list is believed whatever the words above it
_SHORT = 75  # characters of a line above a list that is but a head
_PRIZE_IN_BRACKETS = re.compile(r"\s?\((?i:prix|trophée|catégorie) \"\s*([^\"\n]{2,60}?)\s*\"")
_OF_CATEGORY = re.compile(rf"\W*(?:\d{{1,2}}(?:re|e|ère|ème) )?{CLASS_NOUN}(?!\w)")
_COURSE = re.compile(r"\s*(?::|\||-|,)\s*(?P<said>[^\n]{4,120})$")
_YEAR_HEAD = re.compile(r"\W*(?:(?:edition|palmares|annee|cru|session) )?(?:19|20)\d\d\W*")  # "Édition 2020."
_FROM_TO = re.compile(r"\bde (?P<old>\w+) a (?P<new>\w+)")
_OF = r"(?:de la |de l'|du |des |de |d')?"
_KIND = (
    r"(?:villes?|communes?|communautes?(?: de communes| d'agglomeration| urbaine)?|metropoles?|agglomerations?|departements?|regions?|cc|ca"
    r"|conseil (?:departemental|regional)|mairie)"
)
_TITLE = r"(?:(?:m\.|mr\.?|mme|mlle|monsieur|madame)(?: et (?:m\.|mr\.?|mme|mlle|monsieur|madame))? )"
# what may stand before the name of a recipient at the head of a line
_LEAD = re.compile(
    rf"[\s\"-]*(?:ex (?:ae|æ)quo\s?[,:]\s?)?(?:a |au |aux )?(?:la |le |les |l')?(?:{_TITLE}|{_KIND} {_OF}|(?:\w+ ){{0,4}}{_OF})?\"?"
)
_BETWEEN = re.compile(
    rf"[\s,;/&•]*(?:et|ainsi que|ex aequo avec)?[\s,]*(?:a |au |aux |pour )?(?:la |le |les |l')?(?:{_TITLE}|{_KIND}|societe|entreprise|association|agence|ecole)?\s*{_OF}\"?\s?"
)
_EX_AEQUO = re.compile(r",?\s*\(?ex[- ]?(?:ae|æ)quo\)?,?")


class Palmares:
    """Reads the list blocks of one release; `spans` are the lines that have said their part."""

    def __init__(self, view: View, facts: Facts, actors: Actors, editions: Mapping[str, list[int]]) -> None:
        self.view = view
        self.facts = facts
        self.actors = actors
        self.editions = editions
        self.words = list_words()
        self.blocks = Blocks(view, facts)
        self.tables = Tables(view, facts)
        self.names = ListNames(view, facts)
        self.spans: set[tuple[int, int]] = set()
        #: What held at the end of the list before.
        self._last: Holding | None = None

    def read(self, issuer: Sequence[Actor]) -> list[Draft]:
        """What the lists of the release say; empty for a release that speaks of no award."""
        found: list[Draft] = []
        for intro, lines in self.blocks:
            state = self._opened(intro, lines)
            self._last = state or self._last
            columns: dict[int, int] = {}
            roles: dict[int, Role] = {}
            told: list[Draft] = []
            # what held before a head inside a line of the text, which holds for that line only
            outer: Holding | None = None
            for line in lines if state else ():
                assert state is not None  # the loop is empty without it
                if outer and self.blocks.begins(line):
                    state.level, state.category, outer = outer.level, outer.category, None
                if self.blocks.is_aside(line):
                    self._aside(line, told)
                    continue
                columns = self.tables.years(line, state.edition) or columns
                state.ranks = state.ranks or self.tables.is_head_of_places(line)
                if head := self.tables.roles(line):
                    roles = head
                    self.spans.add((line.start, line.end))
                    continue
                if roles and (told := self.tables.row(line, state, roles, self._named(line))):
                    found.extend(told)
                    self.spans.add((line.start, line.end))
                    continue
                if not self.blocks.is_item(line):
                    outer = outer or (replace(state) if self.blocks.goes_on(line) else None)
                    self._head(line, state)
                    if not self.actors(line.start, line.end):
                        self.spans.add((line.start, line.end))  # it says nothing of its own
                    continue
                told = self._own(line, state, issuer) or self._item(line, state)
                if self.words.nobody.search(self.view.folded, line.start, line.end):
                    self.spans.add((line.start, line.end))
                if told:
                    found.extend(told)
                    found.extend(self.tables.earlier(line, told[0], columns))
                    self.spans.add((line.start, line.end))
        return found

    def _aside(self, line: Line, told: Sequence[Draft]) -> None:
        """Give those of the item above the level that a line in brackets tells: "(prix spécial du jury)"."""
        level = next(iter(self._levels(line.start, line.end)), None)
        for draft in told if level else ():
            draft.level = draft.level or (level.level if level else None)

    def _levels(self, start: int, end: int) -> list[LevelMention]:
        return [level for level in within(self.facts.levels, start, end) if level.end <= end]

    def _awards(self, start: int, end: int) -> list[AwardMention]:
        return [m for m in within(self.facts.awards, start, end) if not is_programme(m)]

    # --- what holds for a block

    def _opened(self, intro: Line, lines: Sequence[Line]) -> Holding | None:
        """The state that a block begins with, None when nothing says that it is a list of laureates."""
        first = next(line for line in lines if self.blocks.is_item(line))
        begin = self._begin(intro)
        above = self.view.folded[begin : first.start]
        named = self._awards(begin, first.start)
        levelled = sum(bool(self._levels(line.start, min(line.end, line.start + 30))) for line in lines)
        courses = sum(self._tells_course(line) for line in lines) + 2 * any(map(self.tables.roles, lines))
        labelled = any(self._is_labelled(line) or self.blocks.is_titled(line) for line in lines)
        says_list = self.words.says_list.search(above)
        if not (named or labelled or says_list or levelled > 1 or courses > 1):
            return None
        section = self.blocks.section_head(intro)
        doubtful = lexicon().wish.search(above) and levelled < _LEVELLED
        heads = self.view.text[intro.end - 1 : intro.end] == ":"
        if doubtful or (lexicon().described.search(above) and not (heads and says_list)):
            # what stands right above speaks of the award in general; the head above it may say whose list it is
            named = self._awards(section.start, section.end) if section else []
            if not named or section is None:
                return None
            begin = section.start
        before = self._before(begin)
        inside = self._awards(first.start, lines[-1].end)
        mention = next(iter([*named, *before, *inside]), None) or self._of_levels(lines)
        if mention is None:
            return None
        told = self.words.status_in(above)
        state = Holding(bare(mention), told or "awarded", self._edition(mention, begin, first.start))
        kind = mention.award.kind if mention.award else ""
        state.ranks = kind == "ranking" or bool(self.words.ranks.search(above))
        if heads:
            self._intro(Line(begin, intro.end), state)
        if state.level is None and section:
            fitting = [one.level for one in self._levels(section.start, section.end) if fits(one, mention)]
            state.level = fitting[-1] if fitting else None  # "Passage de 3 à 4 fleurs"
        last = self._last
        if labelled and not named and last is not None and name_of(last.mention) == name_of(mention):
            # prose between two lines of one list
            state.category = state.category or last.category
            state.status = told or last.status
        for line in lines[: lines.index(first)]:
            if not self.blocks.goes_on(line):
                self._head(line, state)
        return state

    def _before(self, begin: int) -> list[AwardMention]:
        """The award that a list is of that names none itself: the last one told, if that is not just a prize beside the contest."""
        told = self._awards(0, begin)
        said = Counter(map(name_of, self._awards(0, len(self.view.text))))
        if told and told[-1].award is None and said[name_of(told[-1])] == 1:
            # "reçoit de son côté le prix du Savoir-faire" above the table of the contest
            small = told[-1].small
            told = [one for one in told if said[name_of(one)] > 1 or (small and not one.small)] or told
        return told[-1:]

    def _begin(self, intro: Line) -> int:
        """Where what opens a list begins: its last sentence, or the one before when that is but a head."""
        view = self.view
        begin = intro.start
        if intro.end > intro.start and "\n" not in view.text[begin : intro.end]:
            begin = max(begin, view.sentence_at(intro.end - 1)[0])
        is_head = view.text[intro.end - 1 : intro.end] == ":" and intro.end - begin < _SHORT
        if (is_head and begin == intro.start) or _YEAR_HEAD.fullmatch(view.folded, begin, intro.end):
            begin = view.sentence_at(max(0, begin - 2))[0]  # "Catégorie X :" behind what opens the list
        return begin

    def _intro(self, intro: Line, state: Holding) -> None:
        """Take over the category and the one level that words before a colon say: "Ils obtiennent trois fleurs :"."""
        begin, end = intro.start, intro.end
        state.category = next(iter(categories(self.view, begin, end, state.mention.category)), None)
        head = self.view.text[max(begin, self.view.text.rfind("\n", begin, end) + 1) : end]
        if state.category is None and _OF_CATEGORY.match(head):
            state.category = category_of(head)
        told = {one.level for one in self._levels(begin, end) if fits(one, state.mention)}
        state.level = told.pop() if len(told) == 1 else None

    def _is_labelled(self, line: Line) -> bool:
        """Whether a line says itself that laureates stand in it: "- Lauréat : commune de X"."""
        label = LABEL.match(self.view.text, line.start, line.end)
        return (
            label is not None
            and self.words.laureates.search(self.view.folded, *label.span("label")) is not None
        )

    def _tells_course(self, line: Line) -> bool:
        """Whether a line says what became of a label: "Langres : maintien"."""
        at = self.view.folded.find(" : ", line.start, line.end)
        said = _COURSE.match(self.view.folded, at, line.end) if at > 0 else None
        return said is not None and self.words.course_at(said["said"]) is not None

    def _edition(self, mention: AwardMention, start: int, end: int) -> int | None:
        years = [d.first_day.year for d in self.facts.dates if start <= d.start < end and d.first_day]
        told, published = self.editions.get(name_of(mention)), self.facts.published
        if mention.edition is not None or published is None:
            above = [d.first_day.year for d in self.facts.dates if d.start < end and d.first_day]
            return mention.edition or next(iter([*(told or ()), *years, *above[-1:]]), None)
        near = [year for year in [*(told or ())[-1:], *years] if abs(year - published.year) <= 1]
        return near[0] if near else published.year

    def _of_levels(self, lines: Sequence[Line]) -> AwardMention | None:
        """The award that the levels of a block belong to, where none is named."""
        for level in self._levels(lines[0].start, lines[-1].end):
            if len(level.award_ids) == 1:
                award = catalogue()[level.award_ids[0]]
                return AwardMention(level.start, level.end, award, award.name, rule="niveau d'une liste")
        return None

    def _head(self, line: Line, state: Holding) -> None:
        """Take over what a head inside a block says: an award, a status, a level, else a category."""
        if sponsor := SPONSOR.search(self.view.text, line.start, line.end):
            line = Line(line.start, max(line.start + 1, sponsor.start()))
        folded = self.view.folded[line.start : line.end]
        if self.words.other_labels.match(folded):
            return
        named = next(iter(self._awards(line.start, line.end)), None)
        if named and name_of(named) != name_of(state.mention):
            state.mention, state.level, state.category = bare(named), None, None
            state.edition = named.edition or state.edition
        level = next((one for one in self._levels(line.start, line.end) if fits(one, state.mention)), None)
        marked = level.level if level else level_of_label(folded, state.ladder)
        status = self.words.status_in(folded)
        state.status = status or state.status
        if marked:
            state.level, state.category = marked, (level.category if level else None) or state.category
        elif _OF_CATEGORY.match(self.view.text, line.start) or not (
            status or named or self.words.says_list.search(folded) or self.actors(line.start, line.end)
        ):
            state.category, state.level = category_of(self.view.text[line.start : line.end]), None

    # --- one line

    def _own(self, line: Line, state: Holding, issuer: Sequence[Actor]) -> list[Draft]:
        """A line of one town's own history: "2012, nommé (Maquette)", "2020 : 4 étoiles"."""
        year = YEAR.match(self.view.text, line.start, line.end)
        if year is None or not issuer:
            return []
        said = self.view.folded[year.end() : line.end]
        level = next(iter(self._levels(year.end(), line.end)), None)
        award = next(iter(self._awards(year.end(), line.end)), None)
        status = self.words.own_status_in(said)
        if not (level or award or status) or lexicon().wish.search(said):
            return []
        brackets = re.search(
            r"\(([A-ZÀ-Þ][^()\n]{2,60}?)(?:,[^()]*)?\)", self.view.text[year.end() : line.end]
        )
        named = [
            a for a in self._named(line) if not a.located and a.role == "named" and a.start - year.end() < 20
        ]
        here = Holding(bare(award) if award else state.mention, status or "awarded", int(year["year"]))
        here.level = level.level if level else award.level if award else None
        here.category = brackets[1].strip() if brackets and not level else None
        return [drafted(actor, line, here) for actor in named[:1] or issuer]

    def _named(self, line: Line) -> list[Actor]:
        """The names of a line that may be recipients: none in brackets, none inside quotation marks, no "nous"."""
        text = self.view.text
        result = []
        for actor in self.actors(line.start, line.end):
            before = text[line.start : actor.start]
            inside = line.start <= actor.start and actor.end <= line.end
            if (
                inside
                and actor.role != "self"
                and before.count("(") <= before.count(")")
                and before.count('"') % 2 == 0
            ):
                result.append(actor)
        return result

    def _item(self, line: Line, state: Holding) -> list[Draft]:
        folded = self.view.folded
        said = folded[line.start : line.end]
        named = self._named(line)
        if all(a.located for a in named):
            named = self.names.behind_prizes(line) or named
        if self.words.shared.search(said):
            # "ex æquo : Bar du Stade, Pharmacie Muta"
            named = max(named, self.names.behind_prizes(line), key=len)
        number = _NUMBER.match(folded, line.start, line.end)
        begin = number.end() if number else line.start
        headed = bool(state.level or state.category)
        leading_name = self.names.leading(line, begin) if headed or number else []
        named = leading_name or named or self.names.whole(line, begin, headed=headed)
        if not named or self.words.nobody.search(said) or TIMES.search(said) or lexicon().wish.search(said):
            return []
        here = Holding(state.mention, state.status, state.edition, state.level, state.category, state.ranks)
        label = LABEL.match(self.view.text, begin, line.end)
        if label and self.names.is_address(label.end()):
            label = None  # "Odette Simon : 39 rue du Port"
            named = self.names.whole(line, begin, headed=headed)
        if label and "|" in label[0] and any(a.end <= label.end("label") + 1 for a in named):
            label = None  # the cell of the name itself
        if label and leading_name:
            label = None  # "Conserverie Le Divenah (Noyal-Pontivy) : les fanes …"
        if label and self._tells_course(line) and any(a.end == label.end("label") for a in named):
            label = None  # "Langres : maintien"
        if label and label.start("label") <= named[0].start:
            inside = [a for a in named if a.end <= label.end("label") + 1]
            if not self._labelled(label, here, inside):
                return []
            begin = label.end()
            named = [a for a in named if a.start >= begin - 1]
        bullet = re.compile(BULLET).match(folded, begin, line.end)
        begin = bullet.end() if bullet else begin
        leading = next(iter(self._levels(begin, min(line.end, begin + 40))), None)
        if leading and named and leading.end <= named[0].start and fits(leading, state.mention):
            begin = (
                leading.end
                + len(folded[leading.end : line.end])
                - len(folded[leading.end : line.end].lstrip(" ,:.…-"))
            )
        else:
            leading = None
        if not named or not _LEAD.fullmatch(folded[begin : named[0].start]):
            return []
        if any(
            t.rule.voice == "subject" and t.start > named[0].start
            for t in triggers(self.view, begin, line.end)
        ):
            return []  # "Blois conserve sa quatrième fleur": a sentence, read as one
        if number and here.level is None and not leading:
            here.level = self._place(int(number["number"]), state)
        behind = any(0 <= level.start - named[0].end <= 3 for level in self._levels(begin, line.end))
        return self._spread(line, self._people(named, leading is not None or behind), here, leading)

    def _labelled(self, label: re.Match[str], state: Holding, inside: Sequence[Actor]) -> bool:
        """Take over what the label of a line says; False when the line is no item of a list of laureates."""
        folded = self.view.folded[label.start("label") : label.end("label")]
        if self.words.other_labels.match(folded):
            return False
        text = label["label"].strip(' "')
        if award := next(iter(self._awards(*label.span("label"))), None):
            state.mention = bare(award)
        level = next((one for one in self._levels(*label.span("label")) if fits(one, state.mention)), None)
        marked = level.level if level else level_of_label(folded, state.ladder)
        status = self.words.status_in(folded)
        named = categories(self.view, *label.span("label"), None)
        where = _is_territory(text)
        if marked:
            state.level, state.category = (
                marked,
                (level.category if level else None) or _quoted(text) or state.category,
            )
        if status and not inside and (marked is None or status != "awarded"):
            state.status = status
        elif not (marked or inside or where or text.isdigit() or self.words.laureates.search(folded)):
            whole = category_of(text)
            state.category = named[0] if named and not folded.startswith("categorie") else whole
        # "Bretagne : Dinan, Pontivy": where they are; a town before a colon is a recipient itself
        return not inside or where

    def _place(self, number: int, state: Holding) -> str | None:
        if state.ranks:
            return place_level(number)
        if any(re.match(r"\d+er? prix", level.level) for level in self.facts.levels):
            return prize_level(number)
        award = state.mention.award
        return None if award is not None and award.kind in ("label", "title") else place_level(number)

    def _people(self, named: Sequence[Actor], levelled: bool) -> list[Actor]:
        """The recipients of a line: the first name and those that follow in its enumeration."""
        chosen = [named[0]]
        for actor in named[1:]:
            if lies_in(named[0].who, actor.who):
                continue  # "LUZY, NIÈVRE, BOURGOGNE-FRANCHE-COMTÉ"
            between = self.view.folded[chosen[-1].end : actor.start]
            between = re.sub(r"\([^()]*\)|\"[^\"]*\"", " ", between)
            for level in self._levels(chosen[-1].end, actor.start) if levelled else ():
                between = between.replace(self.view.folded[level.start : level.end], " ")
            if _BETWEEN.fullmatch(_EX_AEQUO.sub(" ", between).strip() + " "):
                chosen.append(actor)
        return chosen

    def _spread(
        self, line: Line, people: Sequence[Actor], state: Holding, leading: LevelMention | None
    ) -> list[Draft]:
        """Each recipient with the level and category beside its name, else those of the line."""
        result = []
        level: str | None
        for number, actor in enumerate(people):
            stop = people[number + 1].start if number + 1 < len(people) else line.end
            if leading is not None:  # "1er prix, Café du Canal ; 2e prix, Librairie Roy"
                start = people[number - 1].end if number else line.start
                before = self._levels(start, actor.start)
                last = before[-1] if before else leading
                level, category = last.level, last.category
            else:
                level, category = self._behind(actor.end, stop, state.mention)
            here = Holding(
                state.mention, state.status, state.edition, level or state.level, category or state.category
            )
            if re.match(
                r"\s?\((?:[^()]*, ?)?(?:confirmee?|renouvelee?|maintenue?|reconduite?)",
                self.view.folded[actor.end : stop],
            ):
                here.status = "renewed"
            if len(people) == 1:
                self._course(actor, stop, here)
            result.append(drafted(actor, line, here))
        return result

    def _course(self, actor: Actor, stop: int, state: Holding) -> None:
        """Take over what the words behind a name say has become of its label."""
        said = _COURSE.match(self.view.folded, actor.end, stop)
        course = self.words.course_at(said["said"]) if said else None
        if said is None or course is None:
            return
        state.status = course
        change = _FROM_TO.search(said["said"])
        noun = next(
            (name.split(" ", 1)[1] for name in state.ladder if name[:1].isdigit() and " " in name), None
        )
        if change and noun:
            number = level_number(change["old" if course == "lost" else "new"])
            state.level = next(
                (name for name in state.ladder if number and name.startswith(f"{number} ")), state.level
            )

    def _behind(self, start: int, stop: int, mention: AwardMention) -> tuple[str | None, str | None]:
        """Level and category behind a name: "Thouars (2 fleurs)", "Orléans, or en Paysage"."""
        found = categories(self.view, start, stop, None)
        prize = _PRIZE_IN_BRACKETS.match(self.view.text, start, stop)
        category = prize[1].strip() if prize else found[0] if found else None
        for one in self._levels(start, stop):
            if fits(one, mention):
                return one.level, one.category or category
        folded = self.view.folded[start:stop]
        metal = re.match(
            rf"\s*[,:(-]\s*(?:l'|le |d')?({'|'.join(METALS)})(?!\w)(?: en (?P<in>[\w -]+))?", folded
        )
        if metal is None:
            return None, category
        if metal["in"]:
            category = self.view.text[slice(start + metal.start("in"), start + metal.end("in"))]
        return METALS[metal[1]], category


def _is_territory(label: str) -> bool:
    """Whether a label is but the name of a département or a région."""
    gazetteer = Gazetteer.load()
    entries = map(gazetteer.entry, gazetteer.rows(key(label)))
    return any(entry.kind in ("departement", "region") for entry in entries)


def _quoted(label: str) -> str | None:
    """What is quoted in a label: "Prix spécial « Terroir »"."""
    found = re.search(r'"\s*([^"]{2,60}?)\s*(?:"|$)', label)
    return found[1] if found else None
