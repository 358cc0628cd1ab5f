"""Reading: sources of every kind to releases, failures told one by one."""

from pipeline.read.containers import LARGEST
from pipeline.read.incoming import Content, Failure, Incoming, ReadError
from pipeline.read.sources import count, read

__all__ = ["LARGEST", "Content", "Failure", "Incoming", "ReadError", "count", "read"]
