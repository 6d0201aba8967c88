"""The role matrix in both bots: every command, and every button of every screen in every state of a case, pressed by everybody."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.turns.origin import Origin
from dialogs.applicants.rooms import COMMANDS as OF_APPLICANTS
from dialogs.desk import screens
from dialogs.language.events import Command, Event, Press, Say, Start
from dialogs.phases.steps import TASKS
from storage.database.tables import addresses, drafts, participants
from storage.people.people import Address
from tests.adversary.roles import (
    ACTIVE,
    ADMINISTRATORS,
    APPLICANTS,
    DOES,
    NO_CASE,
    SEES,
    WRITES,
    Cast,
    as_text,
    reads_log,
    works,
)
from tests.ways import everything, rows

OUTSIDE = ("stranger", "gone", *APPLICANTS)
"""Who gets no answer from the contact persons' bot."""
STEPS = ("resume", "cancel", "back", "skip", "keep", "send", "change", "set", "clear", "remove", "done", "now")
Pressed = tuple[str, str, int, int]
"""A button: what it says, its question, its draft, and the version of that."""


def everything_pressable(said: Any) -> set[Pressed]:
    """Every button in what was said."""
    found: set[Pressed] = set()
    for reply in said or ():
        buttons = [button for row in (*reply.get("rows", ()), reply.get("ways", ())) for button in row]
        draft, version = reply.get("draft", 0), reply.get("version", 0)
        found |= {(one["act"], one["key"], draft if one["key"] else 0, version if one["key"] else 0) for one in buttons}
    return found


def name_of(act: str) -> str:
    """What a button does, without what it does it to."""
    return act.partition(":")[0]


def case_of(act: str, cast: Cast) -> str:
    """The case that a button is about, or ""."""
    number = act.rpartition(":")[2]
    return next((name for name, id in cast.cases.items() if str(id) == number), "")


def may_press(role: str, act: str, case: str) -> bool:
    """Who may press a button about a case, by docs/desk.md."""
    name, _colon, rest = act.partition(":")
    match name:
        case "case" | "read" | "more" | "follow" | "unfollow" | "package" | "take":
            return role in SEES[case]
        case "log":
            return role in reads_log(case)
        case "invite":
            return case == "started" and role == "holder"
        case "do":
            task = rest.partition(":")[0]
            return role in DOES.get(task, works)(case)
    raise AssertionError(f"a button that is not in the matrix: {act}")


async def walked(cast: Cast, role: str, case: str) -> set[Pressed]:
    """Every button that a contact person finds about a case: on its page, behind it, and on the way through its tasks."""
    found: set[Pressed] = set()
    waiting = {(f"case:{cast.cases[case]}", "", 0, 0)}
    while waiting:
        one = waiting.pop()
        found.add(one)
        act, key, draft, version = one
        if key or name_of(act) in ("take", *STEPS) or (":" in act and case_of(act, cast) not in ("", case)):
            continue
        said = await cast.told(cast.desk(role), Press(act, key, draft, version))
        for more in everything_pressable(said):
            known = {(other[0], other[1]) for other in found | waiting}
            if (more[0], more[1]) not in known:
                waiting.add(more)
    return found


Step = Callable[[Cast], Awaitable[None]]
Form = dict[str, tuple[str, ...]]
TEXT: Form = {"text": ("A word about it.",)}
DAY: Form = {"date": ("2099-05-01",)}


def does(dialog: str, **posted: Form) -> Step:
    """The holder carries out a task in the ordinary case."""

    async def step(cast: Cast) -> None:
        await cast.does("holder", "ordinary", dialog, posted)

    return step


async def nothing(_cast: Cast) -> None:
    """As the cast was made: taken, a meeting agreed, and something asked."""


async def came_back(cast: Cast) -> None:
    """The other committee has answered."""
    part = (await cast.case("ordinary")).away[0]
    await cast.does("holder", "ordinary", "back", {"which": {"choice": (f"e{part.id}",)}, "answer": TEXT})


COMMITTEE: Form = {"choice": ("frn",)}
LIFE: dict[str, Step] = {
    "taken": nothing,
    "written to": does("write", text=TEXT, ball={"choice": ("applicants",)}),
    "elsewhere in part": does("view", committee=COMMITTEE, part=TEXT, due=DAY),
    "back": came_back,
    "closed": does("close", reason={"choice": ("duplicate",)}),
    "open again": does("reopen"),
    "ready": does("ready", registration={"text": ("TN-2099-1",)}, meeting_day=DAY),
    "decided": does(
        "decision",
        outcome={"choice": ("granted",)},
        day={"date": ("2026-01-10",)},
        paragraph={"text": ("§ 100",)},
        sum={"amount": ("1000",)},
        text=TEXT,
    ),
    "proposed": does("propose", number={"text": ("TN-2099-7",)}, day={"date": ("2026-01-11",)}),
}
"""The states of a case, and what brings it there from the one before."""


