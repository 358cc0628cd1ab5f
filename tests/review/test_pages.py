"""The pages and their actions, without a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pyarrow.parquet
import pytest
import yaml
from fastapi.testclient import TestClient
from sqlalchemy import select

from pipeline.awards import catalogue
from pipeline.database import Database, load, search
from pipeline.database.schema import distinctions, reviews
from pipeline.model import AwardRef
from tests.database.records import BEZIERS, distinction, record
from tests.review.conftest import TEXT

RELEASE = record(TEXT).release.id


def _fact(database: Database, **known: Any) -> dict[str, Any]:
    with database.reading() as connection:
        where = [distinctions.c[name] == value for name, value in known.items()]
        return dict(connection.execute(select(distinctions).where(*where)).mappings().one())


def _form(database: Database, **changes: Any) -> dict[str, Any]:
    """The form of the only fact of the release `TEXT`, as the page sends it."""
    fact = _fact(database, release=RELEASE)
    return {
        "fait": fact["id"], "version": fact["version"], "communique": RELEASE, "recipient": "Fos-sur-Mer (13039)",
        "award": fact["award_name"], "edition": fact["edition"], "level": fact["level"] or "", "category": "",
        "status": fact["status"], "organiser": "", "object": "", **changes,
    }  # fmt: skip


def test_what_is_most_worth_checking_comes_first(page: TestClient) -> None:
    shown = page.get("/a-verifier").text
    order = [shown.index(award) for award in ("Prix du Bien-Manger", 'class="open"')]
    assert order[0] < shown.rindex("Hashtags")
    assert "4</strong> distinctions" in shown


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("recipient=13039", 2),
        ("recipient=Fos-sur-Mer+(13039)", 2),
        ("recipient=Fos-sur-Mer", 2),
        ("recipient=departement:13039", 0),
        ("departement=34", 2),
        ("region=93", 2),
        ("award=hashtags", 3),
        ("award=Prix+du+Bien-Manger", 1),
        ("edition=2024", 3),
        ("status=nominated", 2),
        ("level=argent", 1),
        ("level=%25", 0),
        ("since=2024-05-15", 1),
        ("until=2024-05-15", 2),
        ("below=0,65", 1),
        ("q=abonn", 1),
        ("q=%22+OR+*+NEAR(", 0),
        ("reviewed=done", 0),
        ("edition=abc", 4),
    ],
)
def test_filters_narrow_the_list(page: TestClient, query: str, count: int) -> None:
    assert len(re.findall('class="open"', page.get(f"/a-verifier?{query}").text)) == count


def test_words_that_most_releases_hold_find_the_same(
    page: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("/a-verifier?q=béziers&status=nominated", "/nominations?q=béziers")
    few = [page.get(path).text for path in paths]
    monkeypatch.setattr(search, "_BROAD", 1)
    assert [page.get(path).text for path in paths] == few
    assert [len(re.findall('scope="row"', text)) for text in few] == [2, 3]


def test_nominees_gather_releases_and_show_the_course(page: TestClient) -> None:
    shown = page.get("/nominations?recipient=13039").text
    assert "nomination (02/05/2024) → obtention (01/06/2024)" in shown


def test_a_release_shows_its_text_as_text(page: TestClient) -> None:
    shown = page.get(f"/communiques/{RELEASE}").text
    assert "&lt;b&gt;avec&lt;/b&gt;" in shown
    assert "<b>avec" not in shown


def test_pages_that_are_not_there_say_so(page: TestClient) -> None:
    for path in (
        "/communiques/x",
        "/collectivites/commune/99999",
        "/prix/rien",
        "/export/doc",
        "/..%2f..%2fetc/passwd",
    ):
        assert page.get(path).status_code == 404
        assert page.get("/static/../app.py").status_code == 404


def test_accepting_answers_with_what_changed(page: TestClient, database: Database) -> None:
    answer = page.post("/faits/accepter", data=_form(database), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Acceptée." in answer.text
    assert _fact(database, release=RELEASE)["state"] == "accepted"


def test_forms_work_without_a_script_too(page: TestClient, database: Database) -> None:
    answer = page.post("/faits/rejeter", data=_form(database, **{"f-departement": "13"}))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/communiques/{RELEASE}?departement=13"
    assert _fact(database, release=RELEASE)["state"] == "rejected"


def test_a_correction_looks_up_town_and_award(page: TestClient, database: Database) -> None:
    page.post("/nom", data={"nom": "Zoé Martin", "retour": "/journal"})
    page.post(
        "/faits/corriger",
        data=_form(
            database, recipient="Gard (departement:30)", award="Villes et Villages Fleuris", level="3 fleurs"
        ),
    )
    fact = _fact(database, release=RELEASE)
    assert (fact["recipient_kind"], fact["recipient_code"], fact["recipient_name"]) == (
        "departement",
        "30",
        "Gard",
    )
    assert (fact["award_id"], fact["reviewer"], fact["state"]) == (
        "villes-villages-fleuris",
        "Zoé Martin",
        "corrected",
    )
    assert "Zoé Martin" in page.get("/journal").text


@pytest.mark.parametrize(
    ("recipient", "told"),
    [("Saint-Denis", "Plusieurs"), ("Fos (99999)", "Code inconnu"), ("", "au moins")],
)
def test_a_recipient_that_is_not_clear_is_asked_back(
    page: TestClient, database: Database, recipient: str, told: str
) -> None:
    answer = page.post(
        "/faits/corriger", data=_form(database, recipient=recipient), headers={"HX-Request": "true"}
    )
    assert (answer.status_code, told in answer.text) == (422, True)
    assert _fact(database, release=RELEASE)["state"] == "open"


def test_the_second_person_sees_the_change_of_the_first(page: TestClient, database: Database) -> None:
    stale = _form(database, level="Bronze")
    page.post("/faits/corriger", data=_form(database, level="Or"))
    answer = page.post("/faits/corriger", data=stale, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "modifiée entre-temps" in answer.text
    assert 'value="Or"' in answer.text
    assert _fact(database, release=RELEASE)["level"] == "Or"


def test_adding_by_selection_counts_code_points(page: TestClient, database: Database) -> None:
    start = TEXT.index("🐟")
    said = {
        "recipient": "Béziers",
        "award": "Prix du poisson",
        "status": "awarded",
        "start": start,
        "end": start + 1,
    }
    page.post(f"/communiques/{RELEASE}/ajouter", data=said)
    assert _fact(database, state="added")["evidence"] == "🐟"


def test_undo_and_vouching(page: TestClient, database: Database) -> None:
    page.post("/faits/accepter", data=_form(database))
    vouched = page.post(
        f"/communiques/{RELEASE}/verifier", data={"verifie": "oui"}, headers={"HX-Request": "true"}
    )
    assert "vérifié par" in vouched.text
    page.post("/annuler", data={"communique": RELEASE})
    assert _fact(database, release=RELEASE)["state"] == "open"


def test_a_disagreement_is_shown_and_can_be_settled(page: TestClient, database: Database) -> None:
    page.post("/faits/corriger", data=_form(database, level="Or"))
    load(database, [record(TEXT, distinction(level="Bronze"))], version="test")
    assert "Bronze" in page.get(f"/communiques/{RELEASE}").text
    assert "1 désaccord" in page.get("/a-verifier").text
    page.post("/faits/garder", data=_form(database))
    assert "désaccord" not in page.get("/a-verifier").text.replace("n’est plus d’accord", "")


def test_palmares_of_town_award_and_edition(page: TestClient) -> None:
    assert "Béziers" in page.get("/collectivites/commune/34032").text
    assert "Fos-sur-Mer" in page.get("/prix/hashtags?edition=2024").text
    assert "Fos-sur-Mer" not in page.get("/prix/hashtags?edition=2023").text


def test_two_first_places_are_shown(page: TestClient, database: Database) -> None:
    load(
        database,
        [
            record("Fos-sur-Mer première", distinction(level="1re place", edition=2022)),
            record("Béziers première", distinction(BEZIERS, level="1re place", edition=2022)),
        ],
        version="test",
    )  # fmt: skip
    assert "1re place à Béziers et à Fos-sur-Mer" in page.get("/prix/hashtags").text


def test_map_and_charts_count(page: TestClient) -> None:
    shown = page.get("/carte").text
    assert "Bouches-du-Rhône : 1 nomination, 1 obtenue" in shown
    assert "Hérault : 2 nominations, 1 obtenue" in shown
    assert shown.count("<g class=") == 101


def test_completions(page: TestClient) -> None:
    assert "Fos-sur-Mer (13039)" in page.get("/completer/collectivites?recipient=fos").text
    assert "Le Havre (76351)" in page.get("/completer/collectivites?recipient=havre").text
    assert "Prix du Bien-Manger" in page.get("/completer/prix?award=bien-m").text
    assert page.get("/completer/collectivites?recipient=f").text.strip() == ""


def test_a_confirmed_award_enters_the_local_catalogue(
    page: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BEFFROI_AWARDS", raising=False)
    assert "catalogue local" in page.get("/prix/Prix%20du%20Bien-Manger").text
    try:
        assert page.post("/catalogue", data={"name": "Prix du Bien-Manger"}).status_code == 200
        assert database.file is not None
        entries = yaml.safe_load(database.file.with_name("awards.yaml").read_text(encoding="utf-8"))
        assert [entry["name"] for entry in entries] == ["Prix du Bien-Manger"]
        assert page.post("/catalogue", data={"name": "Prix du Bien-Manger"}).status_code == 422
    finally:
        monkeypatch.delenv("BEFFROI_AWARDS", raising=False)
        catalogue.cache_clear()


def test_exports_hold_the_filtered_view(page: TestClient, tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(page.get("/export/csv?departement=13").content.decode("utf-8-sig")))
    )
    assert [(row["recipient_name"], row["status"], row["sources"]) for row in rows] == [
        ("Fos-sur-Mer", "awarded", "beziers.txt\nfos.txt")
    ]
    lines = page.get("/export/jsonl").text.splitlines()
    assert len(lines) == 3
    assert json.loads(lines[0])["recipient_name"] == "Béziers"
    table = pyarrow.parquet.read_table(io.BytesIO(page.get("/export/parquet").content))
    assert table.num_rows == 3
    sheet = openpyxl.load_workbook(io.BytesIO(page.get("/export/xlsx").content))["Nominations"]
    assert sheet.max_row == 4
    with zipfile.ZipFile(io.BytesIO(page.get("/export/package").content)) as package:
        described = json.loads(package.read("datapackage.json"))
        (resource,) = described["resources"]
        header = package.read(resource["path"]).decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_nothing_in_an_export_runs_as_a_formula(page: TestClient, database: Database) -> None:
    evil = AwardRef(id=None, name='=HYPERLINK("http://x","y")')
    load(
        database,
        [record("Fos-sur-Mer attaque", distinction(award=evil, category="+1", level="@SUM(A1)"))],
        version="test",
    )
    text = page.get("/export/csv?q=attaque").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ",'+1," in text
    sheet = openpyxl.load_workbook(io.BytesIO(page.get("/export/xlsx?q=attaque").content))["Nominations"]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}


def test_a_huge_and_hostile_release_is_shown_quickly(page: TestClient, database: Database) -> None:
    text = "<script>alert(1)</script> " + "\x00\x1b[31m\u202e\r\n" + "é" * 500_000
    hostile = AwardRef(id=None, name='"><img src=x onerror=alert(1)>')
    load(database, [record(text, distinction(award=hostile, level="x" * 5000))], version="test")
    shown = page.get(f"/communiques/{record(text).release.id}")
    assert shown.elapsed.total_seconds() < 1
    assert "<script>alert" not in shown.text
    assert "<img" not in shown.text
    assert "<img" not in page.get("/a-verifier").text


def test_the_address_of_every_filter_comes_back(page: TestClient) -> None:
    link = re.search(
        r'class="open" href="([^"]+)"', page.get("/a-verifier?departement=13&status=awarded").text
    )
    assert link
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert (query["departement"], query["status"]) == (["13"], ["awarded"])


def test_every_decision_is_in_the_journal(page: TestClient, database: Database) -> None:
    page.post("/faits/accepter", data=_form(database))
    page.post("/faits/rejeter", data=_form(database))
    page.post("/annuler", data={"communique": RELEASE})
    with database.reading() as connection:
        actions = connection.execute(select(reviews.c.action).order_by(reviews.c.id)).scalars().all()
    assert actions == ["accept", "reject", "undo"]
