"""The README's contact sheet: forty prompts through the sketch engine's looks.

Run it as ``python -m tests.bench.contact_sheet [docs/contact-sheet.webp]``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from r9s_notebook.offline.sketch import Brief, draw

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
    ("a wizard at night", 9),
    ("a cottage in autumn, oil painting", 5),
    ("a penguin with a red scarf", 6),
    ("a field of sunflowers, watercolour", 3),
    ("a cup of coffee, photo", 4),
    ("a green dragon, pixel art", 3),
    ("palm trees on a beach at sunset", 4),
    ("a deer in the misty forest", 5),
    ("a rocket in space", 8),
    ("a bicycle in the street, line art", 3),
    ("a bouquet of flowers, oil painting", 2),
    ("a whale in the sea, paper cut", 4),
    ("a panda, pen and ink", 3),
    ("a windmill in a wheat field, travel poster", 6),
    ("a steam train, blueprint", 2),
    ("a cactus in the desert at sunset", 7),
    ("two rabbits in a garden in spring", 3),
    ("northern lights over a cabin in winter", 4),
    ("an octopus with a crown, pixel art", 5),
    ("a lion in the savanna, pencil drawing", 4),
    ("a birthday cake and three balloons", 6),
    ("a pagoda in the mountains in spring, watercolour", 2),
    ("a jellyfish, neon", 3),
    ('a teapot on a table, "TEA TIME", poster print', 3),
    ("a flying saucer over a barn at night", 5),
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


def main() -> None:
    """Write the sheet."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/contact-sheet.webp")
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet().save(path, "WEBP", quality=80, method=6)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB, {len(PROMPTS)} pictures")


if __name__ == "__main__":
    main()
