"""A cell of a notebook and its runs. Notebook and cell are both optional; a script has neither."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r9s_notebook.archive.history import Run
from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history import Store

_MOST_RUNS = 60


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    Attributes:
        notebook: The notebook's path as the server names it, or None outside one.
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
        notebook's path to its kernel as ``JPY_SESSION_NAME``.
        """
        header = _parent_of_this_code()
        cell_id = header.get("metadata", {}).get("cellId")
        execution = header.get("header", {}).get("msg_id")
        return cls(_notebook(os.environ), str(cell_id) if cell_id else None, str(execution) if execution else None)


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


def _notebook(environ: Mapping[str, str]) -> str | None:
    name = environ.get("JPY_SESSION_NAME") or environ.get("VSCODE_NOTEBOOK_PATH")
    if not name or not name.endswith(".ipynb"):
        return None  # a console, or a front end that passes a random id
    return Path(name).name


def _parent_of_this_code() -> Mapping[str, Any]:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return {}
    parent = kernel.get_parent("shell") if hasattr(kernel, "get_parent") else getattr(shell, "parent_header", {})
    return parent or {}
