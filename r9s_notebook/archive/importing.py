"""Pictures from elsewhere become runs: what they say about themselves is read, and they are kept as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from r9s_notebook.archive.document import from_picture, is_from_picture, original_of, outcome_of, said_of_image
from r9s_notebook.client.models import ImageObject
from r9s_notebook.errors import HistoryError
from r9s_notebook.history import NewImage, NewRun, Run, Store, StoredImage
from r9s_notebook.history.files import sha256_of
from r9s_notebook.history.ids import is_id
from r9s_notebook.imaging.compare import pixels_of
from r9s_notebook.imaging.metadata import read_metadata
from r9s_notebook.imaging.thumbnails import described
from r9s_notebook.translation import Message

_AS_PARAMETERS = ("negative_prompt", "seed", "steps", "sampler", "guidance", "size")
_NAMES = {
    **{"automatic1111": "AUTOMATIC1111", "invokeai": "InvokeAI"},
    **{"comfyui": "ComfyUI", "fooocus": "Fooocus", "novelai": "NovelAI"},
}


def new_image(data: bytes, *, revised_prompt: str | None = None, seed: int | None = None) -> NewImage:
    """A picture's bytes, checked and with its thumbnail, ready for the store, and what the service said of it.

    Raises:
        ImageError: It is no picture that can be used.
    """
    info, small = described(data)
    return NewImage(
        data=data,
        media_type=info.media_type,
        width=info.width,
        height=info.height,
        thumbnail=small.data,
        thumbnail_type=small.media_type,
        revised_prompt=revised_prompt,
        seed=seed,
    )


def import_picture(store: Store, path: Path) -> Run:
    """Keeps a picture with the run that it carries inside.

    Several pictures of one of our runs become one run again. A picture that is there already is not kept twice.

    Raises:
        ImageError: It is no picture that can be used.
        HistoryError: The file cannot be read.
    """
    try:
        data = path.read_bytes()
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise HistoryError(Message("{path} cannot be read: {why}.", path=path, why=error.strerror or error)) from error
    image = new_image(data)
    known = store.runs(image=sha256_of(data), limit=1)
    if known:
        return known[0]
    found = read_metadata(data)
    document = found.get("run")
    if is_from_picture(document) and not _was_painted_over(store, document, data):
        original = original_of(data, document.get("sha256"))
        return _ours(store, document, dataclasses.replace(image, data=original, **said_of_image(document)))
    run = store.begin(_theirs(found, path), created=modified)
    seed = found.get("seed")
    image = dataclasses.replace(image, seed=seed if isinstance(seed, int) else None)
    return store.complete(run.id, [image], served_model=run.requested_model)


def _ours(store: Store, document: Mapping[str, Any], image: NewImage) -> Run:
    new, created = from_picture(document)
    run_id = document["id"] if is_id(document["id"]) else None
    run = store.get(run_id) if run_id else None
    if run is not None and document.get("sha256") in {kept.sha256 for kept in run.images}:
        return run
    if run is None:
        run = store.begin(new, created=created, run_id=run_id)
    images = [*(_again(store, kept) for kept in run.images), image]
    return store.complete(run.id, images, **outcome_of(document))


def _was_painted_over(store: Store, document: Mapping[str, Any], data: bytes) -> bool:
    """Whether a picture says that it is one which is here, and shows something else: it is a picture of its own."""
    run = store.get(document["id"]) if is_id(document["id"]) else None
    same = [kept for kept in (run.images if run else ()) if kept.sha256 == document.get("sha256")]
    try:
        return bool(same) and pixels_of(store.image_bytes(same[0].sha256)) != pixels_of(data)
    except HistoryError:
        return False  # the one that was here is gone, and this one comes back


def _again(store: Store, kept: StoredImage) -> NewImage:
    same = {field.name: getattr(kept, field.name) for field in dataclasses.fields(NewImage) if field.name != "data"}
    return NewImage(data=store.image_bytes(kept.sha256), **same)


def fetch_links(store: Store, run: Run, client: Any) -> Run:
    """Keeps the images that are behind a run's links still, each as soon as it is here.

    Raises:
        R9SNotebookError: One cannot be had; those before it are kept.
    """
    for link in dict.fromkeys((run.answer or {}).get("images", ())):
        image = new_image(client.images.read(ImageObject(link)))
        known = run.answer or {}
        said = {name: known[name] for name in ("notices", "missing") if name in known}
        answer = {"images": [other for other in known["images"] if other != link], **said}
        outcome = {name: getattr(run, name) for name in ("served_model", "usage", "cost", "elapsed")}
        images = [*(_again(store, kept) for kept in run.images), image]
        run = store.complete(run.id, images, **outcome, answer=answer if any(answer.values()) else None)
    return run


def _theirs(found: Mapping[str, Any], path: Path) -> NewRun:
    source = _NAMES.get(found.get("source", ""), found.get("source"))
    prompt, model = str(found.get("prompt") or ""), found.get("model")
    params = {name: found[name] for name in _AS_PARAMETERS if found.get(name) is not None}
    if prompt:
        params["prompt"] = prompt
    if model:
        params["model"] = str(model)
    return NewRun(
        prompt=prompt,
        params=params,
        requested_model=str(model) if model else None,
        note=f"{path.name}, made with {source}" if source else path.name,
    )
