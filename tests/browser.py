"""The browser that the tests drive: found, or installed where that can be done without asking; else said loudly."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"],
            check=False,
            stdout=subprocess.DEVNULL,
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not found():
        print("No Chromium here; installing one for the browser tests …", flush=True)
        install()
    if not found():
        print(
            "\n*** NO CHROMIUM: the browser tests are LEFT OUT. Install one (Debian: apt install chromium) or set CHROMIUM. ***\n",
            flush=True,
        )
