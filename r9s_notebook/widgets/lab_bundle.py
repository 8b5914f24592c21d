"""What a reader without a kernel sees of a lab."""

from __future__ import annotations

from typing import Any

from r9s_notebook.archive.rendering import static
from r9s_notebook.archive.runs import Run
from r9s_notebook.translation import gettext as _


def lab_bundle(run: Run | None) -> dict[str, Any]:
    """The newest run of a lab, or that there is none, as a MIME bundle."""
    if run is None:
        words = _("An image studio of r9s_notebook: run this cell to open it.")
        return {"text/html": static(f"<p><em>{words}</em></p>"), "text/plain": "r9s_notebook Studio"}
    return {**run._repr_mimebundle_()}
