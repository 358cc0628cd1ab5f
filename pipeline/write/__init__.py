"""Writing what a run found: JSON Lines, CSV, Parquet, SQLite."""

from pipeline.write.columns import TABLES, Column, plain, rows_of
from pipeline.write.output import RunWriter

__all__ = ["TABLES", "Column", "RunWriter", "plain", "rows_of"]
