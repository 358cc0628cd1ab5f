"""Running the job over many inputs: engines, order, failures."""

from pipeline.run.local import CHUNK, Given, run

__all__ = ["CHUNK", "Given", "run"]
