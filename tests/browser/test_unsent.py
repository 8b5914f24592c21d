"""What is typed and not yet sent is never lost, and what is pressed is done once, however busy the kernel is."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.desk import Desk
from tests.browser.studio import RUN_MS, Lab, open_studio

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUSY = "import os\nwhile not os.path.exists('go'):\n    sum(range(9999))\nos.remove('go')"
AWAITS = "import asyncio, os\nwhile not os.path.exists('go'):\n    await asyncio.sleep(0.01)\nos.remove('go')"
EDITS = """import pathlib, threading, time
from PIL import Image
def edit():
    while not pathlib.Path('go').exists():
        time.sleep(0.01)
    pathlib.Path('go').unlink()
    studio.edit(Image.new('RGB', (64, 64)))
threading.Thread(target=edit, daemon=True).start()"""
PAINTER = """from PIL import Image
from r9s_notebook import MaskPainter
painter = MaskPainter(Image.new('RGB', (64, 64)))
painter"""
HELD = "The kernel is busy: this is kept, and done once as soon as it is free."


@pytest.fixture
def free(notebook: Desk) -> Iterator[Path]:
    """Once this file is there, the busy cell ends."""
    go = notebook.file.parent / "go"
    yield go
    if notebook.page.locator("#jp-main-statusbar", has_text="| Busy").count():
        go.touch()
        notebook.expect_idle()


def make_busy(notebook: Desk, cell: int = 1) -> None:
    notebook.run(cell, wait=False)
    expect(notebook.page.locator("#jp-main-statusbar")).to_contain_text("| Busy")


def printed(notebook: Desk, cell: int = 2) -> str:
    return notebook.run(cell).locator(".jp-OutputArea-output").inner_text().strip()


def wait_until_kept(notebook: Desk, words: str) -> None:
    """Until the draft is on the disk."""
    for _ in range(600):
        with sqlite3.connect(f"file:{next(notebook.home.rglob('history.db'))}?mode=ro", uri=True) as database:
            if any(words in str(row) for row in database.execute("SELECT * FROM drafts")):
                return
        notebook.page.wait_for_timeout(50)  # the interval of the poll
    raise AssertionError("the draft was not kept")


def type_at_the_end(lab: Lab, words: str) -> None:
    lab.prompt.click()
    lab.root.page.keyboard.press("Control+End")
    lab.root.page.keyboard.type(words)


@pytest.mark.parametrize("sent", ["clicks", "keys"])
def test_what_is_pressed_while_a_cell_runs_is_kept_said_and_done_once(
    notebook: Desk, page: Page, free: Path, sent: str
) -> None:
    lab = open_studio(notebook, BUSY, "print(studio.run.prompt, len(studio.images), len(studio.session.runs))")
    lab.choose("size", "256x256")
    make_busy(notebook)
    lab.prompt.click()
    page.keyboard.type("a fox")
    lab.root.locator(".r9s-n input").click(click_count=3)
    page.keyboard.type("2")
    for _ in range(2):
        if sent == "clicks":
            lab.generate.dblclick()
        else:
            page.keyboard.press("Control+Enter")
    expect(lab.root.get_by_text(HELD).first).to_be_visible()
    expect(lab.generate).to_have_attribute("aria-busy", "true")
    free.touch()
    expect(lab.results).to_have_count(2, timeout=RUN_MS)
    expect(lab.root.locator(".r9s-prompt-form > .r9s-told")).to_be_empty()
    assert printed(notebook) == "a fox 2 1"


def test_keys_that_follow_fast_on_a_busy_kernel_are_few_messages_and_every_one_counts(
    notebook: Desk, free: Path
) -> None:
    sent: list[str] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame if isinstance(frame, str) else frame.decode("latin-1")))

    notebook.page.on("websocket", watch)
    notebook.load()
    lab = open_studio(notebook, BUSY, "print(studio.prompt)")
    make_busy(notebook)
    before = len(sent)
    lab.prompt.click()
    words = "a small red fox in deep snow, at dusk"
    notebook.page.keyboard.type(words, delay=20)
    lab.prompt.evaluate("area => area.setSelectionRange(2, 7)")
    notebook.page.keyboard.type("large")
    assert lab.prompt.evaluate("area => area.selectionStart") == 7
    assert sum("comm_msg" in frame for frame in sent[before:]) < 5
    free.touch()
    notebook.expect_idle()
    expect(lab.prompt).to_have_value(words.replace("small", "large"))
    assert lab.prompt.evaluate("area => area.selectionStart") == 7
    assert printed(notebook) == words.replace("small", "large")


def test_who_writes_on_while_the_kernel_changes_the_form_loses_no_letter(
    notebook: Desk, page: Page, free: Path
) -> None:
    lab = open_studio(notebook, EDITS, "print(studio.prompt)")
    notebook.run(1)
    lab.prompt.click()
    written, ends_at = "", 400
    while len(written) < ends_at:  # without a rest, after which it would be handed over
        page.keyboard.type(letter := ascii_lowercase[len(written) % 26], delay=20)
        written += letter
        if len(written) == 5:
            free.touch()
        if ends_at == 400 and "change" in (lab.prompt.get_attribute("placeholder") or ""):
            ends_at = len(written) + 5
    assert ends_at < 400, "the form did not change"
    expect(lab.prompt).to_have_value(written)
    assert printed(notebook) == written


def test_a_cell_that_is_run_finds_the_words_that_were_just_left(notebook: Desk, page: Page, free: Path) -> None:
    lab = open_studio(notebook, BUSY, "print(studio.prompt, studio.size)")
    make_busy(notebook)
    lab.choose("size", "256x256")
    type_at_the_end(lab, "a fox")
    page.keyboard.press("Tab")  # so it is sent; of what follows, ipywidgets sends a busy kernel nothing more
    lab.choose("size", "512x512")
    type_at_the_end(lab, " with a hat")
    notebook.run(2, wait=False)
    type_at_the_end(lab, " and boots")
    page.keyboard.press("Tab")
    free.touch()
    notebook.expect_idle()
    expect(notebook.cell(2).locator(".jp-OutputArea-output")).to_have_text("a fox with a hat 512x512")
    expect(lab.prompt).to_have_value("a fox with a hat and boots")
    assert printed(notebook) == "a fox with a hat and boots 512x512"


def test_what_is_chosen_while_a_cell_awaits_holds_nothing_back_for_ever(notebook: Desk, page: Page, free: Path) -> None:
    lab = open_studio(notebook, AWAITS, "print(studio.prompt, studio.size)")
    notebook.run(1, wait=False)
    lab.prompt.click()
    page.keyboard.type("a fox")
    page.keyboard.press("Tab")
    lab.choose("size", "256x256")
    free.touch()
    notebook.expect_idle()
    lab.choose("size", "512x512")
    type_at_the_end(lab, " with a hat")
    wait_until_kept(notebook, "a fox with a hat")
    assert printed(notebook) == "a fox with a hat 512x512"


def test_a_tool_that_is_taken_while_a_cell_awaits_can_be_put_away_again(notebook: Desk, page: Page, free: Path) -> None:
    notebook.open([PAINTER, f"painter.tool = 'wand'\n{AWAITS}", "print(painter.tool)"])
    stage = notebook.run(0).locator(".r9s-stage")
    notebook.run(1, wait=False)
    stage.focus()
    page.keyboard.press("e")
    page.keyboard.press("r")
    free.touch()
    notebook.expect_idle()
    stage.focus()
    page.keyboard.press("p")
    for _ in range(60):
        if (tool := printed(notebook)) == "polygon":
            break
    assert tool == "polygon"


@pytest.mark.parametrize("busy", [False, True])
def test_words_that_were_typed_a_moment_ago_outlive_a_reload_of_the_page(
    notebook: Desk, page: Page, free: Path, busy: bool
) -> None:
    lab = open_studio(notebook, BUSY, "print(studio.prompt)")
    notebook.save()
    if busy:
        make_busy(notebook)
    type_at_the_end(lab, "a fox")
    page.keyboard.press("Tab")  # so it is sent; of what follows, ipywidgets sends a busy kernel nothing more
    type_at_the_end(lab, " with a hat")
    page.reload()
    free.touch() if busy else None
    notebook.expect_idle()
    assert printed(notebook) == "a fox with a hat"


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.usefixtures("free")
def test_words_that_were_not_left_outlive_a_killed_kernel(notebook: Desk, busy: bool) -> None:
    lab = open_studio(notebook, BUSY, "import os\nprint(os.getpid())")
    pid = int(printed(notebook))
    if busy:
        make_busy(notebook)
    type_at_the_end(lab, "a fox with boots")
    if not busy:
        wait_until_kept(notebook, "a fox with boots")
    os.kill(pid, signal.SIGKILL)
    notebook.page.locator(".jp-Dialog .jp-mod-accept").click()  # it says that the kernel is started again
    notebook.expect_idle()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_have_value("a fox with boots")
    wait_until_kept(notebook, "a fox with boots")


def test_what_use_replaces_comes_back_by_undo_or_by_its_button_and_its_line_goes(notebook: Desk, page: Page) -> None:
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("an older fox")
    lab.run(1)
    lab.prompt.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("a draft in work")
    replaced, viewer = lab.root.get_by_text("Your draft was replaced."), lab.root.locator(".r9s-viewer")

    def use_from_the_viewer() -> None:
        lab.results.first.dblclick()
        viewer.get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name="Use its prompt and parameters").click()
        expect(viewer).to_be_hidden()
        expect(lab.prompt).to_have_value("an older fox")
        expect(lab.prompt).to_be_focused()
        expect(lab.prompt).to_be_in_viewport()

    use_from_the_viewer()
    expect(replaced).to_be_visible()
    page.keyboard.press("Control+z")
    expect(lab.prompt).to_have_value("a draft in work")
    expect(replaced).to_be_hidden()  # it is back
    page.keyboard.press("Control+y")
    expect(lab.prompt).to_have_value("an older fox")
    lab.type_prompt("a draft in work")
    use_from_the_viewer()
    lab.root.locator("[data-act=back-to-draft]").click()
    expect(lab.prompt).to_have_value("a draft in work")
    expect(replaced).to_be_hidden()
    use_from_the_viewer()
    lab.root.locator("[data-act=forget-draft]").click()
    expect(replaced).to_be_hidden()
    expect(lab.prompt).to_have_value("an older fox")
