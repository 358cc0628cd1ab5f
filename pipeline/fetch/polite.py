"""One page after another: robots.txt, a pause between requests, retries, conditional requests, no private hosts."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from urllib3.util.retry import Retry

from pipeline import __version__
from pipeline.fetch.guard import Guard, GuardedAdapter, RefusedError, is_public
from pipeline.read import Failure
from pipeline.write import put

#: Who asks; the address says what for.
AGENT = f"beffroi/{__version__} (reads press releases of French municipalities; one request a second)"
#: Bytes of one answer.
LARGEST = 50_000_000
_MOST_REDIRECTS = 5
_TIMEOUT = (10, 30)  # seconds to connect, and between two bytes
_LONGEST = 120.0  # seconds of one answer
_RETRIED = (429, 500, 502, 503, 504)
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/xml": ".xml"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched or is held already; `new` when its bytes came with this call."""

    address: str
    path: Path
    new: bool


class Fetcher:
    """Fetches pages into a folder, each with its address and time in a hidden file beside it.

    Parameters
    ----------
    folder : where pages go, one folder a host
    pause : seconds between two requests to a host; a longer delay that robots.txt asks for wins
    tries : how often a page is asked for when the server fails or the connection breaks
    private : hosts that may lie in a private network, because the user named them
    """

    def __init__(
        self,
        folder: Path,
        *,
        pause: float = 1.0,
        tries: int = 4,
        private: Iterable[str] = (),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder = folder
        self._pause = pause
        self._wait = wait
        self._asked: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        retries = Retry(
            total=tries - 1, backoff_factor=pause, status_forcelist=_RETRIED, redirect=0,
            respect_retry_after_header=True, raise_on_status=False, allowed_methods=("GET",),
        )  # fmt: skip
        guard = Guard(private)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(guard, max_retries=retries))

    def fetch(self, address: str, *, refresh: bool = False) -> Fetched | Failure:
        """The page at an address; one that is held is not asked for again unless `refresh`.

        With `refresh` the server is asked whether it changed (ETag, Last-Modified).
        """
        held = self._held(address)
        if held is not None and not refresh:
            return Fetched(address, self.folder / held["path"], new=False)
        try:
            if not self._allowed(address):
                return Failure(address, "fetch", "robots", f"{address}: robots.txt asks not to fetch it")
            return self._get(address, held)
        except RefusedError as error:
            return Failure(address, "fetch", "refused", f"{address}: {error}")
        except requests.RequestException as error:
            return Failure(
                address, "fetch", "unreachable", f"{address}: {error}; check the address, or try later"
            )

    def content(self, address: str) -> bytes:
        """The bytes at an address that lists others; they are not kept.  Raises `ValueError`."""
        try:
            if not self._allowed(address):
                raise ValueError(f"{address}: robots.txt asks not to fetch it")
            response, body = self._ask(address, {})
        except (RefusedError, requests.RequestException) as error:
            raise ValueError(f"{address}: {error}") from error
        if response.status_code != 200:
            raise ValueError(f"{address}: the server answered {response.status_code} {response.reason}")
        return body

    def _get(self, address: str, held: dict[str, Any] | None) -> Fetched | Failure:
        headers = {}
        if held is not None:
            headers = {name: held[key] for name, key in _CONDITIONS if held.get(key)}
        response, body = self._ask(address, headers)
        if response.status_code == 304 and held is not None:
            return Fetched(address, self.folder / held["path"], new=False)
        if response.status_code != 200:
            return Failure(
                address, "fetch", f"http-{response.status_code}",
                f"{address}: the server answered {response.status_code} {response.reason}",
            )  # fmt: skip
        return Fetched(address, self._keep(address, response, body), new=True)

    def _ask(self, address: str, headers: dict[str, str]) -> tuple[requests.Response, bytes]:
        """The answer behind all redirects, and its body."""
        start = urlsplit(address).hostname
        for _ in range(_MOST_REDIRECTS + 1):
            self._be_polite(address)
            with self._session.get(
                address, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True
            ) as response:
                if response.is_redirect:
                    address = urljoin(address, response.headers["location"])
                    _check_redirect(address, start)
                    continue
                return response, _body(response)
        raise RefusedError(f"more than {_MOST_REDIRECTS} redirects")

    def _be_polite(self, address: str) -> None:
        host = urlsplit(address).netloc
        robots = self._robots.get(host)
        delay = robots.crawl_delay(AGENT) if robots is not None else None
        pause = max(self._pause, min(float(delay or 0), 60.0))
        since = time.monotonic() - self._asked.get(host, -1e9)
        if since < pause:
            self._wait(pause - since)
        self._asked[host] = time.monotonic()

    def _allowed(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RefusedError("not an address of the web; give http://… or https://…")
        robots = self._robots.get(parts.netloc)
        if robots is None:
            robots = RobotFileParser()
            rules = f"{parts.scheme}://{parts.netloc}/robots.txt"
            response, body = self._ask(rules, {})
            # RFC 9309: without rules all is allowed, a server that fails allows nothing
            if response.status_code >= 500:
                raise RefusedError(
                    f"its robots.txt can't be read (the server answered {response.status_code}); try later"
                )
            robots.parse(body.decode("utf-8", "replace").splitlines() if response.status_code == 200 else [])
            self._robots[parts.netloc] = robots
        return robots.can_fetch(AGENT, address)

    def _paths(self, address: str) -> tuple[Path, str]:
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        host = "".join(sign if sign.isalnum() or sign in ".-" else "_" for sign in urlsplit(address).netloc)
        return self.folder / host.strip("."), name

    def _held(self, address: str) -> dict[str, Any] | None:
        folder, name = self._paths(address)
        try:
            told = json.loads((folder / f".{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return told if isinstance(told, dict) and (self.folder / told.get("path", "-")).is_file() else None

    def _keep(self, address: str, response: requests.Response, body: bytes) -> Path:
        folder, name = self._paths(address)
        folder.mkdir(parents=True, exist_ok=True)
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        path = folder / f"{name}{_SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or '.html'}"
        put(path, body)
        told = {
            "address": address,
            "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
            "final": response.url,
            "type": response.headers.get("content-type"),
            "etag": response.headers.get("etag"),
            "modified": response.headers.get("last-modified"),
            "path": str(path.relative_to(self.folder)),
        }
        # last: what has no such file beside it was cut off, and is fetched again
        put(folder / f".{name}.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        return path


_CONDITIONS = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))


def _body(response: requests.Response) -> bytes:
    until = time.monotonic() + _LONGEST
    parts, size = [], 0
    for part in response.iter_content(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise RefusedError(f"more than {LARGEST:,} bytes")
        if time.monotonic() > until:
            raise RefusedError(f"not whole after {_LONGEST:.0f} seconds")
    return b"".join(parts)


def _check_redirect(address: str, start: str | None) -> None:
    """Refuse a redirect off the web or into a private network; a host may redirect to itself."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError(f"redirects to {address}, which is no page of the web")
    if parts.hostname == start:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise RefusedError(f"redirects to {address}, whose host is not known") from error
    for *_, where in found:
        if not is_public(str(where[0])):
            raise RefusedError(f"redirects to {address}, a private address")
