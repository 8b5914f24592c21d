"""Bytes to pixels and back: what may come in, and the one shape it has inside.

Whatever arrives is untrusted. The header is read before a pixel is decoded, so a bomb costs nothing; only the formats
named here are ever opened; and everything that can go wrong is an ``ImageError`` that says what to do. Inside, a
picture is upright, 8 bits a channel, RGB or RGBA, and its colours are sRGB.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError, features

from r9s_notebook.errors import ImageError
from r9s_notebook.formats import API_TYPES, FORMATS, Format, format_of, is_whole, name_of, no_picture
from r9s_notebook.imaging.arrays import eight_bits, picture_of
from r9s_notebook.imaging.colour import to_srgb
from r9s_notebook.inputs import file_of
from r9s_notebook.translation import Message

MAX_PIXELS = 8192 * 8192
"""The largest picture that is decoded, in pixels: 256 MiB as RGBA."""

_BY_PILLOW = {each.pillow: each for each in FORMATS}
_BY_PILLOW["MPO"] = _BY_PILLOW["JPEG"]  # a JPEG with a second picture after it: phones write them
_OF_EVERY_PNG = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_DARKEST = 16  # of a picture of 0 to 255; numbers a little over 1 are rather of 0 to 1, and out of range
_EXIF_ORIENTATION = 0x0112
_TURNED = frozenset(range(2, 9))  # EXIF orientations other than upright
_SIDEWAYS = frozenset({5, 6, 7, 8})  # those that swap width and height


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What a picture's header says, before a pixel is decoded.

    Attributes:
        format: ``png``, ``jpeg``, ``webp``, ``gif``, ``bmp``, ``tiff``, ``avif`` or ``heic``.
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
    """Reads a picture's header.

    Raises:
        ImageError: Not a picture that can be used, or more than ``max_pixels``.
    """
    with opened(data, max_pixels) as image:
        return describe(image)


def open_image(data: bytes, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Decodes a picture: upright, fully loaded, RGB or RGBA, its first frame if it is animated.

    Raises:
        ImageError: Not a picture that can be used, damaged, cut short, or more than ``max_pixels``.
    """
    return as_image(data, max_pixels=max_pixels)


