"""Tables of the processes themselves: what only one of them does at a time, and what all of them must have in common."""

from sqlalchemy import Column, String, Table

from storage.database.database import Instant
from storage.database.metadata import metadata

locks = Table(
    "locks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)
"""What one process does at a time, until when by the database's clock unless it says so again:
a row outlives a pooler, a fail-over and a line that went silent.
"""
installation = Table(
    "installation",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
"""Marks by which processes know that they belong together: the fingerprint of their key, the mark of their files' store."""
