"""Which messages in contact persons' chats are about which case, so that they can be taken back.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("told"):  # whoever went back to the program before comes this way again
        return
    op.create_table(
        "told",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("message", sa.String(40), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_told_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_told_person_id")),
        sa.PrimaryKeyConstraint("channel", "address", "message", "case_id", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_case_id"), "told", ["case_id"])
    op.create_index(op.f("ix_told_at"), "told", ["at"])
