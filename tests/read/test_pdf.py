"""PDFs: columns, running lines, hyphens, ligatures, tables, scans."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.read import Failure, Incoming, read
from pipeline.read.incoming import ReadError
from pipeline.read.pdf import read_pdf
from tests.needs import program
from tests.read import pdfs

LEFT = (
    "La ville de Nevers rouvre samedi sa médiathèque après trois mois de travaux. Les lecteurs y trouveront quatre "
    "mille nouveaux livres, une salle de lecture agrandie et un espace pour les enfants de moins de six ans. "
    "Le chantier a coûté neuf cent mille euros, dont un tiers payé par la région."
)
RIGHT = (
    "Le maire accueillera les habitants à partir de dix heures dans le hall. Un spectacle de marionnettes suivra à "
    "quinze heures, puis une visite des réserves sous la conduite des bibliothécaires. L'entrée est libre "
    "toute la journée, et la navette du centre sera gratuite."
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("line_by_line", [False, True])
def test_columns_are_read_one_after_the_other(line_by_line: bool) -> None:
    content = read_pdf(pdfs.columns("La médiathèque rouvre", LEFT, RIGHT, line_by_line=line_by_line))
    assert words(content.text) == words(f"La médiathèque rouvre {LEFT} {RIGHT}")
    assert content.title == "La médiathèque rouvre"


def test_paragraphs_are_lines_again() -> None:
    content = read_pdf(pdfs.plain("La médiathèque rouvre", [LEFT, RIGHT]))
    assert content.text == f"La médiathèque rouvre\n\n{LEFT}\n\n{RIGHT}"


def test_running_lines_are_left_out_but_for_the_letterhead() -> None:
    content = read_pdf(
        pdfs.pages("Ville de Nevers – communiqué", [[LEFT], [RIGHT], [LEFT]], "Service presse")
    )
    assert content.text.count("Ville de Nevers – communiqué") == 1
    assert "Service presse" not in content.text
    assert words(content.text)[4:] == words(f"{LEFT} {RIGHT} {LEFT}")


@pytest.mark.parametrize(
    ("upper", "lower", "mended"),
    [
        ("la médiathèque muni-", "cipale rouvre", "la médiathèque municipale rouvre"),
        ("elle ouvrira peut-", "être samedi", "elle ouvrira peut-être samedi"),
        ("la ville de Bourg-", "en-Bresse ferme", "la ville de Bourg-en-Bresse ferme"),
        ("combien y en a-t-", "il encore", "combien y en a-t-il encore"),
        ("la commune de Saint-", "Denis ouvre", "la commune de Saint-Denis ouvre"),
        ("la ﬁn du conﬂit", "est déﬁnie", "la fin du conflit est définie"),
        ("la Covid-", "19 recule", "la Covid-19 recule"),
    ],
)
def test_broken_words_and_ligatures_are_mended(upper: str, lower: str, mended: str) -> None:
    text = read_pdf(pdfs.lines(upper, lower)).text
    assert re.sub(r"\s+", " ", text) == mended


def test_a_table_of_laureates_keeps_its_rows() -> None:
    rows = [("Ville", "Niveau", "Année"), ("Nevers", "3 fleurs", "2021"), ("Tours", "4 fleurs", "2022"),
            ("Béziers", "2 fleurs", "2020"), ("Gap", "1 fleur", "2023")]  # fmt: skip
    assert read_pdf(pdfs.table(rows)).text.splitlines() == [" | ".join(row) for row in rows]


def test_a_programs_name_for_the_file_is_no_title() -> None:
    data = pdfs.lines("La ville de Nevers ferme sa piscine lundi.")
    assert read_pdf(data).title is None


def test_a_scan_without_tesseract_is_told_and_names_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.ocr.shutil.which", lambda _: None)
    with pytest.raises(ReadError, match=r"OCR.*tesseract-ocr-fra"):
        read_pdf(pdfs.scanned("La ville de Nevers"))


def test_a_scan_is_read_by_tesseract(tmp_path: Path) -> None:
    program("tesseract", tried="the reading of a scan")
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdfs.scanned("La ville de Nevers rouvre\nla piscine municipale samedi"))
    (found,) = read(path)
    if isinstance(found, Failure):  # its French may be missing: then the message says so
        assert "tesseract-ocr-fra" in found.message
    else:
        assert isinstance(found, Incoming)
        assert words(found.release.text) == words("La ville de Nevers rouvre la piscine municipale samedi")
