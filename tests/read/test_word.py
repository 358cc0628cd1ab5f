"""Word and OpenDocument files as communications offices make them: letterheads, boxes, corrections, letters drawn in a table."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import parse_xml
from odfdo import Document, Element, Paragraph

from pipeline.read.documents import read_docx, read_odt
from pipeline.read.mail import read_mail

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ONE = "La ville de Nevers rouvre la médiathèque samedi."


def _text(document: Any) -> list[str]:
    content = io.BytesIO()
    document.save(content)
    return read_docx(content.getvalue()).text.split("\n")


def test_the_letterhead_of_the_first_page_comes_first() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ville de Nevers – Service presse"
    document.add_paragraph(ONE)
    assert _text(document) == ["Ville de Nevers – Service presse", ONE]
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "Communiqué de presse"
    assert _text(document) == ["Communiqué de presse", ONE]


def test_a_page_number_is_no_letterhead() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "1 / 2"
    document.add_paragraph(ONE)
    assert _text(document) == [ONE]


def test_insertions_stand_and_deletions_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("La ville de Nevers ")
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="1"><w:r><w:delText>ferme</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="2"><w:r><w:t>rouvre</w:t></w:r></w:ins>'))
    paragraph.add_run(" la médiathèque samedi.")
    assert _text(document) == [ONE]


def test_a_content_control_and_a_box_are_read_once() -> None:
    document = docx.Document()
    box = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Contact presse</w:t></w:r></w:p></w:txbxContent></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Contact presse</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Médiathèque</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    paragraph = document.add_paragraph(ONE)
    paragraph._p.append(parse_xml(box))
    document.element.body.insert(0, parse_xml(control))
    assert _text(document) == ["Médiathèque", ONE, "Contact presse"]


def test_merged_cells_are_told_once_and_a_frame_is_no_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Ville"
    table.cell(0, 2).text = "Niveau"
    for cell, words in zip(table.rows[1].cells, ("Nevers", "58", "3 fleurs"), strict=True):
        cell.text = words
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    frame.text = "Communiqué"
    frame.add_paragraph(ONE)
    inner = frame.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Gap", "2 fleurs"
    lines = [line for line in _text(document) if line]
    assert lines == ["Ville | Niveau", "Nevers | 58 | 3 fleurs", "Communiqué", ONE, "Gap | 2 fleurs"]


def test_the_letterhead_of_an_opendocument_text_and_a_frame_on_its_page() -> None:
    document = Document("text")
    document.body.clear()
    frame = "<draw:frame><draw:text-box><text:p>Contact presse</text:p></draw:text-box></draw:frame>"
    document.body.append(Paragraph(ONE))
    document.body.append(Element.from_tag(frame))
    styles: Any = document.get_part("styles.xml")
    (page,) = styles.get_elements("//style:master-page")
    page.append(Element.from_tag("<style:header><text:p>Ville de Nevers</text:p></style:header>"))
    content = io.BytesIO()
    document.save(content)
    assert read_odt(content.getvalue()).text.split("\n") == ["Ville de Nevers", ONE, "Contact presse"]


def test_a_page_that_a_browser_saved_has_no_day_of_its_saving() -> None:
    page = f"<html><body><article><h1>Médiathèque</h1><p>{ONE} Les lecteurs y trouveront des livres.</p></article></body></html>"
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://nevers.example/a\nSubject: Nevers\n"
        "Date: Sat, 2 Mar 2024 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        f"--b\nContent-Type: text/html\n\n{page}\n--b\nContent-Type: text/css\nContent-Location: a.css\n\np {{}}\n--b--\n"
    )
    (found,) = read_mail(saved.encode())
    assert ONE in found.text
    assert (found.published, found.hints) == (None, ("https://nevers.example/a",))
