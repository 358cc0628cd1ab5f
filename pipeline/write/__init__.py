"""Writing what a run found: JSON Lines, CSV, Parquet."""

from pipeline.write.columns import TABLES, Column, rows_of
from pipeline.write.known import Known, fingerprint, unfinished
from pipeline.write.output import RunWriter
from pipeline.write.room import WriteError, put, writing

__all__ = [
    "TABLES",
    "Column",
    "Known",
    "RunWriter",
    "WriteError",
    "fingerprint",
    "put",
    "rows_of",
    "unfinished",
    "writing",
]