@pytest.fixture
async def pressable(cast: Cast) -> set[Pressed]:
    """Every button there is about a case, in every state of one."""
    found: set[Pressed] = set()
    for step in LIFE.values():
        await step(cast)
        found |= await walked(cast, "holder", "ordinary")
    found |= await walked(cast, "named_administrator", "ordinary")  # who alone disposes of one that is over
    for case in ("untaken", "protected", "started"):
        found |= await walked(cast, "named_administrator" if case == "untaken" else "holder", case)
    return found


def of_cases(found: set[Pressed], cast: Cast) -> set[str]:
    """The kinds of buttons that name a case, with "#" for it."""
    return {re.sub(r":\d+$", ":#", act) for act, key, _draft, _version in found if not key and case_of(act, cast)}


async def test_every_button_about_a_case(cast: Cast, pressable: set[Pressed]) -> None:
    """Each button about a case, for each case, by everybody: answered, or answered as for a case that is not there."""
    acts = of_cases(pressable, cast)
    # The one is offered while nobody writes the case, the others on the web alone.
    acts |= {"invite:#", "do:admit:#", "do:unprotect:#"}
    assert {f"do:{key}:#" for key in TASKS} <= acts
    assert {"case:#", "log:#", "package:#", "take:#", "follow:#"} <= acts
    before = await everything(cast.turns.database)
    for act in sorted(acts):
        for role in OUTSIDE:
            assert await cast.told(cast.desk(role), Press(act.replace("#", str(cast.cases["ordinary"])))) is None
    assert await everything(cast.turns.database) == before, "who is not answered changes nothing"
    for role in sorted(ACTIVE):
        refusals = await refused(cast, role)
        for act in sorted(acts - {"take:#"}):
            await pressed_by(cast, role, act, refusals)
    for role in sorted(ACTIVE):
        await pressed_by(cast, role, "take:#", await refused(cast, role))


async def refused(cast: Cast, role: str) -> tuple[str, str]:
    """What a contact person is told of a case that is not there, and of a task that is not."""
    missing = await cast.told(cast.desk(role), Press(f"case:{NO_CASE}"))
    return as_text(missing), as_text(await cast.told(cast.desk(role), Press(f"do:nothing:{cast.cases['untaken']}")))


async def pressed_by(cast: Cast, role: str, act: str, refusals: tuple[str, str]) -> None:
    """One button of one contact person, for every case."""
    assert as_text(await cast.told(cast.desk(role), Press(act.replace("#", str(NO_CASE))))) == refusals[0]
    for case in ("ordinary", "untaken", "protected", "started"):
        got = as_text(await cast.told(cast.desk(role), Press(act.replace("#", str(cast.cases[case])))))
        if role not in SEES[case]:
            assert got == refusals[0], (role, act, case)
        elif case == "protected":
            assert names_its_number_alone(cast, got), (role, act)
        elif not may_press(role, act, case):
            assert got in refusals, (role, act, case)
        elif act in ("case:#", "read:#", "more:#", "take:#", "follow:#", "unfollow:#"):
            assert got not in (*refusals, "null"), (role, act, case)


def names_its_number_alone(cast: Cast, got: str) -> bool:
    """Whether an answer in a chat says of the protected case its number and where the rest is, and nothing else."""
    (reply,) = json.loads(got)
    reference = cast.references["protected"]
    said = [("{reference}: protected", {"reference": reference})]
    said.append(("Open it on the web: {link}", {"link": f"{cast.turns.desk}/queue/{reference}"}))
    acts = [button["act"] for row in reply["rows"] for button in row]
    return [(one["id"], one["values"]) for one in reply["words"]] == said and not reply["title"] and acts == ["queue"]


async def test_what_was_begun_in_a_case_before_it_was_protected_is_not_gone_on_with_in_a_chat(cast: Cast) -> None:
    """Neither by the button of its question, nor by writing, nor by going on with what was begun; no list names its area, no word of it finds it."""
    holder, case = cast.desk("holder"), cast.cases["ordinary"]
    begun = (await cast.told(holder, Press(f"do:note:{case}"))) or []
    draft, before = begun[-1]["draft"], await cast.case("ordinary")
    await cast.does("holder", "ordinary", "protect", {"named": {"ids": ()}})
    number = {"reference": before.reference}
    asked = (*(Press(act, key, draft, 0) for act, key in (("send", ""), ("done", "text"))), Press("resume"))
    acts = ("case", "read", "more", "take", "log", "package", "copy", "follow", "invite", "do:note", "do:handover")
    events: list[Event] = [Say("Half a note."), *asked, *(Press(f"{act}:{case}") for act in acts)]
    for event in events:
        said = (await cast.told(holder, event)) or []
        assert [one["words"][0]["values"] for one in said] == [number], event
        assert str(before.title) not in as_text(said), event
    for act in ("queue", "mine", "unread", "followed"):
        (listed,) = await cast.told(holder, Command(act)) or []
        of_it = [one for one in listed["words"] if one["values"].get("reference") == before.reference]
        assert {one["id"] for one in of_it} <= {"{reference}: protected"}, act
    found = as_text(await cast.told(holder, Command("queue", str(before.title))))
    assert f"case:{case}" not in found
    assert f"case:{case}" in as_text(await cast.told(holder, Command("queue", before.reference)))
    assert (await cast.case("ordinary")).notes == before.notes


