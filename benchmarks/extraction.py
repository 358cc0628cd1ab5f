"""How much of a release reading finds, and nothing else: beffroi, trafilatura alone, and a tag stripper.

Over the test folder (`tests/read/folder.py`): token F1 of the text (mean over the files), and the share of files whose
title, day and publisher are exact, among those that tell them outside the words of the release.
Run as ``python benchmarks/extraction.py`` from the checkout; exits 1 when the aims are missed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.read import Failure, read
from tests.read.folder import Expected, folder

#: What is found in a file: text, title, day, publisher.
Found = tuple[str, str | None, date | None, str | None]
AIMS = {"text": 0.97, "title": 0.95, "day": 0.95}


def token_f1(found: str, expected: str) -> float:
    """F1 of the words of two texts, each word as often as it occurs."""
    here, there = (Counter(re.findall(r"\w+", text.lower())) for text in (found, expected))
    shared = sum((here & there).values())
    return 2 * shared / max(sum(here.values()) + sum(there.values()), 1)


def beffroi(file: Expected, path: Path) -> Found:
    """The first release that reading gives; the publisher is the first of its hints."""
    one = next(iter(read(path)))
    if isinstance(one, Failure):
        return "", None, None, None
    release = one.release
    return release.text, release.title, release.published.date, one.hints[0] if one.hints else None


def trafilatura_alone(file: Expected, path: Path) -> Found:
    """trafilatura with its own metadata; it reads web pages only."""
    import trafilatura

    if path.suffix != ".html":
        return "", None, None, None
    page = file.content.decode()
    text = trafilatura.extract(page) or ""
    told: Any = trafilatura.extract_metadata(page)
    day = date.fromisoformat(told.date) if told and told.date else None
    return text, told.title if told else None, day, told.sitename if told else None


def tag_stripper(file: Expected, path: Path) -> Found:
    """All text of a page but scripts and styles, its <title> as title."""
    from lxml import html

    if path.suffix != ".html":
        return "", None, None, None
    tree = html.fromstring(file.content)
    title = tree.findtext(".//title")
    for node in tree.xpath("//script | //style | //head"):
        node.drop_tree()
    return " ".join(tree.itertext()), title, None, None


READERS: dict[str, Callable[[Expected, Path], Found]] = {
    "beffroi": beffroi, "trafilatura alone": trafilatura_alone, "tag stripper": tag_stripper,
}  # fmt: skip


def measured(reader: Callable[[Expected, Path], Found], files: list[Expected]) -> dict[str, float]:
    """The figures of a reader over some files."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for file in files:
            path = Path(place) / file.name
            path.write_bytes(file.content)
            text, title, day, publisher = reader(file, path)
            scores = {"text": token_f1(text, file.text), "title": float(title == file.title)}
            if file.day is not None:
                scores["day"] = float(day == file.day)
            if file.publisher is not None:
                scores["publisher"] = float(publisher == file.publisher)
            for name, score in scores.items():
                sums[name] += score  # type: ignore[assignment]  # a Counter adds fractions as well
                counts[name] += 1
            if "-v" in sys.argv and (scores["text"] < 0.97 or min(scores.values()) < 0.97):
                print(f"  {file.name}: {scores} {title!r} {day} {publisher!r}")
    return {name: sums[name] / counts[name] for name in sums}


def main() -> int:
    """Print the table; 1 when beffroi misses an aim over all files."""
    files = list(folder())
    pages = [file for file in files if file.name.endswith(".html")]
    kinds = {"pages": pages, **{
        suffix: [file for file in files if file.name.endswith(suffix)] for suffix in (".pdf", ".docx", ".odt", ".eml")
    }}  # fmt: skip
    print(f"| reader | files | n | text F1 | title | day | publisher |\n|{' --- |' * 7}")
    reached: dict[str, float] = {}
    for name, reader in READERS.items():
        for kind, some in {"all": files, **kinds}.items() if name == "beffroi" else {"pages": pages}.items():
            figures = measured(reader, some)
            cells = [
                f"{figures[key]:.3f}" if key in figures else ""
                for key in ("text", "title", "day", "publisher")
            ]
            print(f"| {name} | {kind} | {len(some)} | {' | '.join(cells)} |")
            if kind == "all":
                reached = figures
    return int(any(reached[name] < aim for name, aim in AIMS.items()))


if __name__ == "__main__":
    sys.exit(main())
