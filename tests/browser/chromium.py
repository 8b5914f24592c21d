"""Finding and starting a Chromium: Playwright's own where it is installed, else the system's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "python -m tests --install-browser"


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium, or None where the machine has none."""
    own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch_chromium(playwright: Playwright) -> Browser:
    """A headless Chromium that talks to nobody but the pages it is given."""
    path = find_chromium(playwright)
    if path is None:
        raise RuntimeError(f"The browser tests need Chromium. Install it with: {INSTALL}")
    args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")  # Chromium's sandbox does not start for root
    return playwright.chromium.launch(executable_path=path, args=args)
