"""What goes to the images API and what comes back: frozen values, and the names of the choices.

The names and the fields follow the official r9s Python SDK's image models, so that code written for it reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Literal, NotRequired, TypedDict

Quality = Literal["standard", "hd", "low", "medium", "high"]
ImageGenerationRequestResponseFormat = Literal["url", "b64_json"]
Size = Literal[
    "1024x1024", "512x512", "256x256", "1792x1024", "1024x1792", "1536x1024", "1024x1536", "1280x720", "720x1280",
    "1024x768", "1024x576", "576x1024", "512x1024", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5",
    "21:9",
]  # fmt: skip
Style = Literal["vivid", "natural"]
ImageGenerationBackground = Literal["transparent", "opaque", "auto"]
ImageGenerationModeration = Literal["low", "auto"]
ImageGenerationOutputFormat = Literal["png", "jpeg", "webp"]
ImageEditResponseFormat = Literal["url", "b64_json"]
ImageEditSize = Literal["256x256", "512x512", "1024x1024"]
ImageEditBackground = Literal["transparent", "opaque", "auto"]
ImageEditInputFidelity = Literal["high", "low"]
ImageEditModeration = Literal["low", "auto"]
ImageEditOutputFormat = Literal["png", "jpeg", "webp"]
ImageEditQuality = Literal["auto", "high", "medium", "low", "hd", "standard"]


class ImageFileTypedDict(TypedDict):
    """An image to upload, as a plain dict."""

    file_name: str
    content: bytes | IO[bytes]
    content_type: NotRequired[str]
    as_is: NotRequired[bool]


@dataclass(frozen=True)
class ImageFile:
    """An image to upload.

    Attributes:
        file_name: The name that the service sees.
        content: The file's bytes, or an open binary file.
        content_type: Its media type, with ``as_is``; otherwise the bytes tell.
        as_is: Send these very bytes, without a look at them: what is wrong with them is the service's to say.
    """

    file_name: str
    content: bytes | IO[bytes] = field(repr=False)
    content_type: str | None = None
    as_is: bool = False


class ImageObject:
    """One image of an answer; it does not change. Its base64 may be the part of an answer's body that it came in."""

    __slots__ = ("_base64", "_revised_prompt", "_seed", "_url")

    def __init__(
        self,
        url: str | None = None,
        b64_json: str | memoryview | None = None,
        revised_prompt: str | None = None,
        seed: int | None = None,
    ) -> None:
        self._url = url
        self._base64 = b64_json
        self._revised_prompt = revised_prompt
        self._seed = seed

    @property
    def url(self) -> str | None:
        """Where it can be fetched, often for an hour only."""
        return self._url

    @property
    def b64_json(self) -> str | None:
        """Its file in base64. The text is made when it is asked for: megabytes that ``images.read`` never needs."""
        return str(self._base64, "utf-8", "replace") if isinstance(self._base64, memoryview) else self._base64

    @property
    def revised_prompt(self) -> str | None:
        """The prompt that the service made of the one it was given."""
        return self._revised_prompt

    @property
    def seed(self) -> int | None:
        """What draws it again, where the service says so."""
        return self._seed

    @property
    def base64(self) -> str | memoryview | None:
        """As ``b64_json``, in the form it is kept in."""
        return self._base64

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ImageObject) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        shown = None if self._base64 is None else f"<{len(self._base64)} characters>"
        return f"ImageObject(url={self.url!r}, b64_json={shown}, revised_prompt={self.revised_prompt!r})"

    def __reduce__(self) -> tuple[type[ImageObject], tuple[Any, ...]]:
        return (ImageObject, self._parts())

    def _parts(self) -> tuple[Any, ...]:
        return (self.url, self.b64_json, self.revised_prompt, self.seed)


class ImageUsage(dict[str, Any]):
    """What a call used, as the service reports it: a plain dict whose entries also read as attributes.

    Which entries there are depends on the provider; one that is absent reads as None.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)


@dataclass(frozen=True, slots=True)
class ImageGenerationResponse:
    """The answer to a generation or an edit.

    Attributes:
        created: When, in seconds since the epoch.
        data: The images; at least one.
        usage: What was used, where the service says so.
        model: The model that served, where the service says so.
        headers: Of the answer; names in lower case.
        notices: Sentences about what is not as asked: fewer images, another model.
        refused: Why images were not made that the answer has a place for beside others, a sentence for each.
    """

    created: int
    data: list[ImageObject]
    usage: ImageUsage | None = None
    model: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    notices: Sequence[str] = ()
    refused: Sequence[str] = ()

    @property
    def request_id(self) -> str | None:
        """What to give to the service's support."""
        return self.headers.get("x-request-id")


@dataclass(frozen=True, slots=True)
class ImageStreamEvent:
    """One event of a stream, whichever of the API's two shapes it came in.

    Attributes:
        type: As the service calls it, for example ``"image_generation.partial_image"``; may be empty.
        image: The partial or final image; None where the event tells of progress only.
        is_final: Whether ``image`` is a final one.
        index: Which of the images that were asked for, from 0.
        partial_image_index: Which of its partial images, from 0; None where the service does not count them.
        progress: 0 to 1; None where the service does not say.
    """

    type: str
    image: ImageObject | None = None
    is_final: bool = False
    index: int = 0
    partial_image_index: int | None = None
    progress: float | None = None

    @property
    def b64_json(self) -> str | None:
        """The image's base64."""
        return self.image.b64_json if self.image else None

    @property
    def url(self) -> str | None:
        """The image's link."""
        return self.image.url if self.image else None
