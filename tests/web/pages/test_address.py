"""Addresses in a sentence of ours: which of them are links, and what is copied with them."""

import pytest

from bot.speech.catalogs import ISOLATE, POP, say
from bot.web.pages.address import address_in, linked
from dialogs.language.words import Text, Words, _

HERE = "https://guide.example.se"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (_("On the web: {link}", link=f"{HERE}/join/abc"), f"{HERE}/join/abc"),
        (_("On Telegram: {link}", link="https://t.me/guide_bot?start=abc"), "https://t.me/guide_bot?start=abc"),
        (_("On the web: {link}", link="https://guide.example.se.evil.example/join/abc"), ""),
        (_("On the web: {link}", link="https://guide.example.se@evil.example/join/abc"), ""),
        (_("On the web: {link}", link="javascript:alert(1)"), ""),
        (_("On the web: {link}", link="https://[half"), ""),
        (Words("{name} writes about it.", {"name": f"{HERE}/join/abc"}), ""),
        (f"{HERE}/join/abc", ""),
    ],
)
def test_only_what_leads_to_us_is_a_link(text: Text, address: str) -> None:
    assert address_in(text, HERE) == address


def test_where_nobody_outside_reaches_us_no_address_is_ours() -> None:
    assert address_in(_("On the web: {link}", link="https:///join/abc"), "") == ""


def test_nothing_invisible_is_copied_with_it_and_the_rest_is_escaped() -> None:
    address = f"{HERE}/join/abc?a=1&b=2"
    html = linked(f"<b> {say(_('On the web: {link}', link=address), 'en')}", address)
    assert ISOLATE not in html
    assert POP not in html
    escaped = address.replace("&", "&amp;")
    assert f'<a class="link" dir="ltr" href="{escaped}">{escaped}</a>' in html
    assert html.startswith("&lt;b&gt; ")
