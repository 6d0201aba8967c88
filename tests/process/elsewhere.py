"""The program on a machine whose clock is wrong: `python -m tests.process.elsewhere SECONDS COMMAND`, ahead by so many seconds."""

import sys
from datetime import datetime, timedelta

from bot.__main__ import main
from bot.operations import timekeeper
from bot.settings import clock
from bot.settings.clock import here


def ahead(seconds: float) -> None:
    """This machine's clock is ahead from now on."""

    def wrong() -> datetime:
        return here() + timedelta(seconds=seconds)

    for module in (clock, timekeeper):
        vars(module)["here"] = wrong


if __name__ == "__main__":
    ahead(float(sys.argv.pop(1)))
    main()
