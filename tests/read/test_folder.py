"""Whole files in the structures that town halls publish, with the text, title, day and publisher expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.extraction import token_f1
from pipeline.read import Incoming, read
from tests.read.folder import Expected, folder

FILES = list(folder())


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_whole_release_and_nothing_else_is_read(tmp_path: Path, file: Expected) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    (found,) = read(path)
    assert isinstance(found, Incoming), found
    release = found.release
    assert token_f1(release.text, file.text) >= 0.97, release.text
    assert release.title == file.title
    assert release.published.date == file.day
    if file.publisher is not None:
        assert found.hints[0] == file.publisher


def _text_of(path: Path, page: str) -> str:
    """The text of the one release of a page that is written to the path."""
    path.write_text(page, encoding="utf-8")
    (found,) = read(path)
    assert isinstance(found, Incoming)
    return found.release.text


def test_an_article_built_from_many_blocks_is_kept_whole(tmp_path: Path) -> None:
    paragraphs = [
        f"La ville de Nevers ouvre le lot {n} de la zone, où {n} entreprises s'installent."
        for n in range(2, 9)
    ]
    blocks = "".join(
        f'<div class="elementor-element elementor-widget elementor-widget-text-editor">'
        f'<div class="elementor-widget-container"><p>{one}</p></div></div>'
        for one in paragraphs
    )
    text = _text_of(
        tmp_path / "page.html",
        f'<!doctype html><html><head><title>La zone se remplit</title></head><body><div class="site"><h1>La zone se '
        f"remplit</h1>{blocks}</div><footer>Mentions légales</footer></body></html>",
    )
    assert all(one in text for one in paragraphs)
    assert "Mentions" not in text


def test_a_table_in_a_block_of_its_own_is_kept(tmp_path: Path) -> None:
    text = _text_of(
        tmp_path / "page.html",
        "<!doctype html><html><head><title>Une fleur de plus</title></head><body><div><h1>Une fleur de plus</h1></div>"
        "<div class='txt'><p>La ville de Nevers a obtenu mardi sa troisième fleur au label national, devant douze "
        "communes du département.</p><p>Le jury a salué les jardins partagés.</p></div>"
        "<div class='txt'><table><tr><th>Ville</th><th>Niveau</th></tr><tr><td>Nevers</td><td>3 fleurs</td></tr></table>"
        "</div></body></html>",
    )
    assert text.split().index("fleurs") > text.split().index("partagés.")
    assert text.count("3 fleurs") == 1


def test_a_page_that_is_drawn_in_tables_has_lines(tmp_path: Path) -> None:
    text = _text_of(
        tmp_path / "page.html",
        "<html><head><title>Une fleur de plus</title></head><body><table><tr><td><img src='logo.gif'></td></tr><tr><td><table>"
        "<tr><td><h1>Une fleur de plus</h1><p>La ville de Nevers a obtenu mardi sa troisième fleur au label national, devant "
        "douze communes du département.</p><p>Le jury a salué les jardins partagés.</p><table><tr><td>Nevers</td><td>3 fleurs"
        "</td></tr><tr><td>Decize</td><td>2 fleurs</td></tr></table></td></tr></table></td></tr></table></body></html>",
    )
    lines = [line.strip("| ") for line in text.split("\n") if line.strip()]
    assert lines[0] == "Une fleur de plus"
    assert lines[1].startswith("La ville de Nevers")
    assert lines[2] == "Le jury a salué les jardins partagés."
    assert lines[3:] == ["Nevers | 3 fleurs", "Decize | 2 fleurs"]


def test_a_piece_of_a_page_is_read_as_one_without_its_name(tmp_path: Path) -> None:
    text = _text_of(
        tmp_path / "piece",
        "<div class='texte'><h2>Une fleur de plus</h2><p>La ville de Nevers a obtenu sa troisième fleur.</p></div>",
    )
    assert text.split("\n")[0] == "Une fleur de plus"
    assert "<" not in text
