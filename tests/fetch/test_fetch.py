"""Fetching, against a server of the tests' own on the loopback."""

from __future__ import annotations

import gzip
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.common import app
from pipeline.cli.fetch import _listed
from pipeline.fetch import Fetched, Fetcher, feed_addresses, polite, sitemap_addresses
from pipeline.fetch.guard import Guard, RefusedError, is_public
from pipeline.read import Failure, Incoming, read

PAGE = b"""<!doctype html><html><body><article><h1>Piscine</h1><p>La ville de Nevers ferme sa piscine lundi pour
trois semaines de travaux, et la rouvre au printemps avec un nouveau bassin pour les enfants.</p></article></body></html>"""
ROBOTS = b"User-agent: *\nDisallow: /prive\nCrawl-delay: 2\n"


class Site:
    """A small town hall's site: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.fails = 0
        self.connections = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                site.connections += 1
                super().setup()

            def do_GET(self) -> None:
                site.asked[self.path] += 1
                site.agents.add(self.headers["User-Agent"])
                status, headers, body = site.answer(self.path, dict(self.headers))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        html = {"Content-Type": "text/html; charset=utf-8", "ETag": '"v1"'}
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, ROBOTS
        if path == "/sitemap.xml":
            inner = f"<sitemapindex><sitemap><loc>{self.address}/inner.xml.gz</loc></sitemap></sitemapindex>"
            return 200, {}, inner.encode()
        if path == "/inner.xml.gz":
            urls = "".join(
                f"<url><loc>{self.address}/{name}</loc></url>"
                for name in ("actualites/1", "contact", "actualites/2")
            )
            return (
                200,
                {},
                gzip.compress(
                    f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
                ),
            )
        if path == "/feed":
            items = f"<item><title>a</title><link>{self.address}/actualites/1</link></item>"
            return (
                200,
                {},
                f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(),
            )
        redirects = {
            "/moved": "/actualites/1", "/loop": "/loop", "/inside": "http://169.254.169.254/latest",
            "/rebound": f"http://ville.example:{self.server.server_port}/actualites/1",
            "/other": f"http://localhost:{self.server.server_port}/actualites/1", "/file": "file:///etc/passwd",
        }  # fmt: skip
        if path in redirects:
            return 302, {"Location": redirects[path]}, b""
        if path == "/shaky" and self.asked[path] <= self.fails:
            return 503, {}, b""
        if path == "/gone":
            return 404, html, b"rien"
        if headers.get("If-None-Match") == '"v1"':
            return 304, {}, b""
        return 200, html, PAGE


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(tmp_path: Path, waits: list[float]) -> Fetcher:
    return Fetcher(tmp_path / "pages", pause=0.01, wait=waits.append, private=("127.0.0.1",))


def test_a_page_is_kept_as_it_came_and_read_with_its_address(site: Site, fetcher: Fetcher) -> None:
    address = f"{site.address}/actualites/1"
    fetched = fetcher.fetch(address)
    assert isinstance(fetched, Fetched)
    assert (fetched.new, fetched.path.read_bytes()) == (True, PAGE)
    (found,) = read(fetcher.folder)
    assert isinstance(found, Incoming)
    assert found.release.text.startswith("Piscine")
    assert address in found.hints
    assert all("beffroi/" in agent for agent in site.agents)


def test_what_is_held_is_not_asked_for_again_unless_it_may_have_changed(site: Site, fetcher: Fetcher) -> None:
    address = f"{site.address}/actualites/1"
    fetcher.fetch(address)
    again = fetcher.fetch(address)
    assert isinstance(again, Fetched)
    assert (again.new, site.asked["/actualites/1"]) == (False, 1)
    refreshed = fetcher.fetch(address, refresh=True)
    assert isinstance(refreshed, Fetched)
    assert (refreshed.new, site.asked["/actualites/1"]) == (False, 2)  # "304 Not Modified"


def test_robots_txt_is_asked_once_and_heeded(site: Site, fetcher: Fetcher, waits: list[float]) -> None:
    refused = fetcher.fetch(f"{site.address}/prive/a")
    fetcher.fetch(f"{site.address}/actualites/1")
    fetcher.fetch(f"{site.address}/actualites/2")
    assert isinstance(refused, Failure)
    assert refused.error == "robots"
    assert (site.asked["/robots.txt"], site.asked["/prive/a"]) == (1, 0)
    assert max(waits) > 1.5  # the delay that it asks for


def test_a_server_that_stumbles_is_asked_again(site: Site, fetcher: Fetcher) -> None:
    site.fails = 2
    assert isinstance(fetcher.fetch(f"{site.address}/shaky"), Fetched)
    assert site.asked["/shaky"] == 3


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/inside", "private"),
        ("/other", "private"),
        ("/loop", "redirects"),
        ("/file", "no page of the web"),
        ("/gone", "404"),
    ],
)
def test_what_is_not_fetched_is_told(site: Site, fetcher: Fetcher, path: str, told: str) -> None:
    failure = fetcher.fetch(site.address + path)
    assert isinstance(failure, Failure)
    assert told in failure.message
    assert failure.source == site.address + path
    assert list(fetcher.folder.rglob("*.html")) == []


def test_a_redirect_within_the_host_is_followed(site: Site, fetcher: Fetcher) -> None:
    assert isinstance(fetcher.fetch(f"{site.address}/moved"), Fetched)


def test_an_answer_without_end_is_cut(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "LARGEST", 10)
    failure = fetcher.fetch(f"{site.address}/actualites/1")
    assert isinstance(failure, Failure)
    assert failure.error == "refused"


@pytest.mark.parametrize("address", ["ftp://ville.example/a", "ville.example", "http://"])
def test_what_is_no_address_is_told(fetcher: Fetcher, address: str) -> None:
    failure = fetcher.fetch(address)
    assert isinstance(failure, Failure)
    assert "https://" in failure.message


def test_a_page_that_was_cut_off_is_fetched_again(site: Site, fetcher: Fetcher) -> None:
    address = f"{site.address}/actualites/1"
    fetched = fetcher.fetch(address)
    assert isinstance(fetched, Fetched)
    fetched.path.with_name(f".{fetched.path.stem}.json").unlink()
    again = fetcher.fetch(address)
    assert isinstance(again, Fetched)
    assert again.new


@pytest.mark.parametrize(
    ("listing", "path"), [(sitemap_addresses, "/sitemap.xml"), (feed_addresses, "/feed")]
)
def test_sitemaps_and_feeds_list_pages(
    site: Site, fetcher: Fetcher, listing: Callable[..., Iterator[str]], path: str
) -> None:
    found = list(listing(site.address + path, fetcher.content, "actualites"))
    assert found[0] == f"{site.address}/actualites/1"
    assert all("actualites" in address for address in found)
    with pytest.raises(ValueError, match=r"no sitemap|no feed"):
        list(listing(f"{site.address}/contact", fetcher.content))


def test_a_private_host_that_only_a_list_names_is_refused(site: Site, tmp_path: Path) -> None:
    failure = Fetcher(tmp_path, pause=0.01).fetch(f"{site.address}/actualites/1")
    assert isinstance(failure, Failure)
    assert (failure.error, "private" in failure.message) == ("refused", True)
    assert not site.asked


def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is public, each later one is the loopback, as a hostile server of names gives them."""
    answers = iter(["93.184.215.14"])

    def resolve(host: str, port: int, *arguments: object, **options: object) -> list[tuple[object, ...]]:
        address = next(answers, "127.0.0.1") if host == "ville.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    polite._check_redirect(f"http://ville.example:{site.server.server_port}/", "127.0.0.1")  # seen as public
    failure = Fetcher(tmp_path, pause=0.01).fetch(
        f"http://ville.example:{site.server.server_port}/actualites/1"
    )
    assert isinstance(failure, Failure)
    assert "private" in failure.message
    assert not site.asked


