"""Letters as coverage: Pillow's own font, and accents drawn over the letters it has."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

Box = tuple[float, float, float, float]


def write(mask: Image.Image, text: str, box: Box) -> None:
    """Write a line (decomposed: a letter, then its accents) as large as it fits, in the middle of a box."""
    left, top, right, bottom = box
    room = 0.8 if any(ord(char) > 0x2FF for char in text) else 1.0
    size = max(6, int((bottom - top) * room))
    plain = "".join(char for char in text if ord(char) <= 0x2FF)
    ink = _font(size).getbbox(plain)
    share = min(1.0, (right - left) / max(1, ink[2] - ink[0]))
    if share < 1:
        size = max(6, int(size * share))
        ink = _font(size).getbbox(plain)
    font, stroke = _font(size), max(0, int(size * 0.02))
    x = round((left + right) / 2 - (ink[0] + ink[2]) / 2)
    y = round((top + bottom) / 2 - (ink[1] + ink[3]) / 2)
    pen = ImageDraw.Draw(mask)
    pen.text((x, y), plain, font=font, fill=255, stroke_width=stroke)
    before = ""
    for char in text:
        if ord(char) <= 0x2FF:
            before += char
            continue
        base = before[-1:] or " "
        start = x + font.getlength(before[:-1])
        shape = font.getbbox(base)
        _mark(pen, char, (start + shape[0], y + shape[1], start + shape[2], y + shape[3]), size)


def _mark(pen: ImageDraw.ImageDraw, mark: str, letter: Box, size: int) -> None:
    """One accent over a letter, or under it."""
    left, top, right, bottom = letter
    x, thick = (left + right) / 2, max(1, round(size * 0.09))
    reach, y = size * 0.12, top - size * 0.13
    lines: dict[str, list[tuple[float, float]]] = {
        "\u0300": [(x - reach, y - reach), (x + reach * 0.4, y)],
        "\u0301": [(x + reach, y - reach), (x - reach * 0.4, y)],
        "\u0302": [(x - reach, y), (x, y - reach), (x + reach, y)],
        "\u030c": [(x - reach, y - reach), (x, y), (x + reach, y - reach)],
        "\u0303": [
            (x - reach * 1.4, y), (x - reach * 0.6, y - reach * 0.6), (x + reach * 0.6, y),
            (x + reach * 1.4, y - reach * 0.6),
        ],
        "\u0304": [(x - reach * 1.2, y), (x + reach * 1.2, y)],
        "\u030b": [(x, y - reach), (x - reach * 0.6, y)],
        "\u0327": [(x, bottom), (x + reach * 0.4, bottom + reach * 0.7), (x - reach * 0.5, bottom + reach * 1.3)],
        "\u0328": [
            (x + reach, bottom), (x + reach * 0.6, bottom + reach * 0.8), (x + reach * 1.4, bottom + reach * 1.3)],
    }  # fmt: skip
    if mark in lines:
        pen.line([(round(a), round(b)) for a, b in lines[mark]], fill=255, width=thick, joint="curve")
        return
    r = max(1.0, size * 0.065)
    if mark == "\u030a":
        pen.ellipse((x - r * 1.9, y - r * 2.8, x + r * 1.9, y + r), outline=255, width=max(1, thick // 2))
        return
    for side in (-1, 1) if mark == "\u0308" else (0,):
        cx = x + side * size * 0.13
        pen.ellipse((round(cx - r), round(y - 2 * r), round(cx + r), round(y)), fill=255)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow falls back to bitmaps without FreeType only
    return font
