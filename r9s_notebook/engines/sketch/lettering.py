"""Texts in quotes: what the font can write of them, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from r9s_notebook.engines.sketch.colour import RGB, luma, mix
from r9s_notebook.engines.sketch.dressing import THINGS
from r9s_notebook.engines.sketch.geometry import rounded
from r9s_notebook.engines.sketch.grammar import Scene
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.shapes import Shape
from r9s_notebook.engines.sketch.spots import Spot

MARKS = "\u0300\u0301\u0302\u0303\u0304\u0307\u0308\u030a\u030b\u030c\u0327\u0328"
"""Accents that are drawn over (or under) a plain letter."""

_SPELT = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "\u0131": "i", "\u2018": "'", "\u2019": "'", "“": '"', "”": '"',
    "„": '"', "«": '"', "»": '"', "\u2013": "-", "\u2014": "-", "…": "...", "\u00a0": " ", "¡": "!", "¿": "?",
    "€": "EUR", "\u00d7": "x",
})  # fmt: skip
"""Letters that are spelt with others."""


def _table(alphabet: str, *spelt: str) -> dict[str, str]:
    return dict(zip(alphabet, spelt, strict=True))


_SOUNDS = {
    **_table("абвгдезий", "a", "b", "v", "g", "d", "e", "z", "i", "y"),
    **_table("клмнопрст", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
    **_table("уфхыэіїєґё", "u", "f", "kh", "y", "e", "i", "yi", "ye", "g", "yo"),
    **_table("жцчшщюяьъ", "zh", "ts", "ch", "sh", "shch", "yu", "ya", "", ""),
    **_table("αβγδεζηθικλμ", "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m"),
    **_table("νξοπρσςτυφχψω", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"),
}  # fmt: skip
"""Cyrillic and Greek letters as Latin ones sound."""

_DARK: RGB = (40, 34, 60)
_PALE: RGB = (255, 250, 236)


def writable(text: str) -> str:
    """The text in letters that can be drawn: Latin with its accents, other alphabets spelt in Latin or left out."""
    written = []
    for char in normalize("NFC", text).translate(_SPELT):
        other = _SOUNDS.get(char.lower(), _SOUNDS.get(normalize("NFD", char.lower())[0]))
        if other is not None:
            written.append(other.capitalize() if char.isupper() else other)
            continue
        spelt = normalize("NFD", char)
        base, marks = spelt[0], spelt[1:]
        if " " <= base <= "~" and all(mark in MARKS for mark in marks):
            written.append(base + "".join(marks))
    return " ".join("".join(written).split())


def letters(
    scene: Scene, spots: Sequence[Spot], width: float, height: float, light: Light, *, alone: bool
) -> list[Shape]:
    """Texts on a sign that is in the picture, or near the top, each line as wide as it needs."""
    texts = [text for text in map(writable, scene.letters) if text]
    if not texts:
        return []
    board = next((spot for spot in spots if spot.thing.kind == "sign"), None)
    if board is not None:
        half, top = board.wide * 0.42, board.y - board.height * 0.93
        return _block(texts, (board.x - half, top, board.x + half, top + board.height * 0.44), _DARK, None, 12)
    tall = min(height * (0.3 if alone else 0.2), 340.0)
    top = height * 0.5 - tall / 2 if alone else height * 0.05
    box = (width * 0.07, top, width * 0.93, top + tall)
    behind = light.sky[1] if alone else light.sky[0]
    colour = _PALE if luma(behind) < 150 else mix(light.shade, _DARK, 0.4)
    blocked = alone or any(spot.y - spot.height < box[3] for spot in spots) or 90 < luma(behind) < 170
    if blocked:
        return _block(texts, box, _DARK, _PALE, 26)
    return _block(texts, box, colour, None, 26, under=light.shade if luma(colour) > 150 else _PALE)


def _block(  # noqa: PLR0917
    texts: list[str],
    box: tuple[float, float, float, float],
    colour: RGB,
    panel: RGB | None,
    most: int,
    under: RGB | None = None,
) -> list[Shape]:
    lines = [line for text in texts for line in _wrapped(text, most)][:5]
    left, top, right, bottom = box
    each = min((bottom - top) / len(lines), 190.0)
    longest = max(len(line) for line in lines)
    size = min(each * 0.8, (right - left) / max(3, longest) * 1.75)
    shapes: list[Shape] = []
    middle = (left + right) / 2
    if panel is not None:
        half = min((right - left) / 2, longest * size * 0.27) + size * 0.5
        outline = rounded(middle - half, top, middle + half, top + size * 1.25 * len(lines) + size * 0.5, size * 0.25)
        shapes.append(Shape(tuple(outline), panel, opacity=0.9, group=THINGS - 9, volume=0.0))
        top += size * 0.3
    elif under is None:  # on a board: in its middle
        top += max(0.0, (bottom - top - size * 1.2 * len(lines)) / 2)
    for number, line in enumerate(lines):
        y = top + number * size * 1.25
        place = ((left, y), (right, y), (right, y + size), (left, y + size))
        if under is not None:
            drop = tuple((x + 4, down + 6) for x, down in place)
            shapes.append(Shape(drop, under, opacity=0.5, soft=4, text=line, group=THINGS - 1, line=False))
        shapes.append(Shape(place, colour, text=line, group=THINGS - 1 - number, line=False))
    return shapes


def _wrapped(text: str, most: int) -> list[str]:
    """Lines of about the same length, none much longer than ``most`` letters."""
    count = -(-len(text) // most)
    goal = len(text) / count
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) / 2 < goal and len(lines[-1]) + len(word) < most + 4:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
