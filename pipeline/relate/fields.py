"""What fills the fields of a distinction: the category, levels and years that a clause names, or that hold from before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.relate.anchors import Anchor, Facts
from pipeline.relate.categories import categories, prize_of
from pipeline.relate.clauses import Trigger
from pipeline.relate.editions import years_of
from pipeline.relate.own_years import OwnYears
from pipeline.relate.settle import name_of
from pipeline.text import View, fold

_OF_QUOTED = re.compile(r"\s*(?:du|de la|de l'|des|de|d')\s*\"\s*([^\"\n]{2,90}?)\s*\"")
_LAUREATE_OF_QUOTED = re.compile(r"(?i:lauréate?s?|primée?s?|finalistes?)\s\"\s*([^\"\n]{2,90}?)\s*\"")
_CONSECUTIVE = re.compile(r"(?:annee|fois|ete|saison) consecutive|d'affilee|(?:annee|fois) de suite")
_RIVALS = 600  # characters over which a category holds for those "en lice avec elle"


class Fields:
    """Reads the fields of the clauses of one release, sentence by sentence; offsets point into the view."""

    def __init__(
        self, view: View, facts: Facts, own_years: OwnYears, editions: Mapping[str, list[int]]
    ) -> None:
        self.view = view
        self.facts = facts
        self.own_years = own_years
        #: The editions that the text names, by the award's name.
        self.editions = editions
        #: Where a category was named last, of which award, and what: it holds to the end of the paragraph.
        self.category: tuple[int, str, list[str]] | None = None
        #: Where the first trigger of the sentence stands.
        self.first = 0
        self._named = {view.text[mention.start : mention.end] for mention in facts.awards}

    def keeps(self, trigger: Trigger, anchor: Anchor) -> bool:
        """Whether a label is had again: "labellisée pour la cinquième année consécutive"."""
        award = anchor.mention.award
        lasting = award.kind == "label" if award else fold(anchor.mention.rule).startswith("label")
        return lasting and bool(_CONSECUTIVE.search(self.view.folded, trigger.first, trigger.last))

    def categories(self, trigger: Trigger, anchor: Anchor, start: int, end: int) -> list[str]:
        """The categories of a clause: named in it, behind the award, before it in the sentence or the paragraph."""
        view, mention = self.view, anchor.mention
        found = categories(view, trigger.first, end, mention.category)
        if not found and mention.award is not None and anchor.kind in ("award", "level"):
            behind = max([anchor.end, *(level.end for level in anchor.levels)])
            quoted = _OF_QUOTED.match(view.text, behind, end)
            found = [quoted[1].strip()] if quoted else []
        if not found and (quoted := _LAUREATE_OF_QUOTED.match(view.text, trigger.start)):
            named = any(m.start < quoted.end() and quoted.start() < m.end for m in self.facts.awards)
            found = [] if named else [quoted[1].strip()]  # 'Cahors (lauréat « énergie »)'
        found = found or categories(view, start, min(trigger.first, self.first), None)
        if "au titre d" in view.folded[trigger.first : end]:  # "au titre de Capitale …": the award itself
            found = [
                name for name in found if not any(fold(name).startswith(fold(own)) for own in self._named)
            ]
        if not found and self.category and "meme categorie" in view.folded[trigger.start : trigger.last]:
            return self.category[2] if self.category[1] == name_of(mention) else []
        if found:
            self.category = (end, name_of(mention), found)
        elif anchor.kind != "award" and (prize := prize_of(view, trigger.first, trigger.last)):
            return [prize]
        elif anchor.kind != "award" and self.category is not None:
            position, award, told = self.category
            also = re.search(r"\b(?:egalement|aussi)\b", view.folded[trigger.first : trigger.last])
            rivals = trigger.rule.voice == "object" and start - position < _RIVALS
            earlier = position <= start and "\n" not in view.text[position:start]
            if award == name_of(mention) and (earlier or rivals or (also and position > start)):
                return told
        return found

    def levels(self, trigger: Trigger, anchor: Anchor) -> list[str | None]:
        """The levels that the clause of a trigger gives, in order; empty when it names none."""
        inside = [level for level in anchor.levels if trigger.first <= level.start < trigger.last]
        apposed = [level for level in inside if 0 <= level.start - anchor.end <= 3]
        if trigger.participle and anchor.end < trigger.start and apposed and apposed[0].end < trigger.start:
            inside = apposed  # "le label X, deux abeilles, avait été obtenu …"
        if trigger.rule.voice == "subject" and inside[-1:] and inside[-1].start > trigger.start:
            # "14 ans après sa première fleur, Vitré obtient sa quatrième": what follows the verb is its object
            inside = [level for level in inside if level.start > trigger.start]
        chosen = inside or (anchor.levels if anchor.mention.start < trigger.start else [])
        folded = self.view.folded
        several = len(chosen) > 1 and trigger.status == "awarded"
        if several and re.search(r"(?<!\w)de\s+$", folded[max(0, chosen[0].start - 4) : chosen[0].start]):
            chosen = chosen[1:]  # "passe de deux à trois fleurs": the first is the level it had
        result: list[str | None] = list(dict.fromkeys(level.level for level in chosen))
        if anchor.mention.level and anchor.mention.level not in result:
            result = [anchor.mention.level]
        return result

    def years(self, trigger: Trigger, anchor: Anchor, start: int, end: int) -> tuple[list[int | None], bool]:
        """The editions that the clause names, else those told elsewhere, else the year of publication; whether it names them."""
        if anchor.mention.edition is not None and anchor.kind == "award":
            return [anchor.mention.edition], True
        dates = [d for d in self.facts.dates if not any(a <= d.start < b for a, b in self.own_years.spent)]
        years = years_of(self.view, dates, trigger, anchor.start, start, end, self.facts.published)
        told, published = self.editions.get(name_of(anchor.mention)), self.facts.published
        ahead = told and published and told[-1] > published.year and trigger.status != "awarded"
        if told and ahead and all(year <= told[-1] for year in years):
            return [told[-1]], False  # the title is of 2028, whenever one applies or withdraws
        if years:
            return list(years), True
        if anchor.kind in ("anaphor", "implied") and anchor.mention.edition is not None:
            return [anchor.mention.edition], False
        if told and published is None:
            return [told[-1]], False
        if told and published and (abs(told[-1] - published.year) <= 1 or trigger.status == "nominated"):
            return [min(told, key=lambda year: abs(year - published.year))], False
        return [published.year if published else None], False
