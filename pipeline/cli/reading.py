"""The options of `beffroi run` about how sources are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import wrong

if TYPE_CHECKING:
    from pipeline.read import Options

_TABLES = "Tables"
_LIMITS = "Limits"
_ARCHIVES = "Web archives"

TextColumn = Annotated[str | None, typer.Option(help="Column that holds the text.", rich_help_panel=_TABLES)]
TitleColumn = Annotated[str | None, typer.Option(help="Column of the title.", rich_help_panel=_TABLES)]
DateColumn = Annotated[
    str | None, typer.Option(help="Column of the publication day.", rich_help_panel=_TABLES)
]
IssuerColumn = Annotated[
    str | None, typer.Option(help="Column of the publisher's code.", rich_help_panel=_TABLES)
]
Matching = Annotated[
    str,
    typer.Option(help="Only pages whose address matches, a regular expression.", rich_help_panel=_ARCHIVES),
]
AllPages = Annotated[
    bool,
    typer.Option(
        "--all-pages", help="Also pages that are not French or of no town.", rich_help_panel=_ARCHIVES
    ),
]
MaxSize = Annotated[
    float, typer.Option(min=0.001, help="MB of a file or a part of one.", rich_help_panel=_LIMITS)
]
MaxExpansion = Annotated[
    int, typer.Option(min=1, help="An archive may hold so many times --max-size.", rich_help_panel=_LIMITS)
]
MaxMembers = Annotated[int, typer.Option(min=1, help="Files in an archive.", rich_help_panel=_LIMITS)]
MaxDepth = Annotated[
    int, typer.Option(min=1, help="Elements inside one another in a page.", rich_help_panel=_LIMITS)
]
MaxTags = Annotated[int, typer.Option(min=1, help="Tags of a page.", rich_help_panel=_LIMITS)]
MaxPages = Annotated[int, typer.Option(min=1, help="Pages of a PDF.", rich_help_panel=_LIMITS)]
MaxSeconds = Annotated[
    float, typer.Option(min=0.1, help="Seconds to read one document.", rich_help_panel=_LIMITS)
]
MaxMemory = Annotated[
    int, typer.Option(min=500, help="MB that the reading process may take.", rich_help_panel=_LIMITS)
]


def reading_options(
    columns: tuple[str | None, str | None, str | None, str | None],
    matching: str,
    all_pages: bool,
    size: float,
    memory: int,
    **limits: float,
) -> Options:
    """The options of reading that the command line gives; sizes are in MB there and in bytes here."""
    import re

    from pipeline.read import Columns, Limits, Options

    try:
        re.compile(matching)
    except re.error as error:
        raise wrong(f"--matching {matching}: no regular expression ({error})") from error
    text, title, date, issuer = columns
    whole = {name: int(value) for name, value in limits.items() if name != "seconds"}
    return Options(
        limits=Limits(
            size=int(size * 1_000_000), memory=memory * 1_000_000, seconds=limits["seconds"], **whole
        ),
        columns=Columns(text=text, title=title, date=date, issuer=issuer),
        matching=matching,
        french_only=not all_pages,
    )
