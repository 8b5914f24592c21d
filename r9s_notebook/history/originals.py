"""The image files of a run, as they came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from r9s_notebook.history.files import find_image, image_path, is_whole, sha256_of, write_durably
from r9s_notebook.history.records import Marks, NewImage, StoredImage, whole


def stored(home: Path, image: NewImage) -> StoredImage:
    """Where and as what an image will be kept."""
    sha256 = sha256_of(image.data)
    return StoredImage(
        sha256=sha256,
        path=image_path(home, sha256, image.media_type),
        media_type=image.media_type,
        width=image.width,
        height=image.height,
        n_bytes=len(image.data),
        revised_prompt=whole(image.revised_prompt) if image.revised_prompt else None,
        seed=image.seed,
        thumbnail=image.thumbnail,
        thumbnail_type=image.thumbnail_type,
    )


def with_marks(images: Iterable[StoredImage], before: Iterable[StoredImage]) -> tuple[StoredImage, ...]:
    """The images, with the marks of those that the run had before."""
    marks = {image.sha256: {field.name: getattr(image, field.name) for field in fields(Marks)} for image in before}
    return tuple(replace(image, **marks.get(image.sha256, {})) for image in images)


def write_missing(home: Path, kept: Sequence[StoredImage], images: Sequence[NewImage]) -> None:
    """Writes the files that are not there yet; the same image may already be another run's.

    Raises:
        OSError: The disk is full or refuses.
    """
    files = {
        place.path: image.data
        for place, image in zip(kept, images, strict=True)
        if not is_whole(place.path, place.n_bytes)
    }
    if files:
        write_durably(home, files.items())


def write_one(home: Path, data: bytes, media_type: str) -> str:
    """Writes an image that no run has made, a source or a mask, where it is not there yet; gives its sha256.

    Raises:
        OSError: The disk is full or refuses.
    """
    sha256 = sha256_of(data)
    path = find_image(home, sha256) or image_path(home, sha256, media_type)
    if not is_whole(path, len(data)):
        write_durably(home, [(path, data)])
    return sha256
