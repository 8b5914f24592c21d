"""Arrays as pictures: what a number means is taken from its type.

Booleans are black and white, 16 bits are 0 to 65535, floats are 0 to 1, and whole numbers of any other type are the 0
to 255 of a picture that went through a calculation. What fits none of these is refused, whoever is given it: a guess
would turn a picture black or white without a word.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from r9s_notebook.errors import ImageError

_PER_STEP = 257  # 65535 / 255: sixteen bits for each step of eight


def picture_of(array: Any, name: str = "image") -> Image.Image:
    """An array as a picture, in mode L, RGB or RGBA.

    Args:
        array: (height, width), (height, width, 1), (height, width, 3) or (height, width, 4); bool, whole numbers from 0
            to 255, ``uint16``, or floats from 0 to 1.
        name: What it is, in a sentence.

    Raises:
        ImageError: Its shape or its values are no picture's.
    """
    values = np.asarray(array)
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[:, :, 0]
    is_picture = values.ndim == 2 or (values.ndim == 3 and values.shape[2] in {3, 4})
    if not is_picture or not values.size or values.dtype.kind not in "buif":
        raise ImageError(
            f"The {name} is an array of shape {values.shape} and type {values.dtype}. An image is (height, width), "
            "(height, width, 3) or (height, width, 4), of 0 to 255, or of floats from 0 to 1."
        )
    return Image.fromarray(np.ascontiguousarray(eight_bits(values, name)))


def eight_bits(values: NDArray[Any], name: str = "image") -> NDArray[np.uint8]:
    """Numbers of any type as 0 to 255; the very same array where it is of eight bits.

    Args:
        values: Of any shape, not empty; bool, whole numbers or floats, as ``picture_of`` takes them.
        name: What they are of, in a sentence.

    Raises:
        ImageError: They are out of their type's range, or NaN.
    """
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind == "b":
        return values * np.uint8(255)
    if values.dtype.kind == "f":
        if not (values.min() >= 0 and values.max() <= 1):  # NaN compares false
            raise _refused(name, values, "Floats are from 0 to 1")
        return (values * 255 + 0.5).astype(np.uint8)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return ((values.astype(np.uint32) + _PER_STEP // 2) // _PER_STEP).astype(np.uint8)
    if values.min() < 0 or values.max() > 255:
        raise _refused(name, values, "Whole numbers are from 0 to 255, or sixteen bits (uint16)")
    return values.astype(np.uint8)


def _refused(name: str, values: NDArray[Any], expected: str) -> ImageError:
    lowest, highest = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    unknown = ", and NaN" if np.isnan(values).any() else ""
    return ImageError(
        f"The {name} has values from {lowest:.6g} to {highest:.6g}{unknown} ({values.dtype}). {expected}: "
        "scale it first, so that nothing is clipped unseen."
    )
