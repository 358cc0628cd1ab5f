"""Rendering: the templates, and what they may call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.review.security import name_in
from pipeline.show.marks import KINDS
from pipeline.show.render import STATUSES, TYPES

STATES = {
    "open": "à vérifier", "accepted": "acceptée", "corrected": "corrigée", "rejected": "rejetée", "added": "ajoutée",
}  # fmt: skip
REVIEWED = {
    "open": "à vérifier", "done": "vérifiées", "differs": "la machine n’est plus d’accord",
    "contradiction": "contradictoires",
}  # fmt: skip
RECIPIENTS = {
    "commune": "commune", "epci": "intercommunalité", "departement": "département", "region": "région",
    "other": "autre (personne, association, entreprise…)",
}  # fmt: skip
NOMINEE_STATES = {"open": "à vérifier", "part": "en partie", "done": "vérifiée"}


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in French; every value is escaped."""
    told = {"request": request, "who": name_in(request), **values}
    return HTMLResponse(_environment().get_template(template).render(told), status)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader,
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        statuses=STATUSES, types=TYPES, states=STATES, kinds=KINDS, reviewed_names=REVIEWED,
        recipients=RECIPIENTS, nominee_states=NOMINEE_STATES, address=address, several=several,
    )  # fmt: skip
    environment.filters.update(
        day=_day, exact=_exact, path=lambda part: quote(str(part), safe=""), course=_course, moment=_moment
    )
    return environment


def address(path: str, query: Mapping[str, object]) -> str:
    """A path with the parameters that are set."""
    told = {name: value for name, value in query.items() if value not in ("", None)}
    return f"{path}?{urlencode(told)}" if told else path


def several(count: int, words: str) -> str:
    """A number with its words in the plural where French has it: "0 acceptée", "2 distinctions vérifiées"."""
    return f"{count} " + (" ".join(f"{word}s" for word in words.split()) if count > 1 else words)


def _moment(written: str) -> str:
    """A moment of the journal, which is kept in UTC, as the clocks here showed it."""
    return datetime.fromisoformat(written).astimezone().strftime("%d/%m/%Y à %H:%M")


def _day(day: Any) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _exact(text: str) -> Markup:
    """A text of which the browser keeps every character: it would turn carriage returns into line feeds."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _course(course: str) -> str:
    """ "2024-05-02 nominated; 2024-06-10 awarded" in French."""
    steps = []
    for step in course.split("; "):
        day, _, status = step.partition(" ")
        french = "/".join(reversed(day.split("-"))) if day != "?" else "sans date"
        steps.append(f"{STATUSES.get(status, status)} ({french})")
    return " → ".join(steps)
