"""One JSON file beside the images for each run: all that is known about it, thumbnails included.

The database can be lost; these files can build it again. They are also what a run is recovered from whose process was
killed after its images were written and before its row was: the sidecar is written between the two.

One small file for each run, and not one journal for all: each is replaced atomically on any file system, by any number
of processes, and damage to one is damage to one.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from r9s_notebook.history.files import Staged, image_path
from r9s_notebook.history.ids import is_id
from r9s_notebook.history.records import Run, StoredImage

_FORMAT = 1
_IMAGE_FIELDS = tuple(field.name for field in dataclasses.fields(StoredImage) if field.name != "path")
_PLAIN = tuple(field.name for field in dataclasses.fields(Run) if field.name not in ("created", "images", "params"))


def sidecar_path(home: Path, run_id: str) -> Path:
    """Where a run's file lies."""
    if not is_id(run_id):
        raise ValueError(f"{run_id!r} is no id of a run")  # nothing else may become part of a path
    return home / "runs" / f"{run_id}.json"


def write_sidecar(home: Path, run: Run, *, durable: bool = True) -> None:
    """Replaces the run's file.

    Args:
        home: The store's folder.
        run: What goes into it.
        durable: False for a run that has nothing to lose but its row, which is durable itself.

    Raises:
        OSError: The disk is full or refuses.
    """
    document = json.dumps(to_document(run)).encode("ascii")
    with Staged(home, [(sidecar_path(home, run.id), document)], durable=durable) as staged:
        staged.place()


def read_sidecar(home: Path, run_id: str) -> Run | None:
    """The run as its file has it, or None where there is no readable one."""
    try:
        return from_document(home, json.loads(sidecar_path(home, run_id).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def has_sidecars(home: Path) -> bool:
    """True where any run has a file."""
    return any(name.endswith(".json") for name in _names(home))


def has_sidecar(home: Path, run_id: str) -> bool:
    """True where the run has a file."""
    return sidecar_path(home, run_id).is_file()


def ids_of_sidecars(home: Path) -> set[str]:
    """The ids of all runs that have a file."""
    return {stem for name in _names(home) if is_id(stem := name.removesuffix(".json"))}


def count_sidecars(home: Path) -> int:
    """How many files there are; at a hundred thousand, several times as quick as their ids."""
    return sum(name.endswith(".json") for name in _names(home))


def _names(home: Path) -> Iterator[str]:
    with os.scandir(home / "runs") as entries:  # without a Path for each: a store is opened with every lab
        yield from (entry.name for entry in entries)


def to_document(run: Run) -> dict[str, Any]:
    """The run as JSON values."""
    return {
        "format": _FORMAT,
        **{name: getattr(run, name) for name in _PLAIN},
        "created": run.created.isoformat(),
        "params": plain(run.params),
        "usage": plain(run.usage),
        "answer": plain(run.answer),
        "variables": plain(run.variables),
        "images": [_image_document(image) for image in run.images],
    }


def from_document(home: Path, document: dict[str, Any]) -> Run:
    """The run that a document describes, its images in ``home``.

    Raises:
        KeyError, ValueError, TypeError: It describes none.
    """
    return Run(
        **{name: document[name] for name in _PLAIN if name in document},
        created=datetime.fromisoformat(document["created"]),
        params=dict(document["params"]),
        images=tuple(_image(home, image) for image in document["images"]),
    )


def plain(value: Any) -> Any:
    """Anything as JSON values; what JSON does not know becomes its text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if hasattr(value, "items"):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


def _image_document(image: StoredImage) -> dict[str, Any]:
    values = {name: getattr(image, name) for name in _IMAGE_FIELDS}
    return {**values, "thumbnail": base64.b64encode(image.thumbnail).decode("ascii")}


def _image(home: Path, document: dict[str, Any]) -> StoredImage:
    values = {name: document[name] for name in _IMAGE_FIELDS if name in document}
    values["thumbnail"] = base64.b64decode(document["thumbnail"])
    return StoredImage(**values, path=image_path(home, document["sha256"], document["media_type"]))
