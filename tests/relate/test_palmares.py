"""Lists of laureates in every layout; what looks like one and is none."""

from __future__ import annotations

import datetime

import pytest

from pipeline.job import Analyser

PUBLISHED = datetime.date(2024, 9, 10)
Row = tuple[str, int | None, str | None, str | None, str]

LISTS: list[tuple[str, list[Row]]] = [
    (  # names that no stage knows: behind numbers, labels and levels; a title with a colon is no item
        "Vitrines d'Émile : palmarès 2024\n\nVoici les résultats des Vitrines d'Émile, le concours que la ville organise.\n\n"
        "Bouches et papilles\n1. La Tablée d'Hortense (Autun)\n2. Boucherie Dulong (Beaune)\n\n"
        "Métiers de la main\n1. Claire Lagarde, tapissière (Autun)\n\nCoup de cœur des enfants : Au Petit Cartable",
        [
            ("La Tablée d'Hortense", 2024, "Bouches et papilles", "1re place", "awarded"),
            ("Boucherie Dulong", 2024, "Bouches et papilles", "2e place", "awarded"),
            ("Claire Lagarde", 2024, "Métiers de la main", "1re place", "awarded"),
            ("Au Petit Cartable", 2024, "Métiers de la main", "Coup de cœur", "awarded"),
        ],
    ),
    (
        "Trophées de la jeunesse d'Autun : palmarès 2024\n\n- Sport : Léa Martin (judo)\n- Culture : la chorale Les Voix du Morvan\n"
        "- Citoyenneté : Tom Roy et Inès Baud\n- Prix du public : le collège du Vallon",
        [
            ("Léa Martin", 2024, "Sport", None, "awarded"),
            ("Les Voix du Morvan", 2024, "Culture", None, "awarded"),
            ("Tom Roy", 2024, "Citoyenneté", None, "awarded"),
            ("Inès Baud", 2024, "Citoyenneté", None, "awarded"),
            ("collège du Vallon", 2024, None, "Prix du public", "awarded"),
        ],
    ),
    (  # what a prize was given for is not of the name
        "Concours de nouvelles 2024\n\n1er prix : Odile Perrin pour « La Source »\n2e prix : Jean Roy",
        [
            ("Odile Perrin", 2024, None, "1er prix", "awarded"),
            ("Jean Roy", 2024, None, "2e prix", "awarded"),
        ],
    ),
    (  # the level in the line above the list, towns by région with the number of their département
        "Voici les villes qui ont obtenu le label Ville active et sportive :\n\n12 villes de niveau 1 :\n"
        "· Bourgogne-Franche-Comté : Autun (71), Beaune (21)\n· Grand Est : Avize (51)\n9 villes de niveau 2 :\n"
        "· Bretagne : Vitré (35)",
        [
            ("71014", 2024, None, "niveau 1", "awarded"),
            ("21054", 2024, None, "niveau 1", "awarded"),
            ("51029", 2024, None, "niveau 1", "awarded"),
            ("35360", 2024, None, "niveau 2", "awarded"),
        ],
    ),
    (  # prose between two lines of one list, a head for the next
        "Les Trophées « Belle commune » ont été remis lundi.\n\nCadre de vie\n\n- Lauréat : commune d'Autun (Saône-et-Loire)\n\n"
        "« Nous avons replanté la place avec les habitants, sans rien bétonner », se réjouit le maire, venu avec son équipe.\n\n"
        "- Autres communes distinguées : Dole (Jura) et Sens (Yonne).\n\nMobilités\n\n- Lauréat : commune de Vitré",
        [
            ("71014", 2024, "Cadre de vie", None, "awarded"),
            ("39198", 2024, "Cadre de vie", None, "awarded"),
            ("89387", 2024, "Cadre de vie", None, "awarded"),
            ("35360", 2024, "Mobilités", None, "awarded"),
        ],
    ),
    (  # département and région behind a town, the line of its mayor
        "Prix national des mairies 2023\n\nPRIX DE L'EAU\nVITRÉ, ILLE-ET-VILAINE, BRETAGNE\nMAIRE : ANNE LAMY",
        [("35360", 2023, "EAU", None, "awarded")],
    ),
    (  # couples by their names, each with its prize behind it
        "Le jury du concours des maisons fleuries a rendu son verdict. Le palmarès :\n"
        "Catégorie Maisons avec cour : M. et Mme Sauvage 1er prix, Mme Odile Brun 2ème prix",
        [
            ("Sauvage", 2024, "Maisons avec cour", "1er prix", "awarded"),
            ("Odile Brun", 2024, "Maisons avec cour", "2e prix", "awarded"),
        ],
    ),
    (  # arobases behind the names, one a line
        "Collectivités labellisées Villes Internet dans l'Yonne :\nSens (89) @\nAuxerre (89) @@@",
        [("89387", 2024, None, "1 @", "awarded"), ("89024", 2024, None, "3 @", "awarded")],
    ),
    (  # the heads of sections, above paragraphs that explain the award
        "Le palmarès des Villes et Villages Fleuris est connu.\n\nPASSAGE DE 2 À 3 FLEURS\n\n"
        "Le jury peut proposer une fleur de plus. Cette année, on retient deux communes distinguées :\n\n"
        "– Sens (Yonne)\n\n– Dole (Jura)\n\nFLEURS D'OR EN 2023\n\n"
        "Le jury national accorde chaque année le trophée Fleur d'Or, qui peut aller à neuf communes.\n\n– Beaune (Côte-d'Or)",
        [
            ("89387", 2024, None, "3 fleurs", "awarded"),
            ("39198", 2024, None, "3 fleurs", "awarded"),
            ("21054", 2023, None, None, "awarded"),
        ],
    ),
    (  # a long row behind a level, towns and others by their kinds; who pays for a category is not of its name
        "Le palmarès du Prix Territoria 2023 est connu depuis lundi.\n\n"
        "Territoria d'Or : à la Région Normandie ; aux villes d'Agde, Albi, Ayen, Castres, Nancy, Nantes, Élancourt, Suresnes, "
        "Villepinte, Vitré, Autun, Beaune, Dole, Sens, Joigny, Tonnerre, Auxerre, Avallon, Nevers, Montluçon, Vichy, Thiers, Issoire, "
        "Riom, Cournon-d'Auvergne et Bourges.\n\nMobilité, parrainée par la Société X\n\nOr : Lannion, « Le car du soir »",
        [
            ("28", 2023, None, "Or", "awarded"),
            *(
                (code, 2023, None, "Or", "awarded")
                for code in (
                    "34003",
                    "81004",
                    "19015",
                    "81065",
                    "54395",
                    "44109",
                    "78208",
                    "92073",
                    "93078",
                    "35360",
                    "71014",
                    "21054",
                    "39198",
                    "89387",
                    "89206",
                    "89418",
                    "89024",
                    "89025",
                    "58194",
                    "03185",
                    "03310",
                    "63430",
                    "63178",
                    "63300",
                    "63124",
                    "18033",
                )
            ),
            ("22113", 2023, "Mobilité", "Or", "awarded"),
        ],
    ),
    (  # titles of works behind the names, prose between them
        "Les nommés du Prix de la presse territoriale 2023\n\nChaque année, le prix récompense des magazines.\n\nLes nommés\n\n"
        "Projet éditorial\n\nLa ville de Cahors • Cahors Mag\n\nUne maquette claire, des sujets traités avec les habitants, un ton.\n\n"
        "Le département du Lot • Contact\n\nUn numéro consacré aux vallées, écrit par ceux qui y vivent.",
        [
            ("46042", 2023, "Projet éditorial", None, "nominated"),
            ("46", 2023, "Projet éditorial", None, "nominated"),
        ],
    ),
    (  # the prize in brackets behind the name
        "Prix de la presse territoriale 2023. Les autres prix décernés par les jurys sont allés à :\n"
        "• La ville de Dole (prix « Projet éditorial ») pour son journal ;\n• La ville de Sens (prix « Photo ») pour ses unes.",
        [("39198", 2023, "Projet éditorial", None, "awarded"), ("89387", 2023, "Photo", None, "awarded")],
    ),
    (  # lines that only say more of the item above
        "Les Rubans du développement durable 2007 ont distingué des communes dans deux catégories.\nCatégorie « Climat » :\n"
        "- Commune de Sens (89)\n« La chaleur du bois »\n(prix spécial du jury)\n- Commune de Dole (39)\n« Des toits au soleil »",
        [("89387", 2007, "Climat", "Prix spécial", "awarded"), ("39198", 2007, "Climat", None, "awarded")],
    ),
    (  # levels as labels, under a head without an award
        "Vierzon est fière de son label « Ville amie des animaux ».\n\nLes communes labellisées\n"
        "Trois pattes : Vierzon, Bourges\nUne patte : Mehun-sur-Yèvre",
        [
            ("18279", 2024, None, "3 pattes", "awarded"),
            ("18033", 2024, None, "3 pattes", "awarded"),
            ("18141", 2024, None, "1 patte", "awarded"),
        ],
    ),
    (  # categories as heads, titles in quotation marks, an ex æquo
        "Les nommés du Grand Prix Cap'Com 2024\n\nJeunesse\n– Mâcon, « Trop tôt »\n– Autun (Saône-et-Loire), « Pile »\n"
        "Identité\n– Dole, « D »",
        [
            ("71270", 2024, "Jeunesse", None, "nominated"),
            ("71014", 2024, "Jeunesse", None, "nominated"),
            ("39198", 2024, "Identité", None, "nominated"),
        ],
    ),
    (  # labels that are levels or categories
        "Le Prix de la presse territoriale 2023 a été remis jeudi.\n\nLE PALMARÈS\n\nGrand Prix : Plaine Commune\n"
        "Une : Laval et Angers (Maine-et-Loire), ex æquo\nMaquette : non décerné",
        [
            ("200057867", 2023, None, "Grand Prix", "awarded"),
            ("53130", 2023, "Une", None, "awarded"),
            ("49007", 2023, "Une", None, "awarded"),
        ],
    ),
    (  # a table with the places of the year before
        "Palmarès des villes où il fait bon vivre 2024\nRang | Ville | L'an passé\n1 | Annecy | 3\n2 | Bayonne | 2",
        [
            ("74010", 2024, None, "1re place", "awarded"),
            ("74010", 2023, None, "3e place", "awarded"),
            ("64102", 2024, None, "2e place", "awarded"),
            ("64102", 2023, None, "2e place", "awarded"),
        ],
    ),
    (  # kept, refused and asked for, each under its own label
        "Label Pavillon Bleu 2024, les verdicts :\n- Nouveau : Dieppe\n- Label confirmé : Le Tréport\n- Non renouvelé : Fécamp",
        [
            ("76217", 2024, None, None, "awarded"),
            ("76711", 2024, None, None, "renewed"),
            ("76259", 2024, None, None, "lost"),
        ],
    ),
    (  # the territory of the laureates is no category
        "Les lauréats des Trophées de l'eau 2024 :\n- Sarthe : La Flèche\n- Vendée : Luçon",
        [("72154", 2024, None, None, "awarded"), ("85128", 2024, None, None, "awarded")],
    ),
    (  # numbered, and a metal behind the name
        "Victoires du paysage 2024, les lauréats :\n1. Lorient, or\n2. Vannes, argent",
        [("56121", 2024, None, "Or", "awarded"), ("56260", 2024, None, "Argent", "awarded")],
    ),
]


