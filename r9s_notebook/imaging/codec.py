"""Bytes to pixels and back: what may come in, and the one shape it has inside.

Whatever arrives is untrusted. The header is read before a pixel is decoded, so a bomb costs nothing; only the formats
named here are ever opened; and everything that can go wrong is an ``ImageError`` that says what to do. Inside, a
picture is upright, 8 bits a channel, RGB or RGBA, and its colours are sRGB.
"""

from __future__ import annotations

import base64
import binascii
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging.colour import to_srgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_PIXELS = 8192 * 8192
"""The largest picture that is decoded, in pixels: 256 MiB as RGBA."""

_FORMATS = {
    # Pillow's name: (ours, media type). An MPO is a JPEG with a second picture after it: phones write them.
    "PNG": ("png", "image/png"),
    "JPEG": ("jpeg", "image/jpeg"),
    "MPO": ("jpeg", "image/jpeg"),
    "WEBP": ("webp", "image/webp"),
    "GIF": ("gif", "image/gif"),
    "BMP": ("bmp", "image/bmp"),
    "TIFF": ("tiff", "image/tiff"),
    "AVIF": ("avif", "image/avif"),
}
_OPENED = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset(range(2, 9))  # EXIF orientations other than upright
_SIDEWAYS = frozenset({5, 6, 7, 8})  # those that swap width and height


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What a picture's header says, before a pixel is decoded.

    Attributes:
        format: ``png``, ``jpeg``, ``webp``, ``gif``, ``bmp``, ``tiff`` or ``avif``.
        media_type: The format's media type, from the bytes and not from any name or header that came with them.
        width: Pixels, as seen: after EXIF rotation.
        height: Pixels, as seen: after EXIF rotation.
        mode: Pillow's mode of the file (``RGB``, ``P``, ``CMYK``, ``I;16`` ...).
        animated: It has further frames; the first one is used.
        has_alpha: It has transparency.
        rotated: Its EXIF turns or mirrors it, so its bytes are not laid out as it is seen.
    """

    format: str
    media_type: str
    width: int
    height: int
    mode: str
    animated: bool
    has_alpha: bool
    rotated: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height


def inspect(data: bytes, *, max_pixels: int = MAX_PIXELS) -> ImageInfo:
    """Reads a picture's header; no pixel is decoded.

    Raises:
        ImageError: Not a picture that can be used, or more than ``max_pixels``.
    """
    with opened(data, max_pixels) as image:
        return _describe(image)


def open_image(data: bytes, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Decodes a picture: upright, fully loaded, RGB or RGBA, its first frame if it is animated.

    Raises:
        ImageError: Not a picture that can be used, damaged, cut short, or more than ``max_pixels``.
    """
    with opened(data, max_pixels) as image:
        return upright_rgb(image)


