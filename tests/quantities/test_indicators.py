"""What a quantity measures."""

from __future__ import annotations

import pytest

from pipeline.quantities import parse

INDICATORS = [
    # a change measures what changes
    ("La fréquentation du musée bondit de 14 %.", ["visitors"]),
    ("La dette a reculé de 6 %.", ["budget"]),
    ("La facture de gaz devrait baisser de 30 %.", ["energy"]),
    ("Les loyers augmenteront de 2 %.", ["price"]),
    ("Le club a 410 adhérents, soit 9 % de plus qu'en 2019.", ["participants", "participants"]),
    ("Les rejets ont diminué de 17 %.", ["other"]),
    ("Les chênes couvrent 17 % du bois.", ["share"]),
    # years that somebody served, years that somebody has
    ("Elle a dirigé quinze ans la crèche.", ["duration"]),
    ("Il a servi neuf ans à Gap.", ["duration"]),
    ("Marthe Roy, 58 ans, prend ses fonctions.", ["other"]),
    ("Livraison pour les personnes de plus de 80 ans.", ["other"]),
    ("Le club se donne trois ans ; elle a gagné six ans de sursis.", ["duration", "duration"]),
    ("Durée : quatre ans, renouvelable.", ["duration"]),
    # sums
    ("Le prix, doté de 3 000 euros, ira à un potier.", ["grant"]),
    ("Un plan doté de 310 000 euros.", ["budget"]),
    (
        "Des subventions de 90 000 €, laissant à la charge de la commune environ 30 000 €.",
        ["grant", "budget"],
    ),
    ("Chaque lauréat reçoit 900 €.", ["grant"]),
    ("Le beignet se vend deux euros, le menu de 3 à 9 €.", ["price", "price"]),
    ("L'entrée coûte 4 €.", ["price"]),
    ("Région Bretagne : 95 000 €", ["grant"]),
    ("Coût : 300 000 €, dont 90 000 de l'État.", ["budget", "grant"]),
    # counted people and things
    ("Réélu trois fois, il part après deux mandats.", ["count", "count"]),
    ("La vidéo a été vue 9 000 fois.", ["views"]),
    ("Il nous manque 60 paires de bras.", ["participants"]),
    ("Les vingt-neuf conseillers siègent.", ["count"]),
    ("Trois conseillers numériques vous reçoivent.", ["jobs"]),
    ("Onze conseillers ont voté contre.", ["participants"]),
    ("Le jury a ouvert 62 dossiers.", ["participants"]),
    ("L'incendie a touché 14 maisons et 30 riverains.", ["count", "count"]),
    ("Quatre sauveteurs et deux mécaniciens sont embauchés.", ["jobs", "jobs"]),
    ("Vingt auteurs signent. Une consigne de 40 places.", ["participants", "count"]),
    ("Le poste relève des creux de 6 mètres.", ["other"]),
    ("Onze puéricultrices y travaillent.", ["jobs"]),
    ("Il est tombé 40 mm de pluie.", ["other"]),
    ("La dette est de 812 € par habitant, contre 1 054 € ailleurs.", ["budget", "budget"]),
    ("Le quotient familial est inférieur à 700 €.", ["other"]),
    ("Quotient familial | Repas\nmoins de 300 € | 0,60 €", ["other", "price"]),
    ("Le plan mobilise 12 M€, soit 2 M€ par an.", ["budget", "budget"]),
    ("Réduction de 15 % pour toute inscription.", ["price"]),
    ("La fréquentation de la ligne 2 bondit de 25 %.", ["users"]),
    ("La portée de nos messages a crû de 35 %.", ["views"]),
    ("Les 16 000 Tullistes sont conviés.", ["inhabitants"]),
    ("Trois maîtres-nageurs et 6 ASVP sont recrutés.", ["jobs", "jobs"]),
    ("Une concession de 30 ans : 420 €.", ["duration", "price"]),
    ("Fonds vert : 95 000 € ; autofinancement : 210 000 €.", ["grant", "budget"]),
]


@pytest.mark.parametrize(("text", "expected"), INDICATORS)
def test_indicators(text: str, expected: list[str]) -> None:
    assert [one.indicator for one in parse(text)] == expected


def test_a_rate_of_engagement_tells_its_network() -> None:
    (rate,) = parse("Le taux d'engagement sur LinkedIn atteint 6,8 %.")
    assert rate.platform == "LinkedIn"
