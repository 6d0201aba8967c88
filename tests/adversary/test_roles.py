"""The role matrix on the web: every route there is, asked by everybody about every case. Whoever may not gets what there is for a case that does not exist."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.main.process import parts as of_process
from dialogs.phases.steps import TASKS
from tests.adversary.asking import REFERENCE, Asking
from tests.adversary.matrix import IN_SHORT, LASTING, OF_A_CASE, OF_EVERYBODY, OF_THE_DESK, Line, does
from tests.adversary.roles import (
    ACTIVE,
    ADMINISTRATORS,
    APPLICANTS,
    CASES,
    HAS,
    NOBODY,
    SEES,
    STRANGER,
    WRITES,
    Cast,
    hands_over,
    reads_log,
    works,
)
from tests.house import compose
from tests.spread import covering
from tests.ways import everything

NOWHERE = 404


NO_APPLICANTS = (STRANGER, *sorted(ACTIVE), "gone", "without+sara", "gone+sara", "made up", "mixed up")
EVERYBODY = (*NO_APPLICANTS, *APPLICANTS)


NOBODYS = ("gone+sara", "made up", "mixed up")
"""Browsers that are a stranger's, whatever they send along."""


def everybody(case: str, task: str = "") -> tuple[str, ...]:
    """Everybody who asks about a case: of the applicants, whoever writes it, and one of another case."""
    if task:
        return tuple(role for role in NO_APPLICANTS if role not in NOBODYS)
    other = "sara" if case == "untaken" else "omar"
    staff = NO_APPLICANTS if case in ("ordinary", "protected") else everybody(case, "any")
    return (*staff, other, *(name for name in APPLICANTS if WRITES.get(name) == case))


