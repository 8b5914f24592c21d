"""One page with one notebook and one kernel for many tests: loading JupyterLab and starting a kernel takes seconds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.lab import Notebook

CELLS = 3
HOME = "import os\nos.environ |= {{'R9S_NOTEBOOK_HOME': {home!r}, 'R9S_LANGUAGE': 'en'}}\n"


class Desk(Notebook):
    """A notebook that is opened once, and then laid anew for each test.

    Attributes:
        home: Where the store of the test at hand lies.
    """

    home: Path

    def load(self) -> Desk:
        """Opens it, with a kernel of its own: at the start, and after a test that failed wherever it was."""
        self.shut_down_kernels()
        super().open([""] * CELLS)
        return self

    def open(self, cells: Sequence[str] | None = None, **_: object) -> Desk:
        """Types a test's code into the cells; whatever the first one makes has a history of its own."""
        assert cells is not None
        self.page.evaluate("document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close())")
        for index in range(1, CELLS):
            if self.cell(index).locator(".jp-OutputArea-output").count():
                self.lay(index, "pass")
                self.run(index)  # what a former test has shown there goes away
        self.home = Path(tempfile.mkdtemp(dir=self.file.parent))
        for index, code in enumerate([HOME.format(home=str(self.home)) + cells[0], *cells[1:]]):
            self.lay(index, code)
        return self

    def lay(self, index: int, code: str) -> None:
        """Types code into one cell."""
        self.cell(index).locator(".cm-content").fill(code)

    def read_in(self, tab: Page) -> Notebook:
        """What was saved, opened by somebody else, whose kernel has nothing of it."""
        reader = Notebook(self.lab, tab)
        reader.file.parent.mkdir()
        shutil.copy(self.file, reader.file)
        return reader.open(kernel=False)
