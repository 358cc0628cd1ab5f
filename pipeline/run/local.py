"""The local engine: one process or several workers, the order of the sources kept, no release lost."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Protocol, TypeVar

import msgspec

from pipeline.model import Collectivity, Issuer, Method, Published, Record, Release
from pipeline.read import Failure, Incoming

#: Inputs that go to a worker together.
CHUNK = 64


class Analyses(Protocol):
    """What a run needs of an analyser (`pipeline.job.Analyser`)."""

    def analyse(self, release: Release, hints: tuple[str, ...] = ()) -> Record:
        """The record of one release."""

    def stream(self, releases: Iterable[tuple[Release, tuple[str, ...]]]) -> Iterator[Record]:
        """The records of many."""


#: What a run is given: a release, an input that could not be read, or a record that is known already.
Input = Incoming | Failure | Record
Factory = Callable[[], Analyses]
_Told = TypeVar("_Told", Published, Issuer)
_analyser: Analyses | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all releases: it gives way to what they say themselves, unless `override`."""

    published: date | None = None
    issuer: Collectivity | None = None
    override: bool = False

    def tell(self, release: Release) -> Release:
        """The release with what is given put where it says nothing itself."""
        changes: dict[str, Published | Issuer] = {}
        method: Method = "metadata" if self.override else "given"
        if self.published and (
            self.override or release.published.date is None or release.published.method == "file"
        ):
            changes["published"] = Published(date=self.published, method=method)
        if self.issuer and (self.override or release.issuer.kind is None):
            issuer = self.issuer
            changes["issuer"] = Issuer(kind=issuer.kind, code=issuer.code, name=issuer.name, method=method)
        return msgspec.structs.replace(release, **changes) if changes else release


def run(
    inputs: Iterable[Input], factory: Factory, *, workers: int = 1, given: Given | None = None
) -> Iterator[Record | Failure]:
    """Records and failures in the order of the inputs, with a bounded number of chunks in flight."""
    given = given or Given()
    told = (
        Incoming(given.tell(one.release), one.hints) if isinstance(one, Incoming) else one for one in inputs
    )
    chunks = iter(lambda: list(islice(told, CHUNK)), [])
    if workers <= 1:
        analyser: Analyses | None = None
        for chunk in chunks:
            if analyser is None and any(isinstance(one, Incoming) for one in chunk):
                analyser = factory()  # not before it is needed: loading the model takes seconds
            yield from _analyse(chunk, analyser, given.override)
        return
    yield from _spread(chunks, factory, workers, given.override)


def _spread(
    chunks: Iterator[list[Input]], factory: Factory, workers: int, override: bool
) -> Iterator[Record | Failure]:
    waiting: deque[tuple[list[Input], Future[list[Record | Failure]]]] = deque()
    pool = _Pool(factory, workers, override)
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(chunk)))
            if len(waiting) > 2 * workers:
                yield from pool.outcomes(*waiting.popleft())
        while waiting:
            yield from pool.outcomes(*waiting.popleft())
    finally:
        pool.close()


class _Pool:
    """Worker processes that are started anew when one dies; only the release that kills one is lost."""

    def __init__(self, factory: Factory, workers: int, override: bool) -> None:
        self._factory = factory
        self._workers = workers
        self._override = override
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=_prepare, initargs=(self._factory,)
        )

    def submit(self, chunk: list[Input]) -> Future[list[Record | Failure]]:
        try:
            return self._executor.submit(_work, chunk, self._override)
        except BrokenProcessPool:
            self.close()
            self._executor = self._start()
            return self._executor.submit(_work, chunk, self._override)

    def outcomes(self, chunk: list[Input], future: Future[list[Record | Failure]]) -> list[Record | Failure]:
        """What became of a chunk; when a worker died over it, of each release by itself."""
        try:
            return future.result()
        except BrokenProcessPool:
            return [outcome for one in chunk for outcome in self._alone(one)]

    def _alone(self, one: Input) -> list[Record | Failure]:
        if not isinstance(one, Incoming):
            return [one]
        try:
            return self.submit([one]).result()
        except BrokenProcessPool:
            source = one.release.source
            return [
                Failure(
                    source, "analyse", "worker-died",
                    f"{source}: the worker that read it died (out of memory?); the others are done",
                )
            ]  # fmt: skip

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


def _prepare(factory: Factory) -> None:
    global _analyser
    _analyser = factory()


def _work(chunk: list[Input], override: bool) -> list[Record | Failure]:
    if _analyser is None:
        raise RuntimeError("a worker was used before it was prepared")
    return list(_analyse(chunk, _analyser, override))


def _analyse(chunk: list[Input], analyser: Analyses | None, override: bool) -> Iterator[Record | Failure]:
    """The outcomes of a chunk; a release whose analysis fails becomes a failure and the others go on."""
    releases = [(one.release, one.hints) for one in chunk if isinstance(one, Incoming)]
    if analyser is None or not releases:
        yield from (one for one in chunk if not isinstance(one, Incoming))
        return
    records: Iterator[Record] | None
    try:
        records = iter(list(analyser.stream(releases)))
    except Exception:  # the culprit is found below, release by release, and told in errors.jsonl
        records = None
    for one in chunk:
        if not isinstance(one, Incoming):
            yield one
        elif records is not None:
            yield _method(next(records), override)
        else:
            try:
                yield _method(analyser.analyse(one.release, one.hints), override)
            except Exception as error:
                source = one.release.source
                yield Failure(
                    source, "analyse", type(error).__name__,
                    f"{source}: the analysis failed ({error}); please report it with the file",
                )  # fmt: skip


def _method(record: Record, override: bool) -> Record:
    """What was given with --override was treated as metadata, and is told as given."""
    if not override:
        return record
    release = record.release
    return msgspec.structs.replace(
        record,
        release=msgspec.structs.replace(
            release,
            published=_given(release.published)
            if release.published.method == "metadata"
            else release.published,
            issuer=_given(release.issuer) if release.issuer.method == "metadata" else release.issuer,
        ),
    )


def _given(value: _Told) -> _Told:
    return msgspec.structs.replace(value, method="given")