def rights_of(role: str) -> tuple[str, ...]:
    """Whose rights a browser has."""
    if role.endswith(" later"):
        return ("without",)
    return () if role == "mixed up" else tuple(role.split("+"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask: a route at one of its addresses (but for the reference), of one case, and the task that it names."""

    line: Line
    method: str
    path: str
    case: str
    task: str = ""

    def may(self, role: str) -> bool:
        """Whether a browser may ask that."""
        there = self.line.there(self.case, self.task)
        return there and any(one in self.line.who(self.case, self.task) for one in rights_of(role))


def every_one(cast: Cast) -> Iterator[Asked]:
    """Every route of a case, of every case, for each task that it may name."""
    for (method, path), line in OF_A_CASE.items():
        for case in CASES:
            asked = path.replace("{sha256}", cast.files.get(case, "0" * 64))
            if "{task}" in path:
                tasks = (*TASKS, "nothing") if case == "ordinary" else IN_SHORT
                yield from (Asked(line, method, asked.replace("{task}", task), case, task) for task in tasks)
            else:
                yield Asked(line, method, asked, case)


async def test_every_route_is_in_the_matrix(sqlite_url: str, tmp_path: Path) -> None:
    """The routes of the program as it runs, wherever they are added."""
    program = compose(sqlite_url, tmp_path).program
    application = of_process(program, web=True, work=False).application
    await program.database.close()
    assert application
    there = {
        (route.method, route.resource.canonical)
        for route in application.router.routes()
        if route.resource and route.method != "HEAD"
    }
    assert there == set(OF_A_CASE) | set(OF_THE_DESK) | OF_EVERYBODY


async def refused(asking: Asking, role: str, asked: Asked, method: str) -> None:
    """It is as if there were no such case; and as if a stranger had asked."""
    reference = asking.cast.references.get(asked.case, NOBODY)
    form = FORM if method == "POST" else {}
    got = await asking.ask(role, method, asked.path.replace(REFERENCE, reference), form, reference)
    assert got == await asking.nobodys(role, method, asked.path, form), (role, method, asked)
    assert got.status == NOWHERE, (role, method, asked)
    assert got.body == (await asking.nobodys(STRANGER, method, asked.path, form)).body, (role, method, asked)


FORM = {
    "text.text": "It was me.",
    "to.choice": "p1",
    "reason.text": "So.",
    "outcome.choice": "granted",
    "registration.text": "TN-2099-1",
    "meeting_day.date": "2099-01-01",
    "press": "done",
}
"""What whoever may not sends along: a note, a colleague, an end to the protection that would be taken of whoever may."""


async def test_whoever_may_not_is_told_what_is_told_of_nothing(asking: Asking) -> None:
    before = await everything(asking.cast.turns.database)
    for asked in every_one(asking.cast):
        for role in everybody(asked.case, asked.task):
            if not asked.may(role):
                await refused(asking, role, asked, asked.method)
                if asked.method == "GET" and not asked.task and asked.case == "protected":
                    await refused(asking, role, asked, "HEAD")
    assert await everything(asking.cast.turns.database) == before, "asking changes nothing"


async def test_whoever_may_is_answered(asking: Asking) -> None:
    made = [one for one in every_one(asking.cast) if one.line.made]
    papers = covering((role, one.case) for one in made for role in everybody(one.case) if one.may(role))
    for asked in every_one(asking.cast):
        for role in everybody(asked.case, asked.task):
            if asked.may(role) and asked.line.kept and (not asked.line.made or (role, asked.case) in papers):
                reference = asking.cast.references[asked.case]
                # A task is only called off: with an empty form it could be carried out.
                form = {"press": "cancel"} if asked.task else {}
                got = await asking.ask(role, asked.method, asked.path.replace(REFERENCE, reference), form, reference)
                assert got.status < 400, (role, asked, got.status)


async def test_a_deputy_is_one_for_the_days_of_the_absence(asking: Asking) -> None:
    await asking.cast.back_since_yesterday()
    before = await everything(asking.cast.turns.database)
    for asked in every_one(asking.cast):
        if not asked.may("deputy later"):
            await refused(asking, "deputy later", asked, asked.method)
    assert await everything(asking.cast.turns.database) == before


def other_ways(asked: Asked) -> Iterator[tuple[str, str]]:
    """A route asked as it is not meant to be."""
    shape = re.sub(r"/do/\w+", "/do/{task}", re.sub(r"/files/\w+", "/files/{sha256}", asked.path))
    taken = {method for method, one in OF_A_CASE if one == shape}
    methods = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    yield from ((method, asked.path) for method in methods if method not in taken)
    odd = (f"{asked.path}/", asked.path.replace("/queue/", "/Queue/"), f"/{asked.path}", f"{asked.path}%00")
    yield from ((asked.method, path) for path in odd if path != asked.path)


async def test_other_ways_of_asking_tell_nothing_either(asking: Asking) -> None:
    """Another method, a slash at the end, small letters, a path that is escaped: the same of a case as of none, for everybody."""
    for asked in every_one(asking.cast):
        if asked.case not in ("ordinary", "protected") or asked.task not in ("", "note"):
            continue
        reference = asking.cast.references[asked.case]
        for role in (STRANGER, "sara", "without", "holder"):
            for method, path in other_ways(asked):
                got = await asking.ask(role, method, path.replace(REFERENCE, reference), {}, reference)
                assert got == await asking.nobodys(role, method, path, {}), (role, method, path)
            got = await asking.ask(role, asked.method, asked.path.replace(REFERENCE, reference.lower()), {})
            assert got.status == NOWHERE


async def test_the_desk_says_to_everybody_else_what_it_says_to_a_stranger(asking: Asking) -> None:
    ids = (asking.cast.ids["without"], asking.cast.ids["gone"], 999)
    every = [
        ((method, path), path.replace("{id}", str(id)))
        for method, path in OF_THE_DESK
        for id in (ids if "{id}" in path else ids[:1])
    ]
    for key, path in every:
        stranger = await asking.ask(STRANGER, key[0], path, {})
        for role in EVERYBODY:
            if not OF_THE_DESK[key] & set(rights_of(role)):
                assert await asking.ask(role, key[0], path, {}) == stranger, (role, path)
            elif key not in LASTING and "{id}" not in key[1]:
                got = await asking.ask(role, key[0], path, {})
                assert got.status < 400 or got.status == 422, (role, path)
                assert got.body != stranger.body or got.status == 303, (role, path)


async def test_an_administrator_deactivates_and_no_one_else(asking: Asking) -> None:
    cast = asking.cast
    for role in ("without", "holder", "gone", "sara", STRANGER):
        await asking.ask(role, "POST", f"/queue/people/{cast.ids['named']}/deactivate", {})
    assert (await asking.ask("named", "GET", "/queue/people")).status == 200
    for id in (cast.ids["gone"], cast.ids["administrator"], 999):
        page = await asking.ask("administrator", "GET", f"/queue/people/{id}/deactivate")
        assert page == await asking.ask("administrator", "GET", "/queue/people/9999/deactivate"), (
            "gone, oneself, nobody"
        )
    await asking.ask("administrator", "POST", f"/queue/people/{cast.ids['named']}/deactivate", {})
    for path in ("/queue", "/queue/people", f"/queue/{cast.references['protected']}"):
        assert await asking.ask("named", "GET", path) == await asking.ask(STRANGER, "GET", path)


async def test_an_administrator_takes_the_role_from_another_and_no_one_else(asking: Asking) -> None:
    cast = asking.cast
    other = f"/queue/people/{cast.ids['named_administrator']}/demote"
    for role in ("without", "holder", "gone", "sara", STRANGER):
        await asking.ask(role, "POST", other, {})
    assert (await asking.ask("named_administrator", "GET", "/queue/people/log")).status == 200
    for id in (cast.ids["gone"], cast.ids["administrator"], cast.ids["without"], 999):
        page = await asking.ask("administrator", "GET", f"/queue/people/{id}/demote")
        assert page == await asking.ask("administrator", "GET", "/queue/people/9999/demote"), (
            "no administrator, oneself"
        )
    await asking.ask("administrator", "POST", f"/queue/people/{cast.ids['administrator']}/demote", {})
    assert (await asking.ask("administrator", "GET", other)).status == 200, "one always stays"
    await asking.ask("administrator", "POST", other, {})
    gone = await asking.ask("named_administrator", "GET", "/queue/people/log")
    assert gone == await asking.ask(STRANGER, "GET", "/queue/people/log")
    assert (await asking.ask("named_administrator", "GET", "/queue")).status == 200, "they go on as a contact person"


async def test_lists_counts_and_the_overview_do_not_know_a_protected_case(asking: Asking) -> None:
    """What the desk says to who is not named is the same as when the protected case had never been."""
    hidden = asking.cast.references["protected"]
    for role in sorted(ACTIVE):
        for path in ("/queue", "/queue?state=taken", "/queue?sort=newest", "/queue?has=me", "/queue?district=oster"):
            listed = (await asking.ask(role, "GET", path)).body.decode()
            assert role in SEES["protected"] or hidden not in listed, (role, path)
        found = await asking.seeks(role, hidden)
        assert (found != await asking.seeks(role, NOBODY)) == (role in SEES["protected"]), role
        assert (hidden in (await asking.ask(role, "GET", "/queue")).body.decode()) == (role in SEES["protected"]), role


async def test_an_unsent_case_is_in_no_list(asking: Asking) -> None:
    """What is counted and listed is what has a reference, and the cast has five of those."""
    listed = (await asking.ask("named", "GET", "/queue")).body.decode()
    assert set(re.findall(r'href="/queue/(SAM-[\d-]+)', listed)) == set(asking.cast.references.values())


def test_the_table_is_what_the_page_says() -> None:
    """The rows of docs/desk.md, as this file reads them."""
    assert {"administrator", "named_administrator"} == ADMINISTRATORS
    assert works("ordinary") == HAS["ordinary"] == {"holder", "deputy"}
    assert works("protected") == {"holder"}, "a deputy does what the absent colleague could, but for protected cases"
    assert works("untaken") == works("unsent") == frozenset()
    assert hands_over("ordinary") == {"holder", "deputy"} | ADMINISTRATORS
    assert hands_over("protected") == {"holder", "named_administrator"}
    assert reads_log("untaken") == ADMINISTRATORS
    assert does("ordinary", "handover") == hands_over("ordinary")
    assert does("protected", "note") == {"holder"}
