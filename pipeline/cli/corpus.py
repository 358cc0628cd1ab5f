"""``beffroi evaluate``, ``train``, ``corpus``: the annotated releases, measuring and training."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import app, corpus_app, wrong


@app.command()
def evaluate(
    corpus: Annotated[Path, typer.Argument(help="Folder of annotated releases.")] = Path("corpus"),
    split: Annotated[str | None, typer.Option(help="train, dev or test; all releases without it.")] = None,
    by: Annotated[
        str | None, typer.Option(help="Also the table of every slice: type, status, length or award.")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Also what the nearest town and year would give.")
    ] = False,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Also whether scores are right as often as they say.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(help="Compare with the records of another run (records.jsonl, or --save).")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(help="Write the records of this evaluation, to compare with later.")
    ] = None,
    learning: Annotated[
        bool, typer.Option("--learning", help="Only what growing shares of train teach, measured on dev.")
    ] = False,
    html: Annotated[Path | None, typer.Option(help="Write a page on which to look through errors.")] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what gold and program do not share.")
    ] = False,
    kind: Annotated[str | None, typer.Option(help="List the misses of this kind only, e.g. places.")] = None,
) -> None:
    """Precision, recall and F1 of every kind of fact against annotated releases.

    F1 has a 95 % bootstrap interval over releases; one without width means that no error was seen,
    not that there is none.

    Example: beffroi evaluate corpus --split dev --against before.jsonl --html errors.html
    """
    from rich.console import Console

    import pipeline
    from pipeline.evaluate import compare, compare_each, find_records, predict, save_records, slices, table
    from pipeline.evaluate import terminal as tell
    from pipeline.evaluate.against import RecordsError, gaps
    from pipeline.gold import FormatError, read_corpus

    if split not in (None, "train", "dev", "test"):
        raise wrong(f"--split {split}: there are train, dev and test")
    if by not in (None, "type", "status", "length", "award"):
        raise wrong(f"--by {by}: there are type, status, length and award")
    _check(kind, save, html)
    if learning:
        _print_learning(corpus)
        return
    try:
        releases = list(read_corpus(corpus, split))  # type: ignore[arg-type]  # checked right above
        others = find_records(against, releases) if against else []
    except (FormatError, FileNotFoundError, RecordsError) as error:
        raise wrong(str(error)) from error
    if not releases:
        raise wrong(f"{corpus}: no releases in {split}; splits.yaml lists them")
    records = predict(releases, pipeline.load())
    if save:
        save_records(save, records)
    report = compare(zip(releases, records, strict=True))
    compared = compare_each(releases, records, baseline=baseline)
    console = Console(soft_wrap=True)
    tell.print_rows(console, tell.count(len(releases)), table(compared))
    tell.print_confusion(console, report)
    if by:
        tell.print_slices(console, by, slices(compared, by))  # type: ignore[arg-type]  # checked above
    if reliability:
        tell.print_reliability(console, compared)
        tell.print_cost(console, records)
    if against:
        both = [(ours, theirs) for ours, theirs in zip(compared, others, strict=True) if theirs]
        if len(both) < len(releases):
            typer.echo(f"{against} lacks {len(releases) - len(both)} of {len(releases)} releases", err=True)
        ours = [one for one, _ in both]
        theirs = compare_each([one.gold for one in ours], [record for _, record in both])
        tell.print_gaps(console, against.name, len(both), gaps(ours, theirs))
    if html:
        from pipeline.evaluate.browser import page

        html.write_text(page(compared), encoding="utf-8")
        typer.echo(f"{html}: open it in a browser")
    for miss in report.misses if misses or kind else ():
        if kind is None or miss.kind.startswith(kind):
            console.print(
                f"{miss.kind} {miss.side} {miss.release}: {miss.text!r} {miss.detail}", markup=False
            )


def _print_learning(corpus: Path) -> None:
    """Learning curves of the two models that learn most: announcement types, and who got what."""
    from pipeline.gold import FormatError
    from pipeline.learning import decider_curve, type_curve

    if not (corpus / "splits.yaml").is_file():
        raise wrong(f"{corpus}: learning curves need splits.yaml, with train and dev")
    try:
        for what, points in (
            ("announcement types, accuracy on dev", type_curve(corpus)),
            ("who got what, F1 of the learned decider's slots on dev", decider_curve(corpus)),
        ):
            typer.echo(what)
            for point in points:
                typer.echo(f"  {point.share:6.1%} of train ({point.releases} releases): {point.figure:.3f}")
    except (FormatError, FileNotFoundError) as error:
        raise wrong(str(error)) from error


def _check(kind: str | None, *outputs: Path | None) -> None:
    """Whether there is such a kind, and folders for what is written: known before the work is done."""
    from pipeline.evaluate import KINDS

    if kind is not None and not any(name.startswith(kind) for name in KINDS):
        raise wrong(f"--kind {kind}: there are {', '.join(KINDS)}; the beginning of one will do")
    for path in outputs:
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            raise wrong(f"{path}: give a file in a folder that exists")


@app.command()
def train(
    corpus: Annotated[Path, typer.Option(help="Folder of annotated releases.")] = Path("corpus"),
    out: Annotated[
        Path | None, typer.Option(help="Folder of the models; the project's own without it.")
    ] = None,
) -> None:
    """Rebuild the models from the training split of the corpus, or from all of it when it has no splits.yaml.

    Example: beffroi train --corpus my-corpus --out my-models
    """
    from pipeline.gold import FormatError
    from pipeline.trained import models_folder
    from pipeline.training import TooLittleError, train_holders, train_names, train_slots, train_types

    folder = out or models_folder()
    for what, unit, make in (
        ("names of awards", "spans", train_names),
        ("who got what", "mentions of possible recipients", train_slots),
        ("announcement types", "releases", train_types),
        ("holders of quantities", "quantities", train_holders),
    ):
        try:
            path, count = make(corpus, folder)
            typer.echo(f"{path}: {what}, trained on {count} {unit}")
        except TooLittleError as error:
            typer.echo(f"{what}: {error}; the model stays as it is", err=True)
            _keep(error.models, folder)
        except (FormatError, FileNotFoundError) as error:
            raise wrong(str(error)) from error


def _keep(names: tuple[str, ...], folder: Path) -> None:
    """Put the project's own models where those could not be trained, so that the folder is complete."""
    import shutil

    from pipeline.trained import models_folder

    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        own, kept = models_folder() / name, folder / name
        if own.is_file() and not kept.exists():
            shutil.copyfile(own, kept)


