"""INSERT … ON CONFLICT, which SQLAlchemy knows of each dialect and not of both."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of that name."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