def rows(analyser: Analyser, text: str) -> list[Row]:
    return [
        (one.recipient.code or one.recipient.name, one.edition, one.category, one.level, one.status)
        for one in analyser(text, published=PUBLISHED).distinctions
    ]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_gives_each_line_its_due(analyser: Analyser, text: str, expected: list[Row]) -> None:
    assert sorted(rows(analyser, text), key=str) == sorted(expected, key=str)


def test_a_town_tells_its_own_years(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "La Ville de Nevers et le label Villes Internet, un long chemin :\n• 2015 : deux @\n• 2018 : trois @\n• 2021, nommée (Inclusion)",
    )
    assert ("58194", 2015, None, "2 @", "awarded") in found
    assert ("58194", 2018, None, "3 @", "awarded") in found
    assert ("58194", 2021, "Inclusion", None, "nominated") in found


def test_people_behind_prizes_are_laureates(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Concours municipal des maisons fleuries de Nevers, les lauréats 2024 :\nBalcons : 1er prix, Odile Marchand ; 2e prix, famille Rocher",
    )
    assert ("Odile Marchand", 2024, "Balcons", "1er prix", "awarded") in found
    assert ("famille Rocher", 2024, "Balcons", "2e prix", "awarded") in found


def test_a_table_of_nominees_and_laureates(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Trophées du bénévolat nivernais 2024, la soirée du 3 mai à Nevers\n\n"
        "Catégorie | Nommés | Lauréat\nJeunesse | Paule Aubin, judo (Nevers) – Imphy | Imphy\nÉquipe | Cosne Handball – Decize | Cosne Handball",
    )
    assert ("Paule Aubin", 2024, "Jeunesse", None, "nominated") in found
    assert ("58134", 2024, "Jeunesse", None, "awarded") in found
    assert ("Cosne Handball", 2024, "Équipe", None, "awarded") in found
    assert ("58095", 2024, "Équipe", None, "nominated") in found