def as_image(source: Any, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Any form of picture as an upright RGB or RGBA image.

    Args:
        source: A path, bytes, a ``data:`` URI, a file opened in binary mode, a PIL image, or a NumPy array of
            HxW, HxWx1, HxWx3 or HxWx4 (bool, integers of 8 or 16 bits, or floats from 0 to 1).
        max_pixels: The most pixels that are decoded.

    Raises:
        ImageError: None of these, or not readable.
    """
    if isinstance(source, Image.Image):
        with _reasons():
            return upright_rgb(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return open_image(bytes(source), max_pixels=max_pixels)
    if isinstance(source, (str, os.PathLike)):
        return open_image(_read(source), max_pixels=max_pixels)
    if hasattr(source, "__array_interface__"):
        return _from_array(source)
    if callable(getattr(source, "read", None)):
        return open_image(_read_file(source), max_pixels=max_pixels)
    raise ImageError(
        "An image is a path, bytes, a data URI, a file opened in binary mode, a PIL image or a NumPy array; "
        f"this is {_a(source)}."
    )


def to_png(image: Image.Image) -> bytes:
    """The image as PNG: lossless, and the same bytes for the same pixels."""
    out = io.BytesIO()
    _bare(image).save(out, "PNG", compress_level=3)
    return out.getvalue()


def upright_rgb(image: Image.Image) -> Image.Image:
    """A loaded copy of the image: upright, 8 bits a channel, RGB or RGBA, in sRGB."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    eight = _eight_bit(to_srgb(upright))
    wanted = "RGBA" if _has_alpha(eight) else "RGB"
    return _bare(eight if eight.mode == wanted else eight.convert(wanted))


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: no EXIF to rotate a second time, no text to carry along."""
    bare = image.copy()
    bare.info = {}
    return bare


@contextmanager
def opened(data: bytes, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image]:
    """A picture whose header has been read and found acceptable, for the time of a ``with`` block.

    Whatever goes wrong inside the block, decoding included, is an ``ImageError``.
    """
    if not data:
        raise ImageError("The image is empty: no bytes came. Fetch it or choose it again.")
    with _reasons(data):
        image = Image.open(io.BytesIO(data), formats=_OPENED)
        width, height = image.size
        if width * height > max_pixels:
            raise ImageError(_too_large(f"{width}x{height} pixels", max_pixels))
        if width < 1 or height < 1:
            raise ImageError("The image has no pixels. Choose another one.")
        with image:
            yield image


@contextmanager
def _reasons(data: bytes = b"") -> Iterator[None]:
    """Turns whatever a decoder raises into one sentence: on damaged bytes, decoders raise almost anything."""
    try:
        yield
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(_not_an_image(data)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):  # a warning, where those are errors
        raise ImageError(_too_large("far too many pixels", MAX_PIXELS)) from None
    except MemoryError:
        raise ImageError("There is not enough memory to open this image. Use a smaller one.") from None
    except Exception as error:
        raise ImageError(f"The image is damaged or cut short ({error!s:.200}). Get it again, whole.") from error


def _too_large(what: str, max_pixels: int) -> str:
    return f"The image has {what}; at most {max_pixels / 1e6:.0f} million can be opened. Scale it down first."


_RECOGNISED = (
    # (how such data begins, after white space, in lower case; what it is; what to do)
    (b"<svg", "an SVG drawing", "Export it as PNG"),
    (b"<!doctype html", "a web page", "Check the address: it may have expired"),
    (b"<html", "a web page", "Check the address: it may have expired"),
    (b"<?xml", "an XML document", "Choose a PNG, JPEG or WebP file"),
    (b"simple  =", "a FITS file", "Scale its values to 0..255 and pass the NumPy array"),
    (b"%pdf", "a PDF document", "Export the page as PNG"),
    (b"{", "JSON", "Pass the picture's bytes, not the answer that holds them"),
    (b"8bps", "a Photoshop document", "Export it as PNG"),
    (b"ivborw0kggo", "base64 text", "Decode it first, or pass it as a data: URI"),
    (b"/9j/", "base64 text", "Decode it first, or pass it as a data: URI"),
    (b"\x00\x00\x00", "a HEIC photograph or a video", "Export it as JPEG or PNG"),
)


def _not_an_image(data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") and b"<svg" in start:
        start = b"<svg"
    for prefix, kind, advice in _RECOGNISED:
        if start.startswith(prefix):
            return f"This is {kind}, not an image that can be used. {advice}."
    return "This is not an image, or a damaged one. PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF can be opened."


def _describe(image: Image.Image) -> ImageInfo:
    kind, media_type = _FORMATS[image.format or ""]
    width, height = image.size
    orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    if orientation in _SIDEWAYS:
        width, height = height, width
    animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
    return ImageInfo(
        kind, media_type, width, height, image.mode, animated, _has_alpha(image), rotated=orientation in _TURNED
    )


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info


def _eight_bit(image: Image.Image) -> Image.Image:
    """Modes of more than 8 bits, scaled: converted directly they would be clipped to white."""
    if not image.mode.startswith(("I", "F")):
        return image
    import numpy as np

    values = np.asarray(image)
    if image.mode == "F":
        bright = float(np.nanmax(values)) if values.size else 0.0
        return _from_array(values if bright <= 1.0 else np.nan_to_num(values) / 255.0)
    return _from_array(np.clip(values, 0, 65535).astype(np.uint16))


def _from_array(source: Any) -> Image.Image:
    import numpy as np

    pixels = np.asarray(source)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)) or 0 in pixels.shape:
        shape = "x".join(map(str, pixels.shape)) or "a single number"
        raise ImageError(f"An array for an image is HxW, HxWx3 or HxWx4; this one is {shape}.")
    image = Image.fromarray(np.ascontiguousarray(_bytes_of(pixels)))
    return image if image.mode == "RGBA" else image.convert("RGB")


def _bytes_of(pixels: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.bool_:
        return pixels.astype(np.uint8) * np.uint8(255)
    if pixels.dtype == np.uint16:
        return ((pixels.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    if np.issubdtype(pixels.dtype, np.integer):
        if pixels.min() < 0 or pixels.max() > 255:
            raise ImageError("Whole numbers in an array for an image are 0 to 255. Scale them, or pass uint16.")
        return pixels.astype(np.uint8)
    if np.issubdtype(pixels.dtype, np.floating):
        return (np.clip(np.nan_to_num(pixels.astype(np.float64)), 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    raise ImageError(f"An array for an image holds numbers; this one holds {pixels.dtype}.")


def _read(source: str | os.PathLike[str]) -> bytes:
    if isinstance(source, str) and source[:5].lower() == "data:":
        return _read_data_uri(source)
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise ImageError(f"There is no file {_short(source)}. Check its name and folder.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ImageError(
            f"The file {_short(source)} cannot be read ({reason}). Check its name and its rights."
        ) from None


def _read_data_uri(uri: str) -> bytes:
    head, comma, body = uri.partition(",")
    if not comma or not head.endswith(";base64"):
        raise ImageError("A data: URI for an image has the form data:image/png;base64,...")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise ImageError("The data: URI does not hold valid base64. Copy it again, whole.") from None


def _read_file(file: BinaryIO) -> bytes:
    data: object = file.read()
    if not isinstance(data, bytes):
        raise ImageError("Open the image's file in binary mode: open(path, 'rb').")
    return data


def _short(value: object) -> str:
    text = repr(os.fspath(value)) if isinstance(value, os.PathLike) else repr(value)
    return text if len(text) <= 120 else text[:100] + "...'"


def _a(value: object) -> str:
    name = type(value).__name__
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"
