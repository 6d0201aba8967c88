"""All tables: those for people and cases here, the others in the modules beside it. A new question, criterion or phase changes none of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.database import door_tables, process_tables  # noqa: F401 - their tables belong to the same metadata
from storage.database.database import Instant
from storage.database.desk_tables import (
    case_invitations,
    desk_drafts,
    following,
    invitations,
    named,
    openings,
    staff,
    told,
)
from storage.database.metadata import IN_PLACE, Id, Json, metadata

__all__ = [
    "addresses",
    "case_events",
    "case_invitations",
    "cases",
    "counters",
    "deletions",
    "desk_drafts",
    "drafts",
    "erasures",
    "files",
    "following",
    "invitations",
    "metadata",
    "named",
    "openings",
    "outbox",
    "participants",
    "people",
    "seals",
    "seen_updates",
    "staff",
    "submissions",
    "told",
]
"""Law: importing the metadata from here brings every table with it."""

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locale", String(16), nullable=False),
    Column("terms", String(16), nullable=False, server_default=""),
    Column("terms_at", Instant),
    Column("at_hand", Id, nullable=False, server_default="0"),
    Column("reminders", Boolean, nullable=False, server_default="1"),
    Column("created_at", Instant, nullable=False),
    postgresql_with=IN_PLACE,
)
addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("reachable", Boolean, nullable=False, server_default="1"),
    Column("used_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("since", Instant),
    UniqueConstraint("channel", "address"),
    postgresql_with=IN_PLACE,
)
"""An address of an applicant on the web opens nothing by itself: `sessions` and `links` do. One without `since` is from before there were any, when
it was the hash of the token in the cookie and in the link (storage/people/sessions.py).
"""
TURN = "(CASE WHEN state = 'sent' THEN 0 WHEN waits_for = 'city' THEN 1 WHEN waits_for = 'nobody' THEN 3 ELSE 2 END)"
"""Whose turn comes first in the queue. Law: word for word as in the index, and so without parameters; otherwise the index is useless."""
SENT = text("reference IS NOT NULL")
cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(20), unique=True),
    Column("state", String(12), nullable=False, server_default="draft"),
    Column("title", Json),
    Column("waits_for", String(12), nullable=False, server_default="nobody"),
    Column("waiting_since", Instant, index=True),
    Column("taken_by", Id, ForeignKey("people.id"), index=True),
    Column("taker", String(120), nullable=False, server_default=""),
    Column("registration", String(40), nullable=False, server_default=""),
    Column("locale", String(16), nullable=False, server_default=""),
    Column("kinds", Json, nullable=False, server_default="[]"),
    Column("scope", String(12), nullable=False, server_default=""),
    Column("district", String(24), nullable=False, server_default=""),
    Column("actors", Json, nullable=False, server_default="[]"),
    Column("established", String(12), nullable=False, server_default=""),
    Column("sent_at", Instant),
    Column("protected", Boolean, nullable=False, server_default="0"),
    Column("sought", Text, nullable=False, server_default=""),
    Column("latest", Id, nullable=False, server_default="0"),
    Column("counted", String(12), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    # The queue in its order, with everything that it filters by: counting and choosing a page read only this, and no case.
    Index(
        "ix_cases_queue",
        text(TURN),
        *("waiting_since", "id", "reference", "state", "waits_for", "protected"),
        *("district", "taken_by", "locale", "scope", "latest"),
        sqlite_where=SENT,
        postgresql_where=SENT,
    ),
    sqlite_autoincrement=True,
)
"""In a case with events, all columns but the first and the last copy what its events say, for lists."""
participants = Table(
    "participants",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("role", String(20), nullable=False, server_default="writer"),
    Column("since", Instant),
    Column("seal", String(64)),
    Column("link_for", String(40), nullable=False, server_default=""),
)
"""Who writes a case: each of them reads and changes everything in its drafts. A row without `seal` was written by an earlier version of the program."""
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("dialog", String(24), nullable=False),
    Column("answers", Json, nullable=False),
    Column("changing", String(24), nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("sent", Boolean, nullable=False, server_default="0"),
    Column("started_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("reminded_at", Instant),
    Column("warned_at", Instant),
    sqlite_autoincrement=True,  # an old button must never meet a new draft of the same number
    postgresql_with=IN_PLACE,
)
submissions = Table(
    "submissions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, index=True),
    Column("draft_id", Id, ForeignKey("drafts.id"), nullable=False, unique=True),
    Column("dialog", String(24), nullable=False),
    Column("record", Json, nullable=False),
    Column("shared", Json),
    Column("locale", String(16), nullable=False),
    Column("terms", String(16), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("sent_at", Instant, nullable=False),
)
case_events = Table(
    "case_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("what", String(24), nullable=False),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", String(64)),
    Column("chain", String(64)),
)
"""Append-only, and chained (storage/cases/chain.py). A row without `digest` and `chain` was written by an earlier version of the program."""
seals = Table(
    "seals",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)
"""For each case, its place among the cases, how many events it has, and the last one's seal; under case 0, the number of cases. A row outlives its case."""
files = Table(
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("draft_id", Id, ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("mime", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("draft_id", "sha256"),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address", String(320), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("case_id", Id, ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    Column("draft_id", Id, ForeignKey("drafts.id", ondelete="CASCADE"), index=True),
    Column("reply", Json, nullable=False),
    Column("lasting", Boolean, nullable=False, server_default="0"),
    Column("locale", String(16), nullable=False),
    Column("replaces", String(40), nullable=False, server_default=""),
    Column("state", String(10), nullable=False, server_default="due"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lost", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("trouble", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Index("ix_outbox_next", "state", "due_at"),
    Index("ix_outbox_to", "channel", "address", "id"),
    sqlite_autoincrement=True,  # if a row is deleted while being sent, no new row may get its number
)
seen_updates = Table(
    "seen_updates",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)
counters = Table(
    "counters", metadata, Column("name", String(20), primary_key=True), Column("value", Integer, nullable=False)
)
erasures = Table(
    "erasures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", String(12), nullable=False),
    Column("key", Id, nullable=False),
    Column("data", Json, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""What was erased for good, by the id of its row and nothing else, so that we can erase it again from a restored backup."""
deletions = Table(
    "deletions",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("what", String(24), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How much the schedule deleted on a day in Stockholm: counts, and nothing about whose data it was."""
