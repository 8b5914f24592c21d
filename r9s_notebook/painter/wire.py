"""What the browser sends and gets, as values: nothing that comes from a page is believed before it is checked.

The messages are described where the browser makes them (``ink/document.js`` and ``ink/ops.js``).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.arguments import Form, kinds
from r9s_notebook.imaging.operations import OPERATIONS, Box, Clear, Operation
from r9s_notebook.translation import Message

Json: TypeAlias = dict[str, Any]
Buffer: TypeAlias = bytes | bytearray | memoryview
Area: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom in image pixels, the last two excluded."""
_SIDES = ("x0", "y0", "x1", "y1")


@dataclass(frozen=True, slots=True)
class Packet:
    """A message's JSON and its binary parts, ready to send."""

    content: Json = field(default_factory=dict)
    buffers: tuple[bytes, ...] = ()


def read_operation(content: Any, buffers: Sequence[Buffer]) -> Operation:
    """The operation that a browser describes: its ``type`` and what it takes, a box as one list, points as a buffer.

    Raises:
        MaskError: It is none, or nothing finite is left of it.
    """
    if not isinstance(content, Mapping):
        raise MaskError(Message("A drawing without a description came from the browser; draw it again."))
    operation = OPERATIONS.get(str(content.get("type")))
    if operation is None or not operation.drawn_in_page:
        raise MaskError(
            Message(
                "The browser drew something that this version does not know: {kind}.",
                kind=f"{content.get('type')!r:.40}",
            )
        )
    sides = _corners(content) if issubclass(operation, Box) else {}
    given = {
        name: _points(content, buffers) if kind.form is Form.POINTS else sides.get(name, content.get(name))
        for name, kind in kinds(operation).items()
    }
    return operation(**given)


def write_operation(operation: Operation | None, mask: Mask, shown_size: tuple[int, int]) -> Packet:
    """The operation for the browser; what a browser cannot draw is the whole ``mask`` after it, as a picture.

    Args:
        operation: The last operation of ``mask``; None for a mask that came from elsewhere.
        mask: The mask after it.
        shown_size: Width and height of the layer that will show it.
    """
    if operation is None or not operation.drawn_in_page:
        return picture_of(mask, shown_size)
    content: Json = {"type": operation.name}
    buffers: list[bytes] = []
    for name, kind, value in operation.arguments():
        if kind.form is Form.POINTS:
            content["stride"] = len(value[0])
            buffers.append(np.asarray(value, dtype="<f4").tobytes())
        else:
            content[name] = value
    if isinstance(operation, Box):
        content["box"] = [content.pop(side) for side in _SIDES]
    return Packet(content, tuple(buffers))


def picture_of(mask: Mask, shown_size: tuple[int, int]) -> Packet:
    """The mask as the browser shows it: a PNG of the layer's size, white, as opaque as the mask is strong."""
    if not mask.operations or mask.operations[-1] == Clear():
        return Packet({"type": "clear"})
    strength = mask.to_image()
    if strength.size != shown_size:
        smaller = shown_size[0] < strength.width
        strength = strength.resize(shown_size, Image.Resampling.BOX if smaller else Image.Resampling.NEAREST)
    return Packet({"type": "bitmap"}, (_white(strength),))


def part_of(mask: Mask, box: Area, longest: int) -> Packet:
    """A part of the mask as a view shows it that has zoomed in, its longer side at most ``longest`` pixels."""
    strength = Image.fromarray(mask.pixels[box[1] : box[3], box[0] : box[2]])
    strength.thumbnail((longest, longest), Image.Resampling.BOX)
    return Packet({"type": "bitmap", "box": list(box)}, (_white(strength),))


def read_part(content: Mapping[str, Any], size: tuple[int, int], largest: int) -> tuple[Area, int] | None:
    """The part of an image of ``size`` that a view asks for, and how long its longer side may be.

    None where there is nothing of the image in it.
    """
    try:
        x0, y0, x1, y1 = (min(max(int(side), 0), most) for side, most in zip(content["box"], size * 2, strict=True))
        longest = min(max(int(content["longest"]), 1), largest)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return ((x0, y0, x1, y1), longest) if x0 < x1 and y0 < y1 else None


def _white(strength: Image.Image) -> bytes:
    """A PNG, white, as opaque as ``strength`` says."""
    png = io.BytesIO()
    Image.merge("LA", (Image.new("L", strength.size, 255), strength)).save(png, "PNG", compress_level=1)
    return png.getvalue()


def _points(content: Mapping[str, Any], buffers: Sequence[Buffer]) -> list[list[float]]:
    stride = content.get("stride", 2)
    if stride not in (2, 3) or not buffers or len(buffers[0]) % (4 * stride):
        raise MaskError(Message("A drawing came from the browser without its points; draw it again."))
    points: list[list[float]] = np.frombuffer(buffers[0], dtype="<f4").reshape(-1, stride).tolist()
    return points


def _corners(content: Mapping[str, Any]) -> Json:
    box = content.get("box")
    if not isinstance(box, list) or len(box) != len(_SIDES):
        raise MaskError(Message("A shape came from the browser without its corners; draw it again."))
    return dict(zip(_SIDES, box, strict=True))
