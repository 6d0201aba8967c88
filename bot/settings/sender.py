"""Who letters are from: an address, and the name that may come before it."""

import re
from email.headerregistry import Address

from dialogs.kinds.contact import email_in

NAMED = re.compile(r'"?(?P<name>[^"<>]*)"?\s*<(?P<address>[^<>]+)>')
HERE = "localhost"
"""The domain of a sender that only a mail server on the same machine accepts; the server puts its own name there."""


def sender(value: str) -> Address:
    """The sender that `value` names: "name@example.se", or "Samverkansguiden <name@example.se>". ValueError when no letter could be sent from it."""
    named = NAMED.fullmatch(value.strip())
    name, address = (named["name"].strip(), named["address"].strip()) if named else ("", value.strip())
    local, _at, domain = address.rpartition("@")
    known = email_in(f"{local}@example.se" if domain == HERE else address)
    if not known or not address.isascii() or not value.isprintable():
        raise ValueError("must be one e-mail address, plain or as in: Samverkansguiden <name@example.se>")
    return Address(name, addr_spec=address)
