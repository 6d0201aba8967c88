"""Updates that have been charged to their chat. Law: what comes again because of us, or of Telegram, costs nobody anything."""

MOST = 10_000
"""Updates that are remembered: those that came last, for the first time or again."""


class Charged:
    """The ids of updates of one bot. After a week of silence Telegram may number anew (Bot API, Update): an act for nothing, at worst."""

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}

    def new(self, updates: tuple[int, ...]) -> int:
        """How many of these have not been charged."""
        return sum(id not in self._ids for id in updates)

    def add(self, updates: tuple[int, ...]) -> None:
        """Remember them, and forget those that have not come for the longest time."""
        for id in updates:
            self._ids.pop(id, None)
            self._ids[id] = None
        while len(self._ids) > MOST:
            self._ids.pop(next(iter(self._ids)))
