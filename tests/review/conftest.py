"""A database with a few releases, and the page over it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from pipeline.database import Database, load
from pipeline.model import AwardRef, Record
from pipeline.review import create_app
from tests.database.records import BEZIERS, distinction, record

TEXT = "Fos-sur-Mer décroche le Hashtag d'Argent 2024 <b>avec</b> 4 200 abonnés.\nLe 🐟 est content."
UNKNOWN = AwardRef(id=None, name="Prix du Bien-Manger")


def told() -> list[Record]:
    """What the machine says of three releases."""
    return [
        record(TEXT, distinction(level="Argent"), day=date(2024, 6, 1), source="fos.txt"),
        record(
            "Béziers et Fos-sur-Mer sont nommées",
            distinction(BEZIERS, status="nominated", score=0.6),
            distinction(status="nominated", score=0.7),
            day=date(2024, 5, 2),
            source="beziers.txt",
        ),
        record(
            "Béziers gagne encore",
            distinction(BEZIERS, award=UNKNOWN, edition=None),
            source="bien-manger.txt",
        ),
    ]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "beffroi.db") as opened:
        load(opened, told(), version="test")
        yield opened


@pytest.fixture
def page(database: Database) -> TestClient:
    return TestClient(create_app(database), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def served(database: Database) -> Iterator[str]:
    """Address of a real server over the database."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(database), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)
