"""The program with both bots, a Bot API server and a mail server: by polling, by webhook, and killed on the way."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.answers import went_on
from tests.applicant import ANSWERS
from tests.house import SECRET
from tests.keys import english
from tests.letterbox import Letterbox
from tests.ports import free_port
from tests.process.program import Program
from tests.process.telegram import APPLICANTS, CONTACT_PERSONS, PROPOSAL, patiently, settings
from tests.telegram.bot_api import BotApi
from tests.telegram.phone import Phone, shown

COOPERATION = "Who already works together, on what, and since when? How are those who live or work there part of it?"


async def answer(phone: Phone, question: str) -> None:
    """Answer the question that stands in the chat, and wait for what follows."""
    for step in ANSWERS[question]:
        verb, _space, rest = step.partition(" ")
        await (phone.say(rest) if verb == "say" else phone.tap(rest))
        await patiently(phone)


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_from_hello_to_the_contact_person(way: str, api: BotApi, tmp_path: Path) -> None:
    letterbox, port = Letterbox().start(), str(free_port())
    public = {"PUBLIC_URL": f"http://127.0.0.1:{port}"} if way == "webhook" else {}
    more = {"SMTP_URL": letterbox.url, "CONTACT_MAILBOX": "box@example.se", "STAFF_BOT": "full"}
    program = Program(tmp_path, **settings(api, PORT=port, **more, **public))
    invited = await asyncio.to_thread(program.run, "invite", "Karin")
    await asyncio.to_thread(program.start)
    staff = Phone(api.account(CONTACT_PERSONS), 901, "en", "Karin")
    await staff.start(invited.rpartition("start=")[2].strip())
    await staff.expect(english("The queue"), 20)

    phone = Phone(api.account(APPLICANTS), 501, "en")
    await phone.walk("")
    await phone.tap("send")
    await phone.read()
    await phone.tap("sure")
    receipt = await phone.expect("SAM-")
    assert english("Your application has arrived") in receipt
    reference = re.findall(r"SAM-[\d-]+\d", receipt)[0]
    notice = await staff.expect("SAM-")
    assert "Möllevångstorget" in notice
    assert PROPOSAL not in notice, "no application text in a notice"
    await staff.tap(english("Open the case"))
    assert PROPOSAL in await staff.expect(f"[{english('I take it')}]")
    await staff.tap(english("I take it"))
    await staff.expect(english("{reference} is yours. The applicants are told.", reference=reference))
    taken = "{name} has taken your case {reference} and will get in touch with you."
    await phone.expect(english(taken, name="Karin", reference=reference))

    letterbox.wait_for(2)
    assert sorted(letterbox.recipients) == ["box@example.se", "sara@malmo.se"]
    assert await asyncio.to_thread(program.stop) == 0
    assert bool(api.account(APPLICANTS).webhook) == (way == "webhook")
    for secret in (APPLICANTS, CONTACT_PERSONS, SECRET, "sara@malmo.se", PROPOSAL, "Sara"):
        assert secret not in program.log
    letterbox.stop()


async def test_killed_on_the_way(api: BotApi, database_url: str, tmp_path: Path) -> None:
    program = Program(tmp_path, **settings(api, DATABASE_URL=database_url))
    await asyncio.to_thread(program.start)
    phone = Phone(api.account(APPLICANTS), 501, "en")
    await phone.walk("proposal")
    for question in ("proposal", "established", "contributes"):
        # Killed with the message sent and not yet dealt with, or dealt with and not yet answered: nobody knows.
        await phone.say(PROPOSAL) if question == "proposal" else await phone.tap(
            "met" if question == "established" else "set:money"
        )
        await asyncio.sleep({"proposal": 0, "established": 0.01, "contributes": 0.05}[question])
        program.kill()
        await asyncio.to_thread(program.start)
        await phone.expect(
            {
                "proposal": english("Established cooperation"),
                "established": english(COOPERATION),
                "contributes": f"☑ {english('Money')}",
            }[question],
            30,
        )
        if question == "established":
            for asked in ("cooperation", "contribution"):
                await answer(phone, asked)
    await phone.say("20 000 kr a year")
    await patiently(phone)
    while asked := phone.question:
        await answer(phone, asked)
        went_on(asked, phone.question, shown(phone.last))
    program.kill()
    await asyncio.to_thread(program.start)
    await phone.tap("send")
    await patiently(phone)
    await phone.tap("sure")
    await asyncio.sleep(0.02)
    program.kill()
    await asyncio.to_thread(program.start)
    receipt = await phone.expect("SAM-", 30)
    assert "-0001" in receipt
    await phone.tap("status")
    status = await phone.expect("-0001", 30)
    assert "-0002" not in status
    assert PROPOSAL not in program.log
    everything = "\n".join(shown(message) for message in phone.account.shown[phone.id])
    assert everything.count(english("Reference number: {reference}").partition("{")[0]) <= 2, (
        "a message may repeat after a crash; the case does not"
    )
    assert await asyncio.to_thread(program.stop) == 0
