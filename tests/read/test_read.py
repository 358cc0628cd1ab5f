"""Reading: formats by their content, and bad input told one by one."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from pipeline.read import Failure, Incoming, read

TEXT = "La ville de Nevers rouvre la médiathèque samedi."
HTML = """<!doctype html><html><head><title>x</title>
<meta property="article:published_time" content="2024-03-02T10:00:00+01:00">
<meta property="og:site_name" content="Ville de Nevers"></head><body>
<nav><a href="/">Accueil</a><a href="/a">Menu des écoles</a></nav>
<main><article><h1>La médiathèque rouvre</h1><p>La ville de Nevers rouvre la médiathèque samedi 9 mars, après trois
mois de travaux. Les lecteurs y trouveront quatre mille nouveaux livres et une salle de lecture agrandie.</p>
<p>Le maire y accueillera les habitants à partir de dix heures.</p></article></main>
<footer>Mentions légales</footer></body></html>"""


def one(path: Path) -> Incoming:
    (found,) = read(path)
    assert isinstance(found, Incoming), found
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert one(path).release.text == TEXT


def test_mojibake_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text("La médiathèque".encode().decode("cp1252") + " Ã©", encoding="utf-8")
    assert one(path).release.text == "La médiathèque é"


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "release.md"
    path.write_text(
        f"---\ntitle: Réouverture\ndate: 2024-03-02\ncode_insee: 58194\n---\n{TEXT}\n", encoding="utf-8"
    )
    release = one(path).release
    assert release.text == TEXT
    assert (release.title, release.published.date, release.issuer.code) == (
        "Réouverture",
        date(2024, 3, 2),
        "58194",
    )


def test_a_web_page_gives_its_article_and_day(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    found = one(path)
    assert "quatre mille nouveaux livres" in found.release.text
    assert "La médiathèque rouvre" in found.release.text
    assert "Menu des écoles" not in found.release.text
    assert "Mentions légales" not in found.release.text
    assert found.release.published.date == date(2024, 3, 2)
    assert "Ville de Nevers" in found.hints


def test_a_word_file_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Adulte", "5 €"
    document.save(str(tmp_path / "release.docx"))
    assert one(tmp_path / "release.docx").release.text == f"{TEXT}\nAdulte | 5 €"


def test_a_mail_gives_its_body_and_day(tmp_path: Path) -> None:
    path = tmp_path / "release.eml"
    path.write_bytes(
        f"From: presse@nevers.example\r\nTo: a@b.example\r\nSubject: Reouverture\r\nDate: Sat, 2 Mar 2024 10:00:00 +0100\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n".encode()
    )
    release = one(path).release
    assert (release.text.strip(), release.published.date, release.title) == (
        TEXT,
        date(2024, 3, 2),
        "Reouverture",
    )


def test_a_table_gives_a_release_a_line(tmp_path: Path) -> None:
    path = tmp_path / "releases.jsonl"
    path.write_text(
        f'{{"text": "{TEXT}", "date": "2024-03-02"}}\nbroken\n{{"texte": "Bonjour."}}\n', encoding="utf-8"
    )
    first, second, third = read(path)
    assert isinstance(first, Incoming)
    assert isinstance(third, Incoming)
    assert (first.release.source, third.release.source) == (str(path), f"{path}#3")
    assert isinstance(second, Failure)


def test_an_archive_and_a_folder_are_read_in_order(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("z.txt", "Zéro.")
        archive.writestr("a.txt", "Un.")
    (tmp_path / "a.txt").write_text("Premier.", encoding="utf-8")
    texts = [found.release.text for found in read(tmp_path) if isinstance(found, Incoming)]
    assert texts == ["Premier.", "Un.", "Zéro."]


def bad_inputs(folder: Path) -> dict[str, Path]:
    """Inputs that give no release, by the kind of error that is expected."""
    scanned = io.BytesIO()
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(scanned)
    contents = {
        "empty": b"",
        "unknown-type": b"\x89PNG\r\n\x1a\n" + b"0" * 50,
        "binary": b"abc\x00\x01\x02" * 20,
        "pdf": b"%PDF-1.4 broken",
        "scanned": scanned.getvalue(),
        "BadZipFile": b"PK\x03\x04broken",
        "no-text": b"<html><body><script>x()</script></body></html>",
    }
    paths = {}
    for kind, content in contents.items():
        suffix = ".html" if kind == "no-text" else ".txt"
        paths[kind] = folder / f"{kind}{suffix}"
        paths[kind].write_bytes(content)
    paths["not-found"] = folder / "missing.txt"
    paths["empty-folder"] = folder / "hollow"
    paths["empty-folder"].mkdir()
    paths["not-a-file"] = folder / "pipe"
    os.mkfifo(paths["not-a-file"])
    return paths


def test_bad_input_is_told_by_name_with_a_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    paths = bad_inputs(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    found = list(read(*paths.values(), good))
    assert len(found) == len(paths) + 1
    assert isinstance(found[-1], Incoming)
    for (kind, path), failure in zip(paths.items(), found, strict=False):
        assert isinstance(failure, Failure)
        assert failure.error == kind
        assert str(path) in failure.message


def test_a_line_of_hashes_is_read_at_once(tmp_path: Path) -> None:
    """Rules drawn with "#", hashtags in a row: nothing to be parted in all ways that there are."""
    text = "# " * 60 + "#" * 60 + "\nLa ville de Nevers rouvre la médiathèque.\n#nevers#livres " * 20
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    assert one(path).release.text == text.strip()
