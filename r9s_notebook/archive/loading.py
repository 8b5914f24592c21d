"""An export comes back as runs: with its originals, what they were edited from, and what a person said of them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from r9s_notebook.archive.document import from_picture, is_from_picture, outcome_of
from r9s_notebook.archive.export import RUNS, is_inside
from r9s_notebook.archive.importing import new_image
from r9s_notebook.archive.recordings import Read, open_export, recorded, warn_of
from r9s_notebook.errors import HistoryError, R9SNotebookError
from r9s_notebook.history import Store
from r9s_notebook.history.records import RATINGS
from r9s_notebook.imaging import inspect
from r9s_notebook.translation import gettext as _


def load_export(store: Store, place: Path) -> None:
    """Takes the runs of an export in; those that are there already stay as they are.

    A line that cannot be read does not take the others with it: a warning counts them.

    Raises:
        HistoryError: There is no export.
    """
    export = open_export(place)
    if export is None:
        raise HistoryError(f"{place} is no export: it has no {RUNS}.")
    lines, read = export
    skipped: list[str] = []
    for number, line in enumerate(lines.splitlines(), 1):
        try:
            _take_in(store, json.loads(line), read)
        except (ValueError, TypeError, KeyError, AttributeError, OSError, R9SNotebookError) as error:
            skipped.append(f"line {number} of {RUNS}: {type(error).__name__}: {error}")
    warn_of(skipped, "run", f"of {place} cannot be read")


def _take_in(store: Store, document: Any, read: Read) -> None:
    if not is_from_picture(document):
        raise ValueError("it describes no run")
    if store.get(document["id"]) is not None:
        return
    listed = [image for image in document["images"] if is_inside(image.get("file_name"))]
    came = [recorded(image, read) for image in listed]
    images = [new_image(one.read(), revised_prompt=one.revised_prompt, seed=one.seed) for one in came]
    new, created = from_picture(document)
    more: dict[str, Any] = {
        name: text for name in ("notebook", "cell_id", "note") if isinstance(text := document.get(name), str)
    }
    more["source"] = _file(store, document.get("source_file_name"), read)
    more["mask_png"] = _file(store, document.get("mask_file_name"), read)
    run = store.begin(dataclasses.replace(new, **more), created=created, run_id=document["id"])
    if images:
        store.complete(run.id, images, **outcome_of(document))
    else:
        why = str(document.get("error") or _("Its pictures were not handed on."))
        if document.get("status") == "cancelled":
            store.cancel(run.id, why)
        else:
            store.fail(run.id, why, str(document.get("error_type") or "") or None)
    if document.get("favourite") is True:
        store.annotate(run.id, favourite=True)
    for position, image in enumerate(listed):
        if marks := _marks(image):
            store.mark([(run.id, position)], **marks)


def _file(store: Store, name: Any, read: Read) -> str | None:
    if not is_inside(name):
        return None
    data = read(name)
    return store.put_image(data, inspect(data).media_type)


def _marks(image: Mapping[str, Any]) -> dict[str, Any]:
    """What a person said of a picture, as far as it makes sense."""
    rating, note = image.get("rating"), image.get("note")
    said = {
        "rating": rating if isinstance(rating, int) and rating in RATINGS else None,
        "favourite": image.get("favourite") is True,
        "note": note if isinstance(note, str) else "",
    }
    return {name: value for name, value in said.items() if value}
