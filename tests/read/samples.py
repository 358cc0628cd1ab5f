"""Releases that several tests of reading put into files."""

from __future__ import annotations

FLEURS = (
    "La ville de Nevers obtient sa troisième fleur au label Villes et Villages Fleuris. Le jury régional a salué "
    "le travail des jardiniers municipaux et des habitants, qui ont planté douze mille bulbes."
)
MARCHE = (
    "Le marché de Noël de Nevers ouvre ses portes samedi à dix heures sur la place de la République. Quarante "
    "exposants y attendent les visiteurs, et une patinoire est installée jusqu'au début du mois de janvier."
)
