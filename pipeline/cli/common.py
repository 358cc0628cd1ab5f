"""What the commands share: the application, its groups, and how a mistake on the command line is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pipeline.model import Collectivity

app = typer.Typer(
    help="Who was nominated for or won what: reads the press releases of French municipalities.\n\n"
    "Start with: beffroi run FOLDER --out out --report, then: beffroi review out",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
awards_app = typer.Typer(help="The catalogue of awards: list, search, check.", no_args_is_help=True)
gazetteer_app = typer.Typer(help="The gazetteer of collectivities.", no_args_is_help=True)
corpus_app = typer.Typer(help="The annotated releases.", no_args_is_help=True)
database_app = typer.Typer(help="The nominee database: load, back up, restore.", no_args_is_help=True)
app.add_typer(database_app, name="database")
app.add_typer(awards_app, name="awards")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(corpus_app, name="corpus")


def wrong(message: str) -> typer.Exit:
    """Say what is wrong with the command line; exit status 2."""
    typer.echo(f"beffroi: {message}", err=True)
    return typer.Exit(2)


def day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise wrong(f"--reference-date {written}: not a day; write it as 2024-09-10") from None


def collectivity(code: str | None) -> Collectivity | None:
    if code is None:
        return None
    from pipeline.places import Gazetteer

    entry = Gazetteer.load().find_code(code)
    if entry is None:
        raise wrong(
            f"--issuer {code}: no such code; give an INSEE or SIREN code, or departement:13, region:93"
        )
    return entry.collectivity
