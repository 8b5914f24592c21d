"""The sketch engine: a prompt in, a picture out, drawn with vector shapes."""

from __future__ import annotations

from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.drawing import draw, told

__all__ = ["Brief", "draw", "told"]
