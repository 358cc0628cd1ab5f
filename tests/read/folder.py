"""The test folder: releases of our own in the pages of seven content managers and in office formats, with what
reading must find in them."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import docx
import yaml
from odfdo import Document, Header, List, Paragraph, Table

from tests.read import pdfs

PAGES = Path(__file__).parent / "pages"
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class Expected:
    """One file of the folder, and the text, title, day and publisher that are in it.

    `day` and `publisher` are None when nothing but the words of the release tells them.
    """

    name: str
    content: bytes
    text: str
    title: str
    day: date | None
    publisher: str | None


def folder() -> Iterator[Expected]:
    """All files of the folder."""
    releases = yaml.safe_load((PAGES / "releases.yaml").read_text(encoding="utf-8"))
    for path in sorted(PAGES.glob("*.html")):
        for release in releases:
            yield _page(path, release)
    for release in releases:
        slug, title, publisher = release["slug"], release["title"], release["publisher"]
        text = f"{title}\n{_text(release)}"
        yield Expected(f"{slug}.docx", _docx(release), text, title, None, None)
        yield Expected(f"{slug}.odt", _odt(release), text, title, None, None)
        yield Expected(f"{slug}.eml", _mail(release), _text(release), title, release["day"], publisher)
        yield Expected(f"{slug}.pdf", _pdf(release), text, title, None, None)


def said(day: date) -> str:
    """The day as a page shows it: 1er janvier 2025."""
    return f"{day.day}{'er' if day.day == 1 else ''} {_MONTHS[day.month - 1]} {day.year}"


def _page(path: Path, release: dict[str, Any]) -> Expected:
    day = release["day"]
    page = path.read_text(encoding="utf-8")
    shown = {
        "title": html.escape(release["title"], quote=False), "publisher": release["publisher"], "host": release["host"],
        "slug": release["slug"], "iso": day.isoformat(), "day": said(day), "weekday": _DAYS[day.weekday()],
        "body": _body(release),
    }  # fmt: skip
    for name, value in shown.items():
        page = page.replace(f"{{{name}}}", value)
    line = {
        "typo3": said(day), "spip": f"{shown['weekday']} {said(day)}", "joomla": f"Publié le : {said(day)}",
        "wix": said(day),
    }.get(path.stem, f"Publié le {said(day)}")  # fmt: skip
    text = f"{release['title']}\n{line}\n{_text(release)}"
    return Expected(
        f"{path.stem}-{release['slug']}.html",
        page.encode(),
        text,
        release["title"],
        day,
        release["publisher"],
    )


def _blocks(release: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for block in release["blocks"]:
        if isinstance(block, str):
            yield ("heading", block[3:]) if block.startswith("## ") else ("paragraph", block)
        else:
            yield ("table", block) if isinstance(block[0], list) else ("list", block)


def _text(release: dict[str, Any]) -> str:
    lines: list[str] = []
    for kind, block in _blocks(release):
        if kind == "table":
            lines.extend(" | ".join(row) for row in block)
        elif kind == "list":
            lines.extend(block)
        else:
            lines.append(block)
    return "\n".join(lines)


def _body(release: dict[str, Any]) -> str:
    parts: list[str] = []
    for kind, block in _blocks(release):
        if kind == "table":
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in block)
            parts.append(f"<table><tbody>{rows}</tbody></table>")
        elif kind == "list":
            parts.append(f"<ul>{''.join(f'<li>{item}</li>' for item in block)}</ul>")
        else:
            parts.append(
                f"<{'h2' if kind == 'heading' else 'p'}>{block}</{'h2' if kind == 'heading' else 'p'}>"
            )
    return "\n".join(parts)


def _docx(release: dict[str, Any]) -> bytes:
    document = docx.Document()
    document.core_properties.title = release["title"]
    document.add_heading(release["title"], 0)
    for kind, block in _blocks(release):
        if kind == "table":
            table = document.add_table(rows=len(block), cols=len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        elif kind == "list":
            for item in block:
                document.add_paragraph(item, style="List Bullet")
        elif kind == "heading":
            document.add_heading(block, 2)
        else:
            document.add_paragraph(block)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _odt(release: dict[str, Any]) -> bytes:
    document = Document("text")
    document.body.clear()
    document.meta.title = release["title"]
    document.body.append(Header(1, release["title"]))
    for kind, block in _blocks(release):
        if kind == "table":
            table = Table("t", width=len(block[0]), height=len(block))
            for y, row in enumerate(block):
                for x, cell in enumerate(row):
                    table.set_value((x, y), cell)
            document.body.append(table)
        elif kind == "list":
            document.body.append(List(block))
        else:
            document.body.append(Header(2, block) if kind == "heading" else Paragraph(block))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _mail(release: dict[str, Any]) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = release["title"]
    mail["From"] = f"{release['publisher']} <presse@{release['host']}>"
    mail["To"] = "redaction@journal.example"
    mail["Date"] = format_datetime(datetime.combine(release["day"], datetime.min.time()).replace(hour=9))
    mail.set_content(_text(release), cte="quoted-printable")
    return bytes(mail)


def _pdf(release: dict[str, Any]) -> bytes:
    paragraphs: list[str] = []
    for kind, block in _blocks(release):
        if kind == "table":
            paragraphs.extend(" | ".join(cell for cell in row if cell) for row in block)
        elif kind == "list":
            paragraphs.extend(block)
        else:
            paragraphs.append(block)
    return pdfs.plain(release["title"], paragraphs, "Microsoft Word - CP.docx")
