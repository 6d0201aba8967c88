"""What a contact person looks for in the queue."""

from dataclasses import dataclass

from dialogs.words import Words, _

SORTS: dict[str, Words] = {
    "waiting": _("What has waited longest"),
    "newest": _("The newest first"),
    "area": _("By area"),
    "state": _("By state"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty fields leave everything in. `has` is "me", "nobody", or a contact person's id like "p3"; `days` at least so long a wait."""

    words: str = ""
    state: str = ""
    district: str = ""
    has: str = ""
    waits: str = ""
    locale: str = ""
    scope: str = ""
    days: int = 0
    unread: bool = False
    followed: bool = False
    sort: str = "waiting"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Filter(sort=self.sort)
