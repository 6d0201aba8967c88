"""Law: a channel's module knows no SQL and no other channel. Which modules those are, the table of channels says."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from dialogs.language import channels
from dialogs.language.channel import Channel
from tests.laws.source import ROOT

LINTED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: list[Mapping[str, Any]] = LINTED["contracts"]
LISTS = {
    "Channels know no SQL, and dialogs neither": "source_modules",
    "The channels do not know each other": "modules",
}
"""The contracts that name every channel, and where they do."""


def floors(*modules: str) -> set[str]:
    """The part of the program in which each of these modules stands, as a contract names it: bot.mail for bot.mail.connect."""
    return {".".join(module.split(".")[:2]) for module in modules}


@pytest.mark.parametrize("contract", LISTS)
def test_every_module_that_connects_a_channel_is_held_to_it(contract: str) -> None:
    """A new one would pass whatever it imports, and nobody would notice."""
    held = next(one[LISTS[contract]] for one in CONTRACTS if one["name"] == contract)
    declared = [one for one in vars(channels).values() if isinstance(one, Channel)]
    lost = floors(*(one.by for one in declared if one.by)) - {*held}
    assert not lost, f"put {', '.join(sorted(lost))} into `{LISTS[contract]}` of “{contract}” in pyproject.toml"


def test_a_channel_is_held_as_a_whole() -> None:
    assert floors("bot.sms", "bot.mail.connect") == {"bot.sms", "bot.mail"}
