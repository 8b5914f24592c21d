"""What a reader without a kernel sees of a lab."""

from __future__ import annotations

from typing import Any

from r9s_notebook.archive.history import Run

_BEFORE_THE_FIRST_RUN = (
    '<div class="r9s-static"><p><em>An image studio of r9s_notebook: run this cell to open it.</em></p></div>'
)


def lab_bundle(run: Run | None) -> dict[str, Any]:
    """The newest run of a lab, or that there is none, as a MIME bundle."""
    if run is None:
        return {"text/html": _BEFORE_THE_FIRST_RUN, "text/plain": "r9s_notebook Studio"}
    return {**run._repr_mimebundle_()}
