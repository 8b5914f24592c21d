"""From a picture to the file that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from r9s_notebook.formats import MEDIA_TYPES
from r9s_notebook.imaging.codec import encoded
from r9s_notebook.imaging.png import encode_picture


@dataclass(frozen=True)
class Encoding:
    """How a picture becomes a file.

    Attributes:
        output_format: ``png``, ``jpeg`` or ``webp``.
        compression: 0 to 100, the quality of a JPEG or a WebP.
    """

    output_format: str = "png"
    compression: int = 90


@dataclass(frozen=True)
class EncodedImage:
    """An image file.

    Attributes:
        data: The file.
        media_type: Of ``data``.
        transparent: Whether anything behind it would be seen.
    """

    data: bytes = field(repr=False)
    media_type: str
    transparent: bool = False


def encode(image: Image.Image, encoding: Encoding) -> EncodedImage:
    """A file of the picture (RGB or RGBA); speed matters more here than the last tenth of the bytes."""
    match encoding.output_format:
        case "jpeg":
            data = encoded(image.convert("RGB"), "JPEG", quality=max(1, min(95, encoding.compression)))
        case "webp":
            data = encoded(image, "WEBP", quality=encoding.compression, method=2)
        case _:
            data = encode_picture(image)
    seen_through = image.mode == "RGBA" and encoding.output_format != "jpeg"
    transparent = seen_through and image.getchannel("A").getextrema()[0] != 255
    return EncodedImage(data, MEDIA_TYPES[encoding.output_format], transparent)
