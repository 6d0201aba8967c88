"""Who writes a draft together: since when, and who invited whom.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("participants", sa.Column("since", Instant(), nullable=True))
    op.add_column("case_invitations", sa.Column("by_person", ID, nullable=True))
