"""Learning curves: larger shares hold the smaller ones, and learning shows."""

from __future__ import annotations

import itertools
import math

import pytest

from pipeline.learning import SHARES, _accuracy, grown
from tests.classify.examples import examples


@pytest.mark.parametrize("total", [1, 7, 40, 600])
def test_a_larger_share_holds_the_smaller(total: int) -> None:
    parts = [set(grown(total, share)) for share in SHARES]
    assert all(small <= large for small, large in itertools.pairwise(parts))
    assert parts[-1] == set(range(total))


def test_one_type_teaches_nothing() -> None:
    one = [example for example in examples(12) if example.type == "works"]
    assert one
    assert math.isnan(_accuracy(one, examples(6)))


def test_what_was_taught_is_told_again() -> None:
    assert _accuracy(examples(30), examples(6)) == 1.0
