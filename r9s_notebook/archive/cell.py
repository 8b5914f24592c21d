"""A cell of a notebook and its runs. Notebook and cell are both optional; a script has neither."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from r9s_notebook.archive.host import (
    executed_notebook,
    has_own_name,
    id_by_code,
    is_app,
    served_notebook,
    this_kernel,
)
from r9s_notebook.archive.runs import Run
from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history import Store

_MOST_RUNS = 60


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    Attributes:
        notebook: The notebook's path, or None outside one.
        id: The cell's id in the notebook file (nbformat 4.5), or None where the front end does not send it.
        execution: The id of the message that runs the cell; another one means that the cell was run again.
    """

    notebook: str | None = None
    id: str | None = None
    execution: str | None = None

    @classmethod
    def here(cls) -> Cell:
        """The cell of the code that runs now.

        JupyterLab puts ``cellId`` into the metadata of an execute request, and the Jupyter server passes the
        notebook's path to its kernel as ``JPY_SESSION_NAME``; VS Code has ``cellId`` as well, and puts the path into
        the variable ``__vsc_ipynb_file__``. For others see ``host``: a program that executes a notebook is asked for
        its name, and no cell of it is known, so that whatever is executed again begins anew; Voila's cells are known
        by their code.
        """
        kernel = this_kernel()
        header = getattr(kernel, "get_parent", lambda _channel: None)("shell") or {}
        names = getattr(getattr(kernel, "shell", None), "user_ns", {})
        cell_id = header.get("metadata", {}).get("cellId")
        execution = header.get("header", {}).get("msg_id")
        if is_app():
            served, code = served_notebook(), str(header.get("content", {}).get("code", ""))
            cell_id = (cell_id or id_by_code(served, code)) if served and code else None
            return cls(str(served) if served else None, cell_id, str(execution) if execution else None)
        told = str(names.get("__vsc_ipynb_file__") or executed_notebook() or "")
        notebook = _notebook(told or (os.environ.get("JPY_SESSION_NAME", "") if has_own_name() else ""))
        return cls(notebook, str(cell_id) if cell_id else None, str(execution) if execution else None)

    @property
    def recorded(self) -> Path | None:
        """What its notebook is handed out with: an export beside it that is called as it is, a folder or a ZIP."""
        from r9s_notebook.archive.export import RUNS

        if self.notebook is None:
            return None
        folder = Path(self.notebook).with_suffix("")
        packed = folder.with_name(f"{folder.name}.zip")
        return folder if (folder / RUNS).is_file() else packed if packed.is_file() else None

    def within(self, store: Store) -> Cell:
        """The same, as it is known in a store.

        VS Code counts the cells of each notebook when it opens it, from the first one on. Such a number is known
        together with the notebook's path, and where there is no file yet, not at all.
        """
        notebook, cell_id = store.known_as(self.notebook), self.id
        if cell_id is not None and (counted := _COUNTED.fullmatch(unquote(cell_id))):
            cell_id = f"{notebook}#{counted[1]}" if notebook and "sdW50aXRsZWQ" not in counted[1] else None
        return replace(self, notebook=notebook, id=cell_id)


_COUNTED = re.compile(
    r"(?:.*#)?([W-Za-f][0-6]+s[\w+/=-]+)"
)  # to the base 7, and in base64 the scheme: "file", "untitled"


def runs_of_cell(store: Store, cell: Cell, made_here: Sequence[str]) -> tuple[Run, ...]:
    """The newest runs of a cell, the newest first; other labs and kernels may have added some.

    Args:
        store: Where they are kept.
        cell: The cell.
        made_here: The ids of the runs that this lab made, the oldest first.

    Raises:
        HistoryError: The store cannot be read.
    """
    with contextlib.suppress(StoreUnavailableError):  # a full disk can still be read, and whoever writes next is told
        store.settle()  # what a kernel that was killed left under way, it left for ever
    if cell.id is not None:
        # A cell keeps its id where the notebook is renamed, and has it in common with that of a copy.
        records = store.runs(cell=cell.id, own_to=cell.notebook, limit=_MOST_RUNS)
    else:
        # No front end told which cell this is: what is known to belong here is what was made here.
        made = [store.get(run_id) for run_id in reversed(made_here[-_MOST_RUNS:])]
        records = [record for record in made if record is not None]
    return tuple(Run.of(record, store) for record in records)


def _notebook(path: str) -> str | None:
    if not path.endswith(".ipynb"):
        return None  # a console, or a front end that passes a random id
    return path if Path(path).is_absolute() else str(Path.cwd() / Path(path).name)  # where a notebook's kernel works
