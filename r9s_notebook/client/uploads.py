"""An edit's images and mask: anything that is an image, as a file, made to what the model insists on.

What needs no other pixels needs no Pillow: first bytes say so, and ``imaging`` is asked about everything else.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from os import PathLike, fspath
from typing import Any, NamedTuple

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.client.decoding import decode
from r9s_notebook.client.models import ImageFile, ImageObject
from r9s_notebook.errors import InputError
from r9s_notebook.formats import SUFFIXES, UNKNOWN_TYPE, format_of, header, is_mask, is_plain, media_type_of
from r9s_notebook.inputs import file_of
from r9s_notebook.translation import Message


class Upload(NamedTuple):
    """A file of the form: the field's name, and the file's name, bytes and media type."""

    name: str
    file_name: str
    content: bytes
    media_type: str


class Given(NamedTuple):
    """What was given as an image or a mask: a file's bytes, or pixels, and what was said of it."""

    name: str
    content: Any
    file_name: str
    media_type: str | None
    as_is: bool


def uploads(images: Any, mask: Any, model: Capabilities) -> list[Upload]:
    """The form's files: the images, then the mask, which belongs to the first image.

    Args:
        images: One, or a list of several. Each is a path, bytes, a data URI, an open binary file, a PIL image, a NumPy
            array, anything with ``to_png()``, an ``ImageObject`` of an earlier answer, or a dict or ``ImageFile``.
        mask: The same, or None.
        model: What it takes.

    Raises:
        ImageError: One is no image, or the model does not take it and converting it would lose pixels that matter.
        MaskError: The mask marks nothing, or has another shape than its image.
        InputError: The model does not edit, or not so many images.
    """
    many = list(images) if isinstance(images, (list, tuple)) else [images]
    if not many:
        raise InputError("An edit needs an image: the list is empty.")
    if model.known and not model.edits:
        raise InputError(
            Message("{model} makes images and does not edit them. Choose another model.", model=model.model)
        )
    if model.known and len(many) > model.max_images:
        raise InputError(
            Message(
                "{model} edits {most} image(s) at once, and {count} were given.",
                model=model.model,
                most=model.max_images,
                count=len(many),
            )
        )
    field = "image" if len(many) == 1 else "image[]"
    cover = None if mask is None else _given(mask, "mask")
    pairs = [_sent(_given(image, "image"), None if at else cover, model) for at, image in enumerate(many)]
    return [*(image._replace(name=field) for image, _ in pairs), *(mask for _, mask in pairs if mask is not None)]


def _given(source: Any, name: str) -> Given:
    content, file_name, media_type, as_is = source, None, None, False
    if isinstance(source, Mapping):
        if "content" not in source:
            raise InputError("An image as a dict needs its 'content', and a 'file_name'.")
        source = ImageFile(**{"file_name": "", **source})
    if isinstance(source, ImageFile):
        content, file_name, media_type, as_is = source.content, source.file_name, source.content_type, source.as_is
    elif isinstance(source, PathLike) or (isinstance(source, str) and source[:5].lower() != "data:"):
        file_name = fspath(source)
    elif hasattr(source, "read"):
        file_name = getattr(source, "name", None)
    if isinstance(content, ImageObject):
        if content.base64 is None:
            raise InputError(
                Message("The {name} is a link. Fetch it first: client.images.read(image) gives its bytes.", name=name)
            )
        content = decode(content.base64)
    data = file_of(content, name)
    last = file_name.replace("\\", "/").rpartition("/")[2] if isinstance(file_name, str) else ""  # of a path
    return Given(name, content if data is None else data, last or name, media_type, as_is and data is not None)


def _sent(image: Given, mask: Given | None, model: Capabilities) -> tuple[Upload, Upload | None]:
    """An image and its mask as the model takes them; the very same bytes where it takes them as they are."""
    looked_at = None if mask is None or mask.as_is else mask
    if image.as_is:
        if looked_at is not None and not _says_all(looked_at):
            from r9s_notebook.imaging.fitting import mask_for

            mask = looked_at._replace(content=mask_for(looked_at.content).to_png())
    elif not _fits(image, looked_at, model):
        from r9s_notebook.imaging.fitting import fitted

        made = fitted(image.content, None if looked_at is None else looked_at.content, **_needs(model))
        if made.first_frame:
            warnings.warn("The image has several frames: the first one is sent.", stacklevel=2)
        image = image._replace(content=made.image)
        mask = mask if looked_at is None else looked_at._replace(content=made.mask)
    return _upload(image), None if mask is None else _upload(mask)


def _fits(image: Given, mask: Given | None, model: Capabilities) -> bool:
    """Whether both may go as they are, as far as their first bytes tell."""
    files = [each.content for each in (image, mask) if each is not None]
    if any(not isinstance(file, bytes) or len(file) >= (model.edit_max_bytes or inf) for file in files):
        return False
    found = header(image.content)
    if found is None or found.media_type not in model.edit_image_types or not is_plain(image.content):
        return False
    if model.edit_square and found.width != found.height:
        return False
    return mask is None or (_says_all(mask) and header(mask.content) == replace(found, media_type="image/png"))


def _says_all(mask: Given) -> bool:
    return isinstance(mask.content, bytes) and is_mask(mask.content)


def _needs(model: Capabilities) -> dict[str, Any]:
    sides = [int(side) for size in model.edit_sizes for side in size.split("x") if side.isdecimal()]
    return {
        "model": model.model,
        "types": model.edit_image_types,
        "square": model.edit_square,
        "max_bytes": model.edit_max_bytes,
        "longest": None if model.any_size else max(sides, default=None),
    }


def _upload(given: Given) -> Upload:
    """The file under its true media type, which its name's ending follows."""
    name, found = given.file_name, format_of(given.content)
    media_type = found.media_type if found else UNKNOWN_TYPE
    if given.as_is:
        return Upload(given.name, name, given.content, given.media_type or media_type)
    stem, dot, ending = name.rpartition(".")
    called = media_type_of(ending) if dot else UNKNOWN_TYPE
    if called != media_type:
        name = f"{name if called == UNKNOWN_TYPE else stem}.{SUFFIXES[media_type]}"
    return Upload(given.name, name, given.content, media_type)
