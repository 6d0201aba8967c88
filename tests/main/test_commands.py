"""The commands, each in a process of its own: inviting, taking a case out, naming who may see a protected one."""

import asyncio
import stat
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.speech.catalogs import say
from bot.turns.sign_in import sign_in
from dialogs.case.case import Case
from dialogs.language.events import Attach, Filed, Press, Say
from dialogs.phases.steps import sentence
from storage.cases import cases, openings
from storage.people import staff
from storage.people.people import best_address
from tests.clock import now
from tests.house import SEAL, SECRET, Caller, Composed, compose, folder_of
from tests.process.program import Program
from tests.storage.secret import TO_PAPERS
from tests.telegram.bot_api import BotApi
from tests.ways import BEGUN, SENT, WISHED, goes


@dataclass
class House:
    """A database in which a wish for a meeting was sent as the case `reference`, and the commands on it."""

    parts: Composed
    program: Program
    reference: str = ""

    async def runs(self, *arguments: str) -> tuple[int, str]:
        """Run a command: its exit status, and what it said."""
        done = await asyncio.to_thread(self.program.ended_by, *arguments)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, f"{done.stdout}{done.stderr}".strip()

    async def happened(self, what: str, by: str, **data: object) -> None:
        async with self.parts.database.write() as connection:
            person = await staff.contact_person(connection, by, now())
            case = await cases.case(connection, self.reference)
            assert case
            await cases.happened(connection, SEAL, case.id, what, person, data, now())

    async def case(self) -> Case:
        async with self.parts.database.read() as connection:
            found = await cases.case(connection, self.reference)
        assert found
        return found

    async def log(self) -> list[tuple[str, str]]:
        async with self.parts.database.read() as connection:
            case = await cases.case(connection, self.reference)
            return [(one.name, one.what) for one in await openings.of(connection, case.id if case else 0)]

    async def person(self, name: str, active: bool = True) -> int:
        async with self.parts.database.write() as connection:
            id = await staff.contact_person(connection, name, now())
            if not active:
                await staff.deactivate(connection, name, now())
        return id


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[House]:
    parts = compose(sqlite_url, tmp_path)
    program = Program(tmp_path, DATABASE_URL=sqlite_url, SECRET_KEY=SECRET, FILES_DIR=str(tmp_path / "files"))
    one = House(parts, program)
    caller = await goes(Caller(parts.turns), *WISHED, *SENT)
    one.reference = (await caller.sees())[0].sent[0].reference
    yield one
    await parts.close()


async def test_an_administrator_with_an_address(house: House, sqlite_url: str) -> None:
    status, said = await house.runs("invite", "Anna Ek", "--administrator", "--email", "anna@example.se")
    assert status == 0
    assert "/sign-in/" in said
    async with house.parts.database.read() as connection:
        anna = next(one for one in await staff.active(connection) if one.name == "Anna Ek")
        address = await best_address(connection, anna.id, ("mail",))
    assert anna.administrator
    assert address
    assert address.address == "anna@example.se"
    await house.runs("invite", "Anna Ek")
    async with house.parts.database.read() as connection:
        assert [one.administrator for one in await staff.active(connection)] == [True], "she stays one"
    await house.runs("invite", "Bo")
    async with house.parts.database.read() as connection:
        assert {one.name: one.administrator for one in await staff.active(connection)} == {"Anna Ek": True, "Bo": False}


async def test_the_printed_link_lets_in(house: House) -> None:
    _status, said = await house.runs("invite", "Anna Ek")
    token = said.partition("/sign-in/")[2].split()[0]
    keys = type(house.parts.keys)(SECRET)
    assert await sign_in(house.parts.database, keys, token, now())
    assert not await sign_in(house.parts.database, keys, token, now())


