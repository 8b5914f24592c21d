"""``python -m tests.bench.digests``: what the sketch engine draws, as a digest of the pixels of each picture.

A seed draws the same picture on every machine. Print this on two of them, and compare.
"""

from __future__ import annotations

import hashlib
import platform

import numpy as np
import PIL
from PIL import Image, ImageDraw

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.edits import change
from tests.bench.contact_sheet import PROMPTS

SIDE = 192
EDITS = (
    "add a red hat",
    "replace the background with a beach sunset",
    "make it a watercolour",
    "remove it",
    "replace it with a dog",
    "make it blue",
    "make it night",
    'write "hello"',
    "flibbergabble",
)


def main() -> None:
    """Prints the machine, and a line for every picture."""
    print(platform.python_version(), platform.machine(), "numpy", np.__version__, "Pillow", PIL.__version__)
    for prompt, seed in PROMPTS:
        print(digest(draw(Brief(prompt, width=SIDE, height=SIDE, seed=seed))), prompt)
    photo = draw(Brief("a cat sitting on a windowsill", width=SIDE, height=SIDE, seed=3)).convert("RGB")
    mask = Image.new("RGBA", photo.size, (0, 0, 0, 255))
    ImageDraw.Draw(mask).ellipse((48, 64, 128, 154), fill=(0, 0, 0, 0))
    for prompt in EDITS:
        print(digest(change(photo, mask, Brief(prompt, width=SIDE, height=SIDE, seed=2))), "edit:", prompt)


def digest(picture: Image.Image) -> str:
    """Of the pixels: the same pixels may be other files, where zlib is another."""
    return hashlib.sha256(picture.tobytes()).hexdigest()[:16]


if __name__ == "__main__":
    main()
