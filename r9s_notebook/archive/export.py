"""Runs handed on: a folder, or a ZIP, that others can use without this package.

::

    metadata.jsonl   one line an image: ``file_name`` and what made it (the Hugging Face ImageFolder convention,
                     https://huggingface.co/docs/datasets/image_dataset)
    images/          the originals, each a copy that carries its run inside
    sources/ masks/  what edits started from
    runs.jsonl       one line a run, failed ones too: what ``R9S.replay`` answers from
    runs.csv         the same for a spreadsheet
    index.html       a contact sheet
    README.md        a data set's card, in the Hub's form

No path of this machine is in it, and no key.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeGuard

from r9s_notebook.archive.dataset_card import dataset_card
from r9s_notebook.archive.document import for_export, for_picture, original_of
from r9s_notebook.archive.index_page import contact_page
from r9s_notebook.errors import HistoryError, ImageError, StoreUnavailableError
from r9s_notebook.history import Run, Store, StoredImage
from r9s_notebook.imaging.metadata import embed
from r9s_notebook.translation import Message

RUNS = "runs.jsonl"
METADATA = "metadata.jsonl"
_COLUMNS = (
    *("id", "created", "kind", "status", "prompt", "template", "requested_model", "served_model", "params", "parent"),
    *("error", "cost", "elapsed", "favourite", "note", "notebook", "batch", "files"),
)
_TAKEN = frozenset(
    {*_COLUMNS, *("file_name", "text", "revised_prompt", "model", "seed", "rating", "media_type", "width", "height")}
    | {"number", "source_file_name", "mask_file_name", "run", "sha256"}
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


Write = Callable[[str, bytes], object]
"""Puts a file into the export: its name, relative and with no ``..`` in it, and its bytes."""


def export(store: Store, runs: Iterable[Run], target: Path, *, as_zip: bool = False) -> Path:
    """Exports runs with all that belongs to them.

    A folder that holds an earlier export is brought up to date: what is no longer in it is removed. Images whose files
    are gone are left out, and their runs say so by having no ``file_name`` for them.

    Args:
        store: Where the runs are.
        runs: In any order.
        target: The folder; for a ZIP, ``.zip`` is added where it is missing.
        as_zip: Writes one file instead.

    Returns:
        What was written.

    Raises:
        StoreUnavailableError: The target cannot be written.
        HistoryError: The folder holds other things than an export.
    """
    try:
        if as_zip:
            path = target if target.suffix == ".zip" else target.with_name(target.name + ".zip")
            return _to_zip(store, runs, path)
        return _to_folder(store, runs, target)
    except OSError as error:
        raise StoreUnavailableError(
            Message("{target} cannot be written: {why}.", target=target, why=error.strerror or error)
        ) from error


def packed(store: Store, runs: Iterable[Run]) -> bytes:
    """The same as a ZIP in memory, for a page that saves it."""
    out = io.BytesIO()
    _zip(store, runs, out, "Pictures")
    return out.getvalue()


def only(pictures: Iterable[tuple[Run, int]]) -> list[Run]:
    """Runs with some of their images only: what there is to export of single pictures.

    Args:
        pictures: A run and the position of one of its images, each.
    """
    positions: dict[str, set[int]] = {}
    runs = {}
    for run, position in pictures:
        runs[run.id] = run
        positions.setdefault(run.id, set()).add(position)
    return [
        replace(run, images=tuple(image for at, image in enumerate(run.images) if at in positions[run.id]))
        for run in runs.values()
    ]


def _to_zip(store: Store, runs: Iterable[Run], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not _is_export(path):
        raise HistoryError(f"{path} is there already and is no export. Name another file.")
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            _zip(store, runs, file, path.stem)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _zip(store: Store, runs: Iterable[Run], file: IO[bytes], title: str) -> None:
    with zipfile.ZipFile(file, "w") as archive:

        def write(name: str, data: bytes) -> None:
            is_text = name.endswith((".jsonl", ".csv", ".html", ".md"))  # images are compressed already
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED)

        _write_all(store, runs, write, title)


def _is_export(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return RUNS in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _to_folder(store: Store, runs: Iterable[Run], folder: Path) -> Path:
    before = _files_of_earlier(folder)
    written: set[str] = set()

    def write(name: str, data: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.part")
        unfinished.write_bytes(data)
        unfinished.replace(path)
        written.add(name)

    if not (folder / RUNS).is_file():
        # Marks the folder as an export from the start: one that was interrupted can be done again.
        write(RUNS, b"")
    _write_all(store, runs, write, folder.resolve().name)
    for name in before - written:
        (folder / name).unlink(missing_ok=True)
    return folder


def _files_of_earlier(folder: Path) -> set[str]:
    """The images of an earlier export in that folder."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    if not (folder / RUNS).is_file():
        raise HistoryError(f"{folder} holds other files. Export to a new folder, or to one with an earlier export.")
    names: set[str] = set()
    for line in (folder / RUNS).read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError, AttributeError):
            names.update(filter(is_inside, _named(json.loads(line))))
    return names


def _named(document: Mapping[str, Any]) -> Iterator[Any]:
    """What a line of ``runs.jsonl`` names as files."""
    yield from (document.get("source_file_name"), document.get("mask_file_name"))
    for image in document.get("images", []):
        yield from (image.get("file_name"), image.get("original_file_name"))


