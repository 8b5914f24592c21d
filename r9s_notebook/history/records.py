"""What is kept: runs and their images, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Kind = Literal["generate", "edit"]
Status = Literal["running", "succeeded", "failed", "cancelled", "interrupted"]

RATINGS = range(-1, 6)
"""Of a picture: 1 to 5, 0 for none, -1 for rejected, as XMP and photographers' programs count."""

_NEVER_KEPT = frozenset({"api_key", "authorization", "http_headers", "headers"})


def without_secrets(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters of a call, read-only, without those that can carry a key."""
    return MappingProxyType({name: value for name, value in params.items() if name.lower() not in _NEVER_KEPT})


def whole(text: str) -> str:
    """The text without halves of characters (lone surrogates), which no file or database can hold."""
    return text.encode("utf-8", "replace").decode()


@dataclass(frozen=True, kw_only=True)
class NewRun:
    """A run before it is sent. Its texts are made whole (see ``whole``); ``params`` are kept as they are.

    Attributes:
        kind: ``"generate"`` or ``"edit"``.
        prompt: The words that are sent.
        template: What the prompt was made from, where it was made from a template with ``{variables}``.
        params: Every parameter of the call by its name in the API; those that can carry a key are dropped.
        requested_model: The model asked for, or None where the service chooses.
        notebook: The notebook's path, from the project's folder on where it lies in there.
        cell_id: The cell's id in the notebook file.
        parent: The id of the run whose image this one edits.
        parent_image: The sha256 of that image.
        source: The sha256 of the image as it is uploaded (see ``Store.put_image``).
        mask: The mask's strokes as JSON.
        mask_png: The sha256 of the mask's pixels.
        client_version: The version of this package.
        batch: The id that the runs of one sweep share.
        variables: What varies in that sweep, by its names, as JSON values: what this run has of each.
        note: The user's own words about the run.
    """

    kind: Kind = "generate"
    prompt: str
    template: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    requested_model: str | None = None
    notebook: str | None = None
    cell_id: str | None = None
    parent: str | None = None
    parent_image: str | None = None
    source: str | None = None
    mask: str | None = None
    mask_png: str | None = None
    client_version: str | None = None
    batch: str | None = None
    variables: Mapping[str, Any] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", without_secrets(self.params))
        for name, value in vars(self).items():
            if isinstance(value, str) and not value.isascii():
                object.__setattr__(self, name, whole(value))

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "params": dict(self.params)}  # a read-only view cannot be pickled

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, params=MappingProxyType(state["params"]))


@dataclass(frozen=True, kw_only=True)
class NewImage:
    """An image that came back, already checked.

    Attributes:
        data: The file's bytes as the API sent them; they are kept byte for byte.
        media_type: Of ``data``, such as ``"image/png"``.
        width: In pixels.
        height: In pixels.
        thumbnail: A small image file for strips and notebooks.
        thumbnail_type: Its media type.
        revised_prompt: What the service made of the prompt, where it says so.
        seed: What draws it again, where the service says so.
    """

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    thumbnail: bytes = field(repr=False)
    thumbnail_type: str
    revised_prompt: str | None = None
    seed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a person says of one picture.

    Attributes:
        rating: One of ``RATINGS``: 1 to 5, 0 for none, -1 for rejected.
        favourite: Marked with the star.
        note: The person's own words.
    """

    rating: int = 0
    favourite: bool = False
    note: str = ""

    def is_rated(self, low: int | None, high: int | None) -> bool:
        """Whether the rating is neither worse than ``low`` nor better than ``high``; None bounds nothing."""
        return (low is None or self.rating >= low) and (high is None or self.rating <= high)


@dataclass(frozen=True, kw_only=True)
class StoredImage(Marks):
    """An image of a run, on disk, with what a person says of it (see ``Marks``).

    Attributes:
        sha256: Of the file's bytes, in hexadecimal; also the file's name.
        path: Where the original lies. The file may be gone: see ``missing``.
        media_type: Of the original.
        width: In pixels.
        height: In pixels.
        n_bytes: The size of the original.
        revised_prompt: What the service made of the prompt, where it says so.
        seed: What draws it again, where the service says so.
        thumbnail: A small image file; kept in the database, so it outlives the original.
        thumbnail_type: Its media type.
    """

    sha256: str
    path: Path
    media_type: str
    width: int
    height: int
    n_bytes: int
    revised_prompt: str | None = None
    seed: int | None = None
    thumbnail: bytes = field(default=b"", repr=False)
    thumbnail_type: str = "image/webp"

    @property
    def missing(self) -> bool:
        """True where the original was deleted or moved by hand."""
        return not self.path.is_file()


@dataclass(frozen=True, kw_only=True)
class Run(NewRun):
    """A run as it is kept. Its fields are those of ``NewRun``, and these.

    Attributes:
        id: Sorts by time; a UUID of version 7.
        created: When the run began, in UTC.
        status: ``"running"``, ``"succeeded"``, ``"failed"``, ``"cancelled"``, or ``"interrupted"`` (its process ended
            before the run did).
        served_model: The model that answered, where the answer says so.
        error: Why there are no images, as a sentence.
        error_type: The name of the exception's class.
        images: In the order in which the API sent them.
        cost: In US dollars, where it is known.
        usage: The service's own count (tokens), where it gives one.
        answer: What the service answered where that was not images alone, as JSON values. ``images``: the links of
            those that are not here, to be fetched again; ``notices``: sentences about what is not as asked;
            ``missing``: why images did not come beside others, a sentence for each; of an answer that was an error, or
            was not understood: ``status``, ``headers``, ``body``, ``ids`` and ``links``.
        elapsed: Seconds from sending to the last image.
        favourite: Marked by the user.
        owner: The process that makes it (see ``process_locks``).
    """

    id: str
    created: datetime
    status: Status = "running"
    served_model: str | None = None
    error: str | None = None
    error_type: str | None = None
    images: tuple[StoredImage, ...] = ()
    cost: float | None = None
    usage: Any = None
    answer: Mapping[str, Any] | None = None
    elapsed: float | None = None
    favourite: bool = False
    owner: str | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Spent:
    """What some runs have cost.

    Attributes:
        dollars: US dollars, of those whose cost is known.
        known: Of how many runs that is the cost.
        unknown: Runs that may have cost something, and nobody knows what.
    """

    dollars: float
    known: int
    unknown: int

    def __str__(self) -> str:
        amount = f"${self.dollars:.2f}" if self.dollars >= 0.005 or not self.dollars else f"${self.dollars:.2g}"
        if not self.unknown:
            return amount
        runs = "1 run" if self.unknown == 1 else f"{self.unknown:,} runs"
        return f"{amount}, and what {runs} cost is not known" if self.known else f"what {runs} cost is not known"
