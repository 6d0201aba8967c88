"""Who may see a protected case only while they are an administrator (dialogs/case/rights.py).

Only adds: the program before this one goes on working beside it, and whom it names is named whatever their role.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    there = sa.inspect(op.get_bind()).get_columns("named")
    if "by_role" not in {one["name"] for one in there}:  # whoever went back to the program before comes this way again
        op.add_column("named", sa.Column("by_role", sa.Boolean(), nullable=False, server_default="0"))
