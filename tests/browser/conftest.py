"""A real JupyterLab and a real Chromium, started once for all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.lab import JupyterLab, Notebook

VIEWPORT = {"width": 1280, "height": 900}

# Playwright's own five seconds for what is expected are few where several browsers and kernels share two cores.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    with JupyterLab.start(tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page; what it shows is kept as a picture when the test fails."""
    context = chromium.new_context(viewport=VIEWPORT)
    page = context.new_page()
    failed_before = request.session.testsfailed
    yield page
    if request.session.testsfailed > failed_before or getattr(request.node, "failed_call", False):
        keep_screenshot(page, request.node.name)
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        item.failed_call = True  # type: ignore[attr-defined]
    return report


@pytest.fixture
def notebook(lab: JupyterLab, page: Page) -> Iterator[Notebook]:
    """An empty notebook of its own folder, opened by ``notebook.open(cells)``."""
    book = Notebook(lab, page)
    yield book
    book.close()


def keep_screenshot(page: Page, name: str) -> None:
    folder = Path(os.environ.get("R9S_TEST_RESULTS", "test-results"))
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
