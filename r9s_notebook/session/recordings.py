"""Recorded runs to answer from: of a store, an exported folder, or its ZIP."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from r9s_notebook.errors import HistoryError, ImageError
from r9s_notebook.history import Run, Store
from r9s_notebook.history.files import sha256_of
from r9s_notebook.history.homes import DATABASE, FOLDER
from r9s_notebook.imaging import open_image
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session.document import original_of
from r9s_notebook.session.export import RUNS, is_inside

Read = Callable[[], bytes]

_log = logging.getLogger(__name__)

_NOT_SHOWN = frozenset(name for name, one in PARAMETERS.items() if one.effect != "picture" or one.kind == "file")
"""Parameters that change how images travel, not what they show; files are compared by their pixels."""


@dataclass(frozen=True)
class Question:
    """A request in the one form in which requests are compared.

    Attributes:
        kind: ``"generate"`` or ``"edit"``.
        prompt: The words.
        model: The model asked for, ``""`` where none was.
        params: Every other parameter that shows in the images, as text, sorted.
        source: What the source image shows (see ``pixels_of``), ``""`` for a generation.
        mask: What the mask's pixels are, ``""`` without one.
    """

    kind: str
    prompt: str
    model: str
    params: tuple[tuple[str, str], ...]
    source: str = ""
    mask: str = ""


@dataclass(frozen=True)
class RecordedImage:
    """An image that was answered once.

    Attributes:
        read: Gives its bytes.
        suffix: Of its file name, such as ``".png"``.
        revised_prompt: What the service said of it.
    """

    read: Read = field(repr=False)
    suffix: str
    revised_prompt: str | None = None


@dataclass(frozen=True)
class Recording:
    """One recorded run: what was asked, and what came.

    Attributes:
        question: The request.
        images: What came; none for a run that failed.
        model: The model that served.
        usage: As the service counted.
        error: Why nothing came.
        error_type: The name of that exception's class.
        created: Seconds since 1970.
    """

    question: Question
    images: tuple[RecordedImage, ...]
    model: str | None = None
    usage: Any = None
    error: str | None = None
    error_type: str | None = None
    created: int = 0


def question(
    kind: str, params: Mapping[str, Any], *, source: bytes | None = None, mask: bytes | None = None
) -> Question:
    """The comparable form of a request; parameters that are not given and those with their default are the same."""
    texts = {name: _text(value) for name, value in params.items() if value is not None}
    prompt, model = texts.pop("prompt", ""), texts.pop("model", "")
    if texts.get("n") == "1":
        del texts["n"]
    shown = tuple(sorted((name, text) for name, text in texts.items() if name not in _NOT_SHOWN and text))
    return Question(kind, prompt, model, shown, pixels_of(source), pixels_of(mask))


@functools.lru_cache(maxsize=64)
def pixels_of(data: bytes | None) -> str:
    """A name for what a picture shows, whatever its file format, its metadata or its compression."""
    if not data:
        return ""
    try:
        image = open_image(data).convert("RGBA")
    except ImageError:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{image.width}x{image.height}:".encode() + image.tobytes()).hexdigest()


def recordings(path: Path | str) -> list[Recording]:
    """Every run at that path that can be answered again, oldest first; a warning counts those that cannot.

    Args:
        path: An export (its folder or its ZIP), a store, or a folder with ``.r9s`` in it.

    Raises:
        HistoryError: There is nothing recorded.
    """
    place = Path(path)
    skipped: list[str] = []
    if place.is_file() and zipfile.is_zipfile(place):
        lines, read = _zipped(place)
        found = list(_of_export(lines, read, skipped))
    elif (place / RUNS).is_file():
        found = list(_of_export((place / RUNS).read_bytes(), functools.partial(_read_inside, place), skipped))
    elif (place / DATABASE).is_file() or (place / FOLDER / DATABASE).is_file():
        found = list(_of_store(place if (place / DATABASE).is_file() else place / FOLDER, skipped))
    else:
        raise HistoryError(f"Nothing is recorded in {place}: it is neither an export (with {RUNS}) nor a history.")
    if skipped:
        many = "1 recording" if len(skipped) == 1 else f"{len(skipped)} recordings"
        first = "" if len(skipped) == 1 else "the first: "
        warnings.warn(f"{many} in {place} cannot be replayed ({first}{skipped[0].rstrip('.')}).", stacklevel=3)
    if not found:
        raise HistoryError(f"The history in {place} has no finished run to replay.")
    return found


def _of_store(home: Path, skipped: list[str]) -> Iterator[Recording]:
    with Store(home, frozen=True) as store:
        runs = [run for run in store if run.images or run.status == "failed"]
        for run in reversed(runs):
            try:
                yield _of_run(run, store)
            except HistoryError as error:  # what it edited is gone: nothing can ask for it again
                skipped.append(f"run {run.id}: {error}")


def _of_run(run: Run, store: Store) -> Recording:
    def stored(sha256: str | None) -> bytes | None:
        return None if sha256 is None else store.image_bytes(sha256)

    images = tuple(
        RecordedImage(image.path.read_bytes, image.path.suffix, image.revised_prompt)
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


def _of_export(lines: bytes, read: Callable[[str], bytes], skipped: list[str]) -> Iterator[Recording]:
    for number, line in enumerate(lines.splitlines(), 1):
        try:
            document = json.loads(line)
            images = tuple(_recorded(image, read) for image in document["images"] if _is_name(image.get("file_name")))
            if images or document["status"] == "failed":
                yield _of_line(document, images, read)
        # A line that somebody edited, or whose files are gone, does not take the others with it.
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            skipped.append(f"line {number} of {RUNS}: {type(error).__name__}: {error}")


def _of_line(document: Mapping[str, Any], images: tuple[RecordedImage, ...], read: Callable[[str], bytes]) -> Recording:
    def named(name: str) -> bytes | None:
        file = document.get(name)
        return read(file) if isinstance(file, str) and is_inside(file) else None

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


def _recorded(image: Mapping[str, Any], read: Callable[[str], bytes]) -> RecordedImage:
    original, sha256 = image.get("original_file_name"), image.get("sha256")
    name = str(original) if _is_name(original) else image["file_name"]

    def exactly() -> bytes:
        data = original_of(read(name), sha256)
        if sha256 and sha256_of(data) != sha256:
            _log.warning("%s is not the image that was recorded: it was changed since. It is answered as it is.", name)
        return data

    return RecordedImage(exactly, Path(name).suffix, image.get("revised_prompt"))


def _zipped(path: Path) -> tuple[bytes, Callable[[str], bytes]]:
    def read(name: str) -> bytes:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)

    try:
        return read(RUNS), read
    except KeyError:
        raise HistoryError(f"{path} is no export: it has no {RUNS}.") from None


def _all_params(run: Mapping[str, Any]) -> dict[str, Any]:
    return {"model": run.get("requested_model"), **run["params"], "prompt": run["prompt"]}


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and is_inside(name)


def _text(value: Any) -> str:
    """A value as a form would send it: an edit's parameters come as text, a generation's as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)


