"""``python -m tests``: sees to a browser, then runs every test. Arguments go to pytest.

``python -m tests --install-browser`` only sees to the browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS_TO_INSTALL = 900


def main(arguments: list[str]) -> int:
    """Installs Chromium where there is none, then runs pytest; gives its exit status."""
    if not has_browser():
        install_browser()
    if "--install-browser" in arguments:
        return 0
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


def has_browser() -> bool:
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import find_chromium

    with sync_playwright() as playwright:
        return find_chromium(playwright) is not None


def install_browser() -> None:
    """Playwright's own Chromium with its system packages, or else the system's packaged one."""
    for commands in (playwrights_own(), packaged()):
        if all(ran(command) for command in commands) and has_browser():
            return
    raise SystemExit(
        "No Chromium could be installed. Install it by hand (for example: sudo apt-get install chromium), "
        "then run this again."
    )


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


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