def is_inside(name: Any) -> TypeGuard[str]:
    """True for a relative path that stays in its folder."""
    if not isinstance(name, str):
        return False
    path = PurePosixPath(name)
    return (
        bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    )


def _write_all(store: Store, runs: Iterable[Run], write: Write, title: str) -> None:
    ordered = sorted(runs, key=lambda run: run.id)
    names = list(dict.fromkeys(name for run in ordered for name in run.variables or ()))
    documents, metadata, rows = [], [], []
    written: dict[str, str] = {}  # sources and masks may serve many runs
    files_of: dict[str, dict[str, str]] = {}
    for run in ordered:
        files: dict[str, str] = {}
        originals: dict[str, str] = {}
        for image, copy, original in _copies(store, run, write):
            files[image.sha256] = copy
            if original is not None:
                originals[image.sha256] = original
        for folder, sha256 in (("sources", run.source), ("masks", run.mask_png)):
            if sha256 and (name := written.get(sha256) or _plain_copy(store, sha256, folder, write)):
                files.setdefault(sha256, name)
                written[sha256] = name
        files_of[run.id] = files
        documents.append(for_export(run, files, originals))
        metadata += [
            {**_metadata(run, image, files), **_variables(run, names)} for image in run.images if image.sha256 in files
        ]
        rows.append(_row(run, files) | {name: _cell(value) for name, value in _variables(run, names).items()})
    write(RUNS, _lines(documents))
    write(METADATA, _lines(metadata))
    write("runs.csv", _csv(rows, [*_COLUMNS, *map(_column, names)]))
    write("README.md", dataset_card(title, metadata).encode())
    write("index.html", contact_page(ordered, files_of).encode())


def _copies(store: Store, run: Run, write: Write) -> Iterator[tuple[StoredImage, str, str | None]]:
    """Writes the run's images, each with its run inside; beside it those that cannot be got back from that."""
    for number, image in enumerate(run.images, 1):
        with contextlib.suppress(HistoryError):  # its file is gone
            data = copy = store.image_bytes(image.sha256)
            with contextlib.suppress(ImageError):  # a format that can carry nothing
                copy = embed(data, for_picture(run, image))
            name = f"images/{file_stem(run)}-{number}{image.path.suffix}"
            write(name, copy)
            is_exact = original_of(copy, image.sha256) == data
            yield image, name, None if is_exact else _plain_copy(store, image.sha256, "originals", write)


def _plain_copy(store: Store, sha256: str, folder: str, write: Write) -> str | None:
    with contextlib.suppress(HistoryError):
        data = store.image_bytes(sha256)
        name = f"{folder}/{sha256[:16]}{store.image_path(sha256).suffix}"
        write(name, data)
        return name
    return None


def file_stem(run: Run) -> str:
    """A file name to read: when, what, and enough of the id to be unique."""
    words = re.sub(r"[^a-z0-9]+", "-", run.prompt[:200].lower())[:40].strip("-")
    return "-".join(part for part in (run.created.strftime("%Y%m%d-%H%M%S"), words, run.id[-8:]) if part)


def _metadata(run: Run, image: StoredImage, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "file_name": files[image.sha256],
        "text": run.prompt,
        "prompt": run.prompt,
        "template": run.template,
        "revised_prompt": image.revised_prompt,
        "model": run.served_model or run.requested_model,
        "seed": image.seed,
        "rating": image.rating,
        "favourite": image.favourite or run.favourite,
        "note": image.note or run.note,
        "media_type": image.media_type,
        "width": image.width,
        "height": image.height,
        "number": run.images.index(image) + 1,
        "kind": run.kind,
        "source_file_name": files.get(run.source or ""),
        "mask_file_name": files.get(run.mask_png or ""),
        "params": json.dumps(for_export(run, {})["params"]),  # one type for all lines, whatever the parameters
        "run": run.id,
        "batch": run.batch,
        "cost": run.cost,
        "parent": run.parent,
        "created": run.created.isoformat(),
        "sha256": image.sha256,
    }


def _row(run: Run, files: Mapping[str, str]) -> dict[str, str]:
    values = {name: getattr(run, name, None) for name in _COLUMNS}
    handed_on = for_export(run, {})
    values |= {"created": handed_on["created"], "notebook": handed_on["notebook"]}
    values["params"] = json.dumps(handed_on["params"])
    values["files"] = " ".join(files[image.sha256] for image in run.images if image.sha256 in files)
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: Any) -> str:
    """A spreadsheet takes text that begins like a formula for one, so such text gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _variables(run: Run, names: Iterable[str]) -> dict[str, Any]:
    """What a run has of everything that varies in any of them, each as a column of its own."""
    return {_column(name): (run.variables or {}).get(name) for name in names}


def _column(name: str) -> str:
    """A variable's column: what was asked for may be another thing than what came."""
    return f"asked_{name}" if name in _TAKEN else name


def _csv(rows: list[dict[str, str]], columns: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")  # with its mark, spreadsheets read it as UTF-8


def _lines(documents: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(document) + "\n" for document in documents).encode()
