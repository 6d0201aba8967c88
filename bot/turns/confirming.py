"""Confirming an e-mail address: a code goes there, and has to come back from the chat in which the address was given."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.settings.keys import Keys
from bot.turns.carried import something_new
from bot.turns.daily_limits import DailyLimits, may_try, may_write
from dialogs.applicants import confirm_address, sending
from dialogs.applicants.acts import Confirm
from dialogs.applicants.where import Standing
from dialogs.language.channels import MAIL
from dialogs.language.replies import Tell
from storage.cases import cases, confirmations
from storage.outbox import outbox
from storage.outbox.outbox import About
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from dialogs.case.case import Case


LEAST: int = 10 ** (confirm_address.DIGITS - 1)
"""The least code: none begins with a zero, or it would be read as the number of a button where there are none."""


class Confirming:
    """Asks people to confirm their e-mail address, as often as the limits of a day allow."""

    def __init__(self, keys: Keys, limits: DailyLimits) -> None:
        self._keys, self._limits = keys, limits

    async def waits(self, connection: "AsyncConnection", case: int, address: str, now: datetime) -> bool:
        """Whether nobody has confirmed this address. Then it is noted, so that those who write the case are offered to."""
        if await confirmations.confirmed(connection, case, address):
            return False
        await confirmations.note(connection, case, address, self._keys.hash(self._keys.new()), now)
        return True

    async def ask(self, connection: "AsyncConnection", case: "Case", address: str, locale: str, now: datetime) -> bool:
        """Send a new code to this address. False, and nothing is sent, when that is as much as goes there on one day."""
        if not await may_write(connection, self._limits, self._keys, address, now):
            return False
        code = str(LEAST + secrets.randbelow(9 * LEAST))
        await confirmations.ask(connection, case.id, address, self._keys.hash(_named(case.id, address, code)), now)
        new = something_new(case)
        letter = replace(new, words=(*new.words, *confirm_address.in_letter(code)))
        await outbox.put(connection, Address(MAIL.name, address), None, About(case.id), letter, locale, now)
        return True

    async def done(self, connection: "AsyncConnection", act: Confirm, standing: Standing, now: datetime) -> Tell:
        """Carry out what somebody does about it, and what to say to them."""
        there, on = await confirmations.waiting(connection, standing.person), confirm_address.on(standing)
        if not there or (not act.code and not act.case):
            return confirm_address.waits([(one.case, one.address) for one in there], on)
        if act.code:
            return await self._typed(connection, act.code, standing, there[0].case, now)
        one = next((one for one in there if one.case == act.case), there[0])
        case = await cases.case_by_id(connection, one.case)
        if case is None or not await self.ask(connection, case, one.address, standing.locale, now):
            return confirm_address.enough(one.address, standing.house.mailbox, on)
        return confirm_address.sent(one.address, one.case)

    async def _typed(
        self, connection: "AsyncConnection", code: str, standing: Standing, case: int, now: datetime
    ) -> Tell:
        """Somebody has typed in a code: what it confirms is told what had to be left out of the first letter."""
        on = confirm_address.on(standing)
        if not await may_try(connection, self._keys, standing.person, now):
            return confirm_address.too_often(standing.house.mailbox, on)
        tried = await confirmations.tried(connection, standing.person, now)
        if not tried:
            return confirm_address.over(case, on)
        right = [one for one in tried if one.token_hash in self._keys.hashes(_named(one.case, one.address, code))]
        if not right:
            return confirm_address.wrong(tried[0].case)
        await confirmations.confirm(connection, standing.person, right[0].address, now)
        await self._receipt(connection, standing, right[0], now)
        return confirm_address.confirmed(right[0].address, on)

    async def _receipt(
        self, connection: "AsyncConnection", standing: Standing, one: confirmations.Waiting, now: datetime
    ) -> None:
        arrived = [sent for sent in standing.arrived if sent.case == one.case]
        case = await cases.case_by_id(connection, one.case)
        if not arrived or case is None or case.protected:
            return
        last = max(arrived, key=lambda sent: sent.at)
        receipt = sending.receipt(last.dialog, last.reference, last.at, standing.house.mailbox, last.case)
        to = Address(MAIL.name, one.address)
        await outbox.put(connection, to, None, About(one.case), receipt, standing.locale, now)


def _named(case: int, address: str, code: str) -> str:
    """What a code is for: the same digits mean nothing for another address, or in another case."""
    return f"code:{case}:{address}:{code}"
