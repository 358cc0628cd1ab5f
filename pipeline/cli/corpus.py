"""``beffroi evaluate``, ``train``, ``corpus``: the annotated releases, measuring and training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import app, corpus_app, wrong

if TYPE_CHECKING:
    from pipeline.evaluate import Report


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
        raise wrong(f"--split {split}: there are train, dev and test")
    try:
        releases = list(read_corpus(corpus, split))  # type: ignore[arg-type]  # checked right above
    except (FormatError, FileNotFoundError) as error:
        raise wrong(str(error)) from error
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
        raise wrong(str(error)) from error
    typer.echo(f"{path}: announcement types, trained on {count} releases")


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
        raise wrong(str(error)) from error
    typer.echo(f"{report.releases} releases read twice")
    for kind, score in report.scores.items():
        typer.echo(
            f"{kind:24} F1 {score.f1:.3f}   agreed {score.right}, first only {score.missed}, second only {score.extra}"
        )
