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
    there = sa.inspect(op.get_bind())  # whoever went back to the program before comes this way again
    for table, column in (
        ("cases", sa.Column("counted", sa.String(12), nullable=False, server_default="")),
        ("staff", sa.Column("sought", sa.String(60), nullable=False, server_default="")),
    ):
        if column.name not in {one["name"] for one in there.get_columns(table)}:
            op.add_column(table, column)
    if there.has_table("house_events"):
        return
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