async def test_whoever_may_is_let_do_it(each_cast: Cast) -> None:
    """A task begun, the log, the package, a link for an actor: by everybody who may, in a case that is open to it."""
    cast = each_cast
    for role in sorted(ACTIVE):
        refusals = await refused(cast, role)
        for act in ("do:note", "do:handover", "do:assessment", "do:write", "log", "package", "invite"):
            for case in ("ordinary", "protected", "started", "untaken"):
                got = as_text(await cast.told(cast.desk(role), Press(f"{act}:{cast.cases[case]}")))
                open_to = (case != "started" or act not in ("package", "do:assessment")) and (
                    case != "untaken" or not act.startswith("do")
                )
                if case == "protected" and role in SEES[case]:
                    assert names_its_number_alone(cast, got), (role, act)
                elif may_press(role, f"{act}:0", case) and open_to:
                    assert got not in (*refusals, "null"), (role, act, case)
                else:
                    assert got in refusals, (role, act, case)
        await cast.told(cast.desk(role), Press("cancel"))


async def test_a_deputy_is_one_for_the_days_of_the_absence(each_cast: Cast) -> None:
    cast = each_cast
    act = f"do:note:{cast.cases['ordinary']}"
    begun = await cast.told(cast.desk("deputy"), Press(act))
    (button,) = {one for one in everything_pressable(begun) if name_of(one[0]) == "cancel"}
    assert button
    await cast.back_since_yesterday()
    refused = as_text(await cast.told(cast.desk("without"), Press(act)))
    assert as_text(await cast.told(cast.desk("deputy"), Press(act))) == refused
    # What was begun as a deputy cannot be ended as none.
    before = len((await cast.case("ordinary")).notes)
    for event in (Say("Half a note."), Press("send"), Press("resume"), Say("The rest."), Press("send")):
        await cast.told(cast.desk("deputy"), event)
    assert len((await cast.case("ordinary")).notes) == before


async def test_answers_go_into_nobody_elses_task(cast: Cast) -> None:
    """Buttons of a question carry their draft: pressed by a colleague they say what one of no draft says."""
    keyed = {one for one in await walked(cast, "holder", "ordinary") if one[1]}
    assert len(keyed) > 10
    of_holder = (await cast.told(cast.desk("holder"), Press(f"do:note:{cast.cases['ordinary']}"))) or []
    draft = of_holder[-1]["draft"]
    keyed |= {("done", "text", draft, 0)}
    for role in ("without", "deputy"):
        await cast.told(cast.desk(role), Press("cancel"))
        for act, key, one, version in sorted(keyed)[::4]:
            got = as_text(await cast.told(cast.desk(role), Press(act, key, one, version)))
            assert got == as_text(await cast.told(cast.desk(role), Press(act, key, NO_CASE, version))), (role, act, key)
        for act in ("send", "back", "skip", "cancel", "resume"):
            got = as_text(await cast.told(cast.desk(role), Press(act, "", draft, 0)))
            assert got == as_text(await cast.told(cast.desk(role), Press(act, "", NO_CASE, 0))), (role, act)
    for role in OUTSIDE:
        assert await cast.told(cast.desk(role), Press("done", "text", draft, 0)) is None


