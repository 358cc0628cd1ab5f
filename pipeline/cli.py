"""The command line: thin, and quick to answer: rooms are imported by the command that needs them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline import __version__

if TYPE_CHECKING:
    from pipeline.evaluate import Report
    from pipeline.job import Analyser
    from pipeline.model import Collectivity
    from pipeline.run import Given

_Item = TypeVar("_Item")

app = typer.Typer(
    help="Who was nominated for or won what: reads the press releases of French municipalities.\n\n"
    "Start with: beffroi run FOLDER --out out --report",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
awards_app = typer.Typer(help="The catalogue of awards: list, search, check.", no_args_is_help=True)
gazetteer_app = typer.Typer(help="The gazetteer of collectivities.", no_args_is_help=True)
corpus_app = typer.Typer(help="The annotated releases.", no_args_is_help=True)
app.add_typer(awards_app, name="awards")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(corpus_app, name="corpus")


def main() -> None:
    """Entry point of the command ``beffroi``."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
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


def _wrong(message: str) -> typer.Exit:
    """Say what is wrong with the command line; exit status 2."""
    typer.echo(f"beffroi: {message}", err=True)
    return typer.Exit(2)


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _wrong(f"--reference-date {written}: not a day; write it as 2024-09-10") from None


def _collectivity(code: str | None) -> Collectivity | None:
    if code is None:
        return None
    from pipeline.places import Gazetteer

    entry = Gazetteer.load().find_code(code)
    if entry is None:
        raise _wrong(
            f"--issuer {code}: no such code; give an INSEE or SIREN code, or departement:13, region:93"
        )
    return entry.collectivity


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
) -> None:
    """Read releases and write who was nominated for or won what.

    Example: beffroi run releases/ --out out --report --reference-date 2024-09-10
    """
    if engine != "local":
        raise _wrong(f"--engine {engine}: unknown; there is 'local'")
    from pipeline.model import Record
    from pipeline.read import count, read
    from pipeline.run import Given
    from pipeline.run import run as run_all
    from pipeline.write import RunWriter

    given = Given(_day(reference_date), _collectivity(issuer), override)
    if sources == ["-"]:
        raise typer.Exit(_one(given))
    began = time.perf_counter()
    shown: list[Record] = []
    outcomes = run_all(read(*sources), load_analyser, workers=workers, given=given)
    with RunWriter(out) as writer:
        for outcome in _progress(outcomes, count(sources)):
            writer.write(outcome)
            if report and isinstance(outcome, Record):
                shown.append(outcome)
    if report:
        from pipeline.show import page

        (out / "report.html").write_text(page(shown), encoding="utf-8")
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


def load_analyser() -> Analyser:
    """The analyser; a function of its own, that workers can be told to call."""
    from pipeline import load

    return load()


def _one(given: Given) -> int:
    """One release from standard input, its record to standard output."""
    from pipeline.read import Failure, read
    from pipeline.run import run as run_all

    status = 0
    for outcome in run_all(read("-"), load_analyser, given=given):
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
        f"  {out / 'beffroi.db'}      the same tables in SQLite; the view 'nominees' is the nominee table"
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
        bool, typer.Option("--explain", help="Tell which words gave each distinction.")
    ] = False,
) -> None:
    """Show what is found in one release: coloured text, or a page.

    Example: beffroi show release.txt --html release.html
    """
    import pipeline
    from pipeline.read import Failure, read
    from pipeline.run import Given

    given = Given(_day(reference_date), _collectivity(issuer))
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
            terminal(record, console, explain=explain)
    raise typer.Exit(status)


@app.command()
def evaluate(
    corpus: Annotated[Path, typer.Argument(help="Folder of annotated releases.")] = Path("corpus"),
    split: Annotated[str | None, typer.Option(help="train, dev or test; all releases without it.")] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what gold and program do not share.")
    ] = False,
    kind: Annotated[str | None, typer.Option(help="List the misses of this kind only, e.g. places.")] = None,
) -> None:
    """Precision, recall and F1 of every kind of fact against annotated releases.

    Example: beffroi evaluate corpus --split dev --misses --kind distinctions
    """
    import pipeline
    from pipeline.evaluate import evaluate as measure
    from pipeline.gold import FormatError, read_corpus

    if split not in (None, "train", "dev", "test"):
        raise _wrong(f"--split {split}: there are train, dev and test")
    try:
        releases = list(read_corpus(corpus, split))  # type: ignore[arg-type]  # checked right above
    except (FormatError, FileNotFoundError) as error:
        raise _wrong(str(error)) from error
    result = measure(releases, pipeline.load())
    _print_report(result, misses, kind)


