"""``beffroi awards`` and ``beffroi gazetteer``: the reference data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import awards_app, gazetteer_app, wrong


@awards_app.command("list")
def awards_list() -> None:
    """All awards of the catalogue: id, kind and name."""
    from pipeline.awards import catalogue

    for award in catalogue().values():
        typer.echo(f"{award.id}\t{award.kind}\t{award.name}")


@awards_app.command("search")
def awards_search(words: Annotated[list[str], typer.Argument(help="Words of a name.")]) -> None:
    """Awards whose names hold all the words.  Example: beffroi awards search fleur"""
    from pipeline.awards import search

    for award in search(" ".join(words)):
        levels = f"\t{', '.join(award.levels)}" if award.levels else ""
        typer.echo(f"{award.id}\t{award.name}\t{award.organiser or ''}{levels}")


@awards_app.command("check")
def awards_check() -> None:
    """Validate the catalogue; exit status 1 when something is wrong."""
    from pipeline.awards import catalogue, check

    faults = check()
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    unchecked = sum("not checked" in award.source for award in catalogue().values())
    typer.echo(f"{len(catalogue())} awards, no fault; {unchecked} rest on general knowledge alone")


@awards_app.command("unknown")
def awards_unknown(
    records: Annotated[Path, typer.Argument(help="records.jsonl of a run.")],
) -> None:
    """Proposals for catalogue entries (YAML): awards of a run that the catalogue lacks, most frequent first.

    Example: beffroi awards unknown out/records.jsonl > to-check.yaml
    """
    from pipeline.awards import propose, unknown_in

    try:
        typer.echo(propose(unknown_in(records)), nl=False)
    except (OSError, ValueError) as error:
        raise wrong(f"{records}: {error}; give the records.jsonl of a run") from error


@awards_app.command("add")
def awards_add(
    entries: Annotated[
        Path, typer.Argument(help="YAML file of entries, as 'beffroi awards unknown' proposes them.")
    ],
    to: Annotated[Path, typer.Option(help="Local catalogue that they are added to.")] = Path("awards.yaml"),
) -> None:
    """Add entries to a local catalogue, which runs use when BEFFROI_AWARDS names it.

    Example: beffroi awards add to-check.yaml --to awards.yaml && BEFFROI_AWARDS=awards.yaml beffroi run …
    """
    from pipeline.awards import CatalogueError, add

    try:
        added, held = add(entries, to)
    except (OSError, CatalogueError) as error:
        raise wrong(str(error)) from error
    typer.echo(f"{to}: {added} entries added, {held} in all; set BEFFROI_AWARDS={to} to use them")


@gazetteer_app.command("build")
def gazetteer_build(
    folder: Annotated[Path, typer.Argument(help="Folder with the official lists (CSV).")],
) -> None:
    """Compile the official lists of collectivities into the package."""
    from pipeline.places.build import build

    try:
        path = build(folder)
    except (FileNotFoundError, ValueError) as error:
        raise wrong(str(error)) from error
    typer.echo(f"{path}: {path.stat().st_size:,} bytes")
