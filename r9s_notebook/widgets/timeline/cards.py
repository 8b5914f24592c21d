"""Runs as the page gets them: a card for the list, and everything for the detail. Pictures travel as buffers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from r9s_notebook.archive.history import Run
from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.history import Run as Record
from r9s_notebook.widgets.asking import Album, Json
from r9s_notebook.widgets.html import shortened

_LONGEST_ANSWER = 4000
_SAID_ELSEWHERE = frozenset({"prompt", "model"})


def card(run: Record, album: Album) -> Json:
    """A run as one row of the list."""
    return {
        "id": run.id,
        "words": shortened(run.prompt),
        "created": run.created.timestamp() * 1000,
        "kind": run.kind,
        "status": run.status,
        "model": run.served_model or run.requested_model or "",
        "size": size_of(run),
        "count": len(run.images),
        "favourite": run.favourite,
        "noted": bool(run.note.strip()),
        "thumb": album.thumbnail(run.images[0]) if run.images else None,
    }


def size_of(run: Record) -> str:
    """How large its images are, or what was asked for where there are none."""
    if run.images:
        return f"{run.images[0].width}x{run.images[0].height}"
    asked = str(run.params.get("size") or "")
    return "any size" if asked == "auto" else asked


def detail(run: Run, album: Album) -> Json:
    """A run with everything that is known of it."""
    code, why_not = _code(run)
    return {
        **card(run, album),
        "prompt": run.prompt,
        "template": run.template if run.template != run.prompt else None,
        "error": run.error,
        "note": run.note,
        "facts": [{"name": name, "value": value} for name, value in facts(run)],
        "images": [_picture(run, number, album) for number in range(len(run.images))],
        "code": code,
        "why_no_code": why_not,
    }


def facts(run: Record) -> list[tuple[str, str]]:
    """Every parameter that was sent, and what came of it, as names and values to read."""
    asked, served = run.requested_model, run.served_model
    found: list[tuple[str, Any]] = [
        ("Model asked for", asked or "the service's own choice"),
        ("Model that answered", served),
        *((name, value) for name, value in sorted(run.params.items()) if name not in _SAID_ELSEWHERE),
        ("Mask", "painted" if run.mask or run.mask_png else None),
        ("Took", None if run.elapsed is None else f"{run.elapsed:.1f} s"),
        ("Cost", None if run.cost is None else f"${run.cost:.4g}"),
        ("Usage", usage_line(run.usage)),
        ("Error type", run.error_type),
        ("Answer", answer_text(run)[:_LONGEST_ANSWER]),
        ("Notebook", run.notebook),
        ("Sweep", run.batch),
        ("Version", run.client_version and f"r9s_notebook {run.client_version}"),
        ("Run", run.id),
    ]
    return [(name, readable(value)) for name, value in found if value not in (None, "")]


def readable(value: Any) -> str:
    """A parameter's value to read: texts as they are, anything else as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def cards(runs: Sequence[Record], album: Album) -> list[Json]:
    """Runs as rows of the list."""
    return [card(run, album) for run in runs]


def usage_line(usage: Any) -> str | None:
    """The service's counts in one line; how it came to them is in the run itself."""
    if not isinstance(usage, dict):
        return None if usage is None else readable(usage)
    counts = {name: value for name, value in usage.items() if isinstance(value, int | float | str)}
    words = [_counted(name, value) for name, value in counts.items() if name not in ("width", "height")]
    if "width" in counts and "height" in counts:
        words.append(f"{counts['width']}x{counts['height']} pixels")
    return ", ".join(words)


def _counted(name: str, value: float | str) -> str:
    """``output_tokens`` and ``image_count`` as one says them: "12 output tokens", "1 image"."""
    noun = name.replace("_", " ")
    if noun.endswith(" tokens"):
        return f"{value} {noun}"
    if noun.endswith(" count"):
        one = noun.removesuffix(" count")
        return f"{value} {one if value == 1 else one + 's'}"
    return f"{noun}: {value}"


def _picture(run: Record, number: int, album: Album) -> Json:
    image = run.images[number]
    return {
        "thumb": album.thumbnail(image),
        "width": image.width,
        "height": image.height,
        "revised": image.revised_prompt if image.revised_prompt != run.prompt else None,
        "missing": image.missing,
    }


def _code(run: Run) -> tuple[str | None, str | None]:
    try:
        return run.code(), None
    except R9SNotebookError as error:
        return None, error.message
