"""``beffroi fetch``: pages from the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import app, wrong


@app.command()
def fetch(
    addresses: Annotated[
        list[str] | None, typer.Argument(help="Pages, https://…; or files with one address a line.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder that the pages go to.")] = Path("pages"),
    sitemap: Annotated[list[str] | None, typer.Option(help="A sitemap whose pages are fetched.")] = None,
    feed: Annotated[list[str] | None, typer.Option(help="A feed whose pages are fetched.")] = None,
    matching: Annotated[
        str, typer.Option(help="Only addresses that match, a regular expression: actualit|communique")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, help="Stop after so many pages.")] = 1000,
    pause: Annotated[float, typer.Option(min=0.2, help="Seconds between two requests to one host.")] = 1.0,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for pages that are held, whether they changed.")
    ] = False,
) -> None:
    """Fetch pages politely and keep them as they came, ready for 'beffroi run'.

    Example: beffroi fetch --sitemap https://www.ville.fr/sitemap.xml --matching actualit --out pages
    """
    import itertools

    from pipeline.fetch import Fetcher, feed_addresses, sitemap_addresses
    from pipeline.read import Failure

    fetcher = Fetcher(out, pause=pause)
    failed = new = held = 0
    listings = [
        iter(_listed(addresses or [])),
        *(sitemap_addresses(one, fetcher.content, matching) for one in sitemap or ()),
        *(feed_addresses(one, fetcher.content, matching) for one in feed or ()),
    ]
    try:
        for address in itertools.islice(dict.fromkeys(itertools.chain(*listings)), limit):
            fetched = fetcher.fetch(address, refresh=refresh)
            if isinstance(fetched, Failure):
                failed += 1
                typer.echo(fetched.message, err=True)
            else:
                new += fetched.new
                held += not fetched.new
    except ValueError as error:
        raise wrong(str(error)) from error
    typer.echo(
        f"{new} pages fetched, {held} held already, {failed} failed; read them with 'beffroi run {out}'"
    )
    raise typer.Exit(1 if failed else 0)


def _listed(addresses: list[str]) -> list[str]:
    found = []
    for one in addresses:
        if "://" in one:
            found.append(one)
        elif Path(one).is_file():
            lines = Path(one).read_text(encoding="utf-8").splitlines()
            found.extend(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        else:
            raise wrong(f"{one}: neither an address (https://…) nor a file of addresses")
    return found
