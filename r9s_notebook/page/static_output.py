"""The output that needs no kernel: what a saved notebook shows wherever it is opened."""

from __future__ import annotations

import uuid
from typing import Any

# Reopened without its kernel, the widget beside this output is one sentence: "Loading widget...", for ever, or
# "Error displaying widget: model not found". Its neighbour may hide it, where the page lets an output bring a style.
_HIDE_DEAD_VIEW = (
    "<style>.jp-OutputArea-child:not(:has(.r9s-studio,.r9s-sweep,.r9s-painter))"
    ":has(+ .jp-OutputArea-child .r9s-of-lab){display:none}</style>"
)


class StaticOutput:
    """One ordinary output beside a live widget, which changes with it; the widget's style hides it while it is alive.

    A MIME bundle is given each time. It may come from any thread, and after the cell has ended.
    """

    def __init__(self) -> None:
        self._id = uuid.uuid4().hex
        self._shown = False

    def show(self, bundle: dict[str, Any]) -> None:
        """Publishes the output into the cell that runs now."""
        self._publish(bundle, update=False)
        self._shown = True

    def put(self, bundle: dict[str, Any]) -> None:
        """Puts another one in its place, where it is shown."""
        if self._shown:
            self._publish(bundle, update=True)

    def _publish(self, bundle: dict[str, Any], *, update: bool) -> None:
        from IPython.display import publish_display_data

        page = f'<div class="r9s-of-lab">{_HIDE_DEAD_VIEW}{bundle["text/html"]}</div>'
        publish_display_data({**bundle, "text/html": page}, transient={"display_id": self._id}, update=update)
