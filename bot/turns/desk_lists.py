"""What a contact person reads of many cases in a chat: the queue, and how support is spread."""

from bot.documents.overview import overview_for
from bot.turns.tasks import DeskWork
from dialogs.desk import screens
from dialogs.desk.filter import UNTAKEN, Filter
from dialogs.desk.overview import overview_screens
from dialogs.language.replies import Reply, Tell
from dialogs.language.words import _
from storage.cases import queue

LONGEST_SEARCH = 60
"""The most characters of a text that is looked for in the queue, when somebody writes it while no draft is at hand."""


async def queue_screen(work: DeskWork, name: str, words: str = "") -> Tell:
    """The part of the queue with this name, or what matches `words`."""
    wanted, title = {
        "mine": (Filter(has="me"), _("My cases")),
        "untaken": (UNTAKEN, _("Not taken yet")),
        "unread": (Filter(unread=True), _("With something new")),
        "followed": (Filter(followed=True), _("Followed")),
    }.get(name, (searched(words), _("Found: {words}", words=words[:60]) if words else _("The queue")))
    found, total = await queue.find(work.connection, work.who, wanted, work.now, most=screens.SHOWN)
    counts = {} if wanted.narrows else await queue.counts(work.connection, work.who)
    return screens.queue(tuple((one.case, one.unread) for one in found), total, work.now, title, counts)


async def overview_screen(work: DeskWork) -> tuple[Reply, ...]:
    """How support is spread over the city."""
    turns = work.turns
    async with turns.database.beside(work.connection) as connection:
        found = await overview_for(connection, turns.house.city, work.who)
    return overview_screens(found, turns.house.city, f"{turns.desk}/queue/overview")


def searched(words: str) -> Filter:
    """What a chat finds by these words. Law: a protected case by its number alone, or the answer would say what its area is called."""
    return Filter(words=words, openly=bool(words))
