"""What is erased: the register of erasures for restores, counts of what was deleted, and when a draft's writers were warned.

Only adds: the program before this one goes on working beside it. What that one erases meanwhile is not in the register.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.database.database import Instant

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("drafts", sa.Column("warned_at", Instant(), nullable=True))
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_erasures_at"), "erasures", ["at"])
    op.create_table(
        "deletions",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", name=op.f("pk_deletions")),
    )
