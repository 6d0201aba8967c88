"""The recipe "A language": Norwegian, in letters that no language of ours is written in."""

import re
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from tests.recipes.recipe import Mistake, Recipe
from tests.recipes.scratch import Scratch, elsewhere

CATALOG, GLOSSARY = "locales/nb/LC_MESSAGES/messages.po", "locales/nb/glossary.md"
HEAD = """\
# Norwegian (bokmål) translation of Samverkansguiden.
# How it was made: for a test, letter by letter. Terms: locales/nb/glossary.md
# X-Reviewed: no
"""
TERMS = """\
# Norwegian glossary

| Swedish | Norwegian |
| --- | --- |
| samverkansstöd | samarbeidsstøtte (samverkansstöd) |
| tekniska nämnden | teknisk utvalg (tekniska nämnden) |
"""


def translated(scratch: Scratch) -> None:
    """The command of the README, and then that one file from top to bottom."""
    (command,) = re.findall(r"`\.venv/bin/pybabel (init [^`]+)`", scratch.read("README.md"))
    done = scratch.runs(str(Path(sys.executable).parent / "pybabel"), *command.split())
    assert done.returncode == 0, done.stdout
    path = scratch.root / CATALOG
    with path.open("rb") as file:
        catalog = read_po(file, locale="nb")
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(elsewhere(str(one)) for one in message.id)
        elif message.id:
            message.string = elsewhere(str(message.id))
    catalog.header_comment = HEAD.rstrip()
    with path.open("wb") as file:
        write_po(file, catalog)


CATALOGS = "tests/speech/test_catalogs.py"
LAWS = (
    "every_message_is_there_with_every_form_and_every_place",
    "its_head_says_how_it_was_made_and_who_has_read_it",
    "a_glossary_stands_beside_it",
    "numbers_that_cldr_tells_apart_have_forms_of_their_own",
    "no_direction_is_marked_in_it",
    "every_label_fits_on_its_button",
    "a_button_is_quoted_as_it_is_labelled",
    "a_day_stands_in_a_sentence_in_every_month",
)
LANGUAGE = Recipe(
    "language",
    sources=0,
    files={GLOSSARY: TERMS},
    also=translated,
    tests=(
        "tests/recipes/proofs/language.py",
        "tests/laws/test_publiccode.py",
        *(f"{CATALOGS}::test_{law}[nb]" for law in LAWS),
        "tests/speech/test_detect.py::test_nothing_that_our_catalogs_say_is_taken_for_another_of_our_languages[nb]",
        "tests/speech/test_detect.py::test_a_language_is_known_by_its_own_name_and_by_that_in_swedish_and_english[nb]",
        "tests/dialogs/phases/test_steps.py::test_each_is_said_in_every_language[nb]",
    ),
    mistakes={
        "no glossary": Mistake(
            GLOSSARY,
            TERMS,
            "",
            "nb: write locales/nb/glossary.md",
            f"{CATALOGS}::test_a_glossary_stands_beside_it[nb]",
        ),
        "how it was made": Mistake(
            CATALOG,
            "# How it was made: for a test, letter by letter. ",
            "# ",
            "nb: say at the head of its catalog: How it was made",
            f"{CATALOGS}::test_its_head_says_how_it_was_made_and_who_has_read_it[nb]",
        ),
        "a place in a sentence": Mistake(
            CATALOG,
            f'msgid "Received: {{at}}"\nmsgstr "{elsewhere("Received: {at}")}"\n',
            f'msgid "Received: {{at}}"\nmsgstr "{elsewhere("Received: {when}")}"\n',
            "nb: places ['when'] instead of ['at']: 'Received: {at}'",
            f"{CATALOGS}::test_every_message_is_there_with_every_form_and_every_place[nb]",
        ),
    },
)
