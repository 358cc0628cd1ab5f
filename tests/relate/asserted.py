"""Wordings and what they assert, published on 10 September 2024: awards of the catalogue; wordings that assert nothing."""

from __future__ import annotations

# text → recipient, award, edition, level, status
FACTS = [
    (  # the year and the award of one sentence, the names in the next; "une Fleur d'or" is no flower
        "Enfin, pour 2021, deux villes ont été récompensées d'une Fleur d'or. Il s'agit d'Autun (71) et de Dole (39).",
        [("71014", "fleur-d-or", 2021, None, "awarded"), ("39198", "fleur-d-or", 2021, None, "awarded")],
    ),
    (  # a list of one's own awards whose head goes on behind a comma
        "La commune de Nevers a reçu quatre récompenses, en peu de temps :\n- les deux @ de l'an passé\n- le label Ville Prudente",
        [
            ("58194", "villes-internet", 2023, "2 @", "awarded"),
            ("58194", "ville-prudente", 2024, None, "awarded"),
        ],
    ),
    (  # who shares it, wherever "de" is contracted or goes on
        "La ville d'Autun est finaliste des Victoires du paysage 2024 aux côtés de Rennes Métropole, du département du Gers et de la SAS Horizon.",
        [
            (who, "victoires-du-paysage", 2024, None, "nominated")
            for who in ("71014", "243500139", "32", "SAS Horizon")
        ],
    ),
    (  # what somebody is given, or has taken away, in the active voice
        "Ville d'Autun. La Prévention routière nous a donné en juin un troisième cœur au label Ville Prudente. "
        "La commission nationale a retiré le label Famille Plus aux Gets.",
        [
            ("71014", "ville-prudente", 2024, "3 cœurs", "awarded"),
            ("74134", "famille-plus", 2024, None, "lost"),
        ],
    ),
    (  # what is hoped behind the comma is no matter of the label
        "Mairie d'Autun. Notre ville, Station Verte depuis 2003, attend ses visiteurs.",
        [("71014", "station-verte", 2003, None, "awarded")],
    ),
    (  # a label by the words that it is known for
        "Ville de Sens. La commune, fièrement labellisée « active et sportive », soutient 300 associations.",
        [("89387", "ville-active-et-sportive", 2024, None, "awarded")],
    ),
    (  # the year told once holds for the title too
        "Nevers décroche le label « Ville active et sportive » !\n\nNotre ville est reconnue Ville active et sportive avec deux lauriers pour 2023.",
        [("58194", "ville-active-et-sportive", 2023, "2 lauriers", "awarded")],
    ),
    (  # "encore" in an enumeration
        "Autun reçoit le label Ville active et sportive aux côtés de villes comme Dijon, Beaune ou encore Nevers.",
        [
            (code, "ville-active-et-sportive", 2024, None, "awarded")
            for code in ("71014", "21231", "21054", "58194")
        ],
    ),
    (  # the guests of a ceremony get nothing, those who fetch the plaque do it for their town
        "Mairie d'Autun. Lucie Brun et Paul Roy, respectivement adjoints aux sports et à la culture, ont reçu, en présence "
        "d'Anne Lamy, maire de Beaune, ancienne ministre, le renouvellement du label Ville active et sportive.",
        [("71014", "ville-active-et-sportive", 2024, None, "renewed")],
    ),
    (  # "une nouvelle fleur" is no level; a région that gives a label has none
        "Autun décroche une nouvelle fleur. La commune avait obtenu en 2017 le label Villes et Villages Fleuris (1 fleur), "
        "attribué par la grande région Bourgogne-Franche-Comté. Le jury a décidé l'attribution d'une seconde fleur.",
        [
            ("71014", "villes-villages-fleuris", 2024, "2 fleurs", "awarded"),
            ("71014", "villes-villages-fleuris", 2017, "1 fleur", "awarded"),
        ],
    ),
    (  # a level in quotation marks is no award of that name
        "Ville d'Autun. Après la visite du jury des Villes et Villages Fleuris, le label « 2 Fleurs » a été confirmé.",
        [("71014", "villes-villages-fleuris", 2024, "2 fleurs", "renewed")],
    ),
    (  # in apposition to a place that only says where
        "Parmi eux, une halle rénovée à Autun, lauréate en 2022 du Prix Territoria.",
        [("71014", "territoria", 2022, None, "awarded")],
    ),
    (
        "Prix Territoria 2024. Le premier lauréat à monter sur scène est le conseil départemental de la Nièvre.",
        [("58", "territoria", 2024, None, "awarded")],
    ),
    (  # named in the next sentence
        "Sur les seize communes proposées au label Villes et Villages Fleuris, seules trois ont obtenu leur 4e fleur.\n"
        "Il s'agit d'Autun (71), de Beaune (21) et de Dole (39).",
        [
            (code, "villes-villages-fleuris", 2024, "4 fleurs", "awarded")
            for code in ("71014", "21054", "39198")
        ],
    ),
    (  # several of many
        "Autun et Dole font partie des 264 villes qui ont décroché le titre Ville amie des enfants.",
        [(code, "ville-amie-enfants", 2024, None, "awarded") for code in ("71014", "39198")],
    ),
    (  # what is renewed is no label
        "Saint-Pierre, labellisée Ville amie des enfants en 2019, a renouvelé sa convention avec l'Unicef (97410 Saint-Pierre).",
        [("97416", "ville-amie-enfants", 2019, None, "awarded")],
    ),
    (  # behind a name and its département
        "Ville de Vitré. Hier soir, on a applaudi Sens (Yonne), le grand vainqueur du Prix Territoria 2023.",
        [("89387", "territoria", 2023, None, "awarded")],
    ),
    (  # behind "au", several départements
        "Le label Département fleuri est revenu au Jura, à l'Yonne et à la Nièvre.",
        [(code, "departement-fleuri", 2024, None, "awarded") for code in ("39", "89", "58")],
    ),
    (  # a clause behind "quand", ellipsis with "en ont eu", and one that has nobody
        "Au label Villes Internet, Autun a reçu trois arobases, quand Beaune, en Côte-d'Or, en a eu quatre. Dole (39) et "
        "Sens (89) en ont eu deux. La Nièvre n'a aucune commune labellisée.",
        [
            ("71014", "villes-internet", 2024, "3 @", "awarded"),
            ("21054", "villes-internet", 2024, "4 @", "awarded"),
            ("39198", "villes-internet", 2024, "2 @", "awarded"),
            ("89387", "villes-internet", 2024, "2 @", "awarded"),
        ],
    ),
    (
        "Le jury a révélé hier le nom du lauréat du Prix de la presse territoriale 2024 : la ville de Nevers, pour son mensuel.",
        [("58194", "prix-presse-territoriale", 2024, None, "awarded")],
    ),
    (
        "La ville de Nevers obtient sa 3e fleur au label Villes et Villages Fleuris.",
        [("58194", "villes-villages-fleuris", 2024, "3 fleurs", "awarded")],
    ),
    (
        "La commune de Béziers conserve ses quatre @ au label Villes Internet 2023.",
        [("34032", "villes-internet", 2023, "4 @", "renewed")],
    ),
    (
        "La ville de Narbonne perd sa quatrième fleur au label Villes et Villages Fleuris.",
        [("11262", "villes-villages-fleuris", 2024, "4 fleurs", "lost")],
    ),
    (
        "La ville de Tours a déposé sa candidature au label Ville amie des enfants.",
        [("37261", "ville-amie-enfants", 2024, None, "candidate")],
    ),
    (
        "En 2021, la ville de Grenoble a été récompensée d'un Hashtag d'Or.",
        [("38185", "hashtags", 2021, "Or", "awarded")],
    ),
    (
        "Moulins, ville labellisée Pavillon Bleu depuis 2019, recrute.",
        [("03190", "pavillon-bleu", 2019, None, "awarded")],
    ),
    (
        "Quant à Béziers, la commune a déposé son dossier au label Villes Internet.",
        [("34032", "villes-internet", 2024, None, "candidate")],
    ),
    (
        "La ville de Tours est 3e des villes moyennes au Baromètre des villes cyclables 2021 (5e en 2019).",
        [
            ("37261", "barometre-villes-cyclables", 2021, "3e place", "awarded"),
            ("37261", "barometre-villes-cyclables", 2019, "5e place", "awarded"),
        ],
    ),
    (
        "La ville de Saint-Denis (974) a reçu le label Ville amie des aînés, niveau Argent, cette année.",
        [("97411", "ville-amie-aines", 2024, "Argent", "awarded")],
    ),
    (
        "Palmarès 2022 des Victoires du paysage :\n- Or : Ville de Nancy\n- Argent : Bordeaux Métropole",
        [
            ("243300316", "victoires-du-paysage", 2022, "Argent", "awarded"),
            ("54395", "victoires-du-paysage", 2022, "Or", "awarded"),
        ],
    ),
    (
        "Rochefort, Aytré et Marans reçoivent respectivement quatre, deux et un cœur au label Ville prudente.",
        [
            ("17028", "ville-prudente", 2024, "2 cœurs", "awarded"),
            ("17218", "ville-prudente", 2024, "1 cœur", "awarded"),
            ("17299", "ville-prudente", 2024, "4 cœurs", "awarded"),
        ],
    ),
    (
        "La ville de Nantes et la ville d'Angers ont été labellisées Capitale française de la biodiversité, "
        "respectivement en 2013 et 2014.",
        [
            ("49007", "capitale-francaise-biodiversite", 2014, None, "awarded"),
            ("44109", "capitale-francaise-biodiversite", 2013, None, "awarded"),
        ],
    ),
    (
        "La commune de Lannion conserve sa troisième fleur, mais Guingamp perd la sienne.",
        [
            ("22113", "villes-villages-fleuris", 2024, "3 fleurs", "renewed"),
            ("22070", "villes-villages-fleuris", 2024, None, "lost"),
        ],
    ),
    (
        "Quatorze ans après sa première fleur, la ville de Vitré a obtenu sa quatrième fleur en 2018.",
        [("35360", "villes-villages-fleuris", 2018, "4 fleurs", "awarded")],
    ),
    (
        "Après l'Argent en 2021, la ville de Bayonne s'offre l'Or aux Hashtags 2022.",
        [("64102", "hashtags", 2022, "Or", "awarded")],
    ),
    (
        "Le Prix de la presse territoriale 2021 est remis à la communauté urbaine de Dunkerque.",
        [("245900428", "prix-presse-territoriale", 2021, None, "awarded")],
    ),
    (
        "La commune de Vence est finaliste des Hashtags 2022, la plus haute récompense de la communication.",
        [("06157", "hashtags", 2022, None, "nominated")],
    ),
    (
        "La commune de Sète est nommée aux Hashtags 2022, une distinction attribuée par un jury national.",
        [("34301", "hashtags", 2022, None, "nominated")],
    ),
    (
        "Mairie de Vitré. Le label Ville Prudente, trois cœurs, a été remis au maire au salon des élus.",
        [("35360", "ville-prudente", 2024, "3 cœurs", "awarded")],
    ),
    (
        "Mairie de Vitré. En 2019, nous avions obtenu notre première fleur ; cinq ans plus tard, la commune en compte deux.",
        [
            ("35360", "villes-villages-fleuris", 2019, "1 fleur", "awarded"),
            ("35360", "villes-villages-fleuris", 2024, "2 fleurs", "awarded"),
        ],
    ),
    (
        "Mairie de Vitré. Le jury du label Pavillon Bleu a refusé notre dossier.",
        [("35360", "pavillon-bleu", 2024, None, "lost")],
    ),
    (
        "Le Moule entre au niveau Engagé du label Territoire engagé pour la nature.",
        [("97117", "territoire-engage-nature", 2024, "Engagé", "awarded")],
    ),
    (
        "Ville de Pau. L'association Villes Internet décerne à la ville un quatrième @. Avec Lons (3 @) et Billère (2 @), "
        "l'agglomération compte trois communes au palmarès.",
        [
            ("64129", "villes-internet", 2024, "2 @", "awarded"),
            ("64348", "villes-internet", 2024, "3 @", "awarded"),
            ("64445", "villes-internet", 2024, "4 @", "awarded"),
        ],
    ),
    (
        "Mairie de Plouhinec (56). Pour la cinquième année consécutive, Plouhinec est labellisée Pavillon Bleu. "
        "La commune avait perdu le sien en 2012, avant de le retrouver l'année suivante.",
        [
            ("56169", "pavillon-bleu", 2012, None, "lost"),
            ("56169", "pavillon-bleu", 2013, None, "awarded"),
            ("56169", "pavillon-bleu", 2024, None, "renewed"),
        ],
    ),
    (
        "Mairie de Lannemezan. Mme Abadie, adjointe, est allée chercher les deux prix obtenus cette année par la commune au "
        "concours départemental de fleurissement : un premier prix dans la catégorie des villes, et le prix spécial « Eau ».",
        [
            ("65258", "concours-departemental-fleurissement", 2024, "1er prix", "awarded"),
            ("65258", "concours-departemental-fleurissement", 2024, "Prix spécial", "awarded"),
        ],
    ),
    (
        "Mairie de Coudekerque-Branche. La commune collectionne les récompenses :\n• deux fleurs au label Villes et Villages "
        "Fleuris,\n• le label Ville Prudente,\n• trois @ au label Villes Internet.",
        [
            ("59155", "ville-prudente", 2024, None, "awarded"),
            ("59155", "villes-internet", 2024, "3 @", "awarded"),
            ("59155", "villes-villages-fleuris", 2024, "2 fleurs", "awarded"),
        ],
    ),
    (
        "Mairie de Bar-le-Duc. Le jury de Villes Internet a laissé à la commune ses trois arobases, comme en 2021.",
        [
            ("55029", "villes-internet", 2021, "3 @", "awarded"),
            ("55029", "villes-internet", 2024, "3 @", "renewed"),
        ],
    ),
    (
        "Mairie de Marseillan. Notre port vient d'être recertifié « Ports propres ». Sète et Mèze en sont également titulaires.",
        [
            ("34150", "ports-propres", 2024, None, "renewed"),
            ("34157", "ports-propres", 2024, None, "awarded"),
            ("34301", "ports-propres", 2024, None, "awarded"),
        ],
    ),
    (
        "Ville de Sète. Capitale européenne de la culture 2028 : le conseil a acté mardi le retrait de la candidature.",
        [("34301", "capitale-europeenne-culture", 2028, None, "lost")],
    ),
    (
        "Département du Lot. Villages fleuris : le palmarès 2023\nCommunes de moins de 300 habitants\n1er prix : Calvignac\n"
        "2e prix : Loubressac\nCommunes de 301 à 1 000 habitants\n1er prix : Carennac\nPrix du jury : Autoire",
        [
            ("46011", "concours-departemental-fleurissement", 2023, "Prix du jury", "awarded"),
            ("46049", "concours-departemental-fleurissement", 2023, "1er prix", "awarded"),
            ("46058", "concours-departemental-fleurissement", 2023, "1er prix", "awarded"),
            ("46177", "concours-departemental-fleurissement", 2023, "2e prix", "awarded"),
        ],
    ),
    (
        "Mairie de Vichy. « Ville internet » : nous passons à @@@@, contre @@@ l'an passé.\n"
        "« Ville active et sportive » : dossier déposé le 30 juin. Verdict en février.",
        [
            ("03310", "ville-active-et-sportive", 2024, None, "candidate"),
            ("03310", "villes-internet", 2024, "4 @", "awarded"),
        ],
    ),
    (
        "Ville de Bruay-la-Buissière. Le maire regrette l'échec de la candidature au label Cité éducative.",
        [("62178", "cite-educative", 2024, None, "lost")],
    ),
    (
        "Les prix « trois fleurs » des Villes et Villages Fleuris ont été remis aux communes d'Auch (Gers), "
        "Tarbes (Hautes-Pyrénées) et Foix (Ariège).",
        [
            ("09122", "villes-villages-fleuris", 2024, "3 fleurs", "awarded"),
            ("32013", "villes-villages-fleuris", 2024, "3 fleurs", "awarded"),
            ("65440", "villes-villages-fleuris", 2024, "3 fleurs", "awarded"),
        ],
    ),
    (
        "La ville de Tulle (19) gagne le premier prix des Trophées Eco Actions. Le second revient à Guéret (23).",
        [
            ("19272", "eco-maires", 2024, "1er prix", "awarded"),
            ("23096", "eco-maires", 2024, "2e prix", "awarded"),
        ],
    ),
    (
        "Un Territoria d'or est décerné à Vichy, à Moulins et à la communauté de communes du Pays de Lapalisse.",
        [
            ("03190", "territoria", 2024, "Or", "awarded"),
            ("03310", "territoria", 2024, "Or", "awarded"),
            ("240300491", "territoria", 2024, "Or", "awarded"),
        ],
    ),
    (
        "Lors du 26e Prix de la presse territoriale, la ville de Niort a reçu le Grand Prix 2024.",
        [("79191", "prix-presse-territoriale", 2024, "Grand Prix", "awarded")],
    ),
    (
        "Douze actions sont nominées aux #Hashtags2023.\n- Ville de Vannes – les poubelles qui parlent\n"
        "- Département du Gers – la foire en direct",
        [("32", "hashtags", 2023, None, "nominated"), ("56260", "hashtags", 2023, None, "nominated")],
    ),
    (
        "Palmarès 2022 du label Ville active et sportive :\n- Bretagne : Dinan (22), Pontivy (56)\n- Normandie : Bolbec (76)",
        [
            ("22050", "ville-active-et-sportive", 2022, None, "awarded"),
            ("56178", "ville-active-et-sportive", 2022, None, "awarded"),
            ("76114", "ville-active-et-sportive", 2022, None, "awarded"),
        ],
    ),
    (
        "La ville de Laval prend la tête du Baromètre des villes cyclables.",
        [("53130", "barometre-villes-cyclables", 2024, "1re place", "awarded")],
    ),
    (
        # nobody in particular got it: neither the town of the meeting nor that of the ceremony
        "C'est au forum de Chartres que 90 villes ont été labellisées Ville prudente. Les prix Territoria, eux, "
        "ont été remis le 4 juin à Dreux.",
        [],
    ),
    (
        # a jury gives and takes away: the town behind the level has it or loses it
        "Le jury régional des Villes et Villages Fleuris n'a pas reconduit la deuxième fleur d'Auch. La ville "
        "l'avait gagnée en 2012. Le dossier de Condom, déposé en mars, n'a pas été retenu.",
        [
            ("32013", "villes-villages-fleuris", 2012, "2 fleurs", "awarded"),
            ("32013", "villes-villages-fleuris", 2024, "2 fleurs", "lost"),
            ("32107", "villes-villages-fleuris", 2024, None, "lost"),
        ],
    ),
    (
        "La communauté de communes du Vallespir figure parmi les quatre finalistes du prix Territoria 2023. "
        "En lice avec elle : la communauté de communes Lodévois et Larzac (Hérault) et Ambert (63).",
        [
            ("200017341", "territoria", 2023, None, "nominated"),
            ("246600373", "territoria", 2023, None, "nominated"),
            ("63003", "territoria", 2023, None, "nominated"),
        ],
    ),
    (
        "Vichy se classe quatrième du Baromètre des villes cyclables. Cusset reste première, Montluçon est deuxième.",
        [
            ("03185", "barometre-villes-cyclables", 2024, "2e place", "awarded"),
            ("03095", "barometre-villes-cyclables", 2024, "1re place", "renewed"),
            ("03310", "barometre-villes-cyclables", 2024, "4e place", "awarded"),
        ],
    ),
    (
        "Saint-Avold conserve les deux libellules de 2020 au label Commune Nature.",
        [
            ("57606", "commune-nature", 2020, "2 libellules", "awarded"),
            ("57606", "commune-nature", 2024, "2 libellules", "renewed"),
        ],
    ),
    (
        "Autres communes de Moselle distinguées par le label Commune Nature :\n- une libellule : Dieuze",
        [("57177", "commune-nature", 2024, "1 libellule", "awarded")],
    ),
    (
        "Trois communes obtiennent le Pavillon Bleu 2024 : Dole (Jura), Pouilly-en-Auxois (Côte-d'Or) et Sanary-sur-Mer (Var).",
        [
            ("21501", "pavillon-bleu", 2024, None, "awarded"),
            ("39198", "pavillon-bleu", 2024, None, "awarded"),
            ("83123", "pavillon-bleu", 2024, None, "awarded"),
        ],
    ),
    (
        "Au palmarès des villages où il fait bon vivre, Épron arrive 2e, Cuvry 5e et Peltre 7e.",
        [
            ("14242", "villes-ou-il-fait-bon-vivre", 2024, "2e place", "awarded"),
            ("57162", "villes-ou-il-fait-bon-vivre", 2024, "5e place", "awarded"),
            ("57534", "villes-ou-il-fait-bon-vivre", 2024, "7e place", "awarded"),
        ],
    ),
    (
        "La commune de Dieuze, absente de la labellisation Commune Nature depuis 2019, fait son retour au palmarès.",
        [("57177", "commune-nature", 2024, None, "awarded")],
    ),
    (
        "Les Victoires du paysage ont été remises à Paris. La Victoire d'Or est allée à la mairie d'Ollainville (91).",
        [("91461", "victoires-du-paysage", 2024, "Or", "awarded")],
    ),
    (
        "Le jury a choisi de distinguer la ville de Saint-Quentin (02) par un Territoria d'argent.",
        [("02691", "territoria", 2024, "Argent", "awarded")],
    ),
    (
        "Territoria d'Or 2023 : à la Région Normandie ; aux villes d'Agde, Albi et Bourgoin-Jallieu.",
        [
            ("28", "territoria", 2023, "Or", "awarded"),
            ("34003", "territoria", 2023, "Or", "awarded"),
            ("38053", "territoria", 2023, "Or", "awarded"),
            ("81004", "territoria", 2023, "Or", "awarded"),
        ],
    ),
    (
        "Collectivités labellisées Villes Internet 2018 : Wingles (62) @, Beuvrages (59) @@, Arras (62) @@@.",
        [
            ("59079", "villes-internet", 2018, "2 @", "awarded"),
            ("62041", "villes-internet", 2018, "3 @", "awarded"),
            ("62895", "villes-internet", 2018, "1 @", "awarded"),
        ],
    ),
    (
        "Au label Villes Internet, Elbeuf dans la Seine-Maritime, Val-de-Reuil et Pont-Audemer obtiennent cinq @, la "
        "communauté d'agglomération Caux Vallée de Seine quatre @, Bois-Guillaume trois @ ; Ouistreham a écopé de deux @.",
        [
            ("14488", "villes-internet", 2024, "2 @", "awarded"),
            ("200023414", "villes-internet", 2024, "4 @", "awarded"),
            ("27467", "villes-internet", 2024, "5 @", "awarded"),
            ("27701", "villes-internet", 2024, "5 @", "awarded"),
            ("76108", "villes-internet", 2024, "3 @", "awarded"),
            ("76231", "villes-internet", 2024, "5 @", "awarded"),
        ],
    ),
    (
        "La ville de Nevers s'est inscrite au label Villes et Villages Fleuris ; ses élus espèrent qu'elle obtiendra sa première fleur.",
        [("58194", "villes-villages-fleuris", 2024, None, "candidate")],
    ),
]

