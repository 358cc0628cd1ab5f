"""Who may ask for what: token, names of the host, requests from other sites, headers of every answer."""

from __future__ import annotations

import secrets
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_COOKIE = "beffroi_jeton"
NAME_COOKIE = "beffroi_nom"
#: Largest body of a request, in bytes: forms are far smaller.
LARGEST = 200_000

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_DOOR = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>beffroi : accès</title></head>
<body><main><h1>Accès à la base</h1><p>Ouvrez l’adresse que la commande a affichée, ou donnez ici son jeton.</p>
<form><label>Jeton <input name="jeton" autocomplete="off" required autofocus></label> <button>Entrer</button></form>
</main></body></html>"""


class Guard:
    """ASGI middleware in front of everything."""

    def __init__(self, app: ASGIApp, *, token: str | None, only_local: bool) -> None:
        self._app = app
        self._token = token
        self._only_local = only_local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refused(Request(scope))
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        headers = request.headers
        if self._only_local and _name(headers.get("host", "")) not in ("127.0.0.1", "localhost", "::1"):
            return PlainTextResponse("Cette base n’est servie que sur cette machine.", 421)
        if self._token is not None:
            entered = self._enter(request, self._token)
            if entered is not None:
                return entered
        if request.method not in ("GET", "HEAD"):
            if int(headers.get("content-length") or LARGEST + 1) > LARGEST:
                return PlainTextResponse("Formulaire trop grand.", 413)
            if not self._own_page(headers):
                return PlainTextResponse("Demande refusée : rechargez la page et recommencez.", 403)
        return None

    def _enter(self, request: Request, token: str) -> Response | None:
        if _same(request.cookies.get(TOKEN_COOKIE, ""), token):
            return None
        given = request.query_params.get("jeton", "")
        if not _same(given, token):
            return HTMLResponse(_DOOR, 401)
        response = RedirectResponse(request.url.path, 303)
        response.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
        return response

    def _own_page(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of this server."""
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return False
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def with_name(response: Response, name: str) -> Response:
    """The response with the name of the person at the page kept for a year."""
    response.set_cookie(NAME_COOKIE, quote(name), max_age=31_536_000, httponly=True, samesite="strict")
    return response


def name_in(request: Request) -> str:
    """The name of the person at the page; "" when it was not told."""
    return " ".join(unquote(request.cookies.get(NAME_COOKIE, "")).split())[:80]
