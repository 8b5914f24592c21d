"""What a request may carry: the API's fields, each with how it is read and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from r9s_notebook.server.refusal import invalid
from r9s_notebook.server.sizes import SIZES

PROMPT_LIMIT = 32_000
"""Characters. Source: the images API's limit for the GPT image models."""

MAX_IMAGES = 16
"""Images in one edit. Source: the images API's limit for the GPT image models."""

QUALITIES = ("auto", "standard", "hd", "low", "medium", "high", "xhigh", "max")


@dataclass(frozen=True)
class Field:
    """One parameter: how it is read, and how it is described."""

    read: Callable[[str, Any], Any]
    schema: Mapping[str, Any]
    about: str


def _choice(*choices: str) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if value not in choices or not isinstance(value, str):
            raise invalid(name, f"{name} must be one of {', '.join(choices)}; got {_shown(value)}.")
        return value

    return read


def _integer(low: int, high: int) -> Callable[[str, Any], int]:
    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise invalid(name, f"{name} must be a whole number; got {_shown(value)}.", code="invalid_type")
        if not low <= value <= high:
            raise invalid(name, f"{name} must be from {low} to {high}; got {value if abs(value) < 10**12 else 'more'}.")
        return value

    return read


def _previews(name: str, value: Any) -> int:
    """A number, or yes for one: R9S's own compliance suite asks that way."""
    yes = {"true": 1, "false": 0}.get(str(value).lower())
    return _integer(0, 3)(name, value if yes is None else yes)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise invalid(name, f"{name} must be true or false; got {_shown(value)}.", code="invalid_type")
    return value


def _text(limit: int) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise invalid(name, f"{name} must be text; got {_shown(value)}.", code="invalid_type")
        if len(value) > limit:
            raise invalid(name, f"{name} has {len(value)} characters; the limit is {limit}.", code="string_too_long")
        # A lone surrogate is valid in JSON and cannot be sent back in UTF-8.
        return value.encode("utf-8", "replace").decode("utf-8")

    return read


def _size(name: str, value: Any) -> str:
    if not isinstance(value, str) or value not in SIZES:
        raise invalid(name, f"Unknown size {_shown(value)}. Use one of: {', '.join(SIZES)}.")
    return value


def _one_of(*choices: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(choices)}


def _between(low: int, high: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high}


_FORMATS = ("png", "jpeg", "webp")
MAX_SEED = 2**63 - 1

GENERATION: dict[str, Field] = {
    "prompt": Field(
        _text(PROMPT_LIMIT), {"type": "string", "minLength": 1, "maxLength": PROMPT_LIMIT}, "What to draw."
    ),
    "model": Field(_text(200), {"type": "string"}, "The model's name."),
    "n": Field(_integer(1, 10), _between(1, 10), "How many images."),
    "size": Field(_size, _one_of(*SIZES), "Pixels or an aspect ratio."),
    "quality": Field(_choice(*QUALITIES), _one_of(*QUALITIES), "How much detail is drawn."),
    "style": Field(_choice("vivid", "natural"), _one_of("vivid", "natural"), "The palette."),
    "response_format": Field(_choice("url", "b64_json"), _one_of("url", "b64_json"), "An address, or base64."),
    "background": Field(
        _choice("transparent", "opaque", "auto"), _one_of("transparent", "opaque", "auto"), "Leave the background out."
    ),
    "moderation": Field(_choice("low", "auto"), _one_of("low", "auto"), "Accepted; nothing is moderated."),
    "output_format": Field(_choice(*_FORMATS), _one_of(*_FORMATS), "The file's format."),
    "output_compression": Field(_integer(0, 100), _between(0, 100), "The quality of a JPEG or a WebP."),
    "stream": Field(_flag, {"type": "boolean"}, "Answer with server-sent events."),
    "partial_images": Field(_previews, _between(0, 3), "Previews in a stream."),
    "user": Field(_text(1000), {"type": "string"}, "Accepted; not kept."),
    "negative_prompt": Field(_text(PROMPT_LIMIT), {"type": "string"}, "What must not be drawn."),
    "seed": Field(_integer(0, MAX_SEED), _between(0, MAX_SEED), "The same seed draws the same picture."),
    "prompt_extend": Field(_flag, {"type": "boolean"}, "Accepted; the prompt is never rewritten."),
    "watermark": Field(_flag, {"type": "boolean"}, "Sign the picture in a corner."),
}
"""The fields of a generation. Anything else in a request is passed over, as a gateway to many models does."""

_FILE = {"type": "string", "format": "binary"}

EDIT: dict[str, Field] = {
    **GENERATION,
    "image": Field(_text(0), {**_FILE, "maxItems": MAX_IMAGES}, "What to edit; several where the model takes several."),
    "mask": Field(_text(0), _FILE, "A PNG of the image's size: alpha 0 where to edit."),
    "input_fidelity": Field(_choice("high", "low"), _one_of("high", "low"), "Accepted; what is kept is kept exactly."),
}
"""The fields of an edit. Its files have left the values before these are checked."""

_FLAGS = {name for name, field in EDIT.items() if field.schema.get("type") == "boolean"}
_NUMBERS = {name for name, field in EDIT.items() if field.schema.get("type") == "integer"}


def from_form(values: Mapping[str, str]) -> dict[str, Any]:
    """A form's strings as the types JSON would have had; what does not convert stays as it is, to be refused."""
    converted: dict[str, Any] = {}
    for name, value in values.items():
        text = value.strip().lower()
        if name in _FLAGS and text in {"true", "false", "1", "0"}:
            converted[name] = text in {"true", "1"}
        elif name in _NUMBERS and len(text) < 20 and text.removeprefix("-").isdecimal():
            converted[name] = int(text)
        elif text or name == "prompt":
            converted[name] = value
    return converted


def _shown(value: Any) -> str:
    shown = repr(value).encode("utf-8", "replace").decode("utf-8")
    return shown if len(shown) <= 60 else shown[:57] + "..."
