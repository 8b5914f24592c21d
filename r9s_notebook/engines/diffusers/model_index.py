"""What a model can do, from the small files that lie beside its weights."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from r9s_notebook.engines.diffusers import latents

Way = Literal["text", "image", "mask"]
"""What a picture is made from: words alone, an image, or an image and a mask. Each has a pipeline of its own."""

Calls = Mapping[str, inspect.Parameter]
"""What a pipeline is called with, by name."""

_USUAL_SIDE = 1024  # of a model that does not say for which size it was trained
_LEAST_SIDE = 64  # below it, the layers of some models have no pixel left


@dataclass(frozen=True)
class ModelIndex:
    """A model that is not loaded yet.

    Attributes:
        name: As requests name it.
        source: A folder that ``save_pretrained`` wrote, or a name of the Hugging Face hub.
        pipelines: The class for each way in which it makes pictures.
        multiple: Of what a picture's width and height must be multiples, in pixels.
        side: Of the square that it was trained for, in pixels.
        previews: Whether the clean picture can be told from its latents, and be decoded, while it is being made.
    """

    name: str
    source: str
    pipelines: Mapping[Way, type]
    multiple: int
    side: int
    previews: bool

    @property
    def most_pixels(self) -> int:
        """The largest picture: four times that for which it was trained; beyond it, models repeat what they draw."""
        return max(4 * self.side**2, self.fitting(0) ** 2)

    def fitting(self, side: int) -> int:
        """The next side that it can draw, upwards, in pixels."""
        return -(-max(side, _LEAST_SIDE) // self.multiple) * self.multiple

    def below(self, side: float) -> int:
        """The next side that it can draw, downwards."""
        return max(self.fitting(0), int(side) // self.multiple * self.multiple)

    @property
    def sizes_taken(self) -> str:
        """In words."""
        return f"width and height in multiples of {self.multiple}, up to {self.most_pixels} pixels in all"

    def sizes(self) -> tuple[str, ...]:
        """Some that are worth offering: of the usual shapes, with about as many pixels as it was trained for."""
        found = []
        for wide, high in ((1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16)):
            unit = self.side / (wide * high) ** 0.5
            sides = [self.below(unit * part + self.multiple / 2) for part in (wide, high)]
            found.append("{}x{}".format(*sides))
        return tuple(dict.fromkeys(found))

    def takes(self, way: Way) -> Calls:
        """What the pipeline of that way takes; nothing where there is none."""
        return _calls(self.pipelines[way]) if way in self.pipelines else {}


def read_index(source: str | Path) -> ModelIndex:
    """Reads a model's index and its components' configurations; of a name of the hub, it fetches these small files.

    Raises:
        ValueError: There is no model there, or none that makes pictures from words and images alone.
    """
    source = str(source)
    folder = Path(source).expanduser()
    if folder.exists():
        source = str(folder.resolve())
    name = Path(source).name if folder.exists() else source
    index = _config(source, "model_index.json")
    kind = str(index.get("_class_name"))
    pipelines = _pipelines(kind)
    denoiser_name = "transformer" if "transformer" in index else "unet"
    denoiser, vae = (_config(source, f"{part}/config.json") if part in index else {} for part in (denoiser_name, "vae"))
    scheduler = _config(source, "scheduler/scheduler_config.json") if "scheduler" in index else {}
    if _fills_holes_only(denoiser, vae):
        pipelines = {way: kept for way, kept in pipelines.items() if way == "mask"}
    if not pipelines or "control" in kind.lower():
        raise ValueError(
            f"{name} is a {kind}, which makes no pictures from words, an image and a mask alone: serve another model."
        )
    scale = _scale(vae)
    sample = denoiser.get("sample_size")
    return ModelIndex(
        name=name,
        source=source,
        pipelines=MappingProxyType(pipelines),
        # A transformer sees patches of two by two latents, where its autoencoder does not make them as coarse itself.
        multiple=scale * 2 if denoiser_name == "transformer" and scale < 16 else scale,
        side=sample * scale if isinstance(sample, int) else _USUAL_SIDE,
        previews=latents.can_be_seen(scheduler, vae) and all(map(_shows_latents, pipelines.values())),
    )


def _config(source: str, file: str) -> dict[str, Any]:
    from huggingface_hub import hf_hub_download

    try:
        path = Path(source, file) if Path(source).exists() else Path(hf_hub_download(source, file))
        config: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(
            f"There is no Diffusers model at {source}: {file} cannot be read ({type(error).__name__}). Name a folder "
            "that save_pretrained wrote, or a model of the Hugging Face hub that is reachable or on this disk already."
        ) from error
    return config


def _pipelines(kind: str) -> dict[Way, type]:
    """The classes of a family, one of which is named."""
    from transformers.utils import logging

    # It tells of each family's image processor that it would rather have torchvision, which is nothing to do about.
    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        from diffusers.pipelines import auto_pipeline as auto
    finally:
        logging.set_verbosity(before)

    tables: dict[Way, Mapping[str, type]] = {
        "text": auto.AUTO_TEXT2IMAGE_PIPELINES_MAPPING,
        "image": auto.AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
        "mask": auto.AUTO_INPAINT_PIPELINES_MAPPING,
    }
    families = {name for table in tables.values() for name, pipeline in table.items() if pipeline.__name__ == kind}
    # One class may stand in several families, such as a model's and its editing sibling's: its own is the shortest.
    family = min(families, key=len, default="")
    return {way: table[family] for way, table in tables.items() if family in table}


def _fills_holes_only(denoiser: Mapping[str, Any], vae: Mapping[str, Any]) -> bool:
    """Whether it was trained to fill holes: it looks at the mask and at what is around it, beside the latents."""
    own = vae.get("latent_channels")
    return "out_channels" in denoiser and own is not None and denoiser.get("in_channels") == 2 * own + 1


def _scale(vae: Mapping[str, Any]) -> int:
    """Pixels to one latent."""
    if "temperal_downsample" in vae:  # Diffusers' spelling; of an autoencoder of video, which Qwen-Image has
        return int(2 ** len(vae["temperal_downsample"]))
    blocks = vae.get("encoder_block_out_channels") or vae.get("block_out_channels")
    return int(2 ** (len(blocks) - 1)) if blocks else 8


def _shows_latents(pipeline: type) -> bool:
    """Whether its latents can be looked at after each step, and lie as pixels do or can be laid out so."""
    unpack = getattr(pipeline, "_unpack_latents", None)
    as_pixels = unpack is None or list(inspect.signature(unpack).parameters) == [*latents.UNPACKED_WITH]
    shown = "latents" in getattr(pipeline, "_callback_tensor_inputs", ()) and hasattr(pipeline, "num_timesteps")
    return as_pixels and shown and "callback_on_step_end" in _calls(pipeline)


@cache
def _calls(pipeline: type) -> Calls:
    return MappingProxyType(dict(inspect.signature(pipeline.__call__).parameters))
