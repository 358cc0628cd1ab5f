"""What users may say: columns of tables, addresses and pages of web archives."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.read import Columns, Failure, Incoming, Options, read

TOWN = (
    "<p>La ville de Nevers rouvre sa piscine. Le maire et les élus y accueilleront les habitants samedi.</p>"
)
SHOP = (
    "<p>Nos baskets sont en solde dans la boutique et sur le site, avec une livraison pour les clients.</p>"
)
ENGLISH = (
    "<p>The town reopens the swimming pool on Saturday, and the mayor will be there to welcome people.</p>"
)


def _crawl() -> bytes:
    content = io.BytesIO()
    writer = WARCWriter(content, gzip=True)
    for address, page in (
        ("https://www.ville-nevers.example/piscine", TOWN),
        ("https://www.ville-nevers.example/menus", TOWN.replace("piscine", "cantine")),
        ("https://baskets.example/soldes", SHOP),
        ("https://town.example/pool", ENGLISH),
    ):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        payload = io.BytesIO(f"<html><body>{page}</body></html>".encode())
        writer.write_record(
            writer.create_warc_record(address, "response", payload=payload, http_headers=headers)
        )
    return content.getvalue()


def test_a_crawl_gives_the_french_pages_of_towns(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(_crawl())

    def sources(options: Options) -> list[str]:
        return [
            one.release.source.split("#")[1]
            for one in read(path, options=options)
            if isinstance(one, Incoming)
        ]

    nevers = ["https://www.ville-nevers.example/piscine", "https://www.ville-nevers.example/menus"]
    assert sources(Options()) == nevers
    assert sources(Options(matching="piscine")) == nevers[:1]
    assert len(sources(Options(french_only=False))) == 4


def test_columns_are_named_and_a_missing_one_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Corps du texte;Objet;Parution\nNevers ferme sa piscine.;Piscine;02/03/2024\n", encoding="utf-8"
    )
    (unnamed,) = read(path, options=Options(columns=Columns(text="nothing")))
    assert isinstance(unnamed, Failure)
    assert "Corps du texte, Objet, Parution" in unnamed.message
    assert "--text-column" in unnamed.message
    (found,) = read(
        path, options=Options(columns=Columns(text="corps du texte", title="Objet", date="Parution"))
    )
    assert isinstance(found, Incoming)
    assert (found.release.title, found.release.published.date) == ("Piscine", date(2024, 3, 2))
