"""`make translations` changes nothing where nothing has changed, and keeps what translators have written beside their texts."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales.message import FILE, HERE, catalogs, read
from locales.template import extracted
from locales.update import updated

TALKING = """\
# Finnish translation.
msgid ""
msgstr ""
"Report-Msgid-Bugs-To: EMAIL@ADDRESS\\n"
"POT-Creation-Date: 2026-11-30 02:19+0000\\n"
"Last-Translator: the project\\n"
"Language: fi\\n"
"Language-Team: Finnish\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

# without: contact person — the pronoun says it, as it does in every other sentence of this page
msgid "Your contact person is away."
msgstr "Hän on poissa."

msgid "Gone"
msgstr "Poissa"
"""


@pytest.fixture(scope="module")
def source() -> Catalog:
    return extracted()


@pytest.mark.parametrize("code", catalogs(HERE))
def test_a_catalog_that_is_up_to_date_stays_as_it_is(code: str, source: Catalog) -> None:
    assert updated(HERE / code / FILE, source) == (HERE / code / FILE).read_text(encoding="utf-8"), (
        "run `make translations`"
    )


def test_what_a_translator_said_above_a_message_stays_there(tmp_path: Path) -> None:
    path = tmp_path / "fi" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(TALKING, encoding="utf-8")
    asked = Catalog()
    asked.add("Your contact person is away.")
    asked.add("Back")
    once = updated(path, asked)
    path.write_text(once, encoding="utf-8")
    assert updated(path, asked) == once
    (kept,) = [one for one in read(path, "fi") if one.string == "Hän on poissa."]
    assert " ".join(kept.user_comments).endswith("the pronoun says it, as it does in every other sentence of this page")
    assert "POT-Creation-Date" not in once
    assert "EMAIL@ADDRESS" not in once
    assert 'msgid "Gone"' not in once
    assert 'msgid "Back"\nmsgstr ""' in once
