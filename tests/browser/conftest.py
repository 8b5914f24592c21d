"""A real JupyterLab and a real Chromium, started once for all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.desk import Desk
from tests.browser.lab import JupyterLab

VIEWPORT = {"width": 1280, "height": 900}

# Playwright's own five seconds for what is expected are few where several browsers and kernels share two cores.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    # Where a hub would have it: whatever the lab asks for must be asked for below this address.
    with JupyterLab.start(tmp_path_factory.mktemp("lab"), base="/user/a%20name/") as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own, in its own window: a page that another one covers is drawn once a second."""
    page = chromium.new_page(viewport=VIEWPORT)
    yield page
    if has_failed(request):
        keep_screenshot(page, request.node.name)
    page.close()


@pytest.fixture(scope="session")
def desk(lab: JupyterLab, chromium: Browser) -> Iterator[Desk]:
    page = chromium.new_page(viewport=VIEWPORT, permissions=["clipboard-read", "clipboard-write"])
    desk = Desk(lab, page).load()
    yield desk
    desk.close()
    page.close()


@pytest.fixture
def notebook(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The one notebook, for whose cells ``notebook.open(cells)`` has the code."""
    desk.page.set_viewport_size(VIEWPORT)
    yield desk
    if has_failed(request):
        keep_screenshot(desk.page, request.node.name)
        desk.load()


@pytest.fixture
def page(notebook: Desk) -> Page:
    """The page of the one notebook."""
    return notebook.page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        item.failed_call = True  # type: ignore[attr-defined]
    return report


def has_failed(request: pytest.FixtureRequest) -> bool:
    return getattr(request.node, "failed_call", False)


def keep_screenshot(page: Page, name: str) -> None:
    folder = Path(os.environ.get("R9S_TEST_RESULTS", "test-results"))
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
