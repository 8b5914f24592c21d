"""A run as JSON for others: inside a picture, and as a line of an export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from r9s_notebook.history import NewRun, Run, StoredImage
from r9s_notebook.history.files import sha256_of
from r9s_notebook.history.sidecar import plain, to_document
from r9s_notebook.imaging.metadata import without_run

FORMAT = 1
_PUBLIC = (
    "id",
    "kind",
    "prompt",
    "template",
    "requested_model",
    "served_model",
    "parent",
    "parent_image",
    "batch",
    "variables",
    "mask",
    "cost",
    "elapsed",
    "client_version",
)
"""What a picture tells whoever gets it. Notes, notebooks and cells stay at home."""
_TEXTS = ("template", "requested_model", "parent", "parent_image", "mask", "client_version", "batch")


def for_picture(run: Run, image: StoredImage) -> dict[str, Any]:
    """What a copy of an image carries inside: the run, and which of its images this is."""
    return {
        "r9s_notebook": FORMAT,
        **{name: getattr(run, name) for name in _PUBLIC if getattr(run, name) is not None},
        "created": run.created.isoformat(),
        "params": plain(run.params),
        "usage": plain(run.usage),
        "sha256": image.sha256,
        "revised_prompt": image.revised_prompt,
        "seed": image.seed,
    }


def original_of(data: bytes, sha256: str | None) -> bytes:
    """The API's own bytes from a picture that carries its run. The copy, where they cannot be had."""
    if not sha256 or sha256_of(data) == sha256:
        return data
    return next((bare for bare in without_run(data) if sha256_of(bare) == sha256), data)


def is_from_picture(document: Any) -> TypeGuard[Mapping[str, Any]]:
    """True for what ``for_picture`` made; a picture can carry anything."""
    return (
        isinstance(document, Mapping)
        and isinstance(document.get("id"), str)
        and isinstance(document.get("prompt"), str)
        and isinstance(document.get("params", {}), Mapping)
    )


def from_picture(document: Mapping[str, Any]) -> tuple[NewRun, datetime]:
    """The run that a picture carries, and when it was made."""
    texts: dict[str, Any] = {name: _text(document, name) for name in _TEXTS}
    new = NewRun(
        kind="edit" if document.get("kind") == "edit" else "generate",
        prompt=document["prompt"],
        params=document.get("params", {}),
        variables=variables if isinstance(variables := document.get("variables"), Mapping) else None,
        **texts,
    )
    return new, _moment(document.get("created"))


def outcome_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """How the run that a picture carries ended: what ``Store.complete`` takes, as far as it makes sense."""
    usage = document.get("usage")
    return {
        "served_model": _text(document, "served_model"),
        "usage": dict(usage) if isinstance(usage, Mapping) else None,
        "cost": _amount(document, "cost"),
        "elapsed": _amount(document, "elapsed"),
    }


def said_of_image(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the service said of the picture itself: fields of ``NewImage``."""
    seed = document.get("seed")
    is_number = isinstance(seed, int) and not isinstance(seed, bool)
    return {"revised_prompt": _text(document, "revised_prompt"), "seed": seed if is_number else None}


def _moment(text: Any) -> datetime:
    """A date that every calendar of this world can show; now, where there is none."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC) if 1970 < moment.year < 9999 else datetime.now(UTC)
    except (TypeError, ValueError, OverflowError):
        return datetime.now(UTC)


def _amount(document: Mapping[str, Any], name: str) -> float | None:
    value = document.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < 1e9 else None


def for_export(
    run: Run, files: Mapping[str, str], originals: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """All of a run as a line of ``runs.jsonl``, thumbnails left out and files named.

    Args:
        run: The run.
        files: The path inside the export for each sha256.
        originals: The same for the originals that cannot be got back from such a file.
    """
    document = to_document(run)
    del document["owner"], document["answer"]  # which has links that open, and what else its service said
    for name in ("notebook", "cell_id"):  # from wherever it lies: nobody is told how its author's machine is laid out
        if (place := document[name]) and Path(place).is_absolute():
            document[name] = Path(place).name
    for image in document["images"]:
        del image["thumbnail"], image["thumbnail_type"]
        image["file_name"] = files.get(image["sha256"])
        if image["sha256"] in originals:
            image["original_file_name"] = originals[image["sha256"]]
    document["source_file_name"] = files.get(run.source or "")
    document["mask_file_name"] = files.get(run.mask_png or "")
    return document


def _text(document: Mapping[str, Any], name: str) -> str | None:
    value = document.get(name)
    return value if isinstance(value, str) else None
