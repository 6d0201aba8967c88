"""Addresses of our own in a sentence: whoever reads it follows them, or copies them whole."""

from urllib.parse import urlsplit

from markupsafe import Markup, escape

from dialogs.language.words import Text, Words

TELEGRAM = "t.me"


def address_in(text: Text, here: str) -> str:
    """The address that a sentence of ours has in its place {link}, if it leads to us: to `here`, where the web reaches us, or to our bot. Else ""."""
    link = text.values.get("link") if isinstance(text, Words) else None
    return link if isinstance(link, str) and _ours(link, here) else ""


def _ours(link: str, here: str) -> bool:
    try:
        to = urlsplit(link)
    except ValueError:
        return False
    if to.scheme == "https" and to.netloc == TELEGRAM:
        return True
    return bool(here) and to.scheme in ("http", "https") and to.netloc == urlsplit(here).netloc


def linked(said: str, address: str) -> Markup:
    """A sentence with `address` in it as a link."""
    link = Markup('<a class="link" dir="ltr" href="{0}">{0}</a>').format(address)
    return link.join(escape(part) for part in said.split(address))
