"""Where the benchmarks see the lab: a real JupyterLab, in a real Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.lab import JupyterLab


@contextmanager
def jupyter_and_chromium() -> Iterator[tuple[JupyterLab, Browser]]:
    """Both, with a folder of their own, until the block ends."""
    with (
        tempfile.TemporaryDirectory() as folder,
        JupyterLab.start(Path(folder) / "lab") as lab,
        sync_playwright() as driver,
    ):
        browser = launch_chromium(driver)
        yield lab, browser
        browser.close()
