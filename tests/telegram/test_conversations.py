"""Golden conversations on Telegram: phones, a Bot API server, both bots, word for word as on the screen; and two channels in one case."""

import re
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.turns.contact_person import Filled, fill_in
from storage.cases import cases
from storage.people import staff
from tests.answers import EN
from tests.clock import Clock
from tests.keys import english
from tests.samples import PDF
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import Stage
from tests.transcripts.golden import is_new, offered

HERE = Path(__file__).parent / "conversations"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))
OWN = re.compile(r"^(#.*|>>? .*(?:\n>\|.*)*)", re.MULTILINE)
"""A comment, or a line of the applicant's (`>`) or of the contact person's (`>>`) with the lines that belong to it."""


async def do(phone: Phone, words: str) -> None:
    """One line of a person's: a command, `tap act`, `say text`, `file name`, or `walk` through the whole application."""
    name, _blank, rest = words.partition(" ")
    match name:
        case "tap":
            await phone.tap(rest)
        case "say":
            await phone.say(rest)
        case "file":
            await phone.send_file(rest, PDF, "application/pdf")
        case "walk":
            await phone.walk("")
        case _:
            await phone.say(words)


async def played(text: str, phone: Phone, staff: Phone, clock: Clock, new_in: str = "") -> str:
    """The conversation with everything on the applicant's screen (`<`) and on the contact person's (`<<`) written anew.

    A question that it does not know yet is answered where it is asked, if `new_in` says in which language that is.
    """
    written: list[str] = []
    lines = OWN.findall(text)
    while lines:
        own = lines.pop(0)
        if (
            new_in
            and own.startswith("> ")
            and phone.account.chats.get(phone.id)
            and is_new(phone.question, text, new_in)
        ):
            lines = [*(f"> {step}".replace("\n", "\n>| ") for step in EN.chat[phone.question]), own, *lines]
            own = lines.pop(0)
        written.append(own)
        if own.startswith(">"):
            clock.tick()
            sign, _blank, words = own.partition(" ")
            await do(staff if sign == ">>" else phone, words.replace("\n>| ", "\n"))
            said = (await phone.read()).splitlines()
            told = [line for message in staff.fresh() for line in shown(message).splitlines()]
            written += [*(f"< {line}".rstrip() for line in said), *(f"<< {line}".rstrip() for line in told)]
    return "\n".join(written) + "\n"


def document_of(phone: Phone) -> bytes:
    """The newest document in a chat."""
    sent = [message["document"] for message in phone.account.chats[phone.id].values() if "document" in message]
    return phone.account.files[sent[-1]["file_id"]]


@pytest.mark.english
@pytest.mark.house(offered=offered())
@pytest.mark.parametrize("name", FILES)
async def test_is_said_like_this_on_telegram(name: str, stage: Stage, update: bool) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, locales, start = text.partition("\n")[0].split(" ", 2)
    locale, _slash, theirs = locales.partition("/")
    clock = stage.parts.clock
    clock.is_now(start)
    karin = stage.staff_phone(locale=theirs or "sv")
    await stage.invited(karin, "Karin Berg")
    written = await played(text, stage.phone(locale=locale), karin, clock, locale if update else "")
    if update:
        (HERE / f"{name}.txt").write_text(written, encoding="utf-8")
    assert written == (HERE / f"{name}.txt").read_text(encoding="utf-8"), "run pytest --update and read the difference"


async def test_asked_on_the_web_answered_in_telegram_read_on_the_phone(stage: Stage) -> None:
    """One case, three places: a form at the desk, the applicant's bot, the contact persons' bot."""
    karin, sara, turns = stage.staff_phone(), stage.phone(), stage.parts.turns
    await stage.invited(karin)
    await sara.walk("")
    for act in ("send", "sure"):
        await sara.tap(act)
        await sara.read()
    karin.press("take:1", 1)
    await karin.read()
    async with stage.parts.database.read() as connection:
        case = await cases.case_by_id(connection, 1)
        who = next(one for one in await staff.active(connection) if one.name == "Karin")
    posted = {
        "keys": {"ids": ("challenges",)},
        "message": {"text": ("Please tell us about the evenings.",)},
        "due": {"date": ("2199-03-20",)},
    }
    assert isinstance(done := await fill_in(turns, who, case, "ask", posted), Filled)
    assert done.refused == {}
    assert "Please tell us about the evenings." in await sara.read()
    await sara.tap("complete:1")
    assert f"{english('Known already')}:\nDark in the evening.\nFrom: your application, " in await sara.read()
    await sara.say("Three lamps are broken.")
    for act in ("send", "sure"):
        await sara.read()
        await sara.tap(act)
    await sara.read()
    await karin.read()
    await karin.tap("case:1")
    page = await karin.read()
    assert "Three lamps are broken." in page
    _new, _sign, old = page.partition("Before:")
    assert old.strip().startswith("Dark in the evening.")


async def test_both_sides_get_the_same_meeting_for_the_calendar(stage: Stage) -> None:
    karin, sara = stage.staff_phone(), stage.phone()
    await stage.invited(karin)
    await sara.walk("")
    for act in ("send", "sure"):
        await sara.tap(act)
        await sara.read()
    for act in ("take:1", "do:times:1"):
        karin.press(act, 1)
        await karin.read()
    await karin.say("2199-03-10 14:00\n2199-03-11 09:00\n2199-03-12 09:00")
    await karin.read()
    await karin.say("August Palms plats 1")
    await karin.read()
    await karin.tap("send")
    await sara.read()
    await sara.tap("time:1:1")
    await sara.read()
    found = [Calendar.from_ical(document_of(phone)).walk("VEVENT")[0] for phone in (karin, sara)]
    assert found[0]["UID"] == found[1]["UID"]
    assert {str(one.decoded("dtstart")) for one in found} == {"2199-03-11 08:00:00+00:00"}
    assert {str(one["LOCATION"]) for one in found} == {"August Palms plats 1"}


async def test_the_desk_is_worked_at_by_commands(stage: Stage) -> None:
    karin, sara = stage.staff_phone(), stage.phone()
    await stage.invited(karin)
    await sara.walk("")
    for act in ("send", "sure"):
        await sara.tap(act)
        await sara.read()
    await karin.read()
    for said, answer in (
        ("/queue möllevång", "Möllevångstorget"),
        ("/queue rosengård", "There is no case here."),
        ("Möllevång", "Möllevångstorget"),
        ("/mine", "My cases"),
        ("/start_case", "Start a case"),
        ("/absence", english("From what day are you away?")),
        ("/overview", english("How support is spread over the city")),
        ("/help", "Hello"),
        ("/unheard_of", "Hello"),
    ):
        await karin.say(said)
        assert answer in await karin.read(), said
