"""What seals the events of an installation, made of its keys."""

from bot.settings.keys import Keys
from storage.cases.chain import Seal


def seal_of(keys: Keys) -> Seal:
    """What seals the events of this installation; what was sealed under a key before still holds."""
    return Seal(keys.derive("events"), [seal_of(one) for one in keys.before])
