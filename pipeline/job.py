"""The whole job: a release goes in, a record comes out, through stages that each read the last one's facts.

The cheap linear passes see all text; the language model sees, in batches, only the sentences that
they could not decide; what is left is arithmetic on facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import msgspec

from pipeline import awards, dates, places, quantities
from pipeline.awards import AwardMention, LevelMention
from pipeline.classify import Classifier
from pipeline.language import Reader, Readings
from pipeline.model import (
    Announcement,
    Collectivity,
    Date,
    Distinction,
    Event,
    Issuer,
    Place,
    Published,
    Quantity,
    Record,
    Release,
)
from pipeline.read import Incoming
from pipeline.relate import Decider, Facts, distinctions, events, referents
from pipeline.text import View, digest

#: Releases that go through the stages together: enough to fill the model's batches.
BATCH = 64


@dataclass(slots=True)
class Draft:
    """A release on its way through the stages; all offsets point into `view`."""

    release: Release
    hints: tuple[str, ...] = ()
    view: View = field(init=False)
    published: Published = field(default_factory=Published)
    dates: Sequence[Date] = ()
    awards: Sequence[AwardMention] = ()
    levels: Sequence[LevelMention] = ()
    candidates: Sequence[places.Candidate] = ()
    readings: Readings = field(default_factory=dict)
    places: Sequence[Place] = ()
    issuer: Issuer = field(default_factory=Issuer)
    quantities: Sequence[Quantity] = ()
    distinctions: Sequence[Distinction] = ()
    events: Sequence[Event] = ()
    announcement: Announcement | None = None
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.view = View(self.release.text)


class Analyser:
    """Turns releases into records.  Made by `pipeline.load`; one a process, safe to use again and again."""

    def __init__(
        self,
        reader: Reader | None = None,
        classifier: Classifier | None = None,
        decider: Decider | None = None,
        names: awards.NameFinder | None = None,
    ) -> None:
        self.reader = reader or Reader()
        self.classifier = classifier or Classifier.load()
        self.decider = decider or Decider.load()
        self.names = names or awards.NameFinder.load()
        self.gazetteer = places.Gazetteer.load()

    def __call__(
        self,
        text: str,
        published: date | str | None = None,
        issuer: str | Collectivity | None = None,
        source: str = "",
        title: str | None = None,
    ) -> Record:
        """The record of one text.

        `published` (a date, or one as "2024-09-10") and `issuer` (a code, "departement:13" where it would be ambiguous) are what the text
        does not say of itself; what it says wins.  Raises `ValueError` for a code or a day that does not exist.
        """
        if isinstance(published, str):
            published = date.fromisoformat(published)
        if isinstance(issuer, str):
            entry = self.gazetteer.find_code(issuer)
            if entry is None:
                raise ValueError(f"issuer {issuer!r}: no commune, EPCI, département or région has this code")
            issuer = entry.collectivity
        release = Release(
            id=digest(text),
            source=source,
            title=title,
            text=text,
            published=Published(date=published, method="given") if published else Published(),
            issuer=Issuer(kind=issuer.kind, code=issuer.code, name=issuer.name, method="given")
            if issuer
            else Issuer(),
        )
        return self.analyse(release)

    def analyse(self, release: Release, hints: tuple[str, ...] = ()) -> Record:
        """The record of one release; `hints` are site names and addresses from its metadata."""
        return self._batch([Draft(release, hints)])[0]

    def stream(
        self, releases: Iterable[Release | tuple[Release, tuple[str, ...]] | Incoming]
    ) -> Iterator[Record]:
        """Records in the order of the releases, lazily, a batch of `BATCH` in memory at a time."""
        waiting = iter(releases)
        while batch := list(islice(waiting, BATCH)):
            yield from self._batch([self._draft(item) for item in batch])

    @staticmethod
    def _draft(item: Release | tuple[Release, tuple[str, ...]] | Incoming) -> Draft:
        if isinstance(item, Incoming):
            return Draft(item.release, item.hints)
        return Draft(item) if isinstance(item, Release) else Draft(*item)

    def _batch(self, drafts: list[Draft]) -> list[Record]:
        for draft in drafts:
            find(draft, self.names)
        asked = [(draft.view, questions(draft)) for draft in drafts]
        for draft, readings in zip(drafts, self.reader.read(asked), strict=True):
            draft.readings = readings
            link(draft)
            attribute(draft)
            relate(draft, self.decider)
        for draft, announcement in zip(drafts, self.classifier.classify(drafts), strict=True):
            draft.announcement = announcement
            draft.warnings.extend(self.classifier.doubts(announcement))
        return [record_of(draft) for draft in drafts]


# --- the stages


def find(draft: Draft, names: awards.NameFinder | None = None) -> None:
    """Linear passes over all text: the publication day, dates, quantities, awards, names of places.

    `names` finds the names of unknown awards, the committed finder by default.
    """
    view = draft.view
    draft.published = _published(draft)
    draft.dates = dates.find(view, draft.published.date)
    draft.warnings.extend(dates.impossible(view))
    draft.awards = awards.find(view, names)
    draft.levels = awards.levels(view)
    draft.quantities = [
        one for one in quantities.find(view, draft.dates) if not _states_level(one, draft.levels)
    ]
    counted = [(one.start, one.end) for one in draft.quantities]
    # "Quarante places": the number, not the commune
    draft.candidates = [
        one for one in places.find(view) if not any(s <= one.start and one.end <= e for s, e in counted)
    ]
    draft.awards = [one for one in draft.awards if not _is_place(one, draft.candidates)]


def _is_place(one: AwardMention, candidates: Sequence[places.Candidate]) -> bool:
    """Whether an unknown award is but the name of a place ("le palmarès des Deux-Sèvres")."""
    return one.award is None and any(c.start <= one.start and one.end <= c.end for c in candidates)


def _states_level(one: Quantity, levels: Sequence[LevelMention]) -> bool:
    """Whether a number is a level or a rank, which measures nothing ("quatre étoiles")."""
    noun = (one.unit or "").rstrip("s")
    return any(
        (level.start < one.end and one.start < level.end)
        or (level.kind == "count" and one.value <= 5 and level.level.rstrip("s").endswith(" " + noun))
        for level in levels
    )


def questions(draft: Draft) -> set[int]:
    """The sentences that only the language model can decide."""
    asked = places.doubtful(draft.view, draft.candidates)
    # who receives an award outside the catalogue is often a person or a club
    asked.update(draft.view.sentence_index(one.start) for one in draft.awards if one.award is None)
    return asked


def link(draft: Draft) -> None:
    """Mentions to collectivities, and the issuer."""
    known = draft.release.issuer
    given = (
        Collectivity(kind=known.kind, code=known.code, name=known.name or "")
        if known.kind and known.code
        else None
    )
    found = places.resolve(draft.view, draft.candidates, draft.readings, given, draft.hints)
    draft.places = found.places
    draft.warnings.extend(found.warnings)
    draft.issuer = _issuer(known, found.issuer)


def attribute(draft: Draft) -> None:
    """Whom each quantity describes."""
    draft.quantities = quantities.attribute(draft.quantities, draft.view, draft.places, draft.issuer)


def relate(draft: Draft, decider: Decider | None = None) -> None:
    """Distinctions and events from the facts of the stages before."""
    draft.distinctions = distinctions(draft.view, facts_for(draft), decider)
    draft.events = events(draft.view, draft.dates, draft.places, draft.awards)


def facts_for(draft: Draft) -> Facts:
    """What the stages before the last have found."""
    return Facts(
        awards=draft.awards,
        levels=draft.levels,
        dates=draft.dates,
        places=draft.places,
        issuer=draft.issuer,
        published=draft.published.date,
        readings=draft.readings,
        referent=referents(draft.places, draft.issuer),
    )


def record_of(draft: Draft) -> Record:
    """The record, its spans turned into offsets of the text as given."""
    view = draft.view
    if draft.announcement is None:
        raise RuntimeError("record_of before the release was classified")
    release = msgspec.structs.replace(draft.release, published=draft.published, issuer=draft.issuer)
    return Record(
        release=release,
        announcement=draft.announcement,
        places=tuple(map(view.give_back, draft.places)),
        dates=tuple(map(view.give_back, draft.dates)),
        quantities=tuple(map(view.give_back, draft.quantities)),
        distinctions=tuple(
            msgspec.structs.replace(one, evidence=tuple(map(view.give_back, one.evidence)))
            for one in draft.distinctions
        ),
        events=tuple(map(view.give_back, draft.events)),
        warnings=tuple(draft.warnings),
    )


# --- what the release says of itself wins over what was given


def _published(draft: Draft) -> Published:
    known = draft.release.published
    if known.date is not None and known.method == "metadata":
        return known
    found = dates.published_day(draft.view)
    if found is not None:
        day, (start, end) = found
        return Published(date=day, method="text", span=draft.view.to_source(start, end))
    return known


_SAYS_ITSELF = (
    0.95  # probability from which a text says who publishes it; a guess does not win over what is given
)


def _issuer(known: Issuer, found: Issuer) -> Issuer:
    if known.kind is None:
        return found
    if known.method == "metadata" or found.kind is None:
        return known
    return found if isinstance(found.score, float) and found.score >= _SAYS_ITSELF else known
