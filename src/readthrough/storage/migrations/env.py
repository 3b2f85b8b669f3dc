"""Runs migrations on the connection `storage.migrate` hands over, inside its transaction."""

from alembic import context

from readthrough.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
