"""Which collectivity a common noun stands for: "la ville", "le Département", "elle"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Collectivity, Issuer, Kind, Place
from pipeline.places.gazetteer import Gazetteer
from pipeline.text import View


def referent(
    view: View, start: int, kinds: str | None, places: Sequence[Place], issuer: Issuer
) -> Collectivity | None:
    """The collectivity that a common noun at `start` stands for ("la ville", "elle").

    The issuer when its kind fits, else the last collectivity of the kind that was named before, else the
    one in which the issuer lies ("le Département" in a release of Gien is the Loiret), else the issuer all
    the same.  `kinds` is the kind that the noun asks for, None for any.
    """
    own = Collectivity(kind=issuer.kind, code=issuer.code, name=issuer.name or "") if issuer.kind else None
    if own is not None and (kinds is None or own.kind == kinds):
        return own
    before = [
        p for p in places if p.start < start and p.kind != "other" and (kinds is None or p.kind == kinds)
    ]
    if before:
        last = before[-1]
        return Collectivity(kind=last.kind, code=last.code, name=last.name)
    return _around(own, kinds) or own


def _around(own: Collectivity | None, kind: str | None) -> Collectivity | None:
    """The EPCI, département or région in which a collectivity lies; None where it lies in none."""
    gazetteer = Gazetteer.load()
    entry = gazetteer.by_code(own.kind, own.code) if own is not None and own.code else None
    if entry is None:
        return None
    region = gazetteer.by_code("departement", entry.departement) if entry.departement else None
    lies: dict[str, tuple[Kind, str | None]] = {
        "epci": ("epci", entry.epci),
        "departement": ("departement", entry.departement),
        "region": ("region", entry.region or (region.region if region else None)),
    }
    wanted, code = lies.get(kind or "", ("other", None))
    found = gazetteer.by_code(wanted, code) if code else None
    return found.collectivity if found is not None and found.kind != entry.kind else None
