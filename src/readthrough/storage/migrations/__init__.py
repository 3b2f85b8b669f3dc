"""Alembic's environment and the append-only list of migrations."""
