"""An edit's images and mask, fitted to the model, as parts of the form."""

from __future__ import annotations

from typing import Any

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.models import ImageFile
from r9s_notebook.client.multipart import Part
from r9s_notebook.client.uploads import image_file
from r9s_notebook.errors import InputError


def attachments(images: Any, mask: Any, model: Capabilities) -> list[Part]:
    """The form's files: the images, then the mask.

    Raises:
        InputError: One is no image, or the model does not take it and converting it would lose pixels that matter.
    """
    many = list(images) if isinstance(images, (list, tuple)) else [images]
    if not many:
        raise InputError("An edit needs an image: the list is empty.")
    if model.known and len(many) > model.max_images:
        raise InputError(f"{model.model} edits {model.max_images} image(s) at once, and {len(many)} were given.")
    files = [image_file(image, "image") for image in many]
    mask_file = None if mask is None else image_file(mask, "mask")
    name = "image" if len(files) == 1 else "image[]"
    parts = [_part(name, file) for file in files]
    return parts if mask_file is None else [*parts, _part("mask", mask_file)]


def _part(name: str, file: ImageFile) -> Part:
    content = file.content if isinstance(file.content, bytes) else file.content.read()
    return Part(name, content, file.file_name, file.content_type or "application/octet-stream")
