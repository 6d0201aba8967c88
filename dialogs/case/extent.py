"""How much of a case a contact person may be told, by the channel that carries it and by the case. Law: this is decided here, and nowhere else."""

from dataclasses import dataclass
from typing import Literal

from dialogs.case.case import Case
from dialogs.language.channel import Channel

StaffBot = Literal["notices", "full"]
"""What contact persons' chats are for, as the setting says: to be told that something waits, or to work in as well."""
MayBeSaid = Literal["all", "notice", "number"]
"""Everything; what happened to which case, how long it waits, and where the rest is; or of the case its number alone, and where the rest is."""


@dataclass(frozen=True, slots=True)
class ByChannel:
    """What may be said to contact persons on one channel."""

    channel: Channel
    chats: StaffBot

    def of(self, case: Case | None) -> MayBeSaid:
        """How much of a case; of None, how much of what is about no case."""
        if not self.channel.carried:
            return "all"
        if case and case.protected:
            return "number"
        return "all" if self.channel.way == "pushed" and self.chats == "full" else "notice"
