"""How fast names of collectivities are found, and that neither many names nor long lines slow it.

    python benchmarks/places_speed.py [--rounds 5]

Takes the releases of train and dev in pieces of 300 words, and prints on one core, of the fastest round: pieces a
second of `pipeline.places.find` on views that are there (every stage shares them) and with the making of the view;
the same with four times as many names in the gazetteer; seconds for texts made to be hard, at 50,000 and 100,000
characters, whose ratio is 2 where time is linear; milliseconds and memory of loading the gazetteer.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.gold import read_corpus
from pipeline.places import Gazetteer, find
from pipeline.places.gazetteer import unpack
from pipeline.text import View

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
WORDS = 300
_LOAD = """
import time
import pipeline.places
def resident():  # bytes of this process, which Linux counts in pages of 4 KiB
    return 4096 * int(open("/proc/self/statm").read().split()[1])
before = resident()
began = time.perf_counter()
pipeline.places.Gazetteer.load()
print(1000 * (time.perf_counter() - began), (resident() - before) / 2**20)
"""


def pieces() -> list[str]:
    """The releases of train and dev, one behind the other, cut every 300 words; their line ends kept."""
    words = [
        word
        for split in ("train", "dev")
        for gold in read_corpus(CORPUS, split)
        for word in gold.record.release.text.replace("\n", " \n ").split(" ")
    ]
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words) - WORDS, WORDS)]


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Seconds of this process for `work`, of the fastest round."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def more_names(times: int) -> Gazetteer:
    """The gazetteer with `times` as many names: each once more with another last word."""
    compiled = unpack()
    keys, rows = str(compiled["keys"]).split("\n"), str(compiled["rows"]).split("\n")
    named = dict(zip(keys, rows, strict=True))
    for number in range(times - 1):
        named |= {f"{key} q{number}": row for key, row in zip(keys, rows, strict=True)}
    ordered = sorted(named)
    return Gazetteer(
        compiled | {"keys": "\n".join(ordered), "rows": "\n".join(named[key] for key in ordered)}
    )


def hard_texts(size: int) -> Iterator[tuple[str, str]]:
    """Names and texts of so many characters that could cost more than they are long."""
    gazetteer = Gazetteer.load()
    names = [gazetteer.entry(row).name for row in range(len(gazetteer))]
    yield "one line of names", " ".join(names)[:size]
    yield "every name a line", "\n".join(names)[:size]
    yield "capitals", ("SAINT JEAN DE LA " * (size // 17 + 1))[:size]
    yield "hyphens", ("la-" * (size // 3 + 1))[:size]
    yield "quotation marks", ('"Nevers ' * (size // 8 + 1))[:size]
    yield "blanks", ("Nevers" + " " * 500 + "(") * (size // 507)
    yield "one word", "A" * size


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    texts = pieces()
    views = [View(text) for text in texts]
    for view in views:
        _ = view.folded, view.sentences
    candidates = sum(len(find(view)) for view in views)
    print(f"{len(texts)} pieces of {WORDS} words, {candidates / len(texts):.1f} candidates in each")
    alone = fastest(lambda: [find(view) for view in views], rounds)
    print(f"finding alone              {len(texts) / alone:8.0f} pieces/s")
    whole = fastest(lambda: [find(View(text)) for text in texts], rounds)
    print(f"with the view of the text  {len(texts) / whole:8.0f} pieces/s")
    large = more_names(4)
    print(f"with {len(large._rows)} names instead of {len(Gazetteer.load()._rows)}", end=" ")
    print(f"{len(texts) / fastest(lambda: [find(view, large) for view in views], rounds):8.0f} pieces/s")
    for (name, half), (_, text) in zip(hard_texts(50_000), hard_texts(100_000), strict=True):
        one, two = (fastest(lambda text=text: find(View(text)), 3) for text in (half, text))  # type: ignore[misc]
        print(f"{name:20} {len(half)} characters {one:6.3f} s, {len(text)} {two:6.3f} s: {two / one:.1f}")
    told = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout
    milliseconds, mebibytes = map(float, told.split())
    print(f"the gazetteer loads in {milliseconds:.0f} ms and {mebibytes:.0f} MiB")


if __name__ == "__main__":
    main()
