"""What known models cost: one table of their makers' list prices in US dollars, each with its source and date.

A gateway may charge otherwise: a file of one's own corrects it (see ``session.known_models``). What has no source here
is unknown, and nothing is said of it; so is a call that leaves to the service what its price depends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_MILLION = 1_000_000
_TOKENS_OF_A_PREVIEW = 100  # of output, each: https://apidog.com/kr/blog/gpt-image-2-5-api/, 2026-09-09
ANY: Final = "*"

PerImage = float | Mapping[str, "PerImage"]


@dataclass(frozen=True)
class Price:
    """What one model costs.

    Attributes:
        source: Where it was read.
        date: When, ``YYYY-MM-DD``.
        per_image: Of each picture: a number, or numbers by quality, then by size; ``"*"`` is any.
        text: Of a million tokens of the prompt; None where it is not counted so.
        image: Of a million tokens of the images to edit.
        output: Of a million tokens of the pictures that come.
    """

    source: str = ""
    date: str = ""
    per_image: PerImage = field(default_factory=dict)
    text: float | None = None
    image: float | None = None
    output: float | None = None

    def before(self, *, quality: str, size: str, n: int, editing: bool, previews: int = 0) -> float | None:
        """What a call will cost, without the few tokens of its prompt; None where that is not known before."""
        found: Any = self.per_image
        for name in (quality, size):
            if isinstance(found, Mapping):
                found = found.get(name, found.get(ANY))
        if not isinstance(found, int | float) or (editing and self.image is not None):  # images to edit cost, too
            return None
        return n * (found + previews * _TOKENS_OF_A_PREVIEW * (self.output or 0.0) / _MILLION)

    def after(self, usage: Any, *, editing: bool) -> float | None:
        """What a call has cost by the tokens that its answer counts; None where that is not told."""
        if not isinstance(usage, Mapping) or self.text is None or self.output is None:
            return None
        details = usage.get("input_tokens_details")
        parts = details if isinstance(details, Mapping) else {}
        given: Any = None if editing else usage.get("input_tokens")  # without images, all of it is words
        text: Any = parts.get("text_tokens", given)
        image: Any = parts.get("image_tokens", 0)
        came: Any = usage.get("output_tokens")
        if not all(isinstance(count, int) for count in (text, image, came)) or (image and self.image is None):
            return None
        return float(text * self.text + image * (self.image or 0.0) + came * self.output) / _MILLION


def _gpt(**each: tuple[float, float]) -> PerImage:
    """By quality: of a square picture, and of a wide or a tall one."""
    return {
        quality: {"1024x1024": square, "1024x1536": wide, "1536x1024": wide} for quality, (square, wide) in each.items()
    }


_QUOTED = "https://apidog.com/kr/blog/gpt-image-2-5-api/, which quotes the maker's price page; gpt-image-2 is the same"

PRICES: Final[Mapping[str, Price]] = {
    "gpt-image-2.5-sunburst": Price(_QUOTED, "2026-09-09", text=5, image=8, output=30),
    "gpt-image-2.5-flare": Price(_QUOTED, "2026-09-09", text=5, image=8, output=30),
    "gpt-image-2": Price(_QUOTED, "2026-09-09", text=5, image=8, output=30),
    "gpt-image-1-mini": Price(
        "https://developers.openai.com/de-DE/api/docs/models/gpt-image-1-mini",
        "2026-11-30",
        _gpt(low=(0.005, 0.006), medium=(0.011, 0.015), high=(0.036, 0.052)),
        **{"text": 2, "image": 2.5, "output": 8},
    ),
    "gpt-image-1": Price(
        "https://developers.openai.com/ja-JP/api/docs/models/gpt-image-1",
        "2026-11-30",
        _gpt(low=(0.011, 0.016), medium=(0.042, 0.063), high=(0.167, 0.25)),
        **{"text": 5, "image": 10, "output": 40},
    ),
    "dall-e-3": Price(
        "https://github.com/kevinhermawan/Canvas/blob/main/model-info.json, which quotes https://openai.com/pricing",
        "2023-12-25",
        {
            "standard": {"1024x1024": 0.04, "1024x1792": 0.08, "1792x1024": 0.08},
            "hd": {"1024x1024": 0.08, "1024x1792": 0.12, "1792x1024": 0.12},
        },
    ),
    "dall-e-2": Price(
        "https://github.com/kevinhermawan/Canvas/blob/main/model-info.json, which quotes https://openai.com/pricing",
        "2023-12-25",
        {ANY: {"1024x1024": 0.02, "512x512": 0.018, "256x256": 0.016}},
    ),
}
"""By the names that ``capabilities`` knows."""
