"""What a call of the images API takes: one table, which the client, the lab and the server read.

To add a parameter, add its entry to the table and its field to ``client/signatures.py``: it is then in the signature
and the help of ``images.create``, in the lab's panel, in ``sweep`` and ``%%imagine``, in the code that is copied, and
in the server's checks and description. What a known model takes of it all is in ``capabilities.py``.

Sources: the official r9s SDK 0.9.0 and the openai SDK 3.54, the docstrings of their image requests; for `SAMPLING` the
pipelines of Diffusers 0.42, whose names SGLang Diffusion and vLLM-Omni take as well.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from r9s_notebook.errors import ParameterError
from r9s_notebook.translation import Message

Operation = Literal["generate", "edit"]
Kind = Literal["text", "choice", "whole number", "number", "flag", "file"]
Effect = Literal["picture", "answer", "parts"]

_KINDS: Final[Mapping[Kind, tuple[type | tuple[type, ...], str, str]]] = {
    "text": (str, "a text", "string"),
    "choice": (str, "a text", "string"),
    "whole number": (int, "a whole number", "integer"),
    "number": ((int, float), "a number", "number"),
    "flag": (bool, "true or false", "boolean"),
    "file": (object, "a file", "string"),
}
"""What a kind is in Python, in words, and in a JSON schema."""


class Parameter(NamedTuple):  # a dataclass would cost the import of the client more than all of the table
    """One parameter: how it is described, asked for, read and checked.

    Attributes:
        name: As the API names it.
        kind: A choice is one of ``choices``; where it has none, they are each model's own. A file is not checked here.
        label: What the lab's panel calls it; ``""`` where the panel does not ask for it.
        about: What it is for: a sentence without its full stop.
        operations: What takes it.
        choices: Of a choice, all there are; of a number, those that the panel offers.
        low: The least value of a number.
        high: The greatest.
        limit: Characters of a text; of a file, how many.
        hint: What may be given, where it is not told by choices and range.
        effect: What it changes: the pictures, how the answer is handed over, or whether it comes in parts.
        required: Whether no call is without it.
        default: What is taken where nothing is given; None where that is each model's own.
        examples: Of what may be given, what is worth offering; none where that is all.
    """

    name: str
    kind: Kind
    label: str
    about: str
    operations: tuple[Operation, ...] = ("generate", "edit")
    choices: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    limit: int | None = None
    hint: str = ""
    effect: Effect = "picture"
    required: bool = False
    default: Any = None
    examples: tuple[Any, ...] = ()

    def accepted(self, _: Callable[..., str] = Message) -> str:
        """What may be given, in a few words; ``""`` where that needs none. ``_`` puts it into another language."""
        if self.hint:
            return _(self.hint)
        if self.kind == "choice" and self.choices:
            return _("{others} or {last}", others=", ".join(self.choices[:-1]), last=self.choices[-1])
        if self.low is not None and self.high is not None:
            return _("{low} to {high}", low=self.low, high=self.high)
        return "" if self.kind in ("text", "choice", "file") else _(_KINDS[self.kind][1])

    def described(self, _: Callable[..., str] = Message) -> str:
        """What it is for and what may be given, as one sentence."""
        accepts = self.accepted(_)
        return f"{_(self.about)}: {accepts}." if accepts else f"{_(self.about)}."

    @property
    def accepts(self) -> str:
        """What may be given, in a few words of English."""
        return self.accepted()

    @property
    def description(self) -> str:
        """What it is for and what may be given, as one sentence of English."""
        return self.described()

    @property
    def is_number(self) -> bool:
        """Whether it is one, whole or not."""
        return self.kind in ("whole number", "number")

    @property
    def offered(self) -> tuple[Any, ...]:
        """The values to choose from; none where it is typed."""
        return (True, False) if self.kind == "flag" else self.choices

    def check_type(self, value: Any) -> Any:
        """The value, where it is of the parameter's kind; its choices and its range are not looked at.

        Raises:
            ParameterError: ``invalid_type``.
        """
        types, noun, _ = _KINDS[self.kind]
        is_flag = isinstance(value, bool)
        fits = isinstance(value, types) and (not is_flag or self.kind in ("flag", "file"))
        if not fits or (isinstance(value, float) and not math.isfinite(value)):
            told = Message("must be {kind}, not {value}.", kind=Message(noun), value=_shown(value))
            raise ParameterError(self.name, told, code="invalid_type")
        return value

    def check(self, value: Any) -> Any:
        """The value, where the API takes it.

        Raises:
            ParameterError: ``invalid_type``, ``invalid_value`` or ``string_too_long``.
        """
        if self.kind == "choice" and self.choices and not (isinstance(value, str) and value in self.choices):
            raise ParameterError(
                self.name,
                Message("must be one of {choices}, not {value}.", choices=", ".join(self.choices), value=_shown(value)),
            )
        self.check_type(value)
        low, high = self.low, self.high
        if (low is not None and value < low) or (high is not None and value > high):
            raise ParameterError(
                self.name, Message("must be {range}, not {value}.", range=_range(low, high), value=_shown(value))
            )
        if self.kind == "text" and self.limit is not None and len(value) > self.limit:
            reason = Message("has {count} characters; the limit is {most}.", count=len(value), most=self.limit)
            raise ParameterError(self.name, reason, code="string_too_long")
        return value

    def from_text(self, text: str) -> Any:
        """The value that a form's field or a command's option means; what cannot be read stays text, to be refused."""
        plain = text.strip().lower()
        if self.kind == "flag":
            return {"true": True, "1": True, "false": False, "0": False}.get(plain, text)
        if self.is_number:
            with contextlib.suppress(ValueError):
                return int(plain) if plain.lstrip("+-").isdecimal() else float(plain)
        return text

    def schema(self) -> dict[str, Any]:
        """As JSON Schema describes it."""
        written = {
            "type": _KINDS[self.kind][2],
            "format": "binary" if self.kind == "file" else None,
            "enum": list(self.choices) if self.kind == "choice" and self.choices else None,
            "minimum": self.low,
            "maximum": self.high,
            "minLength": 1 if self.required and self.kind == "text" else None,
            "maxLength": None if self.kind == "file" else self.limit,
            "maxItems": self.limit if self.kind == "file" else None,
            "default": self.default,
            "examples": list(self.examples) or None,
            "description": self.description,
        }
        return {name: value for name, value in written.items() if value is not None}


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return Message("at most {most}", most=high) if low is None else Message("at least {least}", least=low)
    return Message("from {low} to {high}", low=low, high=high)


def _shown(value: Any) -> str:
    try:
        shown = repr(value)
    except ValueError:  # Python does not write it
        return Message("a number of thousands of digits")
    return shown if len(shown) <= 60 else shown[:57] + "..."


_LONGEST: Final = 32_000
"""Characters of a prompt that any known model takes: the GPT image models' limit."""

