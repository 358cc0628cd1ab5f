"""Programs that no Python package brings (a browser, PostgreSQL, Tesseract): ``.ci/run`` installs them where it may.

A developer without one can run all other tests; the skip says what was not tried.
"""

from __future__ import annotations

import shutil

import pytest


def program(*names: str, tried: str) -> str:
    """The path of the first of these programs that is installed; skips the test, saying what it would have `tried`."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        untried = f"{names[0]} is not installed on this machine: {tried} was not tried"
        pytest.skip(untried)  # pip cannot bring it, and all other tests must still run
    return found
