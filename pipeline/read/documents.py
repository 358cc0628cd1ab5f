"""Word and OpenDocument."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.read.incoming import Content, ReadError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODT_HEAD = "(//style:master-page)[1]/*[self::style:header or self::style:header-first]//text:p"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: What a reader of the file does not see: deletions, where moved words stood, copies for old programs, properties.
_NOT_THERE = frozenset(
    ("del", "moveFrom", "Fallback", "pPr", "rPr", "sectPr", "sdtPr", "tblPr", "trPr", "tcPr", "")
)


def read_docx(data: bytes) -> Content:
    """Letterhead, paragraphs, text boxes and tables of a Word file in their order, corrections as accepted.

    Raises `ReadError` for a broken one.
    """
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        first = document.sections[0] if len(document.sections) else None
        heads = (
            [first.first_page_header]
            if first is not None and first.different_first_page_header_footer
            else []
        )
        heads += [first.header] if first is not None else []
        letterhead = next((found for one in heads if (found := _letterhead(one))), [])
        lines = list(_blocks(document.element.body))
        title = document.core_properties.title or None
    except (OpcError, KeyError, ValueError, OSError) as error:
        raise ReadError("docx", f"broken Word file ({error}); open it and save it again") from error
    text = "\n".join([*letterhead, *lines]).strip()
    if not text:
        raise ReadError("no-text", "the Word file holds no text")
    return Content(text, title=title)


def _letterhead(head: Any) -> list[str]:
    """The lines of a header, but for a page number."""
    if head.is_linked_to_previous:
        return []
    return [line for line in _blocks(head._element) if any(sign.isalpha() for sign in line)]


def _blocks(element: Any) -> Iterator[str]:
    """The lines in a part of a Word file: of paragraphs, the boxes anchored in them, rows of tables."""
    for child in element:
        name = _local(child)
        if name == "p":
            yield "".join(_words(child))
            for box in _boxes(child):
                yield from _blocks(box)
        elif name == "tbl":
            for row in child.iter(f"{_WORD}tr"):
                if next(row.iterancestors(f"{_WORD}tbl")) is child:
                    yield from _row(row)
        elif name not in _NOT_THERE:
            yield from _blocks(child)  # content controls, insertions, what programs put around paragraphs


def _row(row: Any) -> Iterator[str]:
    """A row as one line; the lines of its cell when it has but one, as in letters that are drawn in a table."""
    cells = [
        list(_blocks(cell))
        for cell in row.iter(f"{_WORD}tc")
        if next(cell.iterancestors(f"{_WORD}tr")) is row
    ]
    if len(cells) == 1:
        yield from cells[0]
    else:
        yield " | ".join(" ".join(" ".join(cell).split()) for cell in cells)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        name = _local(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _NOT_THERE and name != "txbxContent":
            yield from _words(child)


def _boxes(element: Any) -> Iterator[Any]:
    """Text boxes; each is written twice, the second time for old programs."""
    for child in element:
        if _local(child) == "txbxContent":
            yield child
        elif _local(child) not in _NOT_THERE:
            yield from _boxes(child)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def read_odt(data: bytes) -> Content:
    """Letterhead, paragraphs, lists and tables of an OpenDocument text in their order.  Raises `ReadError` for a broken one."""
    from odfdo import Document
    from odfdo.table import Table

    try:
        document = Document(io.BytesIO(data))
        styles: Any = document.get_part("styles.xml")
        lines = [
            one.inner_text
            for one in styles.get_elements(_ODT_HEAD)
            if any(sign.isalpha() for sign in one.inner_text)
        ]
        for block in document.body.children:
            if isinstance(block, Table):
                lines.extend(
                    " | ".join(str(cell or "").strip() for cell in row) for row in block.get_values()
                )
            elif block.tag in ("text:p", "text:h"):
                lines.append(block.inner_text)
            elif block.tag in ("text:list", "text:section", "draw:frame"):
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
