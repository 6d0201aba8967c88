"""Whoever speaks English only changes a sentence of `locales/en`, in a copy of the tree: one file, and no quick test minds."""

import re
import shutil
from pathlib import Path

import pytest

from tests.recipes.scratch import ROOT, Scratch
from tests.spread import WHOLE

CATALOG = "locales/en/LC_MESSAGES/messages.po"
SENTENCE = "Your contact person is {name}."
STARTS = re.compile(r'(\nmsgstr(?:\[\d\])? (?:""\n)?")')
"""The beginning of each translation, up to its first letter."""
LEFT = (".git", ".venv", "var", ".*_cache", ".hypothesis", "__pycache__")


def test_another_english_sentence_changes_no_test(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "copy")
    said = f'msgid "{SENTENCE}"\nmsgstr "'
    scratch.replace(CATALOG, f"{said}{SENTENCE}", f"{said}You can turn to {{name}}.")
    done = scratch.tests(
        "tests/dialogs/applicants/test_sent_status.py", "tests/speech/test_catalogs.py", "-k", "not nb"
    )
    assert done.returncode == 0, done.stdout
    asked = f"from tests.keys import english; print(english({SENTENCE!r}))"
    assert scratch.python("-c", asked).stdout.strip() == "You can turn to {name}."


@pytest.mark.skipif(not WHOLE, reason="every quick test once more: make test-all")
def test_no_quick_test_depends_on_any_english_sentence(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "copy")
    shutil.copytree(ROOT, scratch.root, ignore=shutil.ignore_patterns(*LEFT), dirs_exist_ok=True)
    head, first, rest = scratch.read(CATALOG).partition("\n\nmsgid")
    planted, times = STARTS.subn(r"\1~ ", f"{first}{rest}")
    assert times > 1000
    scratch.write(CATALOG, f"{head}{planted}")
    (folders,) = re.findall(r"^QUICK := (.+)$", scratch.read("Makefile"), re.MULTILINE)
    done = scratch.tests("-m", "quick", *folders.split())
    assert done.returncode == 0, done.stdout
