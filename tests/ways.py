"""Ways through the dialogs that tests share, and looks into the tables."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, select

from bot.turns.turns import Turns
from dialogs.language.events import Event, Press, Say, Start
from dialogs.language.replies import Reply, Review, Tell
from dialogs.language.words import Text, Words
from storage.database.database import Database
from storage.database.tables import metadata
from storage.people.people import Address, add_address, person_at
from tests.answers import TORGET, Answers, went_on
from tests.clock import now
from tests.house import Caller, asked

LINK = re.compile(r"/join/([A-Za-z0-9_-]{32})")


@dataclass(frozen=True, slots=True)
class UpTo:
    """Whatever is asked is answered by its key, until this question is asked; "" is the review."""

    question: str
    answers: Answers


Step = str | Event | UpTo
"""A button that stands there, by its act; an event; or a walk from question to question."""


def up_to(question: str = "", **own: object) -> UpTo:
    """The walk of somebody who is not ready, who answers some questions in their `own` way, by the question's key."""
    return UpTo(question, TORGET.but(**own))


def up_to_papers(words: str = "We asked.") -> UpTo:
    """To the question that asks for documents, having said these words about the needs of the area."""
    return up_to("papers", scope="yes", evidence="met", needs={"ids": ["residents"], "words": words})


BEGUN: tuple[str | Event, ...] = (Start(), "accept")
WISHED: tuple[Step, ...] = (*BEGUN, Press("meeting"), up_to())
"""Up to the review of a wish for a first meeting, with an empty application beside it."""
WRITTEN: tuple[Step, ...] = (*BEGUN, up_to())
"""Up to the review of an application that is not ready."""
SENT: tuple[str | Event, ...] = ("send", "sure")


async def goes(caller: Caller, *steps: Step) -> Caller:
    """Do these one after the other."""
    for step in steps:
        match step:
            case UpTo():
                await _answers(caller, step)
            case str():
                await caller.taps(step)
            case _:
                await caller.does(step)
    return caller


async def _answers(caller: Caller, way: UpTo) -> None:
    shown = (await caller.sees())[1]
    while (key := asked(shown)) != way.question:
        assert key, f"the review came before {way.question!r} was asked"
        await goes(caller, *acts(way.answers, key))
        shown = (await caller.sees())[1]
        went_on(key, asked(shown), shown[-1])


def acts(answers: Answers, key: str) -> list[str | Event]:
    """What answers the question of this key, one act after the other."""
    steps = (step.partition(" ") for step in answers.chat[key])
    return [Say(rest) if verb == "say" else rest for verb, _space, rest in steps]


async def ready_to_send(caller: Caller, *way: Step) -> Press:
    """Go that way to a review, and ask to send: the press that really sends."""
    await goes(caller, *way)
    review = (await caller.sees())[1][-1]
    assert isinstance(review, Review)
    await caller.taps("send")
    return Press("sure", "", review.draft, review.version)


async def also_at(turns: Turns, caller: Caller, address: Address) -> None:
    """The same person is reached at another address as well, used later."""
    async with turns.database.write() as connection:
        person = await person_at(connection, caller.address, now())
        assert person
        await add_address(connection, address, person.id, now() + timedelta(seconds=1))


async def rows(database: Database, table: Table, **having: object) -> list[Any]:
    """The rows of a table with these values, by their order of coming."""
    query = select(table).filter_by(**having).order_by(*table.primary_key.columns)
    async with database.read() as connection:
        return list((await connection.execute(query)).all())


async def number_of(database: Database, table: Table) -> int:
    """How many rows a table has."""
    async with database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def everything(database: Database) -> str:
    """Every row of every table, as text."""
    found = []
    for table in metadata.sorted_tables:
        found += [repr(tuple(row)) for row in await rows(database, table)]
    return "\n".join(found)


def link_in(replies: list[Reply]) -> str:
    """The token of the invitation that was shown."""
    words: list[Text] = [word for one in replies if isinstance(one, Tell) for word in one.words]
    found = [LINK.search(str(word.values.get("link", ""))) for word in words if isinstance(word, Words)]
    (token,) = [one[1] for one in found if one]
    return token
