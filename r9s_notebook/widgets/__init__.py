"""What you see: prompt form, parameters, painter, grid, history, and the studio that puts them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r9s_notebook._lazy import lazy

if TYPE_CHECKING:
    from r9s_notebook.painter.mask_painter import MaskPainter as MaskPainter
    from r9s_notebook.pictures.image_grid import ImageGrid as ImageGrid
    from r9s_notebook.widgets.history_panel import HistoryPanel as HistoryPanel
    from r9s_notebook.widgets.parameter_panel import ParameterPanel as ParameterPanel
    from r9s_notebook.widgets.prompt_form import PromptForm as PromptForm
    from r9s_notebook.widgets.studio import Studio as Studio
    from r9s_notebook.widgets.sweeps import sweep as sweep

_HOMES = {
    "HistoryPanel": "r9s_notebook.widgets.history_panel",
    "ImageGrid": "r9s_notebook.pictures.image_grid",
    "MaskPainter": "r9s_notebook.painter.mask_painter",
    "ParameterPanel": "r9s_notebook.widgets.parameter_panel",
    "PromptForm": "r9s_notebook.widgets.prompt_form",
    "Studio": "r9s_notebook.widgets.studio",
    "sweep": "r9s_notebook.widgets.sweeps",
}

__all__ = ["HistoryPanel", "ImageGrid", "MaskPainter", "ParameterPanel", "PromptForm", "Studio", "sweep"]
__getattr__ = lazy(__name__, _HOMES)
