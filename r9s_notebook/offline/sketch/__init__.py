"""The sketch engine: a prompt in, a picture out, drawn with vector shapes."""

from __future__ import annotations

from r9s_notebook.offline.sketch.brief import Brief
from r9s_notebook.offline.sketch.engine import draw, told

__all__ = ["Brief", "draw", "told"]
