"""A channel that cannot work is the author's error at import, and the error says what to write."""

from dataclasses import replace
from typing import Any

import pytest

from dialogs.language.channel import Channel
from dialogs.language.channels import CHANNELS, MAIL, NOWHERE, TELEGRAM, TELEGRAM_STAFF, WEB, WEB_STAFF
from dialogs.language.words import Words, _

MISSED = _("“{notice}” of {at} did not arrive.")
TEXTS = replace(TELEGRAM, name="sms", buttons=False, edits=False, files=False, door="", invites=None)


@pytest.mark.parametrize(
    ("channel", "wrong", "says"),
    [
        (WEB, {"buttons": False}, "buttons=True"),
        (WEB, {"edits": True}, "edits=False"),
        (WEB, {"way": "none"}, 'say way="kept", "pushed" or "letter"'),
        (MAIL, {"way": "none", "by": ""}, 'say way="kept", "pushed" or "letter"'),
        (MAIL, {"way": "kept", "buttons": True, "by": ""}, "only applicants come and read"),
        (MAIL, {"buttons": True}, "buttons=False"),
        (MAIL, {"edits": True}, "edits=False"),
        (NOWHERE, {"way": "pushed", "by": "bot.telegram.connect"}, 'say way="none"'),
        (WEB_STAFF, {"way": "kept"}, 'say way="none"'),
        (WEB_STAFF, {"edits": True}, "edits=False"),
        (WEB_STAFF, {"by": "bot.telegram.connect"}, "leave `by` out"),
        (TELEGRAM_STAFF, {"by": ""}, "`by` names the module"),
        (WEB, {"network": ""}, "`network`"),
        (WEB, {"called": ""}, "`called`"),
        (WEB, {"called": Words("")}, "`called`"),
        (TELEGRAM, {"missed": None}, "`missed` says"),
        *(
            (TELEGRAM, {"missed": words}, "`missed` has the places")
            for words in (
                _("It did not arrive."),
                _("“{notice}” did not arrive."),
                _("“{notice}” of {at} did not reach {name}."),
                _("“{notice}” of {at} did not arrive.", at="then"),
            )
        ),
        (TELEGRAM, {"invites": None}, "`invites` says"),
        (TELEGRAM, {"invites": _("On Telegram")}, "`invites` has the place"),
        (TELEGRAM, {"invites": _("On Telegram, {name}: {link}")}, "`invites` has the place"),
        (TELEGRAM, {"door": ""}, "`invites` says"),
        *(
            (TELEGRAM, {"door": door}, "`door` has the place")
            for door in (
                "https://example.se/",
                "https://example.se/{name}",
                "https://example.se/{token}/{who}",
                "https://example.se/{}",
                "https://example.se/{token",
                "https://example.se/{token.key}",
            )
        ),
    ],
)
def test_what_cannot_work_is_refused_and_the_error_says_what_to_write(
    channel: Channel, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=f"^{channel.name}: ") as refused:
        replace(channel, **wrong)
    assert says in str(refused.value)


def test_what_can_work_is_not_refused() -> None:
    for one in CHANNELS.values():
        assert replace(one, name="another").name == "another"
    assert TEXTS.numbers
    assert replace(TEXTS, whose="anyone", missed=MISSED).missed == MISSED
    assert replace(TEXTS, whose="staff", missed=None, edits=True).missed is None
    assert replace(TEXTS, by="string").by == "string"
    assert replace(WEB, by="string", door="https://example.se/{token}").door


def test_a_door_opens_where_we_have_an_address_and_a_name() -> None:
    assert TELEGRAM.opened("t0k", here="", name="") is None
    assert TELEGRAM.opened("t0k", here="", name="our_bot") == _(
        "On Telegram: {link}", link="https://t.me/our_bot?start=t0k"
    )
    assert WEB.opened("t0k", here="https://a.se", name="") == _("On the web: {link}", link="https://a.se/join/t0k")
