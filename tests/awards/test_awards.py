"""Awards of the catalogue in every form, unknown ones by their shape, levels; and what is no award."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.awards import catalogue, check, find, levels, propose, search
from pipeline.text import View


def test_the_catalogue_is_in_order_and_large_enough() -> None:
    assert check() == []
    assert len(catalogue()) >= 40


KNOWN = [
    ("Elle est nominée aux Hashtag 2024.", "hashtags", None, 2024),
    ("La ville a reçu le Hashtag d’Argent 2023.", "hashtags", "Argent", 2023),
    ("le label « Ville active et sportive »", "ville-active-et-sportive", None, None),
    ("le label Villes et Villages Fleuris", "villes-villages-fleuris", None, None),
    ("Trophée 2022 de la participation citoyenne", "trophees-participation", None, 2022),
    ("le palmarès des villes internet 2024, label national", "villes-internet", None, 2024),
    ("LE PAVILLON BLEU FLOTTE ENCORE", "pavillon-bleu", None, None),
    (
        "le Trophée d'argent de la participation et de la concertation",
        "trophees-participation",
        "Argent",
        None,
    ),
]


@pytest.mark.parametrize(("text", "award", "level", "edition"), KNOWN)
def test_known_awards(text: str, award: str, level: str | None, edition: int | None) -> None:
    (mention,) = find(View(text))
    assert mention.award is not None
    assert (mention.award.id, mention.level, mention.edition) == (award, level, edition)


UNKNOWN = [
    ("lauréate du Prix régional de l'habitat participatif", "Prix régional de l'habitat participatif"),
    ("Les Trophées du Bien-Manger récompensent la cantine.", "Trophées du Bien-Manger"),
    ("labellisée « Commune sans perturbateurs »", "Commune sans perturbateurs"),
    ("Redon remporte la Fourche d'or, et c'est mérité.", "Fourche d'or"),
    ("La ville est lauréate des Sillons du service rural.", "Sillons du service rural"),
    ("Les Encriers du Perche, concours des gazettes, ont livré leur verdict.", "Encriers du Perche"),
    ("Les Ardoises de la Touraine, que la chambre remet en mai, approchent.", "Ardoises de la Touraine"),
    ("Elle a reçu le Prix Rues et Places de la chambre des métiers.", "Prix Rues et Places"),
    ("Vire a remporté le prix de la cour inventive.", "Prix de la cour inventive"),
    ("au concours de la Foire, deux médailles", "Concours de la Foire"),
]


UNKNOWN += [
    ("L'association a remporté le 2e prix des Plumes de la Baie.", "Plumes de la Baie"),
    ("en finale du concours Estuaire sans plastique 2024, elle attend", "Concours Estuaire sans plastique"),
    ("Le prix Nuit d'encre de la revue « Pages d'Ouest »", "Prix Nuit d'encre"),
    ("BALCONS DU PORT : LE NOM DES GAGNANTS !", "BALCONS DU PORT"),
    ("Votez pour vos Visages du Morvan ! Le jury a choisi.", "Visages du Morvan"),
    # what is quoted behind a head is the whole name, and so is what begins with an article
    ("Le concours « Fenêtres d'avent » a livré son palmarès.", "Fenêtres d'avent"),
    ("Elle est lauréate du prix « Quais ouverts », à Nantes.", "Quais ouverts"),
    ("Il gagne le concours Les Gaufres du Nord, à Lille.", "Les Gaufres du Nord"),
    # adjectives in small letters close a name
    ("Elle est finaliste du Prix de l'artisanat innovant ; réponse en mai.", "Prix de l'artisanat innovant"),
    ("Le bourg reçoit le prix Halles à vivre, doté de 900 euros.", "Prix Halles à vivre"),
    ("Le concours des vitrines givrées de Moulins est lancé.", "Concours des vitrines givrées"),
    # who gives it is none of its name
    ("Paul Roy décroche la Râpe d'or de l'amicale laïque.", "Râpe d'or"),
    ("Le podium de la troisième Garonne Pitch Party est connu. Le jury remercie.", "Garonne Pitch Party"),
]


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_unknown_awards_keep_their_name(text: str, name: str) -> None:
    (mention,) = find(View(text))
    assert (mention.award, mention.name) == (None, name)


def test_a_hashtag_tells_where_the_name_of_a_contest_ends() -> None:
    text = "Le jury de la troisième Vézère Pitch Party de Vézère Communauté a choisi. #VézèrePitchParty"
    assert [mention.name for mention in find(View(text))] == ["Vézère Pitch Party"]


def test_the_grand_prix_of_a_prize_is_its_first_level() -> None:
    text = "Le Prix de la Clef de voûte 2024 est remis : la commune reçoit le Grand Prix de la Clef de voûte."
    assert [(m.name, m.level) for m in find(View(text))] == [
        ("Prix de la Clef de voûte", None),
        ("Prix de la Clef de voûte", "Grand Prix"),
    ]


NO_AWARDS = [
    "Le prix de l'eau augmente de 2 %.",
    "1er Prix Aline Roux ; 2e Prix Odile Petit.",
    "Le jury du troisième Salon du Livre remercie les gagnants.",
    "Les gagnants partent ce soir. #MonVillage",
    "Vente à prix réduit, prix libre le dimanche.",
    "avec le concours de la Région",
    "Suivez-nous avec le hashtag de la ville.",
    "Le Conseil national des villes et villages fleuris s'est réuni.",
    "Un séjour en Côte d'Or, sur le Livre d'or de la mairie.",
    "Ils sont finalistes de la Coupe de France.",
    "Sur 40 villages, 8 ont demandé le label et 3 ont été entendus.",
    "Elle est candidate aux élections municipales.",
    "La mairie reçoit les demandes ; le prix de la baguette monte.",
]


def test_a_name_found_once_is_an_award_wherever_it_is_said() -> None:
    found = find(View("Les Encriers du Perche, concours des gazettes. Elle gagne aux Encriers du Perche."))
    assert [mention.name for mention in found] == ["Encriers du Perche", "Encriers du Perche"]


def test_a_mention_in_quotes_is_a_category_where_an_award_is_named() -> None:
    (mention,) = find(View("Le Pavillon Bleu est hissé ; le jury ajoute la mention « Sable sans mégot »."))
    assert mention.award is not None


@pytest.mark.parametrize("text", NO_AWARDS)
def test_what_is_no_award(text: str) -> None:
    assert find(View(text)) == []


LEVELS = [
    ("La commune conserve sa 3e fleur.", ["3 fleurs"]),
    ("Le label Ville Internet : quatre arobases", ["4 @"]),
    ("Ville Internet @@@@", ["4 @"]),
    ("trois lauriers pour la ville, label Ville active", ["3 lauriers"]),
    ("elle se hisse à la 12e place", ["12e place"]),
    ("le coup de cœur du jury", ["Coup de cœur"]),
    ("une libellule en 2012, deux en 2014, label Commune Nature", ["1 libellule", "2 libellules"]),
    ("la Marianne d'Or", []),
    ("Les agents ont planté trois cents fleurs.", []),
]


@pytest.mark.parametrize(("text", "expected"), LEVELS)
def test_levels(text: str, expected: list[str]) -> None:
    assert [level.level for level in levels(View(text))] == expected


def test_search_and_proposals() -> None:
    assert search("pavillon bleu")[0].id == "pavillon-bleu"
    assert "Prix du Bocage" in propose({"Prix du Bocage": 3})


def test_a_local_catalogue_is_used_when_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = tmp_path / "local.yaml"
    local.write_text(
        "- {id: prix-du-banc, name: Prix du banc public, kind: prize, aliases: [Prix du banc public], source: test}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("BEFFROI_AWARDS", str(local))
    catalogue.cache_clear()
    try:
        assert "prix-du-banc" in catalogue()
        assert "hashtags" in catalogue()
    finally:
        monkeypatch.undo()
        catalogue.cache_clear()


def test_a_category_of_an_award_is_told_as_such_beside_it() -> None:
    view = View("Laval, finaliste d'iCapital, dans la catégorie « Ville européenne innovante émergente »")
    assert {(one.award.id, one.category) for one in find(view) if one.award} == {
        ("icapital", None),
        ("icapital", "Ville européenne innovante émergente"),
    }
