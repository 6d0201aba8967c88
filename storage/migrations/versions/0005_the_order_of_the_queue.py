"""The queue in its order, as an index; and room on a page for rows that every turn changes (PostgreSQL).

Only adds: the program before this one goes on working beside it. The room is there for rows that come from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TURN = "(CASE WHEN state = 'sent' THEN 0 WHEN waits_for = 'city' THEN 1 WHEN waits_for = 'nobody' THEN 3 ELSE 2 END)"
SENT = "reference IS NOT NULL"
HOLDS = (
    *("waiting_since", "id", "reference", "state", "waits_for", "protected"),
    *("district", "taken_by", "locale", "scope", "latest"),
)


def upgrade() -> None:
    op.create_index(
        op.f("ix_cases_queue"),
        "cases",
        [sa.text(TURN), *HOLDS],
        sqlite_where=sa.text(SENT),
        postgresql_where=sa.text(SENT),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("people", "addresses", "drafts"):
            op.execute(f"ALTER TABLE {table} SET (fillfactor = 70)")
