"""What the calls take, typed: for type checkers, for ``inspect.signature``, and so for a notebook's help."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, Final, Required, TypeAlias, TypedDict, TypeVar

from r9s_notebook.parameters import PARAMETERS

if TYPE_CHECKING:
    from pathlib import Path

    from r9s_notebook.client import models
    from r9s_notebook.client.retries import RetryConfig


class Unset:
    """Tells "not given" from None, where None has a meaning of its own."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()

ImageInput: TypeAlias = "models.ImageFile | models.ImageFileTypedDict | str | Path | bytes | IO[bytes] | Any"
"""A dict or ``ImageFile`` as for the official SDK, a path, bytes, an open binary file, a PIL image, a NumPy array."""


class CallOptions(TypedDict, total=False):
    """What every call takes beside its own parameters."""

    retries: RetryConfig | Unset | None
    server_url: str | None
    timeout_ms: int | None
    http_headers: Mapping[str, str] | None


class _FurtherOfEither(TypedDict, total=False):
    negative_prompt: str | None
    seed: int | None
    background: models.ImageGenerationBackground | None
    output_format: models.ImageGenerationOutputFormat | None
    output_compression: int | None
    moderation: models.ImageGenerationModeration | None
    partial_images: int | None
    num_inference_steps: int | None
    guidance_scale: float | None
    true_cfg_scale: float | None
    response_format: models.ImageGenerationRequestResponseFormat | None
    user: str | None


class _FurtherOfGenerations(TypedDict, total=False):
    prompt_extend: bool | None
    watermark: bool | None


class _FurtherOfEdits(TypedDict, total=False):
    input_fidelity: models.ImageEditInputFidelity | None
    strength: float | None


class GenerationParameters(CallOptions, _FurtherOfEither, _FurtherOfGenerations, total=False):
    """What ``images.create`` takes; all by name, and only what is given is sent.

    ``stream``, which decides what comes back, stands in its overloads.
    """

    prompt: Required[str]
    model: str | None
    n: int | None
    size: models.Size | str | None
    quality: models.Quality | str | None
    style: models.Style | str | None


class EditParameters(CallOptions, _FurtherOfEither, _FurtherOfEdits, total=False):
    """What ``images.edit`` takes, likewise."""

    image: Required[ImageInput | Sequence[ImageInput]]
    prompt: Required[str]
    mask: ImageInput | None
    model: str | None
    n: int | None
    size: models.ImageEditSize | str | None
    quality: models.ImageEditQuality | str | None


class FurtherParameters(_FurtherOfEither, _FurtherOfGenerations, _FurtherOfEdits, total=False):
    """What a lab takes beside the parameters that have a field of their own."""

    stream: bool | None


OPTIONS: Final = frozenset(CallOptions.__annotations__)

F = TypeVar("F", bound=Callable[..., Any])


@functools.cache  # sync and async share one
def takes(typed: Any) -> Callable[[F], F]:
    """Gives a function that collects ``**parameters`` the signature that says which, and their part of its help.

    Args:
        typed: The TypedDict that says it. Where the docstring has ``{parameters}``, they are listed.
    """
    hints = {name: _text(hint) for name, hint in typed.__annotations__.items()} | {"stream": "bool | None"}
    names = [*(name for name in PARAMETERS if name in hints), *CallOptions.__annotations__]
    required = [name for name in names if hints[name].startswith("Required[")]
    this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    given = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if name in required else UNSET if name == "retries" else None,
            annotation=hints[name].removeprefix("Required[").removesuffix("]") if name in required else hints[name],
        )
        for name in sorted(names, key=lambda name: name not in required)
    ]
    extra = inspect.Parameter("extra", inspect.Parameter.VAR_KEYWORD, annotation="Any")
    signature = inspect.Signature([this, *given, extra])
    lines = [f"{name}: {PARAMETERS[name].description}" for name in names if name not in OPTIONS]

    def named(function: F) -> F:
        function.__signature__ = signature  # type: ignore[attr-defined]
        before, marker, after = (function.__doc__ or "").partition("{parameters}")
        if marker:
            function.__doc__ = before + before[before.rindex("\n") :].join(lines) + after
        return function

    return named


def spelt_out(function: F) -> F:
    """Gives a function whose last parameter collects further ones by name the signature that names them."""
    signature = inspect.signature(function)
    *own, collected = signature.parameters.values()
    hints = FurtherParameters.__annotations__
    further = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_text(hints[name]))
        for name in PARAMETERS
        if name in hints
    ]
    everything = collected.replace(annotation="Any")
    function.__signature__ = signature.replace(parameters=[*own, *further, everything])  # type: ignore[attr-defined]
    return function


def _text(hint: Any) -> str:
    """An annotation as it was written; under postponed evaluation a TypedDict holds it as a forward reference."""
    return str(getattr(hint, "__forward_arg__", hint))
