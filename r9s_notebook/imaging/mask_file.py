"""A mask as a picture: the one way in which any picture is read as a mask, and the one in which a mask is sent.

Services differ in what they look at. OpenAI's edit where the mask is transparent; others, stable-diffusion.cpp's server
among them, drop the alpha channel and edit where it is white. What is written says the same to both, and what is read
may say it in either way.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, cast

import numpy as np

from r9s_notebook.errors import MaskError
from r9s_notebook.formats import MASK_CHUNK
from r9s_notebook.imaging.codec import plain
from r9s_notebook.imaging.png import Chunk, chunks, encode_rgba, joined
from r9s_notebook.imaging.raster import Raster
from r9s_notebook.imaging.raster_png import is_crisp
from r9s_notebook.translation import Message

Source: TypeAlias = Literal["auto", "alpha", "light", "dark"]

_ALIKE = 32
"""Steps of 255 within which an alpha channel is the same everywhere: compression makes such differences."""
_FAINT = 16
"""A mask that nowhere reaches so many steps of 255 marks nothing that any service would see."""
_BAND = 256  # rows that are encoded at once


def read(source: Any, polarity: Source = "auto") -> Raster:
    """Where to edit, 0 to 255, as ``Mask.from_image`` takes it.

    Raises:
        ImageError: Not a picture that can be used.
        MaskError: Its alpha is asked for and says nothing, or it marks next to nothing.
    """
    if polarity not in ("auto", "alpha", "light", "dark"):
        raise MaskError(f"polarity is 'auto', 'alpha', 'light' or 'dark'; this is {polarity!r:.40}.")
    image = plain(source, "mask")
    if "transparency" in image.info:
        image = image.convert("RGBA")
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    low, high = (255, 255) if alpha is None else cast(tuple[int, int], alpha.getextrema())
    if polarity == "alpha" and low == 255:
        raise MaskError(
            Message("This picture has no transparent pixels to edit. Use polarity='light' if white means edit.")
        )
    says = high - low > _ALIKE or high <= _ALIKE  # wholly transparent, it says that everything may change
    if alpha is not None and (polarity == "alpha" or (polarity == "auto" and says)):
        return 255 - np.asarray(alpha)
    grey = np.asarray(image.convert("L"))
    marked = 255 - grey if polarity == "dark" else grey
    strongest = int(marked.max())
    labels = isinstance(source, np.ndarray) and source.ndim == 2 and source.any()  # of 16 bits, they scale to 0
    if strongest < _FAINT and (strongest > 0 or (labels and polarity != "dark")):
        raise MaskError(
            Message(
                "The mask nowhere goes beyond {strongest} of 255, which marks next to nothing. If its "
                "numbers are labels, say which of them: Mask.from_array(labels == 1).",
                strongest=strongest,
            )
        )
    return marked


def write(pixels: Raster) -> bytes:
    """The images API's form, as ``Mask.to_png`` gives it."""
    height, width = pixels.shape
    bands = (pixels[top : top + _BAND] for top in range(0, height, _BAND))
    colours = (np.dstack([edit, edit, edit, 255 - edit]) for edit in bands)
    png = encode_rgba((width, height), colours, flat=is_crisp(pixels))
    if not pixels.any():
        return png
    header, *rest = chunks(png)
    return joined([header, Chunk(MASK_CHUNK, b""), *rest])
