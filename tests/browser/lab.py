"""Driving JupyterLab: the server as a process of its own, a notebook as a person sees it."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, expect

START_SECONDS = 180
CELL_SECONDS = 60

# The page itself says when a cell has run: what asks it again and again does so twice a second in the end. A restarted
# kernel counts from one again, so a number alone does not tell that a cell has run.
WATCH_PROMPT = """cell => {
  const prompt = cell.querySelector(".jp-InputPrompt");
  let busy = false;
  cell.ran = new Promise(resolve => {
    const watcher = new MutationObserver(() => {
      if (prompt.textContent.includes("*")) busy = true;
      else if (busy) { watcher.disconnect(); resolve(true); }
    });
    watcher.observe(prompt, { childList: true, characterData: true, subtree: true });
  });
}"""
HAS_RUN = """(cell, seconds) => Promise.race([
  cell.ran, new Promise(resolve => setTimeout(resolve, seconds * 1000, false)),
])"""


@dataclass
class JupyterLab:
    """A running server, listening on loopback.

    Attributes:
        url: Its base address, without a trailing slash.
        token: What a request must carry.
        root: The folder it serves.
        is_notebook: Whether its notebooks are opened in Notebook 7.
    """

    url: str
    token: str
    root: Path

    is_notebook: bool = False

    @classmethod
    @contextmanager
    def start(cls, folder: Path, env: dict[str, str] | None = None, *, base: str = "/") -> Iterator[JupyterLab]:
        """A server of JupyterLab, and of Notebook 7 as well, under a base address."""
        root = folder / "notebooks"
        root.mkdir(parents=True)
        without_build_check(folder / "config")
        port, token = free_port(), secrets.token_hex(16)
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
            *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
            *(f"--ServerApp.root_dir={root}", f"--ServerApp.base_url={base}", "--LabApp.news_url=None"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            f"--LabApp.workspaces_dir={folder / 'workspaces'}",
            f"--LabApp.user_settings_dir={quiet_settings(folder / 'settings')}",
        ]
        server = cls(f"http://127.0.0.1:{port}{base.rstrip('/')}", token, root)
        with started(command, lambda: server.api("GET", "status"), folder, root, env):
            yield server

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the server's REST API, as a person's browser makes it."""
        request = urllib.request.Request(
            f"{self.url}/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@dataclass
class Notebook:
    """A notebook in the page, in a folder of its own.

    Attributes:
        path: Where it lies, relative to the server's root.
    """

    lab: JupyterLab
    page: Page
    path: str = field(default_factory=lambda: f"{uuid.uuid4().hex[:8]}/book.ipynb")

    @property
    def file(self) -> Path:
        return self.lab.root / self.path

    @property
    def address(self) -> str:
        """Where a person opens it, for the first time in this browser."""
        if self.lab.is_notebook:
            return f"{self.lab.url}/notebooks/{self.path}?token={self.lab.token}"
        # A workspace of its own: JupyterLab would otherwise bring other tests' notebooks back when a page is reloaded.
        workspace = f"{self.lab.url}/lab/workspaces/{self.path.split('/')[0]}"
        return f"{workspace}/tree/{self.path}?reset&token={self.lab.token}"

    def write(self, cells: Sequence[str], *, metadata: dict[str, Any] | None = None) -> None:
        """Writes the notebook file with these code cells."""
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
            | (metadata or {}),
        )
        self.file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(book, self.file)

    def open(self, cells: Sequence[str] | None = None, *, kernel: bool = True) -> Notebook:
        """Opens it in JupyterLab; ``kernel=False`` opens it as a reader without one would."""
        if cells is not None:
            self.write(cells)
        self.page.goto(self.address)
        expect(self.page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=60_000)
        if kernel:
            self.expect_idle()
        return self

    def expect_idle(self) -> None:
        """Waits until the page says that the kernel is connected and idle."""
        if self.lab.is_notebook:
            # It is idle as long as there is no kernel, too; and the cells are laid anew before there is one.
            expect(self.page.locator(".jp-Toolbar-kernelName")).to_contain_text("Python", timeout=60_000)
            idle = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']")
            return expect(idle).to_be_visible(timeout=60_000)
        return expect(self.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)

    def cell(self, index: int) -> Locator:
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(index)

    def run(self, index: int, *, wait: bool = True) -> Locator:
        """Runs a cell by keyboard; waits until its prompt has been busy and carries a number again."""
        cell = self.cell(index)
        cell.evaluate(WATCH_PROMPT)
        cell.locator(".jp-InputArea-editor .cm-content").first.click()
        self.page.keyboard.press("Control+Enter")
        if wait:
            assert cell.evaluate(HAS_RUN, CELL_SECONDS), f"cell {index} did not end in {CELL_SECONDS} s"
        return cell

    def save(self) -> dict[str, Any]:
        """Saves with Ctrl+S, and reads back what is on disk."""
        before = self.file.stat().st_mtime_ns
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+s")
        deadline = time.monotonic() + 60
        while True:
            if self.file.stat().st_mtime_ns != before:
                with suppress(json.JSONDecodeError):  # the server is still writing it
                    return json.loads(self.file.read_text())
            if time.monotonic() > deadline:
                raise AssertionError("the notebook was not saved")
            time.sleep(0.05)  # the interval of the poll; the condition is a new and whole file

    def restart_kernel(self) -> None:
        """Restarts the kernel through the menu's command, and waits until it is idle again."""
        self.page.keyboard.press("Escape")
        self.page.locator(".jp-NotebookPanel-toolbar [data-command='notebook:restart-kernel']").first.click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)
        self.expect_idle()

    def shut_down_kernels(self) -> None:
        """Ends every kernel of this notebook: what is left is the file."""
        for session in self.lab.api("GET", "sessions"):
            if session["path"] == self.path:
                self.lab.api("DELETE", f"sessions/{session['id']}")

    def set_theme(self, name: str) -> None:
        """``JupyterLab Light`` or ``JupyterLab Dark``, through the menu."""
        self.page.locator(".lm-MenuBar-item", has_text="Settings").click()
        self.page.locator(".lm-Menu-item[data-type='submenu']", has_text="Theme").first.click()
        self.page.locator(".lm-Menu-item", has_text=re.compile(f"^{re.escape(name)}$")).click()
        light = "true" if name.endswith("Light") else "false"
        expect(self.page.locator(f"body[data-jp-theme-light='{light}']")).to_be_attached()

    def close(self) -> None:
        self.shut_down_kernels()


