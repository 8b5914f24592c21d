"""The mask: which pixels of a picture may change, as a value.

There is one polarity: 255 = edit, 0 = keep. Pictures say it in other ways; ``mask_file`` reads and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import mask_code, mask_file, mask_json
from r9s_notebook.imaging import operations as op
from r9s_notebook.imaging.arguments import Combine, NotScalableError
from r9s_notebook.imaging.codec import MAX_PIXELS
from r9s_notebook.imaging.operations import Operation, combine
from r9s_notebook.imaging.raster import Raster
from r9s_notebook.imaging.raster_png import decode, encode, is_crisp
from r9s_notebook.imaging.steps import Step, rebased
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import Message


class Mask(Strict):
    """Which pixels of a picture may change: an immutable value that is painted by hand or built by code.

    Every operation returns a new mask. Operations are kept as they were made, in image pixels, and drawn only when
    pixels are asked for; masks made from one another share what was drawn before. Two masks are equal when their size
    and their operations are, and then their bytes are, too.

    >>> mask = Mask.blank(1024, 1024).ellipse(200, 200, 800, 700).stroke([(100, 900), (900, 950)], radius=24)
    >>> mask.size, mask.is_empty
    ((1024, 1024), False)
    """

    __slots__ = ("__weakref__", "_step")

    def __init__(self, size: tuple[int, int], operations: Iterable[Operation] = ()) -> None:
        """A mask of ``size`` (width, height) after ``operations``; ``Mask.blank`` and the methods are the usual way.

        Raises:
            MaskError: The size is not two positive whole numbers, or more pixels than can be opened.
        """
        step = Step(_checked_size(size))
        for operation in operations:
            step = step.then(operation)
        self._step = step

    @classmethod
    def _of(cls, step: Step) -> Mask:
        mask = cls.__new__(cls)
        mask._step = step
        return mask

    # --- making one -------------------------------------------------------------------------------------------------

    @classmethod
    def blank(cls, width: int, height: int) -> Mask:
        """A mask that lets nothing change, for a picture of ``width`` x ``height`` pixels."""
        return cls((width, height))

    @classmethod
    def from_image(cls, source: Any, *, polarity: mask_file.Source = "auto") -> Mask:
        """A mask from a picture (a path, bytes, a file, a PIL image, an array).

        Args:
            source: The picture. Its values are kept, so a soft edge stays soft.
            polarity: Where to edit: where it is transparent (``"alpha"``, the images API's form), where it is white
                (``"light"``) or where it is black (``"dark"``). ``"auto"`` takes the transparency, and white where that
                says nothing: where it is the same everywhere, or nearly so. A wholly transparent picture edits all.

        Raises:
            ImageError: Not a picture that can be used.
            MaskError: ``polarity="alpha"`` of a picture without transparency, or one that is black but for a trace.
        """
        return cls._of_pixels(mask_file.read(source, polarity))

    @classmethod
    def from_array(cls, array: Any) -> Mask:
        """A mask from an array of height x width: bool (True = edit), 0 to 255 or sixteen bits, or floats from 0 to 1.

        Raises:
            ImageError: Another kind of array, numbers that are out of their type's range, or NaN.
            MaskError: Another shape, or numbers so small that they are labels.
        """
        given = np.asarray(array)
        if given.ndim != 2 or not given.size:
            raise MaskError(f"An array for a mask is height x width; this one has the shape {given.shape}.")
        return cls.from_image(given)

    @classmethod
    def _of_pixels(cls, pixels: Raster) -> Mask:
        """The mask of a raster, which is copied."""
        own = np.array(pixels, order="C")
        height, width = own.shape
        mask = cls((width, height), [op.Pixels(encode(own))])
        mask._step.keep(own)
        return mask

    @classmethod
    def from_json(cls, text: str | bytes) -> Mask:
        """The mask that ``to_json`` wrote; equal to it.

        Raises:
            MaskError: Not such JSON, or one that asks for too much; the message says where.
        """
        size, operations = mask_json.loads(text)
        mask = cls(size)
        for operation in operations:
            mask = mask.apply(operation)
        return mask

    # --- painting on it ---------------------------------------------------------------------------------------------

    def apply(self, operation: Operation) -> Mask:
        """The mask after one more operation, of those in ``imaging.operations``; the methods below make them.

        Raises:
            MaskError: It is none, or holds pixels of another size.
        """
        if not isinstance(operation, Operation):
            raise MaskError(f"An operation is one of r9s_notebook.imaging.operations; this is {operation!r:.60}.")
        if isinstance(operation, op.Pixels):
            decode(operation.png, self.size)  # refused here, and not where it is drawn
        return self._then(operation)

    def stroke(self, points: Iterable[Sequence[float]], radius: float, erase: bool = False) -> Mask:
        """A brush stroke with round ends and joins.

        Args:
            points: ``(x, y)`` in image pixels, or ``(x, y, pressure)`` with pressure 0..1. Points outside the picture
                are welcome; points that are not finite are left out. One point, or no length, is a dot.
            radius: Of the brush in image pixels, half a canvas's ``lineWidth``; drawn as at least 0.75.
            erase: Take away instead of adding.

        Raises:
            MaskError: No finite point, or a radius that is not positive.
        """
        return self.apply(op.Stroke(points, radius, erase))

    def rect(self, x0: float, y0: float, x1: float, y1: float, erase: bool = False) -> Mask:
        """A rectangle between two corners in image pixels: ``rect(0, 0, width, height)`` is everything."""
        return self.apply(op.Rect(x0, y0, x1, y1, erase))

    def ellipse(self, x0: float, y0: float, x1: float, y1: float, erase: bool = False) -> Mask:
        """The ellipse that fills the rectangle between two corners in image pixels."""
        return self.apply(op.Ellipse(x0, y0, x1, y1, erase))

    def polygon(self, points: Iterable[Sequence[float]], erase: bool = False) -> Mask:
        """A filled path in image pixels that closes itself; where it loops over itself it stays filled.

        Raises:
            MaskError: Fewer than three finite points.
        """
        return self.apply(op.Polygon(points, erase))

    def fill(self) -> Mask:
        """Everything may change."""
        return self.apply(op.Fill())

    def clear(self) -> Mask:
        """Nothing may change."""
        return self.apply(op.Clear())

    def invert(self) -> Mask:
        """What could change is kept, and the other way round; twice is the same pixels again."""
        return self.apply(op.Invert())

    def grow(self, px: float) -> Mask:
        """Every pixel within ``px`` pixels of the mask joins it (0 to 1000)."""
        return self.apply(op.Grow(px))

    def shrink(self, px: float) -> Mask:
        """Every pixel within ``px`` pixels of one outside the mask leaves it (0 to 1000).

        The picture's border is no outside: a mask painted up to the border stays there.
        """
        return self.apply(op.Shrink(px))

    def feather(self, px: float) -> Mask:
        """A soft edge, about ``px`` pixels to either side (0 to 1000).

        The images API edits where the mask is wholly transparent; a soft edge is for services that blend, and for
        ``keep_outside``.
        """
        return self.apply(op.Feather(px))

    # --- combining two ----------------------------------------------------------------------------------------------

    def __or__(self, other: Mask) -> Mask:
        """Where either may change."""
        return self._combined(other, "add")

    def __and__(self, other: Mask) -> Mask:
        """Where both may change."""
        return self._combined(other, "intersect")

    def __sub__(self, other: Mask) -> Mask:
        """Where this one may change and the other may not."""
        return self._combined(other, "subtract")

    def __invert__(self) -> Mask:
        """``mask.invert()``."""
        return self.invert()

    def scaled(self, size: tuple[int, int]) -> Mask:
        """The same mask for the picture at another size (width, height).

        With the same ratio (to within a pixel) the operations are scaled and stay sharp; otherwise the drawn pixels are
        stretched, which no brush could have painted.
        """
        width, height = _checked_size(size)
        if (width, height) == self.size:
            return self
        if same_shape(self.size, (width, height)):
            scale = max(width / self.width, height / self.height)
            with suppress(NotScalableError):
                return Mask((width, height), [each.scaled(scale) for each in self.operations])
        image = self.to_image().resize((width, height), Image.Resampling.BILINEAR)
        pixels = np.asarray(image)
        if self.is_crisp:
            pixels = np.where(pixels >= 128, np.uint8(255), np.uint8(0))
        return Mask._of_pixels(pixels)

    def fitted(self, size: tuple[int, int]) -> Mask:
        """The mask for a picture of ``size`` (width, height): ``scaled`` where both have the same shape.

        Raises:
            MaskError: Their shapes differ, so it is the mask of another picture, or of another part of it.
        """
        if not same_shape(self.size, size):
            self.check_size(size)
        return self.scaled(size)

    # --- asking it --------------------------------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as PIL gives an image's."""
        return self._step.size

    @property
    def width(self) -> int:
        """Pixels."""
        return self._step.size[0]

    @property
    def height(self) -> int:
        """Pixels."""
        return self._step.size[1]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What was done, oldest first."""
        return self._step.operations()

    @property
    def coverage(self) -> float:
        """How much may change, from 0 (nothing) to 1 (everything); soft pixels count in part."""
        return float(self.pixels.mean(dtype=np.float64) / 255.0)

    @property
    def is_empty(self) -> bool:
        """Nothing may change at all."""
        return not self.pixels.any()

    @property
    def is_full(self) -> bool:
        """Everything may change: an edit keeps nothing of the picture."""
        return bool(self.pixels.all()) and bool((self.pixels == 255).all())

    @property
    def is_crisp(self) -> bool:
        """No pixel is in between: all are 0 or 255."""
        return is_crisp(self.pixels)

    @property
    def bounds(self) -> tuple[int, int, int, int] | None:
        """The smallest box around everything that may change, as ``(left, top, right, bottom)``; None if empty."""
        return self.to_image().getbbox()

    @property
    def pixels(self) -> Raster:
        """The raster: height x width, ``uint8``, 255 = edit, read-only and shared."""
        return self._step.raster()

    def check_size(self, size: tuple[int, int]) -> None:
        """Refuses a mask that is not of the picture's ``size`` (width, height).

        Raises:
            MaskError: Another size.
        """
        if tuple(size) != self.size:
            raise MaskError(
                Message(
                    "The mask is {own_width}x{own_height} pixels and the image {width}x{height}: they must "
                    "be of one size. Use mask.scaled({wanted}), which stretches it, or paint it on this "
                    "image.",
                    own_width=self.width,
                    own_height=self.height,
                    width=size[0],
                    height=size[1],
                    wanted=tuple(size),
                )
            )

    # --- giving it away ---------------------------------------------------------------------------------------------

    def to_image(self) -> Image.Image:
        """A grey image (mode ``L``) of the mask's size, 255 = edit."""
        return Image.fromarray(self.pixels)

    def to_png(self) -> bytes:
        """The images API's form: an RGBA PNG of exactly the picture's size, transparent (alpha 0) where to edit.

        Its colour is white where to edit and black elsewhere, so a service that drops the transparency and takes white
        for "edit", as many do, understands it the same way.
        """
        return mask_file.write(self.pixels)

    def to_json(self) -> str:
        """The operations as compact JSON, for ``from_json``."""
        return mask_json.dumps(self.size, self.operations)

    def code(self) -> str:
        """Python that builds this mask again, given ``from r9s_notebook import Mask``."""
        return mask_code.code(self.size, self.operations)

    def _then(self, operation: Operation) -> Mask:
        return Mask._of(self._step.then(operation))

    def _combined(self, other: Mask, how: Combine) -> Mask:
        if not isinstance(other, Mask):
            return NotImplemented
        if other.size != self.size:
            raise MaskError(
                f"Masks of {self.width}x{self.height} and {other.width}x{other.height} pixels cannot be combined. "
                f"Use scaled({self.size}) on the second."
            )
        combined = self._then(op.Pixels(other._png(), how))
        remembered = self._step.pixels
        if remembered is not None:  # quicker than decoding the PNG later
            pixels = remembered.copy()
            combine(pixels, other.pixels, how)
            combined._step.keep(pixels)
        return combined

    def _png(self) -> bytes:
        match self._step.operation:
            case op.Pixels(png, "replace"):
                return png
            case _:
                return encode(self.pixels)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mask):
            return NotImplemented
        return self._step is other._step or (self.size == other.size and self.operations == other.operations)

    def __hash__(self) -> int:
        return hash((self.size, self.operations))

    def __reduce__(self) -> tuple[Any, ...]:
        return Mask, (self.size, self.operations)

    def __repr__(self) -> str:
        count = self._step.depth
        return f"<Mask {self.width}x{self.height}, {count} operation{'' if count == 1 else 's'}>"


