"""What can be changed: every action is a form, answered with the part of the page that changed."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from markupsafe import escape
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.awards import CatalogueError, catalogue, propose
from pipeline.awards import add as add_awards
from pipeline.database import ConflictError, Database, DecisionError, Filters, decide
from pipeline.database.facts import FIELDS
from pipeline.review.pages import database_of, release_view
from pipeline.review.recipients import read as read_recipient
from pipeline.review.security import name_in, with_name
from pipeline.review.templates import address, render

router = APIRouter()

_Action = Callable[[Connection, Mapping[str, str], str], str]


def person(request: Request) -> str:
    """Who decides: the name told at the page, else that of the account on this machine."""
    if name := name_in(request):
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "anonyme"


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _act(request: Request, action: _Action, release: str | None = None) -> Response:
    form = _texts(await request.form())
    return await run_in_threadpool(_acted, request, action, form, person(request), release)


def _acted(
    request: Request, action: _Action, form: Mapping[str, str], who: str, release: str | None
) -> Response:
    database = database_of(request)
    message = alarm = ""
    status = 200
    try:
        with database.writing() as connection:
            message = action(connection, form, who)
    except ConflictError as error:
        alarm, status = str(error), 409
    except DecisionError as error:
        alarm, status = str(error), 422
    return _answer(request, database, form, release or form.get("communique", ""), message, alarm, status)


def _answer(
    request: Request, database: Database, form: Mapping[str, str], release: str, message: str, alarm: str, status: int
) -> Response:  # fmt: skip
    filters = Filters.of(form_filters(form))
    if status == 422 and "hx-request" in request.headers:
        # the form stays as it was filled in; only the alarm is new
        return HTMLResponse(escape(alarm), status, {"HX-Retarget": "#alarme", "HX-Reswap": "innerHTML"})
    if "hx-request" in request.headers or alarm:
        with database.reading() as connection:
            view = release_view(connection, release, filters)
        view |= {"message": message, "alarm": alarm, "focus": form.get("fait")}
        template = "changed.html" if "hx-request" in request.headers else "release.html"
        return render(request, template, status=status, **view)
    return RedirectResponse(address(f"/communiques/{release}", filters.query()), 303)


def form_filters(form: Mapping[str, str]) -> dict[str, str]:
    """The filters that a form carries along, under ``f-…``."""
    return {name.removeprefix("f-"): value for name, value in form.items() if name.startswith("f-")}


def _version(form: Mapping[str, str]) -> int:
    version = form.get("version", "")
    if not (version.isascii() and version.isdigit()):
        raise DecisionError("Formulaire incomplet : rechargez la page.")
    return int(version)


def _accept(connection: Connection, form: Mapping[str, str], who: str) -> str:
    decide.accept(connection, form.get("fait", ""), _version(form), who)
    return "Acceptée."


def _reject(connection: Connection, form: Mapping[str, str], who: str) -> str:
    decide.reject(connection, form.get("fait", ""), _version(form), who, form.get("why"))
    return "Rejetée."


def _keep(connection: Connection, form: Mapping[str, str], who: str) -> str:
    decide.keep(connection, form.get("fait", ""), _version(form), who)
    return "Votre décision est gardée."


def _correct(connection: Connection, form: Mapping[str, str], who: str) -> str:
    decide.correct(connection, form.get("fait", ""), _version(form), _said(form), who, form.get("why"))
    return "Corrigée."


def _undo(connection: Connection, form: Mapping[str, str], who: str) -> str:
    decide.undo(connection, who)
    return "Dernière décision annulée."


def _said(form: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a distinction from a form; the recipient and the award are looked up."""
    said: dict[str, Any] = {name: form.get(name) for name in FIELDS}
    recipient = read_recipient(form.get("recipient", ""))
    said |= {
        "recipient_kind": recipient.kind, "recipient_code": recipient.code, "recipient_name": recipient.name,
    }  # fmt: skip
    name = " ".join(form.get("award", "").split())
    award = next((one for one in catalogue().values() if name in (one.id, one.name)), None)
    return said | {"award_id": award.id if award else None, "award_name": award.name if award else name}


@router.post("/faits/accepter")
async def accept(request: Request) -> Response:
    """The fact is right."""
    return await _act(request, _accept)


@router.post("/faits/rejeter")
async def reject(request: Request) -> Response:
    """The release does not say that."""
    return await _act(request, _reject)


@router.post("/faits/corriger")
async def correct(request: Request) -> Response:
    """The fact with other values."""
    return await _act(request, _correct)


@router.post("/faits/garder")
async def keep(request: Request) -> Response:
    """A decision stands against what the machine says now."""
    return await _act(request, _keep)


@router.post("/annuler")
async def undo(request: Request) -> Response:
    """Take back one's last decision."""
    return await _act(request, _undo)


@router.post("/communiques/{release}/ajouter")
async def add(request: Request, release: str) -> Response:
    """A distinction that the machine did not see."""

    def action(connection: Connection, form: Mapping[str, str], who: str) -> str:
        decide.add(connection, release, _said(form), _span(form), who, form.get("why"))
        return "Ajoutée."

    return await _act(request, action, release)


def _span(form: Mapping[str, str]) -> tuple[int, int] | None:
    start, end = form.get("start", ""), form.get("end", "")
    if start.isdigit() and end.isdigit():
        return int(start), int(end)
    return None


@router.post("/communiques/{release}/verifier")
async def vouch(request: Request, release: str) -> Response:
    """All distinctions of the release are there and right; or no longer."""

    def action(connection: Connection, form: Mapping[str, str], who: str) -> str:
        given = form.get("verifie") == "oui"
        decide.check_release(connection, release, who if given else None)
        return "Communiqué vérifié." if given else "Communiqué à revoir."

    return await _act(request, action, release)


@router.post("/nom")
async def name(request: Request) -> Response:
    """Who is at the page."""
    form = _texts(await request.form())
    told = " ".join(form.get("nom", "").split())[:80]
    back = form.get("retour", "/")
    # only a path of our own: "//elsewhere" and "/\elsewhere" lead away
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return with_name(RedirectResponse(safe, 303), told)


@router.post("/catalogue")
async def teach(request: Request) -> Response:
    """An award that staff confirm enters the local catalogue, which the next run uses."""
    form = _texts(await request.form())
    return await run_in_threadpool(_taught, request, " ".join(form.get("name", "").split()))


def _taught(request: Request, award: str) -> Response:
    to = local_catalogue(database_of(request))
    if to is None:
        return render(request, "message.html", status=422, title="Pas de catalogue local",
                      message="Lancez beffroi review avec BEFFROI_AWARDS=prix.yaml.")  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as entry:
        entry.write(propose({award: 1}).replace("; to be checked", "; confirmed at the review page"))
        entry.flush()
        try:
            add_awards(Path(entry.name), to)
        except (CatalogueError, OSError) as error:
            return render(request, "message.html", status=422, title="Prix non ajouté", message=str(error))
    os.environ["BEFFROI_AWARDS"] = str(to)
    catalogue.cache_clear()
    return render(
        request, "message.html", title="Prix ajouté au catalogue local",
        message=f"« {award} » est dans {to}. La prochaine analyse s’en servira. Complétez l’entrée (organisateur, "
        "niveaux, autres noms) dans ce fichier.",
    )  # fmt: skip


def local_catalogue(database: Database) -> Path | None:
    """The local catalogue: the one of ``$BEFFROI_AWARDS``, else ``awards.yaml`` beside the database."""
    if told := os.environ.get("BEFFROI_AWARDS"):
        return Path(told)
    return database.file.with_name("awards.yaml") if database.file else None
