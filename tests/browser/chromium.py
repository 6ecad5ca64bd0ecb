"""How the real browser is started: quiet, and without a sandbox of its own."""

from __future__ import annotations

import functools
import os
import shutil

from playwright.sync_api import Browser, Playwright

from tests.browser_path import browser_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pictures are made by the processor either way; a process less to talk to.
    "--disable-gpu-compositing",
    "--in-process-gpu",
]
MISSING = (
    "no browser: set IOP_TEST_BROWSER to a Chromium, install the package chromium,"
    " or run `playwright install chromium`"
)


@functools.cache
def chromium_path() -> str:
    """Return the browser asked for, else the first one on this machine; empty where there is none.

    Ask before Playwright runs: looking for Playwright's own browser starts it.
    """
    asked = os.environ.get("IOP_TEST_BROWSER")
    return shutil.which(asked) or "" if asked else browser_path()


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
