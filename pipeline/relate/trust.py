"""How far a distinction can be believed: what its score is made of.

The rules give each saying of a distinction a rough score, the decider a probability.  A logistic regression over
both, and over what kind of fact it is, turns them into the probability that recipient, award, edition and status
are right.  It is fitted by ``beffroi train`` on releases that no rule was written for (``calibration`` in
``corpus/splits.yaml``), as read by deciders that had not been taught them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.relate.settle import Draft

Features = dict[str, float]

#: Probabilities are held between this and its complement before their odds are taken.
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Belief:
    """What the decider thinks of a saying: that anything is said of the recipient there, and that it has this status."""

    said: float
    status: float


def features_of(sayings: Sequence[Draft], best: Draft, around: int) -> Features:
    """What tells whether a distinction is right, from all places that say it.

    `best` is the saying whose status stands, `around` how many distinctions the release has, itself included.
    """
    beliefs = [one.belief for one in sayings if one.belief is not None]
    seen = (
        {
            "said": _odds(max(one.said for one in beliefs)),
            "status": _odds(max(one.status for one in beliefs)),
        }
        if beliefs
        else {"unseen": 1.0}
    )
    features = {
        "rule": max((one.score for one in sayings if not one.learned), default=0.0),
        "learned": float(best.learned),
        "sayings": math.log(len(sayings)),
        "around": math.log(around),
        "implied": float(all(one.implied for one in sayings)),
        "dated": float(any(one.dated for one in sayings)),
        "known award": float(best.mention.award is not None),
        "no collectivity": float(best.who.kind == "other"),
        "level": float(best.level is not None),
        f"is {best.status}": 1.0,
        **seen,
    }
    return {name: value for name, value in features.items() if value}


def _odds(probability: float) -> float:
    held = min(1 - _LEAST, max(_LEAST, probability))
    return math.log(held / (1 - held))
