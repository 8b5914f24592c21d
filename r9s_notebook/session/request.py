"""What is asked for: one frozen value, made once from the form, from code, or from an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.errors import InputError, MaskError
from r9s_notebook.imaging import Mask, as_file
from r9s_notebook.parameters import GENERATION, PARAMETERS
from r9s_notebook.translation import Message

Kind = Literal["generate", "edit"]


@dataclass(frozen=True)
class Source:
    """The image that an edit starts from.

    Attributes:
        data: Its file as it will be uploaded.
        media_type: Of ``data``.
        width: In pixels, upright.
        height: In pixels, upright.
        run_id: The run that made it, where a run did.
        sha256: Of the stored image that it is, where it is one.
        first_frame: It is the first frame of several.
    """

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    run_id: str | None = None
    sha256: str | None = None
    first_frame: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (self.width, self.height)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call of the images API, complete.

    Attributes:
        prompt: The words that are sent.
        template: What the prompt was made from, where it was made from a template with ``{variables}``.
        model: The model's name; None leaves the choice to the service.
        n: How many images, 1 to 10.
        size: ``"1024x1024"``, ``"16:9"``, ...; None leaves it to the service. So with ``quality`` and ``style``.
        extra: Every other parameter of the call, by its name in the API. What is not here is not sent.
        source: With it, the call is an edit.
        mask: Which pixels of the source may change; None leaves that to the model.
        variables: What was drawn for the gaps of the template, and by which seed; None where nothing was.
    """

    prompt: str
    template: str | None = None
    model: str | None = None
    n: int = 1
    size: str | None = None
    quality: str | None = None
    style: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None
    mask: Mask | None = None
    variables: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "extra", MappingProxyType(dict(self.extra)))

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "extra": dict(self.extra)}  # a read-only view cannot be pickled

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, extra=MappingProxyType(state["extra"]))

    @property
    def kind(self) -> Kind:
        """``"edit"`` with a source, ``"generate"`` without."""
        return "generate" if self.source is None else "edit"

    def params(self) -> dict[str, Any]:
        """The parameters of the call without its images: what is kept in the history, and what is sent."""
        named = {name: getattr(self, name) for name in NAMED}
        return {name: value for name, value in {**named, **self.extra}.items() if value is not None}

    def check(self, capabilities: Capabilities) -> None:
        """Refuses what cannot succeed, before it costs anything.

        Raises:
            InputError: With a sentence that says what to change.
            MaskError: The mask is empty, or not of the source's size.
        """
        _check_prompt(self.prompt, capabilities)
        _check_choices(self, capabilities)
        if self.source is not None and self.mask is not None:
            self.mask.check_size(self.source.size)
            if self.mask.is_empty:
                raise MaskError(
                    Message("The mask is empty: paint over what should change, or send the edit without a mask.")
                )


NAMED: Final = tuple(name for name in GENERATION if name in Request.__dataclass_fields__)
"""The parameters that have a field of their own in a request, in a form and in a session; the others are ``extra``."""


def _check_prompt(prompt: str, capabilities: Capabilities) -> None:
    """Refuses a prompt that no service can take."""
    if not prompt.strip():
        raise InputError(Message("Write a prompt first: a few words about the picture you want."))
    try:
        prompt.encode()
    except UnicodeEncodeError as error:
        told = Message(
            "Character {at} of the prompt is half of a character (a lone surrogate). "
            "It often comes from text that was cut in two: delete it and type it again.",
            at=error.start + 1,
        )
        raise InputError(told) from None
    if "\0" in prompt:
        at = prompt.index(chr(0)) + 1
        raise InputError(Message("Character {at} of the prompt is NUL, which cannot be sent: delete it.", at=at))
    limit = capabilities.prompt_limit
    if capabilities.known and limit and len(prompt) > limit:
        told = Message(
            "{model} takes prompts of at most {most} characters; this one has {here}. Shorten it.",
            model=capabilities.model,
            most=limit,
            here=len(prompt),
        )
        raise InputError(told)


def _check_choices(request: Request, capabilities: Capabilities) -> None:
    editing = request.source is not None
    most = capabilities.edit_max_n if editing else capabilities.max_n
    PARAMETERS["n"]._replace(high=most).check(request.n)
    for name, value in request.extra.items():
        parameter = PARAMETERS.get(name)
        if parameter is None or value is None:
            continue
        if capabilities.known:
            parameter.check(value)
        elif parameter.is_number:  # how far it goes with a model that nobody knows, nobody knows either
            parameter.check_type(value)
    if not capabilities.known:
        return
    model = capabilities.model
    if editing and not capabilities.edits:
        told = Message("{model} cannot edit images. Choose another model, or leave the editing.", model=model)
        raise InputError(told)
    if not editing and not capabilities.generates:
        told = Message("{model} only edits images: choose an image to edit, or another model.", model=model)
        raise InputError(told)
    if editing and request.mask is not None and not capabilities.masks:
        raise InputError(Message("{model} takes no mask. Clear the mask, or choose another model.", model=model))
    sizes = capabilities.edit_sizes if editing else capabilities.sizes
    for name, value, choices in (
        ("size", request.size, sizes),
        ("quality", request.quality, capabilities.qualities),
        ("style", request.style, capabilities.styles),
    ):
        if value is not None and value not in choices and not (name == "size" and capabilities.any_size):
            about = {"model": model, "name": name, "value": repr(value)}
            if not choices:
                raise InputError(Message("{model} does not take {name}={value}. It takes no {name} at all.", **about))
            takes = ", ".join(choices)
            raise InputError(Message("{model} does not take {name}={value}. It takes {takes}.", takes=takes, **about))
    accepted = capabilities.edit_parameters if editing else capabilities.parameters
    unknown = sorted(request.extra.keys() - accepted)
    if unknown:
        raise InputError(Message("{model} does not take {names}.", model=model, names=", ".join(unknown)))


def source_from(image: Any, *, run_id: str | None = None, sha256: str | None = None) -> Source:
    """The source for an edit, from a path, bytes, a PIL image or an array.

    An image that a service takes as it is is passed on untouched, as is a source; all else is written anew as PNG.

    Raises:
        ImageError: It is no image that can be used, or its file cannot be read.
    """
    if isinstance(image, Source):
        return image
    data, info = as_file(image)
    return Source(data, info.media_type, *info.size, run_id, sha256, info.animated)


def mask_for(mask: Any, source: Source | None) -> Mask | None:
    """A mask that may be laid over the source; one of the same shape is scaled to the source's size.

    Raises:
        MaskError: It is no mask, there is nothing to lay it over, or the shapes differ.
    """
    if mask is None:
        return None
    if not isinstance(mask, Mask):
        told = Message(
            "A mask is a Mask, not {mask}. Read one from a picture with Mask.from_image(...), or begin with "
            "Mask.blank(width, height).",
            mask=f"{mask!r:.60}",
        )
        raise MaskError(told)
    if source is None:
        raise MaskError(Message("A mask needs an image: choose the image to edit first, then set its mask."))
    return mask.fitted(source.size)
