"""``python -m tests.bench.open_lab [LABS]``: what opening a lab costs: messages, bytes and widget models.

In a real JupyterLab and Chromium: a cell with ``Studio()``, then more of them in the same notebook; sixteen results of
1024x1024; and the notebook saved with its widgets' state. What crosses is counted on the page's own connection.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from playwright.sync_api import Page, WebSocket, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, Lab

CELL = "from r9s_notebook import Studio\nstudio = Studio(size='1024x1024', n=4)\nstudio"
PLAIN = "import ipywidgets\npicture = open({path!r}, 'rb').read()\n"
SAVES_STATE = "import ipywidgets\nlen(ipywidgets.widgets.widget._instances)"


@dataclass
class Counter:
    """What comes to the page from its kernels.

    Attributes:
        messages: How many.
        size: Their bytes together.
    """

    messages: int = 0
    size: int = 0

    def watch(self, page: Page) -> None:
        """Counts from now on, on every connection that the page opens."""
        page.on("websocket", self._on_socket)

    def _on_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._on_frame)

    def _on_frame(self, payload: str | bytes) -> None:
        self.messages += 1
        self.size += len(payload)

    def taken(self) -> str:
        """The count since the last one."""
        told = f"{self.messages} messages, {self.size / 1000:.0f} kB"
        self.messages = self.size = 0
        return told


def main(labs: int) -> None:
    """Prints the figures as a table."""
    with jupyter_and_chromium() as (server, browser):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        counter = Counter()
        counter.watch(page)
        book = Notebook(server, page).open(["import r9s_notebook", *[CELL] * labs, SAVES_STATE])
        book.run(0)
        counter.taken()
        print("| | messages and bytes | widget models |")
        print("|---|---|---|")
        models = 0
        for number in range(1, labs + 1):
            lab = Lab(book.run(number).locator(".r9s-studio"))
            expect(lab.prompt).to_be_visible(timeout=RUN_MS)
            expect(lab.root.locator(".r9s-gallery").first).to_be_attached(timeout=RUN_MS)
            book.expect_idle()
            crossed = counter.taken()
            now = int(book.run(labs + 1).locator(".jp-OutputArea-output").inner_text())
            counter.taken()
            print(f"| lab {number} | {crossed} | {now - models} |")
            models = now
        for _ in range(4):
            lab.type_prompt("a lighthouse at dusk")
            lab.run(4)
        counter.taken()
        lab.type_prompt("a fox in the forest")
        lab.run(4)
        print(f"| a run of four 1024x1024 | {counter.taken()} | |")
        book.save()
        print(f"| the notebook, saved | {book.file.stat().st_size / 1000:.0f} kB | |")
        book.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
