"""The program on a machine whose clock is wrong: `python -m tests.process.elsewhere SECONDS COMMAND`, ahead by so many seconds."""

import sys
from datetime import datetime, timedelta

from bot.__main__ import main
from bot.settings.clock import Clock


class Ahead(Clock):
    """The clock of a machine that is ahead by some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._ahead = timedelta(seconds=seconds)

    def here(self) -> datetime:
        """What this machine says."""
        return super().here() + self._ahead


if __name__ == "__main__":
    main(Ahead(float(sys.argv.pop(1))))