async def test_every_command_of_the_contact_persons_bot(each_cast: Cast) -> None:
    """A protected case is in no list of who is not named; administrators alone are offered to invite; nobody outside is answered."""
    cast = each_cast
    hidden = cast.references["protected"]
    before = await everything(cast.turns.database)
    for name in (*screens.COMMANDS, *OF_APPLICANTS, "colleague", "case", "no_such_command"):
        for role in OUTSIDE:
            for rest in ("", hidden) if name in ("queue", "case") else ("",):
                assert await cast.told(cast.desk(role), Command(name, rest)) is None, (role, name)
    assert await everything(cast.turns.database) == before
    acts = ("queue", "mine", "untaken", "unread", "followed", "overview", "colleague", "start_case", "absence", "help")
    for role in sorted(ACTIVE):
        for act in acts:
            for event in (Command(act), Press(act)):
                said = as_text(await cast.told(cast.desk(role), event))
                assert said not in ("null", "[]"), (role, act)
                if role not in SEES["protected"]:
                    assert hidden not in said, (role, act)
        found = as_text(await cast.told(cast.desk(role), Command("queue", hidden)))
        of_none = as_text(await cast.told(cast.desk(role), Command("queue", "SAM-1999-9999")))
        told_apart = found.replace(hidden, "#") != of_none.replace("SAM-1999-9999", "#")
        assert told_apart == (role in SEES["protected"]), role
        invited = as_text(await cast.told(cast.desk(role), Press("colleague")))
        assert ('"key": "name"' in invited) == (role in ADMINISTRATORS), role
        await cast.told(cast.desk(role), Press("cancel"))


async def test_nothing_of_the_desk_is_in_the_applicants_bot(each_cast: Cast) -> None:
    """Buttons and commands of contact persons say there what nonsense says; contact persons are strangers there."""
    cast = each_cast
    events = len((await cast.case("ordinary")).notes), (await cast.case("untaken")).holder
    for name in ("stranger", "sara", "omar", "holder"):
        origin = await applicant(cast, name)
        await cast.told(origin, Start())
        for act in ("case", "take", "do:note", "do:decision", "follow", "log", "package", "invite", "read", "more"):
            nothing = as_text(await cast.told(origin, Press(f"{act}:{NO_CASE}")))
            for case in ("ordinary", "untaken"):
                assert as_text(await cast.told(origin, Press(f"{act}:{cast.cases[case]}"))) == nothing, (name, act)
        for command in ("queue", "mine", "start_case", "overview", "absence", "colleague"):
            got = as_text(await cast.told(origin, Command(command)))
            assert got == as_text(await cast.told(origin, Command("no_such_command"))), (name, command)
    assert events == (len((await cast.case("ordinary")).notes), (await cast.case("untaken")).holder)


async def applicant(cast: Cast, name: str) -> Origin:
    """Somebody in the applicants' bot; whoever is no applicant is a stranger there."""
    return await cast.on_telegram(name) if name in cast.chats else Origin(Address("telegram", name), "en")


async def test_applicants_reach_their_own_cases_and_drafts_alone(each_cast: Cast) -> None:
    """Each button about a case or a draft, pressed by another applicant, says what it says about none; and changes nothing."""
    cast = each_cast
    found: set[str] = set()
    for name in WRITES:
        origin = await applicant(cast, name)
        for event in (
            Start(),
            Command("menu"),
            Command("drafts"),
            Command("status"),
            Command("delete"),
            Press("delete"),
        ):
            found |= {one[0] for one in everything_pressable(await cast.told(origin, event))}
    acts = {re.sub(r":\d+", ":#", act, count=1) for act in found if re.search(r":\d", act)}
    acts |= {"open:#", "delete:#", "delete2:#", "delete3:#", "withdraw:#"}
    acts |= {"write:#", "complete:#", "time:#:0", "notime:#", "join:#", "receipt:#"}
    for name in ("omar", "waiting"):
        origin = await applicant(cast, name)
        if name == "waiting":
            await cast.told(origin, Start())
            await cast.told(origin, Press("accept"))
        others = await not_theirs(cast, origin)
        before = written(await everything(cast.turns.database), cast)
        for act in sorted(acts):
            nothing = as_text(await cast.told(origin, Press(act.replace("#", str(NO_CASE)))))
            for number in others:
                pressed = act.replace("#", str(number))
                assert as_text(await cast.told(origin, Press(pressed))) == nothing, (name, pressed)
        for number in others:
            for act in ("done", "sure", "change:area"):
                for key in ("", "area"):
                    got = as_text(await cast.told(origin, Press(act, key, number, 3)))
                    assert got == as_text(await cast.told(origin, Press(act, key, NO_CASE, 3))), (name, act, number)
        assert written(await everything(cast.turns.database), cast) == before, name


async def not_theirs(cast: Cast, origin: Origin) -> list[int]:
    """Numbers of cases and of drafts that others write, and that are not by chance those of their own."""
    person = [row.person_id for row in await rows(cast.turns.database, addresses, address=origin.address.address)]
    mine = {row.case_id for row in await rows(cast.turns.database, participants) if row.person_id in person}
    there = await rows(cast.turns.database, drafts)
    own = mine | {row.id for row in there if row.case_id in mine}
    return sorted(({row.id for row in there} | set(cast.cases.values())) - own)


def written(tables: str, cast: Cast) -> int:
    """How often the secret stands in the tables, and how many events there are: less, or more, when something was reached."""
    return tables.count(cast.secret)
