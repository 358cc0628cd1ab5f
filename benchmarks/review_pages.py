"""How fast the pages of the review answer over a large database, and how fast it is loaded.

    python benchmarks/review_pages.py --releases 200000 --distinctions 300000

The releases are made up: random towns, awards, years and words from a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import select

from pipeline.awards import catalogue
from pipeline.database import Database, load
from pipeline.database.schema import distinctions
from pipeline.model import (
    Announcement,
    AwardRef,
    Date,
    Distinction,
    Evidence,
    Place,
    Published,
    Record,
    Release,
    Timex,
)
from pipeline.places import Gazetteer
from pipeline.review import create_app

_WORDS = [
    "la",
    "ville",
    "a",
    "obtenu",
    "hier",
    "son",
    "label",
    "grâce",
    "à",
    "ses",
    "services",
    "et",
    "aux",
    "habitants",
    "qui",
    "fleurissent",
    "rues",
    "places",
    "écoles",
]
_STATUSES = ("candidate", "nominated", "awarded", "awarded", "awarded", "renewed", "lost")
_PATHS = (
    "/a-verifier",
    "/a-verifier?page=40",
    "/a-verifier?departement=13",
    "/a-verifier?award=villes-villages-fleuris&status=awarded",
    "/a-verifier?q=Marseille",
    "/a-verifier?q=habitants",
    "/a-verifier?level=or&below=0,7",
    "/nominations",
    "/nominations?region=93&edition=2021",
    "/nominations?category=espaces",
    "/nominations?q=Marseille",
    "/nominations?q=habitants",
    "/nominations?reviewed=contradiction",
    "/prix/villes-villages-fleuris?edition=2021",
    "/collectivites/commune/13055",
    "/journal",
    "/carte",
    "/completer/prix?award=ville",
    "/completer/collectivites?recipient=saint",
)


def _records(releases: int, facts: int) -> Iterator[Record]:
    chance = random.Random(7)
    gazetteer = Gazetteer.load()
    towns = [entry for row in range(len(gazetteer)) if (entry := gazetteer.entry(row)).population > 2000]
    awards = list(catalogue().values())
    for number in range(releases):
        town = chance.choice(towns)
        day = date(2012, 1, 1) + timedelta(days=chance.randrange(5000))
        words = " ".join(chance.choices(_WORDS, k=120))
        text = f"{town.name} communiqué {number} : {words}."
        end = len(town.name)
        told = []
        for each in range(facts // releases + (number < facts % releases)):
            award = chance.choice(awards)
            said = Distinction(
                recipient=(town if each == 0 else chance.choice(towns)).collectivity,
                award=AwardRef(id=award.id, name=award.name),
                edition=day.year,
                level=chance.choice(award.levels) if award.levels else None,
                category=chance.choice(award.categories) if award.categories else None,
                status=chance.choice(_STATUSES),  # type: ignore[arg-type]  # each is a Status
                evidence=(Evidence(start=0, end=end, text=text[:end], reason="récompense : « obtenu »"),),
                score=round(chance.uniform(0.5, 1), 2),
            )
            told.append(said)
        yield Record(
            release=Release(
                id=f"{number:016x}",
                source=f"{number}.txt",
                text=text,
                published=Published(date=day, method="given"),
            ),
            announcement=Announcement(type="distinction", score=0.9),
            places=(Place(start=0, end=end, text=town.name, kind=town.kind, code=town.code, name=town.name),),
            dates=(
                Date(start=end + 1, end=end + 11, text=text[end + 1 : end + 11], timex=Timex(type="DATE")),
            ),
            distinctions=tuple(told),
        )


def main() -> None:
    """Build the database, ask for each page, print milliseconds."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--releases", type=int, default=200_000)
    arguments.add_argument("--distinctions", type=int, default=300_000)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "beffroi.db") as database:
        began = time.perf_counter()
        load(database, _records(given.releases, given.distinctions), version="benchmark")
        took = time.perf_counter() - began
        size = (Path(folder) / "beffroi.db").stat().st_size / 1e6
        print(
            f"loaded {given.releases} releases with {given.distinctions} distinctions in {took:.0f} s "
            f"({given.releases / took:.0f} a second), {size:.0f} MB"
        )
        with database.reading() as connection:
            fact = connection.execute(select(distinctions.c.release).limit(1)).scalar_one()
        page = TestClient(create_app(database), base_url="http://127.0.0.1")
        print(f"{'page':60} median    worst (ms, {given.rounds} rounds)")
        for path in (f"/communiques/{fact}", *_PATHS):
            page.get(path)
            times = []
            for _ in range(given.rounds):
                began = time.perf_counter()
                assert page.get(path).status_code == 200
                times.append(1000 * (time.perf_counter() - began))
            print(f"{path:60} {statistics.median(times):6.1f}   {max(times):6.1f}")


if __name__ == "__main__":
    main()
