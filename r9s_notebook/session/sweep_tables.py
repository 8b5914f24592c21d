"""A sweep as a table: a row for each picture, and what a vote came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from r9s_notebook.archive.runs import Picture, Run
from r9s_notebook.session.messages import sentence
from r9s_notebook.session.sweep_slots import Slot


def frame(slots: Iterable[tuple[Slot, Run | None]]) -> Any:
    """A pandas ``DataFrame``; see ``Sweep.to_frame``.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd  # type: ignore[import-untyped]

    rows = []
    for slot, run in slots:
        why = None if slot.error is None else sentence(slot.error)
        call = {"prompt": slot.request.prompt, "state": slot.state, "error": why, "run": slot.run_id}
        of_run = {"cost": slot.cost, "elapsed": None if run is None else run.elapsed}
        for image in (run.images if run else ()) or (None,):
            rows.append({**slot.variables, **call, **_of_picture(image), **of_run})
    return pd.DataFrame(rows)


def tally(slots: Iterable[tuple[Slot, Run | None]], axis: str, values: Sequence[Any]) -> dict[Any, tuple[int, int]]:
    """How many pictures are starred and how many there are, for each of the values of what varies."""
    found: dict[Any, tuple[int, int]] = dict.fromkeys(values, (0, 0))
    for slot, run in slots:
        stars, pictures = found[slot.variables[axis]]
        images = run.images if run else ()
        found[slot.variables[axis]] = (stars + sum(one.favourite for one in images), pictures + len(images))
    return found


def _of_picture(image: Picture | None) -> dict[str, Any]:
    names = ("width", "height", "seed", "rating", "favourite", "note")
    return {"picture": image and str(image.path), **{name: image and getattr(image, name) for name in names}}
