"""Tables for the contact persons: who they are, their invitations, and the cases that they follow, opened and work on."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
)

from storage.database.database import Instant
from storage.database.metadata import Id, Json, metadata

staff = Table(
    "staff",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("active", Boolean, nullable=False, server_default="1"),
    Column("administrator", Boolean, nullable=False, server_default="0"),
    Column("deputy_id", Id, ForeignKey("people.id")),
    Column("away_since", String(10), nullable=False, server_default=""),
    Column("away_until", String(10), nullable=False, server_default=""),
    Column("digest_on", String(10), nullable=False, server_default=""),
    Column("sought", String(60), nullable=False, server_default=""),
)
invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)
case_invitations = Table(
    "case_invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("by_person", Id),
    Column("link_for", String(40), nullable=False, server_default=""),
)
"""`by_person` is the writer who made the link; none where a contact person did. `link_for` is for whom, as long as nobody has used it."""
named = Table(
    "named",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("by_role", Boolean, nullable=False, server_default="0"),
)
"""The people who may see a protected case, `by_role` only while they are administrators: a copy of what its events say, for lists."""


house_events = Table(
    "house_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("what", String(24), nullable=False),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("chain", String(64), nullable=False),
    sqlite_autoincrement=True,
)
"""Who administers (storage/cases/house_events.py): append-only, and chained as the events of a case. `person_id` did it; none on the command line."""


following = Table(
    "following",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("follows", Boolean, nullable=False, server_default="0"),
    Column("read_to", Id, nullable=False, server_default="0"),
)
"""How far a contact person has read a case, and whether they want notices about it."""


openings = Table(
    "openings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("what", String(80), nullable=False),
    Column("at", Instant, nullable=False),
)
"""The access log: who opened a case, one of its files or its package. A row without a person comes from the command line."""


desk_drafts = Table(
    "desk_drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    Column("dialog", String(24), nullable=False),
    Column("answers", Json, nullable=False),
    Column("changing", String(24), nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("started_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
"""What contact persons are writing themselves. Law: the desk reads these, and never an applicant's drafts."""
told = Table(
    "told",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("message", String(40), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
"""Which messages in contact persons' chats are about which case, by the network's names for them, while they can still be deleted there."""
