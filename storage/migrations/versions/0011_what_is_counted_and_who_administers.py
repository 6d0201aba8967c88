"""In which state a case counts that was closed or disposed of.

Only adds: the program before this one goes on working beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("cases", sa.Column("counted", sa.String(12), nullable=False, server_default=""))
