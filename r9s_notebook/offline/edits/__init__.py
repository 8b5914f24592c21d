"""Edits: what the prompt asks for, under the mask and nowhere else."""

from __future__ import annotations

from PIL import Image

from r9s_notebook.offline.sketch import Brief, draw


def change(image: Image.Image, mask: Image.Image | None, brief: Brief) -> Image.Image:
    """The image, edited at the brief's size. Outside the mask nothing changes."""
    size = (brief.width, brief.height)
    base = image if image.size == size else image.resize(size)
    new = draw(brief).convert(base.mode)
    if mask is None:
        return Image.blend(base, new, 0.5)
    alpha = mask.convert("RGBA").getchannel("A").point([255] + [0] * 255)
    alpha = alpha if alpha.size == size else alpha.resize(size, Image.Resampling.NEAREST)
    return Image.composite(new, base, alpha)
