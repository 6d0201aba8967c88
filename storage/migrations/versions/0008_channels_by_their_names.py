"""Channels by the names that the field has for them: what was "applicants" is "telegram", "contact_persons" "telegram_staff", and "queue" "web_staff".

It changes what the program before this one looks for, so none of its processes may run: `migrate` waits for them to end. One that runs
all the same is refused with an error, since it would take everybody for a stranger. No column changes. Nothing that is sealed holds
the name of a channel.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

NAMES = {"applicants": "telegram", "contact_persons": "telegram_staff", "queue": "web_staff"}
TABLES = ("addresses", "outbox", "held_updates", "seen_updates")
DOUBLES = (
    ("addresses", "address", "id"),
    ("held_updates", "update_id", "id"),
    ("seen_updates", "update_id", "channel"),
)
"""Tables in which a name may stand once: what two rows may not share, and whose lesser value stays."""
REFUSED = {table: f"channel IN ({', '.join(repr(name) for name in NAMES)})" for table in TABLES} | {
    "locks": f"name IN ({', '.join(repr(f'poll:{name}') for name in NAMES)})"
}
"""What a program of before would write, by table. Who may not lock a bot does not poll for it."""


def upgrade() -> None:
    for before, name in NAMES.items():
        # Programs of both kinds may have written, one after the other: whoever was there first is who people are.
        for table, same, lesser in DOUBLES:
            both = f"IN ('{before}', '{name}')"
            op.execute(
                f"DELETE FROM {table} WHERE channel {both} AND EXISTS (SELECT 1 FROM {table} AS one WHERE one.channel {both} "  # noqa: S608 - names of ours
                f"AND one.{same} = {table}.{same} AND one.{lesser} < {table}.{lesser})"
            )
        for table in TABLES:
            op.execute(f"UPDATE {table} SET channel = '{name}' WHERE channel = '{before}'")  # noqa: S608 - names of ours
        op.execute(f"DELETE FROM locks WHERE name = 'poll:{before}'")  # noqa: S608 - a name of ours; nobody polls just now
    for table, refused in REFUSED.items():
        guard = f"ck_{table}_of_before"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {guard} CHECK (NOT {refused})")
        else:  # SQLite adds no constraint to a table
            op.execute(
                f"CREATE TRIGGER {guard} BEFORE INSERT ON {table} WHEN NEW.{refused} "
                "BEGIN SELECT RAISE(ABORT, 'a program of before 0008 has to be stopped'); END"
            )
