"""Where data goes besides the city, in this installation: what its settings make true, and nothing else."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from dialogs.case.extent import StaffBot


@dataclass(frozen=True, slots=True)
class Recipients:
    """Through whose servers data passes. What is not configured is not named to anybody."""

    applicants_bot: bool = False
    staff_bot: StaffBot | Literal[""] = ""
    """What contact persons get on Telegram; "" for nothing."""
    mail: bool = False
    translation: bool = False
    hosted_by: str = ""
    """Who runs the servers for the city, and in which country, in the operator's own words; "" where they do not say."""

    @property
    def marks(self) -> str:
        """A few letters that are others as soon as data goes elsewhere than before; "" where it goes nowhere.

        Of who runs the servers it has four digits of a hash, for the column of the version has room for sixteen characters.
        """
        staff = {"": "", "notices": "n", "full": "f"}[self.staff_bot]
        host = sha256(self.hosted_by.encode()).hexdigest()[:4] if self.hosted_by else ""
        return "t" * self.applicants_bot + staff + "m" * self.mail + "x" * self.translation + host