def _print_report(report: Report, misses: bool, kind: str | None) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=True)
    table = Table("kind", title=f"{report.releases} releases")
    for name in ("precision", "recall", "F1", "right", "extra", "missed"):
        table.add_column(name, justify="right")
    scores = [
        *report.scores.items(),
        *((f"  {status}", score) for status, score in sorted(report.by_status.items())),
    ]
    for name, score in scores:
        figures = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        table.add_row(name, *figures, str(score.right), str(score.extra), str(score.missed))
    console.print(table)
    wrong = sorted((pair, count) for pair, count in report.confusion.items() if pair[0] != pair[1])
    console.print(
        "Types confused (gold → found): " + (", ".join(f"{a} → {b} {n}" for (a, b), n in wrong) or "none")
    )
    for miss in report.misses if misses or kind else ():
        if kind is None or miss.kind.startswith(kind):
            console.print(
                f"{miss.kind} {miss.side} {miss.release}: {miss.text!r} {miss.detail}", markup=False
            )


@app.command()
def train(
    corpus: Annotated[Path, typer.Option(help="Folder of annotated releases.")] = Path("corpus"),
    out: Annotated[
        Path | None, typer.Option(help="Folder of the models; the project's own without it.")
    ] = None,
) -> None:
    """Rebuild the models from the training split of the corpus.

    Example: beffroi train
    """
    from pipeline.classify import models_folder
    from pipeline.gold import FormatError
    from pipeline.training import train_types

    try:
        path, count = train_types(corpus, out or models_folder())
    except (FormatError, FileNotFoundError) as error:
        raise _wrong(str(error)) from error
    typer.echo(f"{path}: announcement types, trained on {count} releases")


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
    """The collectivities that a text names, with their codes.

    Example: beffroi places "La ville de Fos-sur-Mer reçoit Béziers et le Gers"
    """
    from pipeline.places import find, resolve
    from pipeline.text import View

    view = View(text)
    for place in map(view.give_back, resolve(view, find(view)).places):
        typer.echo(f"{place.start}-{place.end}\t{place.text}\t{place.kind}\t{place.code or ''}\t{place.name}")


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
        raise _wrong(f"{records}: {error}; give the records.jsonl of a run") from error


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
        raise _wrong(str(error)) from error
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
        raise _wrong(str(error)) from error
    typer.echo(f"{path}: {path.stat().st_size:,} bytes")


@corpus_app.command("check")
def corpus_check(
    folder: Annotated[Path, typer.Argument(help="Folder of the corpus.")] = Path("corpus"),
) -> None:
    """Read every annotated release and say what is wrong; exit status 1 when something is."""
    from pipeline.gold import check_corpus

    report = check_corpus(folder)
    for fault in report.faults:
        typer.echo(fault, err=True)
    for name, count in report.counts.items():
        typer.echo(f"{name}: {count}")
    share, one, other = report.closest
    typer.echo(f"closest two releases share {share:.1%} of their five-word sequences: {one}, {other}")
    if report.faults or not report.counts:
        raise typer.Exit(1)


@corpus_app.command("agreement")
def corpus_agreement(
    folder: Annotated[Path, typer.Argument(help="Folder of the corpus.")] = Path("corpus"),
) -> None:
    """Agreement of the first and the second, independent reading of the annotations, by kind."""
    from pipeline.evaluate import compare
    from pipeline.gold import FormatError, read_second

    try:
        report = compare((first, second.record) for first, second in read_second(folder))
    except (FormatError, FileNotFoundError) as error:
        raise _wrong(str(error)) from error
    typer.echo(f"{report.releases} releases read twice")
    for kind, score in report.scores.items():
        typer.echo(
            f"{kind:24} F1 {score.f1:.3f}   agreed {score.right}, first only {score.missed}, second only {score.extra}"
        )


if __name__ == "__main__":
    main()
