"""Finding, installing and starting a Chromium: Playwright's own where it is installed, else the system's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "python -m tests --install-browser"
SECONDS_TO_INSTALL = 900


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
    if is_root():
        args.append("--no-sandbox")  # Chromium's sandbox does not start for root
    return playwright.chromium.launch(executable_path=path, args=args)


def see_to_a_browser() -> None:
    """Where there is none: Playwright's own Chromium with its system packages, or else the system's packaged one."""
    if has_browser():
        return
    for commands in (playwrights_own(), packaged()):
        if all(ran(command) for command in commands) and has_browser():
            return
    raise SystemExit(
        "No Chromium could be installed. Install it by hand (for example: sudo apt-get install chromium), "
        "then run this again."
    )


def has_browser() -> bool:
    with sync_playwright() as playwright:
        return find_chromium(playwright) is not None


def playwrights_own() -> list[list[str]]:
    playwright = [sys.executable, "-m", "playwright"]
    needs_packages = sys.platform.startswith("linux") and (is_root() or shutil.which("sudo"))
    return [[*playwright, "install", "chromium"], *([[*playwright, "install-deps", "chromium"]] * bool(needs_packages))]


def packaged() -> list[list[str]]:
    if shutil.which("apt-get") is None:
        return [["false"]]
    sudo = [] if is_root() else ["sudo"]
    return [
        [*sudo, "apt-get", "update", "-qq"],
        [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ]


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def ran(command: list[str]) -> bool:
    print("$", *command, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, timeout=SECONDS_TO_INSTALL, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, flush=True)
        return False
