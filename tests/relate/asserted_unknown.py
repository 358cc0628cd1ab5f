"""Wordings and what they assert, published on 10 September 2024: awards that the catalogue does not know."""

from __future__ import annotations

# text → recipient, award, edition, level, status
UNKNOWN = [
    (  # two names side by side are two laureates
        "Mairie d'Autun. Les finalistes du Prix Forge 2024 sont Métaux Barrat et Ateliers Vernet.",
        [
            ("Métaux Barrat", "Prix Forge", 2024, None, "nominated"),
            ("Ateliers Vernet", "Prix Forge", 2024, None, "nominated"),
        ],
    ),
    (  # a surname alone keeps its title
        "Mairie d'Autun. Le premier prix du concours des jardins 2024 revient à M. et Mme Barrault. Mme Odette Roux est deuxième.",
        [
            ("M. et Mme Barrault", "Concours des jardins", 2024, "1er prix", "awarded"),
            ("Odette Roux", "Concours des jardins", 2024, "2e place", "awarded"),
        ],
    ),
    (  # those behind the colon, not who names them
        "L'association Terre vive a dévoilé les finalistes du Plantoir de Beauce, section jardiniers : Anne-Sophie Guérin et Tugdual Le Roux.",
        [
            (who, "Plantoir de Beauce", 2024, None, "nominated")
            for who in ("Anne-Sophie Guérin", "Tugdual Le Roux")
        ],
    ),
    (  # a name that no stage knows, right before the verb
        "Mairie d'Autun. Concours des balcons fleuris 2024. Chez les particuliers, c'est Jeanne Roux qui l'emporte.",
        [("Jeanne Roux", "Concours des balcons fleuris", 2024, None, "awarded")],
    ),
    (  # whose name a farm bears is no town; metals that go to each
        "Mairie d'Autun. La Louche du Morvan 2024 a été attribuée : l'or à la ferme Bonnard, le bronze à Gilles Bonnot.",
        [
            ("ferme Bonnard", "Louche du Morvan", 2024, "Or", "awarded"),
            ("Gilles Bonnot", "Louche du Morvan", 2024, "Bronze", "awarded"),
        ],
    ),
    (  # a masculine participle is no infinitive; a title of a year is an award
        "Mairie d'Autun. Notre cuisinier, Gaëtan Morvan, a été sacré Louche d'étain de l'année 2023.",
        [("Gaëtan Morvan", "Louche d'étain de l'année", 2023, None, "awarded")],
    ),
    (  # a prize that goes to "notre commune" on a day; one that it comes back with
        "Mairie d'Autun. Le Prix de l'Herbe verte est revenu samedi à notre commune. Beaune est repartie avec le label Terre saine.",
        [
            ("71014", "Prix de l'Herbe verte", 2024, None, "awarded"),
            ("21054", "terre-saine", 2024, None, "awarded"),
        ],
    ),
    (  # whom the winner leaves behind
        "Mairie d'Autun. La ville de Dijon remporte le Prix Climat 2024 devant Beaune et Dole.",
        [
            ("21231", "Prix Climat", 2024, None, "awarded"),
            ("21054", "Prix Climat", 2024, "2e place", "awarded"),
            ("39198", "Prix Climat", 2024, "3e place", "awarded"),
        ],
    ),
    (  # before whom a prize is handed over, and before what
        "La ville de Dijon a reçu le Prix Climat 2024 devant un public venu de Beaune, devant la mairie.",
        [("21231", "Prix Climat", 2024, None, "awarded")],
    ),
    (  # a name that nothing marks, told to be an award
        "Mairie d'Autun. La Truelle morvandelle, remise chaque année par la Fédération des maçons, récompense un chantier. Autun l'obtient.",
        [("71014", "Truelle morvandelle", 2024, None, "awarded")],
    ),
    (
        "L'Équerre Jean-Gautherin a été attribuée à la ville d'Autun.",
        [("71014", "Équerre Jean-Gautherin", 2024, None, "awarded")],
    ),
    (
        "Le Prix régional du bocage a été décerné à la commune de Vire Normandie en 2022.",
        [("14762", "Prix régional du bocage", 2022, None, "awarded")],
    ),
    (
        "Au Challenge Mobilité, la ville de Dinan finit première, devant Paimpol, deuxième, et Lannion (3e).",
        [
            ("22050", "Challenge Mobilité", 2024, "1re place", "awarded"),
            ("22113", "Challenge Mobilité", 2024, "3e place", "awarded"),
            ("22162", "Challenge Mobilité", 2024, "2e place", "awarded"),
        ],
    ),
    (
        "La ville de Vitré remporte le premier prix du concours « Ma ville à vélo » ; Redon y reçoit une mention spéciale.",
        [
            ("35236", "Ma ville à vélo", 2024, "Mention spéciale", "awarded"),
            ("35360", "Ma ville à vélo", 2024, "1er prix", "awarded"),
        ],
    ),
    (
        "Rubans du patrimoine 2023. Un prix a été remis à Hervé Maury, maire de Falaise (14), pour la halle.",
        [("14258", "Rubans du patrimoine", 2023, None, "awarded")],
    ),
    (
        "Mairie de Cucugnan. Le boulanger de Cucugnan, Roland Feuillas, a remporté le Concours national du pain bio.",
        [("Roland Feuillas", "Concours national du pain bio", 2024, None, "awarded")],
    ),
    (
        "Mairie de Mende. La ville a été désignée en 2021 « Ville la plus accueillante de France ».",
        [("48095", "Ville la plus accueillante de France", 2021, None, "awarded")],
    ),
    (
        "Mairie de Saint-Macaire (33). Le Prix de la médiation 2024 récompense le projet porté par la médiathèque.",
        [("33435", "Prix de la médiation", 2024, None, "awarded")],
    ),
]
