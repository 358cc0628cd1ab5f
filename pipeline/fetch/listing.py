"""Addresses that sitemaps and feeds list."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator

from pipeline.read.containers import gunzip

_DEEPEST = 3  # sitemaps in sitemaps
_MOST = 100_000  # addresses

Content = Callable[[str], bytes]


def sitemap_addresses(address: str, content: Content, matching: str = "") -> Iterator[str]:
    """Addresses in a sitemap and the sitemaps that it lists; only those that match the pattern.

    `content` gives the bytes at an address.  Raises `ValueError` for what is no sitemap.
    """
    wanted = re.compile(matching)
    count = 0
    for found in _in_sitemap(address, content, _DEEPEST, set()):
        if wanted.search(found):
            yield found
            count += 1
            if count >= _MOST:
                return


def _in_sitemap(address: str, content: Content, depth: int, seen: set[str]) -> Iterator[str]:
    from lxml import etree

    if address in seen or depth < 0:
        return
    seen.add(address)
    data = content(address)
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gunzip(data)
        except (gzip.BadGzipFile, EOFError) as error:
            raise ValueError(f"{address}: broken gzip file ({error})") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{address}: no sitemap ({error}); look for its address in robots.txt") from error
    listed = [str(place.text).strip() for place in root.iter("{*}loc") if place.text]
    if etree.QName(root).localname == "sitemapindex":
        for inner in listed:
            yield from _in_sitemap(inner, content, depth - 1, seen)
    else:
        yield from listed


def feed_addresses(address: str, content: Content, matching: str = "") -> Iterator[str]:
    """Addresses of the pages that a feed links to.  Raises `ValueError` for what is no feed."""
    import feedparser

    entries = feedparser.parse(content(address)).entries
    if not entries:
        raise ValueError(f"{address}: no feed, or one without an entry")
    wanted = re.compile(matching)
    for entry in entries:
        if entry.get("link") and wanted.search(entry.link):
            yield str(entry.link)
