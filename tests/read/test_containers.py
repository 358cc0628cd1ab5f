"""Files that hold several releases, and the office formats: each made by the test itself."""

from __future__ import annotations

import gzip
import io
import mailbox
import tarfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from odfdo import Document, Header, Paragraph, Table
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.read import LARGEST, Failure, Incoming, Limits, Options, child, read

ONE = "La ville de Nevers rouvre la médiathèque samedi."
TWO = "La ville de Tours ferme sa piscine lundi."
PAGE = f"""<!doctype html><html><head><title>Nevers</title></head><body><nav>Accueil</nav><article><h1>Médiathèque</h1>
<p>{ONE} Les lecteurs y trouveront quatre mille nouveaux livres et une salle agrandie, après trois mois de
travaux.</p></article></body></html>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Ville de Nevers</title><link>https://nevers.example</link>
<item><title>Médiathèque</title><pubDate>Tue, 10 Sep 2024 00:30:00 +0200</pubDate>
<description>&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;Entrée libre.&lt;/p&gt;</description></item>
<item><title>Piscine</title><description>{TWO}</description></item>
<item><title>Sans texte</title></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tours</title>
<entry><title>Piscine</title><updated>2024-03-02T10:00:00Z</updated><content type="html">{TWO}</content></entry></feed>"""


def _tar(packed: bool) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz" if packed else "w") as archive:
        for name, text in (("b/two.txt", TWO), ("a/one.txt", ONE)):
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return content.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Texte", "Date", "Titre"), (ONE, date(2024, 3, 2), "Médiathèque"), (TWO, None, None)):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _parquet() -> bytes:
    content = io.BytesIO()
    table = pyarrow.table({"text": [ONE, TWO], "date": [date(2024, 3, 2), None]})
    pyarrow.parquet.write_table(table, content)
    return content.getvalue()


def _mailbox(folder: Path) -> bytes:
    box = mailbox.mbox(folder / "made.mbox")
    for text in (ONE, TWO):
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["Date"] = (
            "Communiqué",
            "presse@nevers.example",
            "Sat, 02 Mar 2024 10:00:00 +0100",
        )
        mail.set_content(text)
        box.add(mail)
    box.flush()
    return (folder / "made.mbox").read_bytes()


