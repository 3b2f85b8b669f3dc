"""Runs migrations on the connection `storage.migrate` hands over, inside its transaction."""

from alembic import context

from readthrough.storage.tables import metadata


def run() -> None:
    """Run what is missing."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


# Alembic executes this file with its context set up; anything else that imports it must do no harm.
if hasattr(context, "config"):
    run()
