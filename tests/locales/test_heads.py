"""The head of a catalog stays as it is, whoever runs which command when."""

import pytest

from locales.heads import cleaned, faults

HEAD = """\
# Finnish translation.
msgid ""
msgstr ""
"Project-Id-Version: Samverkansguiden 1\\n"
"Report-Msgid-Bugs-To: EMAIL@ADDRESS\\n"
"POT-Creation-Date: 2026-11-30 02:19+0000\\n"
"Language: fi\\n"
"Generated-By: Babel 2.18.0\\n"

msgid "Back"
msgstr "Takaisin"
"""


def test_what_babel_writes_by_itself_is_found_and_taken_away() -> None:
    assert [one.partition(" says")[0] for one in faults(HEAD)] == [
        "head: POT-Creation-Date",
        "head: Generated-By",
        "head: EMAIL@ADDRESS: nobody has filled it in; `make translations` takes EMAIL@ADDRESS away",
    ]
    assert [*faults(cleaned(HEAD))] == []
    assert cleaned(HEAD).count("\n") == HEAD.count("\n") - 2


def test_an_address_in_a_message_is_nothing_of_the_head() -> None:
    asked = cleaned(HEAD) + '\nmsgid "Like EMAIL@ADDRESS"\nmsgstr "Kuten EMAIL@ADDRESS"\n'
    assert [*faults(asked)] == []


@pytest.mark.parametrize(
    "left", ["# Finnish translations for PROJECT.", '"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"']
)
def test_what_nobody_has_filled_in_is_told(left: str) -> None:
    assert len([*faults(f"{left}\n{cleaned(HEAD)}")]) == 1