def as_image(source: Any, *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Any form of picture as an upright RGB or RGBA image.

    Args:
        source: A path, bytes, a ``data:`` URI, a file opened in binary mode, a PIL image, or a NumPy array of
            HxW, HxWx1, HxWx3 or HxWx4 (bool, integers of 8 or 16 bits, or floats from 0 to 1).
        max_pixels: The most pixels that are decoded.

    Raises:
        ImageError: None of these, or not readable.
    """
    return _rgb(plain(source, max_pixels=max_pixels))


def as_file(source: Any, types: Collection[str] = API_TYPES) -> tuple[bytes, ImageInfo]:
    """Any form of picture as a file of one of these media types, and what its header says.

    A file stays as it is where it is of such a type, upright, still, and of colours that every program reads alike:
    services differ in what they make of others, and get what the user sees. Anything else is written as PNG.

    Returns:
        The file, and what it is; ``animated`` tells where it is the first frame of several.

    Raises:
        ImageError: As ``as_image``.
    """
    data = file_of(source)
    if data is None:
        png, animated = to_png(plain(source)), _is_animated(source)
    else:
        info = inspect(data)
        if info.media_type in types and info.mode in _OF_EVERY_PNG and not (info.rotated or info.animated):
            if not is_whole(data):
                open_image(data)  # what follows a phone's picture hides its end; what is cut short is refused
            return data, info
        png, animated = to_png(plain(data)), info.animated
    return png, replace(inspect(png), animated=animated)


def plain(source: Any, name: str = "image", *, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Any form of picture, upright, in sRGB and in a mode that every reader of PNG knows; no pixel is lost.

    Args:
        source: As ``as_image`` takes it.
        name: What it is, in a sentence.
        max_pixels: The most pixels that are decoded.

    Raises:
        ImageError: As ``as_image``.
    """
    data = file_of(source, name)
    if data is not None:
        with opened(data, max_pixels, name) as image:
            return _plain(image, name)
    if not isinstance(source, Image.Image):
        return picture_of(source, name)
    with _reasons(name):
        return _plain(source, name)


def to_png(image: Image.Image, *, compress_level: int = 3, optimize: bool = False) -> bytes:
    """The image as PNG: lossless, and the same bytes for the same pixels."""
    return encoded(_bare(image), "PNG", compress_level=compress_level, optimize=optimize)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The file that Pillow writes of an image, in the format that it calls ``kind``."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def upright_rgb(image: Image.Image) -> Image.Image:
    """A loaded copy of the image: upright, 8 bits a channel, RGB or RGBA, in sRGB."""
    return _rgb(_plain(image, "image"))


def _rgb(plain: Image.Image) -> Image.Image:
    wanted = "RGBA" if _has_alpha(plain) else "RGB"
    return _bare(plain if plain.mode == wanted else plain.convert(wanted))


def _plain(image: Image.Image, name: str) -> Image.Image:
    if not image.width or not image.height:
        raise ImageError(
            Message(
                "The {name} is {width} x {height} pixels: it is empty. Choose another one.",
                name=Message(name),
                width=image.width,
                height=image.height,
            )
        )
    image.load()
    upright = to_srgb(ImageOps.exif_transpose(image))
    if upright.mode in _OF_EVERY_PNG:
        return upright
    if upright.mode == "F" or upright.mode.startswith("I"):
        return _of_numbers(upright, name)
    return upright.convert({"La": "LA", "PA": "RGBA", "RGBa": "RGBA"}.get(upright.mode, "RGB"))


def _of_numbers(image: Image.Image, name: str) -> Image.Image:
    """Modes of more than 8 bits, scaled: converted directly they would be clipped to white."""
    values = np.asarray(image)
    if image.mode == "F" and _DARKEST < values.max() <= 255 and values.min() >= 0:
        values = values.round().astype(np.uint8)  # what Pillow makes of an eight-bit picture
    elif image.mode == "I" and 255 < values.max() <= 65535 and values.min() >= 0:
        values = values.astype(np.uint16)  # how it opens sixteen bits in some files
    return Image.fromarray(eight_bits(values, name))


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: no EXIF to rotate a second time, no text to carry along."""
    bare = image.copy()
    kept = {"transparency"} if image.mode in {"1", "L", "P", "RGB"} else set()  # there it is part of the pixels
    bare.info = {key: value for key, value in image.info.items() if key in kept}
    return bare


@contextmanager
def opened(data: bytes, max_pixels: int = MAX_PIXELS, name: str = "image") -> Iterator[Image.Image]:
    """A picture whose header has been read and found acceptable, for the time of a ``with`` block.

    Whatever goes wrong inside the block, decoding included, is an ``ImageError``.
    """
    with _reasons(name):
        image = Image.open(io.BytesIO(data), formats=[_openable(data, name).pillow])
        width, height = image.size
        if width * height > max_pixels:
            what = Message("{width}x{height} pixels", width=width, height=height)
            raise ImageError(_too_large(name, what, max_pixels))
        if width < 1 or height < 1:
            raise ImageError(Message("The {name} has no pixels. Choose another one.", name=Message(name)))
        with image:
            yield image


def _openable(data: bytes, name: str) -> Format:
    """The format of a file's first bytes; no other decoder than its own ever sees the file."""
    found = format_of(data)
    if found is None:
        raise ImageError(_not_an_image(data, name))
    if found.pillow == "HEIF" and found.pillow not in Image.OPEN:
        with suppress(ImportError):
            importlib.import_module("pillow_heif").register_heif_opener()
    can = found.pillow in Image.OPEN if found.pillow == "HEIF" else found.name != "avif" or features.check("avif")
    if not can:
        told = Message(
            "The {name} is {kind} picture, which cannot be opened here. Install what reads it (pip install {package}), "
            "or export it as JPEG or PNG.",
            name=Message(name),
            kind=name_of(data),
            package=found.needs,
        )
        raise ImageError(told)
    return found


@contextmanager
def _reasons(name: str) -> Iterator[None]:
    """Turns whatever a decoder raises into one sentence: on damaged bytes, decoders raise almost anything."""
    try:
        yield
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(
            Message("The {name} is damaged: its header cannot be read. Get it again, whole.", name=Message(name))
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):  # a warning, where those are errors
        raise ImageError(_too_large(name, Message("far too many pixels"), MAX_PIXELS)) from None
    except MemoryError:
        raise ImageError(
            Message("There is not enough memory to open the {name}. Use a smaller one.", name=Message(name))
        ) from None
    except Exception as error:
        raise ImageError(
            Message(
                "The {name} is damaged or cut short ({why}). Get it again, whole.",
                name=Message(name),
                why=f"{error!s:.200}",
            )
        ) from error


def _too_large(name: str, what: str, max_pixels: int) -> str:
    return Message(
        "The {name} has {what}; at most {most:.0f} million can be opened. Scale it down first.",
        name=Message(name),
        what=what,
        most=max_pixels / 1e6,
    )


def _not_an_image(data: bytes, name: str) -> str:
    if not data:
        return Message("The {name} is empty: no bytes came. Fetch it or choose it again.", name=Message(name))
    if found := no_picture(data):
        kind, advice = map(Message, found)
        return Message(
            "The {name} is {kind}, not an image that can be used. {advice}.",
            name=Message(name),
            kind=kind,
            advice=advice,
        )
    readable = ", ".join(each.name.upper() for each in FORMATS)
    return Message(
        "The {name} is not an image, or a damaged one. What can be opened: {readable}.",
        name=Message(name),
        readable=readable,
    )


def describe(image: Image.Image) -> ImageInfo:
    """What an opened picture's header says. Of a PNG Pillow decodes all pixels for it: its EXIF may come after them."""
    found = _BY_PILLOW[image.format or ""]
    width, height = image.size
    orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    if orientation in _SIDEWAYS and image.format != "TIFF":  # of a TIFF, Pillow has turned the size already
        width, height = height, width
    moves, rotated = _is_animated(image), orientation in _TURNED
    return ImageInfo(found.name, found.media_type, width, height, image.mode, moves, _has_alpha(image), rotated)


def _is_animated(image: Any) -> bool:
    return getattr(image, "format", None) != "MPO" and bool(getattr(image, "is_animated", False))


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
