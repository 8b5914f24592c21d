"""Edits: what the prompt asks for, under the mask and nowhere else."""

from __future__ import annotations

from r9s_notebook.engines.sketch.edits.change import change
from r9s_notebook.engines.sketch.edits.intent import told

__all__ = ["change", "told"]
