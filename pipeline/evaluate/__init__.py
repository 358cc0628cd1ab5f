"""Measuring: the program's records against annotated releases."""

from pipeline.evaluate.against import RecordsError, find_records, gaps, save_records
from pipeline.evaluate.figures import Compared, compare_each, slices, table
from pipeline.evaluate.scores import KINDS, Miss, Report, Score, compare, distinction_key, evaluate, predict

__all__ = [
    "KINDS",
    "Compared",
    "Miss",
    "RecordsError",
    "Report",
    "Score",
    "compare",
    "compare_each",
    "distinction_key",
    "evaluate",
    "find_records",
    "gaps",
    "predict",
    "save_records",
    "slices",
    "table",
]
