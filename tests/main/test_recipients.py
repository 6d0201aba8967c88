"""Where data goes in an installation is read off its settings."""

from typing import Any

from bot.main.program import recipients_of
from dialogs.applicants.recipients import Recipients
from tests.house import SECRET, GivenSettings


def said(**given: Any) -> Recipients:
    """What is said of an installation with these settings."""
    return recipients_of(GivenSettings(secret_key=SECRET, **given))


def test_the_settings_say_where_data_goes() -> None:
    assert said() == Recipients()
    bots = {"applicants_bot_token": "1:" + "a" * 35, "contact_persons_bot_token": "2:" + "b" * 35}
    services = {"smtp_url": "smtp://localhost:25", "translate_url": "http://localhost:5000"}
    everywhere = said(**bots, **services, hosted_by="Company AB in Sweden")
    assert everywhere == Recipients(True, "notices", True, True, "Company AB in Sweden")
