"""Alembic's door: the connection comes from `pipeline.database.connection`, never from a file of settings."""

from alembic import context

from pipeline.database.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True
)
context.run_migrations()
