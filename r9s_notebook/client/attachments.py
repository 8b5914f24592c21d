"""An edit's images and mask, fitted to the model, as parts of the form."""

from __future__ import annotations

from typing import Any

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.fitting import Pair, fitted
from r9s_notebook.client.models import ImageFile
from r9s_notebook.client.multipart import Part
from r9s_notebook.client.uploads import image_file
from r9s_notebook.errors import InputError
from r9s_notebook.formats import UNKNOWN_TYPE


def attachments(images: Any, mask: Any, model: Capabilities) -> list[Part]:
    """The form's files: the images, then the mask, which belongs to the first image.

    Raises:
        InputError: One is no image, or the model does not take it and converting it would lose pixels that matter.
    """
    many = list(images) if isinstance(images, (list, tuple)) else [images]
    if not many:
        raise InputError("An edit needs an image: the list is empty.")
    if model.known and not model.edits:
        raise InputError(f"{model.model} makes images and does not edit them. Choose another model.")
    if model.known and len(many) > model.max_images:
        raise InputError(f"{model.model} edits {model.max_images} image(s) at once, and {len(many)} were given.")
    mask_file = None if mask is None else image_file(mask, "mask")
    pairs = [Pair(image_file(image, "image"), None if number else mask_file) for number, image in enumerate(many)]
    fits = [fitted(pair, model) for pair in pairs]
    name = "image" if len(fits) == 1 else "image[]"
    parts = [_part(name, pair.image) for pair in fits]
    return parts if fits[0].mask is None else [*parts, _part("mask", fits[0].mask)]


def _part(name: str, file: ImageFile) -> Part:
    content = file.content if isinstance(file.content, bytes) else file.content.read()
    return Part(name, content, file.file_name, file.content_type or UNKNOWN_TYPE)
