"""Reading: sources of every kind to releases, failures told one by one."""

from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.options import LARGEST, Columns, Limits, Options
from pipeline.read.sources import count, read

__all__ = [
    "LARGEST",
    "Columns",
    "Content",
    "Failure",
    "Incoming",
    "Limits",
    "Options",
    "ReadError",
    "count",
    "read",
]
