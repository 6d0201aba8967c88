"""Tables for traffic with the outside world: messages that wait, counts of what people have asked for, browsers and links, confirmed addresses."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.database.database import Instant
from storage.database.metadata import Id, Json, metadata

held_updates = Table(
    "held_updates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("message", Json, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("leased_until", Instant),
    Column("at", Instant, nullable=False),
    UniqueConstraint("channel", "update_id"),
    Index("ix_held_updates_to", "channel", "address", "id"),
    sqlite_autoincrement=True,
)
"""Messages in a chat that wait for a file still being fetched, and the message that brought the file. Telegram no longer needs to keep them."""
usage = Table(
    "usage",
    metadata,
    Column("what", String(12), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How often something was done on a day in Stockholm, by a hash of who did it. The hash is keyed when it is of an applicant, a network address
or an e-mail address that they gave.
"""
confirmations = Table(
    "confirmations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("address", String(320), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
)
"""E-mail addresses that wait to be confirmed for a case, or were: `token_hash` is the keyed hash of the code that was sent there last."""
sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    sqlite_autoincrement=True,  # a button that ends one must never meet another of the same number
)
"""The browsers in which applicants have their chat open."""
links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("used_at", Instant),
    sqlite_autoincrement=True,
)
"""The private links by which applicants come back: each makes a session of its own, as often as it is used, until it is ended."""
