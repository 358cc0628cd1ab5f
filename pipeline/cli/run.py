"""``beffroi run``, ``show``, ``places``, ``schema``: reading releases and showing what is in them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline.cli import reading
from pipeline.cli.common import app, collectivity, day, wrong
from pipeline.cli.database import load_file

if TYPE_CHECKING:
    from pipeline.job import Analyser
    from pipeline.model import Record
    from pipeline.read import Options
    from pipeline.run import Given
    from pipeline.write import RunWriter

_Item = TypeVar("_Item")


@app.command()
def run(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, archives; - for standard input.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder that the results go to.")] = Path("out"),
    reference_date: Annotated[
        str | None, typer.Option(help="Publication day of releases that do not say it, e.g. 2024-09-10.")
    ] = None,
    issuer: Annotated[
        str | None,
        typer.Option(help="Publisher of releases that do not say it, e.g. 13039 or departement:13."),
    ] = None,
    override: Annotated[
        bool, typer.Option("--override", help="Let the given day and issuer win over what releases say.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = 1,
    engine: Annotated[str, typer.Option(help="How it is run: local.")] = "local",
    report: Annotated[bool, typer.Option("--report", help="Also write report.html, a page to read.")] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Take over what an earlier run into --out found, whole or cut off."),
    ] = False,
    database: Annotated[
        str | None,
        typer.Option(help="Nominee database that is brought up to date: a file, or a PostgreSQL address."),
    ] = None,
    text_column: reading.TextColumn = None,
    title_column: reading.TitleColumn = None,
    date_column: reading.DateColumn = None,
    issuer_column: reading.IssuerColumn = None,
    matching: reading.Matching = "",
    all_pages: reading.AllPages = False,
    max_size: reading.MaxSize = 50,
    max_expansion: reading.MaxExpansion = 20,
    max_members: reading.MaxMembers = 100_000,
    max_depth: reading.MaxDepth = 2_000,
    max_tags: reading.MaxTags = 200_000,
    max_pages: reading.MaxPages = 300,
    max_seconds: reading.MaxSeconds = 60,
    max_memory: reading.MaxMemory = 4_000,
) -> None:
    """Read releases and write who was nominated for or won what.

    Example: beffroi run releases/ --out out --report --reference-date 2024-09-10
    """
    if engine != "local":
        raise wrong(f"--engine {engine}: unknown; there is 'local'")
    from pipeline.run import Given

    _use_catalogue_of(out)
    given = Given(day(reference_date), collectivity(issuer), override)
    how = reading.reading_options(
        (text_column, title_column, date_column, issuer_column),
        matching, all_pages, max_size, max_memory,
        expansion=max_expansion, members=max_members, depth=max_depth, tags=max_tags,
        pages=max_pages, seconds=max_seconds,
    )  # fmt: skip
    if sources == ["-"]:
        raise typer.Exit(_one(given, how))
    told = {"day": reference_date, "issuer": issuer, "override": override}
    began = time.perf_counter()
    writer, shown = _written(sources, out, how, given, told, workers=workers, resume=resume, keep=report)
    if report:
        _report(out, shown)
    load_file(out / "records.jsonl", database or str(out / "beffroi.db"), {"sources": sources})
    _summary(
        writer.records,
        writer.failures,
        writer.distinctions,
        writer.warnings,
        out,
        report,
        time.perf_counter() - began,
    )
    raise typer.Exit(1 if writer.failures else 0)


def _written(
    sources: list[str],
    out: Path,
    how: Options,
    given: Given,
    told: Mapping[str, object],
    *,
    workers: int,
    resume: bool,
    keep: bool,
) -> tuple[RunWriter, list[Record]]:
    """Read, analyse and write all releases; the writer with its counts, and the records if they are to be kept."""
    import sqlite3

    from pipeline.model import Record
    from pipeline.read import Incoming, count, read
    from pipeline.run import Duplicates
    from pipeline.run import run as run_all
    from pipeline.write import Known, RunWriter, WriteError, fingerprint, unfinished

    shown: list[Record] = []
    identity = fingerprint(told, *_models(), Path(os.environ.get("BEFFROI_AWARDS", "")))
    if unfinished(out) and not resume:
        typer.echo(f"An unfinished run in {out} is begun anew; --resume would have gone on with it", err=True)
    try:
        known = Known(out, identity) if resume else None
        duplicates = Duplicates()
        inputs = (
            known.get(one.release) or one if known and isinstance(one, Incoming) else one
            for one in duplicates.once(read(*sources, options=how))
        )
        outcomes = duplicates.marked(run_all(inputs, load_analyser, workers=workers, given=given))
        with RunWriter(out, identity) as writer:
            for outcome in _progress(outcomes, count(sources)):
                writer.write(outcome)
                if keep and isinstance(outcome, Record):
                    shown.append(outcome)
            for failure in duplicates.lost():
                writer.write(failure)
            if duplicates.repeated:
                writer.add_sources(duplicates.further)
            if known is not None:
                known.close()
    except WriteError as error:
        raise wrong(str(error)) from error
    except sqlite3.OperationalError as error:
        raise wrong(
            f"no room for temporary files ({error}); make room in the folder for them or name another with "
            "SQLITE_TMPDIR, then run the same command with --resume"
        ) from error
    duplicates.close()
    if duplicates.repeated:
        typer.echo(
            f"{duplicates.repeated} inputs held the words of an earlier one: their names stand in its record"
        )
    if known is not None:
        typer.echo(f"{known.taken} of {writer.records} records taken over from the run before")
    return writer, shown


def _report(out: Path, shown: list[Record]) -> None:
    from pipeline.show import page
    from pipeline.write import WriteError, put, writing

    try:
        with writing(out):
            put(out / "report.html", page(shown).encode())
    except WriteError as error:
        raise wrong(str(error)) from error


def _models() -> list[Path]:
    from pipeline.trained import models_folder

    return sorted(models_folder().glob("*"))


def _use_catalogue_of(out: Path) -> None:
    """Awards that staff confirmed at the review page of this folder, unless another local catalogue is named."""
    confirmed = out / "awards.yaml"
    if confirmed.is_file() and "BEFFROI_AWARDS" not in os.environ:
        os.environ["BEFFROI_AWARDS"] = str(confirmed)
        typer.echo(f"Using the local catalogue of awards {confirmed}", err=True)


def load_analyser() -> Analyser:
    """The analyser; a function of its own, that workers can be told to call."""
    from pipeline import load

    return load()


def _one(given: Given, how: Options) -> int:
    """One release from standard input, its record to standard output."""
    from pipeline.read import Failure, read
    from pipeline.run import run as run_all

    status = 0
    for outcome in run_all(read("-", options=how), load_analyser, given=given):
        if isinstance(outcome, Failure):
            typer.echo(outcome.message, err=True)
            status = 1
        else:
            sys.stdout.buffer.write(outcome.to_json() + b"\n")
    return status


def _progress(items: Iterator[_Item], total: int) -> Iterator[_Item]:
    """The same items behind a progress bar, on a terminal only."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed or 0:.0f} releases/s")

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), Speed(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(items, total=total)


def _summary(
    records: int, failures: int, distinctions: int, warnings: int, out: Path, report: bool, seconds: float
) -> None:
    rate = f", {records / seconds:.0f} a second" if seconds > 1 else ""
    typer.echo(f"{records} releases read in {seconds:.1f} s{rate} (loading of the language model included)")
    typer.echo(
        f"{distinctions} distinction{'s'[: distinctions != 1]} found, {warnings} warning{'s'[: warnings != 1]}"
    )
    if failures:
        typer.echo(f"{failures} inputs failed: see {out / 'errors.jsonl'}")
    typer.echo("Results:")
    typer.echo(f"  {out / 'records.jsonl'}   one record a release")
    typer.echo(
        f"  {out / 'tables'}/          distinctions, places, dates, quantities, events, releases (CSV, Parquet)"
    )
    typer.echo(
        f"  {out / 'beffroi.db'}      the nominee database (SQLite): 'beffroi review {out}' opens it in a browser"
    )
    if report:
        typer.echo(f"  {out / 'report.html'}     each fact in its text: open it in a browser")


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="One release: a file, or - for standard input.")],
    html: Annotated[Path | None, typer.Option(help="Write a page with every fact highlighted.")] = None,
    reference_date: Annotated[
        str | None, typer.Option(help="Publication day, if the release does not say it.")
    ] = None,
    issuer: Annotated[str | None, typer.Option(help="Publisher, if the release does not say it.")] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Tell which words gave each distinction, and what spoke for the type."
        ),
    ] = False,
) -> None:
    """Show what is found in one release: coloured text, or a page.

    Example: beffroi show release.txt --html release.html
    """
    import pipeline
    from pipeline.read import Failure, read
    from pipeline.run import Given

    given = Given(day(reference_date), collectivity(issuer))
    analyser: Analyser | None = None
    records = []
    status = 0
    for one in read(file):
        if isinstance(one, Failure):
            typer.echo(one.message, err=True)
            status = 1
            continue
        analyser = analyser or pipeline.load()
        records.append(analyser.analyse(given.tell(one.release), one.hints))
    if html is not None and records:
        from pipeline.show import page

        html.write_text(page(records), encoding="utf-8")
        typer.echo(f"{html}: open it in a browser")
    elif records:
        from rich.console import Console

        from pipeline.show import terminal

        console = Console()
        for record in records:
            reasons = analyser.classifier.explain(record) if explain and analyser else ()
            terminal(record, console, explain=explain, reasons=reasons)
    raise typer.Exit(status)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    Example: beffroi schema > record.schema.json
    """
    import json

    from pipeline.model import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@app.command()
def places(text: Annotated[str, typer.Argument(help="A text, in quotes.")]) -> None:
    """The collectivities that a text names, with their codes, probabilities and next likely readings.

    Example: beffroi places "La ville de Fos-sur-Mer reçoit Béziers et le Gers"
    """
    from pipeline.language import Reader
    from pipeline.places import doubtful, find, resolve
    from pipeline.text import View

    view = View(text)
    candidates = find(view)
    asked = doubtful(view, candidates)
    readings = Reader().read([(view, asked)])[0] if asked else {}
    found = resolve(view, candidates, readings)
    for place in map(view.give_back, found.places):
        score = f"{place.score:.3f}" if isinstance(place.score, float | int) else ""
        other = f"{place.runner_up.name} ({place.runner_up.code})" if place.runner_up else ""
        fields = (
            f"{place.start}-{place.end}",
            place.text,
            place.kind,
            place.code or "",
            place.name,
            score,
            other,
        )
        typer.echo("\t".join(fields).rstrip())
    for warning in found.warnings:
        typer.echo(warning, err=True)
