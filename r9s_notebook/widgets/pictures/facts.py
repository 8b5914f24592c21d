"""What is known of a picture and of its run, as names and values to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from r9s_notebook.archive.history import Picture
from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.history import Run as Record

_LONGEST_ANSWER = 4000
_SAID_ELSEWHERE = frozenset({"prompt", "model"})
_SAID_OF_THE_PICTURE = frozenset({"size", "seed"})


def facts_of(run: Record, picture: Picture | None = None) -> Iterator[tuple[str, str]]:
    """Every parameter that was sent, and what came of it; first what is known of one of its pictures."""
    found = [*(_of_picture(picture, run) if picture else ()), *_of_run(run)]
    said_before = _SAID_OF_THE_PICTURE if picture else frozenset()
    for name, value in found:
        if value not in (None, "") and name not in said_before:
            yield name, readable(value)


def _of_picture(image: Picture, run: Record) -> list[tuple[str, Any]]:
    asked = run.params.get("size")
    size = f"{image.width} x {image.height}"
    return [
        ("Size", f"{size}, asked for {asked}" if asked and asked != f"{image.width}x{image.height}" else size),
        ("Seed", image.seed),
        ("Format", f"{image.media_type}, {image.n_bytes:,} bytes"),
        ("Revised prompt", image.revised_prompt if image.revised_prompt != run.prompt else None),
        ("Picture", f"{image.position + 1} of {len(run.images)}"),
        ("Original", "missing: deleted or moved" if image.missing else None),
        ("Note on the run", run.note),
    ]


def _of_run(run: Record) -> list[tuple[str, Any]]:
    return [
        ("Made", run.created.astimezone().strftime("%Y-%m-%d %H:%M:%S")),
        ("Model asked for", run.requested_model or "the service's own choice"),
        ("Model that answered", run.served_model),
        *((name, value) for name, value in sorted(run.params.items()) if name not in _SAID_ELSEWHERE),
        ("Template", run.template if run.template != run.prompt else None),
        ("Mask", "painted" if run.mask or run.mask_png else None),
        ("Took", None if run.elapsed is None else f"{run.elapsed:.1f} s"),
        ("Cost", None if run.cost is None else f"${run.cost:.4g}"),
        ("Usage", usage_line(run.usage)),
        ("Error type", run.error_type),
        ("Answer", answer_text(run)[:_LONGEST_ANSWER]),
        ("Notebook", run.notebook),
        ("Varies", ", ".join(f"{name}: {readable(value)}" for name, value in (run.variables or {}).items())),
        ("Sweep", run.batch),
        ("Version", run.client_version and f"r9s_notebook {run.client_version}"),
        ("Run", run.id),
    ]


def size_of(run: Record) -> str:
    """How large its images are, or what was asked for where there are none."""
    if run.images:
        return f"{run.images[0].width}x{run.images[0].height}"
    asked = str(run.params.get("size") or "")
    return "any size" if asked == "auto" else asked


def readable(value: Any) -> str:
    """A parameter's value to read: texts as they are, anything else as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


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
