"""Running the job over many inputs: engines, order, failures, duplicates."""

from pipeline.run.duplicates import Duplicates
from pipeline.run.local import CHUNK, Given, run

__all__ = ["CHUNK", "Duplicates", "Given", "run"]
