"""How long a piece of work takes, for the tests that hold a reader to linear time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Seconds of processor time of the best of some runs: a neighbour on the machine makes one slow, never fast.

    The garbage collector rests meanwhile: when it walks through all that the tests before have loaded says nothing
    of the work.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(times)
