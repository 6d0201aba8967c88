"""The drill of docs/operations.md, "New keys", with processes: fifty people are half-way, and nobody is locked out by a new SECRET_KEY."""

import re
from contextlib import AsyncExitStack
from pathlib import Path

from tests.house import SECRET
from tests.process.program import ROOT, Program
from tests.web.visitor import Visitor

NEW = "the new key of this drill, which is long enough as well"
DRILL = (ROOT / "docs/operations.md").read_text().partition("\n## New keys\n")[2].partition("\n## ")[0]
STEPS = re.findall(r"^ {3}([A-Z_]+=\S+(?: [A-Z_]+=\S+)*)$", DRILL, re.MULTILINE)
"""The settings of each step, as they stand there."""
COMMANDS = re.findall(r"^ {3}python -m bot (\w+)", DRILL, re.MULTILINE)
PEOPLE = 50
LINK = re.compile(r">(http[^<]+/back/[^<]+)<")
SIGN_IN = re.compile(r"/sign-in/[A-Za-z0-9_-]{32}")


def keys(step: str) -> dict[str, str]:
    """The settings of a step, with the keys of this test."""
    named = {"OLD": SECRET, "NEW": NEW}
    return {name: named[value] for name, _is, value in (one.partition("=") for one in step.split())}


def again(program: Program, step: str) -> None:
    """Restart it with the settings of a step."""
    program.stop()
    del program.environment["SECRET_KEY"]
    program.environment.pop("SECRET_KEYS_BEFORE", None)
    program.environment |= keys(step)
    program.start()


async def all_there(people: list[Visitor], asked: str) -> None:
    for one in people:
        page = await one.open("/")
        assert page.asked == asked, page.text


async def test_fifty_people_half_way_go_on_under_a_new_key(tmp_path: Path) -> None:
    """Half of them in the browser in which they began, and half by their link in another."""
    assert [*map(sorted, map(keys, STEPS))] == [
        ["SECRET_KEY", "SECRET_KEYS_BEFORE"],
        ["SECRET_KEY", "SECRET_KEYS_BEFORE"],
        ["SECRET_KEY"],
    ]
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'guide.sqlite3'}", "REQUESTS_PER_SECOND": "1000"}
    program = Program(tmp_path, SECRET_KEY=SECRET, **settings)
    async with AsyncExitStack() as stack:
        program.start()
        stack.callback(program.stop)
        people = [await stack.enter_async_context(Visitor(program.url)) for _one in range(PEOPLE)]
        nadia = await stack.enter_async_context(Visitor(program.url))
        links = []
        for one in people:
            await one.open("/")
            await one.press("accept")
            asked = (await one.press("yes")).asked
            found = LINK.search((await one.post("/link", {})).html)
            assert found
            links.append(found[1])
        invited = program.run("invite", "Nadia")
        early, late = SIGN_IN.findall(invited + program.run("invite", "Karin"))
        await nadia.post(early, {})
        for step in STEPS[:2]:
            again(program, step)
        assert (await nadia.open("/queue")).status == 200
        karin = await stack.enter_async_context(Visitor(program.url))
        assert (await karin.post(late, {})).url.endswith("/queue"), "a link that was waiting in somebody's mailbox"
        for number in range(PEOPLE // 2):
            people[number] = await stack.enter_async_context(Visitor(program.url))
            await people[number].post(links[number], {})
        await all_there(people, asked)
        for command in COMMANDS:
            program.run(command)
        again(program, STEPS[2])
        await all_there(people, asked)
        assert (await nadia.open("/queue")).status == 200
        program.run("verify")


def test_another_key_without_the_one_before_does_not_start(tmp_path: Path) -> None:
    program = Program(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'guide.sqlite3'}", SECRET_KEY=SECRET)
    program.start().stop()
    done = program.ended_by("serve", SECRET_KEY=NEW)
    assert done.returncode == 1
    assert "SECRET_KEYS_BEFORE" in done.stderr
    short = program.ended_by("verify", SECRET_KEYS_BEFORE="short")
    assert (short.returncode, "short" in short.stderr.replace("SHORT", "")) == (1, False)
