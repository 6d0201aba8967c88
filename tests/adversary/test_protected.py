"""A protected case is nowhere for those who are not named: not in a count, not in what was on its way already, not in a mail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Table, delete, event

from bot.documents.enclosure import enclosure
from dialogs.language.events import Command, Event, Press, Say
from dialogs.language.replies import Export, Tell
from storage.database.tables import (
    case_events,
    case_invitations,
    cases,
    drafts,
    files,
    following,
    named,
    openings,
    participants,
    submissions,
)
from storage.database.tables import outbox as outbox_rows
from storage.outbox import outbox
from storage.outbox.outbox import About, Post
from storage.people import people
from storage.people.people import Address
from tests.adversary.asking import Asking
from tests.adversary.roles import ACTIVE, NO_CASE, NOBODY, SEES, Cast, as_text
from tests.clock import now
from tests.house import Caller, buttons, pressed
from tests.ways import rows

LISTS = (
    "/queue",
    "/queue?state=taken",
    "/queue?waits=city",
    "/queue?has=me",
    "/queue?unread=1",
    "/queue?sort=newest",
    "/queue?sought=1",
    "/queue/overview",
    "/queue/overview.csv",
    "/queue/overview.svg",
    "/queue/people",
)
ONCE = re.compile(r'name="once" value="\d+"')
"""The number by which a form that is sent twice is known: another one each time."""
IN_THE_BOT = ("queue", "mine", "untaken", "unread", "followed", "overview")
OF_CASES: tuple[Table, ...] = (
    outbox_rows, named, following, openings, case_invitations, submissions, files, drafts, participants, case_events,
)  # fmt: skip
NOT_NAMED = sorted(ACTIVE - SEES["protected"])


async def never_was(cast: Cast) -> None:
    """Take the protected case out of every table, as if nobody had ever begun it."""
    async with cast.turns.database.write() as connection:
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in OF_CASES:
            await connection.execute(delete(table).where(table.c.case_id == cast.cases["protected"]))
        await connection.execute(delete(cases).where(cases.c.id == cast.cases["protected"]))


async def undelivered(cast: Cast) -> None:
    """Something in the protected case could not be delivered."""
    async with cast.turns.database.write() as connection:
        await outbox.nowhere(connection, About(cast.cases["protected"]), Tell(("A word.",), lasting=True), now())


async def lists(asking: Asking) -> dict[tuple[str, str], str]:
    """Every list and count, for everybody who is not named."""
    found = {}
    for role in NOT_NAMED:
        await asking.ask(role, "POST", "/queue", {"words": "SAM"})
        for path in LISTS:
            body = (await asking.ask(role, "GET", path)).body.decode()
            found[role, path] = ONCE.sub("", body)
        for act in IN_THE_BOT:
            found[role, act] = as_text(await asking.cast.told(asking.cast.desk(role), Command(act)))
    return found


async def test_every_list_is_as_if_it_had_never_been(asking: Asking) -> None:
    await undelivered(asking.cast)
    there = await lists(asking)
    await never_was(asking.cast)
    gone = await lists(asking)
    for key, said in there.items():
        assert said == gone[key], key


async def test_a_package_on_its_way_does_not_reach_who_may_not_see_it_any_more(cast: Cast) -> None:
    """It was asked for when it was allowed; the bytes are made when it is sent."""
    for role in ("named", "without", "gone"):
        post = Post(
            1,
            cast.desk(role).address,
            cast.ids[role],
            Export(("-",), "package", cast.cases["protected"]),
            "en",
            "",
            1,
            now(),
        )
        async with enclosure(cast.turns.papers, post) as made:
            assert (made is not None) == (role == "named"), role


async def test_a_mail_about_it_holds_nothing_but_its_reference(cast: Cast) -> None:
    """Everything that is told of it to colleagues who have no Telegram, to the applicants by mail, and to the mailbox."""
    async with cast.turns.database.write() as connection:
        for role in ACTIVE:
            await people.drop_address(connection, cast.desk(role).address)
            await people.add_address(connection, Address("mail", f"{role}@malmo.se"), cast.ids[role], now())
    before = {row.id for row in await rows(cast.turns.database, outbox_rows)}
    case = cast.cases["protected"]
    for done in (Press(f"write:{case}"), Say("The Zebra house."), Press("skip"), Press("send"), Press("sure")):
        await presses(cast.caller("pia"), done)
    for done in (Press(f"withdraw:{case}"), Press("skip"), Press("send"), Press("sure")):
        await presses(cast.caller("pia"), done)
    assert (await cast.case("protected")).state == "withdrawn"
    mails = [row for row in await rows(cast.turns.database, outbox_rows, channel="mail") if row.id not in before]
    told = {row.address for row in mails if row.address.endswith("@malmo.se")} - {"sara@malmo.se"}
    assert told == {f"{role}@malmo.se" for role in ("holder",)}, "who has it; nobody follows it"
    for row in mails:
        said = as_text(row.reply)
        assert "mailbox" not in row.address
        for secret in ("Möllevångstorget", "The library", "Sara Ali", "Trees", "Zebra"):
            assert secret not in said, row.address


AS_NOTHING = (
    ("without", "/queue/{}"),
    ("without", "/queue/{}/meeting.ics"),
    ("administrator", "/queue/{}/log"),
    ("sara", "/meeting/{}.ics"),
    ("sara", "/receipt/{}.pdf"),
)


@contextmanager
def asked_of_cases() -> Iterator[list[str]]:
    """What is asked of the database about cases."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if re.search(r"\b(cases|case_events)\b", statement):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


async def test_asking_for_it_takes_the_same_steps_as_asking_for_nothing(asking: Asking) -> None:
    """How long an answer takes says nothing either: nothing of the case is read before it is known that they may see it."""
    cast = asking.cast
    for role, path in AS_NOTHING:
        steps = []
        for reference in (cast.references["protected"], NOBODY):
            with asked_of_cases() as found:
                assert (await asking.ask(role, "GET", path.format(reference))).status == 404
            steps.append(found)
        assert steps[0] == steps[1] != [], (role, path)
    for act in ("case", "do:note", "package"):
        steps = []
        for case in (cast.cases["protected"], NO_CASE):
            with asked_of_cases() as found:
                await cast.told(cast.desk("without"), Press(f"{act}:{case}"))
            steps.append(found)
        assert steps[0] == steps[1] != [], act


async def presses(caller: Caller, done: Event) -> None:
    """Do it; a press of a button on a draft is that of the one that stands there."""
    shown = (await caller.sees())[1]
    acts = {button.act for reply in shown for button in buttons(reply)}
    if isinstance(done, Press) and done.act in acts:
        done = pressed(done.act, shown)
    await caller.does(done)
