"""What each known model takes: one table, read by the lab, the client's conversions and the tests.

Sources, read on 2026-11-23, named by their letter beside each fact:

- [R] the official r9s SDK 0.9.0: the docstrings and literal types of its image generation and edit requests
- [D] the R9S images documentation: the ``edit`` parameter table
- [O] the openai SDK 3.54: the docstrings of ``ImageGenerateParams``, ``ImageEditParams`` and ``ImageModel``

A model that is not here is not refused: it is unknown, everything is permitted, and the service decides. What the
embedded API's engines take, these say themselves: see ``R9S.models``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from r9s_notebook.parameters import EDIT, GENERATION, PARAMETERS

_MEGA = 1024 * 1024
_TYPES = ("image/png", "image/jpeg", "image/webp")

_COMMON = frozenset({"prompt", "model", "n", "size", "user"})
_EXTENDED = frozenset({"negative_prompt", "seed", "prompt_extend", "watermark"})  # [R] "for advanced providers"
_GPT = frozenset({"quality", "background", "moderation", "output_compression", "output_format"})  # [R] "GPT only"
_STREAMING = frozenset(name for name, parameter in PARAMETERS.items() if parameter.effect == "parts")
_EVERY, _EVERY_EDIT = frozenset(GENERATION), frozenset(EDIT)
_EDIT = _COMMON | {"image", "mask"}


@dataclass(frozen=True)
class Capabilities:
    """What one model takes.

    Attributes:
        model: Its name; None where none was chosen.
        description: What it is, where its service says so.
        known: Whether the table has it. Where False, everything is permitted and the lists are suggestions.
        sizes: For a generation, as the API writes them: ``"1024x1024"``, ``"16:9"``, ``"auto"``.
        qualities: Empty where the model takes no quality.
        styles: Empty where the model takes no style.
        max_n: Images in one generation, 1 to 10.
        generates: Whether it makes images from a prompt alone.
        edits: Whether it changes an image.
        masks: Whether an edit takes a mask.
        edit_sizes: As ``sizes``, for an edit.
        edit_max_n: As ``max_n``, for an edit.
        edit_square: Whether an image to edit must be square.
        edit_max_bytes: Largest file to edit, in bytes; None where no limit is known.
        edit_image_types: Media types of an image to edit.
        max_images: Images in one edit.
        streams: Whether it answers with events and partial images.
        prompt_limit: Characters of a prompt; 0 where no limit is known.
        parameters: Every parameter that a generation takes.
        edit_parameters: Every parameter that an edit takes.
        default_size: What the service takes when no size is sent; None where that is not known.
        default_quality: Likewise.
        any_size: Whether other sizes than the listed ones are taken.
        described: Whether its service says all of this, and no table.
        examples: Requests that are answered, as parameters by name with their ``operation``, where its service says so.
        doing: What it is at before it can draw, in a few words, where its service says so.
    """

    model: str | None = None
    description: str = ""
    known: bool = True
    sizes: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    max_n: int = 10
    generates: bool = True
    edits: bool = False
    masks: bool = False
    edit_sizes: tuple[str, ...] = ()
    edit_max_n: int = 10
    edit_square: bool = False
    edit_max_bytes: int | None = None
    edit_image_types: tuple[str, ...] = _TYPES
    max_images: int = 1
    streams: bool = False
    prompt_limit: int = 0
    parameters: frozenset[str] = frozenset()
    edit_parameters: frozenset[str] = frozenset()
    default_size: str | None = None
    default_quality: str | None = None
    any_size: bool = False
    described: bool = False
    examples: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    doing: str = ""


_SIZES: Final = (  # [R]
    "1024x1024", "512x512", "256x256", "1792x1024", "1024x1792", "1536x1024", "1024x1536", "1280x720", "720x1280",
    "1024x768", "1024x576", "576x1024", "512x1024", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5",
    "21:9",
)  # fmt: skip
_RATIOS = tuple(size for size in _SIZES if ":" in size)  # [R] "Gemini Nano Banana"
_GPT_SIZES = ("auto", "1024x1024", "1536x1024", "1024x1536")  # [O] the standard sizes of the GPT image models
_GPT_QUALITIES = ("auto", "low", "medium", "high")  # [O]
_PEAK_QUALITIES = (*_GPT_QUALITIES, "xhigh", "max")  # [O] gpt-image-2.5-sunburst and -flare
_WIDE = ("1536x864", "864x1536", "2048x2048", "2560x1440")  # [O] divisible by 16, between 1:3 and 3:1


def _gpt_image(
    model: str, *, qualities: tuple[str, ...] = _GPT_QUALITIES, any_size: bool = False, fidelity: bool = False
) -> Capabilities:
    sizes = (*_GPT_SIZES, *_WIDE) if any_size else _GPT_SIZES
    return Capabilities(
        model=model,
        sizes=sizes,
        qualities=qualities,
        max_n=10,  # [O] "between 1 and 10"
        edits=True,
        masks=True,
        edit_sizes=sizes,
        edit_max_bytes=50 * _MEGA,  # [O] "less than 50MB"
        max_images=16,  # [O] "up to 16 images"
        streams=True,  # [O]
        prompt_limit=32_000,  # [O]
        # No response_format and no style: [O] "Unsupported for GPT image models".
        parameters=_COMMON | _GPT | _STREAMING,
        edit_parameters=_EDIT | _GPT | _STREAMING | ({"input_fidelity"} if fidelity else frozenset()),
        default_size="auto",  # [O]
        default_quality="auto",  # [O]
        any_size=any_size,
    )


def _gemini(model: str) -> Capabilities:
    return Capabilities(
        model=model,
        sizes=_RATIOS,  # [R]
        qualities=("standard", "hd"),  # [R] 1K and 2K
        max_n=1,  # [R] "gemini-*: 1"
        parameters=_COMMON | {"quality", "response_format"},
        default_size="1:1",
        default_quality="standard",  # [R]
    )


_DALL_E_3 = Capabilities(
    model="dall-e-3",
    sizes=("1024x1024", "1792x1024", "1024x1792"),  # [R] "DALL-E 3 sizes"
    qualities=("standard", "hd"),  # [R]
    styles=("vivid", "natural"),  # [R]
    max_n=1,  # [R]
    prompt_limit=4_000,  # the images API reference as quoted by the R package oaii, images_generator_request
    parameters=_COMMON | {"quality", "style", "response_format"},
    default_size="1024x1024",  # [R]
    default_quality="standard",  # [R]
)

_DALL_E_2 = Capabilities(
    model="dall-e-2",
    sizes=("1024x1024", "512x512", "256x256"),  # [R] "DALL-E 2 sizes"
    max_n=10,  # [R]
    edits=True,
    masks=True,  # [D]
    edit_sizes=("1024x1024", "512x512", "256x256"),  # [D]
    edit_square=True,  # [D] "Must be PNG format, less than 4MB, and square"
    edit_max_bytes=4 * _MEGA,  # [D]
    edit_image_types=("image/png",),  # [D]
    prompt_limit=1_000,  # [D]
    parameters=_COMMON | {"response_format"},
    edit_parameters=_EDIT | {"response_format"},
    default_size="1024x1024",  # [D]
)

_WANX = Capabilities(
    model="wanx-v1",
    sizes=("1024x1024", "720x1280", "1280x720"),  # [R] "Wanx / Ali sizes"
    max_n=1,  # [R]
    parameters=_COMMON | _EXTENDED | {"response_format"},
    default_size="1024x1024",
)

# Retired by their first provider, says [O]: dall-e-2 and -3 in May 2026, gpt-image-1 in October 2026. Gateways may
# still serve them, and [R] lists them, so they are known; they come last.
_TABLE: Final = {
    entry.model or "": entry
    for entry in (
        _gpt_image("gpt-image-2.5-sunburst", qualities=_PEAK_QUALITIES, any_size=True),
        _gpt_image("gpt-image-2.5-flare", qualities=_PEAK_QUALITIES, any_size=True),
        _gpt_image("gpt-image-2", any_size=True),
        _gpt_image("gpt-image-1.5", fidelity=True),
        _gpt_image("gpt-image-1-mini", fidelity=True),
        _gpt_image("chatgpt-image-latest"),
        _gemini("gemini-2.5-flash-image"),
        _WANX,
        _DALL_E_3,
        _DALL_E_2,
        _gpt_image("gpt-image-1", fidelity=True),
    )
}

MODELS: Final[tuple[str, ...]] = tuple(_TABLE)
"""The names of the known models."""

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_GEMINI_IMAGE = re.compile(r"gemini-[\w.-]*image")


def capabilities(model: str | None) -> Capabilities:
    """What ``model`` takes.

    A dated snapshot (``gpt-image-2-2026-04-21``) is its model, and so is a name behind a provider's
    (``openai/gpt-image-2``).
    """
    if model is None:
        return _unknown(None)
    name = plain_name(model)
    entry = _TABLE.get(name)
    if entry is None and _GEMINI_IMAGE.match(name):
        entry = _gemini(name)
    if entry is None:
        return _unknown(model)
    return entry if entry.model == model else replace(entry, model=model)


def plain_name(model: str) -> str:
    """The name by which the tables have a model: without its provider and its date."""
    return _SNAPSHOT.sub("", model.rpartition("/")[2].lower())


def _unknown(model: str | None) -> Capabilities:
    sizes = ("auto", *_SIZES)
    return Capabilities(
        model=model,
        known=False,
        sizes=sizes,
        qualities=("auto", "standard", "hd", "low", "medium", "high"),
        styles=("vivid", "natural"),
        edits=True,
        masks=True,
        edit_sizes=sizes,
        max_images=16,
        streams=True,
        parameters=_EVERY,
        edit_parameters=_EVERY_EDIT,
        any_size=True,
    )


def described(entry: Mapping[str, Any]) -> Capabilities:
    """What a service's list of models says of one; what is known by its name, where it says no more."""
    operations = entry.get("parameters")
    examples = tuple(one for one in entry.get("examples") or () if isinstance(one, Mapping))
    if not isinstance(operations, Mapping):
        return _shown_by(examples, str(entry["id"])) if examples else capabilities(str(entry["id"]))
    generate, edit = _schemas(operations, "generate"), _schemas(operations, "edit")
    # What the API has for generations only is no parameter of its edits, though a server may take it there too.
    edit = {name: schema for name, schema in edit.items() if name in EDIT or name not in GENERATION}
    either = {**edit, **generate}
    size, edit_size = generate.get("size", {}), edit.get("size", {})
    return Capabilities(
        model=str(entry["id"]),
        description=str(entry.get("description") or ""),
        sizes=_choices(size),
        qualities=_choices(either.get("quality", {})),
        styles=_choices(either.get("style", {})),
        max_n=_number(generate.get("n", {}), "maximum", 10),
        generates=bool(generate),
        edits=bool(edit),
        masks="mask" in edit,
        edit_sizes=_choices(edit_size),
        edit_max_n=_number(edit.get("n", {}), "maximum", 10),
        max_images=_number(edit.get("image", {}), "maxItems", 1),
        streams="stream" in either,
        prompt_limit=_number(either.get("prompt", {}), "maxLength", 0),
        parameters=frozenset(generate),
        edit_parameters=frozenset(edit),
        default_size=size.get("default"),
        default_quality=either.get("quality", {}).get("default"),
        any_size="size" in either and "enum" not in either["size"],
        described=True,
        examples=examples,
        doing=str(entry.get("doing") or ""),
    )


def _shown_by(examples: tuple[Mapping[str, Any], ...], model: str) -> Capabilities:
    """What a model is known by its examples only: these are offered, and anything may be asked."""

    def values(name: str, operation: str | None = None) -> tuple[str, ...]:
        some = (one for one in examples if operation in (None, one.get("operation")))
        return tuple(dict.fromkeys(str(one[name]) for one in some if name in one))

    return replace(
        _unknown(model or None),
        sizes=values("size", "generate"),
        edit_sizes=values("size", "edit"),
        qualities=values("quality"),
        styles=values("style"),
        described=True,
        examples=examples,
    )


def _schemas(operations: Mapping[str, Any], operation: str) -> dict[str, Mapping[str, Any]]:
    return {name: schema for name, schema in operations.get(operation, {}).items() if isinstance(schema, Mapping)}


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What is worth offering: what the service shows as examples, or all that it takes."""
    return tuple(str(choice) for choice in schema.get("examples") or schema.get("enum") or ())


def _number(schema: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = schema.get(name)
    return value if isinstance(value, int) else otherwise
