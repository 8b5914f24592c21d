"""A lab that is brought into each of its states, and back to where its results are looked at."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.studio import RUN_MS, SERVICE, Lab

STUDIO = f"""{SERVICE}
import base64, io
from PIL import Image
go_on.set()
bad = False
out = io.BytesIO()
Image.linear_gradient("L").convert("RGB").save(out, "PNG")
good = {{"b64_json": base64.b64encode(out.getvalue()).decode()}}

def answer(_asked):
    if bad:
        return 400, {{"error": {{"message": "The third shelf is empty."}}}}
    return 200, {{"data": [good, good, {{"error": "Refused."}}]}}

studio = Studio(R9S(api_key="sk-test", server_url=address), prompt="a boat", model="dall-e-2", n=3, size="256x256")
studio
"""


class Hand:
    """Brings the lab into its states, and back to where its results are looked at."""

    def __init__(self, notebook: Any) -> None:
        self.notebook, self.page = notebook, notebook.page
        notebook.open([STUDIO])
        self.lab = Lab(notebook.run(0).locator(".r9s-studio"))
        expect(self.lab.generate).to_be_visible(timeout=RUN_MS)
        self.send("images? in|images were asked")
        expect(self.lab.results).to_have_count(2)

    def send(self, said: str) -> None:
        self.lab.generate.click()
        expect(self.lab.status).to_contain_text(re.compile(said), timeout=RUN_MS)

    def tell(self, code: str) -> None:
        self.notebook.lay(1, code)
        self.notebook.run(1)

    def press(self, key: str) -> None:
        tile = self.lab.root.locator(".r9s-grid .r9s-tile-face").first
        tile.focus()
        tile.press(key)

    # -- states ---------------------------------------------------------------------------------------------------

    def results(self) -> None:
        self.press("Tab")

    def several(self) -> None:
        self.press("Control+a")
        expect(self.lab.root.locator(".r9s-grid .r9s-picked")).to_be_visible()

    def menu(self) -> None:
        self.press(".")
        expect(self.page.locator(".r9s-menu")).to_be_visible()

    def viewer(self) -> None:
        self.press("Enter")
        expect(self.page.locator(".r9s-viewer img[data-original]").first).to_be_visible(timeout=RUN_MS)

    def facts(self) -> None:
        self.viewer()
        self.page.keyboard.press("i")
        expect(self.page.locator(".r9s-viewer textarea")).to_be_visible(timeout=RUN_MS)

    def compare(self) -> None:
        self.press("c")
        expect(self.page.locator(".r9s-viewer img[data-original]")).to_have_count(2, timeout=RUN_MS)

    def cull(self) -> None:
        self.tell("studio.grid.look('cull')")
        expect(self.page.locator(".r9s-viewer-title")).to_contain_text("kept", timeout=RUN_MS)

    def history(self) -> None:
        self.lab.root.get_by_role("button", name="Search and compare").click()
        expect(self.lab.root.locator(".r9s-history-page .r9s-tile").first).to_be_visible(timeout=RUN_MS)

    def history_after(self) -> None:
        expect(self.lab.root.locator(".r9s-history-page .r9s-tile").first).to_be_hidden()  # Escape closes it

    def edit(self) -> None:
        self.lab.root.locator(".r9s-edit").click()
        expect(self.lab.canvas).to_be_visible(timeout=RUN_MS)

        self.page.keyboard.press("Tab")
        self.lab.painter.locator(".r9s-cmd-more").click()  # all of its tools

    def edit_after(self) -> None:
        self.lab.root.locator(".r9s-stop-editing").click()

    def sweep(self) -> None:
        self.lab.type_prompt("a {red|blue} boat")
        self.lab.root.get_by_role("button", name="Start 2 calls").click(timeout=RUN_MS)
        expect(self.lab.root.locator(".r9s-sweep-status")).to_contain_text("2 of 2 done", timeout=RUN_MS)
        expect(self.lab.root.locator(".r9s-sweep .r9s-tile img")).to_have_count(4, timeout=RUN_MS)

    def vote(self) -> None:
        self.lab.root.get_by_role("button", name="Vote blind").click()
        expect(self.page.locator(".r9s-vote img").first).to_be_visible(timeout=RUN_MS)

    def vote_after(self) -> None:
        self.lab.type_prompt("a boat")
        expect(self.lab.generate).to_have_text("Generate", timeout=RUN_MS)  # no sweep any more
        self.send("images? in|images were asked")

    def busy(self) -> None:
        self.tell("go_on.clear()")
        self.lab.generate.click()
        expect(self.lab.root.locator(".r9s-grid [data-state=running]")).to_have_count(3)
        self.lab.generate.click()
        expect(self.lab.root.locator(".r9s-chip")).to_have_count(1)

    def busy_after(self) -> None:
        self.tell("go_on.set()")
        expect(self.lab.root.locator(".r9s-grid [data-state=running]")).to_have_count(0, timeout=RUN_MS)
        expect(self.lab.root.locator(".r9s-chip")).to_have_count(0, timeout=RUN_MS)

    def keys(self) -> None:
        self.press("?")
        expect(self.page.locator(".r9s-keys-help")).to_be_visible()

    def failed(self) -> None:
        self.tell("bad = True")
        self.send("third shelf")
        expect(self.lab.root.locator(".r9s-failure")).to_be_visible(timeout=RUN_MS)


STATES = (
    "results",
    "several",
    "menu",
    "viewer",
    "facts",
    "compare",
    "cull",
    "history",
    "edit",
    "sweep",
    "vote",
    "keys",
    "busy",
    "failed",
)
