"""A notebook that is served as an app: each visitor has a history of their own, which a reload finds again.

Voila starts a kernel for each page, before anything of the page is there. What it makes until then goes to a folder
that no visitor finds again; then the page tells the secret by which its browser is known, and the history is that
visitor's.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import re
import secrets
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

from r9s_notebook.archive.host import is_app
from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.formats import media_type_of
from r9s_notebook.history import Store
from r9s_notebook.history.location import find_home, home_of_visitor

SECRET = re.compile(r"[0-9a-f]{32,128}")
_PATIENCE_SECONDS = 0.2  # between two looks whether what the notebook's code has begun has ended


class Visit:
    """One page of an app.

    Args:
        home: The folder of the notebook's own history, in which each visitor's lies.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._at = home_of_visitor(home, secrets.token_hex(32))
        atexit.register(self._tidy, self._at)
        self._lock = threading.RLock()  # held for a moment: whoever holds a session's comes here
        self._opening = threading.RLock()  # held while runs are carried along, which waits for those under way
        self._gate = threading.RLock()
        self._is_known = False
        self._stores: weakref.WeakSet[Store] = weakref.WeakSet()
        self._told: list[Callable[[], Callable[[], object] | None]] = []

    def _tidy(self, at: Path) -> None:
        """Nothing stays of a page that made nothing, or whose runs its visitor has got."""
        with contextlib.suppress(R9SNotebookError):
            if self._is_known or not len(Store(at)):
                shutil.rmtree(at, ignore_errors=True)

    def open(self) -> Store:
        """The visitor's history; it is a temporary one as long as nobody is known."""
        with self._opening:
            store = Store(self._at, gate=self._gate)
            self._stores.add(store)
        return store

    def on_known(self, call: Callable[[], object]) -> None:
        """Calls a method, which is held weakly, when the visitor becomes known."""
        with self._lock:
            if not self._is_known:
                self._told.append(weakref.WeakMethod(call))

    def known_by(self, secret: str) -> None:
        """The page says whose it is; the first word counts.

        Its secret is written nowhere: the visitor's folder is called by its digest.

        Raises:
            StoreUnavailableError: The visitor's folder cannot be written.
        """
        if not SECRET.fullmatch(secret):
            return
        with self._opening:
            if self._is_known:
                return
            at = home_of_visitor(self._home, hashlib.sha256(secret.encode()).hexdigest())
            with self._gate:  # what is begun from now on is begun in the visitor's history
                self._carry(at)
            with self._lock:
                self._at, self._is_known = at, True
                told, self._told = self._told, []
        for reference in told:
            if (call := reference()) is not None:
                call()

    def _carry(self, at: Path) -> None:
        """Takes along what the notebook's code has made."""
        from r9s_notebook.archive.export import export
        from r9s_notebook.archive.loading import load_export

        with Store(self._at) as former:
            while former.runs(status="running", limit=1):
                time.sleep(_PATIENCE_SECONDS)
            runs, images = list(former), [path for path in (self._at / "images").iterdir() if path.is_file()]
            if runs or images:
                with Store(at) as new:
                    with tempfile.TemporaryDirectory(prefix="r9s-") as folder:
                        export(former, runs, Path(folder))
                        load_export(new, Path(folder))
                    for path in images:  # what a run has brought along that is about to begin
                        new.put_image(path.read_bytes(), media_type_of(path.suffix))
        for store in list(self._stores):
            store.move(at)


@functools.cache
def this_visit() -> Visit | None:
    """That of this kernel; None where the notebook is not served as an app."""
    return Visit(find_home(None).path) if is_app() else None
