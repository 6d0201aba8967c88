"""A seal on each row that says who writes a case (storage/cases/writers.py), which `migrate` puts on those that are there; and for whom a link is.

Only adds: the program before this one goes on working beside it, and what it writes has no seal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    there = sa.inspect(op.get_bind())  # whoever went back to the program before comes this way again
    if "seal" not in {one["name"] for one in there.get_columns("participants")}:
        op.add_column("participants", sa.Column("seal", sa.String(64), nullable=True))
    for table in ("participants", "case_invitations"):
        if "link_for" not in {one["name"] for one in there.get_columns(table)}:
            op.add_column(table, sa.Column("link_for", sa.String(40), nullable=False, server_default=""))
