"""Texts in the encodings that French offices have used, whole and damaged."""

from __future__ import annotations

import pytest

from pipeline.read.incoming import ReadError
from pipeline.read.plain import decode

TEXTS = [
    "Communiqué de presse : à Fos-sur-Mer, l'été, « la cérémonie » s'est achevée ; où çà ? Noël, naïf.",
    "La ville a décidé.",
    "L'ÉCOLE À CÔTÉ DE L'HÔTEL DE VILLE DE BÉZIERS, RÉUNION DU 3 MAI",
    "L'École À CÔTÉ DE L'HÔTEL",
    "Sans accent du tout.",
    "",
]
TYPOGRAPHIC = "Le « cœur » de l’hôtel – 15 € – s’ouvre…"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "iso8859-1", "iso8859-15", "mac_roman", "cp850", "cp858", "utf-16", "utf-16-le",
     "utf-16-be", "utf-32"],
)  # fmt: skip
def test_the_encoding_is_found(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman"])
def test_typographic_signs_are_kept(encoding: str) -> None:
    assert decode(TYPOGRAPHIC.encode(encoding)) == TYPOGRAPHIC


def test_the_euro_and_ligatures_of_latin_9() -> None:
    assert decode("Le cœur du marché : 15 €.".encode("iso8859-15")) == "Le cœur du marché : 15 €."


def test_utf_8_with_a_foreign_byte_stays_utf_8() -> None:
    assert decode("Le maire a décidé : ".encode() + "été".encode("cp1252") + " à Béziers".encode()) == (
        "Le maire a décidé : été à Béziers"
    )


def test_utf_8_that_was_cut_in_a_letter_loses_only_that() -> None:
    assert decode("La ville a décidé".encode()[:-1]) == "La ville a décid\ufffd"


def test_what_was_read_wrongly_once_or_twice_is_mended() -> None:
    text = "Le maire a décidé que l’été…"
    once = text.encode().decode("cp1252")
    assert decode(once.encode()) == text
    assert decode(once.encode().decode("cp1252").encode()) == text


@pytest.mark.parametrize("data", [b"\0" * 400, b"a\0\0\0" * 100, b"\x01\x02\xff\x03" * 100])
def test_what_is_no_text_is_told(data: bytes) -> None:
    with pytest.raises(ReadError, match="not a text"):
        decode(data)