def test_a_host_that_was_public_never_becomes_private() -> None:
    guard = Guard(["ville.example"])
    guard.check("ville.example", ["93.184.215.14"])
    with pytest.raises(RefusedError, match="private"):
        guard.check("ville.example", ["169.254.169.254"])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1", "0.0.0.0", "224.0.0.1", "fe80::1%eth0",
        "64:ff9b::7f00:1", "2002:7f00:1::", "::10.0.0.1", "100.64.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"]
)
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked for once a connection; what it would have said a moment later plays no part."""
    asked: list[str] = []
    resolved = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: object, **options: object) -> list[tuple[object, ...]]:
        if host != "ville.example":
            return resolved(host, port, *arguments, **options)  # type: ignore[arg-type, return-value]  # passed on
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    fetcher = Fetcher(tmp_path, pause=0.01, tries=1, private=("ville.example",))
    fetched = fetcher.fetch(f"http://ville.example:{site.server.server_port}/actualites/1")
    assert isinstance(fetched, Fetched)
    assert len(asked) == site.connections == 2  # robots.txt and the page; the server keeps no connection up


def test_a_redirect_to_a_name_that_turns_private_is_refused(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public when the redirect is checked, the loopback when the connection is made."""
    answers = iter(["93.184.215.14"])
    resolved = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: object, **options: object) -> list[tuple[object, ...]]:
        if host != "ville.example":
            return resolved(host, port, *arguments, **options)  # type: ignore[arg-type, return-value]  # passed on
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    failure = fetcher.fetch(f"{site.address}/rebound")
    assert isinstance(failure, Failure)
    assert (failure.error, "private" in failure.message) == ("refused", True)
    assert not site.asked["/actualites/1"]


def test_a_private_host_in_a_list_is_refused(site: Site, tmp_path: Path) -> None:
    """A list that somebody else wrote names no host of the own network; the command line may."""
    listed = tmp_path / "list.txt"
    listed.write_text(f"{site.address}/actualites/1\n", encoding="utf-8")
    out = str(tmp_path / "pages")
    told = CliRunner().invoke(app, ["fetch", str(listed), "--out", out, "--pause", "0.2"])
    assert (told.exit_code, "private" in told.output) == (1, True)
    assert not site.asked
    told = CliRunner().invoke(app, ["fetch", f"{site.address}/actualites/1", "--out", out, "--pause", "0.2"])
    assert told.exit_code == 0, told.output


def test_a_fetch_without_room_says_so_and_leaves_no_half_page(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    out = tmp_path / "pages"
    command = ["fetch", f"{site.address}/actualites/1", "--out", str(out), "--pause", "0.2"]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 2
    assert f"{out}: the pages cannot be kept (No space left on device)" in told.output
    assert [path for path in out.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert CliRunner().invoke(app, command).exit_code == 0
    assert [one.release.title for one in read(out) if isinstance(one, Incoming)] == ["Piscine"]


def test_a_saved_sitemap_and_a_list_give_their_addresses(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://a.example/1</loc></url><url><loc>https://a.example/contact</loc></url></urlset>",
        encoding="utf-8",
    )
    (tmp_path / "list.txt").write_text("# ours\nhttps://b.example/2\n\n", encoding="utf-8")
    named = _listed([str(tmp_path / "sitemap.xml"), str(tmp_path / "list.txt"), "https://c.example"], r"/\d")
    assert named == ["https://a.example/1", "https://b.example/2", "https://c.example"]
