"""The reading copy, against a server that speaks LibreTranslate's interface at the wire."""

from collections.abc import AsyncIterator

import pytest

import bot.speech.translation
from bot.speech.translation import Translation
from tests.translator import LibreTranslate, translating


@pytest.fixture
async def server() -> AsyncIterator[LibreTranslate]:
    async with translating() as service:
        yield service


async def test_texts_in_other_languages_are_translated_once(server: LibreTranslate) -> None:
    translation = Translation(server.url, "a key")
    texts = [
        ("نريد مقاعد", "ar"),
        ("We want benches", "en"),
        ("Vi vill ha bänkar", "sv"),
        ("Lätt", "sv@easy"),
        ("", "ar"),
    ]
    found = await translation.copies(texts)
    assert found == {texts[0]: "[sv] نريد مقاعد", texts[1]: "[sv] We want benches"}
    assert {(one["source"], one["target"], one["format"], one["api_key"]) for one in server.asked} == {
        ("ar", "sv", "text", "a key"),
        ("en", "sv", "text", "a key"),
    }
    assert await translation.copies(texts) == found
    assert len(server.asked) == 2


async def test_what_fails_is_left_out_and_the_rest_is_there(server: LibreTranslate) -> None:
    server.ways = {"a": "error", "b": "nonsense", "c": "list"}
    found = await Translation(server.url).copies([(text, "en") for text in "abcd"])
    assert found == {("d", "en"): "[sv] d"}


async def test_a_slow_service_is_not_waited_for(server: LibreTranslate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.speech.translation, "TIMEOUT", 0.3)
    server.ways = {"slow": "slow"}
    assert await Translation(server.url).copies([("quick", "en"), ("slow", "en")]) == {("quick", "en"): "[sv] quick"}


async def test_without_a_service_nothing_is_asked_and_nothing_fails() -> None:
    off = Translation("")
    assert not off.on
    assert await off.copies([("text", "en")]) == {}
    assert await Translation("http://127.0.0.1:9").copies([("text", "en")]) == {}


async def test_no_text_is_written_into_a_log(server: LibreTranslate, caplog: pytest.LogCaptureFixture) -> None:
    server.ways = {"hemligt": "error"}
    await Translation(server.url, "nyckeln").copies([("hemligt", "en")])
    assert "400" in caplog.text
    assert "hemligt" not in caplog.text
    assert "nyckeln" not in caplog.text
