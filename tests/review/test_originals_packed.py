"""Originals that lie in archives, mailboxes and mails, and originals that attack the page that shows them."""

from __future__ import annotations

import gzip
import io
import os
import signal
import tarfile
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html as lxml_html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.database import Database, load
from pipeline.model import Record
from pipeline.read import Incoming, Limits, Options, child, read
from pipeline.review import originals
from tests.database.records import record
from tests.read import pdfs
from tests.read.bad import zipped

WORDS = "quatre mille nouveaux livres"
TEXT = f"La ville de Nevers rouvre la médiathèque samedi. Les lecteurs y trouveront {WORDS} et une salle agrandie."
PAGE = f"""<!doctype html><html lang="fr"><head><title>Médiathèque</title></head><body><nav>Accueil</nav><article>
<h1>Médiathèque</h1><p>{TEXT}</p></article></body></html>""".encode()
OTHER = PAGE.replace(WORDS.encode(), b"cent disques")
PDF = pdfs.plain("La médiathèque rouvre", [TEXT])


def _mail(*attached: tuple[bytes, str, str], body: str = "Voir la pièce jointe.", page: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Communiqué", "presse@nevers.example", "a@journal.example"
    mail.set_content(body)
    if page:
        mail.add_alternative(page.decode(), subtype="html")
    for content, kind, name in attached:
        mail.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return bytes(mail)


def _forwarded(inner: bytes) -> bytes:
    from email import message_from_bytes, policy

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Tr: Communiqué", "a@journal.example", "b@journal.example"
    mail.set_content("Pour suite.")
    mail.add_attachment(message_from_bytes(inner, policy=policy.default))
    return bytes(mail)


def _mailbox(*mails: bytes) -> bytes:
    return b"".join(b"From a@b.example Sat Mar 02 10:00:00 2024\n" + mail + b"\n\n" for mail in mails)


def _tar(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return written.getvalue()


def _warc(*pages: bytes) -> bytes:
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True)
    for page in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "https://www.ville-nevers.fr/mediatheque?a=1#b", "response",
                payload=io.BytesIO(page), http_headers=headers,
            )
        )  # fmt: skip
    return written.getvalue()


#: The file, its bytes, and how the name of the release ends that holds the words.
PACKED: dict[str, tuple[Callable[[], bytes], str]] = {
    "presse.zip": (lambda: zipped({"a.html": OTHER, "2024/b.html": PAGE}), "presse.zip/2024/b.html"),
    "pdf.zip": (lambda: zipped({"cp.pdf": PDF}), "pdf.zip/cp.pdf"),
    "presse.tar.gz": (lambda: _tar("a/b.html", PAGE), "presse.tar.gz/a/b.html"),
    "page.html.gz": (lambda: gzip.compress(PAGE), "page.html"),
    "mail.eml": (lambda: _mail((PDF, "pdf", "cp.pdf")), "mail.eml/cp.pdf"),
    "page.eml": (lambda: _mail(body="Version HTML.", page=PAGE), "page.eml"),
    "words.eml": (lambda: _mail(body=f"Médiathèque\n\n{TEXT}"), "words.eml"),
    "forwarded.eml": (lambda: _forwarded(_mail((PAGE, "octet-stream", "cp.html"))), "forwarded.eml/part-3.eml/cp.html"),
    "box.mbox": (
        lambda: _mailbox(_mail((OTHER, "octet-stream", "a.html")), _mail((PAGE, "octet-stream", "a.html"))),
        "box.mbox#2/a.html",
    ),
    "mails.zip": (lambda: zipped({"m.eml": _mail((PDF, "pdf", "cp.pdf"))}), "mails.zip/m.eml/cp.pdf"),
    "crawl.warc.gz": (lambda: _warc(OTHER, PAGE), "crawl.warc.gz#https://www.ville-nevers.fr/mediatheque?a=1#b"),
}  # fmt: skip


def _loaded(path: Path, database: Database, words: str = WORDS) -> tuple[Record, str]:
    """The release of a file that holds the words, in the database; and the address of the words in its original."""
    found = [
        one.release
        for one in read(path)
        if isinstance(one, Incoming) and words in " ".join(one.release.text.split())
    ]
    (release,) = found
    told = record(release.text, source=release.source)
    load(database, [told], version="test")
    start = release.text.index(words.split()[0] + " " + words.split()[1])
    return told, f"/communiques/{told.release.id}/original?debut={start}&fin={start + len(words)}"


