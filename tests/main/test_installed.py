"""The program out of a wheel, away from the repository: every template, catalog, font and migration goes along."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.speech.catalogs import languages
from tests.process.blocking_visitor import BlockingVisitor
from tests.process.program import ROOT, Program
from tests.process.walk import reference_in, to_the_review

SOURCES = ("bot", "dialogs", "storage", "locales", "pyproject.toml", "README.md", "LICENSE")
AWAY = ("Failed to fetch", "dns error", "error sending request", "No solution found")
"""What uv says where the build's own package, setuptools, can be had from nowhere."""


def copied(to: Path) -> Path:
    """What the program is made of, in a folder of its own: a build writes beside it."""
    to.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)
    return to


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is unpacked, as an installer does it; what it needs is there already."""
    directory = tmp_path_factory.mktemp("installed")
    build = [f"{Path(sys.executable).parent}/uv", "build", "--quiet", "--wheel", f"--out-dir={directory}", "."]
    built = subprocess.run(build, cwd=copied(directory / "source"), capture_output=True, text=True, check=False)
    if built.returncode and any(said in built.stderr for said in AWAY):
        pytest.skip("setuptools is not to be had: no registry is reached")
    assert built.returncode == 0, built.stderr
    (wheel,) = directory.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(directory / "site")
    return directory / "site"


def test_somebody_applies_and_the_package_is_made(site: Path, tmp_path: Path) -> None:
    """Migrations, pages in Arabic, fonts and typst's templates, and the child process that makes the package."""
    program = Program(tmp_path, PYTHONPATH=str(site), LOG_FORMAT="text").start()
    visitor = BlockingVisitor(program.url, "ar")
    assert 'dir="rtl"' in visitor.see().html
    assert "text/css" in visitor.see("/static/style.css").headers["Content-Type"]
    reference = reference_in(visitor.press(visitor.press(to_the_review(visitor), "send"), "sure"))
    visitor.close()
    assert program.stop() == 0
    assert program.run("export", reference)
    with zipfile.ZipFile(tmp_path / f"{reference}.zip") as package:
        assert any(name.endswith(".pdf") for name in package.namelist())
        assert b"Samverkansguiden 0." in b"".join(package.read(name) for name in package.namelist() if "json" in name)


def test_every_language_is_installed(site: Path, tmp_path: Path) -> None:
    asked = "import bot.speech.catalogs as speech; print(*speech.languages()); print(speech.catalog_file.CATALOGS)"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    found, where = said.stdout.splitlines()
    assert set(found.split()) == set(languages())
    assert Path(where) == site / "locales"
