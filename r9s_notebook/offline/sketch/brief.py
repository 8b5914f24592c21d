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
        seed: The same seed draws the same picture.
        variation: Which of a request's pictures this is.
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
    variation: int = 0
