"""Dates."""

from pipeline.dates.finder import find, parse
from pipeline.dates.impossible import impossible
from pipeline.dates.published import day_in_name, published_day

__all__ = ["day_in_name", "find", "impossible", "parse", "published_day"]
