"""The parameters of the calls, once: for type checkers, for ``inspect.signature``, and so for a notebook's help."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, Final, Required, TypeAlias, TypedDict, TypeVar

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


class GenerationParameters(CallOptions, total=False):
    """What ``images.create`` takes; all by name, and only what is given is sent."""

    prompt: Required[str]
    model: str | None
    n: int | None
    quality: models.Quality | str | None
    response_format: models.ImageGenerationRequestResponseFormat | None
    size: models.Size | str | None
    style: models.Style | str | None
    user: str | None
    background: models.ImageGenerationBackground | None
    moderation: models.ImageGenerationModeration | None
    output_compression: int | None
    output_format: models.ImageGenerationOutputFormat | None
    partial_images: int | None
    negative_prompt: str | None
    seed: int | None
    prompt_extend: bool | None
    watermark: bool | None


class EditParameters(CallOptions, total=False):
    """What ``images.edit`` takes; all by name, and only what is given is sent."""

    image: Required[ImageInput | Sequence[ImageInput]]
    prompt: Required[str]
    mask: ImageInput | None
    model: str | None
    n: int | None
    size: models.ImageEditSize | str | None
    response_format: models.ImageEditResponseFormat | None
    user: str | None
    quality: models.ImageEditQuality | str | None
    background: models.ImageEditBackground | None
    input_fidelity: models.ImageEditInputFidelity | None
    moderation: models.ImageEditModeration | None
    output_compression: int | None
    output_format: models.ImageEditOutputFormat | None
    partial_images: int | None


OPTIONS: Final = frozenset(CallOptions.__annotations__)
GENERATION: Final = frozenset(GenerationParameters.__annotations__) - OPTIONS | {"stream"}
EDIT: Final = frozenset(EditParameters.__annotations__) - OPTIONS | {"stream"}

F = TypeVar("F", bound=Callable[..., Any])


def takes(parameters: Any) -> Callable[[F], F]:
    """Gives a function that collects ``**parameters`` the signature that says which."""

    def named(function: F) -> F:
        hints = {name: _text(hint) for name, hint in parameters.__annotations__.items()} | {"stream": "bool | None"}
        given = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if _is_required(hint) else UNSET if name == "retries" else None,
                annotation=hint.removeprefix("Required[").removesuffix("]") if _is_required(hint) else hint,
            )
            for name, hint in sorted(hints.items(), key=lambda item: (not _is_required(item[1]), item[0] in OPTIONS))
        ]
        this = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        extra = inspect.Parameter("extra", inspect.Parameter.VAR_KEYWORD, annotation="Any")
        function.__signature__ = inspect.Signature([this, *given, extra])  # type: ignore[attr-defined]
        return function

    return named


def _text(hint: Any) -> str:
    """An annotation as it was written; under postponed evaluation a TypedDict holds it as a forward reference."""
    return str(getattr(hint, "__forward_arg__", hint))


def _is_required(hint: str) -> bool:
    return hint.startswith("Required[")
