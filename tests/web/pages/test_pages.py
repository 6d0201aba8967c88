"""Sentences as HTML: what must not be torn apart stays on one line."""

from bot.web.pages.pages import unbroken
from dialogs.applicants.terms import SWITCHBOARD


def test_no_line_breaks_inside_a_number() -> None:
    said = unbroken(f"Ring {SWITCHBOARD} about SAM-2026-0001.")
    assert f'<bdi class="unbroken">{SWITCHBOARD}</bdi>' in said
    assert '<bdi class="unbroken">SAM-2026-0001</bdi>' in said
    assert "&lt;b&gt;" in unbroken("<b>")
