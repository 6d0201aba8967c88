"""Links and sessions: a browser's session is no longer the private link, and neither is the address of a person on the web.

Only adds: the program before this one goes on working beside it. What it knows as a chat stays its address on the web, so that it still
finds everybody; `since` stays empty until this program has made a session and a link of it (storage/people/sessions.py).
"""

import sqlalchemy as sa
from alembic import op

from storage.database.database import Instant

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    there = sa.inspect(op.get_bind())  # whoever went back to the program before comes this way again
    if "since" not in {one["name"] for one in there.get_columns("addresses")}:
        op.add_column("addresses", sa.Column("since", Instant(), nullable=True))
    for name in {"sessions", "links"} - {*there.get_table_names()}:
        _made(name)


def _made(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=name == "links"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{name}_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{name}_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])
