"""Click to code: the Python that repeats a run of the history."""

from __future__ import annotations

from pathlib import Path

from r9s_notebook.client.capabilities import SKETCH
from r9s_notebook.errors import HistoryError
from r9s_notebook.history import Run, Store
from r9s_notebook.session.call_code import call_code


def run_code(run: Run, store: Store, *, client: str | None = None) -> str:
    """A script that runs as it stands: the same call again, its source image and its mask read from the store.

    Args:
        run: Any run, a failed one too.
        store: Where its images are.
        client: ``"api"``, ``"offline"`` or ``"replay"``; None takes the embedded API for what the embedded API made.

    Raises:
        HistoryError: The source image or the mask is missing from the store.
    """
    if run.kind == "edit" and run.source is None:
        raise HistoryError(
            "This edit came here as a picture alone, without the image that it edited, so no code can repeat it."
        )
    kind = client or ("offline" if (run.served_model or run.requested_model) == SKETCH else "api")
    params = {"prompt": run.prompt, **run.params}
    return call_code(params, client=kind, image=_file(store, run.source), mask=_file(store, run.mask_png))


def _file(store: Store, sha256: str | None) -> Path | None:
    return None if sha256 is None else store.image_path(sha256)
