"""Law 5 at the core: a draft belongs to its writers alone. Nothing of the contact persons' side imports, names or asks the database for one."""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.clock import now
from bot.desk import at_work, fill_in
from bot.invite import invite
from bot.origin import Origin
from dialogs.desk.tasks import DESK_DIALOGS, TASKS
from dialogs.events import Command, Press, Say, Start
from storage import cases, staff
from storage.database import Database
from storage.people import Address
from tests.applicant import sends_an_application
from tests.house import Caller, Composed
from tests.laws.test_house import SOURCES, name, tree
from tests.storage.ways import BEGUN, goes

OF_APPLICANTS = {
    "bot/turns.py": "the applicants' own turns",
    "bot/turn.py": "one of them",
    "bot/reminders.py": "reminds the writers",
    "storage/drafts.py": "the drafts",
    "storage/standing.py": "where an applicant stands",
    "storage/submissions.py": "a draft becomes a submission",
    "storage/export.py": "an applicant's own data",
    "bot/retention.py": "warns the writers, and deletes what is too old",
    "storage/empty_drafts.py": "finds those in which nothing was written",
    "storage/quota.py": "finds the case that somebody writes, to count its files",
    "storage/retention.py": "counts those that are old, and nothing of them",
    "storage/forgetting.py": "deletes what somebody alone wrote, when they want to be forgotten",
    "storage/disposal.py": "deletes those that were sent, under a recorded decision",
    "storage/move.py": "copies every table into another kind of database, and looks into none",
    "storage/erasures.py": "deletes again what was deleted, in a restored backup",
}
"""Who deals with drafts, and why. A new line here is a decision about law 5."""
OF_THE_DESK = {
    "bot/work.py": {"prepare"},
}
"""What the contact persons' side has from storage/drafts.py: writing down once what the city knows, which it cannot read again."""
ASKED = re.compile(r"(?<![\w.])\"?drafts\"?(?!\w)")


def taken_from(path: Path, module: str) -> set[str]:
    """The names that a file uses of storage.`module`, however it imports it; "*" when that cannot be told."""
    found: set[str] = set()
    aliases: set[str] = set()
    for node in ast.walk(tree(path)):
        match node:
            case ast.ImportFrom(module=from_, names=names) if from_ == f"storage.{module}":
                found |= {one.name for one in names}
            case ast.ImportFrom(module="storage", names=names):
                aliases |= {one.asname or one.name for one in names if one.name == module}
            case ast.Import(names=names):
                found |= {"*" for one in names if one.name == f"storage.{module}"}
    for node in ast.walk(tree(path)):
        match node:
            case ast.Attribute(value=ast.Name(id=id), attr=attr) if id in aliases:
                found.add(attr)
    return found


def tables_of(path: Path) -> set[str]:
    """The tables that a file names."""
    return taken_from(path, "tables")


def test_only_who_has_to_deals_with_drafts() -> None:
    users = {name(path): used for path in SOURCES if (used := taken_from(path, "drafts"))}
    desk = {path: used for path, used in users.items() if path not in OF_APPLICANTS}
    assert desk == OF_THE_DESK
    namers = {name(path) for path in SOURCES if {"drafts", "*", "metadata"} & tables_of(path)}
    # These know the tables by their names, and read no row of any.
    assert namers <= {*OF_APPLICANTS, "storage/migrations/env.py", "storage/ability.py", "storage/ours.py"}


def test_what_reads_drafts_for_applicants_is_theirs_alone() -> None:
    loaders = {name(path) for path in SOURCES if taken_from(path, "standing")}
    assert loaders == {"bot/turns.py", "bot/turn.py", "bot/web/cookies.py", "bot/documents/own.py"}, (
        "an applicant's turn, and the applicant whose cookie it is"
    )
    exporters = {name(path) for path in SOURCES if taken_from(path, "export")}
    assert exporters == {"bot/documents/own.py"}


def test_the_table_is_named_in_no_statement_of_text() -> None:
    for path in SOURCES:
        if "migrations" in name(path):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "text":
                assert "drafts" not in ast.unparse(node), name(path)


@contextmanager
def asked_for(database: Database, what: re.Pattern[str] = ASKED) -> Iterator[list[str]]:
    """Every statement that is sent to the database in which that stands, the applicants' drafts if nothing else is named."""
    found: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if what.search(statement):
            found.append(statement)

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        for engine in database.engines:
            event.remove(engine, "before_cursor_execute", heard)


@pytest.mark.parametrize("statement", ["SELECT drafts.id FROM drafts", "UPDATE drafts SET x=1", 'JOIN "drafts" ON 1'])
def test_the_trap_snaps(statement: str) -> None:
    assert ASKED.search(statement)
    assert not ASKED.search(statement.replace("drafts", "desk_drafts"))


async def test_no_act_of_a_contact_person_asks_for_a_draft(composed: Composed) -> None:
    """In the bot and at the desk, in a case that was sent, in one that was not, and in one that is not there."""
    await sends_an_application(Caller(composed.turns, "sara"))
    await goes(Caller(composed.turns, "kim"), *BEGUN)
    async with composed.database.write() as connection:
        await staff.contact_person(connection, "Alva", now(), True)
    links = await invite(composed.database, composed.keys, "Alva")
    origin = Origin(Address("contact_persons", "alva"), "sv")
    in_a_case = ("case", "take", "case", "read", "more", "follow", "unfollow", "invite", "log", "package")
    alone = ("queue", "mine", "untaken", "unread", "followed", "overview", "language", "resume", "absence", "colleague")
    with asked_for(composed.database) as asked:
        await composed.turns.take_staff(origin, Start(links.telegram))
        for act in alone:
            await composed.turns.take_staff(origin, Command(act))
        for number in (1, 2, 9):
            for act in in_a_case:
                await composed.turns.take_staff(origin, Press(f"{act}:{number}"))
            for key in TASKS:
                await composed.turns.take_staff(origin, Press(f"do:{key}:{number}"))
                await composed.turns.take_staff(origin, Say("Words."))
        await _at_the_desk(composed)
    assert asked == []


async def test_starting_a_case_writes_a_draft_and_reads_none(composed: Composed) -> None:
    async with composed.database.write() as connection:
        await staff.contact_person(connection, "Alva", now(), True)
        who = (await staff.active(connection))[0]
    with asked_for(composed.database) as asked:
        done = await fill_in(composed.turns, who, None, "start", {"area": {"words": ("Torget",)}})
    assert done
    assert done.done, done.refused
    assert [statement.split()[0] for statement in asked] == ["INSERT"]


async def _at_the_desk(composed: Composed) -> None:
    async with composed.database.read() as connection:
        who = (await staff.active(connection))[0]
        case = await cases.case_by_id(connection, 1)
    assert case
    async with at_work(composed.turns, who) as work:
        await work.sent(case)
        await work.opened(case, "case")
        await work.follow(case, True)
        await work.invite_actor(case.id)
    for key in DESK_DIALOGS:
        await fill_in(composed.turns, who, case if key in TASKS else None, key, {})