_GENERATE: Final[tuple[Operation, ...]] = ("generate",)
_EDIT: Final[tuple[Operation, ...]] = ("edit",)

_TABLE: Final = (
    Parameter("prompt", "text", "", "What to make, or what to change, in words", limit=_LONGEST, required=True),
    Parameter(
        "image", "file", "", "What to edit; several in a list, where the model can", _EDIT, limit=16, required=True
    ),
    Parameter("mask", "file", "", "Where to edit: a picture of the image's size, transparent there", _EDIT),
    Parameter("model", "text", "Model", "The name of the model that makes it", limit=200),
    Parameter("n", "whole number", "Images", "How many images", low=1, high=10),
    Parameter("size", "choice", "Size", "Pixels or an aspect ratio, such as 1024x1024 or 16:9"),
    Parameter("quality", "choice", "Quality", "How much detail, such as standard or hd, low or high"),
    Parameter("style", "choice", "Style", "The palette", _GENERATE, choices=("vivid", "natural")),
    Parameter("negative_prompt", "text", "Without", "What must not be in the image", limit=_LONGEST),
    Parameter(
        "seed", "whole number", "Seed", "Repeats a picture, where the model can", low=0, high=2**63 - 1,
        hint="whole number",
    ),
    Parameter(
        "background", "choice", "Background", "What is behind the subject", choices=("auto", "transparent", "opaque")
    ),
    Parameter("output_format", "choice", "Format", "The file's format", choices=("png", "jpeg", "webp")),
    Parameter("output_compression", "whole number", "Compression", "The quality of a JPEG or a WebP", low=0, high=100),
    Parameter("moderation", "choice", "Moderation", "How strictly it is moderated", choices=("auto", "low")),
    Parameter("input_fidelity", "choice", "Fidelity", "How closely the image is kept", _EDIT, choices=("low", "high")),
    Parameter(
        "partial_images", "whole number", "Previews", "Previews of each image, in a stream", low=0, high=3,
        choices=(1, 2, 3), effect="parts",
    ),
    Parameter("num_inference_steps", "whole number", "Steps", "A diffusion model's steps", low=1, high=200),
    Parameter("guidance_scale", "number", "Guidance", "How closely a diffusion model obeys", low=0, high=50),
    Parameter(
        "true_cfg_scale", "number", "True guidance", "The same, of a model that was distilled from a guided one", low=0,
        high=50,
    ),
    Parameter("strength", "number", "Strength", "How much a diffusion model may change", _EDIT, low=0, high=1),
    Parameter("prompt_extend", "flag", "Extend prompt", "Whether the service may rewrite the prompt", _GENERATE),
    Parameter("watermark", "flag", "Watermark", "Whether the picture is signed", _GENERATE),
    Parameter(
        "response_format", "choice", "Delivery", "How the images come", choices=("url", "b64_json"), effect="answer"
    ),
    Parameter("stream", "flag", "", "Whether the answer comes as events", effect="parts"),
    Parameter("user", "text", "", "Who asks, for the service's own records", limit=1000, effect="answer"),
)  # fmt: skip

PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType({parameter.name: parameter for parameter in _TABLE})
"""Every parameter of the API, by its name."""


SAMPLING: Final = ("num_inference_steps", "guidance_scale", "true_cfg_scale", "strength")
"""What steers a diffusion model of one's own; no model of a service takes it."""


def _of(operation: Operation) -> Mapping[str, Parameter]:
    return MappingProxyType({name: one for name, one in PARAMETERS.items() if operation in one.operations})


GENERATION: Final = _of("generate")
"""The parameters of ``images.create``."""

EDIT: Final = _of("edit")
"""The parameters of ``images.edit``."""
