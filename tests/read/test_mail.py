"""Mails as press offices, mail programs and forwarders make them."""

from __future__ import annotations

import time
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.read import Failure, Incoming, read
from tests.read import pdfs
from tests.read.bad import zipped

ONE = "La ville de Nevers rouvre la médiathèque samedi."
TWO = "La ville de Tours ferme sa piscine lundi."
HEADERS = (
    "From: =?utf-8?q?Ville_de_N=C3=A9rac?= <presse@nerac.example>\nTo: a@journal.example\n"
    "Subject: =?iso-8859-1?q?M=E9diath=E8que?=\n =?utf-8?b?IHJvdXZlcnRl?=\nDate: Sat, 02 Mar 2024 23:30:00 +0100\nMIME-Version: 1.0\n"
)


def _mail(body: str = "Voir la pièce jointe.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "presse@nevers.example", "a@journal.example", "Communiqué"
    mail["Date"] = "Sat, 02 Mar 2024 10:00:00 +0100"
    mail.set_content(body)
    return mail


def _read(path: Path, content: bytes) -> list[tuple[str, str]]:
    """What each release is named beside the file, and its text; failures by their kind."""
    path.write_bytes(content)
    return [
        (one.release.source.removeprefix(str(path)), one.release.text) if isinstance(one, Incoming)
        else (one.source.removeprefix(str(path)), f"!{one.error}")
        for one in read(path)
    ]  # fmt: skip


def _nested(depth: int) -> EmailMessage:
    mail = _mail()
    mail.add_attachment(ONE.encode(), maintype="text", subtype="plain", filename="cp.txt")
    for _ in range(depth):
        outer = _mail("Pour information.")
        outer.add_attachment(message_from_bytes(bytes(mail), policy=policy.default))
        mail = outer
    return mail


def test_headers_in_pieces_and_several_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(f"{HEADERS}Content-Type: text/plain; charset=utf-8\n\n{ONE}\n".encode())
    (found,) = read(path)
    assert isinstance(found, Incoming)
    assert found.release.title == "Médiathèque rouverte"
    assert found.release.published.date == date(2024, 3, 2)
    assert found.hints == ("Ville de Nérac", "presse@nerac.example")


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "x-unknown", "utf-16", ""]
)
def test_a_body_whose_charset_is_wrong_or_unknown(tmp_path: Path, charset: str) -> None:
    told = f"; charset={charset}" if charset else ""
    head = f"{HEADERS}Content-Type: text/plain{told}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    for encoding in ("utf-8", "cp1252"):
        if charset in ("iso-8859-1", "windows-1252", "utf-16") and encoding == "utf-8":
            continue  # a valid text in these, if no French one
        assert _read(tmp_path / "a.eml", head + ONE.encode(encoding)) == [("", ONE)]


def test_lines_that_the_mail_program_broke_are_joined(tmp_path: Path) -> None:
    body = "La ville de Nevers rouvre \nla médiathèque \nsamedi.\n\nEntrée libre.\n-- \nService presse"
    content = f"{HEADERS}Content-Type: text/plain; charset=utf-8; format=flowed\n\n{body}".encode()
    assert _read(tmp_path / "a.eml", content) == [("", f"{ONE}\n\nEntrée libre.\n-- \nService presse")]


def test_a_page_wins_over_words_that_only_stand_in_for_it(tmp_path: Path) -> None:
    page = f"<html><body><h1>Médiathèque</h1><p>{ONE} Les lecteurs y trouveront quatre mille livres nouveaux.</p></body></html>"
    mail = _mail("Ce message est en HTML.")
    mail.add_alternative(page, subtype="html")
    ((_, text),) = _read(tmp_path / "a.eml", bytes(mail))
    assert ONE in text
    assert "Ce message" not in text


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_a_forwarded_mail_is_opened(tmp_path: Path, depth: int) -> None:
    ((name, text),) = _read(tmp_path / "a.eml", bytes(_nested(depth)))
    assert (name.count(".eml"), name.endswith("/cp.txt"), text) == (depth, True, ONE)


def test_mails_in_mails_end(tmp_path: Path) -> None:
    ((_, kind),) = _read(tmp_path / "a.eml", bytes(_nested(12)))
    assert kind == "!too-deep"


def test_attachments_in_any_part_and_under_one_name(tmp_path: Path) -> None:
    """As Apple Mail sends them: the file lies inside the alternative; two files bear one name, a third none."""
    plain = f"Content-Type: text/plain; charset=utf-8; name=cp.txt\nContent-Disposition: attachment; filename=cp.txt\n\n{ONE}\n"
    other = plain.replace(ONE, TWO)
    nameless = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
    import base64

    nameless += base64.encodebytes(pdfs.lines(TWO)).decode()
    inner = f"Content-Type: multipart/mixed; boundary=I\n\n--I\n{plain}--I\n{other}--I\n{nameless}--I--\n"
    content = f"{HEADERS}Content-Type: multipart/alternative; boundary=O\n\n--O\nContent-Type: text/plain\n\nVoir.\n--O\n{inner}--O--\n"
    found = _read(tmp_path / "a.eml", content.encode())
    assert [text for _, text in found] == [ONE, TWO, TWO]
    names = [name for name, _ in found]
    assert len(set(names)) == 3
    assert names[0] == "/cp.txt"
    assert names[2].endswith(".pdf")


