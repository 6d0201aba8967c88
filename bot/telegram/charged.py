"""Updates that have been charged to their chat. Law: an update that comes again, because of us or of Telegram, costs nobody anything."""

MOST = 10_000
"""Updates that are remembered: those that came most recently, for the first time or again."""


class Charged:
    """The ids of one bot's charged updates. After a week of silence Telegram may renumber (Bot API, Update): at worst that gives away an act for free."""

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}

    def new(self, updates: tuple[int, ...]) -> int:
        """How many of these updates have not been charged."""
        return sum(id not in self._ids for id in updates)

    def add(self, updates: tuple[int, ...]) -> None:
        """Remember these updates, and forget the ones that came longest ago."""
        for id in updates:
            self._ids.pop(id, None)
            self._ids[id] = None
        while len(self._ids) > MOST:
            self._ids.pop(next(iter(self._ids)))
