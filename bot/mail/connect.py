"""Mail as the settings connect it: outgoing, where there is a mail server."""

from collections.abc import Iterator

from bot.mail.carrier import Mail
from bot.settings.settings import Settings
from bot.turns.turns import Turns
from bot.worker.connected import Connected
from dialogs.language.channels import MAIL


def connect(_turns: Turns, settings: Settings) -> Iterator[Connected]:
    """The carrier of letters."""
    if smtp := settings.smtp_url.get_secret_value():
        yield Connected(channel=MAIL.name, carrier=Mail(smtp, settings.mail_from, settings.contact_mailbox))
