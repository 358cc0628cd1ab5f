"""Keys, sources, runs, nominees and reviews; what the first tables held is carried over.

What can be worked out from the facts (keys, nominees) is worked out after the last migration, by
`pipeline.database.connection`.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from pipeline.database.schema import POSTGRES_SEARCH, SQLITE_SEARCH

revision = "0002"
down_revision = "0001"

_FIRST = ("releases", "distinctions", "places", "dates", "quantities", "events")
_CARRIED = {
    "releases": "id, source, title, published, published_method, issuer_kind, issuer_code, issuer_name, type, "
    "type_score, text, warnings",
    "places": 'release, start, "end", text, kind, code, name, type, departement, score',
    "dates": 'release, start, "end", text, first_day, last_day, edtf, timex_type, timex_value, timex_mod',
    "quantities": 'release, start, "end", text, value, value_max, unit, comparator, indicator, holder, platform',
    "events": 'release, name, ordinal, first_day, last_day, place_code, place_name, start, "end", text',
}
_FACT = (
    "release, recipient_kind, recipient_code, recipient_name, award_id, award_name, organiser, edition, "
    "category, level, status, object, decided_first_day, decided_last_day, score, evidence, source"
)
_MACHINE = (
    "recipient_kind", "recipient_code", "recipient_name", "award_id", "award_name", "organiser",
    "edition", "category", "level", "status", "object",
)  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    op.execute("DROP VIEW nominees")
    for index in sa.inspect(connection).get_table_names():
        for known in sa.inspect(connection).get_indexes(index):
            op.execute(f"DROP INDEX {known['name']}")
    for name in _FIRST:
        op.rename_table(name, f"first_{name}")
    _create()
    for statement in SQLITE_SEARCH if connection.dialect.name == "sqlite" else POSTGRES_SEARCH:
        op.execute(statement.replace(":", "\\:"))
    _carry(connection)
    for name in _FIRST:
        op.drop_table(f"first_{name}")


def _carry(connection: sa.Connection) -> None:
    # one release under two names was two rows: the first one stays, both names go to the sources
    once = "WHERE rowid IN (SELECT min(rowid) FROM first_releases GROUP BY id)"
    for name, columns in _CARRIED.items():
        op.execute(f"INSERT INTO {name} ({columns}) SELECT {'DISTINCT ' if name != 'releases' else ''}{columns} "
                   f"FROM first_{name} {once if name == 'releases' else ''}")  # fmt: skip
    op.execute("INSERT INTO sources (release, source) SELECT DISTINCT id, source FROM first_releases")
    texts = "SELECT d.*, r.text AS release_text, r.published FROM first_distinctions d JOIN releases r ON r.id = d.release"
    seen: set[tuple[Any, ...]] = set()
    for row in connection.execute(sa.text(texts)).mappings().all():
        machine = {name: row[name] for name in _MACHINE}
        told = (row["release"], *machine.values())
        if told in seen:
            continue
        seen.add(told)
        connection.execute(
            sa.text(
                f"INSERT INTO distinctions ({_FACT}, id, published, subject, state, machine, differs, spans, priority, version) "
                f"VALUES ({', '.join(f':{name}' for name in _FACT.split(', '))}, :id, :published, '', 'open', :machine, "
                "FALSE, :spans, 0, 1)"
            ),
            {
                **{name: row[name] for name in _FACT.split(", ")},
                "id": f"first-{len(seen)}", "published": row["published"], "machine": json.dumps(machine),
                "spans": json.dumps(_spans(row["evidence"] or "", row["release_text"] or "")),
            },
        )  # fmt: skip


def _spans(evidence: str, text: str) -> list[list[Any]]:
    """The first tables kept the words of the evidence only: where they stand."""
    found = ((text.find(words), words) for words in evidence.split(" […] ") if words)
    return [[start, start + len(words), None] for start, words in found if start >= 0]


def _create() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(length=32), nullable=False),
        sa.Column("finished", sa.String(length=32), nullable=True),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("releases", sa.Integer(), nullable=False),
        sa.Column("distinctions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("runs_pkey")),
    )
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_method", sa.Text(), nullable=True),
        sa.Column("issuer_kind", sa.Text(), nullable=True),
        sa.Column("issuer_code", sa.Text(), nullable=True),
        sa.Column("issuer_name", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("type_score", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=True),
        sa.Column("run", sa.Integer(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("releases_run_fkey")),
        sa.PrimaryKeyConstraint("number", name=op.f("releases_pkey")),
        sa.UniqueConstraint("id", name=op.f("releases_id_key")),
    )
    op.create_index(op.f("releases_checked_by"), "releases", ["checked_by"], unique=False)
    op.create_index(op.f("releases_run"), "releases", ["run"], unique=False)
    op.create_table(
        "nominees",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("recipient_kind", sa.Text(), nullable=True),
        sa.Column("recipient_code", sa.Text(), nullable=True),
        sa.Column("recipient_name", sa.Text(), nullable=True),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("award_id", sa.Text(), nullable=True),
        sa.Column("award_name", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("releases", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("contradiction", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("nominees_pkey")),
    )
    op.create_index("nominees_award", "nominees", ["award_id", "edition"], unique=False)
    op.create_index("nominees_award_name", "nominees", ["award_name", "status"], unique=False)
    op.create_index("nominees_category", "nominees", ["category"], unique=False)
    op.create_index("nominees_contradiction", "nominees", ["contradiction"], unique=False)
    op.create_index("nominees_departement", "nominees", ["departement", "status"], unique=False)
    op.create_index("nominees_edition", "nominees", ["edition", "status"], unique=False)
    op.create_index("nominees_last_day", "nominees", ["last_day"], unique=False)
    op.create_index("nominees_level", "nominees", ["level"], unique=False)
    op.create_index("nominees_other", "nominees", ["recipient_name"], unique=False)
    op.create_index("nominees_place", "nominees", ["recipient_code", "edition"], unique=False)
    op.create_index("nominees_region", "nominees", ["region"], unique=False)
    op.create_index("nominees_state", "nominees", ["state"], unique=False)
    op.create_index("nominees_status", "nominees", ["status"], unique=False)
    op.create_index(op.f("nominees_subject"), "nominees", ["subject"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("distinction", sa.String(length=20), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("reviews_pkey")),
    )
    op.create_index(op.f("reviews_distinction"), "reviews", ["distinction"], unique=False)
    op.create_index(op.f("reviews_release"), "reviews", ["release"], unique=False)
    op.create_index("reviews_who", "reviews", ["who", "id"], unique=False)
    op.create_table(
        "dates",
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("timex_type", sa.Text(), nullable=True),
        sa.Column("timex_value", sa.Text(), nullable=True),
        sa.Column("timex_mod", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("dates_release_fkey")),
    )
    op.create_index(op.f("dates_release"), "dates", ["release"], unique=False)
    op.create_table(
        "distinctions",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("recipient_kind", sa.Text(), nullable=True),
        sa.Column("recipient_code", sa.Text(), nullable=True),
        sa.Column("recipient_name", sa.Text(), nullable=True),
        sa.Column("award_id", sa.Text(), nullable=True),
        sa.Column("award_name", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("decided_first_day", sa.Date(), nullable=True),
        sa.Column("decided_last_day", sa.Date(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("nominee", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("machine", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decided_on", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("distinctions_release_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("distinctions_pkey")),
    )
    op.create_index(
        "distinctions_award_id", "distinctions", ["award_id", "state", "priority", "id"], unique=False
    )
    op.create_index(
        "distinctions_award_name", "distinctions", ["award_name", "state", "priority", "id"], unique=False
    )
    op.create_index(
        "distinctions_category", "distinctions", ["category", "state", "priority", "id"], unique=False
    )
    op.create_index(
        "distinctions_departement", "distinctions", ["departement", "state", "priority", "id"], unique=False
    )
    op.create_index("distinctions_differs", "distinctions", ["differs"], unique=False)
    op.create_index(
        "distinctions_edition", "distinctions", ["edition", "state", "priority", "id"], unique=False
    )
    op.create_index("distinctions_level", "distinctions", ["level", "state", "priority", "id"], unique=False)
    op.create_index(op.f("distinctions_nominee"), "distinctions", ["nominee"], unique=False)
    op.create_index(
        "distinctions_published", "distinctions", ["published", "state", "priority", "id"], unique=False
    )
    op.create_index(
        "distinctions_recipient_code",
        "distinctions",
        ["recipient_code", "state", "priority", "id"],
        unique=False,
    )
    op.create_index(
        "distinctions_recipient_name",
        "distinctions",
        ["recipient_name", "state", "priority", "id"],
        unique=False,
    )
    op.create_index(
        "distinctions_region", "distinctions", ["region", "state", "priority", "id"], unique=False
    )
    op.create_index(op.f("distinctions_release"), "distinctions", ["release"], unique=False)
    op.create_index(
        "distinctions_status", "distinctions", ["status", "state", "priority", "id"], unique=False
    )
    op.create_index(op.f("distinctions_subject"), "distinctions", ["subject"], unique=False)
    op.create_index("distinctions_work", "distinctions", ["state", "priority", "id"], unique=False)
    op.create_table(
        "events",
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("place_code", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("events_release_fkey")),
    )
    op.create_index(op.f("events_release"), "events", ["release"], unique=False)
    op.create_table(
        "places",
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("departement", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("places_release_fkey")),
    )
    op.create_index(op.f("places_release"), "places", ["release"], unique=False)
    op.create_table(
        "quantities",
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("value_max", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("quantities_release_fkey")),
    )
    op.create_index(op.f("quantities_release"), "quantities", ["release"], unique=False)
    op.create_table(
        "sources",
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("sources_release_fkey")),
        sa.PrimaryKeyConstraint("release", "source", name=op.f("sources_pkey")),
    )
