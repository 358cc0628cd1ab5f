"""Serving the page on this machine, or beyond it behind a token."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import threading
import webbrowser

from pipeline.database import Database
from pipeline.review.app import create_app


def serve(
    database: Database, *, host: str, port: int, token: str | None = None, browser: bool = True
) -> None:
    """Serve until interrupted.  Beyond the loopback a token is always asked for; raises `OSError` for a taken port."""
    import uvicorn

    local = is_loopback(host)
    if not local and token is None:
        token = secrets.token_urlsafe(24)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            raise OSError(
                f"--port {port}: {error.strerror}; choose another with --port, or 0 for a free one"
            ) from error
        port = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/" + (f"?jeton={token}" if token else "")
        print(f"La base s’ouvre à l’adresse {address} (Ctrl+C pour arrêter)", flush=True)
        if browser and local:
            # once the server answers; a machine without a browser loses nothing
            threading.Timer(1.0, webbrowser.open, [address]).start()
        app = create_app(database, token=token, only_local=local)
        settings = uvicorn.Config(app, log_level="warning", server_header=False)
        uvicorn.Server(settings).run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches the address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
