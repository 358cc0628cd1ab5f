"""Word, OpenDocument and mail."""

from __future__ import annotations

import io
from email import message_from_bytes, policy
from email.utils import parseaddr

from pipeline.read.incoming import Content, ReadError
from pipeline.read.markup import read_html
from pipeline.read.options import Limits


def read_docx(data: bytes) -> Content:
    """Paragraphs and tables of a Word file in their order.  Raises `ReadError` for a broken one."""
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines.extend(" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
            else:
                lines.append(block.text)
        title = document.core_properties.title or None
    except (OpcError, KeyError, ValueError, OSError) as error:
        raise ReadError("docx", f"broken Word file ({error}); open it and save it again") from error
    text = "\n".join(lines).strip()
    if not text:
        raise ReadError("no-text", "the Word file holds no text")
    return Content(text, title=title)


def read_odt(data: bytes) -> Content:
    """Paragraphs, lists and tables of an OpenDocument text in their order.  Raises `ReadError` for a broken one."""
    from odfdo import Document
    from odfdo.table import Table

    try:
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.body.children:
            if isinstance(block, Table):
                lines.extend(
                    " | ".join(str(cell or "").strip() for cell in row) for row in block.get_values()
                )
            elif block.tag in ("text:p", "text:h"):
                lines.append(block.inner_text)
            elif block.tag in ("text:list", "text:section"):
                lines.extend(
                    one.inner_text for one in block.get_elements("descendant::text:p|descendant::text:h")
                )
        title = document.meta.title or None
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ReadError("odt", f"broken OpenDocument file ({error}); open it and save it again") from error
    text = "\n".join(line.strip() for line in lines).strip()
    if not text:
        raise ReadError("no-text", "the OpenDocument file holds no text")
    return Content(text, title=title)


def read_mail(data: bytes, limits: Limits | None = None) -> Content:
    """Subject and body of a mail; its headers give the day and the sender's address as a hint."""
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ReadError("no-text", "the mail has no body in text or HTML")
    content = str(body.get_content())
    text = read_html(content, limits).text if body.get_content_type() == "text/html" else content.strip()
    subject = str(message["subject"]) if message["subject"] else None
    if not text.strip():
        raise ReadError("no-text", "the mail's body is empty")
    return Content(
        text.replace("\r\n", "\n"),
        title=subject,
        published=str(message["date"]) if message["date"] else None,
        hints=tuple(filter(None, parseaddr(str(message["from"] or "")))),
    )