@corpus_app.command("check")
def corpus_check(
    folder: Annotated[Path, typer.Argument(help="Folder of the corpus.")] = Path("corpus"),
) -> None:
    """Read every annotated release and say what is wrong; exit status 1 when something is."""
    from pipeline.gold import check_corpus
    from pipeline.gold.counts import uneven

    report = check_corpus(folder)
    for fault in report.faults:
        typer.echo(fault, err=True)
    for name, count in report.counts.items():
        typer.echo(f"{name}: {count}")
    typer.echo("words a release: " + _listed(report.lengths))
    for heading, found in report.tallies.items():
        typer.echo(f"{heading}: {_listed(found)}")
    gap, split, kind = uneven(report.tallies)
    if split:
        typer.echo(
            f"splits and types: farthest from the whole is {kind} in {split}, by {gap:.1%} of its releases"
        )
    for name, part in report.unseen.items():
        typer.echo(f"{name} of the distinctions of test that do not occur in train: {part:.1%}")
    share, one, other = report.closest
    typer.echo(f"closest two releases share {share:.1%} of their five-word sequences: {one}, {other}")
    if report.faults or not report.counts:
        raise typer.Exit(1)


def _listed(found: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.items())


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


@corpus_app.command("export")
def corpus_export(
    to: Annotated[Path, typer.Option(help="File to write.")],
    format: Annotated[str, typer.Option(help="spacy, bio, label-studio or web-annotation.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the corpus.")] = Path("corpus"),
    split: Annotated[str | None, typer.Option(help="train, dev or test; all releases without it.")] = None,
) -> None:
    """Write annotated releases in a format of others: spaCy's DocBin, CoNLL-2003, Label Studio, W3C annotations.

    Example: beffroi corpus export corpus --split train --format spacy --to train.spacy
    """
    from pipeline.gold import FormatError, read_corpus
    from pipeline.gold.exchange import FORMATS
    from pipeline.gold.exchange.label_studio import CONFIG

    if format not in FORMATS:
        raise wrong(f"--format {format}: there are {', '.join(FORMATS)}")
    if split not in (None, "train", "dev", "test"):
        raise wrong(f"--split {split}: there are train, dev and test")
    _check(None, to)
    try:
        releases = list(read_corpus(folder, split))  # type: ignore[arg-type]  # checked right above
    except (FormatError, FileNotFoundError) as error:
        raise wrong(str(error)) from error
    to.write_bytes(FORMATS[format].dump(releases))
    typer.echo(f"{to}: {len(releases)} releases")
    if format == "label-studio":
        config = to.with_suffix(".xml")
        config.write_text(CONFIG, encoding="utf-8")
        typer.echo(f"{config}: the labelling interface to go with it")
    if FORMATS[format].lost:
        typer.echo(FORMATS[format].lost, err=True)


@corpus_app.command("import")
def corpus_import(
    source: Annotated[Path, typer.Argument(help="File that 'corpus export' or an annotator's tool wrote.")],
    to: Annotated[
        Path, typer.Option(help="Folder of a corpus; its releases/ must hold none of the same names.")
    ],
    format: Annotated[str, typer.Option(help="spacy, bio, label-studio or web-annotation.")],
) -> None:
    """Write the releases of such a file into a corpus folder, one annotated text file each.

    Example: beffroi corpus import corrected.json --format label-studio --to my-corpus
    """
    from pipeline.gold import FormatError, parse_gold, write_gold
    from pipeline.gold.exchange import FORMATS, ExchangeError

    if format not in FORMATS:
        raise wrong(f"--format {format}: there are {', '.join(FORMATS)}")
    try:
        releases = FORMATS[format].load(source.read_bytes())
        written = {gold.id: write_gold(gold.record, gold.about) for gold in releases}
        for name, content in written.items():
            if Path(name).name != name or name in ("", ".", ".."):
                raise wrong(f"{source}: {name!r} is no name for a file")
            parse_gold(content, name)
    except (ExchangeError, FormatError, OSError, UnicodeDecodeError) as error:
        raise wrong(f"{source}: {error}") from error
    target = to / "releases"
    there = sorted(name for name in written if (target / f"{name}.txt").exists())
    if there:
        raise wrong(f"{target}: {there[0]}.txt is there already; give another folder")
    target.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (target / f"{name}.txt").write_text(content, encoding="utf-8", newline="")
    typer.echo(f"{target}: {len(written)} releases")
    if FORMATS[format].lost:
        typer.echo(FORMATS[format].lost, err=True)