def shortened(masks: Sequence[Mask], most: int) -> tuple[Mask, ...]:
    """Masks made from one another, oldest first, with the same pixels and a bounded number of operations.

    If the first has more than ``most`` operations, they become one raster, and those after it go on from there. Masks
    that were not made from the first stay as they are.
    """
    first = masks[0]
    if first._step.depth <= most:
        return tuple(masks)
    flat = Mask._of_pixels(first.pixels)
    return tuple(map(Mask._of, rebased([mask._step for mask in masks], first._step, flat._step)))


def same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the smaller of two sizes (width, height) is the larger one scaled, to within a pixel."""
    small, large = sorted((one, other))
    scale = max(small[0] / large[0], small[1] / large[1])
    return all(abs(side * scale - scaled) < 1 for side, scaled in zip(large, small, strict=True))


def _checked_size(size: tuple[int, int]) -> tuple[int, int]:
    try:
        width, height = (int(side) for side in size)
        whole = (width, height) == tuple(size)
    except (TypeError, ValueError, OverflowError):
        whole = False
    if not whole or width < 1 or height < 1:
        raise MaskError(f"A mask's size is (width, height) in whole pixels, at least 1; this is {size!r:.60}.")
    if width * height > MAX_PIXELS:
        raise MaskError(f"A mask has at most {MAX_PIXELS / 1e6:.0f} million pixels; this would be {width}x{height}.")
    return width, height
