"""Exports of the press archives Europresse and Factiva, as web pages and as texts: an article a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.read.incoming import Content, ReadError
from pipeline.read.markup import tree_of
from pipeline.read.options import Limits

_PAGE = re.compile(
    r"docOcurrContainer|titreArticleVisu|[\"' ]DocPublicationName\b|class=[\"'](?:[\w-]+ )?article [a-z]{2,4}Article"
)
# lengths are bounded: a line of 100,000 letters must not be tried in every way
_DOCUMENT = r"(?:Num[ée]ro de document\s{0,9}:\s{0,9})?news[·.]\d{8}[·.]\w{1,40}[·.][\w·.]{1,80}"
_EUROPRESSE_END = re.compile(rf"^[ \t]*{_DOCUMENT}[ \t]*$", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*Document [A-Z]{2}[A-Z0-9]{0,30}\d{8}[a-z0-9]{6,40}[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^(HD|TD|LP|PD|SN|BY|WC|SC|ED|PG|LA|CY|CO|IN|NS|RE|IPD|IPC|PUB|AN|CLM|SE|CR|CX|ET)(?:\s+|$)(.*)$"
)
_DAY = re.compile(r"\b\d{1,2}(?:er)? [A-Za-zÉéûôà]{3,9}\.? \d{4}\b|\b[A-Z][a-zé]{2,9} \d{1,2}, \d{4}\b")
_NUMBERED = re.compile(r"news[·.](\d{4})(\d\d)(\d\d)[·.]")
_TIME = re.compile(r"\d{1,2}[:h]\d{2}(?: ?(?:GMT|CET|CEST|UTC|AM|PM))?")
_WORDS = re.compile(r"^\d[\d\s.,]*\s(?:mots|words)$")
_RIGHTS = re.compile(r"^\s*(?:©|\(c\)|Copyright\b|Tous droits r|All rights r)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^(?:français|french|english|anglais)$", re.IGNORECASE)
_LEAVINGS = re.compile(r"^Cet article est paru dans\b")


def is_press_page(page: str) -> bool:
    """Whether a page is an export of Europresse or Factiva."""
    return bool(_PAGE.search(page))


def is_press_text(text: str) -> bool:
    """Whether a text is an export of Europresse or Factiva."""
    return bool(_EUROPRESSE_END.search(text) or _FACTIVA_END.search(text))


def read_press_page(page: str, limits: Limits | None = None) -> Iterator[Content]:
    """The articles of an export saved as a web page.

    Raises `ReadError` when it holds none, and for a page beyond the limits.
    """
    tree = tree_of(page, limits or Limits())
    found = False
    articles = tree.xpath(
        "//article[.//*[contains(@class, 'titreArticle') or contains(@class, 'docOcurr') or contains(@class, 'DocText')]]"
    )
    for article in articles:
        found = True
        yield _europresse(article)
    for article in tree.xpath(
        "//div[contains(concat(' ', @class), ' article ') and contains(@class, 'Article')]"
    ):
        found = True
        yield _factiva(article)
    if not found and tree.xpath("//*[contains(@class, 'docOcurrContainer') or contains(@class, 'DocText')]"):
        found = True
        yield _europresse(tree)
    if not found:
        raise ReadError("empty", "no article in this export; save it again with whole texts")


def _europresse(article: Any) -> Content:
    name = _said(article, ".//*[contains(@class, 'DocPublicationName')]")
    heads = [_text(one) for one in article.xpath(".//*[contains(@class, 'DocHeader')] | .//header//span")]
    title = _said(article, ".//*[contains(@class, 'titreArticleVisu')]") or _said(
        article, ".//*[contains(@class, 'titreArticle')]"
    )
    bodies = article.xpath(".//*[contains(@class, 'docOcurrContainer')]") or article.xpath(
        ".//*[contains(@class, 'DocText')]"
    )
    lines = [_text(one) for one in article.xpath(".//*[contains(@class, 'subtitle')]")]
    lines += [line for body in bodies[:1] for line in _lines(body)]
    day = next((told for head in (*heads, name) if (told := _day(head))), "")
    return _article(title, day or _numbered(_text(article)), name, [line for line in lines if line])


def _numbered(words: str) -> str:
    """The day in the number of a document: "news·20241115·JC·0012"."""
    found = _NUMBERED.search(words)
    return "-".join(found.groups()) if found else ""


def _factiva(article: Any) -> Content:
    rows = {}
    for row in article.xpath(".//tr[td]"):
        cells = row.xpath("./td")
        if len(cells) > 1:
            rows[" ".join(cells[0].text_content().split())] = cells[1]
    if "HD" in rows:
        body = [line for key in ("LP", "TD") if key in rows for line in _lines(rows[key])]
        return _article(_text(rows["HD"]), _text(rows.get("PD")), _text(rows.get("SN")), body)
    heads = [_text(one) for one in article.xpath("./div[not(contains(@class, 'author'))]")]
    heads = [one for one in heads if one]
    title = _said(article, ".//*[@id='hd']") or _said(article, ".//*[contains(@class, 'Headline')]")
    day = next((number for number, one in enumerate(heads) if one != title and _DAY.fullmatch(one)), None)
    names = [one for one in heads[(day or 0) + 1 :] if not _TIME.fullmatch(one)]
    body = [
        line for one in article.xpath(".//p[contains(@class, 'articleParagraph')]") for line in _lines(one)
    ]
    return _article(title, heads[day] if day is not None else "", names[0] if names else "", body)


def read_press_text(text: str) -> Iterator[Content]:
    """The articles of an export saved as plain text."""
    text = text.replace("\r\n", "\n")
    if _FACTIVA_END.search(text):
        parse, end = _factiva_text, _FACTIVA_END
    else:
        parse, end = _europresse_text, _EUROPRESSE_END
    start = 0
    for match in end.finditer(text):
        yield parse(text[start : match.start()].strip("\n").splitlines())
        start = match.end()


def _europresse_text(lines: list[str]) -> Content:
    """Publication, edition and day, title, body, rights."""
    told = [line.strip() for line in lines]
    day = next((number for number, line in enumerate(told[:12]) if _DAY.search(line)), None)
    if day is None:
        return _article("", "", "", told)
    name = next((line for line in told[:day] if line), "")
    rest = [line for line in told[day + 1 :] if line or told]
    title = next((number for number, line in enumerate(rest) if line), len(rest))
    return _article(
        rest[title] if title < len(rest) else "",
        _day(told[day]),
        name or told[day].split(",")[0],
        rest[title + 1 :],
    )


def _factiva_text(lines: list[str]) -> Content:
    """With its index (two letters before each field) or as it is printed."""
    fields: dict[str, list[str]] = {}
    now: list[str] | None = None
    for line in lines:
        match = _FIELD.match(line.strip())
        if match:
            now = fields.setdefault(match[1], [])
            now.append(match[2].strip())
        elif now is not None:
            now.append(line.strip())
    if "HD" in fields and ("LP" in fields or "TD" in fields):
        first = {key: " ".join(filter(None, fields.get(key, []))) for key in ("HD", "PD", "SN")}
        return _article(first["HD"], first["PD"], first["SN"], fields.get("LP", []) + fields.get("TD", []))
    told = [line.strip() for line in lines]
    words = next((number for number, line in enumerate(told) if _WORDS.match(line)), None)
    title = next((line for line in told if line), "")
    if words is None:
        return _article(title, "", "", told[told.index(title) + 1 :] if title else told)
    rest = [line for line in told[words + 1 :] if line][:8]
    day = next((number for number, line in enumerate(rest) if _DAY.fullmatch(line)), None)
    after = [line for line in rest[(day or 0) + 1 :] if not _TIME.fullmatch(line)]
    begins = next(
        (number for number, line in enumerate(told) if number > words and _RIGHTS.match(line)),
        next((number for number, line in enumerate(told) if number > words and _LANGUAGE.match(line)), words),
    )
    return _article(
        title, rest[day] if day is not None else "", after[0] if after else "", told[begins + 1 :]
    )


def _article(title: str, day: str, publication: str, body: list[str]) -> Content:
    """The content of an article, its title first, without the archive's notice of rights."""
    kept = [line for line in body if not _RIGHTS.match(line) and not _LEAVINGS.match(line)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    if title and text:
        text = f"{title}\n\n{text}"
    name = re.split(r"\s*[(,;]", publication)[0].strip()
    return Content(text, title=title or None, published=day or None, hints=(name,) if name else ())


def _said(node: Any, path: str) -> str:
    return next((words for one in node.xpath(path) if (words := _text(one))), "")


def _text(node: Any) -> str:
    return " ".join(node.text_content().split()) if node is not None else ""


def _lines(node: Any) -> list[str]:
    paragraphs = node.xpath(".//p | .//li | .//h2 | .//h3") or [node]
    return [line for one in paragraphs if (line := _text(one))]


def _day(words: str) -> str:
    found = _DAY.search(words)
    return found[0] if found else ""
