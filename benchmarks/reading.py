"""What reading costs beside the analysis: milliseconds a release, as text, as web pages and as PDFs.

Run as ``python benchmarks/reading.py`` from the checkout; exits 1 when reading text or HTML costs more than analysing.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pipeline
from pipeline.gold import read_corpus
from pipeline.model import Release
from pipeline.read import Incoming, read
from tests.read import pdfs
from tests.read.folder import PAGES

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_ROUNDS = 3


def page(release: Release) -> bytes:
    """The release in the page of a content manager, with its menus and neighbours."""
    source = (PAGES / "wordpress.html").read_text(encoding="utf-8")
    body = "".join(f"<p>{line}</p>" for line in release.text.splitlines() if line.strip())
    for name, value in {"title": release.title or "Communiqué", "iso": "2024-09-10", "day": "10 septembre 2024",
                        "publisher": "Ville", "host": "ville.example", "slug": release.id, "body": body}.items():  # fmt: skip
        source = source.replace(f"{{{name}}}", value)
    return source.encode()


MAKERS: dict[str, Callable[[Release], bytes]] = {
    "txt": lambda release: release.text.encode(),
    "html": page,
    "pdf": lambda release: pdfs.plain("Communiqué", release.text.split("\n")),
}


def milliseconds(work: Callable[[], Iterable[object]], count: int) -> float:
    """The least time of some rounds for one of `count` things."""
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for _ in work():
            pass
        times.append(time.perf_counter() - began)
    return min(times) / count * 1000


def main() -> int:
    """Print the table."""
    releases = [gold.record.release for gold in read_corpus(CORPUS)]
    analyser = pipeline.load()
    list(analyser.stream(releases[:5]))
    analysis = milliseconds(lambda: analyser.stream(releases), len(releases))
    print(
        f"{len(releases)} releases, {sum(len(one.text.split()) for one in releases) / len(releases):.0f} words each"
    )
    print(f"analysis {analysis:6.2f} ms a release")
    dear = False
    for suffix, make in MAKERS.items():
        with tempfile.TemporaryDirectory() as place:
            for number, release in enumerate(releases):
                (Path(place) / f"{number:04}.{suffix}").write_bytes(make(release))
            assert all(isinstance(one, Incoming) for one in read(place))
            cost = milliseconds(lambda folder=place: read(folder), len(releases))  # type: ignore[misc]  # the folder of this round
        print(f"{suffix:8} {cost:6.2f} ms a release, {cost / analysis:.2f} of the analysis")
        dear = dear or (suffix != "pdf" and cost > analysis)
    return int(dear)


if __name__ == "__main__":
    sys.exit(main())
