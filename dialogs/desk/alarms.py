"""Alarms, as administrators read them: what is wrong, since when, where to look. Nothing that belongs to anybody, and no case number.

Every alarm takes `runbook`, the address where the person on duty reads what to do; "" when the installation names none.
"""

from collections.abc import Mapping
from datetime import datetime

from dialogs.language.channels import CHANNELS
from dialogs.language.replies import Tell
from dialogs.language.words import Moment, Text, Words, _

PAGE = "docs/operations.md, “Something is wrong”"
"""Where to read what to do, for an installation that has not named a runbook."""


def undelivered(since: Mapping[str, datetime], queue: str, runbook: str = "") -> Tell:
    """Messages that are due do not go out. `since` is when the oldest began to wait, by channel; `queue` is the queue's address, or ""."""
    called = {one.network: one.called for one in CHANNELS.values()}
    oldest: dict[str, datetime] = {}
    for channel, at in since.items():
        network = CHANNELS[channel].network if channel in CHANNELS else channel
        oldest[network] = min(at, oldest.get(network, at))
    words = [
        _(
            "{channel}: messages wait to be sent, the oldest since {at}.",
            channel=called.get(network, network),
            at=Moment(at),
        )
        for network, at in sorted(oldest.items())
    ]
    return _alarm(_("Messages do not get through"), words, queue, runbook)


def away(since: datetime, runbook: str = "") -> Tell:
    """A process has not been able to use its database since then. There is no link to the queue, which cannot be opened either."""
    words = [
        _(
            "A process of the program has not been able to read and write there since {at}. What comes in now waits, or is answered with an apology. Nothing that was acknowledged is lost.",
            at=Moment(since),
        )
    ]
    return _alarm(_("The program cannot use its database"), words, "", runbook)


def room(queue: str, runbook: str = "") -> Tell:
    """Files have taken up nearly all the room they may."""
    words = [
        _("Soon no more files can be taken in. Everything else goes on. The settings are FILES_MB and DISK_RESERVE_MB.")
    ]
    return _alarm(_("There is hardly any room left for files"), words, queue, runbook)


def failed(queue: str, runbook: str = "") -> Tell:
    """Something that a person sent failed every time, through a fault of ours, and was given up."""
    words = [_("There is a fault in the program. Whoever sent it was told that something went wrong.")]
    return _alarm(_("What somebody sent could not be dealt with"), words, queue, runbook)


def lost(queue: str, runbook: str = "") -> Tell:
    """Every attempt to send a message ended the process half-way, so the message was given up. There may be several such messages."""
    words = [_("Each time it was to be sent, the program ended. It is not tried any more, so that the others can go.")]
    return _alarm(_("A message was given up, since it ends the program"), words, queue, runbook)


def _alarm(title: Words, words: list[Words], queue: str, runbook: str) -> Tell:
    said: list[Text] = [
        *words,
        _(
            "What to do, for whoever runs the program: {page}. The next alarm about this comes in an hour at the earliest.",
            page=runbook or PAGE,
        ),
    ]
    if queue:
        said.append(_("Open the queue: {link}", link=queue))
    return Tell(tuple(said), title=title, tone="trouble", lasting=True)
