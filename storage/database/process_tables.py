"""Tables for the processes themselves: locks on what only one may do at a time, and marks that all must share."""

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
"""What only one process does at a time, and until when by the database's clock unless it renews the lock:
a row outlives a pooler, a fail-over and a connection that went silent.
"""
installation = Table(
    "installation",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
"""Marks by which processes recognise that they belong together: the fingerprint of their key, the mark of their files' store."""