async def test_a_bot_that_nobody_knows_leaves_a_line_beside_the_printed_link(house: House, api: BotApi) -> None:
    house.program.environment |= {"TELEGRAM_API_URL": api.url, "CONTACT_PERSONS_BOT_TOKEN": "999:unknown"}
    done = await asyncio.to_thread(house.program.ended_by, "invite", "Anna Ek")
    assert "/sign-in/" in done.stdout
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("No link for Telegram: it is away, or CONTACT_PERSONS_BOT_TOKEN is no bot's (telegram: 4")


async def test_what_is_no_address_invites_nobody(house: House) -> None:
    status, said = await house.runs("invite", "Anna Ek", "--email", "anna@")
    assert (status, said) == (1, "This is no e-mail address: anna@")
    async with house.parts.database.read() as connection:
        assert await staff.active(connection) == []


async def test_an_invitation_takes_no_colleagues_address(house: House) -> None:
    await house.runs("invite", "Anna Ek", "--email", "anna@example.se")
    status, said = await house.runs("invite", "Bo", "--email", "Anna@example.se")
    assert status == 1
    assert "A colleague is reached at Anna@example.se already" in said
    async with house.parts.database.read() as connection:
        assert [one.name for one in await staff.colleagues(connection)] == ["Anna Ek"]
    assert (await house.runs("invite", "Anna Ek", "--email", "anna@example.se"))[0] == 0, "their own"


async def test_nobody_is_invited_without_a_name(house: House) -> None:
    for name in ("", " ", "\u200b", "…"):
        status, said = await house.runs("invite", name)
        assert status == 2
        assert "a contact person needs a name" in said
    async with house.parts.database.read() as connection:
        assert await staff.colleagues(connection) == []


async def test_the_package_is_written_for_its_owner_and_logged(house: House, tmp_path: Path) -> None:
    status, said = await house.runs("export", house.reference.lower())
    written = tmp_path / f"{house.reference}.zip"
    assert (status, said.startswith(f"{house.reference}.zip: the package of {house.reference}")) == (0, True)
    with zipfile.ZipFile(written) as archive:
        assert {"arende.pdf", "arende.json"} <= set(archive.namelist())
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert await house.log() == [("", "package")]
    before = written.read_bytes()
    status, said = await house.runs("export", house.reference)
    assert (status, "is there already" in said) == (1, True)
    assert written.read_bytes() == before
    status, _said = await house.runs("export", house.reference, "other.zip")
    assert (status, (tmp_path / "other.zip").exists()) == (0, True)


async def test_a_package_that_lacks_a_file_is_written_and_ends_with_1(house: House, tmp_path: Path) -> None:
    sha256 = await house.parts.files.put(b"an opinion")
    attach = Attach((Filed(sha256, "Anna Andersson.pdf", "application/pdf", 10),))
    caller = await goes(Caller(house.parts.turns, "encloses"), *BEGUN, TO_PAPERS, attach, "done")
    await goes(caller, Press("meeting"), "skip", "yes", Say("Kim kim@example.se"), *SENT)
    reference = (await caller.sees())[0].sent[0].reference
    folder_of(house.parts.files).path(sha256).unlink()
    status, said = await house.runs("export", reference)
    assert status == 1
    assert f"Missing in it, for they are not in the files' store:\n  {sha256}" in said
    assert "Anna Andersson" not in said
    with zipfile.ZipFile(tmp_path / f"{reference}.zip") as archive:
        assert b"Anna Andersson" in archive.read("manifest.json")


async def test_what_cannot_be_exported_says_why_in_a_line(house: House, tmp_path: Path) -> None:
    assert await house.runs("export", "SAM-2020-0001") == (1, "There is no case SAM-2020-0001.")
    assert await house.runs("export", "../../etc/passwd") == (1, "There is no case ../../ETC/PASSWD.")
    status, said = await house.runs("export", house.reference, "no/such/folder.zip")
    assert (status, said) == (1, "no/such/folder.zip cannot be written: No such file or directory")
    nadia = await house.person("Nadia")
    async with house.parts.database.write() as connection:
        case = await cases.new(connection, now())
        await cases.happened(connection, SEAL, case, "start", nadia, {"reference": "SAM-2026-0900"}, now())
    status, said = await house.runs("export", "SAM-2026-0900")
    assert (status, "Nothing has been sent in SAM-2026-0900" in said) == (1, True)
    await goes(Caller(house.parts.turns, "another"), *BEGUN)
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == []


