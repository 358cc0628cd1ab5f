"""Word and OpenDocument."""

from __future__ import annotations

import io

from pipeline.read.incoming import Content, ReadError


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