@pytest.mark.parametrize("name", PACKED)
def test_the_words_are_shown_where_they_stand_in_an_archive(
    name: str, tmp_path: Path, page: TestClient, database: Database
) -> None:
    make, ending = PACKED[name]
    path = tmp_path / name
    path.write_bytes(make())
    told, address = _loaded(path, database)
    assert told.release.source == f"{tmp_path}/{ending}"
    assert "Voir l’original" in page.get(f"/communiques/{told.release.id}").text
    answer = page.get(address)
    assert answer.status_code == 200, answer.text
    shown = lxml_html.fromstring(answer.text)
    if ending.endswith(".pdf"):
        picture = page.get(shown.xpath("//img[@class='original']/@src")[0])
        assert picture.content.startswith(b"\x89PNG")
        assert "ne se retrouvent pas" not in answer.text
    else:
        assert " ".join(shown.xpath("//mark[@id='ici']")[0].text_content().split()) == WORDS


def test_a_later_release_of_a_pdf_is_shown(tmp_path: Path, page: TestClient, database: Database) -> None:
    fleurs = "La ville de Nevers obtient sa troisième fleur au label. Le jury a salué le travail des jardiniers municipaux et des habitants."
    path = tmp_path / "bulletin.pdf"
    more = " Elle compte aussi deux salles pour les enfants, un café, et un jardin ouvert tous les jours."
    paragraphs = ["Communiqué de presse n° 1", fleurs, "Communiqué de presse n° 2", TEXT + more]
    path.write_bytes(pdfs.plain("Ville de Nevers", paragraphs))
    told, address = _loaded(path, database)
    assert told.release.source == f"{path}#2"
    assert page.get(address).status_code == 200


def test_an_archive_that_changed_or_grew_hostile_is_not_shown(
    tmp_path: Path, page: TestClient, database: Database
) -> None:
    path = tmp_path / "presse.zip"
    path.write_bytes(zipped({"a.html": PAGE}))
    _, address = _loaded(path, database)
    assert page.get(address).status_code == 200
    for content, why in (
        (zipped({"b.html": PAGE}), "ne le contient plus"),
        (zipped({"a.html": b"0" * 60_000_000}), "trop grand"),
        (b"PK\x03\x04broken", "ouvrir"),
    ):
        path.write_bytes(content)
        answer = page.get(address)
        assert (answer.status_code, why in answer.text) == (404, True), answer.text
    path.unlink()
    assert "plus à sa place" in page.get(address).text


def test_a_name_leads_to_nothing_outside_its_archive(
    tmp_path: Path, page: TestClient, database: Database
) -> None:
    (tmp_path / "secret.html").write_bytes(PAGE)
    path = tmp_path / "presse.zip"
    path.write_bytes(
        zipped({"../secret.html": b"<html><body><p>Tout autre chose, sans ces mots.</p></body></html>"})
    )
    told = record(TEXT, source=f"{path}/../secret.html")
    load(database, [told], version="test")
    assert page.get(f"/communiques/{told.release.id}/original?debut=0&fin=10").status_code == 404


def test_a_pdf_that_never_ends_takes_its_picture_only(
    tmp_path: Path, page: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text can be read; drawing it would take for ever (the limit is shortened here)."""
    path = tmp_path / "endless.pdf"
    path.write_bytes(pdfs.endless(TEXT, levels=5))
    told, address = _loaded(path, database)
    (source,) = lxml_html.fromstring(page.get(address).text).xpath("//img[@class='original']/@src")
    monkeypatch.setattr(originals, "_LIMITS", Options(limits=Limits(seconds=4), french_only=False))
    began = time.monotonic()
    answer = page.get(source)
    assert (answer.status_code, "trop de temps" in answer.text) == (404, True)
    assert time.monotonic() - began < 20
    monkeypatch.undo()
    assert page.get(f"/communiques/{told.release.id}").status_code == 200
    assert page.get(address).status_code == 200


def test_a_pdf_that_crashes_its_parser_leaves_the_page_up(
    tmp_path: Path, page: TestClient, database: Database
) -> None:
    path = tmp_path / "crash.pdf"
    path.write_bytes(pdfs.endless(TEXT, levels=5))
    told, address = _loaded(path, database)
    (source,) = lxml_html.fromstring(page.get(address).text).xpath("//img[@class='original']/@src")

    def crash() -> None:
        time.sleep(0.7)  # it draws
        process = child._child._process
        assert process is not None
        os.kill(process.pid, signal.SIGSEGV)

    thread = threading.Thread(target=crash)
    thread.start()
    answer = page.get(source)
    thread.join()
    assert (answer.status_code, "échouer son lecteur" in answer.text) == (404, True)
    assert page.get(address).status_code == 200
    assert page.get(f"/communiques/{told.release.id}").status_code == 200


def test_the_server_parses_no_original_itself() -> None:
    """Nothing that the review page imports for originals loads a parser into its process."""
    import subprocess
    import sys

    code = "import sys, pipeline.review; print([m for m in ('pypdfium2', 'lxml.html', 'trafilatura') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
