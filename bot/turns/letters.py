"""Letters to the applicants: a notice as it may be said at the e-mail address that they gave."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.settings.clock import Clock
from bot.turns.carried import something_new
from bot.turns.confirming import Confirming
from dialogs.applicants import confirm_address, sending
from dialogs.applicants.where import House
from dialogs.case.case import Case
from dialogs.language.replies import Appointment, Tell
from dialogs.language.words import Text, Words, _
from storage.people.people import Address

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


class LettersToApplicants:
    """Words the letters of one installation. Without `confirming` no address is ever confirmed."""

    def __init__(self, house: House, clock: Clock, confirming: Confirming | None) -> None:
        self._house, self._clock, self._confirming = house, clock, confirming

    async def of(
        self, connection: "AsyncConnection", reply: Tell | Appointment, case: Case, to: Address, *, chat: bool = True
    ) -> tuple[Tell | Appointment, bool]:
        """A notice as a letter, and whether it says the whole of it. A mistyped address shows a stranger only a number: the full text goes only where a
        code came back from. Without `chat` those who wrote the case have deleted everything about themselves: no letter leads them there.
        """
        confirming, now = self._confirming, self._clock.now()
        waits = not case.protected and (not confirming or await confirming.waits(connection, case.id, to.address, now))
        whole = not (waits or case.protected)
        reply = reply if whole else something_new(case)
        more: list[Text] = [*confirm_address.not_yet()] if waits and chat else []
        if self._house.chat and chat:
            more.append(_("To answer, open the chat: {link}", link=self._house.chat))
        if self._house.mailbox:
            more.append(self._mailbox(case, whole or chat))
        return replace(reply, words=(*reply.words, *more)), whole

    def _mailbox(self, case: Case, beside: bool) -> Words:
        """The way by mail: `beside` the chat or what the letter says, or the only one there is."""
        mailbox = self._house.mailbox
        if beside:
            return _("You can also answer this letter. It goes to {mailbox}.", mailbox=mailbox)
        return sending.reach(mailbox, case.reference)