async def test_a_protected_case_is_exported_only_on_purpose(house: House, tmp_path: Path) -> None:
    await house.happened("protect", "Nadia", named={"ids": []})
    status, said = await house.runs("export", house.reference)
    assert (status, "--protected" in said) == (1, True)
    assert not (tmp_path / f"{house.reference}.zip").exists()
    assert await house.log() == []
    status, _said = await house.runs("export", house.reference, "--protected")
    assert (status, (tmp_path / f"{house.reference}.zip").exists()) == (0, True)
    assert await house.log() == [("", "package")]


async def test_somebody_is_named_when_nobody_is_left(house: House) -> None:
    nadia, bo = await house.person("Nadia"), await house.person("Bo")
    assert await house.runs("name", house.reference, "Bo") == (
        1,
        f"{house.reference} is not protected: every contact person may see it.",
    )
    await house.happened("protect", "Nadia", named={"ids": []})
    status, said = await house.runs("name", house.reference, "Bo")
    assert (status, "is still there" in said) == (1, True)
    assert (await house.case()).named == {nadia}
    await house.person("Nadia", active=False)
    assert await house.runs("name", house.reference, "Nobody") == (
        1,
        "There is no active contact person called Nobody.",
    )
    assert await house.runs("name", house.reference, "Nadia") == (1, "There is no active contact person called Nadia.")
    assert await house.runs("name", "SAM-2020-0001", "Bo") == (1, "There is no case SAM-2020-0001.")
    assert (await house.case()).named == {nadia}
    assert await house.runs("name", house.reference, "Bo") == (0, f"Bo may see {house.reference} from now on.")
    case = await house.case()
    assert case.named == {nadia, bo}
    async with house.parts.database.read() as connection:
        last = (await cases.history(connection, case.id))[-1]
    assert (last.what, last.by) == ("protect", "")
    assert "command line" in say(sentence(last), "en")


async def test_a_database_of_another_version_is_left_alone(tmp_path: Path) -> None:
    program = Program(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3", SECRET_KEY=SECRET)
    for arguments in (("export", "SAM-2026-0001"), ("name", "SAM-2026-0001", "Bo"), ("deactivate", "Bo")):
        done = await asyncio.to_thread(program.ended_by, *arguments)
        assert (done.returncode, done.stderr.strip()) == (
            1,
            "The database is not up to date. Run: python -m bot migrate",
        )


async def test_a_case_is_taken_down_whatever_its_state_and_the_reason_stays(house: House) -> None:
    """Once the operator has read what that means, and once."""
    assert (await house.runs("dispose", house.reference))[0] == 2, "not without a reason"
    status, said = await house.runs("dispose", house.reference.lower(), "--reason", "Illegal content.")
    assert (status, (await house.case()).state) == (1, "sent")
    assert "Nothing is done yet" in said
    assert "Name nobody in the reason: every contact person reads it" in said
    status, said = await house.runs("dispose", house.reference, "--reason", "Illegal content.", "--really")
    assert (status, said) == (0, f"{house.reference} is taken down.")
    case = await house.case()
    assert (case.state, case.title) == ("disposed", "")
    async with house.parts.database.read() as connection:
        history = await cases.history(connection, case.id)
    assert say(sentence(history[-1]), "en") == "It was taken down on the command line: \u2068Illegal content.\u2069"
    for reference, why in ((house.reference, "disposed of before"), ("SAM-1999-9999", "There is no case")):
        status, said = await house.runs("dispose", reference, "--reason", "Again.", "--really")
        assert status == 1
        assert why in said
    assert (await house.runs("verify"))[0] == 0
