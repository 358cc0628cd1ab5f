"""From the text of a record back to the page or PDF that it was read from."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.align import align
from pipeline.read.incoming import ReadError
from pipeline.read.markup import read_html
from pipeline.read.origin import HtmlOrigin, PdfOrigin
from pipeline.read.pdf import read_pdf

PAGE = """<!doctype html><html><head><title>Nevers, 3 fleurs</title><script>var nevers = 1;</script></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li>Nevers obtient sa 3e fleur</li></ul></nav>
<main><article><h1>Nevers obtient sa 3e fleur</h1>
<p>La ville de <b>Nevers</b> obtient sa 3e fleur au label
Villes et Villages Fleuris, a annoncé le jury régional réuni mardi au conseil régional.</p>
<table><tr><th>Ville</th><th>Niveau</th></tr><tr><td>Decize</td><td>2 fleurs</td></tr><tr><td>Clamecy</td><td>1 fleur</td></tr></table>
<p>Le maire salue le travail des jardiniers municipaux, qui ont planté 12&nbsp;000 bulbes l’an dernier.</p>
</article></main><footer>Mairie de Nevers</footer></body></html>"""


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def _pdf(*pages: list[tuple[float, float, str]]) -> bytes:
    """Pages of lines, each with its left edge and its baseline counted from the top, in points."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    for lines in pages:
        canvas.setFont("Helvetica", 12)
        for left, down, words in lines:
            canvas.drawString(left, A4[1] - down, words)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_the_element_that_holds_a_fact() -> None:
    text = read_html(PAGE).text
    origin = HtmlOrigin(PAGE.encode(), text)
    assert origin.share > 0.95
    (found,) = origin.places(*_span(text, "12 000 bulbes"))
    assert found.path.endswith("/article/p[2]")
    assert found.text == "12\xa0000 bulbes"
    element = origin.tree.xpath(found.path)[0]
    assert element.text[found.start : found.end] == found.text


def test_a_fact_across_elements_gives_each() -> None:
    text = read_html(PAGE).text
    found = HtmlOrigin(PAGE.encode(), text).places(*_span(text, "ville de Nevers obtient"))
    assert [(one.path.rsplit("/", 1)[1], one.text.strip()) for one in found] == [
        ("p[1]", "ville de"), ("b", "Nevers"), ("p[1]", "obtient"),
    ]  # fmt: skip


def test_a_cell_of_a_table() -> None:
    text = read_html(PAGE).text
    (found,) = HtmlOrigin(PAGE.encode(), text).places(*_span(text, "Clamecy"))
    assert found.path.endswith("tr[3]/td[1]")


def test_a_title_that_the_menu_repeats_is_found_in_the_article() -> None:
    text = read_html(PAGE).text
    found = HtmlOrigin(PAGE.encode(), text).places(*_span(text, "Nevers obtient sa 3e fleur"))
    assert [one.path.rsplit("/", 1)[1] for one in found] == ["h1"]


def test_words_that_the_original_lacks_have_no_place() -> None:
    text = read_html(PAGE).text + "\nTout autre chose : Gérardmer."
    origin = HtmlOrigin(PAGE.encode(), text)
    assert origin.places(*_span(text, "Gérardmer")) == []


def test_another_page_is_known_by_its_share() -> None:
    assert HtmlOrigin(PAGE.encode(), "Le marché de Noël ouvre ses portes samedi à Bourges.").share < 0.5


def test_the_box_on_the_page() -> None:
    data = _pdf(
        [(72, 100, "Communiqué de presse"), (72, 140, "La ville de Nevers a beaucoup planté cette année.")],
        [(72, 200, "Elle obtient sa 3e fleur au label Villes et Villages Fleuris.")],
    )
    text = read_pdf(data).text
    origin = PdfOrigin(data, text)
    assert origin.share == 1
    (box,) = origin.places(*_span(text, "3e fleur"))
    assert box.page == 2
    assert 190 - 4 < box.top < box.bottom < 200 + 4  # letters of 12 points above a baseline at 200
    from reportlab.pdfbase.pdfmetrics import stringWidth

    left = 72 + stringWidth("Elle obtient sa ", "Helvetica", 12)
    assert box.left == pytest.approx(left, abs=2)
    assert box.right == pytest.approx(left + stringWidth("3e fleur", "Helvetica", 12), abs=2)


def test_a_word_cut_at_a_line_end_has_two_boxes() -> None:
    data = _pdf([(72, 100, "Le jury du concours a récom-"), (72, 116, "pensé la ville de Decize.")])
    text = "Le jury du concours a récompensé la ville de Decize."
    first, second = PdfOrigin(data, text).places(*_span(text, "récompensé"))
    assert first.bottom < second.top + 4
    assert first.left > second.left


def test_the_picture_marks_the_box() -> None:
    from PIL import Image

    data = _pdf([(72, 100, "Nevers obtient sa 3e fleur au label.")])
    text = "Nevers obtient sa 3e fleur au label."
    origin = PdfOrigin(data, text)
    boxes = origin.places(*_span(text, "3e fleur"))
    plain, marked = (Image.open(io.BytesIO(origin.picture(1, told))) for told in ([], boxes))
    assert plain.size == marked.size
    yellow = (255, 226, 120)
    (box,) = boxes
    inside = marked.crop(
        (int(box.left * 1.5), int(box.top * 1.5), int(box.right * 1.5), int(box.bottom * 1.5))
    )
    assert yellow in set(inside.get_flattened_data())
    assert yellow not in set(plain.get_flattened_data())
    with pytest.raises(IndexError):
        origin.picture(2, [])


def test_a_broken_pdf_says_so() -> None:
    with pytest.raises(ReadError, match="PDF"):
        PdfOrigin(b"%PDF-1.4 nothing", "x")


def test_ligatures_soft_hyphens_and_quotes_do_not_matter() -> None:
    text, original = "L'office finance la « fête »", 'L’of\ufb01ce  \ufb01nan\xadce\nla "fête"'
    places = align(text, original)
    for at, sign in enumerate(text):
        if sign in "aoecntê":
            assert original[places[at]] == sign or original[places[at]] == "\ufb01"


@given(st.text(alphabet="abc é-'\n", max_size=80), st.text(alphabet="abc é-'\n", max_size=80))
def test_places_are_those_of_the_same_letters(text: str, original: str) -> None:
    places = align(text, original)
    assert len(places) == len(text)
    for sign, place in zip(text, places, strict=True):
        assert place == -1 or original[place] == sign


@given(st.text(max_size=60), st.text(alphabet=" \n-.|", min_size=1, max_size=3))
def test_what_stands_between_the_letters_does_not_matter(text: str, between: str) -> None:
    places = align(text, between.join(text))
    assert all(place >= 0 for sign, place in zip(text, places, strict=True) if sign.isalnum())


def test_long_and_repetitive_texts_take_no_more_than_their_length() -> None:
    began = time.perf_counter()
    align("la ville " * 20_000, "la ville de " * 20_000)
    align("a" * 200_000, "a" * 199_999 + "b")
    assert time.perf_counter() - began < 10


def test_a_deep_page_breaks_nothing() -> None:
    deep = "<div>" * 100_000 + "La ville de Nevers" + "</div>" * 100_000
    origin = HtmlOrigin(
        f"<html><body><p>La ville de Decize</p>{deep}</body></html>".encode(), "La ville de Decize"
    )
    assert [one.text for one in origin.places(12, 18)] == ["Decize"]
