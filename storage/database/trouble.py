"""Trouble with the database, and whose fault it is. Law 4: when the installation refuses a message, it is never the message's fault; it waits, and we retry."""

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.database.sqlstate import sqlstate

WORLDS = {
    "08": "the line to the database broke",
    "25": "the state of a transaction, above all 25006: the database takes no writes",
    "26": "a prepared statement that is not there: a pooler gave us somebody else's session",
    "28": "the role or its password",
    "34": "a cursor that is not there, as 26",
    "3D": "no such database",
    "3F": "no such schema",
    "40": "another transaction was in the way",
    "53": "too little room: disk, memory, connections",
    "55": "something is in use",
    "57": "somebody stopped a statement or the server",
    "58": "the server's disk or files",
    "F0": "the server's settings",
    "XX": "the server is damaged, or does not know itself",
}
"""Classes of SQLSTATE (its first two characters) which mean that something is wrong with the installation or the world."""
INSTALLATIONS = {
    "0A000": "a cached plan that a migration has made invalid",
    "22P05": "a database that is not UTF8; the one character that UTF8 cannot store, NUL, is taken out before (law 9), and is 22021",
    "42501": "the role lacks a right",
    "42703": "a column is missing: the wrong order of a deploy",
    "42704": "an object is missing, such as a collation",
    "42883": "a function is missing",
    "42P01": "a table is missing",
    "42P05": "a prepared statement is there already: a pooler",
}
"""Codes of the installation in classes that otherwise blame what somebody sent (22) or our own statements (42)."""
OURS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""Errors by which an embedded database, which has no SQLSTATE, rejects a statement or its values."""


class Conflict(Exception):
    """Somebody else changed a draft meanwhile: take the turn again, on its present state."""


def passing(error: BaseException) -> bool:
    """Whether the world or the installation is at fault, so that the same will work once that is mended, and neither this message nor our code is."""
    if code := sqlstate(error):
        return code[:2] in WORLDS or code in INSTALLATIONS
    if isinstance(error, DBAPIError):
        return not isinstance(error, OURS)
    return isinstance(error, OSError | TimeoutError | PoolTimeout | Conflict)
