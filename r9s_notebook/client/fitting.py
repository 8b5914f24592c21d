"""What a model insists on, made of what was given, where no pixel is lost that matters.

Lossless are another file format, an alpha channel left out that hides nothing, transparent bars around an image whose
mask says what to edit. Pixels beyond the model's largest output do not matter: it would throw them away itself.
Anything else is refused with a sentence.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.decoding import MOST_PIXELS
from r9s_notebook.client.depth import plain
from r9s_notebook.client.models import ImageFile
from r9s_notebook.client.sniff import Header, header, name_of
from r9s_notebook.errors import ImageError, InputError, MaskError

if TYPE_CHECKING:
    from PIL.Image import Image

_EDIT, _KEEP = 0, 255  # a mask's alpha
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
    pair = pair._replace(image=_in_format(pair.image, model))
    pair = _same_size(pair)
    found = _header(pair.image)
    if model.edit_square and found.width != found.height:
        pair = _squared(pair, model)
    if model.edit_max_bytes is not None:
        pair = _small_enough(pair, model, model.edit_max_bytes)
    return pair


def _in_format(image: ImageFile, model: Capabilities) -> ImageFile:
    found = header(_data(image))
    if found is not None and found.media_type in model.edit_image_types:
        return image
    return _file(image, _opened(image, "image"))


def _see_through(mask: ImageFile) -> ImageFile:
    """A mask in the API's form, transparent where to edit. One without transparency is white where to edit."""
    found = header(_data(mask))
    if found is not None and found.media_type == "image/png" and found.alpha:
        return mask
    picture = _opened(mask, "mask")
    if "A" in picture.getbands() or "transparency" in picture.info:
        return _file(mask, picture.convert("RGBA"))
    from PIL import Image, ImageOps

    alpha = ImageOps.invert(picture.convert("L"))
    return _file(mask, Image.merge("RGBA", [Image.new("L", picture.size)] * 3 + [alpha]))


def _same_size(pair: Pair) -> Pair:
    if pair.mask is None:
        return pair
    image, mask = header(_data(pair.image)), header(_data(pair.mask))
    if image and mask and image.pixels and mask.pixels and (image.width, image.height) != (mask.width, mask.height):
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
    side = max(found.width, found.height)
    image = _on_square(_opened(pair.image, "image").convert("RGBA"), side, (0, 0, 0, 0))
    mask = _on_square(_opened(pair.mask, "mask").convert("RGBA"), side, (0, 0, 0, _KEEP))
    return Pair(_file(pair.image, image), _file(pair.mask, mask))


def _on_square(picture: Image, side: int, background: tuple[int, int, int, int]) -> Image:
    from PIL import Image

    square = Image.new("RGBA", (side, side), background)
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return square


def _small_enough(pair: Pair, model: Capabilities, limit: int) -> Pair:
    if pair.mask is not None and len(_data(pair.mask)) >= limit:
        pair = pair._replace(mask=_alpha_alone(pair.mask, model, limit))
    if len(_data(pair.image)) < limit:
        return pair
    picture = _without_idle_alpha(_opened(pair.image, "image"))
    image = _file(pair.image, picture, optimize=True)
    if len(_data(image)) < limit:
        return pair._replace(image=image)
    largest = _largest_output(model)
    if largest and not model.any_size and max(picture.size) > largest:
        from PIL import Image

        scale = largest / max(picture.size)
        size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
        image = _file(pair.image, picture.resize(size, Image.Resampling.LANCZOS), optimize=True)
        if len(_data(image)) < limit:
            return Pair(image, _resized_mask(pair.mask, size))
    raise ImageError(
        f"{model.model} takes images below {limit // _MEGA} MB, and this one has {len(_data(image)) / _MEGA:.1f} MB "
        "without losing pixels. Scale it down, or choose another model."
    )


def _alpha_alone(mask: ImageFile, model: Capabilities, limit: int) -> ImageFile:
    """Only its alpha says anything; a mask that carries the picture's colours along is large for nothing."""
    from PIL import Image

    alpha = _opened(mask, "mask").convert("RGBA").getchannel("A")
    # Not optimized: that takes twenty seconds where the alpha is noise, and the colours are gone either way.
    small = _file(mask, Image.merge("RGBA", [Image.new("L", alpha.size)] * 3 + [alpha]))
    if len(_data(small)) < limit:
        return small
    raise MaskError(
        f"{model.model} takes masks below {limit // _MEGA} MB, and this one has {len(_data(small)) / _MEGA:.1f} MB "
        "even without its colours. Make it of few shades, or scale the image and its mask down."
    )


def _resized_mask(mask: ImageFile | None, size: tuple[int, int]) -> ImageFile | None:
    if mask is None:
        return None
    from PIL import Image

    return _file(mask, _opened(mask, "mask").convert("RGBA").resize(size, Image.Resampling.NEAREST))


def _without_idle_alpha(picture: Image) -> Image:
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def _largest_output(model: Capabilities) -> int:
    sides = [int(side) for size in model.edit_sizes for side in size.split("x") if side.isdecimal()]
    return max(sides, default=0)


def _opened(file: ImageFile, name: str) -> Image:
    """A picture, upright, in a mode that PNG has.

    Raises:
        ImageError: It is none, or larger than can be opened safely.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    data = _data(file)
    kind = MaskError if name == "mask" else ImageError
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise kind(f"The {name} is {picture.width} x {picture.height} pixels: too large to be converted.")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, InputError):
            raise
        reason = f"it is {name_of(data)}" if isinstance(error, UnidentifiedImageError) else "it is damaged or cut short"
        raise kind(f"The {name} cannot be opened: {reason}. The API takes PNG, JPEG and WebP.") from None
    return plain(upright, name)


def _file(original: ImageFile, picture: Image, *, optimize: bool = False) -> ImageFile:
    """A picture as a PNG, under the original's name."""
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=optimize)
    stem, dot, _ = original.file_name.rpartition(".")
    return ImageFile(f"{stem if dot else original.file_name}.png", file.getvalue(), "image/png")


def _data(file: ImageFile) -> bytes:
    return file.content if isinstance(file.content, bytes) else file.content.read()


def _header(file: ImageFile) -> Header:
    return header(_data(file)) or Header("application/octet-stream")
