"""The tables as beffroi 0.1 wrote them: those of a run, in SQLite, without keys and without reviews."""

from alembic import op

revision = "0001"
down_revision = None

_TABLES = {
    "releases": "id TEXT, source TEXT, title TEXT, published TEXT, published_method TEXT, issuer_kind TEXT, "
    "issuer_code TEXT, issuer_name TEXT, type TEXT, type_score REAL, text TEXT, warnings TEXT",
    "distinctions": "release TEXT, recipient_kind TEXT, recipient_code TEXT, recipient_name TEXT, award_id TEXT, "
    "award_name TEXT, organiser TEXT, edition INTEGER, category TEXT, level TEXT, status TEXT, object TEXT, "
    "decided_first_day TEXT, decided_last_day TEXT, score REAL, evidence TEXT, source TEXT",
    "places": 'release TEXT, start INTEGER, "end" INTEGER, text TEXT, kind TEXT, code TEXT, name TEXT, '
    "type TEXT, departement TEXT, score REAL",
    "dates": 'release TEXT, start INTEGER, "end" INTEGER, text TEXT, first_day TEXT, last_day TEXT, edtf TEXT, '
    "timex_type TEXT, timex_value TEXT, timex_mod TEXT",
    "quantities": 'release TEXT, start INTEGER, "end" INTEGER, text TEXT, value REAL, value_max REAL, '
    "unit TEXT, comparator TEXT, indicator TEXT, holder TEXT, platform TEXT",
    "events": "release TEXT, name TEXT, ordinal INTEGER, first_day TEXT, last_day TEXT, place_code TEXT, "
    'place_name TEXT, start INTEGER, "end" INTEGER, text TEXT',
}


def upgrade() -> None:
    for name, columns in _TABLES.items():
        op.execute(f"CREATE TABLE {name} ({columns})")
        key = "id" if name == "releases" else "release"
        op.execute(f"CREATE INDEX {name}_{key} ON {name} ({key})")
    for column in ("recipient_code", "award_id", "edition", "status"):
        op.execute(f"CREATE INDEX distinctions_{column} ON distinctions ({column})")
    op.execute(
        "CREATE VIEW nominees AS SELECT d.*, r.published, r.issuer_code, r.issuer_name "
        "FROM distinctions d JOIN releases r ON r.id = d.release AND r.source = d.source"
    )
