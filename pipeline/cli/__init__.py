"""The command line: thin, and quick to answer: rooms are imported by the command that needs them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli import catalogue, corpus, database, fetch, run
from pipeline.cli.common import app

__all__ = ["app", "catalogue", "corpus", "database", "fetch", "main", "run"]


def main() -> None:
    """Entry point of the command ``beffroi``."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command with --resume goes on where it stopped", err=True)
        sys.exit(130)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"beffroi {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
