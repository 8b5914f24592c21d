"""What a browser's canvas shows for a mask's strokes: the other side that the rasteriser has to agree with."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

Stroke = tuple[Sequence[Sequence[float]], float, bool]
"""Points, radius, erase."""

_PAINT = """([width, height, strokes]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.lineCap = ctx.lineJoin = "round";
  for (const [points, radius, erase] of strokes) {
    ctx.globalCompositeOperation = erase ? "destination-out" : "source-over";
    ctx.lineWidth = 2 * radius;
    ctx.beginPath();
    if (points.length === 1) {  // a canvas shows nothing for a line of no length: a dot is a disc
      ctx.arc(...points[0], radius, 0, 2 * Math.PI);
      ctx.fill();
      continue;
    }
    points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.stroke();
  }
  const rgba = ctx.getImageData(0, 0, width, height).data;
  let bytes = "";
  for (let i = 3; i < rgba.length; i += 4) bytes += String.fromCharCode(rgba[i]);
  return btoa(bytes);
}"""


def painted(page: Page, size: tuple[int, int], strokes: Sequence[Stroke]) -> NDArray[np.bool_]:
    """The pixels that are more than half covered after the strokes, drawn with round caps and joins."""
    plain = [[[list(map(float, point)) for point in points], radius, erase] for points, radius, erase in strokes]
    alpha = base64.b64decode(page.evaluate(_PAINT, [*size, plain]))
    return np.frombuffer(alpha, np.uint8).reshape(size[::-1]) >= 128
