"""Puts the source's pixels back where an edit changed more than its mask allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import fields, replace

from r9s_notebook._version import __version__
from r9s_notebook.archive.importing import new_image
from r9s_notebook.archive.runs import Run
from r9s_notebook.history import NewRun
from r9s_notebook.imaging import Mask, keep_outside, to_png
from r9s_notebook.session.perform import Begun, Done, Event, Kept
from r9s_notebook.session.worker import to_the_end
from r9s_notebook.translation import gettext as _


async def put_back(run: Run) -> AsyncGenerator[Event, None]:
    """A new run of the same pictures, with every pixel outside the mask taken from the source again.

    The answer's own run stays as it is: its originals are what the service sent.

    Raises:
        HistoryError: The source or an original is missing from the store.
    """
    kept = await to_the_end(_put_back, run)
    yield Begun(kept)
    yield Kept(kept)
    yield Done(kept)


def _put_back(run: Run) -> Run:
    if run.source is None or run.mask is None:
        raise ValueError("only an edit with a mask has an outside to keep")
    store = run.store
    source, mask = store.image_bytes(run.source), Mask.from_json(run.mask)
    # Before the run begins: what is missing or damaged leaves none behind.
    pictures = [new_image(to_png(keep_outside(source, store.image_bytes(image.sha256), mask))) for image in run.images]
    same = NewRun(**{field.name: getattr(run, field.name) for field in fields(NewRun)})
    new = replace(
        same,
        parent=run.id,
        parent_image=run.images[0].sha256 if run.images else None,
        batch=None,
        client_version=__version__,
        note=_("Outside the mask, the pixels of the source were put back."),
    )
    kept = store.complete(store.begin(new).id, pictures, served_model=run.served_model, cost=0.0, elapsed=0.0)
    return Run.of(kept, store)