def test_a_table_of_levels(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Palmarès de l'aménagement de la Nièvre 2024\n\nCatégorie | Premier prix | Mention spéciale\n"
        "Habiter | Decize, îlot des Halles | non attribué\nTravailler | SCOP Le Rabot, à Imphy | Nevers, quai des Mariniers",
    )
    assert sorted(found) == [
        ("58095", 2024, "Habiter", "1er prix", "awarded"),
        ("58194", 2024, "Travailler", "Mention spéciale", "awarded"),
        ("SCOP Le Rabot", 2024, "Travailler", "1er prix", "awarded"),
    ]


def test_what_became_of_the_labels_of_a_department(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Villes et villages fleuris : les décisions du jury régional 2024 pour la Nièvre\n\nTrois fleurs\nNevers : maintien\n"
        "Decize : passage de deux à trois fleurs\nDeux fleurs\nImphy : ramenée de trois à deux, faute d'arrosage",
    )
    assert sorted(found) == [
        ("58095", 2024, None, "3 fleurs", "awarded"),
        ("58134", 2024, None, "3 fleurs", "lost"),
        ("58194", 2024, None, "3 fleurs", "renewed"),
    ]


def test_names_that_no_stage_knows_under_the_head_of_a_medal(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Le concours international du meilleur nougat a livré son palmarès 2024 à Nevers.\n\n➤ Médailles d'or\nMaison Bertin, Decize\n"
        "Luc Arbois, Gand (Belgique)\n➤ Médaille d'argent\nNougaterie du Port (Imphy)",
    )
    assert sorted(found) == [
        ("Luc Arbois", 2024, None, "Or", "awarded"),
        ("Maison Bertin", 2024, None, "Or", "awarded"),
        ("Nougaterie du Port", 2024, None, "Argent", "awarded"),
    ]


