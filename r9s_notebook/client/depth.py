"""Arrays and pictures of any depth, as the eight bits a channel that the images API takes.

What a number means is taken from its type: 16 bits are 0 to 65535, floats are 0 to 1, and whole numbers of any other
type are the 0 to 255 of a picture that went through a calculation. What fits none of these is refused, because a
guess would turn a picture black or white without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r9s_notebook.errors import ImageError

if TYPE_CHECKING:
    from PIL.Image import Image

_PER_STEP = 257  # 65535 / 255: sixteen bits for each step of eight


def picture_of(array: Any, name: str) -> Image:
    """An array as a picture.

    Args:
        array: (height, width), (height, width, 1), (height, width, 3) or (height, width, 4); bool, or numbers.
        name: What it is, in a sentence.

    Raises:
        ImageError: Its shape or its values are no picture's.
    """
    import numpy
    from PIL import Image

    values = numpy.asarray(array)
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[:, :, 0]
    is_picture = values.ndim == 2 or (values.ndim == 3 and values.shape[2] in {3, 4})
    if not is_picture or not values.size or values.dtype.kind not in "buif":
        raise ImageError(
            f"The {name} is an array of shape {values.shape} and type {values.dtype}. An image is (height, width), "
            "(height, width, 3) or (height, width, 4), of 0 to 255, or of floats from 0 to 1."
        )
    return Image.fromarray(values if values.dtype == bool else _eight_bits(values, name))


def plain(picture: Image, name: str) -> Image:
    """A picture in a mode that PNG has and every service reads.

    Raises:
        ImageError: It has no pixels, or pixels that are no colours.
    """
    if not picture.width or not picture.height:
        raise ImageError(f"The {name} is {picture.width} x {picture.height} pixels: it is empty.")
    mode = picture.mode
    if mode in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        return picture
    if mode == "La":
        return picture.convert("LA")
    if mode == "F" or mode.startswith("I"):
        return _of_numbers(picture, name)
    return picture.convert("RGBA" if mode in {"PA", "RGBa"} else "RGB")


def _of_numbers(picture: Image, name: str) -> Image:
    import numpy
    from PIL import Image

    values = numpy.asarray(picture)
    if picture.mode == "F" and 1 < values.max() <= 255 and values.min() >= 0:
        values = values.round().astype(numpy.uint8)  # what Pillow makes of an eight-bit picture
    elif picture.mode == "I" and 255 < values.max() <= 65535 and values.min() >= 0:
        values = values.astype(numpy.uint16)  # how older Pillows open sixteen bits
    return Image.fromarray(_eight_bits(values, name))


def _eight_bits(values: Any, name: str) -> Any:
    import numpy

    if values.dtype == numpy.uint8:
        return values
    lowest, highest = values.min(), values.max()
    if values.dtype.kind == "f":
        if not (lowest >= 0 and highest <= 1):  # NaN compares false
            raise _refused(name, values, "Floats are from 0 to 1")
        return (values * 255).round().astype(numpy.uint8)
    if values.dtype == numpy.uint16:
        return ((values.astype(numpy.uint32) + _PER_STEP // 2) // _PER_STEP).astype(numpy.uint8)
    if lowest < 0 or highest > 255:
        raise _refused(name, values, "Whole numbers are from 0 to 255, or sixteen bits (uint16)")
    return values.astype(numpy.uint8)


def _refused(name: str, values: Any, expected: str) -> ImageError:
    return ImageError(
        f"The {name} has values from {values.min():.6g} to {values.max():.6g} ({values.dtype}). {expected}: "
        "scale it first, so that nothing is clipped unseen."
    )
