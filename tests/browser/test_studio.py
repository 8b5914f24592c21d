"""The lab as a person uses it: typed, clicked, dragged, and looked at."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VIEWPORT
from tests.browser.studio import RUN_MS, SLOW, Lab, open_studio
from tests.client.loopback import GOOD, Loopback, http

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What reaches over the studio's right edge: nothing should, but for what scrolls in a frame of its own.
WIDER = """studio => {
  const edge = studio.getBoundingClientRect().right + 1;
  if (studio.scrollWidth <= studio.clientWidth + 1) return [];
  return [...studio.querySelectorAll("*")].filter(el => el.getBoundingClientRect().right > edge)
    .map(el => el.className).filter(name => typeof name === "string");
}"""


def test_further_parameters_are_opened_by_keyboard_and_a_wrong_one_is_refused(notebook, page):
    lab = open_studio(notebook)
    fold = lab.root.get_by_role("button", name=re.compile("More parameters"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    lab.root.locator(".r9s-n input").focus()
    page.keyboard.press("Tab")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    seed = lab.root.locator(".r9s-seed input")
    expect(seed).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(lab.root.locator(".r9s-background select")).to_have_value(re.compile("."))
    lab.type_prompt("a fox")
    seed.fill("abc")
    lab.generate.click()
    expect(lab.status.get_by_role("alert")).to_have_text("Seed must be a whole number, not 'abc'.")
    expect(lab.history).to_have_count(0)
    expect(fold).to_have_text(re.compile("1 set"))
    fold.focus()
    page.keyboard.press(" ")
    expect(seed).to_be_hidden()


def test_what_a_person_looks_at_stays_in_sight_from_the_edit_to_the_history(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "512x512")
    lab.type_prompt("a lighthouse at dusk")
    lab.run(1)
    page.wait_for_function(
        "() => { const i = document.querySelector('.r9s-grid img'); return i.naturalWidth >= i.width }"
    )
    lab.root.locator(".r9s-n input").fill("2")
    lab.run(2)

    lab.root.locator(".r9s-edit").click()
    expect(lab.prompt).to_be_focused()
    assert lab.prompt.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") != ""
    expect(lab.root.locator(".r9s-n input")).to_have_value("1")
    for name in ("Size", "Reach", "Tolerance", "Colour", "Opacity", "Place"):
        expect(lab.painter.locator(f"[aria-label='{name}']").first).to_be_attached()
    expect(lab.canvas).to_be_visible()
    lab.drag(page, [(0.3, 0.3), (0.6, 0.3)])
    lab.type_prompt("a red balloon")
    lab.run(1)
    expect(lab.results.first).to_be_in_viewport(ratio=0.6)
    expect(lab.generate).to_be_in_viewport(ratio=1)  # it sticks beside the picture

    lab.root.locator(".r9s-show-code").click()
    expect(lab.root.locator(".r9s-code pre")).to_be_visible()
    assert lab.root.evaluate(WIDER) == []

    earlier = lab.history.nth(1)
    earlier.scroll_into_view_if_needed()
    top = earlier.bounding_box()["y"]
    earlier.click()
    expect(lab.results).to_have_count(2)
    expect(lab.painter).to_be_visible()  # looking takes nothing away from what is being painted
    expect(lab.history.nth(1)).to_be_in_viewport(ratio=1)
    assert abs(lab.history.nth(1).bounding_box()["y"] - top) < 4


def test_an_error_is_a_sentence_that_says_what_to_do(notebook):
    lab = open_studio(notebook)
    lab.generate.click()
    expect(lab.status.get_by_role("alert")).to_have_text(
        "Write a prompt first: a few words about the picture you want."
    )
    expect(notebook.page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)


def test_what_is_typed_into_images_is_what_is_sent_or_a_sentence(notebook, page):
    lab = open_studio(notebook)
    lab.type_prompt("a fox")
    number = lab.root.locator(".r9s-n input")
    for typed, said in (("2.5", "n must be a whole number, not 2.5."), ("11", "n must be from 1 to 10, not 11.")):
        number.click(click_count=3)
        page.keyboard.type(typed)
        lab.generate.click()
        expect(lab.status.get_by_role("alert")).to_have_text(said)
        expect(number).to_have_value(typed)
    expect(lab.history).to_have_count(0)


def test_fault_49_a_message_about_a_dead_link_has_the_buttons_that_help(notebook):
    def handler(wire):
        good = GOOD if b"b64_json" in wire.request.body else {"data": [{"url": "/data/out/1.png"}]}
        wire.send(http(good) if wire.request.method == "POST" else http(b"no such <file>", 404))

    with Loopback(handler) as server:
        client = f"R9S(api_key='x', server_url={server.url!r})"
        made = f"studio = Studio({client}, prompt='a cat', response_format='url')\nstudio"
        notebook.open([f"from r9s_notebook import R9S, Studio\n{made}"])
        lab = Lab(notebook.run(0).locator(".r9s-studio"))
        fetch, ask = (lab.root.get_by_role("button", name=name) for name in ("Fetch again", "Ask for base64"))
        lab.generate.click()
        expect(lab.status.get_by_role("alert")).to_contain_text("own disk", timeout=RUN_MS)
        expect(fetch).to_be_visible()
        answered = lab.root.get_by_text("What the service answered")
        answered.click()
        expect(lab.root.locator("details pre")).to_contain_text("no such <file>")
        ask.click()
        expect(lab.results).to_have_count(1, timeout=RUN_MS)
        expect(ask).to_be_hidden()
        expect(answered).to_be_hidden()
        sent = [request.method for request in server.requests if "/models" not in request.path]
        assert sent == ["POST", "GET", "POST"]


def test_ctrl_enter_sends_the_words_as_they_stand_and_does_not_run_the_cell(notebook, page):
    lab = open_studio(notebook)
    prompt = notebook.cell(0).locator(".jp-InputPrompt").first
    number = prompt.inner_text()
    lab.choose("size", "256x256")
    lab.prompt.click()
    page.keyboard.type("a small green boat")
    page.keyboard.press("Control+Enter")
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(lab.results.first).to_have_attribute("alt", re.compile("a small green boat"))
    expect(prompt).to_have_text(number)


def test_fault_31_a_double_click_on_generate_is_one_run(notebook):
    lab = open_studio(notebook, "print(len(studio.session.runs))")
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.generate.dblclick()
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(notebook.run(1).locator(".jp-OutputArea-output")).to_have_text("1")


@pytest.mark.parametrize("sent", ["click", "key"])
def test_what_the_form_shows_is_what_is_sent_however_busy_the_kernel(notebook, page, sent):
    lab = open_studio(notebook, "import time\ntime.sleep(3)", "print(studio.run.prompt, len(studio.images))")
    lab.type_prompt("a red")
    notebook.run(1, wait=False)
    lab.choose("size", "256x256")
    lab.root.locator(".r9s-n input").focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")  # ipywidgets holds back all but the first, until the kernel answers
    lab.type_prompt("a red fox")
    if sent == "click":
        lab.generate.click()
    else:
        page.keyboard.press("Control+Enter")
    expect(lab.results).to_have_count(4, timeout=RUN_MS)
    expect(notebook.run(2).locator(".jp-OutputArea-output")).to_have_text("a red fox 4")


def test_a_second_click_that_is_meant_is_a_second_run(notebook):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.generate.click()
    expect(lab.history).to_have_count(1, timeout=RUN_MS)
    expect(lab.generate).to_be_enabled()
    lab.generate.click()
    expect(lab.history).to_have_count(2, timeout=RUN_MS)


def test_a_run_can_be_cancelled_while_the_kernel_stays_responsive(notebook):
    notebook.open([SLOW.format(seconds=60), "print(6 * 7)"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.generate.click()
    expect(lab.status).to_contain_text(re.compile(r"Generating 1 image.* [1-9] s"), timeout=RUN_MS)
    expect(notebook.run(1).locator(".jp-OutputArea-output")).to_have_text("42")
    lab.cancel.click()
    expect(lab.status).to_contain_text("Cancelled. The run is kept in the history.", timeout=RUN_MS)
    expect(lab.history).to_have_count(1)
    expect(lab.history.first).to_contain_text("cancelled")
    expect(lab.generate).to_be_enabled()


def test_the_lab_holds_at_any_width_in_both_themes(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a lighthouse at dusk")
    lab.run(1)
    lab.root.locator(".r9s-edit").click()
    for theme, width in itertools.product(("JupyterLab Dark", "JupyterLab Light"), (600, 1600)):
        page.set_viewport_size(VIEWPORT)
        notebook.set_theme(theme)
        page.set_viewport_size({"width": width, "height": 1000})
        expect(lab.canvas).to_be_visible()
        assert lab.root.evaluate(WIDER) == []
        fold = lab.root.locator(".r9s-fold")
        if width == 600 and fold.get_attribute("aria-expanded") == "false":
            expect(lab.root.locator(".r9s-size select")).to_be_hidden()  # the form makes room for the pictures
            fold.click()
        for control in (lab.prompt, lab.generate, lab.root.locator(".r9s-size select"), lab.results.first):
            expect(control).to_be_visible()
            box, frame = control.bounding_box(), lab.root.bounding_box()
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_the_picture_opens_at_its_original_size_by_keyboard(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "512x512")
    lab.type_prompt("an owl")
    lab.run(1)
    lab.results.first.click()
    page.keyboard.press("Enter")
    original = lab.root.locator(".r9s-viewer img[data-original]")
    expect(original).to_have_js_property("naturalWidth", 512, timeout=RUN_MS)
    page.keyboard.press("Escape")
    expect(lab.root.locator(".r9s-viewer")).to_be_hidden()


def test_fault_33_an_interrupted_cell_does_not_lose_the_run_that_it_waits_for(notebook, page):
    notebook.open([SLOW.format(seconds=4), "studio.generate().result()"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    cell = notebook.run(1, wait=False)
    expect(lab.status).to_contain_text("Generating 1 image", timeout=RUN_MS)
    page.locator(".jp-NotebookPanel-toolbar [data-command='notebook:interrupt-kernel']").first.click()
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text("KeyboardInterrupt", timeout=RUN_MS)
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(lab.results).to_have_count(1)


def test_fault_33_a_lab_closed_in_the_middle_of_a_run_still_keeps_the_run(notebook):
    closing = "job = studio.generate(); studio.close()"
    notebook.open([SLOW.format(seconds=2), closing, "run = job.result(60); print(run.status, len(run.images))"])
    notebook.run(0)
    notebook.run(1)
    expect(notebook.run(2).locator(".jp-OutputArea-output")).to_have_text("succeeded 1")
