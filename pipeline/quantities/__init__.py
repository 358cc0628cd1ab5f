"""Quantities: numbers that measure something, with unit, comparator, indicator, platform and holder.

>>> [(one.value, one.comparator, one.unit, one.indicator) for one in parse("Son compte a plus de 4 200 abonnés.")]
[(4200, '>', 'abonnés', 'followers')]
"""

from __future__ import annotations

from pipeline.model import Quantity
from pipeline.quantities.attribute import attribute
from pipeline.quantities.find import find
from pipeline.quantities.numbers import spelled_number
from pipeline.text import View


def parse(text: str) -> list[Quantity]:
    """Quantities of a plain text, holders left null; offsets into the text as given."""
    from pipeline import dates

    view = View(text)
    return [view.give_back(one) for one in find(view, dates.find(view))]


__all__ = ["attribute", "find", "parse", "spelled_number"]
