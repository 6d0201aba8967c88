"""Who writes a draft together: since when, and who invited whom.

Only adds: the program before this one goes on working beside it. The way back (docs/operations.md) leaves what was added, and what stands
in it; whoever comes forward again finds it there.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _add("participants", sa.Column("since", Instant(), nullable=True))
    _add("case_invitations", sa.Column("by_person", ID, nullable=True))


def _add(table: str, column: sa.Column[Any]) -> None:
    """Add a column, unless it is there."""
    if column.name not in {one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)}:
        op.add_column(table, column)