def test_prizes_of_neighbours_with_their_addresses(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "Concours des maisons fleuries de Nevers : PALMARÈS 2024\n\n1re catégorie, jardin vu de la rue\n"
        "1er prix : Odile Marchand : 12 rue du Dr Lepage\n2ème prix .... Mme Aline Roux, 4 impasse des Lilas .... 17\n"
        "3ème prix : Denise Petit et Lucien Morel\n2e catégorie (3 lauréats), commerces\n"
        "1er prix ex aequo : Bar du Port, Boulangerie Roche, Pharmacie Bazin",
    )
    assert sorted(found) == [
        ("Aline Roux", 2024, "jardin vu de la rue", "2e prix", "awarded"),
        ("Bar du Port", 2024, "commerces", "1er prix", "awarded"),
        ("Boulangerie Roche", 2024, "commerces", "1er prix", "awarded"),
        ("Denise Petit", 2024, "jardin vu de la rue", "3e prix", "awarded"),
        ("Lucien Morel", 2024, "jardin vu de la rue", "3e prix", "awarded"),
        ("Odile Marchand", 2024, "jardin vu de la rue", "1er prix", "awarded"),
        ("Pharmacie Bazin", 2024, "commerces", "1er prix", "awarded"),
    ]


@pytest.mark.parametrize(
    ("line", "second"),
    [
        ("1er Prix Aline Roux ; 2e Prix Mme Petit.", "Mme Petit"),
        ("1. Aline Roux ; 2. Petit.", "Petit"),
        ("1er : Aline Roux, 2ème : Mme Petit", "Mme Petit"),
    ],
)
def test_a_list_in_one_line(analyser: Analyser, line: str, second: str) -> None:
    found = rows(
        analyser, f"Le jury du concours Les Façades de Loire a rendu son palmarès 2024.\nBalcons : {line}"
    )
    named = {(name, edition, category) for name, edition, category, *_ in found}
    assert named == {("Aline Roux", 2024, "Balcons"), (second, 2024, "Balcons")}


