"""What waits for a device: pictures, each by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from PIL import Image

from r9s_notebook.engines.diffusers.model_index import Way
from r9s_notebook.engines.diffusers.sources import Canvas
from r9s_notebook.engines.diffusers.weights import LoadedModel
from r9s_notebook.parameters import SAMPLING
from r9s_notebook.server.engine import Job


@dataclass(eq=False)
class Ticket:
    """One picture that is waited for.

    Attributes:
        job: What was asked.
        index: Which of the job's pictures.
        model: What makes it.
        way: From what.
        width: Pixels that the pipeline draws: those that were asked for, or a little more.
        height: Pixels.
        canvas: What is edited.
        most: Pictures that may be made with it, itself included.
        done: Is given a picture, with the number of a preview or None; it does not block.
        failed: Is given what went wrong.
        left: Set when nobody waits any more.
        seen: Previews that were given.
        together: Pictures of the batch in which it is made.
    """

    job: Job
    index: int
    model: LoadedModel
    way: Way
    width: int
    height: int
    canvas: Canvas | None
    most: int
    done: Callable[[Ticket, Image.Image, int | None], None]
    failed: Callable[[Exception], None]
    left: threading.Event = field(default_factory=threading.Event)
    seen: set[int] = field(default_factory=set)
    together: int = 1

    @property
    def kind(self) -> Hashable:
        """Of one model, pictures of one kind can be made together: all that its pipeline takes once for a batch."""
        values = self.job.values
        sampling = tuple((name, values.get(name)) for name in SAMPLING)
        return self.way, self.width, self.height, bool(values.get("negative_prompt")), sampling
