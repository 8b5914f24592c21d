"""What is known of a picture and of its run, as names and values to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.archive.runs import Picture
from r9s_notebook.history import Run as Record
from r9s_notebook.translation import gettext as _
from r9s_notebook.translation import ngettext, number

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
        (
            _("Size"),
            _("{size}, asked for {asked}", size=size, asked=asked)
            if asked and asked != f"{image.width}x{image.height}"
            else size,
        ),
        (_("Seed"), image.seed),
        (_("Format"), _("{type}, {size:,} bytes", type=image.media_type, size=image.n_bytes)),
        (_("Revised prompt"), image.revised_prompt if image.revised_prompt != run.prompt else None),
        (_("Picture"), _("{at} of {count}", at=image.position + 1, count=len(run.images))),
        (_("Original"), _("missing: deleted or moved") if image.missing else None),
        (_("Note on the run"), run.note),
    ]


def _of_run(run: Record) -> list[tuple[str, Any]]:
    return [
        (_("Made"), run.created.astimezone().strftime("%Y-%m-%d %H:%M:%S")),
        (_("Model asked for"), run.requested_model or _("the service's own choice")),
        (_("Model that answered"), run.served_model),
        *((name, value) for name, value in sorted(run.params.items()) if name not in _SAID_ELSEWHERE),
        (_("Template"), run.template if run.template != run.prompt else None),
        (_("Mask"), _("painted") if run.mask or run.mask_png else None),
        (_("Took"), None if run.elapsed is None else f"{number(run.elapsed, '.1f')} s"),
        (_("Cost"), None if run.cost is None else _("${amount:.4g}", amount=run.cost)),
        (_("Usage"), usage_line(run.usage)),
        (_("Error type"), run.error_type),
        (_("Answer"), answer_text(run)[:_LONGEST_ANSWER]),
        (_("Notebook"), run.notebook),
        (_("Varies"), ", ".join(f"{name}: {readable(value)}" for name, value in (run.variables or {}).items())),
        (_("Sweep"), run.batch),
        (_("Version"), run.client_version and f"r9s_notebook {run.client_version}"),
        (_("Run"), run.id),
    ]


def size_of(run: Record) -> str:
    """How large its images are, or what was asked for where there are none."""
    if run.images:
        return f"{run.images[0].width}x{run.images[0].height}"
    asked = str(run.params.get("size") or "")
    return _("any size") if asked == "auto" else asked


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
        words.append(_("{width}x{height} pixels", width=counts["width"], height=counts["height"]))
    return ", ".join(words)


def _counted(name: str, value: float | str) -> str:
    """``output_tokens`` and ``image_count`` as one says them: "12 output tokens", "1 image"."""
    noun = name.replace("_", " ")
    if noun == "image count":
        return ngettext("{count} image", "{count} images", float(value), count=value)
    if noun.endswith(" tokens"):
        return f"{value} {noun}"
    if noun.endswith(" count"):
        one = noun.removesuffix(" count")
        return f"{value} {one if value == 1 else one + 's'}"
    return f"{noun}: {value}"
