"""In which state a case counts that was closed or disposed of; the log of who administers;
and the words that a contact person looks for, which stand in no address.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant
from storage.database.metadata import Json

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("cases", sa.Column("counted", sa.String(12), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("sought", sa.String(60), nullable=False, server_default=""))
    op.create_table(
        "house_events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("what", sa.String(24), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
