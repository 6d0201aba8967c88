"""Law: what a house does not use costs it nothing."""

import subprocess
import sys

from tests.laws.source import ROOT


def test_the_program_does_not_import_a_bot_that_is_off() -> None:
    """Importing aiogram takes seconds and memory; a house without bots pays nothing. Nor does one whose files lie in a folder for obstore."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, bot.__main__, bot.main.program, bot.web.application; print(*(one in sys.modules for one in ('aiogram', 'telegram', 'obstore')))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False", "False"]


def test_a_bot_that_is_on_builds_no_models_that_nobody_uses() -> None:
    """They take seconds and a hundred megabytes. Models of our own are built as ever."""
    asked = "aiogram.types.Message.__pydantic_complete__, pydantic.BaseModel.model_rebuild.__module__"
    printed = subprocess.run(
        [sys.executable, "-c", f"import bot.telegram.applicants, aiogram.types, pydantic; print({asked})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.split() == ["False", "pydantic.main"]