def closest(asked: Question, known: Sequence[Question]) -> str:
    """What was recorded that comes near, as a sentence; ``""`` where nothing does."""
    import difflib

    same_words = [one for one in known if one.prompt == asked.prompt and one.kind == asked.kind]
    if same_words:
        return f"That prompt was recorded with {_differences(asked, same_words[-1])}."
    prompts = list(dict.fromkeys(one.prompt[:200] for one in known if one.kind == asked.kind))
    near = difflib.get_close_matches(asked.prompt[:200], prompts, n=3, cutoff=0.3) or prompts[-3:]
    return "Recorded prompts: " + "; ".join(f"“{prompt}”" for prompt in near) + "." if near else ""


def _differences(asked: Question, recorded: Question) -> str:
    mine, theirs = dict(asked.params), dict(recorded.params)
    parts = []
    if recorded.model != asked.model:
        parts.append(f"model={recorded.model or 'none'}")
    for name in sorted({*mine, *theirs}):
        if mine.get(name) != theirs.get(name):
            parts.append(f"{name}={theirs[name]}" if name in theirs else f"no {name}")
    if recorded.source != asked.source:
        parts.append("another source image")
    if recorded.mask != asked.mask:
        parts.append("another mask" if recorded.mask else "no mask")
    return ", ".join(parts) or "the same parameters"
