"""What the engine is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Brief:
    """One picture to draw.

    Attributes:
        prompt: The words.
        negative_prompt: What must not be drawn.
        width: Pixels.
        height: Pixels.
        detail: 0 low, 1 standard, 2 high.
        vivid: A vivid palette; otherwise a natural one.
        transparent: Only the things, no place.
        watermark: Sign the picture.
        seed: The same seed draws the same picture. Seeds that follow each other, as a request's images have them, are
            framed differently, and stand in another light where the prompt leaves it open.
    """

    prompt: str
    negative_prompt: str = ""
    width: int = 1024
    height: int = 1024
    detail: int = 1
    vivid: bool = True
    transparent: bool = False
    watermark: bool = False
    seed: int = 0
