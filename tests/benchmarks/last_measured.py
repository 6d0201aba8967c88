"""What each part of the laboratory has measured last, kept beside the repository's files until the page is written from it."""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.contender import ROOT

FOLDER = ROOT / ".benchmarks"


def keep(part: str, found: Any) -> None:
    """Keep what a part has found (anything that JSON can hold), with when, at which commit, and how busy the machine was."""
    FOLDER.mkdir(exist_ok=True)
    about = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "commit": _commit(), "busy": os.getloadavg()[1]}
    _file(part).write_text(json.dumps({"found": found, **about}, indent=1))


def kept(part: str) -> dict[str, Any] | None:
    """What `keep` was given, in "found", and about it "at", "commit" and "busy"; None when there is nothing."""
    if not _file(part).exists():
        return None
    read: dict[str, Any] = json.loads(_file(part).read_text())
    return read


def _file(part: str) -> Path:
    return FOLDER / f"{part}.json"


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip() or "unknown"
