"""Measuring: the program's records against annotated releases."""

from pipeline.evaluate.scores import KINDS, Miss, Report, Score, compare, distinction_key, evaluate, predict

__all__ = ["KINDS", "Miss", "Report", "Score", "compare", "distinction_key", "evaluate", "predict"]
