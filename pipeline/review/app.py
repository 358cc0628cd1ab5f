"""The application: its pages, its actions, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import pipeline.show
from pipeline.database import Database
from pipeline.review import actions, originals, pages
from pipeline.review.security import Guard
from pipeline.review.templates import render

_HERE = Path(__file__).parent


def create_app(database: Database, *, token: str | None = None, only_local: bool = True) -> FastAPI:
    """The review page over `database`; with `token`, nobody without it sees anything."""
    app = FastAPI(title="beffroi", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.database = database
    app.include_router(pages.router)
    app.include_router(actions.router)
    app.include_router(originals.router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))
    # the marks look here as they do in the report
    app.mount("/show", StaticFiles(directory=Path(pipeline.show.__file__).parent))
    app.add_middleware(Guard, token=token, only_local=only_local)
    app.add_exception_handler(HTTPException, _told)  # type: ignore[arg-type]  # the handler of this exception only
    return app


def _told(request: Request, error: HTTPException) -> Response:
    return render(
        request, "message.html", status=error.status_code, title="Page introuvable", message=error.detail
    )
