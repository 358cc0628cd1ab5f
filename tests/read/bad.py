"""Inputs that give no release, or only a part of one: broken, hostile, empty, of other kinds."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import odfdo
import openpyxl
from pypdf import PdfReader, PdfWriter

from tests.read import pdfs

TEXT = "La ville de Nevers rouvre la médiathèque samedi."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of some files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def _document() -> bytes:
    content = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(content)
    return content.getvalue()


def _with_part(data: bytes, name: str, part: bytes) -> bytes:
    """An office file with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**members, name: part})


def _odt(head: str, words: str) -> bytes:
    """An OpenDocument text whose content is written by hand."""
    whole = io.BytesIO()
    document = odfdo.Document("text")
    document.save(whole)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content{spaces}><office:body><office:text>'
        f"<text:p>{words}</text:p></office:text></office:body></office:document-content>"
    )
    return _with_part(whole.getvalue(), "content.xml", content.encode())


def _locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdfs.lines(TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _blank_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _locked_zip() -> bytes:
    data = bytearray(zipped({"a.txt": TEXT.encode()}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # the flag of a password in both heads
        data[data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(data)


def _lying_zip() -> bytes:
    """A member whose checksum is another's."""
    data = bytearray(zipped({"a.txt": TEXT.encode()}, zipfile.ZIP_STORED))
    data[data.index(TEXT.encode()[:10])] ^= 0xFF
    return bytes(data)


def _tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


def _link() -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo("passwd.txt")
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return info, b""


def _sheet(*rows: tuple[str | int, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _mail_without_body() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = ("a@b.example", "c@d.example", "x", "hier")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return bytes(mail)


def _yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return ("---\n" + "\n".join(lines) + "\ntitle: *a11\n---\n" + TEXT).encode()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IEND", b"")
    )


#: Name of the file, its content, the kind of error; None where the words are read and the danger left alone.
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "empty.txt": (lambda: b"", "empty"),
    "blank.txt": (lambda: b" \n\t\r\n", "empty"),
    "only-marks.txt": (lambda: "\ufeff\n".encode(), "empty"),
    "nul.txt": (lambda: b"abc\x00\x01\x02" * 20, "binary"),
    "controls.txt": (lambda: b"abc\x8f\x01\x02\x03" * 40, "binary"),
    "picture.txt": (_png, "unknown-type"),
    "photo.html": (lambda: b"\xff\xd8\xff\xe0" + b"0" * 40, "unknown-type"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 40, "unknown-type"),
    "program.txt": (lambda: b"\x7fELF" + b"0" * 40, "unknown-type"),
    "film.mp4": (lambda: b"\x00\x00\x00\x18ftypmp42", "unknown-type"),
    "archive.rar": (lambda: b"Rar!\x1a\x07\x00" + b"0" * 40, "unknown-type"),
    "letter.rtf": (lambda: rb"{\rtf1\ansi La ville ferme.}", "unknown-type"),
    "agenda.ics": (lambda: b"BEGIN:VCALENDAR\nSUMMARY:Conseil\nEND:VCALENDAR\n", "unknown-type"),
    "talk.pptx": (lambda: zipped({"[Content_Types].xml": b"<x/>", "ppt/slides/slide1.xml": b"<x/>"}), "unknown-type"),
    "book.epub": (lambda: zipped({"mimetype": b"application/epub+zip", "a.xhtml": TEXT.encode()}), "unknown-type"),
    "tei.xml": (lambda: b"<?xml version='1.0'?><TEI><text><p>La ville ferme.</p></text></TEI>", "unknown-type"),
    "pretty.json": (lambda: b'[\n  {"text": "La ville ferme."}\n]\n', "unknown-type"),
    "list.txt": (lambda: b"https://a.example/1\nhttps://a.example/2\n", "addresses"),
    "sitemap.xml": (
        lambda: b'<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://a.example</loc></url></urlset>', "addresses",
    ),
    "cut.pdf": (lambda: b"%PDF-1.4 broken", "pdf"),
    "half.pdf": (lambda: pdfs.lines(TEXT)[:300], "pdf"),
    "locked.pdf": (_locked_pdf, "locked"),
    "blank.pdf": (lambda: _blank_pdf(1), "scanned"),
    "thick.pdf": (lambda: _blank_pdf(301), "too-large"),
    "cut.zip": (lambda: b"PK\x03\x04broken", "BadZipFile"),
    "hollow.zip": (lambda: zipped({"folder/": b""}), "empty"),
    "locked.zip": (_locked_zip, "locked"),
    "lying.zip": (_lying_zip, "BadZipFile"),
    "bomb.zip": (lambda: zipped({"a.txt": b"0" * 60_000_000}), "too-large"),
    "matryoshka.zip": (lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})})}), "too-large"),
    "no-document.docx": (lambda: zipped({"word/document.xml": b"<x/>"}), "docx"),
    "cut.docx": (lambda: _document()[:-200], "BadZipFile"),
    "bad-xml.docx": (lambda: _with_part(_document(), "word/document.xml", b"<w:document"), "XMLSyntaxError"),
    "bomb.docx": (lambda: _with_part(_document(), "word/media/a.xml", b" " * 60_000_000), "too-large"),
    "laughs.docx": (
        lambda: _with_part(
            _document(), "word/document.xml",
            f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><w:document xmlns:w="http://schemas.openxmlformats.org/'
            "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>".encode(),
        ), "XMLSyntaxError",
    ),
    "hollow.docx": (
        lambda: _with_part(
            _document(), "word/document.xml",
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
        ), "no-text",
    ),
    "laughs.odt": (lambda: _odt(f'<!DOCTYPE o [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"), "XMLSyntaxError"),
    "file.odt": (lambda: _odt('<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]>', f"{TEXT}&f;"), "XMLSyntaxError"),
    "file.docx": (
        lambda: _with_part(
            _document(), "word/document.xml",
            b'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
            b'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>' + TEXT.encode() + b"</w:t></w:r><w:r><w:t>&f;</w:t></w:r></w:p>"
            b"</w:body></w:document>",
        ), None,
    ),
    "broken.odt": (lambda: zipped({"mimetype": b"x", "content.xml": b"<"}), "odt"),
    "no-column.xlsx": (lambda: _sheet(("Nom", "Âge"), ("Ana", 3)), "no-column"),
    "hollow.xlsx": (lambda: _sheet(), "empty"),
    "cut.xlsx": (lambda: _sheet(("text",), (TEXT,))[:400], "BadZipFile"),
    "no-column.csv": (lambda: b"nom;age\nAna;3\n", "no-column"),
    "head-only.csv": (lambda: b"text;titre\n", "empty"),
    "cells.csv": (lambda: b"text,titre\n,Piscine\n", "no-text"),
    "broken.jsonl": (lambda: b"{no json}\n", "bad-line"),
    "list.jsonl": (lambda: b'["a", "b"]\n', "bad-line"),
    "deep.jsonl": (lambda: b"[" * 200_000 + b"\n", "bad-line"),
    "figure.jsonl": (lambda: b'{"text": ' + b"1" * 5_000 + b"}\n", "bad-line"),
    "keys.jsonl": (lambda: b'{"words": "a"}\n', "no-column"),
    "cut.parquet": (lambda: b"PAR1" + b"\0" * 60, "parquet"),
    "cut.gz": (lambda: gzip.compress(TEXT.encode() * 50)[:40], "EOFError"),
    "gz-in-gz.gz": (lambda: gzip.compress(gzip.compress(b"x")), "too-large"),
    "links.tar": (lambda: _tar(_link()), "empty"),
    "cut.warc": (lambda: b"WARC/1.0\r\nWARC-Type: response\r\nnonsense", "warc"),
    "script.html": (lambda: b"<html><body><script>draw()</script></body></html>", "no-text"),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 100_000 + TEXT.encode(), "too-deep"),
    "tags.html": (lambda: b"<html><body>" + b"<b>a</b>" * 110_000, "too-large"),
    "empty.xml": (lambda: b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "empty"),
    "laughs.xml": (
        lambda: f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;'
        "</title><description>&l9;</description></item></channel></rss>".encode(), "feed",
    ),
    "no-body.eml": (_mail_without_body, "no-text"),
    "no-articles.html": (lambda: b"<html><body><p class='titreArticleVisu'>x</p></body></html>", "empty"),
    # read all the same, without what was dangerous or broken in them
    "bomb.md": (_yaml_bomb, None),
    "half-letter.jsonl": (lambda: b'{"text": "La ville \\ud83d ferme."}\n', None),
    "file.html": (
        lambda: b'<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>' + TEXT.encode()
        + b" &f;</p></body></html>", None,
    ),
    "wrong-charset.html": (
        lambda: b'<html><head><meta charset="utf-16"></head><body><p>' + TEXT.encode() + b"</p></body></html>", None,
    ),
    "unclosed.html": (lambda: b"<html><body><p>" + TEXT.encode() + b"<p><b><i><table><tr><td>", None),
    "traversal.zip": (lambda: zipped({"../../etc/cron.txt": TEXT.encode()}), None),
}  # fmt: skip


def special(folder: Path) -> dict[Path, str]:
    """Names in the file system that are no files, with the kind of error."""
    (folder / "hollow").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "nowhere").symlink_to(folder / "missing")
    return {
        folder / "missing.txt": "not-found",
        folder / "hollow": "empty-folder",
        folder / "pipe": "not-a-file",
        folder / "loop": "unreadable",
        folder / "nowhere": "not-found",
        Path("/dev/zero"): "not-a-file",
        folder / "no*such": "not-found",
    }
