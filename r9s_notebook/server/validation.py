"""From what was asked to a job, checked against a model's parameters: what every engine that has a table needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from r9s_notebook.errors import ImageError, ParameterError
from r9s_notebook.imaging import inspect
from r9s_notebook.imaging.codec import MAX_PIXELS
from r9s_notebook.parameters import PARAMETERS, Parameter
from r9s_notebook.server.encoding import Encoding
from r9s_notebook.server.engine import Asked, Job, Model, Source
from r9s_notebook.server.refusal import invalid
from r9s_notebook.server.sizes import pixels

EMPTY_PROMPT = "The prompt is empty: say what to draw."
_SEEDS = int(PARAMETERS["seed"].high or 0)


async def read(asked: Asked, model: Model, *, auto: tuple[int, int] = (1024, 1024)) -> Job:
    """The job that a request asks for.

    Args:
        asked: The request. Null and absent are the same, and what the model has no parameter for is passed over, as a
            gateway to many models does.
        model: What serves it.
        auto: The size of a generation that asks for none, in pixels; an edit keeps its image's.

    Raises:
        Refusal: 400, naming the first parameter that is wrong.
    """
    takes = (model.operations or {}).get(asked.operation)
    if takes is None:
        verb = "edits no images" if asked.operation == "edit" else "only edits images"
        raise invalid("model", f"{model.name} {verb}: choose another model.")
    source = None
    if asked.operation == "edit":
        if asked.mask is not None and "mask" not in takes:
            raise invalid("mask", f"{model.name} takes no mask: send the edit without one, or choose another model.")
        source = await run_in_threadpool(check_source, asked.images, asked.mask)
        auto = (source.width, source.height)
    values = check(asked.values, takes)
    prompt = values.pop("prompt", None)
    if prompt is None:
        raise invalid("prompt", "The prompt is missing: say what to draw.", code="missing_required_parameter")
    if not prompt.strip():
        raise invalid("prompt", EMPTY_PROMPT)
    encoding = Encoding(values.get("output_format", "png"), values.get("output_compression", 90))
    if values.get("background") == "transparent" and encoding.output_format == "jpeg":
        raise invalid("background", "A JPEG cannot be transparent: ask for output_format png or webp.")
    size = pixels(values.get("size", "auto"), auto=auto)
    if size is None:
        raise invalid("size", f"Unknown size {values['size']!r:.60}. Use WIDTHxHEIGHT in pixels, such as 1024x1024.")
    # GPT image models answer with base64 and the others with addresses, where nothing is asked.
    otherwise = "b64_json" if "gpt-image" in values.get("model", "") else "url"
    seed = values.get("seed", asked.fresh_seed)
    return Job(
        operation=asked.operation,
        model=model.name,
        prompt=prompt,
        seeds=tuple((seed + number) % (_SEEDS + 1) for number in range(values.get("n", 1))),
        width=size[0],
        height=size[1],
        values=values,
        encoding=encoding,
        source=source,
        previews=values.get("partial_images", 0) if values.get("stream") else 0,
        as_url=values.get("response_format", otherwise) == "url",
        idempotency_key=asked.idempotency_key,
    )


def check(values: Mapping[str, Any], takes: Mapping[str, Parameter]) -> dict[str, Any]:
    """The values that were given and are known, checked.

    Raises:
        Refusal: 400, naming the first that is wrong.
    """
    try:
        return {
            name: _whole(takes[name].check(value))
            for name, value in values.items()
            if name in takes and value is not None
        }
    except ParameterError as error:
        raise invalid(error.parameter, error.message, code=error.code) from None


def _whole(value: Any) -> Any:
    """A lone surrogate is valid in JSON and cannot be sent back in UTF-8."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def check_source(images: tuple[bytes, ...], mask: bytes | None) -> Source:
    """What an edit starts from, by the headers of its files.

    Raises:
        Refusal: 400 for what is no image, or a mask of another size.
    """
    sizes = [size_of(data, "image") for data in images]
    if mask is not None and size_of(mask, "mask") != sizes[0]:
        raise invalid("mask", f"The mask must have the size of the image: {sizes[0][0]}x{sizes[0][1]}.")
    return Source(images, mask, *sizes[0])


def size_of(data: bytes, param: str, *, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Width and height of a file's picture, by its header: nothing is decoded.

    Raises:
        Refusal: 400 for what is no image, or has more pixels.
    """
    try:
        return inspect(data, max_pixels=max_pixels).size
    except ImageError as error:
        raise invalid(param, f"{param}: {error.message}") from error
