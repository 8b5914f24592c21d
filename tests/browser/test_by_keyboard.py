"""Without a mouse: the whole way from the prompt to the exported pictures, and what a screen reader is told of it."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.ear import Ear
from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STOPS = 4  # of the Tab key, from the prompt to its pictures
STUDIO = """
from r9s_notebook import Studio
studio = Studio(size="256x256", n=2)
studio
"""
QUESTION = "print([type(one).__name__ for one in studio.mask.operations], studio.mask.pixels[128, [40, 128, 180, 250]])"

# What is pressed, what has the focus then, and what is said; None where that is not the point of the step.
CHOOSING = (
    ("ArrowRight", r"^button a fox \(2 of 2\)$", None),
    ("Space", r"^button a fox \(2 of 2\) pressed$", None),
    ("Shift+ArrowLeft", r"^button a fox \(1 of 2\) pressed$", r"^2 pictures chosen$"),
    ("Escape", r"^button a fox \(1 of 2\)$", None),
    ("e", r"^textbox Prompt", r"^Paint over what should change"),
)
MASKING = (
    ("Alt+ArrowDown", r"^application Mask over an image of 256 by 256 pixels\. .* Paint by keyboard", None),
    ("k", None, r"^128, 128 of 256 x 256, not painted$"),
    ("Space", None, r"^128, 128 of 256 x 256, painted$"),  # a dab
    ("Shift+ArrowRight", None, r"^152, 128 of 256 x 256, not painted$"),
    ("hold", None, r"^182, 128 of 256 x 256, painted$"),  # a line, of several steps of the arrows
    ("Control+z", None, r"^Undone$"),
    ("ArrowUp", None, r"^182, 125 of 256 x 256, not painted$"),  # the whole line was one step
    ("Control+y", None, r"^Done again$"),
    ("ArrowDown", None, r"^182, 128 of 256 x 256, painted$"),
    ("p", None, r"^Polygon$"),  # other tools are put down corner by corner
    ("Shift+ArrowRight", None, r"^206, 128 "),
    *((key, None, None) for key in ("Space", "Shift+ArrowUp", "Space", "Shift+ArrowRight", "Shift+ArrowRight")),
    *((key, None, None) for key in ("Space", "Shift+ArrowDown", "Shift+ArrowDown", "Space")),
    ("Enter", None, None),
    ("Escape", None, r"^The crosshair is put away$"),
    ("c", None, r"^The mask is blue$"),
    ("m", None, r"places shapes by numbers$"),
    ("Alt+ArrowUp", r"^textbox Prompt", None),
)
COMPARING = (
    ("Alt+ArrowDown", r"^application Mask", None),
    ("Alt+ArrowDown", r"^button a red hat \(1 of 2\) pressed$", None),
    ("c", r"^group The source of this edit \| a red hat \(1 of 2\)$", None),
    ("d", None, r"% of the pixels differ"),
    ("Escape", r"^button a red hat \(1 of 2\) pressed$", None),
)
CULLING = (
    ("k", r"^group a red hat \(1 of 2\)$", r"^P keep, X reject"),
    ("p", r"^group a red hat \(2 of 2\)$", r"^2 of 2, 1 kept, a red hat \(2 of 2\)$"),
    ("x", None, r"^2 of 2, 1 kept, a red hat \(2 of 2\), rejected$"),
)


class Hands:
    """Presses keys, and looks after each what the accessibility tree has of it."""

    def __init__(self, page: Page) -> None:
        self.page, self.ear = page, Ear(page)

    def walk(self, steps: tuple[tuple[str, str | None, str | None], ...]) -> None:
        for key, at, said in steps:
            if key == "hold":
                self.page.keyboard.down("Space")
                for _ in range(10):
                    self.page.keyboard.press("ArrowRight")
                self.page.keyboard.up("Space")
            else:
                self.page.keyboard.press(key)
            if said:
                self.ear.hears(said)
            if at:
                self.ear.is_at(at)

    def tab_to(self, thing: str, *, most: int) -> int:
        """Presses Tab until something has the focus; gives how often."""
        for stops in range(1, most + 1):
            self.page.keyboard.press("Tab")
            if thing in self.ear.focused():
                return stops
        raise AssertionError(f"{thing} is not within {most} stops")


def test_the_whole_story_is_told_by_keys_alone(notebook: Desk, page: Page) -> None:
    notebook.open([STUDIO, QUESTION])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_be_visible(timeout=RUN_MS)
    hands = Hands(page)
    hands.tab_to("textbox Prompt", most=MOST_STOPS)
    page.keyboard.type("a fox")
    page.keyboard.press("Control+Enter")
    hands.ear.hears("^Generating 2 images|^2 images in")
    hands.ear.hears(r"^2 images in [\d.]+ s$")
    stops = hands.tab_to("To the pictures", most=MOST_STOPS - 1)
    page.keyboard.press("Enter")
    hands.ear.is_at(r"^button a fox \(1 of 2\) pressed$")
    assert stops + 1 <= MOST_STOPS

    hands.walk(CHOOSING)
    hands.walk(MASKING)
    page.keyboard.type("a red hat")
    page.keyboard.press("Control+Enter")
    expect(lab.history).to_have_count(2, timeout=RUN_MS)
    hands.ear.hears(r"^2 images in [\d.]+ s")
    hands.walk(COMPARING)
    hands.walk(CULLING)
    with page.expect_download() as exported:
        page.keyboard.press("Shift+E")
    hands.ear.hears("^1 picture exported")
    with zipfile.ZipFile(exported.value.path()) as archive:
        assert sum(name.endswith(".png") for name in archive.namelist()) >= 1
    hands.walk((("Escape", r"^button a red hat \(2 of 2\)", None),))
    hands.ear.close()
    assert page.locator(".jp-Notebook .jp-Cell.jp-mod-selected").count() == 1  # the notebook has heard of nothing
    answer = notebook.run(1).locator(".jp-OutputArea-output")
    expect(answer).to_have_text("['Stroke', 'Stroke', 'Polygon'] [  0 255 255 255]")
