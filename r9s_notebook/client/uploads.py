"""An edit's images and mask: anything that is an image, as a file, made to what the model insists on.

What needs no other pixels needs no Pillow: headers say so, and ``imaging`` is asked only where a file is to be written
anew. Pixels beyond the model's largest output do not matter: it would throw them away itself. Anything else that would
lose some is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.decoding import decode
from r9s_notebook.client.models import ImageFile, ImageObject
from r9s_notebook.errors import ImageError, InputError, MaskError
from r9s_notebook.formats import SUFFIXES, UNKNOWN_TYPE, Header, header

_EXPECTED = (
    "Give a path, bytes, an open binary file, a PIL image, a NumPy array, or {'file_name': ..., 'content': ...}."
)


class Upload(NamedTuple):
    """A file of the form: the field's name, and the file's name, bytes and media type."""

    name: str
    file_name: str
    content: bytes
    media_type: str

    @property
    def header(self) -> Header:
        """What its first bytes say."""
        return header(self.content) or Header(UNKNOWN_TYPE)


def uploads(images: Any, mask: Any, model: Capabilities) -> list[Upload]:
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
    if len(fits) > 1:
        fits = [pair._replace(image=pair.image._replace(name="image[]")) for pair in fits]
    found = [pair.image for pair in fits]
    return found if fits[0].mask is None else [*found, fits[0].mask]


def image_file(source: Any, name: str) -> Upload:
    """Anything that is an image, as a named file.

    Args:
        source: A dict or ``ImageFile`` with ``file_name`` and ``content``, a path, bytes, an open binary file, an
            ``ImageObject`` of an earlier answer, a PIL image, a NumPy array, or anything with ``to_png()``.
        name: What it is in a sentence, and in the name of a file that has none: ``"image"`` or ``"mask"``.

    Raises:
        InputError: It is none of these, or its file cannot be read.
    """
    file_name, content, media_type = _named(source)
    data = _bytes(content, name)
    if not data:
        raise ImageError(f"The {name} is empty: it has no bytes.")
    found = header(data)
    if found is not None:
        media_type = found.media_type  # what it is, whatever it is called
    if file_name is None:
        file_name = f"{name}.{SUFFIXES.get(media_type or '', 'png')}"
    last = file_name.replace("\\", "/").rpartition("/")[2]  # of a path
    return Upload(name, last, data, media_type or UNKNOWN_TYPE)


def _named(source: Any) -> tuple[str | None, Any, str | None]:
    if isinstance(source, ImageFile):
        return source.file_name, source.content, source.content_type
    if isinstance(source, Mapping):
        if "content" not in source:
            raise InputError("An image as a dict needs its 'content', and a 'file_name'.")
        return source.get("file_name"), source["content"], source.get("content_type")
    if isinstance(source, (str, Path)):
        return Path(source).name, Path(source), None
    opened_as = getattr(source, "name", None) if hasattr(source, "read") else None
    return (Path(opened_as).name if isinstance(opened_as, str) else None), source, None


def _bytes(content: Any, name: str) -> bytes:
    if isinstance(content, (bytes, bytearray, memoryview)):
        return bytes(content)
    if isinstance(content, Path):
        return _read_file(content, name)
    if isinstance(content, ImageObject):
        return _of_answer(content, name)
    if callable(getattr(content, "to_png", None)):
        return bytes(content.to_png())
    if callable(getattr(content, "read", None)):
        return _read_open(content, name)
    return _png(content, name)


def _of_answer(image: ImageObject, name: str) -> bytes:
    if image.base64 is None:
        raise InputError(f"The {name} is a link. Fetch it first: client.images.read(image) gives its bytes.")
    return decode(image.base64)


def _read_file(path: Path, name: str) -> bytes:
    try:
        return (path.expanduser() if path.parts[:1] == ("~",) else path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"The {name} {str(path)[:200]!r} cannot be read: {reason}.") from None


def _read_open(file: Any, name: str) -> bytes:
    try:
        data = file.read()
    except (OSError, ValueError) as error:  # ValueError: a closed file
        raise InputError(f"The {name} cannot be read: {error}.") from None
    if not isinstance(data, bytes):
        raise InputError(f"The {name} was opened as text. Open it in binary mode: open(..., 'rb').")
    return data


def _png(picture: Any, name: str) -> bytes:
    """A PIL image or an array, losslessly."""
    # A PIL image computes its array interface out of all its pixels: it is known by what it can do.
    if not callable(getattr(picture, "save", None)) and not hasattr(picture, "__array_interface__"):
        raise InputError(f"The {name} is a {type(picture).__name__}, which is no image. {_EXPECTED}")
    from r9s_notebook.imaging.codec import plain, to_png

    return to_png(plain(picture, name), compress_level=6)


# --- what a model insists on ------------------------------------------------------------------------------------------

_MEGA = 1024 * 1024


class Pair(NamedTuple):
    """An image and its mask, as files."""

    image: Upload
    mask: Upload | None = None


def fitted(pair: Pair, model: Capabilities) -> Pair:
    """An image and its mask as a model takes them; the very same files where it takes them as they are.

    Raises:
        ImageError: The image is none, or cannot be fitted without losing pixels that matter.
        MaskError: The mask is none, or of another size than the image.
    """
    pair = pair._replace(mask=None if pair.mask is None else _see_through(pair.mask))
    if not model.known:
        return _same_size(pair)
    pair = _same_size(pair._replace(image=_in_format(pair.image, model)))
    found = pair.image.header
    if model.edit_square and found.width != found.height:
        pair = _squared(pair, model)
    if model.edit_max_bytes is not None:
        pair = _small_enough(pair, model, model.edit_max_bytes)
    return pair


def _in_format(image: Upload, model: Capabilities) -> Upload:
    if image.header.media_type in model.edit_image_types:
        return image
    from r9s_notebook.imaging.fitting import as_png

    return _renewed(image, as_png(image.content))


def _see_through(mask: Upload) -> Upload:
    found = mask.header
    if found.media_type == "image/png" and found.alpha:
        return mask
    from r9s_notebook.imaging.fitting import see_through

    return _renewed(mask, see_through(mask.content))


def _same_size(pair: Pair) -> Pair:
    if pair.mask is None:
        return pair
    image, mask = pair.image.header, pair.mask.header
    if image.pixels and mask.pixels and (image.width, image.height) != (mask.width, mask.height):
        raise MaskError(
            f"The mask is {mask.width} x {mask.height} pixels and the image {image.width} x {image.height}: "
            "they must be of one size."
        )
    return pair


def _squared(pair: Pair, model: Capabilities) -> Pair:
    found = pair.image.header
    if pair.mask is None:
        raise ImageError(
            f"{model.model} edits square images only, and this one is {found.width} x {found.height}. Crop it, give a "
            "mask (then it is padded for you), or choose another model."
        )
    from r9s_notebook.imaging.fitting import squared

    image, mask = squared(pair.image.content, pair.mask.content)
    return Pair(_renewed(pair.image, image), _renewed(pair.mask, mask))


def _small_enough(pair: Pair, model: Capabilities, limit: int) -> Pair:
    if pair.mask is not None and len(pair.mask.content) >= limit:
        pair = pair._replace(mask=_alpha_alone(pair.mask, model, limit))
    if len(pair.image.content) < limit:
        return pair
    from r9s_notebook.imaging.fitting import packed, scaled

    image, found, largest = packed(pair.image.content), pair.image.header, _largest_output(model)
    mask = None if pair.mask is None else pair.mask.content
    if len(image) >= limit and largest and not model.any_size and max(found.width, found.height) > largest:
        image, mask = scaled(image, mask, largest)
    if len(image) >= limit:
        raise ImageError(
            f"{model.model} takes images below {limit // _MEGA} MB, and this one has {len(image) / _MEGA:.1f} MB "
            "without losing pixels. Scale it down, or choose another model."
        )
    return Pair(_renewed(pair.image, image), _renewed(pair.mask, mask) if pair.mask and mask else None)


def _alpha_alone(mask: Upload, model: Capabilities, limit: int) -> Upload:
    from r9s_notebook.imaging.fitting import alpha_alone

    small = alpha_alone(mask.content)
    if len(small) < limit:
        return _renewed(mask, small)
    raise MaskError(
        f"{model.model} takes masks below {limit // _MEGA} MB, and this one has {len(small) / _MEGA:.1f} MB "
        "even without its colours. Make it of few shades, or scale the image and its mask down."
    )


def _largest_output(model: Capabilities) -> int:
    sides = [int(side) for size in model.edit_sizes for side in size.split("x") if side.isdecimal()]
    return max(sides, default=0)


def _renewed(original: Upload, png: bytes) -> Upload:
    """A PNG under the original's name; the original where it is the same."""
    if png == original.content:
        return original
    stem, dot, _ = original.file_name.rpartition(".")
    return original._replace(
        file_name=f"{stem if dot else original.file_name}.png", content=png, media_type="image/png"
    )
