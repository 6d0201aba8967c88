"""The browser that the tests drive: found, or installed where that can be done without asking; else said loudly.

A Chromium without windows is taken before one with them, where there are both: what it shows is the same, with a third less of a processor.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without windows, as Debian calls it."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def found() -> str | None:
    """The path of a Chromium: CHROMIUM's, one on the PATH, or the one that Playwright keeps."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return str(MAC) if MAC.exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Debian as root: the distribution's Chromium. Anywhere else: the one that Playwright downloads."""
    if not _debian():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        return
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    if not _installed(SHELL):
        _installed("chromium")


def lighten() -> None:
    """Debian as root, with a Chromium that has windows: the one without beside it, if it can be had within seconds."""
    if _debian() and found() == shutil.which("chromium"):
        _installed(SHELL, "--option=Acquire::Retries=0", "--option=Acquire::http::Timeout=10")


def _debian() -> bool:
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def _installed(package: str, *options: str) -> bool:
    """Whether apt has installed this package of Debian's, and the letters for every language."""
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *options, package, "fonts-noto-core"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    if not found():
        print("No Chromium here; installing one for the browser tests …", flush=True)
        install()
    else:
        lighten()
    if not found():
        print(
            "\n*** NO CHROMIUM: the browser tests are LEFT OUT. Install one (Debian: apt install chromium-headless-shell) or set CHROMIUM. ***\n",
            flush=True,
        )
