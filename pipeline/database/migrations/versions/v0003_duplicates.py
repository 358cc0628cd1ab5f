"""All sources of a release, and the earlier release that it nearly repeats."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; the next run fills them."""
    op.add_column("releases", sa.Column("sources", sa.Text(), nullable=True))
    op.add_column("releases", sa.Column("near_duplicate_of", sa.Text(), nullable=True))
