"""A painter in a real notebook, handled as a person does it: by places in the image, with mouse, fingers and keys."""

from __future__ import annotations

import base64
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import keep_screenshot
from tests.browser.lab import JupyterLab, Notebook

SETUP = """
from PIL import Image, ImageDraw
from r9s_notebook.imaging import Mask
from r9s_notebook.painter.mask_painter import MaskPainter

def picture(width, height):
    image = Image.new("RGB", (width, height), "#7fa7c9")
    ImageDraw.Draw(image).ellipse((width * 0.6, height * 0.2, width * 0.8, height * 0.5), fill="#ffe082")
    return image

changes = []
painter = MaskPainter(picture(*SIZE))
painter.observe(lambda change: changes.append(change["new"]), "mask")
"""
CELLS = ("exec(open('setup.py').read())\npainter", "exec(open('question.py').read())")

Place = tuple[float, float]


@dataclass
class PainterPage:
    """The first painter on the page."""

    notebook: Notebook
    page: Page
    size: tuple[int, int] = (640, 480)

    @property
    def root(self) -> Locator:
        return self.page.locator(".r9s-painter").first

    @property
    def stage(self) -> Locator:
        return self.root.locator(".r9s-stage")

    def open(self, size: tuple[int, int] = (640, 480), setup: str = SETUP) -> PainterPage:
        self.size = size
        folder = self.notebook.file.parent
        (folder / "setup.py").write_text(setup.replace("SIZE", str(size)))
        (folder / "question.py").write_text("")
        if self.notebook.cell(1).locator(".r9s-painter").count():
            self.notebook.run(1)  # the view that a former test has shown there goes away
        self.notebook.run(0)
        expect(self.page.locator(".r9s-painter")).to_have_count(1)
        return self.wait()

    def wait(self) -> PainterPage:
        """Until the ink has taken its place, and the picture is in sight."""
        expect(self.page.locator(".r9s-painter.r9s-inked").first).to_be_visible(timeout=60_000)
        expect(self.root.locator(".r9s-zoom")).to_contain_text("%")
        self.look()
        return self

    def reload(self) -> None:
        """Reloads the page, until it shows the painter.

        ipywidgets gives the kernel four seconds to hand the models over, and says that one was not found where a busy
        machine takes longer: whoever sits there reloads once more.
        """
        shown = self.page.locator(".r9s-painter.r9s-inked").first
        not_found = self.page.get_by_text("model not found").first
        for _ in range(4):
            self.page.reload()
            self.notebook.expect_idle()
            expect(shown.or_(not_found).first).to_be_visible(timeout=60_000)
            if not not_found.is_visible():
                break
        self.wait()

    def look(self) -> None:
        """Scrolls to the painter and goes there with the keyboard."""
        self.stage.scroll_into_view_if_needed()
        self.stage.focus()

    def ask(self, expression: str) -> Any:
        """The value of an expression in the kernel, by running a cell; JSON only."""
        question = f"import json; print(json.dumps({expression}))"
        (self.notebook.file.parent / "question.py").write_text(question)
        output = self.notebook.run(1).locator(".jp-OutputArea-output").last
        self.look()
        return json.loads(output.inner_text())

    def do(self, statement: str) -> None:
        """Runs a statement in the kernel."""
        (self.notebook.file.parent / "question.py").write_text(statement)
        self.notebook.run(1)
        self.look()

    # -- hands ----------------------------------------------------------------------------------------------------

    def on_screen(self, place: Place) -> tuple[float, float]:
        """Where a place in the image is on the screen now."""
        width, height = self.size
        box = self.root.locator(".r9s-sheet").bounding_box()
        assert box is not None
        return box["x"] + place[0] / width * box["width"], box["y"] + place[1] / height * box["height"]

    def drag(self, *places: Place, steps: int = 6) -> None:
        mouse = self.page.mouse
        mouse.move(*self.on_screen(places[0]))
        mouse.down()
        for place in places[1:]:
            mouse.move(*self.on_screen(place), steps=steps)
        mouse.up()

    def click(self, place: Place) -> None:
        self.page.mouse.click(*self.on_screen(place))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def button(self, name: str) -> Locator:
        return self.root.locator(f"button.r9s-cmd-{name}")

    # -- eyes -----------------------------------------------------------------------------------------------------

    def ink(self) -> NDArray[np.uint8]:
        """How opaque the ink on the screen is, height x width of its canvas."""
        url = self.root.locator("canvas.r9s-ink, .r9s-ink canvas").evaluate("canvas => canvas.toDataURL()")
        with Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) as image:
            return np.asarray(image.getchannel("A"))

    def painted(self, place: Place) -> bool:
        """Whether there is ink at a place in the image."""
        width, height = self.size
        ink = self.ink()
        return bool(ink[int(place[1] / height * ink.shape[0]), int(place[0] / width * ink.shape[1])] > 127)

    def expect_painted(self, place: Place, painted: bool = True) -> None:
        """Waits until there is ink at a place, or none: what comes from the kernel takes a moment."""
        width, height = self.size
        self.page.wait_for_function(
            """([x, y, painted]) => {
                const canvas = document.querySelector('canvas.r9s-ink, .r9s-ink canvas');
                const pixel = canvas.getContext('2d').getImageData(x * canvas.width, y * canvas.height, 1, 1);
                return (pixel.data[3] > 127) === painted;
            }""",
            arg=[place[0] / width, place[1] / height, painted],
            timeout=60_000,
        )

    def mask(self) -> NDArray[np.bool_]:
        """The kernel's mask, height x width."""
        packed, shape = self.ask(
            "(lambda a: [__import__('base64').b64encode(__import__('zlib').compress("
            "__import__('numpy').packbits(a > 127).tobytes(), 1)).decode(), a.shape])(painter.mask.pixels)"
        )
        bits = np.frombuffer(zlib.decompress(base64.b64decode(packed)), dtype=np.uint8)
        return np.unpackbits(bits, count=shape[0] * shape[1]).reshape(shape).astype(bool)

    def agreement(self) -> float:
        """Intersection over union of the ink on the screen and the kernel's mask."""
        mask = self.mask()
        ink = Image.fromarray(self.ink()).resize(mask.shape[::-1], Image.Resampling.BOX)
        return overlap(np.asarray(ink) > 127, mask)


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Intersection over union; 1 where both are empty."""
    union = np.count_nonzero(one | other)
    return np.count_nonzero(one & other) / union if union else 1.0


@dataclass
class Desk:
    """A page that the painters of all tests are shown on, one after the other: loading JupyterLab takes seconds."""

    notebook: Notebook
    page: Page
    sent: list[str]


@pytest.fixture(scope="session")
def desk(lab: JupyterLab, chromium: Browser) -> Iterator[Desk]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sent: list[str] = []

    def watch(payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode("utf-8", "replace")
        if '"comm_msg"' in text and '"type":"read"' not in text:  # that one is asked a while after what it asks about
            sent.append(text)

    page.on("websocket", lambda socket: socket.on("framesent", watch))
    # While anybody listens, the page hands its file choosers over. Listening only from `expect_file_chooser` on is too
    # late for a chooser that a key opens: on a busy machine the key overtakes the page's being told.
    page.on("filechooser", lambda _chooser: None)
    notebook = Notebook(lab, page).open(CELLS)
    yield Desk(notebook, page, sent)
    notebook.close()
    context.close()


@pytest.fixture
def page(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Page]:
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    yield desk.page
    desk.page.mouse.up()
    if getattr(request.node, "failed_call", False):
        keep_screenshot(desk.page, request.node.name)


@pytest.fixture
def sent(desk: Desk) -> list[str]:
    """The widgets' messages that the page sends, as they are on the wire."""
    return desk.sent


@pytest.fixture
def painter(desk: Desk, page: Page) -> PainterPage:
    return PainterPage(desk.notebook, page)


@pytest.fixture
def fingers(page: Page) -> Fingers:
    return Fingers(page)


class Fingers:
    """Touches, as a tablet sends them."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def touch(self, kind: str, *places: Place) -> None:
        points: Sequence[dict[str, float]] = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
