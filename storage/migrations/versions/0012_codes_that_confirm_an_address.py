"""How often a code was guessed at that confirms an e-mail address. The links that did so before confirm nothing any more; what they confirmed, stays.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    there = sa.inspect(op.get_bind())  # whoever went back to the program before comes this way again
    if "tries" not in {one["name"] for one in there.get_columns("confirmations")}:
        op.add_column("confirmations", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
