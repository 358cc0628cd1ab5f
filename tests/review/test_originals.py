"""The original of a release in the review page."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient
from lxml import html as lxml_html

from pipeline.database import Database, load
from pipeline.model import Evidence, Record
from pipeline.read.markup import read_html
from pipeline.read.pdf import read_pdf
from pipeline.review import create_app
from tests.database.records import distinction, record
from tests.read.test_origin import PAGE, _pdf

HOSTILE = PAGE.replace(
    "<p>La ville de",
    """<p onclick="alert(1)" style="position:fixed"><img src=x onerror=alert(2)><a href="javascript:alert(3)">Lire</a>
    <iframe src="http://example.org/"></iframe><form action="/faits/accepter"><input name="fait"></form>
    <svg onload="alert(4)"></svg>&lt;script&gt;alert(5)&lt;/script&gt;</p><p>La ville de""",
)


def _told(text: str, words: str, source: str) -> Record:
    start = text.index(words)
    said = Evidence(start=start, end=start + len(words), text=words)
    fact = msgspec.structs.replace(distinction(), evidence=(said,))
    return msgspec.structs.replace(record(text, source=source), distinctions=(fact,))


@pytest.fixture
def originals(tmp_path: Path) -> dict[str, Path]:
    page, pdf = tmp_path / "nevers.html", tmp_path / "decize.pdf"
    page.write_text(HOSTILE, encoding="utf-8")
    pdf.write_bytes(
        _pdf(
            [(72, 100, "Communiqué de presse de la ville de Decize")],
            [(72, 200, "La ville obtient sa 2e fleur au label Villes et Villages Fleuris.")],
        )
    )
    return {"html": page, "pdf": pdf}


@pytest.fixture
def released(originals: dict[str, Path], database: Database) -> dict[str, Record]:
    told = {
        "html": _told(read_html(HOSTILE).text, "12 000 bulbes", str(originals["html"])),
        "pdf": _told(read_pdf(originals["pdf"].read_bytes()).text, "2e fleur", str(originals["pdf"])),
    }
    load(database, told.values(), version="test")
    return told


def _address(told: Record) -> str:
    said = told.distinctions[0].evidence[0]
    return f"/communiques/{told.release.id}/original?debut={said.start}&fin={said.end}"


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_release_leads_to_the_original(kind: str, page: TestClient, released: dict[str, Record]) -> None:
    shown = lxml_html.fromstring(page.get(f"/communiques/{released[kind].release.id}").text)
    (link,) = shown.xpath("//*[@class='why']//a[contains(., 'dans l’original')]/@href")
    assert link == _address(released[kind]) + "#ici"
    assert page.get(link).status_code == 200


def test_the_words_are_marked_in_the_page(page: TestClient, released: dict[str, Record]) -> None:
    shown = lxml_html.fromstring(page.get(_address(released["html"])).text)
    (mark,) = shown.xpath("//mark[@id='ici']")
    assert mark.text_content() == "12\xa0000 bulbes"
    assert "jardiniers municipaux" in mark.getparent().text_content()
    assert "/article/p[3]" in shown.xpath("string(//code)")


def test_nothing_of_the_page_can_run_or_load(page: TestClient, released: dict[str, Record]) -> None:
    answer = page.get(_address(released["html"]))
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    (section,) = lxml_html.fromstring(answer.text).xpath("//section[@class='original']")
    within = list(section.iterdescendants())
    assert len(within) > 10
    assert {element.tag for element in within} & {
        "script",
        "img",
        "a",
        "iframe",
        "form",
        "input",
        "svg",
    } == set()
    assert {name for element in within for name in element.attrib} == {"class", "id"}  # those of the mark
    assert "<script>alert(5)</script>" in section.text_content()  # as words


def test_the_page_of_the_pdf_is_a_picture(page: TestClient, released: dict[str, Record]) -> None:
    shown = lxml_html.fromstring(page.get(_address(released["pdf"])).text)
    (source,) = shown.xpath("//img[@class='original']/@src")
    assert "/original/page-2.png?" in source
    picture = page.get(source)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert page.get(source.replace("page-2", "page-7")).status_code == 404


def test_an_original_that_is_gone_or_another_now_is_not_shown(
    page: TestClient, released: dict[str, Record], originals: dict[str, Path]
) -> None:
    originals["html"].write_text("<html><body><p>Tout autre chose.</p></body></html>", encoding="utf-8")
    answer = page.get(_address(released["html"]))
    assert (answer.status_code, "ne contient plus ce communiqué" in answer.text) == (404, True)
    originals["html"].unlink()
    answer = page.get(_address(released["html"]))
    assert (answer.status_code, "plus à sa place" in answer.text) == (404, True)


def test_a_text_has_no_such_link(page: TestClient, database: Database) -> None:
    told = _told("Fos-sur-Mer obtient Argent.", "Argent", "fos.txt")
    load(database, [told], version="test")
    assert "original" not in page.get(f"/communiques/{told.release.id}").text
    assert page.get(f"/communiques/{told.release.id}/original").status_code == 404
    assert page.get("/communiques/unknown/original").status_code == 404


def test_strangers_see_no_original(database: Database, released: dict[str, Record]) -> None:
    app = create_app(database, token="secret", only_local=False)
    assert TestClient(app).get(_address(released["html"])).status_code == 401


def test_a_near_duplicate_leads_to_the_other(page: TestClient, database: Database) -> None:
    told = record("Presque les mêmes mots.", source="b.txt")
    first = record("Les mêmes mots.", source="a.txt")
    release = msgspec.structs.replace(
        told.release, near_duplicate_of=first.release.id, sources=("b.txt", "c.txt")
    )
    load(database, [first, msgspec.structs.replace(told, release=release)], version="test")
    shown = lxml_html.fromstring(page.get(f"/communiques/{told.release.id}").text)
    assert shown.xpath(f"//a[@href='/communiques/{first.release.id}']")
    assert "b.txt, c.txt" in shown.text_content()
