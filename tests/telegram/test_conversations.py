"""The real cases as golden conversations on Telegram: a phone, a Bot API server, both bots, word for word as on the screen."""

import re
from pathlib import Path

import pytest

import bot.turns
from tests.samples import PDF
from tests.telegram.phone import Phone, shown
from tests.telegram.stage import Stage
from tests.transcripts.play import Clock

HERE = Path(__file__).parent / "conversations"
FILES = sorted(path.stem for path in HERE.glob("*.txt"))
OWN = re.compile(r"^(#.*|> .*(?:\n>\|.*)*)", re.MULTILINE)
"""A comment, or a line of the applicant's with the lines that belong to it."""


async def do(phone: Phone, words: str) -> None:
    """One line of the applicant's: a command, `tap act`, `say text` or `file name`."""
    name, _blank, rest = words.partition(" ")
    match name:
        case "tap":
            await phone.tap(rest)
        case "say":
            await phone.say(rest)
        case "file":
            await phone.send_file(rest, PDF, "application/pdf")
        case _:
            await phone.say(words)


async def played(text: str, phone: Phone, staff: Phone, clock: Clock) -> str:
    """The conversation with everything on the applicant's screen (`<`) and on the contact person's (`<<`) written anew."""
    written: list[str] = []
    for own in OWN.findall(text):
        written.append(own)
        if own.startswith("> "):
            clock.tick()
            await do(phone, own[2:].replace("\n>| ", "\n"))
            said = (await phone.read()).splitlines()
            told = [line for message in staff.fresh() for line in shown(message).splitlines()]
            written += [*(f"< {line}".rstrip() for line in said), *(f"<< {line}".rstrip() for line in told)]
    return "\n".join(written) + "\n"


@pytest.mark.parametrize("name", FILES)
async def test_is_said_like_this_on_telegram(
    name: str, stage: Stage, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    _sign, locale, start = text.partition("\n")[0].split(" ", 2)
    clock = Clock(start)
    monkeypatch.setattr(bot.turns, "now", clock)
    staff = stage.staff_phone(locale="sv")
    await stage.invited(staff, "Karin Berg")
    written = await played(text, stage.phone(locale=locale), staff, clock)
    if update:
        (HERE / f"{name}.txt").write_text(written, encoding="utf-8")
    assert written == (HERE / f"{name}.txt").read_text(encoding="utf-8"), "run pytest --update and read the difference"
