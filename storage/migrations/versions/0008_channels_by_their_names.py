"""Channels by the names that the field has for them: what was "applicants" is "telegram", "contact_persons" "telegram_staff", and "queue" "web_staff".

It changes what the program before this one looks for, so none of its processes may run: `migrate` waits for them to end.
No column changes. Nothing that is sealed holds the name of a channel.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

NAMES = {"applicants": "telegram", "contact_persons": "telegram_staff", "queue": "web_staff"}
TABLES = ("addresses", "outbox", "held_updates", "seen_updates")


def upgrade() -> None:
    for table in TABLES:
        for before, name in NAMES.items():
            op.execute(f"UPDATE {table} SET channel = '{name}' WHERE channel = '{before}'")  # noqa: S608 - names of ours
    for before in NAMES:  # who polls for a bot: nobody does just now
        op.execute(f"DELETE FROM locks WHERE name = 'poll:{before}'")  # noqa: S608 - a name of ours
