"""What a request may carry: one table of fields that validates requests and writes the OpenAPI description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from r9s_notebook.server.refusal import Refusal, invalid
from r9s_notebook.server.sizes import SIZES, pixels

MODEL = "sketch-1"
"""The embedded engine's own name. Any other model is accepted, and served by it."""

PROMPT_LIMIT = 32_000
"""Characters. Source: the images API's limit for the GPT image models."""

MAX_IMAGES = 16
"""Images in one edit. Source: the images API's limit for the GPT image models."""

QUALITIES = ("auto", "standard", "hd", "low", "medium", "high", "xhigh", "max")
_DETAIL = {"low": 0, "hd": 2, "high": 2, "xhigh": 2, "max": 2}


@dataclass(frozen=True)
class Common:
    """What generations and edits share, checked and with its defaults filled in.

    Attributes:
        prompt: As given, without characters that JSON could not carry back.
        model: The model that was asked for.
        n: Images, 1 to 10.
        width: Pixels.
        height: Pixels.
        detail: 0 low, 1 standard, 2 high.
        vivid: A vivid palette; otherwise a natural one.
        as_url: Answer with addresses; otherwise with base64.
        output_format: ``png``, ``jpeg`` or ``webp``.
        compression: 0 to 100: the quality of a JPEG or a WebP.
        transparent: Leave the background out.
        stream: Answer with server-sent events.
        partial_images: Previews in a stream, 0 to 3.
        negative_prompt: What must not be drawn.
        seed: 0 to 2**63 - 1, or None for a picture that is new every time.
        watermark: Sign the picture.
    """

    prompt: str
    model: str
    n: int
    width: int
    height: int
    detail: int
    vivid: bool
    as_url: bool
    output_format: str
    compression: int
    transparent: bool
    stream: bool
    partial_images: int
    negative_prompt: str
    seed: int | None
    watermark: bool

    @property
    def quality(self) -> str:
        """The quality in the API's newer vocabulary: low, medium or high."""
        return ("low", "medium", "high")[self.detail]

    @property
    def size(self) -> str:
        """``WIDTHxHEIGHT``, in pixels."""
        return f"{self.width}x{self.height}"


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

COMMON: dict[str, Field] = {
    "prompt": Field(
        _text(PROMPT_LIMIT), {"type": "string", "minLength": 1, "maxLength": PROMPT_LIMIT}, "What to draw."
    ),
    "model": Field(_text(200), {"type": "string", "default": MODEL}, f"Any name; {MODEL} serves them all."),
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
    "partial_images": Field(_integer(0, 3), _between(0, 3), "Previews in a stream."),
    "user": Field(_text(1000), {"type": "string"}, "Accepted; not kept."),
    "negative_prompt": Field(_text(PROMPT_LIMIT), {"type": "string"}, "What must not be drawn."),
    "seed": Field(_integer(0, MAX_SEED), _between(0, MAX_SEED), "The same seed draws the same picture."),
    "prompt_extend": Field(_flag, {"type": "boolean"}, "Accepted; the prompt is never rewritten."),
    "watermark": Field(_flag, {"type": "boolean"}, "Sign the picture in a corner."),
}
"""The fields of a generation. Anything else in a request is passed over, as a gateway to many models does."""

EDIT: dict[str, Field] = {
    **COMMON,
    "input_fidelity": Field(_choice("high", "low"), _one_of("high", "low"), "Accepted; what is kept is kept exactly."),
}
"""The fields of an edit, beside its image files and its mask."""

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


def read(values: Mapping[str, Any], *, fields: Mapping[str, Field], auto: tuple[int, int] = (1024, 1024)) -> Common:
    """Check a request's values.

    Args:
        values: As they came; null and absent are the same.
        fields: ``COMMON`` or ``EDIT``.
        auto: The size when none was asked for: an edit keeps its image's.

    Raises:
        Refusal: 400, naming the first parameter that is wrong.
    """
    given = {
        name: fields[name].read(name, value) for name, value in values.items() if name in fields and value is not None
    }
    prompt = given.get("prompt")
    if prompt is None:
        raise invalid("prompt", "The prompt is missing: say what to draw.", code="missing_required_parameter")
    if not prompt.strip():
        raise invalid("prompt", "The prompt is empty: say what to draw.")
    model = given.get("model") or MODEL
    output_format = given.get("output_format", "png")
    transparent = given.get("background") == "transparent"
    if transparent and output_format == "jpeg":
        raise invalid("background", "A JPEG cannot be transparent: ask for output_format png or webp.")
    width, height = pixels(given.get("size", "auto"), auto=auto)
    response_format = given.get("response_format", "b64_json" if "gpt-image" in model else "url")
    return Common(
        prompt=prompt,
        model=model,
        n=given.get("n", 1),
        width=width,
        height=height,
        detail=_DETAIL.get(given.get("quality", "auto"), 1),
        vivid=given.get("style", "vivid") == "vivid",
        as_url=response_format == "url",
        output_format=output_format,
        compression=given.get("output_compression", 90),
        transparent=transparent,
        stream=given.get("stream", False),
        partial_images=given.get("partial_images", 0),
        negative_prompt=given.get("negative_prompt", ""),
        seed=given.get("seed"),
        watermark=given.get("watermark", False),
    )


def _shown(value: Any) -> str:
    shown = repr(value).encode("utf-8", "replace").decode("utf-8")
    return shown if len(shown) <= 60 else shown[:57] + "..."


__all__ = ["COMMON", "EDIT", "MAX_IMAGES", "MODEL", "Common", "Field", "Refusal", "from_form", "read"]
