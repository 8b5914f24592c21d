"""Voila serves the lab as an app: each visitor has a history of their own, which a reload finds again."""

from __future__ import annotations

import hashlib
import re
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from r9s_notebook import History
from r9s_notebook.history import NewRun, Store
from tests.archive._history_help import new_image, picture
from tests.browser.conftest import VIEWPORT
from tests.browser.lab import free_port, started
from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AUTHORS = "what the author drew while writing the app"
CELL = "from r9s_notebook import Studio\nstudio = Studio(size='256x256')\nstudio"
ADAS, BENS, CODES = "a red fox of Ada", "a blue owl of Ben", "a green hill of the code"
MADE_BY_CODE = f"%load_ext r9s_notebook\n%imagine --size 256x256 {CODES}"


@dataclass
class App:
    """An app with its author's history.

    Attributes:
        url: Where a visitor finds it.
        home: The author's history.
    """

    url: str
    home: Path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("voila")
    root = folder / "app"
    root.mkdir()
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in (CELL, MADE_BY_CODE)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(book, root / "book.ipynb")
    with Store(root / ".r9s") as store:
        for number, cell in enumerate(book.cells):
            run = store.begin(NewRun(prompt=AUTHORS, notebook=str(root / "book.ipynb"), cell_id=cell.id))
            store.complete(run.id, [new_image(picture(("teal", "navy")[number]))])
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "voila", "book.ipynb", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    with started(command, lambda: urllib.request.urlopen(f"{url}voila/static/voila.js"), folder, root):
        yield App(url, root / ".r9s")


@pytest.fixture
def visitors(chromium: Browser) -> Iterator[list[BrowserContext]]:
    """Two people with a browser of their own each."""
    contexts = [chromium.new_context(viewport=VIEWPORT) for _ in range(2)]
    for context in contexts:
        context.route("https://**", lambda route: route.abort())  # a font's style sheet, which Voila fetches elsewhere
    yield contexts
    for context in contexts:
        context.close()


def open_app(page: Page) -> Lab:
    lab = Lab(page.locator(".r9s-studio"))
    expect(lab.prompt).to_be_visible(timeout=RUN_MS)
    return lab


def expect_found(lab: Lab, scope: str, prompts: list[str]) -> None:
    """What the history finds, the newest first."""
    panel = lab.root.locator(".r9s-history-page")
    if not panel.get_by_role("radio", name=scope).is_visible():
        panel.get_by_role("button", name="Search and compare").click()
    panel.get_by_role("radio", name=scope).check(force=True)
    found = panel.get_by_role("list", name="Pictures that were found").locator(".r9s-tile-caption")
    expect(found).to_have_text([re.compile(f"^{prompt}") for prompt in prompts], timeout=RUN_MS)


def test_a_reload_finds_the_visitors_runs_and_nobody_sees_another_ones(app, visitors):
    pages = [context.new_page() for context in visitors]
    labs = []
    for page, prompt in zip(pages, (ADAS, BENS), strict=True):
        page.goto(app.url)
        lab = open_app(page)
        expect(lab.history).to_have_count(0)
        lab.type_prompt(prompt)
        lab.run(1)
        labs.append(lab)
    expect_found(labs[1], "Whole project", [BENS, CODES])

    labs[0].type_prompt("words that Ada has not sent")
    labs[0].choose("size", "512x512")
    expect(labs[0].status).to_be_visible()
    pages[0].reload()
    lab = open_app(pages[0])
    expect(lab.history).to_have_count(1, timeout=RUN_MS)
    expect(lab.results.first).to_have_attribute("alt", re.compile(ADAS))
    expect(lab.prompt).to_have_value("words that Ada has not sent")
    expect_found(lab, "This cell", [ADAS])
    expect_found(lab, "This notebook", [CODES, ADAS, CODES])  # the second visit's, hers, the first visit's
    expect_found(lab, "Whole project", [CODES, ADAS, CODES])

    assert [run.prompt for run in History(app.home)] == [AUTHORS, AUTHORS]
    secrets = [page.evaluate("localStorage.getItem(`r9s-visitor:${location.pathname}`)") for page in pages]
    assert all(re.fullmatch("[0-9a-f]{64}", secret) for secret in secrets)
    homes = [app.home / "visitors" / hashlib.sha256(secret.encode()).hexdigest() for secret in secrets]
    assert [[run.prompt for run in History(home)] for home in homes] == [[CODES, ADAS, CODES], [BENS, CODES]]
    written = b"".join(path.read_bytes() + bytes(path) for path in app.home.rglob("*") if path.is_file())
    assert [secret for secret in secrets if secret.encode() in written] == []
