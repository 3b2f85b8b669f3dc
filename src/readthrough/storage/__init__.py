"""The record: SQLAlchemy Core tables, one file of statements per noun, Alembic migrations.

`open.open_store` is the door; everything else is reached through `domain.ports.Store`. Importing this
package costs nothing: SQLAlchemy is imported by its modules, and those by `desk.open` on first use.
"""