def _warc(packed: bool) -> bytes:
    content = io.BytesIO()
    writer = WARCWriter(content, gzip=packed)
    for address, kind, status in (
        ("https://nevers.example/mediatheque", "text/html; charset=utf-8", "200 OK"),
        ("https://nevers.example/logo.png", "image/png", "200 OK"),
        ("https://nevers.example/gone", "text/html", "404 Not Found"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        page = io.BytesIO(PAGE.encode())
        writer.write_record(
            writer.create_warc_record(address, "response", payload=page, http_headers=headers)
        )
    return content.getvalue()


MAKERS: dict[str, tuple[Callable[[Path], bytes], int]] = {
    "releases.tar": (lambda _: _tar(False), 2),
    "releases.tar.gz": (lambda _: _tar(True), 2),
    "release.txt.gz": (lambda _: gzip.compress(ONE.encode()), 1),
    "releases.xlsx": (lambda _: _workbook(), 2),
    "releases.parquet": (lambda _: _parquet(), 2),
    "box.mbox": (_mailbox, 2),
    "crawl.warc": (lambda _: _warc(False), 1),
    "crawl.warc.gz": (lambda _: _warc(True), 1),
    "feed.xml": (lambda _: RSS.encode(), 2),
    "feed.atom": (lambda _: ATOM.encode(), 1),
    "releases.jsonl": (lambda _: f'{{"text": "{ONE}"}}\n{{"text": "{TWO}"}}\n'.encode(), 2),
    "releases.csv": (lambda _: f'titre;texte\n"a";"{ONE}"\n"b";"{TWO}"\n'.encode(), 2),
    "releases.tsv": (lambda _: f"titre\ttexte\na\t{ONE}\nb\t{TWO}\n".encode(), 2),
    "windows.csv": (lambda _: f"texte;titre\r\n{ONE};été\r\n{TWO};b\r\n".encode("cp1252"), 2),
}


@pytest.mark.parametrize(
    "text",
    [
        "Texte, photo, vidéo : la ville ouvre un concours.\nTexte et photo sont libres, vidéo aussi.",
        "Corps ; âme\nLe festival ouvre samedi ; il dure une semaine.",
        '{ "note" : sans fin\nLa ville ouvre un concours.',
        "{}",
        "Contenu\nLa ville ouvre un concours.",
    ],
)
def test_a_text_that_only_looks_like_a_table_is_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    found = list(read(path))
    assert len(found) == 1
    assert isinstance(found[0], Incoming) == (text != "{}")


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("name", MAKERS)
def test_each_part_is_a_release_whatever_the_file_is_called(tmp_path: Path, name: str, named: bool) -> None:
    make, count = MAKERS[name]
    path = tmp_path / (name if named else "file")
    path.write_bytes(make(tmp_path))
    found = [one.release for one in read(path) if isinstance(one, Incoming)]
    assert len(found) == count
    assert len({release.source for release in found}) == count
    assert any(words in found[0].text for words in (ONE, TWO))


def test_a_feed_keeps_titles_days_and_site(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS, encoding="utf-8")
    first, second, third = read(path)
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert (first.release.title, first.release.published.date) == ("Médiathèque", date(2024, 9, 10))
    assert first.release.text == f"{ONE}\nEntrée libre."
    assert "Ville de Nevers" in first.hints
    assert second.release.published.date is None
    assert isinstance(third, Failure)
    assert third.error == "no-text"


def test_a_feed_that_defines_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xml"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    path.write_text(
        f'<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>\n<rss><channel><item><title>&l8;</title></item></channel></rss>',
        encoding="utf-8",
    )
    (found,) = read(path)
    assert isinstance(found, Failure | Incoming)
    if isinstance(found, Incoming):  # read as the plain text that it is, its entities never opened
        assert len(found.release.text) < 2000


def test_the_attachments_of_a_mail_are_releases(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = (
        "Communiqué",
        "presse@nevers.example",
        "redaction@journal.example",
    )
    mail.set_content("Bonjour, veuillez trouver notre communiqué en pièce jointe.")
    mail.add_attachment(ONE.encode(), maintype="text", subtype="plain", filename="../../communique.txt")
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(mail))
    (found,) = read(path)
    assert isinstance(found, Incoming)
    assert (found.release.text, found.release.source) == (ONE, f"{path}/communique.txt")


def test_an_opendocument_text_keeps_its_order(tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, "Médiathèque"))
    document.body.append(Paragraph(ONE))
    table = Table("Tarifs", width=2, height=1)
    table.set_value("A1", "Adultes")
    table.set_value("B1", "3 €")
    document.body.append(table)
    path = tmp_path / "release.odt"
    document.save(path)
    (found,) = read(path)
    assert isinstance(found, Incoming)
    assert found.release.text == f"Médiathèque\n{ONE}\nAdultes | 3 €"


