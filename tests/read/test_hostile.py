"""Inputs that are whole and small, but hard: reading them takes no longer than their length."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.read import Failure, Incoming, Limits, Options, read
from tests.read.bad import TEXT

N = 100_000
SIGNS = "#-=*_ <>\t|`~[(\"'&;:,./\\\x0c\u00a0\u200b@é0aA"
LONG = {f"a line of {sign!r}": f"{TEXT}\n{sign * N}\n{TEXT}" for sign in SIGNS} | {
    "a mailbox that is none": "From " + "a" * N,
    "many mailboxes": "From a\n" * (N // 7),
    "front matter without end": "---\n" + "---x\n" * (N // 5),
    "front matter in brackets": "---\n" + "[" * 2_000 + "\n---\n" + TEXT,
    "heads": "Communiqué de presse\n" * (N // 21),
    "rules": "-----\n" * (N // 6),
    "pages": "\x0c" * N + TEXT,
    "addresses": "https://" + "a" * N + " x",
    "mojibake": "â€™Ã" * (N // 4),
    "marks": "<!" * (N // 2),
    "comments": "<?xml version='1.0'?>" + "<!-- -->" * (N // 8) + "<rss>",
    "declarations": "<!>" * (N // 3),
    "brackets": "{" * N,
}
PAGES = {
    "tags": "<html><body>" + "<" * N,
    "open tags": "<html><body>" + "<a " * (N // 3),
    "a name": "<html><body><" + "a" * N,
    "scripts": "<html><body>" + "<script " * (N // 8),
    "comments": "<html><body>" + "<!-- " * (N // 5),
    "a class": "<html><body><div class='" + "cookie-" * (N // 7) + f"'>x</div><p>{TEXT}</p>",
    "linked data": "<html><head><script type='application/ld+json'>"
    + '{"@graph":[' * (N // 11)
    + f"</script><p>{TEXT * 5}</p>",
    "a title": "<html><head><title>"
    + " - " * (N // 3)
    + f"</title></head><body><h1> - </h1><p>{TEXT * 5}</p>",
    "headings": "<html><body>" + "".join(f"<h2>a{n}</h2>" for n in range(N // 12)) + TEXT,
    "articles": "<html><body>"
    + "".join(f"<article><h2>t{n}</h2><p>{'mot ' * 30}</p></article>" for n in range(600)),
    "articles in articles": "<html><body>" + "<article><h2>x</h2>" * 900 + TEXT * 4,
    "rules": "<html><body>" + "<hr>" * (N // 4) + TEXT,
    "days": "<html><body>" + "<p class='date'>3 mai 2024</p>" * (N // 30),
}


def _ends(path: Path, seconds: float) -> None:
    began = time.monotonic()
    found = list(read(path, options=Options(limits=Limits(seconds=20))))
    assert time.monotonic() - began < seconds
    assert found
    for one in found:
        assert isinstance(one, Incoming) or one.error not in ("too-slow", "reader-died"), one


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_ends_soon(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LONG[name], encoding="utf-8", newline="")
    _ends(path, 15)


@pytest.mark.parametrize("name", PAGES)
def test_a_long_page_ends_soon(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGES[name], encoding="utf-8", newline="")
    _ends(path, 15)


@pytest.mark.parametrize(
    "page",
    ["<html>" + "<script " * (N // 8), "<html>" + "<" * N, "<html" * (N // 5), "<html " + "lang" * (N // 4), "<style>" * (N // 7)],
    ids=["scripts", "tags", "html", "lang", "styles"],
)  # fmt: skip
def test_a_long_page_of_a_crawl_ends_soon(tmp_path: Path, page: str) -> None:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    path = tmp_path / "a.warc"
    path.write_bytes(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ville.example/a\r\nContent-Type: application/http;"
        f"msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n".encode()
    )
    began = time.monotonic()
    found = list(read(path))
    assert time.monotonic() - began < 8
    assert all(isinstance(one, Failure) for one in found)
