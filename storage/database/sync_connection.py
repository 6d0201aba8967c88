"""A synchronous connection that looks like an asynchronous one: storage is written once, and pays for waiting only where it waits."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

Made = TypeVar("Made")


class SyncConnection:
    """A synchronous connection with those methods of an AsyncConnection that storage uses; its coroutines never wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        """The dialect of the underlying database."""
        return self._connection.dialect

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement; returns its result, whose rows can be read at once."""
        return self._connection.execute(statement, parameters)

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement written for the driver itself."""
        return self._connection.exec_driver_sql(statement, parameters)

    async def run_sync(self, work: Callable[..., Any], *given: Any) -> Any:
        """Call `work` with the synchronous connection, and return its result."""
        return work(self._connection, *given)


def as_async(connection: Connection) -> AsyncConnection:
    """`connection`, in the form that storage expects."""
    return cast("AsyncConnection", SyncConnection(connection))


def driven(connection: Connection, work: Callable[[AsyncConnection], Coroutine[Any, Any, Made]]) -> Made:
    """Run `work` on a connection in one go, and return its result. RuntimeError when it waits for anything but the database."""
    going = work(as_async(connection))
    try:
        going.send(None)
    except StopIteration as done:
        return cast("Made", done.value)
    going.close()
    raise RuntimeError("this waits for something that is not the database")
