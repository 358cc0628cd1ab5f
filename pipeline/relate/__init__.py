"""Relating facts: distinctions (who got what) and events, from the spans of the earlier stages."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Collectivity, Issuer, Place
from pipeline.places import referent
from pipeline.relate.actors import Referent
from pipeline.relate.anchors import Facts
from pipeline.relate.decider import Decider
from pipeline.relate.distinctions import distinctions
from pipeline.relate.events import events
from pipeline.relate.lexicon import lexicon
from pipeline.text import View


def referents(places: Sequence[Place], issuer: Issuer) -> Referent:
    """A function from a common noun in the view ("la ville", "elle") to the collectivity it stands for."""
    kinds = lexicon().self_kinds

    def resolve(view: View, start: int, end: int) -> Collectivity | None:
        return referent(view, start, kinds.get(view.folded[start:end]), places, issuer)

    return resolve


__all__ = ["Decider", "Facts", "Referent", "distinctions", "events", "referents"]
