"""The scene grammar: words in, a scene out."""

from __future__ import annotations

from r9s_notebook.engines.sketch.grammar.parse import parse
from r9s_notebook.engines.sketch.grammar.scene import Scene, Thing

__all__ = ["Scene", "Thing", "parse"]
