"""Exports of Europresse and Factiva: pages and texts, an article a release."""

from __future__ import annotations

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
