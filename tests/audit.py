"""Known weaknesses in what is locked: `make audit` says whether there are none, which there are, or that nobody could be asked."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASKING = (
    *(str(Path(sys.executable).parent / "uv"), "tool", "run", "pip-audit==2.10.1", "--require-hashes", "--disable-pip"),
    *("--progress-spinner", "off", "--format", "json", "-r", str(ROOT / "requirements.txt")),
)
PATIENCE = 60
"""Seconds that asking may take, with the installation of pip-audit."""
CLEAN, FOUND, UNKNOWN = 0, 1, 2
"""How it ends."""


def ask(command: tuple[str, ...] = ASKING, patience: float = PATIENCE) -> str:
    """What pip-audit prints, "" when it does not get so far in time. It is ended with whatever it has started."""
    try:
        # What it says to standard error is not read: without an answer it calls what it could not ask about clean.
        asking = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
    except OSError:
        return ""
    try:
        return asking.communicate(timeout=patience)[0]
    except subprocess.TimeoutExpired:
        os.killpg(asking.pid, signal.SIGKILL)
        asking.communicate()
        return ""


def verdict(printed: str) -> tuple[int, str]:
    """How it ends, and what is to be said: of pip-audit's JSON, or of nothing."""
    try:
        packages = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return UNKNOWN, "audit: NOT REACHABLE: the advisories could not be asked, so nothing is known"
    unasked = [one["name"] for one in packages if "skip_reason" in one]
    found = [
        f"  {one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for one in packages
        for each in one.get("vulns", ())
    ]
    if found:
        return FOUND, "\n".join((f"audit: FINDINGS: {len(found)} known weaknesses in what is locked", *found))
    if unasked or not packages:
        return (
            UNKNOWN,
            f"audit: NOT REACHABLE for {len(unasked)} of {len(packages)} packages, so nothing is known of them",
        )
    return CLEAN, f"audit: CLEAN: no known weakness in {len(packages)} packages"


if __name__ == "__main__":
    status, said = verdict(ask())
    print(said)
    sys.exit(status)
