"""A number and what belongs to it stay on one line."""

import pytest

from locales.spaces import faults


@pytest.mark.parametrize(
    ("code", "text", "torn"),
    [
        ("sv", "20 MB", "20 MB"),
        ("uk", "{mb} МБ", "{mb} МБ"),
        ("ar", "{sum} كرونة", "{sum} كرونة"),
        ("sv", "§ {number}", "§ {number}"),
        ("fi", "klo {time}", "klo {time}"),
        ("pl", "godz. 17:36", "godz. 17:36"),
        ("sv", "EN 301 549", "301 549"),
        ("es", "2 000 000", "2 000 000"),
    ],
)
def test_a_plain_space_between_them_is_found(code: str, text: str, torn: str) -> None:
    assert [*faults(text, code)] == [f"no-break space: “{torn}” can be torn apart: {text!r}"]
    assert [*faults(text.replace(" ", "\u00a0"), code)] == []


@pytest.mark.parametrize("text", ["070-123 45 67", "205 80 Malmö", "12 months", "2026-12-03 14:00", "{count} MBs"])
def test_other_spaces_are_where_a_line_may_end(text: str) -> None:
    assert [*faults(text, "sv")] == []


def test_what_one_language_writes_another_does_not() -> None:
    assert [*faults("saat {time}", "tr")]
    assert [*faults("saat {time}", "sv")] == []
