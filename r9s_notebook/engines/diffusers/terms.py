"""What may be asked of a model: as the API says it, and as it is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from r9s_notebook.engines.diffusers.model_index import ModelIndex, Way
from r9s_notebook.parameters import PARAMETERS, SAMPLING, Operation, Parameter
from r9s_notebook.server.engine import Job, Model
from r9s_notebook.server.refusal import invalid

_ALWAYS = (
    "prompt", "model", "n", "size", "seed", "output_format", "output_compression", "response_format", "stream", "user",
)  # fmt: skip
_ITS_OWN = ("negative_prompt", *SAMPLING)
"""What a pipeline takes or not."""


def described(index: ModelIndex) -> Model:
    """What ``/v1/models`` says of a model."""
    ways: dict[Operation, tuple[Way, ...]] = {"generate": ("text",), "edit": ("image", "mask")}
    operations = {
        operation: _operation(index, [way for way in some if way in index.pipelines])
        for operation, some in ways.items()
        if any(way in index.pipelines for way in some)
    }
    made_from: dict[Way, str] = {"text": "words", "image": "images", "mask": "masks"}
    ways_in_words = ", ".join(said for way, said in made_from.items() if way in index.pipelines)
    description = f"{index.name} is run here by Diffusers, from {ways_in_words}."
    return Model(index.name, description, operations, owned_by="local")


def _operation(index: ModelIndex, ways: Sequence[Way]) -> dict[str, Parameter]:
    taken = {name: PARAMETERS[name] for name in _ALWAYS}
    for name in _ITS_OWN:
        given = [takes[name] for takes in map(index.takes, ways) if name in takes]
        if given:
            defaults = {one.default for one in given} if name in SAMPLING else set()
            taken[name] = PARAMETERS[name]._replace(default=defaults.pop() if len(defaults) == 1 else None)
    if index.previews:
        taken["partial_images"] = PARAMETERS["partial_images"]
    sizes = index.sizes()
    edits = "text" not in ways
    if edits:
        taken["image"] = PARAMETERS["image"]._replace(limit=1)
    if "mask" in ways:
        taken["mask"] = PARAMETERS["mask"]._replace(required="image" not in ways)
    taken["size"] = PARAMETERS["size"]._replace(
        hint=index.sizes_taken, examples=("auto", *sizes) if edits else sizes, default="auto" if edits else sizes[0]
    )
    return taken


def way_of(index: ModelIndex, job: Job) -> Way:
    """What the job's pictures are made from.

    Raises:
        Refusal: The model makes none from that.
    """
    if job.source is None:
        return "text"
    if job.source.mask is not None:
        return "mask"
    if "image" not in index.pipelines:
        raise invalid(
            "mask", f"{index.name} only fills what a mask marks: send one.", code="missing_required_parameter"
        )
    return "image"


def check_taken(index: ModelIndex, way: Way, job: Job, given: Mapping[str, Any]) -> None:
    """Refuses what the pipeline would pass over in silence."""
    takes = index.takes(way)
    for name in _ITS_OWN:
        if given.get(name) is not None and given[name] != "" and name not in takes:
            label = PARAMETERS[name].label.lower() if name in SAMPLING else "negative prompt"
            raise invalid(name, f"{index.name} takes no {label} ({name}) here: leave it out.")

    def value(name: str) -> Any:
        return job.values.get(name, takes[name].default)

    negative = job.values.get("negative_prompt")
    scale = next((name for name in ("true_cfg_scale", "guidance_scale") if name in takes), None)
    if negative and scale and (strongly := value(scale)) is not None and strongly <= 1:
        message = f"{index.name} looks at a negative prompt only with a {scale} above 1: send one."
        raise invalid("negative_prompt", message)
    if not negative and "negative_prompt" in takes and job.values.get("true_cfg_scale", 0) > 1:
        message = f"{index.name} looks at true_cfg_scale only beside a negative prompt: send one, or leave it out."
        raise invalid("true_cfg_scale", message)
    if "strength" in takes and int((value("num_inference_steps") or 1) * value("strength")) < 1:
        message = "strength is the share of the steps that are taken, and of {} steps, {} takes none: ask for more."
        raise invalid("strength", message.format(value("num_inference_steps"), value("strength")))


def check_size(index: ModelIndex, job: Job) -> None:
    """An edit that keeps its image's size is drawn a little larger, where need be, and cut."""
    kept = job.source is not None and (job.width, job.height) == (job.source.width, job.source.height)
    drawn = [index.fitting(side) for side in (job.width, job.height)]
    if drawn[0] * drawn[1] <= index.most_pixels and (kept or drawn == [job.width, job.height]):
        return
    shrink = min(1.0, (index.most_pixels / (job.width * job.height)) ** 0.5)
    near = [index.below(side * shrink) for side in (job.width, job.height)]
    longest = index.most_pixels // min(near)  # of two sides, one may have been too short to shrink
    near = [index.below(min(side, longest)) for side in near]
    asked = f"{job.width}x{job.height}"
    what = f"The image has {asked}, which is more than {index.name} draws" if kept else f"{index.name} draws no {asked}"
    raise invalid("size", f"{what}. Ask for {near[0]}x{near[1]}, or another {index.sizes_taken}.")
