"""Collectivities found and linked; what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.every_commune import failures
from pipeline.model import Collectivity, Issuer, Kind, Place
from pipeline.places import Gazetteer, find, referent, resolve
from pipeline.text import View
from tests.conftest import unmark
from tests.timed import cpu_seconds


def places(text: str) -> list[Place]:
    view = View(text)
    return [view.give_back(place) for place in resolve(view, find(view)).places]


MENTIONS = [
    "La ville de [Fos-sur-Mer|13039] recrute.",
    "La Communauté d'agglomération de [La Rochelle|241700434] investit.",
    "[Brest métropole|242900314] rénove le pont, au bord de la Vilaine.",
    "LA COMMUNAUTÉ URBAINE DE [DUNKERQUE|245900428] GAGNE UNE ÉTOILE",
    "Le Département de la [Guadeloupe|971] nous soutient.",
    "3 avenue Arsène-d'Arsonval, au bord de la Vienne, dans la Revue de Nevers.",
    "LA VILLE DE [FOS SUR MER|13039] RECRUTE",
    "La commune de [Beziers|34032] accueille le salon.",
    "La mairie de [Saint-Denis|97411] ([974|974]) est fermée.",
    "La mairie de [St-Denis|93066] ([Seine-Saint-Denis|93]) est fermée.",
    "La ville de [Reims|51454] reçoit [Amiens|80021], [Nice|06088] et [Saint-Denis|93066].",
    "À [La Réunion|04], [Saint-Denis|97411] et [Saint-Leu|97413] se jumellent.",
    "Le maire du [Havre|76351] et celui de [Béziers|34032] se sont rencontrés.",
    "Elle rejoint [Marseille|13055], [Grenoble|38185], [Nevers|58194], [Tours|37261] et [Narbonne|11262].",
    "Le conseil départemental de l'[Hérault|34] soutient le projet.",
    "Rendez-vous à [Toulouse|31555] puis à [Lyon|69123].",
    "13270 [Fos-sur-Mer|13039]",
    "La [Métropole de Lyon|200046977] et [Bordeaux Métropole|243300316] signent.",
    "La région [Occitanie|76] et la [Bretagne|53] participent.",
    "[LA ROCHELLE AGGLO|241700434] INVESTIT",
    "La communauté de communes de l'[île d'Oléron|241700624] recrute.",
    "La ville de [Romans-sur-Isère|26281] vote : tout habitant de [Romans|26281] peut choisir.",
    "Les élus de la [CIREST|249740093] se réunissent à [Saint-Benoît|97410].",
    "Le conseil siège à [Moulins|03190], dans l'[Allier|03].",
    "Des élus venus de toute la [Corrèze|19] sont présents dans le [Gers|32].",
    # what stands in a town, where the town is near
    "La mairie de [Gien|45155] et celle de [Briare|45053] défendent la gare de [Briare|45053].",
    "Ville de [Murat|15138]. L'école de [Murat|15138] rouvre lundi.",
    "Les maires d'[Aurillac|15014] et d'[Ytrac|15267] soutiennent l'hôpital de [Murat|15138].",
    # contracted articles
    "Les habitants du [Teil|07319] et de [Viviers|07346] sont inquiets.",
    "De l'est du [Puy-en-Velay|43157] à [Polignac|43152], travaux.",
    "Rendez-vous aux [Herbiers|85109] samedi.",
    # ordinary words, told by the rest of the text
    "Mairie de [Sens|89387]. Les forains retrouvent [Sens|89387] en mai.",
    "La ville de [Die|26113] recrute. [Die|26113] accueille la fête de la clairette.",
    "Nous partons pour [Vannes|56260], [Auray|56007] et [Sens|89387] ?",
    # datelines without "le", towns between rules
    "[Vif|38545], jeudi 20 mai 2021\nLa piscine ferme.",
    "TRAVAUX - [LE ROBERT|97222] - EAU POTABLE\nLa canalisation fuit.",
    # the département behind the town
    "Le tournoi aura lieu à [Saint-Céré|46251], dans le [Lot|46].",
    "Le bus part de [Valence|82186] en [Tarn-et-Garonne|82].",
    "MAIRIE DE [GUERET|23096] - [CREUSE|23]\nInformations",
    "Des renforts des [Hautes-Alpes|05] et d'[Isère|38] arrivent.",
    # EPCI by one word, brand, former name
    "Le président du [Sicoval|243100633] sera à [Castanet-Tolosan|31113] et à [Ramonville-Saint-Agne|31446].",
    "La [CCOG|249730037] prête ses citernes à [Mana|97306] et à [Saint-Laurent-du-Maroni|97311].",
    "Sous le nom de [Grand Dijon|242100410], l'agglomération avait ce label.",
    "La Communauté d'agglomération du [Grand Périgueux|200040392] ouvre son siège.",
    # overseas
    "Le préfet de [Mayotte|976] a signé, puis le sud de [La Réunion|04] a suivi.",
    # short names of one's own town, and of parts of communes
    "Mairie de [Fos-sur-Mer|13039]\nA [FOS|13039] :\nla plage ferme.",
    # numbers of départements and of arrondissements
    "Dans le [93|93], les collèges sont fermés, comme dans les communes du [77|77] et du [94|94].",
    "Rendez-vous à [Marseille 8e|13208], puis à [Paris XVe|75115] le 8 mai.",
    "La mairie du [3e arrondissement|69383] de [Lyon|69123] ferme.",
    "Ville de [Paris|75056] : dans le [15e arrondissement|75115], deux crèches ouvrent.",
    # names broken at a line's end, and abbreviated
    "Le marché de [Saint Jean\nde Luz|64483] et celui de [Fos-\nsur-Mer|13039] changent.",
    "Départ de [Chalon s/Saône|71076], puis [L Haÿ-les-Roses|94038].",
    # islands
    "À l'[île de Ré|241700459], à [Belle-Île|245600465], à l'[île de Groix|56069], à [Noirmoutier|85163].",
    "L'[île d'Oléron|241700624] et l'[île de Beauté|94] attirent.",
    # an EPCI by the beginning of its name
    "La CC du [Pays de Honfleur|200066827] vote.",
    "Le festival BD de [Colomiers|31149] ouvre vendredi.",
    "Navettes de [Tours Métropole|243700754].",
    # a commune by the first part of its name, and beside its département by any beginning of it
    "Elle est née à [Carhaix|29024] ; son frère vit à [Louhans|71263].",
    "[Beaulieu|06011] ([Alpes-Maritimes|06]) protège sa baie.",
    # behind the end of a sentence
    "Le 3e prix va à [Tulle|19272]. [Talence|33522] reçoit une mention, [Hennebont|56083] aussi.",
    "Le conseiller général de la [Somme|80] applaudit ; l'est, côté [Sarthe|72], attend.",
    "Le jury régional du [Centre|24] récompense [Vierzon|18279].",
    # the town hall's own paper, bands and courts that are called after their town
    "L'ÉCHO DE [CLISSON|44043] · n° 12\nLa halle est repeinte.",
    "Le défilé suit la fanfare de [Redon|35236] ; l'harmonie d'[Étampes|91223] répond.",
    "Recours devant le tribunal administratif de [Nantes|44109].",
    "Auquel [Lannion|22113] a répondu.",
    # what several towns are called for short: the one where the text plays, else the largest
    "Le Département de l'[Orne|61] aide [Mortagne|61293] ; en [Vendée|85], rien.",
    "La ville de [Soultz|68315], près de [Colmar|68066], recrute.",
    "[Vitry-le-François|51649] recrute. Le Département de la [Marne|51] aide [Vitry|51649].",
    # a département without its article, where rivers have theirs
    "Le plus beau marché de [Corrèze|19] est à [Tulle|19272].",
    "Les bergers de [Savoie|73] et de [Haute-Savoie|74] descendent.",
    # overseas collectivities that are no départements
    "La mairie de [Saint-Pierre|97502] (Saint-Pierre-et-Miquelon) ouvre une école.",
    "Rendez-vous à [Bourail|98803], en Nouvelle-Calédonie, puis à [Papeete|98735].",
    "Le budget de la [métropole de Lyon|200046977] est voté.",
    "Le [Bocage bressuirais|200040244] ouvre une piscine.",
    # what stands in a town names it; a college or a hall where the text plays there
    "Il a été soigné à l'hôpital de [Briançon|05023], puis la piscine de [Mamers|72180] l'a repris.",
    "La mairie de [Gien|45155] prête la salle de [Briare|45053] aux élèves du lycée de [Gien|45155].",
    "Nous saluons au passage [Le Teil|07319].",
    # a long dash parts, a hyphen joins
    "Deux lignes : [Quimper|29232]–école Jean-Jaurès, [Landivisiau|29105]–[Lampaul-Guimiliau|29097] direct.",
    "Vers les [Saintes-Maries-de-la-Mer|13096], la route est coupée.",
    # départements over their towns, and by numbers that the text knows
    "Étapes\n- [Mayenne|53] : [Laval|53130], [Mayenne|53147]\n- [Sarthe|72] : [La Flèche|72154]",
    "[SARLAT|24520], [DORDOGNE|24], [NOUVELLE-AQUITAINE|75]",
    "Le Département de la [Haute-Saône|70] paie. Le [70|70] finance une garde commune au [25|25], au [70|70] et au [90|90].",
    # overseas: the région, but the département of the prefect; Mayotte is a département
    "La [Guyane|03] attend. Le préfet de [Guyane|973] a signé, comme celui de [Mayotte|976].",
    "La Collectivité territoriale de [Guyane|03] finance le lycée.",
    # hashtags, brackets behind a person, acronyms of a body that is named
    "Bravo !\n#[Vichy|03310] #[SaintJunien|87154] #VilleDeMuret #Travaux #Contes",
    "4e : Luc Talence, adjoint ([Hennebont|56083])",
    "L'agglo du [Pays d'Aubagne|200054807] et la mairie de [Château-Chinon|58062] signent.",
    "La ville d'[Aube|61008] ([Orne|61]) n'est pas l'[Aube|10].",
    "La [Métropole européenne de Lille|200093201] ouvre la rue : 3 000 euros pour la [MEL|200093201].",
    "[Val de Garonne|200030674] vote.",
    # called for short, in general and where the publisher is
    "Le maire du [Puy|43157] et les maires d'[Issy|92040] et de [Six-Fours|83129] attendent.",
    "Ville de [Nemours|77333]. Les pompiers de [Grez|77216] sont là.",
    # a name of towns abroad, unless the text plays here
    "Des élèves venus de [Montréal|None] ont vu [Castries|None].",
    "La ville de [Carcassonne|11069] et celle de [Montréal|11254] s'unissent.",
    "Le prix revient à [Vienne|None], capitale de l'Autriche.",
    # behind a word that opens a sentence; the gathering of unsure names by sure ones
    "On a rendez-vous à 18 h. De [Villerest|42332] à vélo, comptez une heure.",
    "À la suite d'un orage, [Die|26113], [Crest|26108] et [Luc-en-Diois|26167] sont privées d'eau.",
    "Le député de la 3e circonscription de l'[Oise|60] est venu.",
    "[GRAULHET|81105] EN FÊTE\n\nTrois jours de bal.",
]


@pytest.mark.parametrize("marked", MENTIONS)
def test_a_mention_is_found_and_linked(marked: str) -> None:
    text, expected = unmark(marked)
    assert [(place.text, str(place.code)) for place in places(text)] == expected


NO_MENTIONS = [
    "Les rues Pasteur, Gambetta et Montigny seront barrées.",
    "Visite des collèges Rabelais et Chinon.",
    "Le stationnement est interdit rue de Marseille et avenue de Paris.",
    "Jeudi 14 mars - Hall de Paris : remise des médailles.",
    "Les élèves du lycée de Nevers sont attendus.",
    "Mme Vienne remercie Jean Tours.",
    "Le Tour de France passera en juillet.",
    "Un article de Ouest-France et de Nice-Matin en parle.",
    "La commission se tient à huis clos, dans le sens de la marche.",
    "Le FC Nantes reçoit samedi.",
    "Une fontaine orange sera posée cours du Port.",
    "Un four à pain à la Monnaie, rapporté du Moyen Âge.",
    "L'exposition « Bulles » ferme dimanche.",
    "Le label « Capitale de Noël des Vosges du Nord » est remis.",
    "Les Loups de Vesoul et les Ateliers de Belleville défilent.",
    "Le journal « Vivre à Laon » et l'exposition « Le Facteur de Gisors » paraissent.",
    "Le groupe « Autun autrement » a voté contre.",
    "Le prix « Savoir-faire » est remis.",
    "Réunion publique jeudi, puis réunion de chantier.",
    "La Grange aux livres rouvre, La Montagne en parle.",
    "L'Ain déborde et le Rhône reste calme.",
    "Les feux de la Saint-Jean et les 24 Heures du Mans attirent.",
    "EXTINCTION DANS LE BOURG ET LES HAMEAUX",
    "L'Union nationale des centres de loisirs se tient au Centre de congrès.",
    "Notre partenaire Hexacom équipe les sœurs jumelles Emma et Léa ; Paul, en Italie, attend.",
    "Les élus du 12 mai 1985, réunis dans le 13e siècle du parc, au 93 rue haute, dans le 14 h 30.",
    "Le CS Sedan reçoit Dreux AC et Lucé Ping ; la Vaillante de Nogent a gagné la coupe de Saône-et-Loire.",
    "La CCI Bretagne Ouest et Tom Humbert sont venus voir le mur en pierre de Rognes.",
    "Le prix spécial du Jury et les Vallons de la rivière.",
    "PROCÈS-VERBAL DE LA RÉUNION DU 4 MARS",
    "Un camembert de Normandie et un agneau de Pauillac au menu.",
    "Florence Dumas lit un texte de l'agence Pise & Compagnie.",
    # names of boats, chapels, rivers, mountains, quarters, persons; words in tables and of other tongues
    "Le remorqueur « Ville de Calais » a été repeint, comme le canot « Ville de Brest ».",
    "La toiture de la chapelle Saint-Martin, la plage Saint-Jean et le parvis de Saint-Paul.",
    "Le fleuve Maroni monte ; les monts du Cantal et la Montagne noire sont blancs.",
    "Le cycliste Yves Le Bihan a battu YVES LE CORRE.",
    "Le marcheur ne traversera plus l'Aveyron à gué.",
    "Club | Rang\nRoutes : deux chantiers.\nLa mairie annexe du Val d'Aurelle.",
    "Le trophée va à la Festa di u Mare. Pace à tous, dit l'élu.",
    "La remise a eu lieu à la mairie lors du Marché Gourmand.",
    "Le boulanger est lauréat du Rabot d'Aveyron 2015, puis du prix du Savoir-faire.",
    "Deux passages comptés au Vieux-Moulin.",
    # a college alone says nothing; persons in rolls; landscapes, companies, what is called after a town
    "Les lycées de Nevers et le collège de Gien sont fermés.",
    "Présents : AUNAY Yannick, VALENCE Florence, LE MANS Jeanne. Excusés : MM. VICHY, TULLE et DAX.",
    "Contact presse : L. Béthune et J.-P. Nancy.",
    "Le lac de Serre-Ponçon, la plage des Deux-Jumeaux et le val de Loire attirent.",
    "Île-de-France Mobilités et Nantes Habitat paient ; l'INSA Lyon et le carré Saint-Vincent exposent.",
    "Un brie de Meaux, une tomme de Savoie et des mouchoirs de Cholet.",
    "L'Opéra de Lille, l'orchestre national de Lyon et les Jeux de Paris 2024 sont attendus.",
    "La Loire à Vélo longera l'Aube ; le gave de Pau et la Saône débordent.",
    "Scénario B – « Le Verger ». Vieux-Pont : fermeture.",
    "Cars scolaires : pas de service, comme au Festival des Rives du Vincou.",
    "Le 45 sera appelé ; le bus 70 part du 70 rue haute, le 31 et le 33 sont des dimanches.",
    "La Suisse et la Hongrie sont invitées au cercle des Amis de Leonor Fini.",
]


@pytest.mark.parametrize("text", NO_MENTIONS)
def test_streets_persons_clubs_and_words_are_no_mentions(text: str) -> None:
    assert places(text) == []


ISSUERS = [
    # letterhead, dateline, title
    ("45155", "Mairie de Gien\nService communication\n\nCoupure d'eau à Briare et à Gien\n\nUne coupure aura lieu mardi."),
    ("06029", "CANNES – INFO PRESSE\n\nLa plage rouvre. Le maire de Mandelieu-la-Napoule a fait de même."),
    ("63113", "Clermont-Ferrand, le 4 mars 2024\n\nLe maire reçoit Riom. La Ville a voté son budget."),
    ("97416", "Saint-Pierre, mardi 4 février 2020\n\nLa mairie ouvre trois centres. La préfecture de La Réunion coordonne."),
    ("56121", "Lorient entre dans le top 10\n\nAprès Grenoble, Strasbourg et Rennes, voici Lorient."),
    # signature and contact block
    ("11262", "Bonne nouvelle\n\nNarbonne est finaliste. Carcassonne et Béziers le sont aussi.\n\nPaul Roux\nMaire de Narbonne"),
    ("33281", "Budget participatif\n\nComme à Bordeaux et à Pessac, on vote en ligne.\n\nHôtel de ville - 33700 Mérignac"),
    ("26362", "Le festival revient\n\nDes chefs viendront de Lyon et de Montélimar.\n\nVille de Valence (Drôme)"),
    # addresses
    ("45155", "Trois jours de concerts\n\nDes navettes partiront de Briare.\n\nContact : communication@ville-gien.fr"),
    ("87154", "mairie.saint-junien@wanadoo.fr\n\nLe pont ferme, déviation par Rochechouart."),
    ("58", "cd58.fr\n\nLes agents sont prêts. De Nevers à Château-Chinon, 35 engins sont mobilisés."),
    # the voice of an EPCI, a département, a région at its seat
    ("63", "Clermont-Ferrand, le 4 mars 2024\n\nLe Département du Puy-de-Dôme vote son budget. Les conseillers départementaux ont adopté 720 millions. Le Département entretient 7 200 km de routes."),
    ("200040392", "Communauté d'agglomération du Grand Périgueux\nPérigueux, le 12 avril 2022\n\nLe conseil communautaire s'est réuni à Boulazac Isle Manoire."),
    ("84", "La Région Auvergne-Rhône-Alpes lance un appel\n\nLyon, le 5 mai 2022. Les conseillers régionaux ont voté une aide aux lycées."),
    ("12", "Aveyron : la saison commence\n\nL'assemblée départementale a voté 42 millions. À Millau et à Rodez, les équipes du Département seront à l'œuvre."),
    ("22215", "Vœux\n\nDevant 450 Ploufraganais, le maire a dit : la ville investit. Notre ville grandit, comme Tréguier."),
    # its paper, its hashtag; an EPCI in its seat; a row of towns
    ("44043", "L'ÉCHO DE CLISSON · n° 12\n\nLe chêne de Vallet a gagné. Nantes est deuxième."),
    ("69286", "#Culture #RillieuxLaPape\n\nLa salle rouvre, dit l'adjoint à la culture. La Ville en paie les deux tiers, la métropole de Lyon le reste."),
    ("43", "Budget\n\nRéunie à l'hôtel du Département, au Puy-en-Velay, l'Assemblée de Haute-Loire a voté 300 millions. Brioude et Langeac auront un gymnase.\n\nContact : 43000 Le Puy-en-Velay"),
    ("243500139", "Communiqué – Rennes, le 4 mai 2022\n\nLe conseil métropolitain a voté. La vice-présidente de Rennes Métropole présente le plan aux élus communautaires.\n\nContact : 35000 Rennes"),
    # who is named as a neighbour, an origin, a place that one passes by; its own service, its people, its most
    ("22278", "Le pont fermera lundi\n\nLes véhicules venant de Plérin passeront par Langueux. Le marché de Saint-Brieuc est maintenu. La Ville s'excuse."),
    ("91223", "Un gardien pour nos boîtes\n\nPaul Lenoir arrive de Melun. Il dirige le service des archives d'Étampes. La Ville y met 18 500 euros."),
    ("39198", "Merci !\n\nSept plaques ont été remises par le maire de Dole. Lons-le-Saunier s'en est inspirée. À Besançon, on y songe."),
    ("05061", "VŒUX 2023 – DISCOURS\nGap, Le Quattro, vendredi 13 janvier 2023\n\nChers Gapençais, la Région Provence-Alpes-Côte d'Azur nous aide."),
    ("200066637", "Palmarès\n\nUne halle comble à Murat. Hautes Terres Communauté y récompense ceux qui entreprennent.\n\nHautes Terres Communauté, 4 rue du Faubourg, 15300 Murat – 04 71 00 00 00"),
    ("18197", "Eau\n\nL'eau distribuée à Saint-Amand-Montrond, Orval et Drevant ne doit plus être bue. Standard de la mairie : 02 48 00 00 00"),
    ("60159", "Travaux\n\nVenant de Margny-lès-Compiègne, prendre le pont Solférino. Plus d'informations : compiegne.fr"),
    # whom the text names in passing
    ("24520", "Notre marché change\n\nLe marché de Sarlat-la-Canéda aura lieu le mercredi. La Ville a consulté ceux de Montignac-Lascaux.\n\nRenseignements en mairie."),
    ("36182", "On se lance\n\nDites-le au cousin de Paris : Saint-Benoît-du-Sault est candidat. Le village le mérite."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), ISSUERS)
def test_the_publisher_is_named_by_what_the_release_says(code: str, text: str) -> None:
    view = View(text)
    assert resolve(view, find(view)).issuer.code == code


def test_a_given_issuer_holds_against_a_text_that_says_little() -> None:
    view = View("Le feu parti de La Londe-les-Maures approche. Au Lavandou, trois salles sont ouvertes.")
    given = Collectivity(kind="commune", code="83070", name="Le Lavandou")
    assert resolve(view, find(view), issuer_given=given).issuer.code == "83070"
    view = View("Ville d'Hyères\n\nHyères, le 3 mai 2022\n\nLe maire d'Hyères reçoit celui du Lavandou.")
    assert resolve(view, find(view), issuer_given=given).issuer.code == "83069"


def test_the_gazetteer_holds_all_of_france() -> None:
    gazetteer = Gazetteer.load()
    assert gazetteer.by_code("commune", "13039") is not None
    regions = {entry.code for entry in map(gazetteer.entry, range(len(gazetteer))) if entry.kind == "region"}
    departements = {e.code for e in map(gazetteer.entry, range(len(gazetteer))) if e.kind == "departement"}
    assert (len(regions), len(departements)) == (18, 101)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Beziers", "34032"), ("L Haÿ-les-Roses", "94038"), ("PACA", "93"), ("Grand Lyon", "200046977"),
        # by number
        ("93", "93"), ("2a", "2A"), ("13270", "13039"), ("Marseille 8e", "13208"), ("Paris 1er", "75101"),
        # an article too many, the beginning of a name, a slip
        ("Le Gers", "32"), ("Pays de Honfleur", "200066827"), ("Villeneuve d'Asq", "59009"),
        ("Marseile", "13055"), ("la rochele", "17300"), ("Lile", "59350"), ("La Rochelle", "17300"),
    ],
)  # fmt: skip
def test_a_name_is_looked_up_as_people_write_it(asked: str, code: str) -> None:
    assert Gazetteer.load().lookup(asked)[0].code == code


@pytest.mark.parametrize(
    ("issuer", "kind", "code"),
    [
        # the publisher itself, where it lies, and the last that was named
        (("commune", "45155", "Gien"), "commune", "45155"),
        (("commune", "45155", "Gien"), None, "45155"),
        (("commune", "45155", "Gien"), "departement", "45"),
        (("commune", "45155", "Gien"), "region", "24"),
        (("commune", "45155", "Gien"), "epci", "244500211"),
        (("commune", "97416", "Saint-Pierre"), "departement", "974"),
        (("departement", "12", "Aveyron"), "region", "76"),
        (("departement", "12", "Aveyron"), "commune", "12202"),
    ],
)
def test_a_common_noun_stands_for_the_publisher_or_for_what_it_lies_in(
    issuer: tuple[Kind, str, str], kind: str | None, code: str
) -> None:
    view = View("À Rodez, le Département agit.")
    found = resolve(view, find(view)).places if kind == "commune" else ()
    publisher = Issuer(kind=issuer[0], code=issuer[1], name=issuer[2])
    who = referent(view, len(view.text), kind, found, publisher)
    assert who is not None
    assert who.code == code


def test_a_name_that_several_bear_and_nothing_tells_is_told_in_the_warnings() -> None:
    view = View("Le bus part vers Saint-Georges.")
    found = resolve(view, find(view))
    assert len(found.warnings) == 1
    assert "Saint-Georges" in found.warnings[0]
    assert all(0 < place.score < 0.6 for place in found.places if isinstance(place.score, float))
    told = resolve(view, find(view), issuer_given=Collectivity(kind="departement", code="15", name="Cantal"))
    assert [place.code for place in told.places] == ["15188"]


def test_what_no_collectivity_is_called_like_has_no_suggestions() -> None:
    assert Gazetteer.load().lookup("xyzzyx") == []
    assert Gazetteer.load().lookup("") == []


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="abcéàLMNS '-,.()\n0123456789Pais", max_size=200))
def test_any_text_gives_spans_that_hold(text: str) -> None:
    for place in places(text):
        assert text[place.start : place.end] == place.text


@pytest.mark.parametrize(
    "unit",
    [
        "Saint Jean De La ",
        "la-",
        '"Nevers ',
        "Nevers" + " " * 500 + "(",
        "Gubbio (Italie), ",
        "Fos, Nevers. ",
        "le 15e arrondissement de Paris, Paris 3e, dans le 93. ",
        "la CC du Pays de Honfleur ",
    ],
)
def test_time_grows_linearly(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "Mairie de Fos-sur-Mer\n" + unit * (size // len(unit))
        return cpu_seconds(lambda: places(text))

    # eight times the text: 64 times the time if it were quadratic
    assert seconds(64_000) < 20 * max(seconds(8_000), 0.005)


def test_every_name_in_one_line_is_read_in_linear_time() -> None:
    gazetteer = Gazetteer.load()
    names = " ".join(gazetteer.entry(row).name for row in range(len(gazetteer)))

    def seconds(size: int) -> float:
        return cpu_seconds(lambda: places(names[:size]))

    assert seconds(100_000) < 20 * max(seconds(12_500), 0.01)


def test_a_town_that_the_words_place_abroad_is_other() -> None:
    found = places(
        "La commune de Thann et son homologue de Gubbio ont signé ; à Gubbio, à Valence (Espagne)."
    )
    assert [(place.text, place.kind) for place in found] == [
        ("Thann", "commune"),
        ("Gubbio", "other"),
        ("Gubbio", "other"),
        ("Valence", "other"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La délégation de Lucca, en Italie, arrive lundi.", "Lucca"),
        ("Nos amis de Pinerolo viendront en mai.", "Pinerolo"),
        ("Les élèves, jumelés avec Eberbach, préparent la fête.", "Eberbach"),
        ("Une délégation de New York arrive.", "New York"),
        ("Notre jumelage avec Bad Säckingen fête ses 30 ans.", "Bad Säckingen"),
        ("Nous recevons Haslach, ville allemande de 7 000 habitants.", "Haslach"),
        ("Les voisins belges de Comines-Warneton défilent.", "Comines-Warneton"),
        ("Une délégation viendra d'Oberkirch en juin.", "Oberkirch"),
        ("Pour le jumelage, le maire de Wadowice a planté un chêne.", "Wadowice"),
    ],
)
def test_twin_towns_are_abroad(text: str, name: str) -> None:
    assert [(place.text, place.kind) for place in places(text)] == [(name, "other")]


def test_a_surname_is_not_the_name_of_inhabitants() -> None:
    """Guérin are no people of Guer (56075)."""
    view = View(
        "Reliure\n\nAnne-Sophie Guérin est en finale, avec Tugdual Le Roux. La commune compte treize librairies."
    )
    assert resolve(view, find(view)).issuer.code is None


def test_communes_written_plainly_are_found_and_linked() -> None:
    # all of them: benchmarks/every_commune.py; here one in eleven
    gazetteer = Gazetteer.load()
    failed = list(failures(gazetteer, every=11))
    assert len(failed) < 0.001 * 3 * len(gazetteer) / 11, failed
