"""The chain of a case's events, and the seals on it. `migrate` seals what is there already.

Only adds: the program before this one goes on working beside it. What it writes meanwhile is not in the chain; `python -m bot seal` takes it in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("digest", "chain"):
        op.add_column("case_events", sa.Column(name, sa.String(length=64), nullable=True))
    op.create_table(
        "seals",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_seals")),
    )
