"""The table of channels: what stands in it works, and a name that does not is the author's error at once."""

import ast
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir

import pytest
from sqlalchemy import String

from bot.operations import metrics
from bot.worker.past_the_outbox import Straight
from dialogs.desk.undelivered import Undelivered, sentence
from dialogs.language.channels import (
    CHANNELS,
    TELEGRAM,
    Channel,
    applicant_channels,
    chats_of_staff,
    of_their_networks,
    table,
    with_doors,
)
from dialogs.language.words import _
from storage.database.tables import metadata
from storage.people.people import Address
from tests.house import compose

SMS = replace(TELEGRAM, name="sms", network="sms", called="SMS", missed=_("“{notice}” of {at} did not reach {name}."))


def test_channels_are_called_what_the_field_calls_them() -> None:
    assert list(CHANNELS) == ["telegram", "telegram_staff", "web", "web_staff", "mail", "nowhere"]
    assert applicant_channels() == ("telegram", "web")
    assert chats_of_staff() == ("telegram_staff",)


def test_the_tables_have_room_for_every_name() -> None:
    columns = [table.c.channel for table in metadata.sorted_tables if "channel" in table.c]
    lengths = [column.type.length for column in columns if isinstance(column.type, String)]
    assert len(lengths) == 4
    assert max(map(len, CHANNELS)) <= min(length or 0 for length in lengths)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(SMS, name="SMS"),
        lambda: replace(SMS, name="text_messages_of_the_city"),
        lambda: replace(SMS, missed=None),
        lambda: replace(SMS, by=""),
        lambda: replace(SMS, invites=None),
        lambda: table((*CHANNELS.values(), replace(SMS, name="mail"))),
        lambda: Address("applicants", "5"),
        lambda: Straight({"sms": None}),  # type: ignore[dict-item]
        lambda: compose(f"sqlite:///{gettempdir()}/guide.sqlite3", Path()).program.delivery({"sms": None}),  # type: ignore[dict-item]
    ],
)
def test_a_channel_that_cannot_work_is_said_at_once(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"sms|SMS|text_messages|mail|applicants"):
        wrong()


def test_what_carries_one_channel_carries_the_others_of_its_network() -> None:
    assert of_their_networks({"telegram"}) == {"telegram", "telegram_staff"}
    assert of_their_networks({"mail", "of_a_newer_program"}) == {"mail", "of_a_newer_program"}


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("telegram", "did not reach an applicant on Telegram"),
        ("mail", "did not reach the applicants by mail"),
        ("nowhere", "no way to them is left"),
        ("of_a_newer_program", "did not reach {name}"),
    ],
)
def test_each_way_says_for_itself_what_did_not_arrive(channel: str, said: str) -> None:
    one = Undelivered("applicants", "", _("Your case"), channel, "HTTP 403", datetime(2026, 11, 30, tzinfo=UTC))
    assert said in sentence(one).id


def test_every_channel_is_counted_under_its_own_name() -> None:
    for name in CHANNELS:
        metrics.delivered(name, "delivered")
    said = metrics.text(None).decode()
    assert all(f'deliveries_total{{channel="{name}",outcome="delivered"}}' in said for name in CHANNELS)


@pytest.mark.parametrize("what", ["buttons", "edits", "files"])
def test_whoever_adds_a_channel_has_to_say_what_it_can_do(what: str) -> None:
    said = {one.name: getattr(SMS, one.name) for one in fields(Channel) if one.name != what}
    with pytest.raises(TypeError, match=what):
        Channel(**said)


def test_each_is_connected_by_a_module_that_is_there() -> None:
    modules = {one.by for one in CHANNELS.values() if one.by}
    assert {name: callable(import_module(name).connect) for name in modules} == dict.fromkeys(modules, True)


def test_a_token_opens_a_door_where_it_is_known_where_that_is() -> None:
    opened = TELEGRAM.opened("abc", here="", name="guide_bot")
    assert opened
    assert opened.values == {"link": "https://t.me/guide_bot?start=abc"}
    assert TELEGRAM.opened("abc", here="https://example.se", name="") is None
    assert CHANNELS["mail"].opened("abc", here="https://example.se", name="x") is None
    assert [one.name for one in with_doors("applicants")] == ["web", "telegram"]
    assert [one.name for one in with_doors("staff")] == ["web_staff", "telegram_staff"]


def named(node: ast.AST) -> set[str]:
    """The channels that are named in what is compared, or looked for in a match: as text, or by the name of their value."""
    found = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    values = (one.value for one in ast.walk(node) if isinstance(one, ast.Attribute) and one.attr == "name")
    return (found | {value.id.lower() for value in values if isinstance(value, ast.Name)}) & CHANNELS.keys()


def test_no_code_compares_the_name_of_a_channel() -> None:
    """But for the commands, one of which is called web."""
    root = Path(__file__).parents[3]
    found = [
        f"{file.relative_to(root)}:{node.lineno}: {', '.join(named(node))}"
        for floor in ("bot", "dialogs", "storage")
        for file in root.glob(f"{floor}/**/*.py")
        if file != root / "bot/__main__.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare | ast.MatchValue) and named(node)
    ]
    assert found == []
