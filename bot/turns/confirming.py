"""Confirming an e-mail address: each letter asks its reader to say that they read it, until they have."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from dialogs.applicants import sending
from dialogs.language.words import Words
from storage.cases import confirmations

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


class Confirming:
    """Asks people to confirm their e-mail address. `here` is where the web is reached, without a slash at its end."""

    def __init__(self, keys: Keys, here: str) -> None:
        self._keys, self._here = keys, here

    async def asked(self, connection: "AsyncConnection", case: int, address: str, now: datetime) -> tuple[Words, ...]:
        """What a letter about this case says to an address that nobody has confirmed, with a new link each time. Empty for any other address."""
        if await confirmations.confirmed(connection, case, address):
            return ()
        token = self._keys.new()
        await confirmations.ask(connection, case, address, self._keys.hash(token), now)
        return sending.please_confirm(f"{self._here}/confirm/{token}")
