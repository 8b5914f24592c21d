"""After an edit: how much the service changed outside the mask, and how to put the source's pixels back there.

Services have ignored a mask, or repainted most of the picture around it, with status 200 and no word about it
(vercel/ai#14360).
"""

from __future__ import annotations

from collections.abc import Iterable

from r9s_notebook._version import __version__
from r9s_notebook.archive.importing import new_image
from r9s_notebook.history import NewRun, Run, Store
from r9s_notebook.imaging import Mask, OutsideChange, keep_outside, outside_change, to_png


def worst_change(source: bytes, mask: Mask, answers: Iterable[bytes]) -> OutsideChange | None:
    """The largest change outside the mask among the answers; None where nothing noticeable has changed."""
    changes = [outside_change(source, answer, mask) for answer in answers]
    worst = max(changes, key=lambda change: change.changed, default=None)
    return worst if worst is not None and worst.noticeable else None


def with_outside_kept(run: Run, store: Store) -> Run:
    """A new run of the same pictures, with every pixel outside the mask taken from the source again.

    The answer's own run stays as it is: its originals are what the service sent.

    Raises:
        HistoryError: The source or an original is missing from the store.
    """
    if run.source is None or run.mask is None:
        raise ValueError("only an edit with a mask has an outside to keep")
    source, mask = store.image_bytes(run.source), Mask.from_json(run.mask)
    # Before the run begins: what is missing or damaged leaves none behind.
    pictures = [new_image(to_png(keep_outside(source, store.image_bytes(image.sha256), mask))) for image in run.images]
    begun = store.begin(
        NewRun(
            kind="edit",
            prompt=run.prompt,
            template=run.template,
            params=run.params,
            requested_model=run.requested_model,
            notebook=run.notebook,
            cell_id=run.cell_id,
            parent=run.id,
            parent_image=run.images[0].sha256 if run.images else None,
            source=run.source,
            mask=run.mask,
            mask_png=run.mask_png,
            client_version=__version__,
            note="Outside the mask, the pixels of the source were put back.",
        )
    )
    return store.complete(begun.id, pictures, served_model=run.served_model, elapsed=0.0)
