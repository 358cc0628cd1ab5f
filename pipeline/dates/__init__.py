"""Dates."""

from pipeline.dates.finder import find, parse
from pipeline.dates.published import day_in_name, published_day

__all__ = ["day_in_name", "find", "parse", "published_day"]
