"""Who may ask for what."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pipeline.database import Database
from pipeline.review import create_app
from pipeline.review.server import is_loopback


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_other_names_of_this_machine_are_refused(database: Database, host: str) -> None:
    """A page elsewhere that renames its host to 127.0.0.1 (DNS rebinding) reads nothing."""
    page = TestClient(create_app(database), base_url="http://127.0.0.1")
    assert page.get("/a-verifier", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(page: TestClient, headers: dict[str, str]) -> None:
    assert page.post("/annuler", data={"communique": "x"}, headers=headers).status_code == 403


def test_nothing_is_changed_by_reading(page: TestClient) -> None:
    for path in ("/faits/accepter", "/faits/rejeter", "/annuler", "/catalogue"):
        assert page.get(path).status_code in (404, 405)


def test_large_bodies_are_refused(page: TestClient) -> None:
    assert page.post("/annuler", content=b"x" * 300_000).status_code == 413


def test_a_token_is_asked_for(database: Database) -> None:
    app = create_app(database, token="secret", only_local=False)
    page = TestClient(app, base_url="http://releases.example", follow_redirects=False)
    assert page.get("/a-verifier").status_code == 401
    assert page.get("/a-verifier?jeton=wrong").status_code == 401
    assert page.post("/annuler").status_code == 401
    assert page.get("/static/review.js").status_code == 401
    entered = page.get("/a-verifier?jeton=secret")
    assert entered.headers["location"] == "/a-verifier"
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert page.get("/a-verifier").status_code == 200


def test_every_answer_tells_the_browser_to_run_nothing_foreign(page: TestClient) -> None:
    for path in ("/a-verifier", "/nope", "/export/csv", "/static/review.css"):
        policy = page.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_the_way_back_stays_here(page: TestClient, back: str) -> None:
    assert page.post("/nom", data={"nom": "Ana", "retour": back}).headers["location"] == "/"


def test_a_name_cannot_break_the_cookie(page: TestClient) -> None:
    page.post("/nom", data={"nom": "Ana; Path=/\r\nX: y <b>", "retour": "/journal"})
    assert "Ana; Path=/ X: y &lt;b&gt;" in page.get("/journal").text


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.2", False)],
)
def test_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local
