"""Many small pictures in one: the fallback of viewers that show neither widgets nor HTML."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging import open_image
from r9s_notebook.imaging.codec import encoded

_WIDTH = 640  # pixels of the whole sheet
_GAP = 4
_MOST_COLUMNS = 4
_QUALITIES = (80, 65, 50, 35, 20)


def contact_sheet(pictures: Sequence[bytes], max_bytes: int) -> bytes | None:
    """A JPEG with all pictures in a grid on white, at most ``max_bytes`` long; None where none of them can be read."""
    images = [image for image in map(_opened, pictures) if image is not None]
    if not images:
        return None
    columns = min(_MOST_COLUMNS, math.ceil(math.sqrt(len(images))))
    sheet = _arranged(images, columns, min(_WIDTH // columns, 320))
    while True:
        for quality in _QUALITIES:
            data = encoded(sheet, "JPEG", quality=quality, optimize=True)
            if len(data) <= max_bytes or max(sheet.size) < 32:
                return data
        sheet = sheet.resize((max(1, sheet.width * 3 // 4), max(1, sheet.height * 3 // 4)), Image.Resampling.LANCZOS)


def _opened(data: bytes) -> Image.Image | None:
    try:
        return open_image(data)
    except ImageError:
        return None


def _arranged(images: Sequence[Image.Image], columns: int, side: int) -> Image.Image:
    rows = math.ceil(len(images) / columns)
    sheet = Image.new("RGB", (columns * (side + _GAP) - _GAP, rows * (side + _GAP) - _GAP), "white")
    for index, image in enumerate(images):
        small = image.copy()
        small.thumbnail((side, side))
        left = index % columns * (side + _GAP) + (side - small.width) // 2
        top = index // columns * (side + _GAP) + (side - small.height) // 2
        sheet.paste(small, (left, top), small if small.mode == "RGBA" else None)
    return sheet
