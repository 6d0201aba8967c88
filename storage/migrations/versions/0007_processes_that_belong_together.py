"""Processes that belong together: locks that are rows, and the marks of an installation.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "locks",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_locks")),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
