"""A view of the nominees as a file to take away: CSV, XLSX, Parquet, JSON Lines, a data package."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.write.cells import plain, spreadsheet_cell

_Rows = Iterable[Mapping[str, Any]]
Type = Literal["text", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the export: its stable name, and what staff read about it."""

    name: str
    type: Type
    title: str
    meaning: str
    choices: tuple[str, ...] = ()


FIELDS = (
    Field("recipient_kind", "text", "Nature", "Nature du distingué",
          ("commune", "epci", "departement", "region", "other")),
    Field("recipient_code", "text", "Code", "Code INSEE (commune, département, région) ou SIREN (EPCI) ; vide pour les autres"),
    Field("recipient_name", "text", "Distingué", "Nom du distingué"),
    Field("departement", "text", "Département", "Code du département"),
    Field("region", "text", "Région", "Code de la région"),
    Field("award_id", "text", "Identifiant du prix", "Identifiant au catalogue de beffroi ; vide pour un prix inconnu du catalogue"),
    Field("award_name", "text", "Prix ou label", "Nom du prix, du label ou du classement"),
    Field("edition", "integer", "Édition", "Année de l’édition"),
    Field("category", "text", "Catégorie", "Catégorie, comme les communiqués la nomment"),
    Field("level", "text", "Niveau", "Niveau obtenu"),
    Field("status", "text", "Statut", "Dernier statut connu",
          ("candidate", "nominated", "awarded", "renewed", "lost")),
    Field("course", "text", "Parcours", "Statuts successifs, chacun avec le jour de publication du premier communiqué qui le dit"),
    Field("first_day", "date", "Première annonce", "Jour de publication du premier communiqué"),
    Field("last_day", "date", "Dernière annonce", "Jour de publication du dernier communiqué"),
    Field("releases", "integer", "Communiqués", "Nombre de communiqués qui le disent"),
    Field("score", "number", "Confiance", "Confiance de la machine, entre 0 et 1"),
    Field("state", "text", "Vérification", "open : rien n’est vérifié ; part : en partie ; done : vérifié par une personne",
          ("open", "part", "done")),
    Field("contradiction", "text", "Contradiction", "Ce que les communiqués disent de contradictoire"),
    Field("sources", "text", "Sources", "Noms des communiqués, un par ligne"),
)  # fmt: skip

_NAME = "nominees"


def to_csv(rows: _Rows) -> Iterator[bytes]:
    """CSV in UTF-8 with a mark for spreadsheets; no cell can be run as a formula."""
    yield b"\xef\xbb\xbf"
    yield _line([field.name for field in FIELDS])
    for row in rows:
        yield _line([spreadsheet_cell(row[field.name]) for field in FIELDS])


def _line(cells: list[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8")


def to_jsonl(rows: _Rows) -> Iterator[bytes]:
    """One JSON object a line."""
    for row in rows:
        told = {field.name: plain(row[field.name]) for field in FIELDS}
        yield json.dumps(told, ensure_ascii=False).encode("utf-8") + b"\n"


def to_xlsx(rows: _Rows) -> Iterator[bytes]:
    """An Excel workbook: the rows under French titles, and a sheet that explains the columns."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nominations")
    sheet.freeze_panes = "A2"

    def text_cell(of: Any, value: str, *, bold: bool = False) -> Any:
        cell = WriteOnlyCell(of, value=_legal(value))
        cell.data_type = "s"  # text, even when it begins with "="
        if bold:
            cell.font = Font(bold=True)
        return cell

    sheet.append([text_cell(sheet, field.title, bold=True) for field in FIELDS])
    for row in rows:
        cells = (row[field.name] for field in FIELDS)
        sheet.append([text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in cells])
    explained = book.create_sheet("Dictionnaire")
    for told in (("Colonne", "Nom dans les fichiers", "Ce qu’elle contient"),
                 *((field.title, field.name, field.meaning) for field in FIELDS)):  # fmt: skip
        explained.append([text_cell(explained, cell) for cell in told])
    content = io.BytesIO()
    book.save(content)
    yield content.getvalue()


def _legal(value: str) -> str:
    """Without the control characters that a workbook can't hold, and no longer than a cell."""
    return "".join(sign for sign in value if sign >= " " or sign in "\n\t")[:32_000]


def to_parquet(rows: _Rows) -> Iterator[bytes]:
    """Parquet, typed, with the French meanings as metadata of the columns."""
    import pyarrow
    import pyarrow.parquet

    types = {"text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
             "date": pyarrow.date32()}  # fmt: skip
    schema = pyarrow.schema(
        [
            pyarrow.field(field.name, types[field.type], metadata={"description": field.meaning})
            for field in FIELDS
        ]
    )
    told = [{field.name: row[field.name] for field in FIELDS} for row in rows]
    content = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(told, schema=schema), content)
    yield content.getvalue()


def to_package(rows: _Rows) -> Iterator[bytes]:
    """A ZIP with the CSV and its Table Schema (Frictionless data package), as data.gouv.fr takes them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(f"{_NAME}.csv", "w") as table:
            for part in to_csv(rows):
                table.write(part)
        archive.writestr("datapackage.json", json.dumps(data_package(), ensure_ascii=False, indent=1))
        archive.writestr("LISEZMOI.md", dictionary())
    yield content.getvalue()


def data_package() -> dict[str, Any]:
    """The description of the package (specs.frictionlessdata.io)."""
    types = {"text": "string", "integer": "integer", "number": "number", "date": "date"}
    fields = []
    for field in FIELDS:
        told: dict[str, Any] = {
            "name": field.name, "type": types[field.type], "title": field.title, "description": field.meaning,
        }  # fmt: skip
        if field.choices:
            told["constraints"] = {"enum": list(field.choices)}
        fields.append(told)
    return {
        "name": "beffroi-nominees",
        "title": "Collectivités nommées et distinguées, d’après leurs communiqués",
        "profile": "tabular-data-package",
        "resources": [{
            "name": _NAME, "path": f"{_NAME}.csv", "profile": "tabular-data-resource", "encoding": "utf-8",
            "format": "csv", "mediatype": "text/csv", "schema": {"fields": fields, "missingValues": [""]},
        }],
    }  # fmt: skip


def dictionary() -> str:
    """The data dictionary in French, as Markdown."""
    lines = [f"| `{field.name}` | {field.title} | {field.meaning} |" for field in FIELDS]
    return "\n".join(["# Dictionnaire des données", "", "| colonne | titre | contenu |", "| --- | --- | --- |", *lines, ""])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the export: what staff call it, its file name's end and its media type."""

    title: str
    suffix: str
    media_type: str
    write: Callable[[_Rows], Iterator[bytes]]


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", ".csv", "text/csv; charset=utf-8", to_csv),
    "xlsx": Format("Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "parquet": Format("Parquet", ".parquet", "application/vnd.apache.parquet", to_parquet),
    "jsonl": Format("JSON Lines", ".jsonl", "application/x-ndjson", to_jsonl),
    "package": Format("Paquet de données (data.gouv.fr)", ".zip", "application/zip", to_package),
}  # fmt: skip


def write_file(form: str, rows: _Rows, to: Path) -> None:
    """Write a view into a file, in place only when it is whole.  Raises `KeyError` for an unknown format."""
    write = FORMATS[form].write
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(to.name + ".unfinished")
    with unfinished.open("wb") as file:
        for part in write(rows):
            file.write(part)
    unfinished.replace(to)
