"""The Dockerfile, without a container engine: what its steps copy and run, in an empty folder; what they cannot show here, by what they say."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import httpx
import pytest
from dockerfile_parse import DockerfileParser

from bot.settings.settings import Settings
from tests.ports import free_port
from tests.process.program import PATIENCE, ROOT

LIGHT = ("apt-get", "useradd", "pip install", "-m venv", "install --directory")
"""Steps that are not executed here: they need root, a registry or minutes. What they say is looked at instead."""


@dataclass
class Image:
    """What the steps of the last stage have made below `root`, and what they say of how it runs."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> Path:
        """Where a path of the image lies here."""
        return self.root / path.lstrip("/")


def sent() -> list[str]:
    """The files that .dockerignore lets into the build."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    kept_out = [rule.removeprefix("**/") for rule in rules if rule.startswith("**/")]
    assert rules[0] == "*"
    return [
        str(path.relative_to(ROOT))
        for name in allowed
        for path in ((ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name])
        if path.is_file() and not any(fnmatch(part, rule) for part in path.parts for rule in kept_out)
    ]


def stages() -> list[list[dict[str, str]]]:
    """The instructions of the Dockerfile, stage by stage."""
    parser, found = DockerfileParser(path=str(ROOT), fileobj=None), list[list[dict[str, str]]]()
    for one in parser.structure:
        if one["instruction"] == "FROM":
            found.append([])
        if one["instruction"] != "COMMENT":
            found[-1].append(one)
    return found


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The last stage, built in an empty folder. /venv is the environment of the tests, whose packages are the locked ones."""
    made = Image(tmp_path_factory.mktemp("image"))
    made.at("/venv").symlink_to(Path(sys.prefix))
    workdir = made.root
    for one in stages()[-1]:
        instruction, value = one["instruction"], one["value"]
        match instruction:
            case "COPY" if not value.startswith("--from"):
                *sources, target = value.split()
                for source in sources:
                    _copied(source, target, made)
            case "RUN":
                made.steps.append(value)
                if not any(word in value for word in LIGHT):
                    here = value.replace("/venv/", f"{made.root}/venv/").replace("/app", f"{made.root}/app")
                    subprocess.run(here, shell=True, cwd=workdir, check=True)
            case "WORKDIR":
                workdir = made.at(value)
            case "ENV":
                made.environment |= dict(part.split("=", 1) for part in value.split())
            case _:
                made.said[instruction] = value
    made.at("/app/var/tmp").mkdir(parents=True, mode=0o700)
    return made


def _copied(source: str, target: str, image: Image) -> None:
    there = [name for name in sent() if name == source or name.startswith(f"{source}/")]
    assert there, f"{source} is not in what .dockerignore lets in"
    for name in there:
        inside = name.removeprefix(source).lstrip("/") or name
        path = image.at(target) / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, path)


def command(image: Image, value: str) -> list[str]:
    """The words of a CMD in its exec form, with the image's python."""
    words = json.loads(value[value.index("[") :])
    assert words[0] == "python"
    return [str(image.at("/venv/bin/python")), *words[1:]]


def environment(image: Image, **more: str) -> dict[str, str]:
    """What the image sets, with its paths here."""
    at_home = {"TMPDIR": str(image.at(image.environment["TMPDIR"])), "HOST": "127.0.0.1", "PATH": os.environ["PATH"]}
    return image.environment | at_home | more


def test_it_serves_is_well_says_so_and_ends_when_told(image: Image) -> None:
    """CMD and HEALTHCHECK as they stand, on a root that nothing is written to but /app/var."""
    before = files(image)
    given = environment(image, PORT=str(free_port()), METRICS_PORT=str(free_port()), LOG_FORMAT="json")
    running = subprocess.Popen(command(image, image.said["CMD"]), cwd=image.at("/app"), env=given)
    well = command(image, image.said["HEALTHCHECK"])
    try:
        last = time.monotonic() + PATIENCE
        while subprocess.run(well, env=given, capture_output=True, check=False).returncode:
            assert running.poll() is None
            assert time.monotonic() < last
        assert httpx.get(f"http://127.0.0.1:{given['PORT']}/?language=so", timeout=30).status_code == 200
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=40) == 0
    assert subprocess.run(well, env=given, capture_output=True, check=False).returncode == 1, "and says when it is not"
    assert files(image) == before, "nothing is written but below var: the root may be read-only"


def files(image: Image) -> set[str]:
    """What lies in the image, but for its volume."""
    every = {path.relative_to(image.root).as_posix() for path in image.at("/app").rglob("*") if path.is_file()}
    return {name for name in every if not name.startswith("app/var/")}


def test_a_worker_says_that_it_is_well_too(image: Image, postgres_url: str) -> None:
    """By the same HEALTHCHECK: it has no web, but METRICS_PORT."""
    secret = "a secret of the tests, long enough for anyone"
    given = environment(
        image, DATABASE_URL=postgres_url, SECRET_KEY=secret, METRICS_PORT=str(free_port()), FILES_DIR="var/others"
    )
    worker = [*command(image, image.said["CMD"])[:-1], "worker"]
    running = subprocess.Popen(worker, cwd=image.at("/app"), env=given)
    last = time.monotonic() + PATIENCE
    while subprocess.run(
        command(image, image.said["HEALTHCHECK"]), env=given, capture_output=True, check=False
    ).returncode:
        assert running.poll() is None
        assert time.monotonic() < last
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=40) == 0


def test_only_what_the_program_is_made_of_goes_into_it() -> None:
    names = {name.partition("/")[0] for name in sent()}
    assert names == {"bot", "dialogs", "storage", "locales", "pyproject.toml", "requirements.txt", "LICENSE"}
    copied = {one["value"].split()[0].partition("/")[0] for one in stages()[-1] if one["instruction"] == "COPY"}
    assert {"bot", "dialogs", "storage", "locales", "pyproject.toml"} <= copied
    assert not [name for name in sent() if "__pycache__" in name or "var/" in name or ".env" in name]


def test_what_is_not_executed_here_says_the_right_thing(image: Image) -> None:
    """Locked packages with their hashes, a user of its own with nothing but its volume, PostgreSQL's programs for backups."""
    (packages, _last) = stages()
    install = next(one["value"] for one in packages if "pip install" in one["value"])
    assert "--require-hashes" in install
    assert "-r /build/requirements.txt" in install
    assert image.said["USER"] == "guide"
    assert image.said["VOLUME"] == "/app/var"
    assert any("useradd --no-create-home --uid 10001" in step and step.endswith(" guide") for step in image.steps)
    assert any(step.startswith("apt-get update") and "postgresql-client" in step for step in image.steps)
    assert any("--owner=guide" in step and "--mode=0700 /app/var /app/var/tmp" in step for step in image.steps)
    bases = {one["value"].split()[0] for stage in stages() for one in stage if one["instruction"] == "FROM"}
    (version,) = {re.fullmatch(r"python:(3\.\d+)-slim-bookworm", base)[1] for base in bases}  # type: ignore[index]
    assert version == "3.11", "the one that the tests run on"
    ours = {name.upper() for name in Settings.model_fields}
    assert set(image.environment) - {"PATH", "TMPDIR", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"} <= ours
