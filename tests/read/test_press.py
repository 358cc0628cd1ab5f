"""Exports of Europresse and Factiva: pages and texts, an article a release."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.read import Incoming, read

ONE = "La ville de Nevers a reçu jeudi sa troisième fleur au label Villes et Villages Fleuris."
TWO = "Tours rouvre sa piscine après deux ans de travaux."

EUROPRESSE_PAGE = f"""<!DOCTYPE html><html><head><title>Documents sauvegardés</title></head><body>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Journal du Centre (site web)</span></div>
<span class="DocHeader">Nevers, vendredi 15 novembre 2024, p. 12</span>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Une troisième fleur pour Nevers</p></div>
<div class="docAuthors">Jeanne Martin</div></header>
<section><div class="docOcurrContainer"><p>{ONE}</p><p>Le <mark>jury</mark> est venu en juillet.</p></div></section>
<footer><small>© 2024 Le Journal du Centre. Tous droits réservés.</small><div class="publiC-lblNodoc">news·20241115·JC·0012</div></footer></article>
<article><header><span class="DocPublicationName">La Nouvelle République</span><span class="DocHeader">1 février 2024</span>
<div class="titreArticle"><p class="titreArticleVisu">La piscine rouvre</p></div></header>
<div class="docOcurrContainer"><p>{TWO}</p></div></article></body></html>"""

EUROPRESSE_TEXT = f"""Le Journal du Centre
Nevers, vendredi 15 novembre 2024, p. 12

Une troisième fleur pour Nevers

{ONE}

Le jury est venu en juillet.

© 2024 Le Journal du Centre. Tous droits réservés.
news·20241115·JC·0012

La Nouvelle République
jeudi 1 février 2024

La piscine rouvre

{TWO}

news·20240201·NR·0007
"""

FACTIVA_PAGE = f"""<html><head><title>Factiva</title></head><body>
<div class="article frArticle"><p><div id="hd"><span class='frHeadline'>Une troisième fleur pour Nevers</span></div>
<div class="author">Jeanne Martin</div><div>345 mots</div><div>15 novembre 2024</div><div>Le Journal du Centre</div>
<div>JOUCEN</div><div>12</div><div>Français</div><div>Copyright 2024. Tous droits réservés.</div>
<p class="articleParagraph frarticleParagraph">{ONE}</p><p class="articleParagraph frarticleParagraph">Le jury est venu en juillet.</p>
<p>Document JOUCEN0020241115ekbf0000c</p></div>
<div class="article frArticle"><table><tr><td><b>HD</b></td><td>La piscine rouvre</td></tr><tr><td><b>PD</b></td><td>1 février 2024</td></tr>
<tr><td><b>SN</b></td><td>La Nouvelle République</td></tr><tr><td><b>LP</b></td><td><p>{TWO}</p></td></tr></table></div></body></html>"""

FACTIVA_TEXT = f"""Une troisième fleur pour Nevers

Jeanne Martin
345 mots
15 novembre 2024
09:15
Le Journal du Centre
JOUCEN
12
Français
Copyright 2024 Le Journal du Centre All rights reserved

{ONE}

Le jury est venu en juillet.

Document JOUCEN0020241115ekbf0000c

