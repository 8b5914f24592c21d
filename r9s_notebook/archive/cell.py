"""Where code runs: which notebook, which cell. Both are optional; a script has neither."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """A cell of a notebook.

    Attributes:
        notebook: The notebook's path as the server names it, or None outside one.
        cell_id: The cell's id in the notebook file (nbformat 4.5), or None where the front end does not send it.
        execution: The id of the message that runs the cell; another one means that the cell was run again.
    """

    notebook: str | None = None
    cell_id: str | None = None
    execution: str | None = None

    @classmethod
    def here(cls) -> Place:
        """The place of the code that runs now.

        JupyterLab puts ``cellId`` into the metadata of an execute request, and the Jupyter server passes the
        notebook's path to its kernel as ``JPY_SESSION_NAME``.
        """
        header = _parent_of_this_code()
        cell_id = header.get("metadata", {}).get("cellId")
        execution = header.get("header", {}).get("msg_id")
        return cls(_notebook(os.environ), str(cell_id) if cell_id else None, str(execution) if execution else None)


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
