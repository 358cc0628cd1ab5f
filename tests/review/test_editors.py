"""Many people at once, and a server that is killed: nothing accepted is lost."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from sqlalchemy import func, select

from pipeline.database import Database, load
from pipeline.database.schema import distinctions, reviews
from pipeline.model import Collectivity
from tests.database.records import distinction, record

EDITORS = 20


def _many(database: Database, count: int) -> None:
    towns = (Collectivity(kind="other", name=f"Club {number}") for number in range(count))
    load(database, (record(f"Club numéro {town.name}", distinction(town)) for town in towns), version="test")


def test_twenty_editors_lose_nothing(served: str, database: Database) -> None:
    _many(database, EDITORS * 5)
    with database.reading() as connection:
        facts = connection.execute(
            select(distinctions.c.id, distinctions.c.release).where(
                distinctions.c.recipient_name.like("Club %")
            )
        ).all()
        everybody = connection.execute(
            select(distinctions.c.id, distinctions.c.release).where(
                distinctions.c.recipient_name == "Fos-sur-Mer"
            )
        ).first()
    assert everybody is not None

    def edit(number: int) -> list[int]:
        answers = []
        with httpx2.Client(
            base_url=served, timeout=30, cookies={"beffroi_nom": f"Personne{number}"}
        ) as client:
            for fact in facts[number::EDITORS]:
                form = {"fait": fact.id, "version": "1", "communique": fact.release}
                answers.append(
                    client.post("/faits/accepter", data=form, headers={"HX-Request": "true"}).status_code
                )
            # and all of them the same row
            form = {"fait": everybody.id, "version": "1", "communique": everybody.release}
            answers.append(
                client.post("/faits/rejeter", data=form, headers={"HX-Request": "true"}).status_code
            )
        return answers

    with ThreadPoolExecutor(EDITORS) as pool:
        answers = list(pool.map(edit, range(EDITORS)))
    assert all(status == 200 for each in answers for status in each[:-1])
    assert sorted(each[-1] for each in answers) == [200] + [409] * (EDITORS - 1)
    with database.reading() as connection:
        accepted = select(func.count()).select_from(distinctions).where(distinctions.c.state == "accepted")
        assert connection.execute(accepted).scalar_one() == len(facts)
        assert connection.execute(select(func.count()).select_from(reviews)).scalar_one() == len(facts) + 1


def test_a_killed_server_loses_no_decision(database: Database, tmp_path: Path) -> None:
    _many(database, 30)
    with database.reading() as connection:
        facts = connection.execute(
            select(distinctions.c.id, distinctions.c.release).where(
                distinctions.c.recipient_name.like("Club %")
            )
        ).all()
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "review",
        str(database.file),
        "--port",
        "0",
        "--no-browser",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline())
        assert address
        answered = []
        with httpx2.Client(base_url=address[0], timeout=30) as client:
            for fact in facts[:20]:
                form = {"fait": fact.id, "version": "1", "communique": fact.release}
                if client.post("/faits/accepter", data=form).status_code == 303:
                    answered.append(fact.id)
            server.send_signal(signal.SIGKILL)
        server.wait(10)
    assert len(answered) == 20
    with Database(tmp_path / "beffroi.db") as again, again.reading() as connection:
        kept = (
            connection.execute(select(distinctions.c.id).where(distinctions.c.state == "accepted"))
            .scalars()
            .all()
        )
    assert set(answered) <= set(kept)
