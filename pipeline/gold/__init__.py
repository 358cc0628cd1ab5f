"""Annotated releases: reading, checking and splitting the corpus."""

from pipeline.gold.format import FormatError, GoldRelease, parse_gold, read_gold

__all__ = ["FormatError", "GoldRelease", "parse_gold", "read_gold"]
