"""The toolbar's icons as a style sheet, in the colour of the text."""

from __future__ import annotations

from urllib.parse import quote

from r9s_notebook.painter.commands import ICONS

SOLID = {"fill", "alpha"}
"""Icons that are surfaces; the others are lines."""


def icon_css() -> str:
    """A rule for each icon: ``--r9s-icon`` on the button of that command."""
    urls = {name: _data_url(path, solid=name in SOLID) for name, path in ICONS.items()}
    return "\n".join(f'.r9s-cmd-{name} {{ --r9s-icon: url("{url}"); }}' for name, url in urls.items())


def _data_url(path: str, *, solid: bool) -> str:
    lines = "fill='none' stroke='black' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'"
    style = "fill='black'" if solid else lines
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' {style}><path d='{path}'/></svg>"
    return "data:image/svg+xml," + quote(svg, safe="/:=' ")
