"""Web pages that hold several releases, and pages that hold one however many headings it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.read import Incoming, read
from pipeline.read.origin import HtmlOrigin
from tests.read.folder import folder
from tests.read.samples import FLEURS, MARCHE

PISCINE = (
    "La piscine ferme trois semaines pour travaux à partir de lundi. Les abonnements sont prolongés d'autant, et les "
    "scolaires sont accueillis au bassin de Varennes-Vauzelles pendant toute la durée du chantier."
)
NEWS = (
    ("Nevers fleurie", "2024-05-03", "3 mai 2024", FLEURS),
    ("Le marché de Noël ouvre", "2024-11-29", "29 novembre 2024", MARCHE),
    ("La piscine en travaux", "2025-01-06", "6 janvier 2025", PISCINE),
)
MENU = "".join(f"<li><a href='/{n}'>Rubrique {n} de la mairie</a></li>" for n in range(30))


def page(body: str, title: str = "Actualités - Ville de Nevers", heading: str = "<h1>Actualités</h1>") -> str:
    """A page of a town with a menu, a foot and this body."""
    return (
        f"<!doctype html><html lang='fr'><head><title>{title}</title><meta property='og:site_name' content='Ville de "
        f"Nevers'></head><body><header><a href='/'>Nevers</a></header><div class='liens'><ul>{MENU}</ul></div><main>{heading}"
        f"{body}</main><footer>Mairie de Nevers, place de l'Hôtel de Ville, ouverte du lundi au vendredi</footer></body></html>"
    )


def _each(item: Callable[[str, str, str, str], str]) -> str:
    return "".join(item(*one) for one in NEWS)


DIGESTS: dict[str, str] = {
    "articles": page(
        _each(lambda t, i, d, x: f"<article><h2><a href='/{i}'>{t}</a></h2><time datetime='{i}'>{d}</time><p>{x}</p></article>")
    ),
    "articles without a day": page(_each(lambda t, i, d, x: f"<article class='post'><h2>{t}</h2><p>{x}</p></article>")),
    "articles with headings of their own": page(
        _each(
            lambda t, i, d, x: f"<article><h2>{t}</h2><p class='date'>Publié le {d}</p><p>{x}</p><h3>En pratique</h3>"
            "<p>Renseignements à l'accueil de la mairie.</p></article>"
        )
    ),
    "headings and days, flat": page(_each(lambda t, i, d, x: f"<h2>{t}</h2><p>Publié le {d}</p><p>{x}</p>")),
    "headings and bare days": page(_each(lambda t, i, d, x: f"<h3>{t}</h3><p class='date'>{d}</p><p>{x}</p>")),
    "days above their headings": page(_each(lambda t, i, d, x: f"<p>Publié le {d}</p><h3>{t}</h3><p>{x}</p>")),
    "datelines": page(_each(lambda t, i, d, x: f"<h2>{t}</h2><p><em>Nevers, le {d}</em></p><p>{x}</p>")),
    "frames": page(
        "<div class='liste'>"
        + _each(
            lambda t, i, d, x: f"<div class='actu'><div class='t'><h3>{t}</h3></div><div class='c'><p>{x}</p></div>"
            f"<span class='d'>Mis en ligne le {d}</span></div>"
        )
        + "</div><p><a href='?p=2'>Page suivante</a></p>"
    ),
    "numbered releases": page(
        "".join(f"<p><b>Communiqué de presse n° {n}</b></p><p>{x}</p>" for n, (_, _, _, x) in enumerate(NEWS, 12)),
        heading="<h1>Bulletin de la presse</h1>",
    ),
    "rules and datelines": page("<hr>".join(f"<p>Nevers, le {d}</p><p>{x}</p>" for _, _, d, x in NEWS), heading=""),
    "a newsletter in tables": (
        "<html><body class='newsletter'><table><tr><td><h1>La lettre de Nevers</h1></td></tr>"
        + _each(
            lambda t, i, d, x: f"<tr><td class='newsletter-item'><table><tr><td><h2>{t}</h2></td></tr><tr><td>Publié le {d}"
            f"</td></tr><tr><td>{x}</td></tr><tr><td><a href='https://nevers.example/{i}'>Lire la suite</a></td></tr></table></td></tr>"
        )
        + "<tr><td>Pour ne plus recevoir cette lettre, <a href='x'>cliquez ici</a>.</td></tr></table></body></html>"
    ),
    "linked data": page(
        _each(
            lambda t, i, d, x: f"<div itemscope itemtype='https://schema.org/NewsArticle'><h2 itemprop='headline'>{t}</h2>"
            f"<p>{x}</p></div>"
        )
    ),
}  # fmt: skip
WITHOUT_TITLES = ("numbered releases", "rules and datelines")
WITHOUT_DAYS = ("articles without a day", "numbered releases", "linked data")


def _read(path: Path, content: str) -> list[Incoming]:
    path.write_text(content, encoding="utf-8")
    found = list(read(path))
    assert all(isinstance(one, Incoming) for one in found), found
    return [one for one in found if isinstance(one, Incoming)]


@pytest.mark.parametrize("name", DIGESTS)
def test_each_release_of_a_page_is_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    found = _read(path, DIGESTS[name])
    assert [one.release.source for one in found] == [str(path), f"{path}#2", f"{path}#3"]
    for one, (title, iso, _, text) in zip(found, NEWS, strict=True):
        assert text in " ".join(one.release.text.split())
        others = [other for *_, other in NEWS if other != text]
        assert not any(other in " ".join(one.release.text.split()) for other in others)
        assert not any(
            word in one.release.text for word in ("Rubrique", "Mairie de Nevers", "suite", "recevoir", "Page")
        )
        if name not in WITHOUT_TITLES:
            assert one.release.title == title
            assert title in one.release.text
        if name not in WITHOUT_DAYS:
            assert one.release.published.date == date.fromisoformat(iso)
    if name != "a newsletter in tables":
        assert all("Ville de Nevers" in one.hints for one in found)


@pytest.mark.parametrize("name", DIGESTS)
def test_the_map_leads_each_release_back_to_its_own_element(name: str, tmp_path: Path) -> None:
    content = DIGESTS[name]
    for one, (*_, text) in zip(_read(tmp_path / "page.html", content), NEWS, strict=True):
        origin = HtmlOrigin(content.encode(), one.release.text)
        assert origin.share > 0.98
        words = text.split(". ")[1][:30]
        start = one.release.text.index(words)
        (place,) = origin.places(start, start + len(words))
        assert place.text == words
        assert text in " ".join(origin.tree.xpath(place.path)[0].text_content().split())


PROGRAMME = (
    ("Concert d'ouverture", "samedi 4 mai 2024"), ("Bal des enfants", "dimanche 5 mai 2024"), ("Feu d'artifice", "lundi 6 mai 2024"),
)  # fmt: skip
ONE: dict[str, str] = {
    "sections with headings": page(
        f"<article><h1>Une année à Nevers</h1><p>Publié le 3 mai 2024</p><p>{FLEURS}</p><h2>Les fleurs</h2><p>{FLEURS}</p>"
        f"<h2>Le marché</h2><p>{MARCHE}</p><h2>La piscine</h2><p>{PISCINE}</p></article>",
        heading="",
    ),
    "sections without an introduction": page(
        f"<article><h2>Les fleurs</h2><p>{FLEURS}</p><h2>Le marché</h2><p>{MARCHE}</p></article>",
        heading="<h1>Une année à Nevers</h1>",
    ),
    "sections in frames": page(
        f"<section><h2>Les fleurs</h2><p>{FLEURS}</p></section><section><h2>Le marché</h2><p>{MARCHE}</p></section>",
        heading=f"<h1>Une année à Nevers</h1><p>{PISCINE}</p>",
    ),
    "a programme": page(
        "".join(f"<h3>{t}</h3><p>{d}</p><p>{MARCHE}</p>" for t, d in PROGRAMME),
        heading=f"<h1>Trois jours de fête</h1><p>Publié le 3 mai 2024</p><p>{FLEURS}</p>",
    ),
    "a programme by days": page(
        "".join(f"<h3>{d.capitalize()}</h3><p>{t}. {MARCHE}</p>" for t, d in PROGRAMME),
        heading="<h1>Trois jours de fête</h1>",
    ),
    "years": page(
        "".join(f"<h2>En {year}</h2><p>{text}</p>" for year, text in ((2022, FLEURS), (2023, MARCHE), (2024, PISCINE))),
        heading="<h1>Trois ans de travaux</h1>",
    ),
    "one release and others to read": page(
        f"<article><h1>Nevers fleurie</h1><p>Publié le 3 mai 2024</p><p>{FLEURS}</p><p>{MARCHE}</p></article>"
        + "".join(
            f"<article class='carte'><h3><a href='/{i}'>{t}</a></h3><p>{x[:150]}…</p><a href='/{i}'>Lire la suite</a></article>"
            for t, i, _, x in NEWS[1:]
        ),
        heading="",
    ),
    "the same with headings of one level": page(
        f"<article><h2>Nevers fleurie</h2><p>{FLEURS}</p><p>{MARCHE}</p></article>"
        + "".join(
            f"<article><h2><a href='/{i}'>{t}</a></h2><p>{x[:170]}…</p><a href='/{i}'>Lire la suite</a></article>" for t, i, _, x in NEWS[1:]
        ),
        heading="",
    ),
    "chapters in articles below an introduction": page(
        f"<article><h2>Les fleurs</h2><p>{FLEURS}</p></article><article><h2>Le marché</h2><p>{MARCHE}</p></article>",
        heading=f"<h1>Une année à Nevers</h1><p>{PISCINE}</p><p>{FLEURS}</p>",
    ),
    "rules between chapters": page(f"<p>{FLEURS}</p><hr><p>{MARCHE}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_a_page_with_one_release_stays_whole(name: str, tmp_path: Path) -> None:
    (found,) = _read(tmp_path / "page.html", ONE[name])
    assert found.release.source == str(tmp_path / "page.html")


def test_no_page_of_the_folder_is_parted(tmp_path: Path) -> None:
    pages = [file for file in folder() if file.name.endswith(".html")]
    assert len(pages) > 20
    for file in pages:
        assert len(_read(tmp_path / file.name, file.content.decode())) == 1


def test_a_newsletter_by_mail_is_parted(tmp_path: Path) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"] = "La lettre de Nevers", "Ville de Nevers <lettre@nevers.example>"
    mail["To"], mail["Date"] = "a@journal.example", "Mon, 06 Jan 2025 10:00:00 +0100"
    mail.set_content("Votre messagerie n'affiche pas le HTML.")
    mail.add_alternative(DIGESTS["articles without a day"], subtype="html")
    path = tmp_path / "lettre.eml"
    path.write_bytes(bytes(mail))
    found = [one for one in read(path) if isinstance(one, Incoming)]
    assert [one.release.source for one in found] == [str(path), f"{path}#2", f"{path}#3"]
    assert {one.release.published.date for one in found} == {date(2025, 1, 6)}
    assert [one.release.title for one in found] == [title for title, *_ in NEWS]
    assert all("Ville de Nevers" in one.hints for one in found)
