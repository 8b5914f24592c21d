"""The sizes the images API knows, and what an aspect ratio means in pixels."""

from __future__ import annotations

import re

PIXEL_SIZES = (
    "256x256",
    "512x512",
    "1024x1024",
    "1792x1024",
    "1024x1792",
    "1536x1024",
    "1024x1536",
    "1280x720",
    "720x1280",
    "512x1024",
    "1024x768",
    "1024x576",
    "576x1024",
)
"""Sizes in pixels, width first. Source: the size list of the r9s 0.9.0 SDK's image generation request."""

RATIO_SIZES = {
    "1:1": (1024, 1024),
    "16:9": (1344, 768),
    "9:16": (768, 1344),
    "4:3": (1184, 864),
    "3:4": (864, 1184),
    "3:2": (1248, 832),
    "2:3": (832, 1248),
    "5:4": (1152, 896),
    "4:5": (896, 1152),
    "21:9": (1536, 672),
}
"""Aspect ratios of the same list, with the pixels that Gemini's image documentation gives for about one megapixel."""

SIZES = ("auto", *PIXEL_SIZES, *RATIO_SIZES)


def pixels(size: str, *, auto: tuple[int, int] = (1024, 1024)) -> tuple[int, int] | None:
    """Width and height in pixels: of ``"auto"``, an aspect ratio of ``RATIO_SIZES``, or ``WIDTHxHEIGHT``; else None."""
    if size == "auto" or size in RATIO_SIZES:
        return RATIO_SIZES.get(size, auto)
    match = re.fullmatch(r"([1-9]\d{0,4})x([1-9]\d{0,4})", size)
    return (int(match[1]), int(match[2])) if match else None
