"""Click to code: the Python that repeats a run of the history."""

from __future__ import annotations

import functools
from pathlib import Path

from r9s_notebook.archive.call_code import call_code
from r9s_notebook.errors import HistoryError
from r9s_notebook.history import Run, Store
from r9s_notebook.parameters import EDIT, GENERATION

_FOREIGN = "# The picture was made with these as well, which the images API does not have:\n"


def run_code(run: Run, store: Store, *, client: str | None = None) -> str:
    """A script that runs as it stands: the same call again, its source image and its mask read from the store.

    Args:
        run: Any run, a failed one too.
        store: Where its images are.
        client: ``"api"``, ``"offline"`` or ``"replay"``; None takes the embedded API for what the embedded API made.

    What the API has no parameter for, as in pictures of other programs, is a comment.

    Raises:
        HistoryError: The source image or the mask is missing from the store, or there was no prompt.
    """
    if run.kind == "edit" and run.source is None:
        raise HistoryError(
            "This edit came here as a picture alone, without the image that it edited, so no code can repeat it."
        )
    if not run.prompt:
        raise HistoryError("This picture came here without a prompt, so no code can repeat it.")
    kind = client or _made_by(run)
    known = EDIT if run.kind == "edit" else GENERATION
    params = {"prompt": run.prompt, **{name: value for name, value in run.params.items() if name in known}}
    code = call_code(params, client=kind, image=_file(store, run.source), mask=_file(store, run.mask_png))
    # A picture's own words name them, so no name may end the comment.
    others = {name: value for name, value in run.params.items() if name not in known and name.isidentifier()}
    foreign = [f"# {name}={value!r}\n" for name, value in others.items()]
    return "".join([_FOREIGN, *foreign, "\n", code]) if foreign else code


def _made_by(run: Run) -> str:
    return "offline" if (run.served_model or run.requested_model) in _embedded_models() else "api"


@functools.cache
def _embedded_models() -> frozenset[str | None]:
    from r9s_notebook.client import R9S  # which a history needs for nothing else

    with R9S.offline() as client:
        return frozenset(model.model for model in client.models())


def _file(store: Store, sha256: str | None) -> Path | None:
    return None if sha256 is None else store.image_path(sha256)
