"""Web pages: the article's text by trafilatura; title, day and site from the page's metadata."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.read.incoming import Content, ReadError
from pipeline.read.options import Limits

_DAY_META = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "dcterms.date",
    "publish-date",
    "pubdate",
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
    )
)
_BLANK_LINES = re.compile(r"\n{3,}")


def read_html(page: str, limits: Limits | None = None) -> Content:
    """The release of a web page, its visible title first.

    Raises `ReadError` for a page without an article.
    """
    import trafilatura
    from lxml import html as lxml_html

    limits = limits or Limits()
    if page.count("<") > limits.tags:
        raise ReadError(
            "too-large", f"more than {limits.tags:,} tags; is it one release? --max-tags allows more"
        )
    if deepest(page, limits.depth) > limits.depth:
        raise ReadError(
            "too-deep", f"more than {limits.depth:,} elements in one another; --max-depth allows more"
        )
    try:
        tree = lxml_html.fromstring(
            page.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise ReadError("html", f"no page in it ({error})") from error
    meta = _metadata(tree)
    text = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
        output_format="txt",
    )
    if not text or not text.strip():
        text = _bare(tree)
    if not text.strip():
        raise ReadError("no-text", "the page holds no text; was it drawn by a script? save the rendered page")
    heading = _heading(tree)
    if heading and heading.lower() not in text[: len(heading) + 200].lower():
        text = f"{heading}\n\n{text}"
    return Content(
        _BLANK_LINES.sub("\n\n", text.strip()),
        title=meta.get("title") or heading,
        published=meta.get("published"),
        hints=tuple(value for name in ("site", "url") if (value := meta.get(name))),
    )


def deepest(page: str, enough: int) -> int:
    """How many elements lie in one another, counted no further than a little beyond `enough`.

    A cheap count over the tags as they are written: elements whose end may be left out are not counted.
    """
    depth = most = 0
    if page.count("<") <= enough:
        return 0
    for match in _TAG.finditer(page):
        if match[3] or match[2].lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > most:
            most = depth
            if most > enough:
                break
    return most


def _metadata(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        content = (node.get("content") or "").strip()
        if not content:
            continue
        if name in _DAY_META:
            found.setdefault("published", content)
        elif name == "og:title":
            found.setdefault("title", content)
        elif name == "og:site_name":
            found.setdefault("site", content)
        elif name == "og:url":
            found.setdefault("url", content)
    for node in tree.xpath("//script[@type='application/ld+json']"):
        _linked_data(node.text or "", found)
    if "published" not in found:
        for node in tree.xpath("//article//time[@datetime] | //main//time[@datetime]")[:1]:
            found["published"] = node.get("datetime")
    for node in tree.xpath("//link[@rel='canonical']/@href")[:1]:
        found.setdefault("url", node)
    return found


def _linked_data(source: str, found: dict[str, str]) -> None:
    """Title, day and publisher of a schema.org article; a broken block says nothing."""
    try:
        data = json.loads(source)
    except (json.JSONDecodeError, RecursionError):
        return
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in items:
        if not isinstance(item, dict):
            continue
        if "Article" in str(item.get("@type", "")) or "BlogPosting" in str(item.get("@type", "")):
            for name, key in (("datePublished", "published"), ("headline", "title")):
                if isinstance(item.get(name), str):
                    found.setdefault(key, item[name])
            publisher = item.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                found.setdefault("site", publisher["name"])


def _heading(tree: Any) -> str | None:
    for node in tree.iter("h1"):
        words = " ".join(node.text_content().split())
        if words:
            return str(words)
    return None


def _bare(tree: Any) -> str:
    """All text of the page but for what is no content."""
    for node in tree.xpath("//script | //style | //nav | //footer | //header | //noscript"):
        node.drop_tree()
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)
