"""The README's pictures of the sketch engine: forty prompts through its looks, and edits of a photograph.

Run it as ``python -m tests.bench.contact_sheet [docs]``; it writes ``contact-sheet.webp`` and ``edits.webp`` there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.edits import change

PROMPTS = (
    ("a cute cat sitting on a windowsill", 5),
    ("a lighthouse at sunset, oil painting", 2),
    ("three red balloons over a snowy village at dusk", 7),
    ("a fox in the forest, watercolour", 4),
    ("an astronaut on the moon", 3),
    ("a sailing boat on a lake, travel poster", 12),
    ("a robot in the city at night, neon", 2),
    ("a castle in the mountains, paper cut", 3),
    ("a red car in the street in the rain", 8),
    ("a tall ship at sea, pen and ink", 3),
    ("an owl with a top hat, pencil drawing", 6),
    ("a hot air balloon at dawn", 2),
    ("a goldfish underwater, stained glass", 2),
    ("a portrait of a pirate", 9),
    ("a cottage in autumn, oil painting", 5),
    ("a penguin with a red scarf", 6),
    ("a field of sunflowers, watercolour", 3),
    ("a cup of coffee, photo", 8),
    ("a green dragon, pixel art", 3),
    ("palm trees on a beach at sunset", 4),
    ("an ice bear and two penguins, comic", 5),
    ("a rocket in space", 8),
    ("a bicycle in the street, line art", 3),
    ("a vase of roses, oil painting", 2),
    ("a whale in the sea, paper cut", 4),
    ("a panda, pen and ink", 3),
    ("a windmill in a wheat field, travel poster", 6),
    ("a steam train, blueprint", 2),
    ("an astronaut riding a horse", 7),
    ("two rabbits in a garden in spring", 3),
    ("northern lights over a cabin in winter", 4),
    ("an octopus with a crown, pixel art", 5),
    ("a tiger in the jungle, pencil drawing", 4),
    ("a girl with a red umbrella in the rain", 6),
    ("a pagoda in the mountains in spring, watercolour", 2),
    ("a jellyfish, neon", 3),
    ('a teapot on a table, "TEA TIME", poster print', 3),
    ("a flying saucer over a barn at night", 6),
    ("a blue butterfly in a garden, stained glass", 7),
    ("quixotic zephyr", 3),
)
"""Prompts and seeds."""

COLUMNS, TILE, CAPTION, GAP = 8, 200, 20, 6


def sheet() -> Image.Image:
    """All pictures with their prompts."""
    rows = (len(PROMPTS) + COLUMNS - 1) // COLUMNS
    size = (COLUMNS * (TILE + GAP) + GAP, rows * (TILE + CAPTION + GAP) + GAP)
    page = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(10)
    for index, (prompt, seed) in enumerate(PROMPTS):
        x, y = GAP + index % COLUMNS * (TILE + GAP), GAP + index // COLUMNS * (TILE + CAPTION + GAP)
        picture = draw(Brief(prompt, width=512, height=512, seed=seed))
        page.paste(picture.resize((TILE, TILE), Image.Resampling.LANCZOS), (x, y))
        caption = prompt
        while font.getlength(caption) > TILE:
            caption = caption.removesuffix("…")[:-1] + "…"
        pen.text((x, y + TILE + 3), caption, fill=(70, 70, 80), font=font)
    return page


EDITS = (
    ("", None),
    ("make it a watercolour", None),
    ("pen and ink", None),
    ("remove the spoon", "spoon"),
    ("replace the background with a beach sunset", "background"),
    ("add a red hat", "rim"),
)
"""Edits of the photograph, each with the name of its mask."""


def edits() -> Image.Image:
    """A photograph (``notebooks/coffee.jpg``) and what a prompt and a mask make of it."""
    photo = Image.open("notebooks/coffee.jpg").convert("RGB")
    tile = (400, 400 * photo.height // photo.width)
    page = Image.new("RGB", (3 * (tile[0] + GAP) + GAP, 2 * (tile[1] + CAPTION + GAP) + GAP), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(13)
    for index, (prompt, name) in enumerate(EDITS):
        x, y = GAP + index % 3 * (tile[0] + GAP), GAP + index // 3 * (tile[1] + CAPTION + GAP)
        brief = Brief(prompt, width=photo.width, height=photo.height, seed=4)
        picture = change(photo, _mask(name, photo.size), brief) if prompt else photo
        page.paste(picture.resize(tile, Image.Resampling.LANCZOS), (x, y))
        pen.text((x, y + tile[1] + 2), prompt or "the photograph", fill=(70, 70, 80), font=font)
    return page


def _mask(name: str | None, size: tuple[int, int]) -> Image.Image | None:
    """A mask in the API's form, drawn for a photograph of 600x400."""
    if name is None:
        return None
    keep = Image.new("L", (600, 400), 0 if name == "background" else 255)
    pen = ImageDraw.Draw(keep)
    if name == "background":
        pen.ellipse((74, 72, 484, 388), fill=255)
        pen.ellipse((168, 12, 416, 200), fill=255)
        pen.ellipse((370, 60, 432, 150), fill=255)
    elif name == "spoon":
        pen.polygon([(310, 226), (350, 220), (420, 250), (412, 320), (370, 336), (318, 306)], fill=0)
        pen.polygon([(366, 240), (402, 150), (408, 110), (396, 64), (430, 60), (430, 110), (398, 240)], fill=0)
    else:
        pen.polygon([(150, 0), (440, 0), (440, 118), (150, 118)], fill=0)
    mask = Image.new("RGBA", size, (0, 0, 0, 255))
    mask.putalpha(keep.resize(size, Image.Resampling.NEAREST))
    return mask


def main(folder: Path) -> None:
    """Write both pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in (("contact-sheet.webp", sheet()), ("edits.webp", edits())):
        path = folder / name
        picture.save(path, "WEBP", quality=80, method=6)
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB, {picture.width}x{picture.height}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
