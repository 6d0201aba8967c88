"""The table of channels: what stands in it works, and a name that does not is the author's error at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import pytest
from sqlalchemy import String

from bot.operations import metrics
from bot.worker.past_the_outbox import Straight
from dialogs.desk.undelivered import Undelivered, sentence
from dialogs.language import channels
from dialogs.language.channel import Channel
from dialogs.language.channels import (
    CHANNELS,
    TELEGRAM,
    applicant_channels,
    chats_of_staff,
    of_their_networks,
    table,
)
from dialogs.language.words import _
from storage.database.tables import metadata
from storage.people.people import Address
from tests.house import compose

SMS = replace(TELEGRAM, name="sms", network="sms", called="SMS", missed=_("“{notice}” of {at} did not arrive."))


def test_every_channel_stands_in_the_table() -> None:
    """One that does not is connected by nobody, and nobody would notice."""
    lost = [name for name, one in vars(channels).items() if isinstance(one, Channel) and CHANNELS.get(one.name) != one]
    assert not lost, f"put {', '.join(lost)} into CHANNELS in dialogs/language/channels.py"


def test_channels_are_called_what_the_field_calls_them() -> None:
    assert {"telegram", "telegram_staff", "web", "web_staff", "mail", "nowhere"} <= CHANNELS.keys()
    assert {"telegram", "web"} <= {*applicant_channels()}
    assert "telegram_staff" in chats_of_staff()


def test_the_tables_have_room_for_every_name() -> None:
    columns = [table.c.channel for table in metadata.sorted_tables if "channel" in table.c]
    lengths = [column.type.length for column in columns if isinstance(column.type, String)]
    assert len(lengths) == 5
    assert max(map(len, CHANNELS)) <= min(length or 0 for length in lengths)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(SMS, name="SMS"),
        lambda: replace(SMS, name="text_messages_of_the_city"),
        lambda: replace(SMS, missed=None),
        lambda: table((*CHANNELS.values(), replace(SMS, name="mail"))),
        lambda: Address("applicants", "5"),
        lambda: Straight({"pigeon": None}),  # type: ignore[dict-item]
        lambda: compose(f"sqlite:///{gettempdir()}/guide.sqlite3", Path()).program.delivery({"pigeon": None}),  # type: ignore[dict-item]
    ],
)
def test_a_channel_that_cannot_work_is_said_at_once(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"pigeon|sms|SMS|text_messages|mail|applicants"):
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


def test_no_code_compares_the_name_of_a_channel() -> None:
    """Only migrations know names that were."""
    root = Path(__file__).parents[3]
    named = {f'"{name}"' for name in CHANNELS} - {'"nowhere"'}
    for file in (*root.glob("bot/**/*.py"), *root.glob("dialogs/**/*.py"), *root.glob("storage/**/*.py")):
        text = file.read_text(encoding="utf-8")
        for name in named:
            for way in (f"channel == {name}", f"channel != {name}", f"Address({name}"):
                assert way not in text, f"{file.relative_to(root)}: {way}"
