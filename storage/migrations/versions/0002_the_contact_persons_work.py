"""The contact persons' work: a case's row becomes a copy of its events, for lists; their own drafts, absences, the access log.

Only adds: the program before this one goes on working beside it.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.database.database import Instant

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Columns are added one by one, never by copying the table: with SQLite that would drop `cases`, and all that hangs on it.
    column: sa.Column[Any]
    for column in (
        sa.Column("administrator", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("away_since", sa.String(length=10), server_default="", nullable=False),
        sa.Column("away_until", sa.String(length=10), server_default="", nullable=False),
        sa.Column("digest_on", sa.String(length=10), server_default="", nullable=False),
    ):
        op.add_column("staff", column)
    _add_deputy()
    for column in (
        sa.Column("waits_for", sa.String(length=12), server_default="nobody", nullable=False),
        sa.Column("taker", sa.String(length=120), server_default="", nullable=False),
        sa.Column("registration", sa.String(length=40), server_default="", nullable=False),
        sa.Column("locale", sa.String(length=16), server_default="", nullable=False),
        sa.Column("kinds", JSON, server_default="[]", nullable=False),
        sa.Column("scope", sa.String(length=12), server_default="", nullable=False),
        sa.Column("district", sa.String(length=24), server_default="", nullable=False),
        sa.Column("actors", JSON, server_default="[]", nullable=False),
        sa.Column("established", sa.String(length=12), server_default="", nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("protected", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("sought", sa.Text(), server_default="", nullable=False),
        sa.Column("latest", ID, server_default="0", nullable=False),
    ):
        op.add_column("cases", column)
    op.create_index(op.f("ix_cases_taken_by"), "cases", ["taken_by"])
    op.create_table(
        "case_invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_invitations_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_invitations_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_case_invitations")),
    )
    op.create_index(op.f("ix_case_invitations_case_id"), "case_invitations", ["case_id"])
    _beside_cases("named")
    _beside_cases(
        "following",
        sa.Column("follows", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("read_to", ID, server_default="0", nullable=False),
    )
    op.create_index(op.f("ix_following_person_id"), "following", ["person_id"])
    op.create_table(
        "openings",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_openings_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_openings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
    )
    op.create_index(op.f("ix_openings_case_id"), "openings", ["case_id"])
    op.create_table(
        "desk_drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("dialog", sa.String(length=24), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("changing", sa.String(length=24), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_desk_drafts_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_desk_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_desk_drafts_case_id"), "desk_drafts", ["case_id"])
    op.create_index(op.f("ix_desk_drafts_person_id"), "desk_drafts", ["person_id"])
    _fill_in()


def _add_deputy() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE staff ADD COLUMN deputy_id INTEGER CONSTRAINT fk_staff_deputy_id REFERENCES people (id)"
        )
        return
    op.add_column("staff", sa.Column("deputy_id", ID, nullable=True))
    op.create_foreign_key(op.f("fk_staff_deputy_id"), "staff", "people", ["deputy_id"], ["id"])


def _beside_cases(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{name}_person_id")),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f(f"pk_{name}")),
    )


def _fill_in() -> None:
    """Let the events of what was sent before say all that today's say, and copy it into the rows."""
    connection = op.get_bind()
    cases = sa.table(
        "cases",
        *(
            sa.column(name)
            for name in ("id", "reference", "state", "taken_by", "taker", "waits_for", "locale", "scope")
        ),
        *(sa.column(name) for name in ("sought", "latest", "established")),
        sa.column("title", JSON),
        sa.column("kinds", JSON),
        sa.column("sent_at", Instant()),
    )
    events = sa.table(
        "case_events",
        sa.column("id"),
        sa.column("case_id"),
        sa.column("what"),
        sa.column("at", Instant()),
        sa.column("data", JSON),
    )
    sent = sa.table(
        "submissions",
        *(sa.column(name) for name in ("id", "draft_id", "dialog", "locale")),
        sa.column("record", JSON),
    )
    staff = sa.table("staff", sa.column("person_id"), sa.column("name"))
    names = {row.person_id: row.name for row in connection.execute(sa.select(staff))}
    by_draft = {row.draft_id: row for row in connection.execute(sa.select(sent))}
    for case in connection.execute(sa.select(cases).where(cases.c.reference.is_not(None))).all():
        row: dict[str, Any] = {
            "waits_for": "nobody" if case.state == "withdrawn" else "city",
            "taker": names.get(case.taken_by, ""),
            "sought": "\n".join((case.reference, case.title if isinstance(case.title, str) else "", "")).casefold(),
        }
        kinds: list[str] = []
        for event in connection.execute(
            sa.select(events).where(events.c.case_id == case.id).order_by(events.c.id)
        ).all():
            row["latest"] = event.id
            one = by_draft.get(event.data.get("draft"))
            if one is None or not event.what.endswith("_sent"):
                continue
            facts = one.record.get("facts") or {}
            data = {
                "draft": one.draft_id,
                "submission": one.id,
                "reference": case.reference,
                "locale": one.locale,
                "title": one.record.get("title") or case.title,
                "scope": facts.get("scope"),
                "established": (facts.get("criteria") or {}).get("established"),
            }
            data = {key: value for key, value in data.items() if value}
            connection.execute(
                sa.update(events).where(events.c.id == event.id).values(data=json.loads(json.dumps(data)))
            )
            kinds.append(one.dialog)
            row["locale"] = one.locale
            if one.dialog == "application":
                row |= {"scope": data.get("scope", ""), "established": data.get("established", "")}
                row.setdefault("sent_at", event.at)
        row["kinds"] = list(dict.fromkeys(kinds))
        connection.execute(sa.update(cases).where(cases.c.id == case.id).values(row))
