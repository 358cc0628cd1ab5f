"""Whether a model that training has just made is the committed one."""

from __future__ import annotations

import filecmp
from pathlib import Path

from pipeline.trained import models_folder


def is_committed(made: Path) -> bool:
    """Whether the file is byte for byte that of the same name in the models folder.

    Asked this way and not by comparing bytes in the test: pytest would print the difference of megabytes, which takes
    it hours under CI.
    """
    return filecmp.cmp(made, models_folder() / made.name, shallow=False)
