"""The local engine: order, failures, and workers that die."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import pytest

from pipeline.model import Announcement, Record, Release
from pipeline.read import Failure, Incoming
from pipeline.run.local import run


class _Stub:
    """An analyser that fails over one text and kills its process over another."""

    def stream(self, releases: Iterable[tuple[Release, tuple[str, ...]]]) -> Iterator[Record]:
        return (self.analyse(release, hints) for release, hints in releases)

    def analyse(self, release: Release, hints: tuple[str, ...] = ()) -> Record:
        if release.text == "deadly":
            os._exit(9)
        if release.text == "faulty":
            raise ValueError("no such thing")
        return Record(
            release=release, announcement=Announcement(type="event", score=1.0, scores={"event": 1.0})
        )


def _inputs(texts: list[str]) -> list[Incoming | Failure]:
    return [Incoming(Release(id=str(n), source=f"{n}.txt", text=text), ()) for n, text in enumerate(texts)]


def _told(outcomes: Iterable[Record | Failure]) -> list[str]:
    return [one.error if isinstance(one, Failure) else one.release.source for one in outcomes]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_release_that_fails_is_told_in_its_place(workers: int) -> None:
    outcomes = run(_inputs(["a", "faulty", "b"]), _Stub, workers=workers)
    assert _told(outcomes) == ["0.txt", "ValueError", "2.txt"]


def test_a_release_that_kills_its_worker_is_the_only_one_lost() -> None:
    texts = ["text"] * 70 + ["deadly"] + ["text"] * 40
    told = _told(run(_inputs(texts), _Stub, workers=2))
    assert told == [f"{n}.txt" if text == "text" else "worker-died" for n, text in enumerate(texts)]
