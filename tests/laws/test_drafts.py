"""Law 5 at the core: a draft belongs to its writers alone. Nothing of the contact persons' side imports, names or asks the database for one."""

import ast
from pathlib import Path

import pytest

from bot.turns.contact_person import at_work, fill_in
from bot.turns.invite import invite
from bot.turns.origin import Origin
from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.language.events import Command, Press, Say, Start
from dialogs.phases.steps import TASKS
from storage.cases import cases
from storage.people import staff
from storage.people.people import Address
from tests.applicant import sends_an_application
from tests.clock import now
from tests.house import Caller, Composed
from tests.laws.source import SOURCES, name, nodes
from tests.statements import ASKED, asked_for
from tests.ways import BEGUN, goes

OF_APPLICANTS = {
    "bot/turns/turns.py": "the applicants' own turns",
    "bot/turns/applicant.py": "one of them",
    "bot/turns/together.py": "those who write one together",
    "bot/worker/reminders.py": "reminds the writers",
    "storage/cases/drafts.py": "the drafts",
    "storage/cases/silent_drafts.py": "finds those in which nobody writes any more, for their writers to be told",
    "storage/cases/standing.py": "where an applicant stands",
    "storage/cases/case_invitations.py": "whether something is written in the case that a link leads into, and nothing of it",
    "storage/cases/writers.py": "those who write one: what waits for somebody who leaves it",
    "storage/cases/submissions.py": "a draft becomes a submission",
    "storage/erasure/export.py": "an applicant's own data",
    "bot/worker/retention.py": "warns the writers, and deletes what is too old",
    "storage/cases/empty_drafts.py": "finds those in which nothing was written",
    "storage/files/quota.py": "finds the case that somebody writes, to count its files",
    "storage/erasure/retention.py": "counts those that are old, and nothing of them",
    "storage/erasure/forgetting.py": "deletes what somebody alone wrote, when they want to be forgotten",
    "storage/cases/disposal.py": "deletes those that were sent, under a recorded decision",
    "storage/migrations/move.py": "copies every table into another kind of database, and looks into none",
    "storage/erasure/erasures.py": "deletes again what was deleted, in a restored backup",
}
"""Who deals with drafts, and why. A new line here is a decision about law 5."""
OF_THE_DESK = {
    "bot/turns/tasks.py": {"prepare"},
}
"""What the contact persons' side has from storage/cases/drafts.py: writing down once what the city knows, which it cannot read again."""


def taken_from(path: Path, module: str) -> set[str]:
    """The names that a file uses of a module (its dotted name), however it imports it; "*" when that cannot be told."""
    folder, _dot, own = module.rpartition(".")
    found: set[str] = set()
    aliases: set[str] = set()
    for node in nodes(path):
        match node:
            case ast.ImportFrom(module=from_, names=names) if from_ == module:
                found |= {one.name for one in names}
            case ast.ImportFrom(module=from_, names=names) if from_ == folder:
                aliases |= {one.asname or one.name for one in names if one.name == own}
            case ast.Import(names=names):
                found |= {"*" for one in names if one.name == module}
    for node in nodes(path):
        match node:
            case ast.Attribute(value=ast.Name(id=id), attr=attr) if id in aliases:
                found.add(attr)
    return found


def tables_of(path: Path) -> set[str]:
    """The tables that a file names."""
    return taken_from(path, "storage.database.tables")


def test_only_who_has_to_deals_with_drafts() -> None:
    users = {name(path): used for path in SOURCES if (used := taken_from(path, "storage.cases.drafts"))}
    desk = {path: used for path, used in users.items() if path not in OF_APPLICANTS}
    assert desk == OF_THE_DESK
    assert {name(path) for path in SOURCES if taken_from(path, "storage.cases.silent_drafts")} <= {*OF_APPLICANTS}
    namers = {name(path) for path in SOURCES if {"drafts", "*", "metadata"} & tables_of(path)}
    assert "storage/cases/drafts.py" in namers
    # These know the tables by their names, and read no row of any.
    assert namers <= {
        *OF_APPLICANTS,
        "storage/migrations/env.py",
        "storage/database/ability.py",
        "storage/migrations/ours.py",
    }


def test_what_reads_drafts_for_applicants_is_theirs_alone() -> None:
    loaders = {name(path) for path in SOURCES if taken_from(path, "storage.cases.standing")}
    assert loaders == {
        "bot/turns/turns.py",
        "bot/turns/applicant.py",
        "bot/turns/together.py",
        "bot/web/http/cookies.py",
        "bot/documents/own.py",
    }, "an applicant's turn, and the applicant whose cookie it is"
    exporters = {name(path) for path in SOURCES if taken_from(path, "storage.erasure.export")}
    assert exporters == {"bot/documents/own.py"}


def test_the_table_is_named_in_no_statement_of_text() -> None:
    for path in SOURCES:
        if "migrations" in name(path):
            continue
        for node in nodes(path):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "text":
                assert "drafts" not in ast.unparse(node), name(path)


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
    links = await invite(composed.database, composed.keys, "Alva", composed.clock.now())
    origin = Origin(Address("telegram_staff", "alva"), "sv")
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
