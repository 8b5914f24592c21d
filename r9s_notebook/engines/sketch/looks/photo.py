"""Photo-like: a lens with a shallow depth of field, bloom, contrast and a little vignette."""

from __future__ import annotations

from itertools import groupby

from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.exact import blended, saturated
from r9s_notebook.engines.sketch.looks.gouache import lay_group
from r9s_notebook.engines.sketch.looks.plate import Plate, curve
from r9s_notebook.engines.sketch.raster import View
from r9s_notebook.engines.sketch.shapes import Drawing


def lay(drawing: Drawing, view: View) -> Image.Image:
    """The drawing with its background out of focus."""
    canvas = Image.new("RGB", (view.width, view.height), drawing.light.sky[1])
    sharp = not any(shape.group >= 1000 for shape in drawing.shapes)
    for group, shapes in groupby(drawing.shapes, key=lambda shape: shape.group):
        if not sharp and group >= 2:
            canvas = _blurred(canvas, view)
            sharp = True
        lay_group(canvas, group, list(shapes), drawing.light, view)
    return canvas


def _blurred(canvas: Image.Image, view: View) -> Image.Image:
    """Far things blur more than near ones, and the foreground stays readable."""
    reach = view.px(6)
    far = canvas.filter(ImageFilter.BoxBlur(reach)).filter(ImageFilter.BoxBlur(reach))
    focus = (
        Image.linear_gradient("L")
        .resize(canvas.size)
        .point([max(0, 255 - max(0, value - 130) * 3) for value in range(256)])
    )
    return Image.composite(far, blended(canvas, far, 0.35), focus)


def expose(plate: Plate) -> Image.Image:
    """Bloom, contrast and vignette."""
    view, size = plate.view, plate.colour.size
    image = saturated(curve(plate.colour, 1.1, -2), 0.94)
    small = image.resize((max(1, size[0] // 4), max(1, size[1] // 4)), Image.Resampling.BOX)
    bright = small.point([max(0, value - 190) * 2 for value in range(256)] * 3).filter(ImageFilter.BoxBlur(view.px(9)))
    image = ImageChops.screen(
        image, bright.filter(ImageFilter.BoxBlur(view.px(9))).resize(size, Image.Resampling.BILINEAR)
    )
    corners = Image.radial_gradient("L").resize(size, Image.Resampling.BILINEAR)
    corners = corners.point([255 - max(0, value - 96) * 92 // 159 for value in range(256)])
    return ImageChops.multiply(image, Image.merge("RGB", (corners, corners, corners)))