def test_a_long_body_and_its_attachment_are_both_releases(tmp_path: Path) -> None:
    mail = _mail(" ".join([ONE] * 10))
    mail.add_attachment(TWO.encode(), maintype="text", subtype="plain", filename="cp.txt")
    assert [text for _, text in _read(tmp_path / "a.eml", bytes(mail))] == [" ".join([ONE] * 10), TWO]


def test_an_attached_archive_is_opened_and_an_old_document_told(tmp_path: Path) -> None:
    mail = _mail()
    mail.add_attachment(
        zipped({"cp.txt": ONE.encode()}), maintype="application", subtype="zip", filename="cp.zip"
    )
    mail.add_attachment(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 40,
        maintype="application",
        subtype="msword",
        filename="cp.doc",
    )
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(b"BEGIN:VCARD", maintype="text", subtype="x-vcard", filename="a.vcf")
    found = _read(tmp_path / "a.eml", bytes(mail))
    assert found == [("/cp.zip/cp.txt", ONE), ("/cp.doc", "!unknown-type")]
    # an archive in an archive is one, even in a mail
    (name, kind), *_ = _read(tmp_path / "a.zip", zipped({"m.eml": bytes(mail)}))
    assert (name, kind) == ("/m.eml/cp.zip", "!too-large")


def test_a_line_that_begins_with_from_parts_no_mail(tmp_path: Path) -> None:
    body = f"{ONE}\n\nFrom Paris with love\n>From here on\n"
    box = b"".join(
        b"From a@b Sat Mar 02 10:00:00 2024\n"
        + f"{HEADERS}Content-Type: text/plain; charset=utf-8\n\n{body}\n".encode()
        for _ in range(2)
    )
    found = _read(tmp_path / "box.mbox", box)
    assert [name for name, _ in found] == ["#1", "#2"]
    assert all(text == f"{ONE}\n\nFrom Paris with love\nFrom here on" for _, text in found)


def test_what_stands_before_the_head_of_a_mail(tmp_path: Path) -> None:
    mail = f"{HEADERS}Content-Type: text/plain; charset=utf-8\n\n{ONE}\n".encode()
    counted = b"%d\n" % len(mail) + mail + b"<?xml version='1.0'?><plist></plist>"  # as Apple Mail keeps it
    for content in (b"\n\n" + mail, b"\xef\xbb\xbf" + mail, counted):
        path = tmp_path / "a"
        path.write_bytes(content)
        (found,) = read(path)
        assert isinstance(found, Incoming)
        assert (found.release.title, found.release.text) == ("Médiathèque rouverte", ONE)


HOSTILE = {
    "boundaries": "Content-Type: multipart/mixed; boundary=a0\n\n"
    + "".join(f"--a{n}\nContent-Type: multipart/mixed; boundary=a{n + 1}\n\n" for n in range(3_000)),
    "mails": ("Content-Type: message/rfc822\n\n" + HEADERS) * 500 + "\n" + ONE,
    "words": "Subject: " + "=?utf-8?q?" * 10_000 + f"\n\n{ONE}",
    "brackets": "Reply-To: " + "(" * 100_000 + f"\n\n{ONE}",
    "parameters": "Content-Type: text/plain; " + "a=b; " * 20_000 + f"\n\n{ONE}",
    "quotes": 'Content-Type: text/plain; a="' + '\\"' * 50_000 + f"\n\n{ONE}",
    "no end": "Content-Type: multipart/mixed\n\n--\n" + ONE,
    "base64": "Content-Transfer-Encoding: base64\n\n" + "A=" * 50_000,
    "name": "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name=\"../../../etc/x\ny.txt\"\n\n" + ONE,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_ends_soon(tmp_path: Path, name: str) -> None:
    path, good = tmp_path / "a.eml", tmp_path / "b.txt"
    path.write_text(HEADERS + HOSTILE[name], encoding="utf-8")
    good.write_text(ONE, encoding="utf-8")
    began = time.monotonic()
    *found, last = read(path, good)
    assert time.monotonic() - began < 30
    assert found
    assert isinstance(last, Incoming)
    for one in found:
        if isinstance(one, Failure):
            assert one.error not in ("reader-died", "too-slow")
            assert "\n" not in one.message
        else:
            assert "\n" not in one.release.source
