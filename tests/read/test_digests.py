"""Several releases in one file: each its own record, and a text that is one stays whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.read import Incoming, read
from tests.read.samples import FLEURS, MARCHE


def _read(path: Path, content: str | bytes) -> list[Incoming]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read(path))
    assert all(isinstance(one, Incoming) for one in found)
    return [one for one in found if isinstance(one, Incoming)]


@pytest.mark.parametrize(
    "text",
    [
        f"Ville de Nevers\nCommuniqué de presse\n\n{FLEURS}\n\nCommuniqué de presse\n\n{MARCHE}\n",
        f"COMMUNIQUÉ DE PRESSE N° 12\n{FLEURS}\nCOMMUNIQUÉ DE PRESSE N° 13\n{MARCHE}",
        f"## Communiqué de presse – 3 mai 2024\n\n{FLEURS}\n\n## Communiqué de presse – 4 mai 2024\n\n{MARCHE}",
        f"Nevers fleurie\nNevers, le 3 mai 2024\n{FLEURS}\n\n-----------\n\nNoël\nNevers, le 4 mai 2024\n{MARCHE}",
        f"Nevers fleurie\nLe vendredi 3 mai 2024\n{FLEURS}\n* * *\nNoël\nLe 1er mai 2024\n{MARCHE}",
        f"Nevers, le 3 mai 2024\n{FLEURS}\n\fNevers, le 4 mai 2024\n{MARCHE}",
    ],
)
def test_a_digest_is_parted(text: str, tmp_path: Path) -> None:
    path = tmp_path / "digest.txt"
    first, second = _read(path, text)
    assert (first.release.source, second.release.source) == (str(path), f"{path}#2")
    assert FLEURS in first.release.text
    assert MARCHE not in first.release.text
    assert MARCHE in second.release.text
    assert FLEURS not in second.release.text


def test_the_masthead_is_told_to_every_part(tmp_path: Path) -> None:
    text = f"Ville de Nevers\nCommuniqué de presse\n{FLEURS}\nCommuniqué de presse\n{MARCHE}"
    first, second = _read(tmp_path / "digest.txt", text)
    assert "Ville de Nevers" in first.release.text
    assert "Ville de Nevers" in second.hints


@pytest.mark.parametrize(
    "text",
    [
        f"Communiqué de presse\n\n{FLEURS}\n\n{MARCHE}",
        f"{FLEURS}\n\n-----\n\n{MARCHE}",  # a rule between two chapters
        f"{FLEURS}\n-----\nNevers, le 4 mai 2024\nContact presse : 01 02 03 04 05",
        f"Communiqué de presse\n{FLEURS}\nCommuniqué de presse\nMairie de Nevers",  # a footer
        f"{FLEURS}\nLe communiqué de presse de la préfecture est attendu.\nUn autre communiqué suivra.\n{MARCHE}",
        f"Ville | Niveau\n----- | -----\nNevers, le 3 mai 2024\n{FLEURS}",
    ],
)
def test_one_release_stays_whole(text: str, tmp_path: Path) -> None:
    (whole,) = _read(tmp_path / "one.txt", text)
    assert whole.release.text == text
    assert whole.release.source == str(tmp_path / "one.txt")


def test_a_bulletin_in_word(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in ("Communiqué de presse n° 1", FLEURS, "Communiqué de presse n° 2", MARCHE):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    parts = _read(tmp_path / "bulletin.docx", written.getvalue())
    assert [part.release.source.rpartition("/")[2] for part in parts] == ["bulletin.docx", "bulletin.docx#2"]


def test_no_release_of_the_sample_is_parted() -> None:
    sample = Path(__file__).resolve().parents[2] / "corpus" / "sample"
    sources = [one.release.source for one in read(sample) if isinstance(one, Incoming)]
    assert len(sources) > 10
    assert not [source for source in sources if "#" in source]
