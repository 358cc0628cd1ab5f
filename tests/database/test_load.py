"""Loading runs: machine facts are replaced, people's decisions stay, the same fact told twice is one nominee."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from pipeline.database import Database, Filters, list_nominees, load, work
from pipeline.database.decide import accept, add, correct, keep, reject
from pipeline.database.schema import MENTIONS, distinctions, releases, runs, sources
from pipeline.model import AwardRef, Record
from tests.database.records import BEZIERS, FOS, distinction, record

TEXT = "Fos-sur-Mer décroche le Hashtag d'Or 2024."


def _facts(database: Database) -> list[dict[str, Any]]:
    with database.reading() as connection:
        rows = connection.execute(select(distinctions).order_by(distinctions.c.id)).mappings()
        return [dict(row) for row in rows]


def _nominees(database: Database) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in list_nominees(connection, Filters()).rows]


def _count(database: Database, table: Any) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _load(database: Database, *told: Record) -> None:
    load(database, told, version="test")


def test_loading_twice_changes_nothing(database: Database) -> None:
    one = record(TEXT, distinction(level="Or"), day=date(2024, 6, 1))
    _load(database, one)
    before = _facts(database), _nominees(database)
    _load(database, one)
    assert (_facts(database), _nominees(database)) == before
    assert _count(database, releases) == 1
    assert _count(database, MENTIONS["places"]) == 1
    assert _count(database, runs) == 2


def test_the_same_words_from_two_sources_are_one_release_with_both(database: Database) -> None:
    _load(database, record(TEXT, distinction(), source="a.txt"), record(TEXT, distinction(), source="b.txt"))
    assert (_count(database, releases), _count(database, sources), len(_facts(database))) == (1, 2, 1)


def test_five_releases_are_one_nominee_with_the_course_of_its_status(database: Database) -> None:
    told = [("candidate", date(2024, 1, 5)), ("nominated", date(2024, 5, 2)), ("awarded", date(2024, 6, 9))]
    _load(
        database,
        *(
            record(f"Fos-sur-Mer communiqué du {day}", distinction(status=status), day=day)
            for status, day in told
        ),
        record("Fos-sur-Mer encore une fois", distinction(status="awarded"), day=date(2024, 7, 1)),
        record("Fos-sur-Mer sans date", distinction(status="nominated")),
    )
    (nominee,) = _nominees(database)
    assert nominee["status"] == "awarded"
    assert nominee["releases"] == 5
    assert nominee["course"] == "2024-01-05 candidate; 2024-05-02 nominated; 2024-06-09 awarded"
    assert (nominee["first_day"], nominee["last_day"]) == (date(2024, 1, 5), date(2024, 7, 1))
    assert (nominee["departement"], nominee["region"]) == ("13", "93")
    assert nominee["contradiction"] is None


def test_two_levels_are_a_contradiction_that_is_shown(database: Database) -> None:
    _load(
        database,
        record("Fos-sur-Mer en or", distinction(level="Or")),
        record("Fos-sur-Mer en argent", distinction(level="Argent")),
    )
    (nominee,) = _nominees(database)
    assert nominee["contradiction"] == "niveaux : Argent / Or"
    with database.reading() as connection:
        assert list_nominees(connection, Filters(reviewed="contradiction")).total == 1
        assert work(connection, Filters(reviewed="contradiction")).total == 2


def test_a_fact_without_category_joins_the_only_one_and_two_categories_stay_two(database: Database) -> None:
    _load(
        database,
        record("Fos-sur-Mer dit peu", distinction()),
        record("Fos-sur-Mer dit plus", distinction(category="Meilleur compte TikTok")),
        record(
            "Béziers aussi deux fois",
            distinction(BEZIERS, category="Vidéo"),
            distinction(BEZIERS, category="Site"),
        ),
    )
    assert [
        (one["recipient_name"], one["category"], one["releases"]) for one in _sorted(_nominees(database))
    ] == [
        ("Béziers", "Site", 1),
        ("Béziers", "Vidéo", 1),
        ("Fos-sur-Mer", "Meilleur compte TikTok", 2),
    ]


def _sorted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["recipient_name"], row["category"] or ""))


def test_a_later_run_replaces_machine_facts(database: Database) -> None:
    _load(database, record(TEXT, distinction(level="Argent")))
    _load(database, record(TEXT, distinction(level="Or")))
    assert [fact["level"] for fact in _facts(database)] == ["Or"]
    assert [nominee["level"] for nominee in _nominees(database)] == ["Or"]


def test_a_correction_survives_and_the_machines_old_mistake_is_no_news(database: Database) -> None:
    _load(database, record(TEXT, distinction(level="Argent")))
    _correct(database, level="Or")
    _load(database, record(TEXT, distinction(level="Argent")))
    (fact,) = _facts(database)
    assert (fact["level"], fact["state"], fact["differs"]) == ("Or", "corrected", False)


def test_a_new_disagreement_is_shown_and_stays_until_somebody_keeps_the_decision(database: Database) -> None:
    _load(database, record(TEXT, distinction(level="Argent")))
    _correct(database, level="Or")
    for _ in range(2):
        _load(database, record(TEXT, distinction(level="Bronze")))
        (fact,) = _facts(database)
        assert (fact["level"], fact["differs"], fact["machine"]["level"]) == ("Or", True, "Bronze")
    with database.writing() as connection:
        keep(connection, fact["id"], fact["version"], "Ana")
    _load(database, record(TEXT, distinction(level="Bronze")))
    (fact,) = _facts(database)
    assert (fact["level"], fact["differs"]) == ("Or", False)


def test_a_machine_that_learned_the_correction_agrees(database: Database) -> None:
    _load(database, record(TEXT, distinction(level="Argent")))
    _correct(database, level="Or")
    _load(database, record(TEXT, distinction(level="Or")))
    (fact,) = _facts(database)
    assert (fact["state"], fact["differs"]) == ("corrected", False)


def test_an_accepted_fact_that_the_machine_no_longer_sees_stays_and_is_shown(database: Database) -> None:
    _load(database, record(TEXT, distinction()))
    with database.writing() as connection:
        accept(connection, _facts(database)[0]["id"], 1, "Ana")
    _load(database, record(TEXT))
    (fact,) = _facts(database)
    assert (fact["state"], fact["machine"], fact["differs"]) == ("accepted", None, True)
    assert len(_nominees(database)) == 1


def test_a_rejected_fact_does_not_come_back(database: Database) -> None:
    _load(database, record(TEXT, distinction()))
    with database.writing() as connection:
        reject(connection, _facts(database)[0]["id"], 1, "Ana")
    _load(database, record(TEXT, distinction()))
    (fact,) = _facts(database)
    assert (fact["state"], fact["differs"]) == ("rejected", False)
    assert _nominees(database) == []


def test_an_added_fact_survives_and_is_not_doubled_when_the_machine_learns_it(database: Database) -> None:
    _load(database, record(TEXT))
    said = {"recipient_kind": "commune", "recipient_code": "13039", "recipient_name": FOS.name, "award_id": "hashtags",
            "award_name": "Hashtags", "edition": 2024, "status": "awarded"}  # fmt: skip
    with database.writing() as connection:
        add(connection, record(TEXT).release.id, said, (0, 11), "Ana")
    _load(database, record(TEXT, distinction()))
    (fact,) = _facts(database)
    assert (fact["state"], fact["evidence"], fact["differs"]) == ("added", "Fos-sur-Mer", False)


def test_an_award_outside_the_catalogue_is_worth_more_attention(database: Database) -> None:
    unknown = AwardRef(id=None, name="Prix du Bien-Manger")
    _load(database, record(TEXT, distinction(), distinction(award=unknown)))
    with database.reading() as connection:
        assert [row["award_name"] for row in work(connection, Filters()).rows] == [unknown.name, "Hashtags"]


def test_evidence_follows_when_the_typography_of_a_release_changes(database: Database) -> None:
    _load(database, record("Fos-sur-Mer  décroche le Hashtag", distinction()))
    with database.writing() as connection:
        accept(connection, _facts(database)[0]["id"], 1, "Ana")
    changed = record("Fos-sur-Mer décroche le Hashtag")
    _load(database, changed)
    (fact,) = _facts(database)
    start, end, _ = fact["spans"][0]
    assert changed.release.text[start:end] == "Fos-sur-Mer"


def _correct(database: Database, **changes: Any) -> None:
    (fact,) = _facts(database)
    with database.writing() as connection:
        correct(connection, fact["id"], fact["version"], {**fact, **changes}, "Ana")
