"""Which browser the browser tests drive: `python -m tests.browser_path [--install]` prints it.

Prints an empty line where there is none; what it does meanwhile, it says on standard error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# By name on the path, then by place.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_SECONDS = 300
NONE_FOUND = "No browser was found or could be installed: the browser tests will be skipped."


def browser_path() -> str:
    """Return the path of a Chromium that starts on this machine; empty where there is none."""
    named = [shutil.which(name) for name in NAMES]
    for path in [*named, *PLACES, _playwrights_own()]:
        if path and Path(path).is_file() and _starts(path):
            return path
    return ""


def install_browser() -> None:
    """Try to install a Chromium: Playwright's own, then Debian's where we may."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ]
    for command in attempts:
        print(f"No browser found; trying: {' '.join(command)}", file=sys.stderr, flush=True)
        if _run(command) and browser_path():
            return


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser may be a script that asks for a snap; Playwright's own may lack
    # libraries. Either is found out by starting it.
    return _run([path, "--version"], seconds=30, stderr=subprocess.DEVNULL)


def _run(command: list[str], seconds: int = INSTALL_SECONDS, stderr: int | None = None) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main(arguments: list[str]) -> None:
    """Print the path, after an attempt to install a browser where that was asked for."""
    path = browser_path()
    if not path and "--install" in arguments:
        install_browser()
        path = browser_path()
    if not path:
        print(NONE_FOUND, file=sys.stderr)
    print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
