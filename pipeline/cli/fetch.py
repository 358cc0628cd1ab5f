"""``beffroi fetch``: pages from the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from pipeline.cli.common import app, wrong


@app.command()
def fetch(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(help="Pages, https://…; or files: one address a line, or a saved sitemap."),
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

    named = [*(addresses or ()), *(sitemap or ()), *(feed or ())]
    # a host that the user names may be one of the own network; one that a list or a redirect names may not
    fetcher = Fetcher(out, pause=pause, private={urlsplit(one).hostname or "" for one in named})
    failed = new = held = 0
    listings = [
        iter(_listed(addresses or [], matching)),
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
    except OSError as error:
        raise wrong(
            f"{out}: the pages cannot be kept ({error.strerror or error}); make room there, or give another --out: "
            "the same command goes on with what is missing"
        ) from error
    typer.echo(
        f"{new} pages fetched, {held} held already, {failed} failed; read them with 'beffroi run {out}'"
    )
    raise typer.Exit(1 if failed else 0)


def _listed(addresses: list[str], matching: str) -> list[str]:
    """The addresses themselves, and those in files: one a line, or a sitemap that was saved."""
    from pipeline.fetch import sitemap_addresses

    found = []
    for one in addresses:
        path = Path(one)
        if "://" in one:
            found.append(one)
        elif not path.is_file():
            raise wrong(f"{one}: neither an address (https://…) nor a file of addresses")
        elif path.read_bytes()[:1000].lstrip(b"\xef\xbb\xbf \n").startswith((b"<", b"\x1f\x8b")):
            try:
                found.extend(sitemap_addresses(one, lambda name: Path(name).read_bytes(), matching))
            except (ValueError, OSError) as error:
                raise wrong(str(error)) from error
        else:
            lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
            found.extend(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return found
