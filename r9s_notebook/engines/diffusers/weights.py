"""Models in memory: one of each for all of this process, on the device that was chosen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Hashable
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from r9s_notebook.engines.diffusers.model_index import ModelIndex, Way

_log = logging.getLogger(__name__)


class LoadedModel:
    """A model's pipelines, which share its weights and its scheduler: only the device's thread may use them.

    Attributes:
        index: What is known of it without its weights.
        device: As torch names it.
        together: Pictures of a kind that fit into memory at once, where more did not.
        largest: Width and height of the largest picture that it has made here, in pixels.
        doing: That its weights are on their way, in a few words; ``""`` before and after.
    """

    def __init__(self, index: ModelIndex, device: str, dtype: str) -> None:
        self.index: ModelIndex = index
        self.device: str = device
        self.together: dict[Hashable, int] = {}
        self.largest: tuple[int, int] = (0, 0)
        self.doing: str = ""
        self._dtype = dtype
        self._pipelines: dict[Way, Any] = {}

    def pipeline(self, way: Way) -> Any:
        """The pipeline of that way, once it is loaded."""
        return self._pipelines[way]

    def load(self) -> None:
        """Loads the weights, where they are not loaded yet."""
        if not self._pipelines:
            self.doing = f"loading {_size(self.index.source)}"
            try:
                self._pipelines = self._load()
            finally:
                self.doing = ""

    def _load(self) -> dict[Way, Any]:
        import diffusers
        import torch

        began = time.monotonic()
        _log.info("loading %s on %s (%s)", self.index.name, self.device, self._dtype)
        base = diffusers.DiffusionPipeline.from_pretrained(self.index.source, dtype=getattr(torch, self._dtype))
        base.to(self.device)
        made = {way: _of(base, way, wanted) for way, wanted in self.index.pipelines.items()}
        for pipe in made.values():
            pipe.set_progress_bar_config(disable=True)
        _log.info("%s is loaded, in %.1f s", self.index.name, time.monotonic() - began)
        return made


def _size(source: str) -> str:
    """How much there is to load, as far as it lies in a folder of one's own."""
    files = [path for kind in ("*.safetensors", "*.bin") for path in Path(source).rglob(kind)]
    size = sum(path.stat().st_size for path in files)
    written = f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
    return f"{written} of weights" if files else "its weights"


def _of(base: Any, way: Way, wanted: type) -> Any:
    """The pipeline of a way, with the weights of the one that was loaded."""
    import diffusers

    if type(base) is wanted:
        return base
    auto = {
        "text": diffusers.AutoPipelineForText2Image,
        "image": diffusers.AutoPipelineForImage2Image,
        "mask": diffusers.AutoPipelineForInpainting,
    }
    return auto[way].from_pipe(base)


_models: WeakValueDictionary[tuple[str, str, str], LoadedModel] = WeakValueDictionary()
_lock = threading.Lock()


def model_of(index: ModelIndex, device: str, dtype: str) -> LoadedModel:
    """The model, shared with every other engine of this process: a notebook's cell that is run again loads nothing."""
    with _lock:
        return _models.setdefault((index.source, device, dtype), LoadedModel(index, device, dtype))


def device_named(name: str) -> str:
    """A device as torch names it; ``"auto"`` is a GPU where there is one.

    Raises:
        ValueError: There is no such device here.
    """
    import torch

    if name == "auto":
        name = torch.accelerator.current_accelerator().type if torch.accelerator.is_available() else "cpu"
    try:
        return str(torch.empty(0, device=name).device)  # with its number, so that cuda and cuda:0 are one
    except (RuntimeError, AssertionError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(f"There is no device {name!r} here: {reason}") from error


def dtype_named(name: str, device: str) -> str:
    """A floating-point type as torch names it; ``"auto"`` is the one in which models are fast on that device.

    Raises:
        ValueError: It is none in which models run.
    """
    import torch

    if name == "auto":
        if device.startswith("cuda"):
            return "bfloat16" if torch.cuda.is_bf16_supported(including_emulation=False) else "float16"
        return "float32" if device == "cpu" else "float16"
    if name not in DTYPES:
        raise ValueError(f"dtype is one of {', '.join(DTYPES)}, not {name!r}.")
    return name


DTYPES = ("auto", "float32", "bfloat16", "float16")
