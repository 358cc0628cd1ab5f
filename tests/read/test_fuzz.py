"""A few inputs of the fuzzer in every run of the tests; `make fuzz` reads many."""

from __future__ import annotations

from tests.read.fuzz import main


def test_changed_files_neither_raise_nor_get_lost() -> None:
    assert main(5) == 0
