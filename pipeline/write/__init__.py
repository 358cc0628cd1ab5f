"""Writing what a run found: JSON Lines, CSV, Parquet."""

from pipeline.write.columns import TABLES, Column, rows_of
from pipeline.write.known import Known, fingerprint, unfinished
from pipeline.write.output import RunWriter

__all__ = ["TABLES", "Column", "Known", "RunWriter", "fingerprint", "rows_of", "unfinished"]