@contextmanager
def started(
    command: Sequence[str], ask: Callable[[], object], folder: Path, root: Path, env: dict[str, str] | None = None
) -> Iterator[None]:
    """A server as a process of its own, from its first answer to ``ask`` on; what it says is in ``server.log``."""
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, cwd=root, env={**environment(folder), **(env or {})}
        )
    deadline = time.monotonic() + START_SECONDS
    try:
        while True:
            if process.poll() is not None:
                raise RuntimeError(f"The server ended early ({process.returncode}):\n{log.read_text()[-4000:]}")
            try:
                ask()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"The server did not come up:\n{log.read_text()[-4000:]}") from None
                time.sleep(0.1)  # the interval of the poll; the condition is the answer above
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def quiet_settings(folder: Path) -> Path:
    """Settings under which nothing pops up over the notebook."""
    own = folder / "@jupyterlab" / "apputils-extension"
    own.mkdir(parents=True)
    (own / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    return folder


def without_build_check(folder: Path) -> None:
    """Every page would ask whether JupyterLab must be built anew, which takes a Node process seconds to find out."""
    own = folder / "labconfig"
    own.mkdir(parents=True)
    (own / "page_config.json").write_text('{"buildCheck": false, "buildAvailable": false}')


def environment(folder: Path) -> dict[str, str]:
    """The process's environment, with Jupyter's folders its own and no API key."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("R9S_", "JUPYTER_", "JPY_"))}
    return kept | {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
