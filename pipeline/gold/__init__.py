"""Annotated releases: reading, writing, checking and splitting the corpus."""

from pipeline.gold.corpus import CorpusReport, Split, check_corpus, read_corpus, read_second, read_splits
from pipeline.gold.format import FormatError, GoldRelease, parse_gold, read_gold
from pipeline.gold.write import write_gold

__all__ = [
    "CorpusReport",
    "FormatError",
    "GoldRelease",
    "Split",
    "check_corpus",
    "parse_gold",
    "read_corpus",
    "read_gold",
    "read_second",
    "read_splits",
    "write_gold",
]
