"""People's decisions: versions, undo, the journal, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from pipeline.database import ConflictError, Database, DecisionError, Filters, list_nominees, load
from pipeline.database.decide import accept, add, check_release, correct, reject, undo
from pipeline.database.schema import distinctions, releases, reviews
from tests.database.records import BEZIERS, distinction, record

TEXT = "Fos-sur-Mer décroche le Hashtag d'Or 2024."
RELEASE = record(TEXT).release.id
SAID = {
    "recipient_kind": "commune", "recipient_code": "34032", "recipient_name": "Béziers", "award_id": "hashtags",
    "award_name": "Hashtags", "edition": "2024", "status": "nominated", "level": "  ",
}  # fmt: skip


@pytest.fixture
def filled(database: Database) -> Database:
    load(database, [record(TEXT, distinction(level="Or"))], version="test")
    return database


def _fact(database: Database) -> dict[str, Any]:
    with database.reading() as connection:
        return dict(connection.execute(select(distinctions)).mappings().one())


def test_a_decision_is_written_down_with_before_and_after(filled: Database) -> None:
    fact = _fact(filled)
    with filled.writing() as connection:
        correct(connection, fact["id"], 1, {**fact, "level": "Bronze"}, "Ana", "vu sur la photo")
    with filled.reading() as connection:
        noted = connection.execute(select(reviews)).mappings().one()
    assert (noted["who"], noted["action"], noted["why"]) == ("Ana", "correct", "vu sur la photo")
    assert (noted["before"]["level"], noted["after"]["level"]) == ("Or", "Bronze")
    assert _fact(filled)["version"] == 2


def test_the_second_of_two_people_sees_the_change_of_the_first(filled: Database) -> None:
    fact = _fact(filled)
    with filled.writing() as connection:
        correct(connection, fact["id"], 1, {**fact, "level": "Bronze"}, "Ana")
    with pytest.raises(ConflictError, match="Ana") as caught, filled.writing() as connection:
        reject(connection, fact["id"], 1, "Bob")
    assert caught.value.current["level"] == "Bronze"
    assert _fact(filled)["state"] == "corrected"


def test_undo_goes_back_step_by_step(filled: Database) -> None:
    fact = _fact(filled)
    with filled.writing() as connection:
        correct(connection, fact["id"], 1, {**fact, "level": "Bronze"}, "Ana")
        reject(connection, fact["id"], 2, "Ana")
    states = []
    for _ in range(2):
        with filled.writing() as connection:
            undo(connection, "Ana")
        now = _fact(filled)
        states.append((now["state"], now["level"], now["reviewer"]))
    assert states == [("corrected", "Bronze", "Ana"), ("open", "Or", None)]
    with pytest.raises(DecisionError, match="Rien"), filled.writing() as connection:
        undo(connection, "Ana")


def test_undo_takes_back_ones_own_decisions_only(filled: Database) -> None:
    with filled.writing() as connection:
        accept(connection, _fact(filled)["id"], 1, "Ana")
    with pytest.raises(DecisionError, match="Rien"), filled.writing() as connection:
        undo(connection, "Bob")


def test_undo_does_not_overwrite_what_somebody_else_decided_since(filled: Database) -> None:
    fact = _fact(filled)
    with filled.writing() as connection:
        accept(connection, fact["id"], 1, "Ana")
        reject(connection, fact["id"], 2, "Bob")
    with pytest.raises(ConflictError), filled.writing() as connection:
        undo(connection, "Ana")
    assert _fact(filled)["state"] == "rejected"


def test_adding_and_taking_it_back(filled: Database) -> None:
    with filled.writing() as connection:
        added = add(connection, RELEASE, SAID, (0, 11), "Ana")
    assert (added["state"], added["edition"], added["level"], added["evidence"]) == (
        "added",
        2024,
        None,
        "Fos-sur-Mer",
    )
    with filled.reading() as connection:
        assert list_nominees(connection, Filters(recipient="34032")).total == 1
    with filled.writing() as connection:
        assert undo(connection, "Ana") is None
    with filled.reading() as connection:
        assert list_nominees(connection, Filters(recipient="34032")).total == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"recipient_name": " "}, "au moins"),
        ({"status": "winner"}, "statut"),
        ({"edition": "deux mille"}, "année"),
        ({"edition": "24"}, "année"),
        ({"category": "x" * 301}, "trop long"),
    ],
)
def test_values_that_cannot_be_are_refused(filled: Database, changes: dict[str, str], told: str) -> None:
    with pytest.raises(DecisionError, match=told), filled.writing() as connection:
        add(connection, RELEASE, {**SAID, **changes}, None, "Ana")


def test_the_same_fact_is_not_added_twice(filled: Database) -> None:
    fact = _fact(filled)
    with pytest.raises(DecisionError, match="déjà"), filled.writing() as connection:
        add(connection, RELEASE, fact, None, "Ana")


def test_a_selection_outside_the_text_is_refused(filled: Database) -> None:
    with pytest.raises(DecisionError, match="sélection"), filled.writing() as connection:
        add(connection, RELEASE, SAID, (0, 999), "Ana")


def test_nobody_vouches_for_a_release_with_undecided_facts(filled: Database) -> None:
    with pytest.raises(DecisionError), filled.writing() as connection:
        check_release(connection, RELEASE, "Ana")
    with filled.writing() as connection:
        accept(connection, _fact(filled)["id"], 1, "Ana")
        check_release(connection, RELEASE, "Ana")
    with filled.reading() as connection:
        assert connection.execute(select(releases.c.checked_by)).scalar_one() == "Ana"


def test_a_refused_decision_leaves_no_trace(filled: Database) -> None:
    load(filled, [record(TEXT, distinction(level="Or"), distinction(BEZIERS))], version="test")
    with pytest.raises(DecisionError), filled.writing() as connection:
        add(connection, RELEASE, {**SAID, "status": "awarded"}, None, "Ana")
    with filled.reading() as connection:
        assert connection.execute(select(reviews)).all() == []
