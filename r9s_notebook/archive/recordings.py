"""Reads recorded runs for the engine that replays them: of a store, an exported folder, or its ZIP."""

from __future__ import annotations

import functools
import json
import logging
import warnings
import zipfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from r9s_notebook.archive.document import original_of
from r9s_notebook.archive.export import RUNS, is_inside
from r9s_notebook.engines.replay import RecordedImage, Recording, ReplayEngine, question
from r9s_notebook.errors import HistoryError
from r9s_notebook.formats import media_type_of
from r9s_notebook.history import Run, Store
from r9s_notebook.history.files import sha256_of
from r9s_notebook.history.location import DATABASE, FOLDER

_log = logging.getLogger(__name__)
Read = Callable[[str], bytes]


class RecordedRuns(ReplayEngine):
    """The engine ``replay``, over what is recorded at a path.

    Args:
        recordings: See ``read_recordings``.
    """

    def __init__(self, recordings: Path | str) -> None:
        super().__init__(read_recordings(recordings))

    @classmethod
    def command_line(cls, parser: ArgumentParser) -> Callable[[Namespace], RecordedRuns]:
        """The option ``--recordings``."""
        about = "an export (its folder or its ZIP) or a history's folder"
        parser.add_argument("--recordings", required=True, metavar="PATH", help=about)
        return lambda options: cls(options.recordings)


def read_recordings(path: Path | str) -> list[Recording]:
    """Every run at that path that can be answered again, oldest first; a warning counts those that cannot.

    Args:
        path: An export (its folder or its ZIP), a store, or a folder with ``.r9s`` in it.

    Raises:
        HistoryError: There is nothing recorded.
    """
    place = Path(path)
    skipped: list[str] = []
    if (export := open_export(place)) is not None:
        found = list(_of_export(*export, skipped))
    elif (place / DATABASE).is_file() or (place / FOLDER / DATABASE).is_file():
        found = list(_of_store(place if (place / DATABASE).is_file() else place / FOLDER, skipped))
    else:
        raise HistoryError(f"Nothing is recorded in {place}: it is neither an export (with {RUNS}) nor a history.")
    warn_of(skipped, "recording", f"in {place} cannot be replayed")
    if not found:
        raise HistoryError(f"The history in {place} has no finished run to replay.")
    return found


def open_export(place: Path) -> tuple[bytes, Read] | None:
    """The lines of an export, a folder or a ZIP, and what reads its files by their names; None where there is none.

    Raises:
        HistoryError: A ZIP that is none.
    """
    if place.is_file() and zipfile.is_zipfile(place):
        return _zipped(place)
    lines = place / RUNS
    return (lines.read_bytes(), functools.partial(_read_inside, place)) if lines.is_file() else None


def warn_of(skipped: Sequence[str], noun: str, what: str) -> None:
    """Warns of what was left out, where anything was."""
    if skipped:
        many = f"1 {noun}" if len(skipped) == 1 else f"{len(skipped)} {noun}s"
        first = "" if len(skipped) == 1 else "the first: "
        warnings.warn(f"{many} {what} ({first}{skipped[0].rstrip('.')}).", stacklevel=4)


def _of_store(home: Path, skipped: list[str]) -> Iterator[Recording]:
    with Store(home, frozen=True) as store:
        runs = [run for run in store if run.images or run.status == "failed"]
        for run in reversed(runs):
            try:
                yield recording_of(run, store)
            except HistoryError as error:  # what it edited is gone: nothing can ask for it again
                skipped.append(f"run {run.id}: {error}")


def recording_of(run: Run, store: Store) -> Recording:
    """A run as what answers its request again.

    Raises:
        HistoryError: What it edited is gone.
    """

    def stored(sha256: str | None) -> bytes | None:
        return None if sha256 is None else store.image_bytes(sha256)

    images = tuple(
        RecordedImage(image.path.read_bytes, image.media_type, image.revised_prompt, image.seed)
        for image in run.images
        if not image.missing
    )
    return Recording(
        question=question(run.kind, _all_params(vars(run)), source=stored(run.source), mask=stored(run.mask_png)),
        images=images,
        model=run.served_model,
        usage=run.usage,
        error=run.error,
        error_type=run.error_type,
        created=int(run.created.timestamp()),
    )


def _of_export(lines: bytes, read: Read, skipped: list[str]) -> Iterator[Recording]:
    for number, line in enumerate(lines.splitlines(), 1):
        try:
            document = json.loads(line)
            images = tuple(recorded(image, read) for image in document["images"] if is_inside(image.get("file_name")))
            if images or document["status"] == "failed":
                yield _of_line(document, images, read)
        # A line that somebody edited, or whose files are gone, does not take the others with it.
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            skipped.append(f"line {number} of {RUNS}: {type(error).__name__}: {error}")


def _of_line(document: Mapping[str, Any], images: tuple[RecordedImage, ...], read: Read) -> Recording:
    def named(name: str) -> bytes | None:
        file = document.get(name)
        return read(file) if is_inside(file) else None

    return Recording(
        question=question(
            document["kind"],
            _all_params(document),
            source=named("source_file_name"),
            mask=named("mask_file_name"),
        ),
        images=images,
        model=document.get("served_model"),
        usage=document.get("usage"),
        error=document.get("error"),
        error_type=document.get("error_type"),
        created=int(datetime.fromisoformat(document["created"]).timestamp()),
    )


def _read_inside(folder: Path, name: str) -> bytes:
    """A file of an export; a link that leads out of it is none.

    Raises:
        OSError: It is not there.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileNotFoundError(f"{name} leads out of the export")
    return path.read_bytes()


def recorded(image: Mapping[str, Any], read: Read) -> RecordedImage:
    """An image of a line of an export."""
    original, sha256 = image.get("original_file_name"), image.get("sha256")
    name = original if is_inside(original) else image["file_name"]

    def exactly() -> bytes:
        data = original_of(read(name), sha256)
        if sha256 and sha256_of(data) != sha256:
            _log.warning("%s is not the image that was recorded: it was changed since. It is answered as it is.", name)
        return data

    return RecordedImage(exactly, media_type_of(Path(name).suffix), image.get("revised_prompt"), image.get("seed"))


def _zipped(path: Path) -> tuple[bytes, Read]:
    def read(name: str) -> bytes:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)

    try:
        return read(RUNS), read
    except KeyError:
        raise HistoryError(f"{path} is no export: it has no {RUNS}.") from None


def _all_params(run: Mapping[str, Any]) -> dict[str, Any]:
    return {"model": run.get("requested_model"), **run["params"], "prompt": run["prompt"]}