HD La piscine rouvre
WC 20 mots
PD 1 février 2024
SN La Nouvelle République
SC NOUREP
LA Français
LP {TWO}
AN Document NOUREP0020240201ek210000a
Document NOUREP0020240201ek210000a
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("europresse.html", EUROPRESSE_PAGE),
        ("europresse.txt", EUROPRESSE_TEXT),
        ("factiva.html", FACTIVA_PAGE),
        ("factiva.txt", FACTIVA_TEXT),
        ("named-by-nobody", FACTIVA_TEXT),
    ],
)
def test_each_article_is_a_release(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    first, second = read(path)
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert (
        " ".join(first.release.text.split())
        == f"Une troisième fleur pour Nevers {ONE} Le jury est venu en juillet."
    )
    assert second.release.text == f"La piscine rouvre\n\n{TWO}"
    assert [one.release.title for one in (first, second)] == [
        "Une troisième fleur pour Nevers",
        "La piscine rouvre",
    ]
    assert [one.release.published.date for one in (first, second)] == [date(2024, 11, 15), date(2024, 2, 1)]
    assert [one.hints[0] for one in (first, second)] == ["Le Journal du Centre", "La Nouvelle République"]
    assert [one.release.source for one in (first, second)] == [str(path), f"{path}#2"]


def _europresse(head: str, body: str, number: str = "news·20241115·JC·0012") -> str:
    return (
        f"<!DOCTYPE html><html><body><article id='a'><header>{head}</header><section>{body}</section>"
        f"<footer><small>© 2024 Le Journal du Centre. Tous droits réservés.</small><p>Numéro de document : {number}</p>"
        "</footer></article></body></html>"
    )


NAME = "<div><span class='DocPublicationName'>Le Journal du Centre, no. 24 512</span></div>"
TITLE = (
    "<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>Une troisième fleur</p></div>"
)
CONTAINER = f"<div class='docOcurrContainer'><p>{ONE}</p></div>"
VARIANTS = {
    "the day with a weekday, words and page": _europresse(
        f"{NAME}<div><span class='DocHeader'>Nevers\n, vendredi 15 novembre 2024\n345 mots, p. NEVERS12</span></div>{TITLE}", CONTAINER
    ),
    "a month in capitals": _europresse(f"{NAME}<span class='DocHeader'>15 Novembre 2024</span>{TITLE}", CONTAINER),
    "an English interface": _europresse(f"{NAME}<span class='DocHeader'>Friday, November 15, 2024</span>{TITLE}", CONTAINER),
    "the day in the line below": _europresse(
        f"{NAME}<div><span class='DocTitreSection'>Nevers</span><span>vendredi 15 novembre 2024</span></div>{TITLE}", CONTAINER
    ),
    "the day in the number only": _europresse(f"{NAME}{TITLE}", CONTAINER),
    "an older body": _europresse(
        f"{NAME}<span class='DocHeader'>15 novembre 2024</span><div class='titreArticle'>Une troisième fleur</div>",
        f"<div class='DocText clearfix'><p>{ONE}</p></div>",
    ),
    "Factiva with the hour and its zone": (
        "<html><body><div class='article frArticle'><div id='hd'><span class='frHeadline'>Une troisième fleur</span></div>"
        "<div>345 mots</div><div>15 novembre 2024</div><div>09:15 GMT</div><div>Le Journal du Centre</div><div>JOUCEN</div>"
        f"<p class='articleParagraph frarticleParagraph'>{ONE}</p><p>Document JOUCEN0020241115ekbf0000c</p></div></body></html>"
    ),
    "Factiva in English": (
        "<html><body><div id='x' class='article enArticle'><div id='hd'><span class='enHeadline'>Une troisième fleur</span></div>"
        "<div>345 words</div><div>15 November 2024</div><div>Le Journal du Centre</div><div>JOUCEN</div><div>French</div>"
        f"<p class='articleParagraph enarticleParagraph'>{ONE}</p><p>Document JOUCEN0020241115ekbf0000c</p></div></body></html>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_variants_of_the_exports(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "export.html"
    path.write_bytes(VARIANTS[name].encode(encoding))
    (found,) = read(path)
    assert isinstance(found, Incoming)
    assert found.release.text == f"Une troisième fleur\n\n{ONE}"
    assert found.release.title == "Une troisième fleur"
    assert found.release.published.date == date(2024, 11, 15)
    assert found.hints[0] == "Le Journal du Centre"


def test_a_subtitle_is_part_of_the_article(tmp_path: Path) -> None:
    head = f"{NAME}<span class='DocHeader'>15 novembre 2024</span>{TITLE}<p class='sm-margin-TopNews rdp__subtitle'>Le jury est séduit</p>"
    path = tmp_path / "export.html"
    path.write_text(_europresse(head, CONTAINER), encoding="utf-8")
    (found,) = read(path)
    assert isinstance(found, Incoming)
    assert found.release.text == f"Une troisième fleur\n\nLe jury est séduit\n{ONE}"


@pytest.mark.parametrize(
    "line",
    [
        "Document " + "A" * 100_000,
        "Document AB" + "1" * 100_000 + "!",
        "news.20241115." + "a" * 100_000 + "!",
    ],
)
def test_a_line_that_looks_like_the_end_of_an_article_for_ever(tmp_path: Path, line: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(f"{ONE}\n{line}\n", encoding="utf-8")
    began = time.monotonic()
    (found,) = read(path)
    assert time.monotonic() - began < 5
    assert isinstance(found, Incoming)
