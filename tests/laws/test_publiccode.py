"""publiccode.yml, which catalogues of public software read, says what is true."""

import re
import tomllib
from pathlib import Path

from bot.speech.catalogs import languages, reviewed

ROOT = Path(__file__).parents[2]
SAID = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_it_names_every_language_that_is_offered() -> None:
    """One that nobody has read yet may wait for the next version."""
    listed = re.search(r"availableLanguages: \[(.+)\]", SAID)
    assert listed
    named = set(listed[1].split(", "))
    assert named <= {language.partition("@")[0] for language in languages()}
    assert {language.partition("@")[0] for language in languages() if reviewed(language)} <= named


def test_it_says_the_version_that_this_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f'softwareVersion: "{version}"' in SAID


def test_the_changelog_ends_at_the_same_version_and_day() -> None:
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", CHANGES, re.MULTILINE)
    assert released, "a version and its day, as Keep a Changelog has them"
    version, day = released[0]
    assert f'softwareVersion: "{version}"\nreleaseDate: "{day}"\n' in SAID


def test_it_points_at_nothing_made_up() -> None:
    assert "example." not in SAID