@pytest.mark.parametrize("name", ["releases.jsonl", "releases.csv", "releases.parquet", "crawl.warc.gz"])
def test_large_tables_are_read_bit_by_bit(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    contents = {
        "releases.jsonl": f'{{"text": "{ONE}"}}\n{{"text": "{TWO}"}}\n'.encode(),
        "releases.csv": f'text,titre\n"{ONE}",a\n"{TWO}",b\n'.encode(),
        "releases.parquet": _parquet(),
        "crawl.warc.gz": _warc(True),
    }
    path.write_bytes(contents[name])
    whole = [one.release.text for one in read(path) if isinstance(one, Incoming)]
    small = Options(limits=Limits(size=path.stat().st_size - 1))
    assert [one.release.text for one in read(path, options=small) if isinstance(one, Incoming)] == whole
    assert whole


BROKEN = {
    "cut.tar.gz": _tar(True)[:60],
    "cut.tar": _tar(False)[:530],
    "cut.xlsx": _workbook()[:500],
    "cut.parquet": _parquet()[:200],
    "cut.warc.gz": _warc(True)[:100],
    "empty.tar": tarfile.TarInfo("x").tobuf() * 0 + b"\0" * 257 + b"ustar" + b"\0" * 1000,
    "empty.xml": b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
    "nothing.odt": b"PK\x03\x04" + b"\0" * 100,
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_failures_that_name_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    found = list(read(path))
    assert found
    assert all(isinstance(one, Failure) and str(path) in one.message for one in found)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=9) as packed:
        for _ in range(4 * LARGEST // 10_000_000 + 1):
            packed.write(b"0" * 10_000_000)
    (found,) = read(path)
    assert isinstance(found, Failure)
    assert found.error == "too-large"


@pytest.mark.parametrize("packed", [False, True])
def test_a_half_written_web_archive_gives_its_whole_pages_and_no_half_one(
    tmp_path: Path, packed: bool
) -> None:
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    once = _warc(packed)
    path.write_bytes(once)
    (whole,) = read(path)
    assert isinstance(whole, Incoming)
    told = 0
    for share in range(1, 40):
        path.write_bytes(once[: len(once) * share // 40])
        found = list(read(path))
        assert {one.release.text for one in found if isinstance(one, Incoming)} <= {whole.release.text}
        assert found
        told += isinstance(found[-1], Failure)
    assert told > 20  # a cut in the few lines before an answer looks like the end


def test_a_page_that_the_crawler_cut_off_is_told(tmp_path: Path) -> None:
    content = io.BytesIO()
    writer = WARCWriter(content, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "TEXT/HTML")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "https://nevers.example/", "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers
    )
    record.rec_headers.add_header("WARC-Truncated", "length")
    writer.write_record(record)
    path = tmp_path / "crawl.warc"
    path.write_bytes(content.getvalue())
    (found,) = read(path)
    assert isinstance(found, Failure)
    assert found.error == "cut"


def test_of_a_tar_that_was_cut_off_the_whole_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "releases.tar"
    path.write_bytes(_tar(False)[:700])
    first, last = read(path)
    assert isinstance(first, Incoming)
    assert first.release.text == TWO
    assert isinstance(last, Failure)
    assert str(path) in last.message


def test_a_large_parquet_is_parsed_elsewhere_and_its_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bit by bit in a process of its own: when that dies in the middle, what came before is there."""
    path = tmp_path / "releases.parquet"
    texts = [f"{ONE} Note {number}." for number in range(1000)]
    pyarrow.parquet.write_table(pyarrow.table({"text": texts}), path, row_group_size=100)
    small = Options(limits=Limits(size=path.stat().st_size - 1))
    found = list(read(path, options=small))
    assert [one.release.text for one in found if isinstance(one, Incoming)] == texts
    assert [one.release.source for one in found if isinstance(one, Incoming)][-1] == f"{path}#1000"
    reading = iter(read(path, options=small))
    first = next(reading)
    assert isinstance(first, Incoming)
    exchange = child._Child._exchange

    def dies(self: child._Child, request: object, limits: Limits) -> object:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process.stdout.read()  # type: ignore[union-attr]  # what was answered already
        return exchange(self, None, limits)

    monkeypatch.setattr(child._Child, "_exchange", dies)
    *rest, last = reading
    assert 100 <= len(rest) < 1000
    assert isinstance(last, Failure)
    assert last.error in ("too-slow", "reader-died")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
def test_the_encoding_of_a_large_table_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "releases.csv"
    path.write_bytes(f"texte;titre\n{ONE};été\n{TWO};à Béziers\n".encode(encoding))
    small = Options(limits=Limits(size=path.stat().st_size - 1))
    found = [one.release for one in read(path, options=small) if isinstance(one, Incoming)]
    assert [(one.text, one.title) for one in found] == [(ONE, "été"), (TWO, "à Béziers")]
