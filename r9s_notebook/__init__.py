"""The image lab that fits in a notebook cell.

Names are loaded when they are first used, so that a script that only wants the client imports neither widgets nor
Pillow::

    from r9s_notebook import R9S

    with R9S.from_env() as r9s:
        result = r9s.images.create(prompt="A lighthouse at dusk", size="1024x1024")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r9s_notebook._lazy import lazy
from r9s_notebook._version import __version__

if TYPE_CHECKING:
    from r9s_notebook import errors as errors
    from r9s_notebook.archive import History as History
    from r9s_notebook.client import R9S as R9S
    from r9s_notebook.client import BackoffStrategy as BackoffStrategy
    from r9s_notebook.client import RetryConfig as RetryConfig
    from r9s_notebook.client import models as models
    from r9s_notebook.imaging import Mask as Mask
    from r9s_notebook.widgets import HistoryPanel as HistoryPanel
    from r9s_notebook.widgets import ImageGrid as ImageGrid
    from r9s_notebook.widgets import MaskPainter as MaskPainter
    from r9s_notebook.widgets import ParameterPanel as ParameterPanel
    from r9s_notebook.widgets import PromptForm as PromptForm
    from r9s_notebook.widgets import Studio as Studio
    from r9s_notebook.widgets import sweep as sweep

_HOMES = {
    "R9S": "r9s_notebook.client",
    "RetryConfig": "r9s_notebook.client",
    "BackoffStrategy": "r9s_notebook.client",
    "Mask": "r9s_notebook.imaging",
    "History": "r9s_notebook.archive",
    "sweep": "r9s_notebook.widgets",
    "Studio": "r9s_notebook.widgets",
    "PromptForm": "r9s_notebook.widgets",
    "ParameterPanel": "r9s_notebook.widgets",
    "MaskPainter": "r9s_notebook.widgets",
    "ImageGrid": "r9s_notebook.widgets",
    "HistoryPanel": "r9s_notebook.widgets",
    "errors": "r9s_notebook.errors",
    "models": "r9s_notebook.client.models",
}

__all__ = [
    "R9S",
    "BackoffStrategy",
    "History",
    "HistoryPanel",
    "ImageGrid",
    "Mask",
    "MaskPainter",
    "ParameterPanel",
    "PromptForm",
    "RetryConfig",
    "Studio",
    "__version__",
    "errors",
    "models",
    "sweep",
]
__getattr__ = lazy(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)  # what Tab offers


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext r9s_notebook`` runs: it brings ``%%imagine`` and ``%nested_asyncio``."""
    from r9s_notebook.magics import load_ipython_extension as load

    load(shell)
