"""What a person sees of the studio in a cell, and does with it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Notebook

RUN_MS = 60_000

SLOW = (
    "from r9s_notebook import R9S, Studio\nfrom r9s_notebook.server import Faults, create_app\n"
    "slow = create_app(faults=Faults(latency={seconds}))\n"
    "studio = Studio(R9S.offline(slow), prompt='slow', size='256x256')\nstudio"
)
# A service in the kernel, at `address`. The code behind it says what it answers, `answer(body) -> status, document`;
# with `go_on.clear()` it waits before that.
SERVICE = """
import json, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from r9s_notebook import R9S, Studio
go_on = threading.Event()

class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        go_on.wait(120)
        status, document = answer(asked)
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/v1"
"""
STUDIO = "from r9s_notebook import Studio\nstudio = Studio()\nstudio"


class Lab:
    """What a person sees of the studio in a cell."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.prompt = root.get_by_label("Prompt", exact=True)
        self.generate = root.locator(".r9s-generate")
        self.cancel = root.locator(".r9s-cancel")
        self.status = root.locator(".r9s-status")
        self.results = root.locator(".r9s-grid .r9s-tile img:not(.r9s-outline)")
        self.history = root.locator(".r9s-history .r9s-tile")
        self.painter = root.locator(".r9s-painter")
        self.canvas = self.painter.locator("canvas:visible").last

    def choose(self, name: str, value: str) -> None:
        self.root.locator(f".r9s-{name} select").select_option(label=value)

    def type_prompt(self, words: str) -> None:
        self.prompt.fill(words)

    def run(self, images: int) -> None:
        """Presses Generate and waits until that many images are seen."""
        strip = self.root.locator(".r9s-history > .r9s-strip .r9s-tile")
        before = strip.count()
        self.generate.click()
        expect(strip).to_have_count(before + 1, timeout=RUN_MS)  # until then the status is a former run's
        expect(self.status).to_contain_text(re.compile(rf"^{images} images? in"), timeout=RUN_MS)
        expect(self.results).to_have_count(images)
        for index in range(images):
            expect(self.results.nth(index)).to_have_js_property("complete", True)

    def drag(self, page: Page, points: list[tuple[float, float]]) -> None:
        """Drags over the painter's canvas; points are fractions of its width and height.

        The canvas is in sight before the ink and the picture are: until then nothing is drawn on it.
        """
        expect(self.root.locator(".r9s-painter.r9s-inked")).to_be_visible(timeout=RUN_MS)
        expect(self.painter.locator(".r9s-painter-status")).to_contain_text(re.compile(r"\d \S \d"), timeout=RUN_MS)
        box = self.canvas.bounding_box()
        assert box is not None
        at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        page.mouse.move(*at[0])
        page.mouse.down()
        for point in at[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()


def open_studio(notebook: Notebook, *cells: str) -> Lab:
    notebook.open([STUDIO, *cells])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_be_visible(timeout=RUN_MS)
    return lab
