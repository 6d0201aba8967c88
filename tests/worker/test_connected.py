"""A channel that its module cannot connect is the author's error at the start, and named with the module."""

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.main.program import Program
from bot.worker.connected import Connected, connected
from dialogs.engine.declared import Declared
from dialogs.language.channels import CHANNELS, TELEGRAM
from tests.channels.sms import SMS
from tests.house import compose

BY = "bot.sms_of_a_test"


@pytest.fixture
async def program(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Program]:
    """The program, whose settings connect nothing."""
    parts = compose(sqlite_url, tmp_path)
    yield parts.program
    await parts.close()


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module that the new channel names; nothing is in it yet."""
    made = ModuleType(BY)
    monkeypatch.setitem(sys.modules, BY, made)
    monkeypatch.setitem(CHANNELS, SMS.name, replace(SMS, by=BY))
    return made


@pytest.mark.parametrize("by", ["bot.not_written", "not_written.sms"])
def test_a_module_that_is_not_there_is_named_with_its_channel(
    program: Program, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setitem(CHANNELS, SMS.name, replace(SMS, by=by))
    with pytest.raises(Declared, match=rf"channel sms: {by} is not there: write it, with connect\(turns, settings\)"):
        program.connected()


def test_what_a_module_that_is_there_lacks_is_named_as_it_is(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sms_of_a_gateway.py").write_text("import a_library_that_is_not_installed\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="a_library_that_is_not_installed"):
        connected([replace(SMS, by="sms_of_a_gateway")], program.turns, program.settings)


def test_a_module_that_connects_nothing_is_named(program: Program, module: ModuleType) -> None:
    with pytest.raises(Declared, match=rf"channel sms: {BY} has no connect"):
        program.connected()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"channel": "sms"}, "missing 1 required keyword-only argument: 'carrier'"),
        ({"channel": "sms", "carrier": None}, r"the carrier of sms has no carry\(post\)"),
    ],
)
def test_a_channel_without_a_carrier_is_named(
    program: Program, module: ModuleType, given: dict[str, Any], why: str
) -> None:
    module.connect = lambda _turns, _settings: [Connected(**given)]  # type: ignore[attr-defined]
    with pytest.raises(Declared, match=f"channel sms: {BY}: .*{why}"):
        program.connected()


def test_a_module_connects_the_channels_that_name_it_and_no_other(program: Program, module: ModuleType) -> None:
    module.connect = lambda _turns, _settings: [Connected(channel=TELEGRAM.name, carrier=Silent())]  # type: ignore[attr-defined]
    with pytest.raises(Declared, match=f"channel sms: {BY} connects telegram as well"):
        program.connected()


class Silent:
    """A carrier that nothing is given to."""

    async def carry(self, post: object) -> Any:
        """Nothing is carried."""
        raise AssertionError(post)