NOTHING = [
    "Ville de Nevers. Le jury du label Villes et Villages Fleuris a décerné cette année douze 4e fleurs.",
    "Ville de Nevers. Cette année, 26 villes de Bourgogne-Franche-Comté ont reçu le label Villes Internet.",
    "Ville de Nevers. Sur 900 communes inscrites au label Villes et Villages Fleuris, 480 sont récompensées.",
    "Ville de Nevers. Une nouvelle vague de villes et d'intercommunalités a été labellisée Villes Internet.",
    # nobody knows whose release this is
    "Le Creusot, Autun et Chagny attendaient. Le label Villes Internet a été obtenu à Paris.",
    "Le département de la Nièvre compte 54 communes labellisées Villes et Villages Fleuris.",
    "La ville de Nevers renonce aux pesticides dans le cadre de la charte Terre saine.",
    "La ville de Nevers espère décrocher une troisième fleur au label Villes et Villages Fleuris.",
    "Si la commune de Tours obtenait le label Villes Internet, elle en serait fière.",
    "Le label Villes et Villages Fleuris récompense les communes qui fleurissent leurs rues.",
    "La ville de Nevers rejoint le programme Petites villes de demain.",
    "La ville de Nevers va-t-elle obtenir le Pavillon Bleu ?",
    "Mairie de Vitré. Le club de football de la ville s'est vu décerner le Prix du fair-play.",
    "Mairie de Vitré. Le titre de Capitale verte européenne sera décerné en juin.",
    "Ville de Pau. Prix Territoria 2024 : le palmarès sera proclamé en novembre.",
]
