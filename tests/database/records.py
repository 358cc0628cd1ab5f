"""Records that say what a test wants them to say."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.model import (
    Announcement,
    AwardRef,
    Collectivity,
    Distinction,
    Evidence,
    Place,
    Published,
    Record,
    Release,
)
from pipeline.text import digest

FOS = Collectivity(kind="commune", code="13039", name="Fos-sur-Mer")
BEZIERS = Collectivity(kind="commune", code="34032", name="Béziers")
HASHTAGS = AwardRef(id="hashtags", name="Hashtags")


def distinction(to: Collectivity = FOS, award: AwardRef = HASHTAGS, **told: Any) -> Distinction:
    """A distinction; the status is "awarded" unless told."""
    told.setdefault("status", "awarded")
    told.setdefault("edition", 2024)
    return Distinction(recipient=to, award=award, **told)


def record(
    text: str, *distinctions: Distinction, day: date | None = None, source: str = "release.txt"
) -> Record:
    """A record whose distinctions all have the first words of the text as evidence."""
    end = text.index(" ")
    proof = Evidence(start=0, end=end, text=text[:end], reason="récompense : « décroche »")
    import msgspec

    told = tuple(
        msgspec.structs.replace(one, evidence=(proof,), score=one.score or 0.8) for one in distinctions
    )
    place = Place(start=0, end=end, text=text[:end], kind="commune", code="13039", name="Fos-sur-Mer")
    return Record(
        release=Release(
            id=digest(text),
            source=source,
            text=text,
            published=Published(date=day, method="given") if day else Published(),
        ),
        announcement=Announcement(type="distinction", score=0.9),
        places=(place,),
        distinctions=told,
    )
