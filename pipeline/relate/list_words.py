"""The words of lists of laureates, compiled from ``lists.yaml`` once a process; all for folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pipeline.model import Status
from pipeline.relate.lexicon import LexiconError, data_file

Statuses = Sequence[tuple[re.Pattern[str], Status]]


@dataclass(frozen=True, slots=True)
class ListWords:
    """Compiled patterns; ``lists.yaml`` says what each is for."""

    says_list: re.Pattern[str]
    laureates: re.Pattern[str]
    ranks: re.Pattern[str]
    statuses: Statuses
    own_statuses: Statuses
    courses: Statuses
    nobody: re.Pattern[str]
    other_labels: re.Pattern[str]
    shared: re.Pattern[str]
    street: re.Pattern[str]
    address: re.Pattern[str]

    def status_in(self, folded: str) -> Status | None:
        """The status that a head, a label or a column gives, None when it gives none."""
        return next((status for pattern, status in self.statuses if pattern.search(folded)), None)

    def own_status_in(self, folded: str) -> Status | None:
        """The same of a line of one town's own history."""
        return next((status for pattern, status in self.own_statuses if pattern.search(folded)), None)

    def course_at(self, said: str) -> Status | None:
        """What the words behind a name say has become of its label: "maintien", "perte d'une fleur"."""
        return next((status for pattern, status in self.courses if pattern.match(said)), None)


@cache
def list_words() -> ListWords:
    """The compiled words.  Raises `LexiconError` when the data file is wrong."""
    data = data_file("lists.yaml")
    try:
        return ListWords(
            says_list=re.compile(data["says_list"]),
            laureates=re.compile(data["laureates"]),
            ranks=re.compile(data["ranks"]),
            statuses=_statuses(data["statuses"]),
            own_statuses=_statuses(data["own_statuses"]),
            courses=_statuses(data["courses"]),
            nobody=re.compile(data["nobody"]),
            other_labels=re.compile(data["other_labels"]),
            shared=re.compile(data["shared"]),
            street=re.compile(rf"(?<!\w)(?:{data['streets']})(?!\w)"),
            address=re.compile(rf"(?:\d{{1,4}}(?: ?(?:bis|ter))?,? )?(?:{data['streets']})(?!\w)"),
        )
    except (KeyError, re.error) as error:
        raise LexiconError(f"lists.yaml: {error}") from error


def _statuses(entries: Sequence[dict[str, Any]]) -> Statuses:
    for entry in entries:
        if entry["status"] not in get_args(Status):
            raise LexiconError(f"lists.yaml: unknown status {entry['status']!r}")
    return tuple((re.compile(entry["pattern"]), entry["status"]) for entry in entries)
