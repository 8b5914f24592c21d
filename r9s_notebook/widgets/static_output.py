"""The output that needs no kernel: what a saved notebook shows wherever it is opened."""

from __future__ import annotations

import uuid
from typing import Any

from r9s_notebook.archive.history import Run
from r9s_notebook.archive.rendering import static
from r9s_notebook.translation import gettext as _

# Reopened without its kernel, the widget beside this output is one sentence: "Loading widget...", for ever, or
# "Error displaying widget: model not found". Its neighbour may hide it, where the page lets an output bring a style.
HIDE_DEAD_VIEW = (
    "<style>.jp-OutputArea-child:not(:has(.r9s-studio,.r9s-sweep)):has(+ .jp-OutputArea-child .r9s-of-lab)"
    "{display:none}</style>"
)


class StaticOutput:
    """One ordinary output beside the live lab, updated after each run; the lab's style hides it while it is alive."""

    def __init__(self) -> None:
        self._id = uuid.uuid4().hex
        self._shown = False

    def show(self, run: Run | None) -> None:
        """Publishes the output into the cell that runs now."""
        self._publish(self.bundle(run), update=False)
        self._shown = True

    def update(self, run: Run | None) -> None:
        """Puts another run in its place; works from any thread, and after the cell has ended."""
        self.put(self.bundle(run))

    def put(self, bundle: dict[str, Any]) -> None:
        """Puts any MIME bundle in its place, likewise."""
        if self._shown:
            self._publish(bundle, update=True)

    def _publish(self, bundle: dict[str, Any], *, update: bool) -> None:
        from IPython.display import publish_display_data

        publish_display_data(bundle, transient={"display_id": self._id}, update=update)

    def bundle(self, run: Run | None) -> dict[str, Any]:
        """The output's MIME bundle."""
        if run is None:
            words = _("An image studio of r9s_notebook: run this cell to open it.")
            bundle = {"text/html": static(f"<p><em>{words}</em></p>"), "text/plain": "r9s_notebook Studio"}
        else:
            bundle = run._repr_mimebundle_()
        return {**bundle, "text/html": f'<div class="r9s-of-lab">{HIDE_DEAD_VIEW}{bundle["text/html"]}</div>'}
