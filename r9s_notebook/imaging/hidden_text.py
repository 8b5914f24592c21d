"""Text that some web UIs hide in the lowest bit of a picture's alpha, where uploading services leave it."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

_LENGTH_BYTES = 4
_GZIP = 31  # zlib's name for it
_COMPRESSED, _PLAIN = b"stealth_pngcomp", b"stealth_pnginfo"


def hidden_text(image: Image.Image, most: int) -> str:
    """What is hidden in the alpha of a picture; ``""`` where nothing is.

    The bits run down the columns: a signature, the length in bits, then the text, mostly as gzip. The reader of the
    library that reads the text itself does not end at a picture too small for that.

    Args:
        image: Opened; it is decoded only if it is RGBA.
        most: Bytes of the text; the rest is left out.
    """
    if image.mode != "RGBA":
        return ""
    bits = (np.asarray(image.getchannel("A")).T & 1).ravel()
    head = len(_COMPRESSED) + _LENGTH_BYTES
    start = np.packbits(bits[: head * 8]).tobytes()
    signature, length = start[: len(_COMPRESSED)], int.from_bytes(start[len(_COMPRESSED) :], "big")
    if signature not in (_COMPRESSED, _PLAIN):
        return ""
    data = np.packbits(bits[head * 8 : head * 8 + length]).tobytes()
    try:
        text = zlib.decompressobj(_GZIP).decompress(data, most) if signature == _COMPRESSED else data[:most]
        return text.decode()
    except (zlib.error, UnicodeDecodeError):
        return ""
