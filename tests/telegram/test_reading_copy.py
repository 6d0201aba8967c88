"""The contact person's reading copy in their bot, at the wire on both sides: Telegram's and the translation service's."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

import bot.speech.translation
from bot.turns.invite import deactivate
from storage.cases import cases
from tests.clock import now
from tests.telegram.phone import Phone
from tests.telegram.stage import Stage
from tests.translator import LibreTranslate, translating

ARABIC = "نريد مقاعد وإنارة في الساحة."
BESIDE = "Show a machine translation beside it"


@pytest.fixture
async def service() -> AsyncIterator[LibreTranslate]:
    """A translation service."""
    async with translating() as one:
        yield one


@pytest.fixture
def given(service: LibreTranslate, given: dict[str, Any]) -> dict[str, Any]:
    """The house asks it, unless a test says otherwise."""
    return {"translate_url": service.url} | given


async def opened(stage: Stage, locale: str = "ar") -> Phone:
    """A contact person who has opened a case that was written in this language."""
    karin, sara = stage.staff_phone(), stage.phone(locale=locale)
    await stage.invited(karin)
    await sara.walk("proposal")
    await sara.say(ARABIC)
    await sara.read()
    await sara.walk("")
    for act in ("send", "sure"):
        await sara.tap(act)
        await sara.read()
    await karin.read()
    await karin.tap("case:1")
    return karin


async def test_it_stands_beside_the_original_and_says_what_made_it(stage: Stage, service: LibreTranslate) -> None:
    karin = await opened(stage)
    assert BESIDE in await karin.read()
    assert not service.asked, "nothing leaves the house before somebody asks for it"
    await karin.tap("copy:1")
    copy = await karin.read()
    assert "for your reading only" in copy
    at = copy.index(ARABIC)
    assert copy.index("Machine translation", at) < copy.index(f"[sv] {ARABIC}", at)
    async with stage.parts.database.read() as connection:
        held = (await connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE reply LIKE '%[sv]%'")).scalar()
        logged = (await connection.exec_driver_sql("SELECT count(*) FROM openings")).scalar()
    assert (held, logged) == (0, 2), "kept nowhere, and in the access log"


async def test_what_is_too_slow_or_fails_leaves_the_original_and_says_so(
    stage: Stage, service: LibreTranslate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.speech.translation, "TIMEOUT", 0.5)
    service.ways = {ARABIC: "slow", "Many shops and people.": "error"}
    karin = await opened(stage)
    await karin.read()
    await karin.tap("copy:1")
    copy = await karin.read()
    assert copy.index("could not be translated just now", copy.index(ARABIC)) > 0
    assert copy.count("could not be translated just now") == 2
    assert "[sv] Dark in the evening." in copy, "the others are there"


@pytest.mark.house(translate_url="")
async def test_it_is_off_unless_configured(stage: Stage) -> None:
    karin = await opened(stage)
    assert BESIDE not in await karin.read()
    karin.press("copy:1", karin.last["message_id"])
    assert "There is no such case." in await karin.read()


async def test_there_is_none_of_what_is_no_case(stage: Stage, service: LibreTranslate) -> None:
    karin = await opened(stage)
    await karin.read()
    karin.press("copy:2", karin.last["message_id"])
    assert "There is no such case." in await karin.read()
    assert not service.asked


async def test_who_is_no_contact_person_any_more_gets_none(stage: Stage, service: LibreTranslate) -> None:
    karin = await opened(stage)
    await karin.read()
    await deactivate(stage.parts.database, stage.parts.keys, "Karin", now())
    karin.press("copy:1", karin.last["message_id"])
    assert await karin.read() == ""
    assert not service.asked


async def test_swedish_needs_none(stage: Stage) -> None:
    karin = await opened(stage, "sv")
    assert BESIDE not in await karin.read()


async def test_of_a_protected_case_there_is_none(stage: Stage, service: LibreTranslate) -> None:
    karin = await opened(stage)
    await karin.read()
    async with stage.parts.database.write() as connection:
        await cases.happened(connection, stage.parts.turns.seal, 1, "protect", 1, {"named": {"ids": ["p1"]}}, now())
    karin.press("copy:1", karin.last["message_id"])
    said = await karin.read()
    assert "protected" in said
    assert BESIDE not in said
    assert not service.asked
