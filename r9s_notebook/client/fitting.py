"""What a model insists on, made of what was given, where no pixel is lost that matters.

What needs no other pixels needs no Pillow: headers say so, and ``imaging`` is asked only where a file is to be written
anew. Pixels beyond the model's largest output do not matter: it would throw them away itself. Anything else that would
lose some is refused with a sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.models import ImageFile
from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.formats import UNKNOWN_TYPE, Header, header

_MEGA = 1024 * 1024


class Pair(NamedTuple):
    """An image and its mask, as files."""

    image: ImageFile
    mask: ImageFile | None = None


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
    found = _header(pair.image)
    if model.edit_square and found.width != found.height:
        pair = _squared(pair, model)
    if model.edit_max_bytes is not None:
        pair = _small_enough(pair, model, model.edit_max_bytes)
    return pair


def _in_format(image: ImageFile, model: Capabilities) -> ImageFile:
    if _header(image).media_type in model.edit_image_types:
        return image
    from r9s_notebook.imaging.fitting import as_png

    return _renewed(image, as_png(_data(image)))


def _see_through(mask: ImageFile) -> ImageFile:
    found = _header(mask)
    if found.media_type == "image/png" and found.alpha:
        return mask
    from r9s_notebook.imaging.fitting import see_through

    return _renewed(mask, see_through(_data(mask)))


def _same_size(pair: Pair) -> Pair:
    if pair.mask is None:
        return pair
    image, mask = _header(pair.image), _header(pair.mask)
    if image.pixels and mask.pixels and (image.width, image.height) != (mask.width, mask.height):
        raise MaskError(
            f"The mask is {mask.width} x {mask.height} pixels and the image {image.width} x {image.height}: "
            "they must be of one size."
        )
    return pair


def _squared(pair: Pair, model: Capabilities) -> Pair:
    found = _header(pair.image)
    if pair.mask is None:
        raise ImageError(
            f"{model.model} edits square images only, and this one is {found.width} x {found.height}. Crop it, give a "
            "mask (then it is padded for you), or choose another model."
        )
    from r9s_notebook.imaging.fitting import squared

    image, mask = squared(_data(pair.image), _data(pair.mask))
    return Pair(_renewed(pair.image, image), _renewed(pair.mask, mask))


def _small_enough(pair: Pair, model: Capabilities, limit: int) -> Pair:
    if pair.mask is not None and len(_data(pair.mask)) >= limit:
        pair = pair._replace(mask=_alpha_alone(pair.mask, model, limit))
    if len(_data(pair.image)) < limit:
        return pair
    from r9s_notebook.imaging.fitting import packed, scaled

    image, found, largest = packed(_data(pair.image)), _header(pair.image), _largest_output(model)
    mask = None if pair.mask is None else _data(pair.mask)
    if len(image) >= limit and largest and not model.any_size and max(found.width, found.height) > largest:
        image, mask = scaled(image, mask, largest)
    if len(image) >= limit:
        raise ImageError(
            f"{model.model} takes images below {limit // _MEGA} MB, and this one has {len(image) / _MEGA:.1f} MB "
            "without losing pixels. Scale it down, or choose another model."
        )
    return Pair(_renewed(pair.image, image), _renewed(pair.mask, mask) if pair.mask and mask else None)


def _alpha_alone(mask: ImageFile, model: Capabilities, limit: int) -> ImageFile:
    from r9s_notebook.imaging.fitting import alpha_alone

    small = alpha_alone(_data(mask))
    if len(small) < limit:
        return _renewed(mask, small)
    raise MaskError(
        f"{model.model} takes masks below {limit // _MEGA} MB, and this one has {len(small) / _MEGA:.1f} MB "
        "even without its colours. Make it of few shades, or scale the image and its mask down."
    )


def _largest_output(model: Capabilities) -> int:
    sides = [int(side) for size in model.edit_sizes for side in size.split("x") if side.isdecimal()]
    return max(sides, default=0)


def _renewed(original: ImageFile, png: bytes) -> ImageFile:
    """A PNG under the original's name; the original where it is the same."""
    if png == original.content:
        return original
    stem, dot, _ = original.file_name.rpartition(".")
    return ImageFile(f"{stem if dot else original.file_name}.png", png, "image/png")


def _data(file: ImageFile) -> bytes:
    return file.content if isinstance(file.content, bytes) else file.content.read()


def _header(file: ImageFile) -> Header:
    return header(_data(file)) or Header(UNKNOWN_TYPE)
