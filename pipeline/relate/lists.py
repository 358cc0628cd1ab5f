"""Lists of laureates: what the head of a list says holds for all its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.awards import METALS, AwardMention, LevelMention
from pipeline.model import Collectivity, Status
from pipeline.relate.actors import Actor, group_around
from pipeline.relate.anchors import Anchor, Facts, is_programme
from pipeline.relate.categories import categories
from pipeline.relate.clauses import Trigger
from pipeline.relate.settle import Draft, name_of
from pipeline.text import View

_LIST_LINE = re.compile(
    r"\s*(?:[-*•·▪►▶➤✓✔>|]|\d{1,2}[.)]\s|\w[^:\n]{0,60}\s?:|[^\n]{0,70}\|"
    r"|(?:La |Le )?(?:[Vv]ille|[Cc]ommune|[Cc]ommunauté|[Mm]étropole|[Dd]épartement|[Rr]égion|[Aa]gglomération) (?:\w+ )?d(?:e|u|es|')\b[^\n.]{2,60}(?:\n|$))"
)
_BULLET_NEXT = re.compile(r"\s*\n\s*[-*•·▪►▶➤✓✔]")
_LAUREATE_HEAD = re.compile(
    r"laureat|palmares|nomin|finalist|recompens|labell?is|distingu|prime|resultats?|prix|candidat|ont ete|sont"
)
_SEGMENT = re.compile(
    r"\s*[,:|–-]\s*(?:à |a )?(?P<name>[^,;:|()\n–]{3,60}?)(?=\s*(?:[,;:|(\n]|$|\.\s|\.$|–| - ))"
)
# "- Or : Ville de Nevers"
_METAL_LABEL = re.compile(rf"\s*[-*•·▪>|]?\s*(?:\w+ )?(?:d'|de )?(?P<metal>{'|'.join(METALS)})\s*[:|]")
_LABEL = re.compile(r"\s*[-*•·▪>|]?\s*([^:\n]{3,60}?)\s*:")


@dataclass(slots=True)
class Head:
    """What the head of a list says of all its lines."""

    mention: AwardMention
    status: Status
    edition: int | None
    level: str | None
    category: str | None
    until: int


# "Depuis cinq ans, la commune collectionne les récompenses :", "Nos labels"
_OWN_HEAD = re.compile(
    r"(?:recompenses|labels|distinctions|titres|trophees|certifications|reconnaissances|prix|honneurs)(?: [^.]{0,60})?\s?:?$"
)
_OF_OTHERS = re.compile(
    r"laureats|nomine|finalist|candidat|vise|souhait|ambition|prochain|suivants? (?:seront|recompense)|remet|decern|existe|quels|inscri|postul|projet"
)


_CLASS = re.compile(
    r"(?:communes|villes|villages|categorie|section|moins de|plus de|de \d|stations|particuliers|maisons|balcons|hameaux)[^.!?;]*$",
    re.M,
)
_CLASS_LONGEST = 70  # characters


class Lists:
    """The list that is being read, if any.  Offsets point into the view."""

    def __init__(self, view: View, facts: Facts, editions: Mapping[str, list[int]]) -> None:
        self.view = view
        self.facts = facts
        self.editions = editions
        self.head: Head | None = None
        #: Whose labels and prizes the lines name, and to where ("la commune collectionne les récompenses :").
        self.own: tuple[Sequence[Actor], int] | None = None

    def open_own(self, start: int, end: int, who: Sequence[Actor], issuer: Sequence[Actor]) -> bool:
        """Take a sentence as the head of a list of what one town has had; whether it is one."""
        folded = self.view.folded[start:end].strip()
        if not (folded.endswith(":") or (end - start < 60 and folded[-1:] not in ".!?;,")):
            return False
        if not _OWN_HEAD.search(folded) or _OF_OTHERS.search(folded):
            return False
        subjects = [a for a in who if not a.located][:1]
        ours = re.search(r"(?<!\w)(?:nos|notre|nous|ses|ville|commune)(?!\w)", folded)
        got = subjects or (list(issuer) if ours else [])
        self.own = (got, end + 400) if got else None
        return bool(got)

    def own_line(self, start: int, end: int) -> Sequence[Actor]:
        """Whose the award of a line is, when it stands in a list of one town's own; empty for none."""
        if self.own is None or start > self.own[1]:
            self.own = None
            return ()
        if not re.match(r"\s*[-*•·▪►▶➤✓✔>]", self.view.text[start:end]) or end - start > 260:
            return ()
        self.own = (self.own[0], end + 200)
        return self.own[0]

    def open(
        self,
        start: int,
        end: int,
        anchors: Sequence[Anchor],
        found: Sequence[Trigger],
        last: AwardMention | None,
    ) -> None:
        """Take a sentence that ends in a colon, or a short title, as the head of a list."""
        view = self.view
        heads = view.text[end - 1] == ":" or bool(_BULLET_NEXT.match(view.text, end))
        if not heads and not (end - start < 90 and view.text[end - 1] not in ".!?;,"):
            return
        folded = view.folded[start:end]
        award = next(
            (a for a in anchors if a.kind in ("award", "level") and not is_programme(a.mention)), None
        )
        if not _LAUREATE_HEAD.search(folded) and award is None:
            return
        if not heads and award is None:
            return
        mention = award.mention if award else last
        if mention is None:
            return
        if (
            self.head is not None
            and view.text[end - 1] == "."
            and name_of(self.head.mention) == name_of(mention)
        ):
            self.head.until = end + 400  # a sentence between the title of the list and its lines
            return
        status: Status = "awarded"
        for trigger in found:
            status = trigger.status
        if re.search(r"nomin|nomme|finalist|en lice|shortlist", folded):
            status = "nominated"
        elif re.search(r"candidat", folded):
            status = "candidate"
        elif re.search(r"conserv|renouvel|maint", folded):
            status = "renewed"
        published = self.facts.published
        years = [d.first_day.year for d in self.facts.dates if start <= d.start < end and d.first_day]
        told = self.editions.get(name_of(mention))
        edition = mention.edition or (years[0] if years else None) or (told[-1] if told else None)
        level = award.levels[0].level if award and len(award.levels) == 1 else None
        self.head = Head(
            mention=mention,
            status=status,
            edition=edition or (published.year if published else None),
            level=level,
            category=next(iter(categories(view, start, end, None)), None),
            until=end + 400,
        )

    def holds(self, start: int, end: int) -> bool:
        """Whether a sentence is a line of the list."""
        if self.head is None or start > self.head.until + 600:
            return False
        return bool(_LIST_LINE.match(self.view.text, start, end)) and end - start < 260

    def close(self) -> None:
        """End the list."""
        self.head = None

    def note(self, start: int, end: int) -> None:
        """Take a line that names a class ("Communes de moins de 300 habitants") as the category of the next lines."""
        if self.head is None or start > self.head.until or end - start > _CLASS_LONGEST:
            return
        line = self.view.text[start:end].strip(" -*•·:")
        if _CLASS.match(
            self.view.folded,
            start + len(self.view.text[start:end]) - len(self.view.text[start:end].lstrip(" -*•·")),
        ):
            self.head.category = re.sub(r"^(?i:catégorie|section)\s*:?\s*", "", line)
            self.head.until = end + 400

    def forget(self, start: int) -> None:
        """End the list when a sentence that says nothing of it stands behind its reach."""
        if self.head and start > self.head.until:
            self.head = None

    def _prize_segments(self, start: int, end: int) -> list[tuple[LevelMention, int, int]]:
        """Names behind the prizes of a line: "1er prix, Jeannine Schmitt ; 2e prix, famille Colmar"."""
        found = []
        for level in self.facts.levels:
            if start <= level.start < end and level.kind == "prize":
                name = _SEGMENT.match(self.view.text, level.end, end)
                if name and re.search(r"[A-ZÀ-ÖØ-Þ]", name["name"]):
                    found.append((level, name.start("name"), name.end("name")))
        return found

    def _prizes(self, head: Head, start: int, segments: list[tuple[LevelMention, int, int]]) -> list[Draft]:
        """The people behind the prizes of a line, each line's label its category."""
        text = self.view.text
        first_line = text.rfind("\n", start, segments[0][0].start) + 1 or start
        label = _LABEL.match(text[first_line : segments[0][0].start])
        found = []
        for level, first, last in segments:
            line = text.rfind("\n", start, level.start) + 1 or start
            named = _LABEL.match(text[line : level.start]) or label
            name = re.sub(r"^(?:M\.|Mme|MM\.|Mlle)\s+", "", text[first:last].strip())
            found.append(
                Draft(
                    who=Collectivity(kind="other", name=name), mention=head.mention, status=head.status,
                    edition=head.edition, level=level.level, category=named[1].strip() if named else head.category,
                    start=line, end=last, rule="liste de prix", score=0.9, dated=True,
                )
            )  # fmt: skip
        return found

    def _is_place(self, start: int, end: int) -> bool:
        """Whether the label of a line (up to its colon) is but the name of a place."""
        label = self.view.text[start:end].strip(" -*•·▪>|")
        return any(p.text == label for p in self.facts.places if start <= p.start < end)

    def line(self, start: int, end: int, anchors: Sequence[Anchor], who: Sequence[Actor]) -> list[Draft]:
        """What a line of the list says: "- Or : Ville de Nevers (58), catégorie « Vidéo »"."""
        head, view = self.head, self.view
        if head is None:
            return []
        named = [a for a in who if a.role != "self" and not _in_brackets(view, a)]
        colon = view.text.find(":", start, end)
        if any(a.start > colon and a.who.kind == "commune" for a in named):
            # "Bretagne : Dinan (22), Pontivy (56)": the région is where they are
            named = [a for a in named if a.end > colon or a.who.kind not in ("region", "departement")]
        segments = self._prize_segments(start, end)
        if segments and not any(a.role == "named" for a in named):
            head.until = end + 200
            return self._prizes(head, start, segments)
        if not named:
            return []
        head.until = end + 200
        levels = [level.level for level in self.facts.levels if start <= level.start < end]
        kinds = list(categories(view, start, end, None))
        metal = _METAL_LABEL.match(view.folded, start, end)
        if metal and not levels:
            levels = [METALS[metal["metal"]]]
        if not kinds and not levels:
            label = (
                None
                if self._is_place(start, colon)
                else re.match(
                    r"\s*[-*•·▪>|]?\s*(?:prix\s+)?\"?([^:\n\"]{3,60}?)\"?\s*:", view.text[start:end]
                )
            )
            if label and view.text[start:end].index(":") + start < named[0].start:
                kinds = [label[1].strip()]
        mention = next((a.mention for a in anchors if a.kind == "award"), head.mention)
        if mention.award is None and head.mention.award is not None:
            mention = head.mention
        return [
            Draft(
                who=actor.who, mention=mention, status=head.status, edition=mention.edition or head.edition,
                level=levels[0] if levels else head.level, category=kinds[0] if kinds else head.category,
                start=min(start, actor.start), end=max(end, actor.end), rule="ligne d'une liste", score=0.8, dated=True,
            )
            for actor in group_around(view, named[0], named)
        ]  # fmt: skip


def _in_brackets(view: View, actor: Actor) -> bool:
    return view.text[max(0, actor.start - 1) : actor.start] == "("