def test_candidates_of_a_vote_under_lettered_items(analyser: Analyser) -> None:
    found = rows(
        analyser,
        "VOTEZ pour vos Visages du Morvan !\n\nUn comité de neuf bénévoles a lu 40 lettres et retenu :\n\n"
        "CASE « COUP DE POUCE »\na) Aline Roux, couturière\nb) Ferme des Tilleuls\n\n#VisagesDuMorvan",
    )
    assert sorted(found) == [
        ("Aline Roux", 2024, "COUP DE POUCE", None, "nominated"),
        ("Ferme des Tilleuls", 2024, "COUP DE POUCE", None, "nominated"),
    ]


NO_LISTS = [
    "Fière de son label Villes Internet, la Ville de Nevers propose :\n- 10 h : atelier à Nevers\n- 14 h : visite de Cosne-Cours-sur-Loire",
    "Le parcours du nouveau directeur, passé par un Département Fleuri :\n2009-2016 - Département du Gers\n2016-2021 - Ville de Pau",
    "Le label Pavillon Bleu récompense les communes qui trient. Contacts :\n- Presse : mairie de Nevers\n- Tarifs : Imphy, 5 €",
]


@pytest.mark.parametrize("text", NO_LISTS)
def test_programmes_careers_and_contacts_are_no_palmares(analyser: Analyser, text: str) -> None:
    assert rows(analyser, text) == []


WORDINGS: list[tuple[str, list[tuple[str, int | None, str | None, str]]]] = [
    (
        "La Ville de Gap a remis vendredi au ministère son dossier de candidature au titre de Capitale française de la culture 2028.",
        [("05061", 2028, None, "candidate")],
    ),
    (
        "Le label Villes et Villages Fleuris a bougé : Gap garde ses quatre fleurs, Digne-les-Bains n'a pas eu la troisième.",
        [("05061", 2024, "4 fleurs", "renewed"), ("04070", 2024, "3 fleurs", "lost")],
    ),
    (
        "Ce théâtre a valu à Sens le Prix national de la construction bois 2023.",
        [("89387", 2023, None, "awarded")],
    ),
    (
        "La commune de Sens a reçu le 2e prix des Trophées de la rivière vivante. Le 1er prix revient à Joigny, le 3e à Tonnerre.",
        [
            ("89387", 2024, "2e prix", "awarded"),
            ("89206", 2024, "1er prix", "awarded"),
            ("89418", 2024, "3e prix", "awarded"),
        ],
    ),
    (
        "Auxerre conserve ses trois @ au label Villes Internet, un niveau qu'elle avait atteint en 2019.",
        [("89024", 2024, "3 @", "renewed"), ("89024", 2019, "3 @", "awarded")],
    ),
    (
        "L'année 2022 fut belle pour Auxerre. La commune a décroché une deuxième fleur au concours des Villes et Villages Fleuris.",
        [("89024", 2022, "2 fleurs", "awarded")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), WORDINGS)
def test_wordings(
    analyser: Analyser, text: str, expected: list[tuple[str, int | None, str | None, str]]
) -> None:
    found = [(code, edition, level, status) for code, edition, _, level, status in rows(analyser, text)]
    assert sorted(found, key=str) == sorted(expected, key=str)
